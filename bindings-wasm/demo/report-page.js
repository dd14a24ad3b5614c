// The report as one page, to be kept and printed.

import style from "../../cli/src/output/page.css?raw";

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => String(text).replace(/[&<>"]/g, (char) => ESCAPES[char]);
const cells = (tag, values) => `<tr>${values.map((value) => `<${tag}>${escaped(value)}</${tag}>`).join("")}</tr>`;

export function reportPage(report, text, titles) {
  const title = (list, name) => titles[list].find((own) => own.name === name).title;
  const severities = titles.severities.toReversed();
  const gates = titles.gates.map((gate) => {
    const own = report.gates[gate.name];
    return cells("td", [gate.title, title("verdicts", own.verdict), ...severities.map(({ name }) => own[name])]);
  });
  const findings = report.findings.map((finding, n) => {
    const fixes = finding.fixes.map((fix) => `<br>建议：${escaped(fix.edits.map((edit) => edit.text || "删除").join("…"))}`);
    return `<tr id="f${n + 1}"><td><a href="#t${n + 1}">${n + 1}</a></td><td>${finding.line}:${finding.column}</td>
<td class="${finding.severity}">${escaped(title("severities", finding.severity))}</td>
<td>${escaped(title("gates", finding.gate))}</td><td><strong>${escaped(finding.message)}</strong>
<code>${escaped(finding.rule)}</code><br>依据：${escaped(finding.why)}；${escaped(finding.source)}${fixes.join("")}</td></tr>`;
  });
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>审校报告</title>
<style>${style}</style></head><body><article>
<header><h1>审校报告</h1><p class="file"></p>
<p class="verdict ${report.verdict}">${escaped(title("verdicts", report.verdict))}</p></header>
<p class="basis">规则 ${escaped(report.ruleset.name)} ${escaped(report.ruleset.version ?? "")}（${report.ruleset.digest}）<br>
以 ${report.as_of} 为准；类别 ${escaped(report.class)}；须签字：${escaped(report.levels.join("、"))}</p>
<table class="gates">${cells("th", ["关口", "结论", ...severities.map((own) => own.title)])}${gates.join("")}</table>
<h2>问题</h2><table class="findings">${cells("th", ["序号", "位置", "级别", "关口", "问题"])}${findings.join("\n")}</table>
<h2>原文</h2><div class="draft">${marked(report.findings, text)}</div>
</article></body></html>
`;
}

/** The text with its findings marked and numbered; of findings that overlap, the first in the text gives the mark. */
function marked(findings, text) {
  let html = "";
  let done = 0;
  for (const [n, { start, end, severity }] of findings.entries()) {
    if (start < done) continue;
    html += escaped(text.slice(done, start));
    html += `<a class="n" id="t${n + 1}" href="#f${n + 1}">${n + 1}</a>`;
    html += `<mark class="${severity}">${escaped(text.slice(start, end))}</mark>`;
    done = end;
  }
  return html + escaped(text.slice(done));
}
