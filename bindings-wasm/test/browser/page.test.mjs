// The demo page: panel, terms, house rules, exports, keyboard, phone and accessibility.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { Reviewer, verify } from "baguan";

import { DRAFT } from "../../demo/draft.js";
import { openBrowser, picture, settled } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const reviewer = new Reviewer({ class: "policy", asOf: "2026-11-23" });
const texts = (findings) => findings.map((finding) => finding.text);

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** The demo on a draft, and its panel. */
async function open(query = "", size = undefined) {
  const page = await browser.page(`?asOf=2026-11-23${query}`, size);
  await settled(page);
  return { page, panel: page.locator("baguan-panel") };
}

async function shut(page) {
  assert.deepEqual(page.wrong, []);
  await page.context().close();
}

test("the panel says what the report says", async () => {
  const { page, panel } = await open();
  const report = reviewer.review(DRAFT);
  const { gates, verdicts } = reviewer.titles;
  const title = (verdict) => verdicts.find(({ name }) => name === verdict).title;
  const lights = await panel.locator(".lights li").allTextContents();
  assert.deepEqual(lights, gates.map((gate) => gate.title + title(report.gates[gate.name].verdict)));
  assert.equal(await panel.locator(".verdict").textContent(), title(report.verdict));
  const shown = await panel.locator(".place span").allTextContents();
  assert.deepEqual(shown.sort(), report.findings.map(({ message }) => message).sort());
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await panel.getByRole("button", { name: "复制报告" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, await page.evaluate(() => document.querySelector("baguan-panel").reportText));
  assert.match(copied, /^审校结论：拦截（政治关 拦截，法律关 拦截，保密关 拦截，文字关 拦截）\n/);
  await shut(page);
});

for (const editor of ["dom", "textarea", "codemirror", "prosemirror", "tiptap", "monaco"]) {
  test(`${editor}: Enter on a finding selects it in the draft`, async () => {
    const { page, panel } = await open(`&editor=${editor}`);
    await panel.getByRole("button", { name: "成语「一如继往」" }).focus();
    await page.keyboard.press("Enter");
    const selected = await page.evaluate(() => {
      const field = document.activeElement;
      if (globalThis.editor) return globalThis.editor.getModel().getValueInRange(globalThis.editor.getSelection());
      return field.matches("textarea") ? field.value.slice(field.selectionStart, field.selectionEnd) : String(getSelection());
    });
    assert.equal(selected, "一如继往");
    await picture(page, `${editor}-shown`);
    await shut(page);
  });
}

test("a finding let stand, with its reason, and taken back", async () => {
  const { page, panel } = await open();
  const item = panel.locator("li").filter({ hasText: "一如继往" });
  await item.getByRole("button", { name: "忽略" }).click();
  await panel.getByRole("textbox", { name: "忽略的缘由" }).fill("引文如此");
  await picture(page, "panel-reason");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => live.settled && live.report.suppressed.some(({ reason }) => reason.by === "accepted"));
  const [finding] = reviewer.review(DRAFT).findings.filter(({ text }) => text === "一如继往");
  const accepted = { [finding.fingerprint]: "引文如此" };
  assert.deepEqual(await page.evaluate(() => live.report), reviewer.with({ accepted }).review(DRAFT));
  await panel.locator("summary").click();
  await panel.getByRole("button", { name: "恢复" }).click();
  await page.waitForFunction(() => live.settled && !live.report.suppressed.some(({ reason }) => reason.by === "accepted"));
  assert.deepEqual(await page.evaluate(() => live.report), reviewer.review(DRAFT));
  await shut(page);
});

test("class and day change the review", async () => {
  const { page } = await open();
  await page.getByLabel("内容类别").selectOption("推广");
  await page.getByLabel("以此日为准").fill("2020-06-01");
  await settled(page);
  const expected = reviewer.with({ class: "promotion", asOf: "2020-06-01" }).review(DRAFT);
  assert.deepEqual(await page.evaluate(() => live.report), expected);
  await shut(page);
});

test("house rules: problems at their lines, then the rules in force", async () => {
  const { page } = await open();
  await page.getByText("本单位规则").click();
  await page.getByRole("button", { name: "填入样例" }).click();
  const field = page.getByLabel("粘贴 TOML 规则");
  const sample = await field.inputValue();
  await field.fill(sample.replace('"error"', '"eror"').replace("source", "sauce"));
  await page.getByRole("button", { name: "采用" }).click();
  const problems = await page.locator(".problems li").allTextContents();
  assert.deepEqual(problems.map((problem) => problem.slice(0, problem.indexOf("："))), [
    "第 1 行第 1 列", "第 4 行第 12 列", "第 7 行第 1 列",
  ]);
  await picture(page, "house-problems", { fullPage: true });
  await page.locator(".problems button").nth(1).click();
  const selected = await field.evaluate((own) => own.value.slice(own.selectionStart, own.selectionEnd));
  assert.equal(selected, 'severity = "eror"');
  await field.fill(sample);
  await page.getByRole("button", { name: "采用" }).click();
  await page.waitForFunction(() => live.settled && live.report.ruleset.name !== "standard");
  const house = new Reviewer({ rules: sample, class: "policy", asOf: "2026-11-23" });
  assert.deepEqual(texts(await page.evaluate(() => live.report.findings)), texts(house.review(DRAFT).findings));
  await page.reload();
  await settled(page);
  assert.deepEqual(texts(await page.evaluate(() => live.report.findings)), texts(house.review(DRAFT).findings));
  await shut(page);
});

test("exports: page, JSON, receipt", async () => {
  const { page } = await open();
  const exported = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return readFileSync(await download.path(), "utf8");
  };
  const report = reviewer.review(DRAFT);
  assert.deepEqual(JSON.parse(await exported("导出 JSON 报告")), report);
  const receipt = await exported("导出审核凭证");
  assert.equal(receipt, reviewer.receipt(DRAFT));
  assert.equal(verify(receipt, DRAFT).text, "identical");
  const html = await exported("导出网页报告");
  const kept = await page.context().newPage();
  await kept.setContent(html);
  assert.deepEqual(await kept.locator("mark").allTextContents(), texts(report.findings));
  assert.equal(await kept.locator(".findings tr").count(), report.findings.length + 1);
  await kept.screenshot({ path: new URL("../../artifacts/report-page.png", import.meta.url).pathname, fullPage: true });
  await shut(page);
});

test("nothing leaves the page", async () => {
  const { page } = await open();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.locator(".draft [contenteditable]").click();
  await page.keyboard.type("会上一愁莫展。");
  await settled(page);
  assert.deepEqual(asked, []);
  await shut(page);
});

test("a phone's width holds it, and its keyboard reaches everything", async () => {
  const { page } = await open("", { width: 375, height: 740 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 375);
  await picture(page, "phone", { fullPage: true });
  const reached = new Set();
  await page.evaluate(() => document.body.focus());
  for (let n = 0; n < 70; n += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const inner = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
      return inner.getAttribute("aria-label") ?? (inner.labels?.[0] ?? inner).textContent.trim().split(/[\s　]/)[0];
    });
    reached.add(name);
  }
  for (const name of ["跳到文稿", "CodeMirror", "内容类别", "以此日为准", "文稿", "复制报告", "改为", "忽略", "导出审核凭证", "本单位规则"]) {
    assert.ok(reached.has(name), `${name} among ${[...reached].join("、")}`);
  }
  await shut(page);
});

for (const [name, query, size] of [
  ["wide", "", undefined], ["phone", "", { width: 375, height: 740 }], ["textarea", "&editor=textarea", undefined],
  ["codemirror", "&editor=codemirror", undefined], ["prosemirror", "&editor=prosemirror", undefined],
]) {
  test(`${name}: no fault of accessibility`, async () => {
    const { page } = await open(query, size);
    await page.getByText("本单位规则").click();
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }));
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]), []);
    await shut(page);
  });
}
