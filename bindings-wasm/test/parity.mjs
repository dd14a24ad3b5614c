// What every entry must answer: tests/parity/cases.json, offsets in UTF-16.

import assert from "node:assert/strict";

/** Holds a `Reviewer` class against the cases. */
export function holdsParity(Reviewer, cases) {
  const standard = new Reviewer({});
  assert.ok(cases.length >= 10);
  for (const { text, class: id, as_of: asOf, utf16, verdict } of cases) {
    const report = standard.with({ class: id, asOf }).review(text);
    const places = report.findings.map(({ rule, start, end, text }) => [rule, start, end, text]);
    assert.deepEqual({ places, verdict: report.verdict }, { places: utf16, verdict }, text);
    for (const finding of report.findings) {
      assert.equal(text.slice(finding.start, finding.end), finding.text);
    }
  }
}
