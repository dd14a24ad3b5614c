import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { build } from "esbuild";

import * as full from "baguan";
import * as inline from "baguan/inline";
import * as slim from "baguan/slim";

import { holdsParity } from "./parity.mjs";

const { Reviewer, verify } = full;
const cases = JSON.parse(readFileSync(new URL("../../tests/parity/cases.json", import.meta.url), "utf8"));
const reviewer = new Reviewer({ asOf: "2026-11-23" });

test("every language answers alike", () => {
  holdsParity(Reviewer, cases);
  holdsParity(inline.Reviewer, cases);
});

test("the slim engine lacks only the rules that need the lexicon", () => {
  const rules = (own) => new own.Reviewer({ asOf: "2026-11-23" }).review("会议一愁莫展，坚持自力更声。").findings;
  assert.deepEqual(rules(full).map(({ rule, text }) => [rule, text]), [
    ["wording/idiom-misspelt", "一愁莫展"],
    ["wording/word-near-miss", "自力更声"],
  ]);
  assert.deepEqual(rules(slim).map(({ rule, text }) => [rule, text]), [["wording/idiom-misspelt", "一愁莫展"]]);
});

test("a report is a plain object in the shape of the command's JSON", () => {
  const report = reviewer.review("😀会议一愁莫展。");
  assert.deepEqual(Object.keys(report), [
    "engine", "ruleset", "class", "levels", "as_of", "offsets", "verdict", "gates", "blocking", "findings", "suppressed",
    "coverage",
  ]);
  assert.deepEqual(report.findings[0], {
    rule: "wording/idiom-misspelt",
    gate: "wording",
    severity: "error",
    message: "成语「一愁莫展」有误，应为「一筹莫展」",
    why: report.findings[0].why,
    source: report.findings[0].source,
    start: 4,
    end: 8,
    line: 1,
    column: 4,
    text: "一愁莫展",
    fixes: [{ edits: [{ start: 4, end: 8, text: "一筹莫展" }], safe: false }],
    fingerprint: report.findings[0].fingerprint,
  });
  assert.deepEqual([report.class, report.as_of, report.offsets], ["news", "2026-11-23", "utf16"]);
});

test("a text that is no Unicode keeps its offsets", () => {
  const text = "\ud83d\u4f1a\u8bae\u4e00\u6101\u83ab\u5c55\udc00";
  assert.deepEqual(reviewer.review(text).findings.map((f) => [f.start, f.end, f.text]), [
    [0, 1, "\ufffd"],
    [3, 7, "一愁莫展"],
    [7, 8, "\ufffd"],
  ]);
});

test("without a day it is today", () => {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
  assert.equal(new Reviewer().review("").as_of, parts.join("-"));
});

test("other terms share the rules", () => {
  const text = "依据《中华人民共和国合同法》订立。";
  const finding = reviewer.review(text).findings[0];
  const accepting = reviewer.with({ accepted: { [finding.fingerprint]: "引文如此" } });
  const report = accepting.review(text);
  assert.deepEqual(report.findings, []);
  assert.deepEqual(report.suppressed, [{ ...finding, reason: { by: "accepted", reason: "引文如此" } }]);
  assert.equal(accepting.with({ class: "policy" }).review("").as_of, "2026-11-23");
  assert.deepEqual(accepting.with({ class: "policy" }).review(text).findings, []);
});

test("options that are wrong", () => {
  assert.throws(() => new Reviewer({ class: "new" }), { name: "UnknownClass", message: /did you mean `news`/ });
  assert.throws(() => new Reviewer({ asOf: "23.11.2026" }), { name: "TypeError", message: /no date/ });
  assert.throws(() => new Reviewer({ classes: "news" }), { name: "TypeError", message: /unknown field `classes`/ });
  assert.throws(() => new Reviewer({ disable: ["wording/idiom"] }), { name: "RulesetError" });
  assert.throws(() => reviewer.fixed("", "bold"), { name: "TypeError", message: /unknown value `bold`/ });
});

test("house rules, and what is wrong with them", () => {
  const rules = `
[[rule]]
id = "wording/house-name"
kind = "replace"
severity = "error"
message = "本社名称应写作「{right}」"
why = "社名"
source = "本社《体例手册》"
pairs = [["晨光出版公司", "晨光出版社"]]
bad = ["晨光出版公司成立。"]
good = ["晨光出版社成立。"]
`;
  const report = new Reviewer({ rules, asOf: "2026-11-23" }).review("晨光出版公司一愁莫展。");
  assert.deepEqual(report.findings.map(({ rule, text }) => [rule, text]), [
    ["wording/house-name", "晨光出版公司"],
    ["wording/idiom-misspelt", "一愁莫展"],
  ]);
  const files = { "house.toml": rules.replace('severity = "error"', 'severity = "eror"') };
  assert.throws(
    () => new Reviewer({ rules: files }),
    (error) => {
      assert.equal(error.name, "RulesetError");
      assert.deepEqual(error.problems.map(({ file, line, column }) => [file, line, column]), [["house.toml", 5, 12]]);
      assert.match(error.problems[0].message, /did you mean `error`/);
      return true;
    },
  );
});

test("what patterns of house rules may say of characters", () => {
  const reviewing = (pattern) => new Reviewer({
    rules: `
[[rule]]
id = "wording/house-pattern"
kind = "pattern"
severity = "error"
message = "应改"
why = "体例"
source = "本社《体例手册》"
pattern = '${pattern}'
bad = ["见晨光Ａ3。"]
good = ["见晨光。"]
`,
  }).review("见晨光Ａ3。见晨光ａ-。");
  const found = (pattern) => reviewing(pattern).findings.filter(({ rule }) => rule === "wording/house-pattern");
  assert.deepEqual(found("晨光(?i:ａ)\\S").map(({ text }) => text), ["晨光Ａ3", "晨光ａ-"]);
  assert.deepEqual(found("\\p{Han}光\\p{Lu}[\\p{Nd}\\p{sc=Greek}]").map(({ text }) => text), ["晨光Ａ3"]);
  assert.throws(() => reviewing("晨光\\p{Emoji}"), { name: "RulesetError", message: /Unicode property not found/ });
  assert.throws(() => new Reviewer({ rules: 7 }), { name: "TypeError", message: /rules in TOML, or files by name/ });
});

test("fixes", () => {
  assert.equal(reviewer.fixed("会议一愁莫展，进行布署。", "ask"), "会议一筹莫展，进行部署。");
});

test("a session says what an edit changes", () => {
  const session = reviewer.session("😀会议。\n大家一愁莫展。");
  const [old] = session.report().findings;
  assert.deepEqual(session.edit(2, 2, "市民一愁莫展，"), {
    added: session.report().findings.slice(0, 1),
    removed: [],
  });
  assert.deepEqual(session.edit(5, 6, "筹"), { added: [], removed: session.edit(5, 6, "愁").added });
  const [here] = session.report().findings.slice(1);
  assert.deepEqual([here.start - old.start, here.text, session.text.slice(here.start, here.end)], [7, old.text, old.text]);
  assert.deepEqual(session.report(), reviewer.review(session.text));
  assert.throws(() => session.edit(1, 2, ""), { name: "RangeError" });
  assert.throws(() => session.edit(0, 99, ""), { name: "RangeError" });
});

test("receipts", () => {
  const text = "会议要求，各单位抓好落实。";
  const key = new TextEncoder().encode("secret");
  const receipt = reviewer.receipt(text, key);
  assert.deepEqual([verify(receipt, text, key).text, verify(receipt, text, key).missing_levels], ["identical", ["初审", "复审"]]);
  assert.equal(verify(receipt, text + "。", key).text, "different");
  assert.notEqual(verify(receipt, text).seal, verify(receipt, text, key).seal);
  assert.throws(() => verify("{", text), { name: "TypeError" });
});

test("what editors call gates, severities and verdicts", () => {
  const named = (list) => list.map(({ name, title }) => `${name} ${title}`);
  const { gates, severities, verdicts } = reviewer.titles;
  assert.deepEqual(named(gates), ["political 政治关", "legal 法律关", "secrecy 保密关", "wording 文字关"]);
  assert.deepEqual(named(severities), ["hint 提示", "warning 警告", "error 错误", "fatal 严重错误"]);
  assert.deepEqual(named(verdicts), ["pass 通过", "revise 待改", "block 拦截"]);
  assert.deepEqual(reviewer.classes[0], { id: "news", title: "动态信息", levels: ["初审", "复审"] });
});

test("a bundler that knows nothing of wasm takes the entry in one file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "baguan-"));
  try {
    const contents = 'import { Reviewer } from "baguan/inline"; export default new Reviewer().review("会议一愁莫展。");';
    const stdin = { contents, resolveDir: new URL(".", import.meta.url).pathname };
    const outfile = join(folder, "bundle.mjs");
    await build({ stdin, bundle: true, format: "esm", platform: "browser", outfile, logLevel: "silent" });
    const { default: report } = await import(pathToFileURL(outfile).href);
    assert.deepEqual(report.findings.map(({ text }) => text), ["一愁莫展"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
