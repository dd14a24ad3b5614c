//! Reports for people at a terminal.

use std::fmt::Write as _;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Level, Snippet};
use anstyle::{AnsiColor, Style};
use baguan::{Finding, Fix, Gate, Offsets, Safety, Severity, Span, Suppressed, Units, Verdict};

use super::summary::{basis, coverage, found, gates, unlisted};
use super::table::aligned;
use super::{Reports, Reviewed, Shown, clipped, described, grounds, renderer};
use crate::Exit;

/// Findings with their lines, then a table by gate.
pub(super) struct Text {
    shown: Shown,
    verdicts: Vec<Verdict>,
}

impl Text {
    pub(super) fn new(shown: Shown) -> Text {
        Text { shown, verdicts: Vec::new() }
    }
}

impl Reports for Text {
    fn draft(&mut self, reviewed: &Reviewed<'_>, out: &mut dyn Write) -> io::Result<()> {
        if !self.verdicts.is_empty() {
            writeln!(out)?;
        }
        self.verdicts.push(reviewed.report.verdict());
        let mut units = Units::new(reviewed.text, Offsets::Chars);
        for finding in self.shown.findings(reviewed.report) {
            out.write_all(rendered(finding, reviewed, &mut units, self.shown.colors).as_bytes())?;
        }
        for put_aside in self.shown.suppressed(reviewed.report) {
            writeln!(out, "{}", put_aside_line(put_aside, reviewed, &mut units))?;
        }
        for mark in &reviewed.report.coverage().idle_marks {
            let (line, what) =
                (units.position(mark.span.start).line, if mark.known { "此处未发现" } else { "无此规则" });
            writeln!(out, "{}:{line}: 忽略标记未起作用：{}（{what}）", reviewed.file, clipped(&mark.rule))?;
        }
        out.write_all(summary(reviewed, self.shown.colors).as_bytes())
    }

    fn finish(&mut self, _exit: Exit, out: &mut dyn Write) -> io::Result<()> {
        if !self.shown.several {
            return Ok(());
        }
        let count = |verdict| self.verdicts.iter().filter(|own| **own == verdict).count();
        let counts = Verdict::ALL.map(|verdict| format!("{} {}", verdict.title(), count(verdict)));
        writeln!(out, "\n共 {} 件：{}", self.verdicts.len(), counts.join("，"))
    }
}

/// One finding in the manner of rustc: title, place, line with what is flagged underlined, grounds, suggestions.
fn rendered(finding: &Finding, reviewed: &Reviewed<'_>, units: &mut Units<'_>, colors: bool) -> String {
    let text = reviewed.text;
    let (start, end) = (units.position(finding.span.start), units.position(finding.span.end));
    let line = Line::around(finding, text);
    let blocks = reviewed.reviewer.content_class().verdict(finding.gate, finding.severity) == Verdict::Block;
    let blocks = if blocks { "（拦截）" } else { "" };
    let title = format!("{} {}{blocks}", finding.gate.title(), finding.message.replace('\n', " "));
    let snippet = Snippet::source(line.source.as_str())
        .line_start(start.line)
        .annotation(AnnotationKind::Primary.span(line.flagged.clone()));
    let labelled = |label: &'static str, text: String| Level::NOTE.with_name(label).message(text);
    let mut group = level(finding.severity)
        .with_name(finding.severity.title())
        .primary_title(title)
        .id(&*finding.rule)
        .element(snippet)
        .element(labelled("依据", grounds(finding)));
    for fix in &finding.fixes {
        group = group.element(labelled("建议", described(fix, text) + unseen(fix)));
    }
    let rendered = renderer(colors).render(&[group]);
    // The snippet is a piece of the line, so its own column is not that of the draft.
    let (title, rest) = rendered.split_once('\n').unwrap_or((&rendered, ""));
    let margin = " ".repeat(start.line.to_string().len());
    let arrow = styled("-->", AnsiColor::BrightBlue.on_default().bold(), colors);
    let until =
        if end.line > start.line { format!(" 至 {}:{}", end.line, end.column) } else { String::new() };
    format!("{title}\n{margin}{arrow} {}:{}:{}{until}\n{rest}\n\n", reviewed.file, start.line, start.column)
}

fn unseen(fix: &Fix) -> &'static str {
    if fix.safety == Safety::Safe { "（可用 --fix 改）" } else { "" }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Fatal | Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::HELP,
    }
}

/// The first line of what is flagged, cut to a length that a screen may show.
struct Line {
    source: String,
    /// What is flagged, in `source`.
    flagged: std::ops::Range<usize>,
}

impl Line {
    fn around(finding: &Finding, text: &str) -> Line {
        // More than the renderer shows of a line, and little enough to look at for every finding.
        const CHARS: usize = 200;
        let Span { start, end } = finding.span;
        let from = text[..start].char_indices().rev().take(CHARS).last().map_or(start, |(at, _)| at);
        let to = text[start..].char_indices().nth(2 * CHARS).map_or(text.len(), |(at, _)| start + at);
        let before = text[from..start].rfind('\n').map(|at| &text[from + at + 1..start]);
        let after = text[start..to].find(['\n', '\r']).map(|at| &text[start..start + at]);
        let mut source = String::new();
        if before.is_none() && from > 0 {
            source.push('…');
        }
        source.push_str(before.unwrap_or(&text[from..start]));
        let flagged = source.len();
        source.push_str(after.unwrap_or(&text[start..to]));
        let flagged = flagged..(flagged + end - start).min(source.len());
        if after.is_none() && to < text.len() {
            source.push('…');
        }
        Line { source, flagged }
    }
}

fn put_aside_line(put_aside: &Suppressed, reviewed: &Reviewed<'_>, units: &mut Units<'_>) -> String {
    let (finding, reason) = (&put_aside.finding, &put_aside.reason);
    let place = units.position(finding.span.start);
    let detail = reason.detail().map_or_else(String::new, |detail| format!("：{}", clipped(detail)));
    format!(
        "{}:{}:{}: 搁置 {}「{}」（{}{detail}）",
        reviewed.file,
        place.line,
        place.column,
        finding.rule,
        clipped(&reviewed.text[finding.span]),
        reason.title(),
    )
}

/// The verdict, the table by gate, and what the review rests on.
fn summary(reviewed: &Reviewed<'_>, colors: bool) -> String {
    let report = reviewed.report;
    let verdict = report.verdict();
    let found = match found(report) {
        0 if reviewed.text.trim().is_empty() => "空稿".to_owned(),
        0 => "未发现问题".to_owned(),
        number => format!("{number} 处"),
    };
    let mut summary =
        format!("{}: {}，{found}\n", reviewed.file, styled(verdict.title(), style(verdict), colors));
    for (n, line) in aligned(&gates(report)).into_iter().enumerate() {
        let verdict = n.checked_sub(1).map(|gate| report.gate(Gate::ALL[gate]).verdict);
        let line = match verdict {
            Some(verdict) if verdict > Verdict::Pass => styled(&line, style(verdict), colors),
            _ => line,
        };
        let _ = writeln!(summary, "  {line}");
    }
    let _ = writeln!(summary, "  {}", basis(reviewed));
    let _ = writeln!(summary, "  {}", coverage(report));
    if let Some(unlisted) = unlisted(report) {
        let _ = writeln!(summary, "  {unlisted}");
    }
    summary
}

fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Pass => AnsiColor::Green,
        Verdict::Revise => AnsiColor::Yellow,
        Verdict::Block => AnsiColor::BrightRed,
    }
    .on_default()
    .bold()
}

fn styled(text: &str, style: Style, colors: bool) -> String {
    if colors { format!("{style}{text}{style:#}") } else { text.to_owned() }
}
