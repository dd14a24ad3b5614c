// baguan/dom on what editors make of a document: text split over elements, lists and tables, frames.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";

import { openBrowser } from "./browser.mjs";

let browser, page;
before(async () => {
  browser = await openBrowser(fileURLToPath(new URL("../..", import.meta.url)));
  page = await browser.page("test/browser/blank.html");
  await page.evaluate(async () => {
    const { Reviewer } = await import("/js/index.js");
    const { reviewElement } = await import("/js/dom.js");
    const reviewer = new Reviewer({ asOf: "2026-11-23" });
    const until = async (is) => {
      while (!is()) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    /** Text, findings and marked pieces of an element, whose document stays as it is. */
    globalThis.look = async (element) => {
      const before = element.innerHTML;
      const live = reviewElement(element, reviewer, { delay: 10 });
      await until(() => live.settled);
      const { highlights } = element.ownerDocument.defaultView.CSS;
      const marked = () => ["hint", "warning", "error", "fatal"].flatMap((name) => [...highlights.get(`baguan-${name}`)].map(String));
      const seen = { text: live.text, found: live.report.findings.map(({ text }) => text), marked: marked() };
      const untouched = element.innerHTML === before;
      const fix = live.report.findings.find(({ fixes }) => fixes.length)?.fixes[0];
      if (fix) live.apply(fix);
      await until(() => live.settled);
      const fixed = live.text;
      live.destroy();
      return { ...seen, untouched, fixed, left: marked() };
    };
  });
});
after(() => browser?.close());

for (const [name, html, expected] of [
  [
    "text split over elements, as pages pasted from elsewhere have it",
    "<section><span>会议一愁</span><b>莫</b><span>展。</span></section><section><p>下一段。</p></section>",
    { text: "会议一愁莫展。\n下一段。", found: ["一愁莫展"], fixed: "会议一筹莫展。\n下一段。" },
  ],
  [
    "lists, tables, breaks and what is not shown",
    "<script type=\"text/plain\">不显示</script><ul><li>一</li><li>二</li></ul><table><tr><td>甲</td><td>乙</td></tr></table><p>一愁<br>莫展</p>",
    { text: "一\n二\n甲\n乙\n一愁\n莫展", found: [], fixed: "一\n二\n甲\n乙\n一愁\n莫展" },
  ],
  [
    "empty paragraphs",
    "<p>会议。</p><p><br></p><p>一愁莫展。</p><p></p>",
    { text: "会议。\n\n一愁莫展。", found: ["一愁莫展"], fixed: "会议。\n\n一筹莫展。" },
  ],
]) {
  for (const frame of [false, true]) {
    test(`${name}${frame ? ", in a frame" : ""}`, async () => {
      const seen = await page.evaluate(
        async ([html, frame]) => {
          const place = document.createElement(frame ? "iframe" : "div");
          document.body.append(place);
          const element = frame ? place.contentDocument.body : place;
          element.contentEditable = "true";
          element.innerHTML = html;
          const seen = await look(element);
          place.remove();
          return seen;
        },
        [html, frame],
      );
      assert.deepEqual(seen, { ...expected, marked: expected.found, untouched: true, left: [] });
      assert.deepEqual(page.wrong, []);
    });
  }
}

test("two editors of one page keep their marks apart", async () => {
  const sizes = await page.evaluate(async () => {
    const { Reviewer } = await import("/js/index.js");
    const { reviewElement } = await import("/js/dom.js");
    const reviewer = new Reviewer({ asOf: "2026-11-23" });
    const elements = ["会议一愁莫展。", "大家一愁莫展，一如继往。"].map((text) => {
      const element = Object.assign(document.createElement("div"), { contentEditable: "true", textContent: text });
      document.body.append(element);
      return element;
    });
    const lives = elements.map((element) => reviewElement(element, reviewer, { delay: 10 }));
    while (!lives.every((live) => live.settled)) await new Promise((resolve) => setTimeout(resolve, 20));
    const marks = () => [...CSS.highlights.get("baguan-error")].map(String);
    const both = marks();
    lives[0].destroy();
    const one = marks();
    lives[1].destroy();
    return { both, one, none: marks() };
  });
  assert.deepEqual(sizes, {
    both: ["一愁莫展", "一愁莫展", "一如继往"],
    one: ["一愁莫展", "一如继往"],
    none: [],
  });
});

test("a worker reviews while an author types on", async () => {
  const seen = await page.evaluate(async () => {
    const { Reviewer } = await import("/js/index.js");
    const { createWorkerReviewer } = await import("/js/worker.js");
    const { reviewElement } = await import("/js/dom.js");
    const worker = await createWorkerReviewer({ asOf: "2026-11-23" });
    const field = document.createElement("textarea");
    document.body.append(field);
    const live = reviewElement(field, worker, { delay: 0 });
    const stale = [];
    live.subscribe((report, text) => {
      if (text !== field.value) stale.push(text);
    });
    field.focus();
    for (const char of "会议一愁莫展，坚持自力更声。依据《中华人民共和国合同法》。") {
      document.execCommand("insertText", false, char);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    while (!live.settled) await new Promise((resolve) => setTimeout(resolve, 20));
    const expected = new Reviewer({ asOf: "2026-11-23" }).review(field.value);
    const seen = { text: live.text, stale, same: JSON.stringify(live.report) === JSON.stringify(expected) };
    live.destroy();
    worker.terminate();
    return seen;
  });
  assert.deepEqual(seen, { text: "会议一愁莫展，坚持自力更声。依据《中华人民共和国合同法》。", stale: [], same: true });
  assert.deepEqual(page.wrong, []);
});
