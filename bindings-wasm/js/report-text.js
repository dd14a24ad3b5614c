// A report as plain text, to be pasted into a message.

/** The verdict, the gates and the findings one by one. */
export function reportText(report, titles) {
  const title = (list, name) => titles[list].find((title) => title.name === name).title;
  const gates = titles.gates.map((gate) => `${gate.title} ${title("verdicts", report.gates[gate.name].verdict)}`);
  const lines = [
    `审校结论：${title("verdicts", report.verdict)}（${gates.join("，")}）`,
    `依据：规则 ${report.ruleset.name} ${report.ruleset.version ?? ""}，以 ${report.as_of} 为准`,
  ];
  for (const [n, finding] of report.findings.entries()) {
    const { line, column, severity, gate, message, why, source, fixes } = finding;
    lines.push("", `${n + 1}. ${line}:${column} ${title("severities", severity)}（${title("gates", gate)}）${message}`);
    lines.push(`   依据：${why}；${source}`);
    for (const fix of fixes) lines.push(`   建议：${fix.edits.map((edit) => edit.text || "删除").join("…")}`);
  }
  const { findings: unlisted } = report.coverage.unlisted;
  if (unlisted > 0) lines.push("", `另有 ${unlisted} 处未列出`);
  return `${lines.join("\n")}\n`;
}
