// Every adapter is typed into, pasted into, mended, undone and composed into, and must then say and mark what a
// review of the text says.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Reviewer } from "baguan";

import { DRAFT } from "../../demo/draft.js";
import { openBrowser, picture, settled } from "./browser.mjs";

const reviewer = new Reviewer({ class: "policy", asOf: "2026-11-23" });
const EDITORS = ["dom", "textarea", "codemirror", "prosemirror", "tiptap", "monaco"];

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** What the editor marks, in text order. */
function marked(editor) {
  if (editor === "monaco") {
    const model = globalThis.editor.getModel();
    const places = monaco.editor.getModelMarkers({ owner: "baguan" });
    return places.map((place) => model.getValueInRange(place)).sort();
  }
  const highlights = ["hint", "warning", "error", "fatal"].flatMap((name) => [...(CSS.highlights.get(`baguan-${name}`) ?? [])]);
  return highlights.map(String).sort();
}

/** What elements that carry marks hold, in one string; a mark may be spread over several. */
const spread = () => [...document.querySelectorAll(".draft [class*=baguan-]")].map((element) => element.textContent).join("");

/** Holds text, findings and marks of the page against a review of `text`. */
async function holds(page, editor, text) {
  const findings = await settled(page);
  const { findings: expected } = reviewer.review(text);
  assert.equal(await page.evaluate(() => live.text), text);
  assert.deepEqual(findings, expected.map(({ rule, start, end, text }) => [rule, start, end, text]));
  const texts = expected.map((finding) => finding.text);
  if (["codemirror", "prosemirror", "tiptap"].includes(editor)) {
    assert.equal(await page.evaluate(spread), texts.join(""));
  } else {
    assert.deepEqual(await page.evaluate(marked, editor), texts.sort());
  }
}

/** Puts the caret at the end of the draft. */
async function toEnd(page) {
  const surface = page.locator(".draft .view-lines, .draft [contenteditable=true], .draft > textarea").first();
  await surface.click({ position: { x: 200, y: 20 } });
  await page.keyboard.press("Control+End");
}

for (const editor of EDITORS) {
  test(`${editor}: findings follow what an author does`, async () => {
    const page = await browser.page(`?editor=${editor}&asOf=2026-11-23`);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await holds(page, editor, DRAFT);

    await toEnd(page);
    await page.keyboard.type("会上一愁莫展。");
    await holds(page, editor, `${DRAFT}会上一愁莫展。`);
    await picture(page, `${editor}-typed`);

    await page.evaluate(() => navigator.clipboard.writeText("依据《中华人民共和国物权法》。"));
    await page.keyboard.press("Control+v");
    const pasted = `${DRAFT}会上一愁莫展。依据《中华人民共和国物权法》。`;
    await holds(page, editor, pasted);

    const fix = page.locator("baguan-panel").getByRole("button", { name: "改为 一筹莫展" });
    await fix.click();
    await holds(page, editor, pasted.replace("一愁莫展", "一筹莫展"));
    await picture(page, `${editor}-fixed`);
    await toEnd(page);
    await page.keyboard.press("Control+z");
    await holds(page, editor, pasted);
    await page.keyboard.press("Control+y");
    await holds(page, editor, pasted.replace("一愁莫展", "一筹莫展"));
    await page.keyboard.press("Control+z");

    await settled(page);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });

  test(`${editor}: composing is never disturbed`, async () => {
    const page = await browser.page(`?editor=${editor}&asOf=2026-11-23`);
    await settled(page);
    await toEnd(page);
    const keyboard = await page.context().newCDPSession(page);
    await page.evaluate(() => {
      globalThis.reviews = -1;
      live.subscribe(() => (globalThis.reviews += 1));
    });
    for (const text of ["b", "bu", "bu shu", "布署"]) {
      await keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
      await page.waitForTimeout(300);
    }
    assert.equal(await page.evaluate(() => reviews), 0);
    await picture(page, `${editor}-composing`);
    await keyboard.send("Input.insertText", { text: "布署" });
    await holds(page, editor, `${DRAFT}布署`);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

test("codemirror: the tooltip of a finding offers its fix", async () => {
  const page = await browser.page("?editor=codemirror&asOf=2026-11-23");
  await settled(page);
  await page.locator(".baguan-error", { hasText: "一如继往" }).hover();
  const tooltip = page.locator(".cm-tooltip-lint");
  await tooltip.waitFor();
  await picture(page, "codemirror-tooltip");
  assert.match(await tooltip.textContent(), /成语「一如继往」有误，应为「一如既往」/);
  await tooltip.getByRole("button", { name: "一如既往" }).click();
  await holds(page, "codemirror", DRAFT.replace("一如继往", "一如既往"));
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("monaco: a finding's fix is a quick fix", async () => {
  const page = await browser.page("?editor=monaco&asOf=2026-11-23");
  await settled(page);
  await page.evaluate(() => {
    editor.setPosition(editor.getModel().getPositionAt(live.text.indexOf("一如继往") + 1));
    editor.focus();
  });
  await page.keyboard.press("Control+.");
  await page.getByText("改为 一如既往").first().waitFor();
  await picture(page, "monaco-quickfix");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => editor.getModel().getValue().includes("一如既往"));
  await holds(page, "monaco", DRAFT.replace("一如继往", "一如既往"));
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});
