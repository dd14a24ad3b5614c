// `npm run measure`: sizes, and how quick the engine is in Chromium, each beside its aim. The figures are of the machine
// it runs on; those of README.md name theirs.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { openBrowser } from "./browser/browser.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const clean = readFileSync(new URL("../../examples/clean.md", import.meta.url), "utf8");
const repeated = (chars) => `${clean}\n`.repeat(Math.ceil(chars / clean.length)).slice(0, chars);
const packed = (name) => gzipSync(readFileSync(`${root}dist/${name}/engine_bg.wasm`), { level: 9 }).length;

const browser = await openBrowser(root);
const page = await browser.page("test/browser/blank.html");
const [short, long] = [repeated(3000), repeated(34_000)];

/** From nothing to the first report, on the page reloaded. */
async function ready(entry) {
  await page.reload();
  return page.evaluate(
    async ([entry, text]) => {
      const start = performance.now();
      const { Reviewer } = await import(`/js/${entry}.js`);
      new Reviewer().review(text);
      return performance.now() - start;
    },
    [entry, short],
  );
}

/** The same on a later visit: what is fetched comes from the disk cache, and the process still has what V8 compiled. */
async function readyAgain(entry) {
  const times = [];
  for (let n = 0; n < 4; n += 1) times.push(await ready(entry));
  return Math.min(...times.slice(1));
}

/** Reviews and keystrokes in a long text, once the engine is warm. */
const quickness = () => page.evaluate(async (text) => {
  const { Reviewer } = await import("/js/index.js");
  const { createWorkerReviewer } = await import("/js/worker.js");
  const reviewer = new Reviewer({ asOf: "2026-11-23" });
  const time = async (act) => {
    const start = performance.now();
    await act();
    return performance.now() - start;
  };
  const times = async (count, act) => {
    const all = [];
    for (let n = 0; n < count; n += 1) all.push(await time(() => act(n)));
    return all.sort((one, other) => one - other);
  };
  await times(10, () => reviewer.review(text));
  const reviews = await times(30, () => reviewer.review(text));
  const session = reviewer.session(text);
  const edits = await times(500, (n) => session.edit(5000 + n, 5000 + n, "会"));
  const worker = await createWorkerReviewer({ asOf: "2026-11-23" });
  await times(10, () => worker.review(text));
  const trips = await times(30, () => worker.review(text));
  const bytes = new TextEncoder().encode(text).length;
  return { bytes, review: reviews[0], edit: edits[250], slowEdit: edits[495], trip: trips[0] };
}, long);

/** The best of later visits: on the first, V8 is still compiling on another core while the engine works. */
async function quicknessAgain() {
  const visits = [];
  for (let n = 0; n < 3; n += 1) {
    await page.reload();
    visits.push(await quickness());
  }
  return Object.fromEntries(Object.keys(visits[0]).map((what) => [what, Math.min(...visits.map((visit) => visit[what]))]));
}

const first = { full: await ready("index"), slim: await ready("slim"), quick: await quickness() };
const quick = await quicknessAgain();
const rows = [
  ["full, gzip", `${packed("full")} bytes`, "716,800 (aim 460,800)"],
  ["slim, gzip", `${packed("slim")} bytes`, "307,200 (aim 204,800)"],
  ["ready, full", `${(await readyAgain("index")).toFixed(0)} ms`, "60 ms"],
  ["ready, slim", `${(await readyAgain("slim")).toFixed(0)} ms`, "60 ms"],
  ["ready on the first visit, full", `${first.full.toFixed(0)} ms`, ""],
  ["ready on the first visit, slim", `${first.slim.toFixed(0)} ms`, ""],
  [`keystroke in ${quick.bytes} bytes, median`, `${quick.edit.toFixed(2)} ms`, ""],
  ["the same, 99 in 100", `${quick.slowEdit.toFixed(2)} ms`, "2 ms"],
  ["the same on the first visit, 99 in 100", `${first.quick.slowEdit.toFixed(2)} ms`, ""],
  ["review of the same", `${(quick.bytes / 1000 / quick.review).toFixed(1)} MB/s`, "40 MB/s"],
  ["the same in a worker, there and back", `${quick.trip.toFixed(1)} ms`, ""],
];
for (const [what, measured, aim] of rows) console.log(`| ${what} | ${measured} | ${aim} |`);
await browser.close();
