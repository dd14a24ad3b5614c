import assert from "node:assert/strict";
import { test } from "node:test";

import { Reviewer } from "baguan";
import { difference, Live } from "baguan/live";

const reviewer = new Reviewer({ asOf: "2026-11-23" });
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test("the one edit between two texts", () => {
  for (const [was, now, expected] of [
    ["", "", [0, 0, ""]],
    ["甲乙丙", "甲丁丙", [1, 2, "丁"]],
    ["甲甲", "甲甲甲", [2, 2, "甲"]],
    ["甲甲甲", "甲", [1, 3, ""]],
    ["甲😀乙", "甲😁乙", [1, 3, "😁"]],
    ["甲😀乙", "甲\u{1f600}\u{1f600}乙", [3, 3, "😀"]],
    ["\u{20000}", "\u{10000}", [0, 2, "\u{10000}"]],
  ]) {
    assert.deepEqual(difference(was, now), expected, `${was} ${now}`);
    const [from, to, insert] = difference(was, now);
    assert.equal(was.slice(0, from) + insert + was.slice(to), now);
  }
});

/** An editor of nothing but a text. */
function editor(text) {
  return {
    text,
    painted: [],
    read() {
      return this.text;
    },
    paint(report) {
      this.painted.push(report?.findings.map((finding) => finding.text) ?? null);
    },
    reveal() {},
    apply(edits) {
      for (const { start, end, text } of edits.toReversed()) this.text = this.text.slice(0, start) + text + this.text.slice(end);
    },
  };
}

test("a text is reviewed when it rests, and never while a word is composed", async () => {
  const own = editor("会议一愁莫展。");
  const live = new Live(reviewer, own, { delay: 10 });
  await rest(50);
  own.text += "甲";
  live.changed();
  own.text += "一愁莫展";
  live.changed();
  live.hold();
  await rest(50);
  assert.deepEqual(own.painted, [["一愁莫展"]]);
  assert.equal(live.settled, false);
  live.release();
  await rest(50);
  assert.deepEqual(own.painted, [["一愁莫展"], ["一愁莫展", "一愁莫展"]]);
  assert.deepEqual([live.settled, live.text], [true, own.text]);
  assert.deepEqual(live.report, reviewer.review(own.text));
  live.destroy();
  assert.equal(own.painted.at(-1), null);
});

test("a fix is for the text it was made for", async () => {
  const own = editor("会议一愁莫展。");
  const live = new Live(reviewer, own, { delay: 10 });
  await rest(50);
  const [{ fixes }] = live.report.findings;
  own.text = `前${own.text}`;
  assert.equal(live.apply(fixes[0]), false);
  live.changed();
  await rest(50);
  assert.equal(live.apply(live.report.findings[0].fixes[0]), true);
  await rest(50);
  assert.deepEqual([own.text, live.report.findings], ["前会议一筹莫展。", []]);
  live.destroy();
});

test("another reviewer, and what is let stand", async () => {
  const own = editor("依据《中华人民共和国合同法》订立。");
  const live = new Live(reviewer, own, { delay: 10 });
  const verdicts = [];
  live.subscribe((report) => verdicts.push([report.verdict, report.class, report.suppressed.length]));
  await rest(50);
  live.accept(live.report.findings[0].fingerprint, "引文如此");
  await rest(50);
  live.use(reviewer.with({ class: "policy" }));
  await rest(50);
  live.accept(Object.keys(live.accepted)[0]);
  await rest(50);
  assert.deepEqual(verdicts, [["block", "news", 0], ["pass", "news", 1], ["pass", "policy", 1], ["block", "policy", 0]]);
  live.destroy();
});
