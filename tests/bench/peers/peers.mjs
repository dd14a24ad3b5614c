// Measures the peers of Node on given texts and prints a JSON row for each.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { drafts, words, rounds, seconds } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const version = (name) => {
  const path = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(path, "utf8")).version;
};

async function autocorrect() {
  // The package is made for bundlers: what they would do with its module is done by hand.
  const folder = new URL("node_modules/@huacnlee/autocorrect/", import.meta.url);
  const glue = await import(new URL("autocorrect_bg.js", folder));
  const bytes = readFileSync(new URL("autocorrect_bg.wasm", folder));
  const { instance } = await WebAssembly.instantiate(bytes, { "./autocorrect_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  return { does: "lint", count: (text) => glue.lintFor(text, "text").lines.length };
}

async function zhlint() {
  const { run } = require("zhlint");
  return { does: "lint", count: (text) => run(text, { rules: { preset: "default" } }).validations.length };
}

async function mint() {
  const { default: Mint } = require("mint-filter");
  const filter = new Mint(words);
  return { does: "words", count: (text) => filter.filter(text, { replace: false }).words.length };
}

async function harper() {
  const { LocalLinter } = await import("harper.js");
  const { binary } = await import("harper.js/binary");
  const linter = new LocalLinter({ binary });
  await linter.setup();
  return { does: "lint (English)", count: async (text) => (await linter.lint(text)).length };
}

const tools = { "@huacnlee/autocorrect": autocorrect, zhlint, "mint-filter": mint, "harper.js": harper };
const rows = [];
for (const [name, make] of Object.entries(tools)) {
  const { does, count } = await make();
  await count(drafts[0]);
  const speeds = [];
  let bytes, found;
  for (let round = 0; round < rounds; round++) {
    [bytes, found] = [0, 0];
    const start = performance.now();
    for (const draft of drafts) {
      found += await count(draft);
      bytes += Buffer.byteLength(draft);
      if (performance.now() - start > 1000 * seconds) break;
    }
    speeds.push(bytes / 1000 / (performance.now() - start));
  }
  const speed = speeds.sort((one, other) => one - other)[rounds >> 1];
  rows.push({ name, version: version(name), does, megabytes: bytes / 1e6, speed, found });
}
console.log(JSON.stringify(rows));
process.exit(0);
