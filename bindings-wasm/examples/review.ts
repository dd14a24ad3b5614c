// A text in, what would not pass out: in Node, or behind any bundler.

import { Reviewer, verify, type Finding, type RulesetError } from "baguan";

const reviewer = new Reviewer({ class: "policy", asOf: "2026-11-23" });
const draft = "会议对下一阶段工作进行布署。";
const report = reviewer.review(draft);
const lines: string[] = report.findings.map((f: Finding) => `${draft.slice(f.start, f.end)}: ${f.message}`);
console.log(report.verdict, lines, reviewer.fixed(draft, "ask"));

const receipt = reviewer.receipt(draft);
console.log(verify(receipt, draft).missing_levels);

try {
  new Reviewer({ rules: "[[rule]]" });
} catch (error) {
  for (const { line, column, message } of (error as RulesetError).problems) console.log(line, column, message);
}
