//! Reports as one self-contained page, to be read, kept and printed.

use std::fmt::Write as _;
use std::io::{self, Write};

use baguan::{Finding, Gate, Offsets, Report, Reviewer, Severity, Units, Verdict};

use super::summary::{basis, coverage, gates, unlisted};
use super::{Reports, Reviewed, Shown, described, grounds};
use crate::Exit;

/// A section for each file.
pub(super) struct Html {
    shown: Shown,
    /// How many files have been printed.
    printed: usize,
}

impl Html {
    pub(super) fn new(shown: Shown) -> Html {
        Html { shown, printed: 0 }
    }

    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.printed += 1;
        if self.printed > 1 {
            return Ok(());
        }
        let style = include_str!("page.css");
        write!(
            out,
            "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>审校报告</title>\n\
             <style>\n{style}</style>\n</head>\n<body>\n"
        )
    }
}

impl Reports for Html {
    fn draft(&mut self, reviewed: &Reviewed<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        let report = reviewed.report;
        let findings: Vec<&Finding> = self.shown.findings(report).collect();
        let verdict = report.verdict();
        let mut page = format!(
            "<article>\n<header>\n<h1>审校报告</h1>\n<p class=\"file\">{}</p>\n\
             <p class=\"verdict {verdict}\">{}</p>\n</header>\n<p class=\"basis\">{}<br>{}{}</p>\n",
            escaped(reviewed.file),
            verdict.title(),
            escaped(&basis(reviewed)),
            escaped(&coverage(report)),
            unlisted(report).map_or_else(String::new, |said| format!("<br>{}", escaped(&said))),
        );
        page.push_str(&gate_table(reviewed));
        page.push_str(&finding_table(&findings, reviewed, self.printed));
        page.push_str(&self.suppressed_table(reviewed));
        let _ = write!(
            page,
            "<h2>原文</h2>\n<div class=\"draft\">{}</div>\n",
            marked(&findings, reviewed.text, self.printed)
        );
        page.push_str("</article>\n");
        out.write_all(page.as_bytes())
    }

    fn finish(&mut self, _exit: Exit, out: &mut dyn Write) -> io::Result<()> {
        if self.printed == 0 { Ok(()) } else { out.write_all(b"</body>\n</html>\n") }
    }
}

impl Html {
    fn suppressed_table(&self, reviewed: &Reviewed<'_>) -> String {
        let suppressed = self.shown.suppressed(reviewed.report);
        if suppressed.is_empty() {
            return String::new();
        }
        let mut units = Units::new(reviewed.text, Offsets::Chars);
        let mut table = "<h2>搁置</h2>\n<table class=\"findings\">\n\
                         <tr><th>位置</th><th>规则</th><th>原文</th><th>缘由</th></tr>\n"
            .to_owned();
        for put_aside in suppressed {
            let (finding, reason) = (&put_aside.finding, &put_aside.reason);
            let place = units.position(finding.span.start);
            let detail = reason.detail().map_or_else(String::new, |detail| format!("：{}", escaped(detail)));
            let _ = writeln!(
                table,
                "<tr><td>{}:{}</td><td><code>{}</code></td><td>{}</td><td>{}{detail}</td></tr>",
                place.line,
                place.column,
                escaped(&finding.rule),
                escaped(&reviewed.text[finding.span]),
                reason.title(),
            );
        }
        table + "</table>\n"
    }
}

/// Reports on drafts as one page, each given with its name, its text and the reviewer it comes from.
///
/// # Panics
/// Never: memory can be written.
pub fn page<'r>(drafts: impl IntoIterator<Item = (&'r str, &'r str, &'r Report, &'r Reviewer)>) -> String {
    let (offsets, least) = (Offsets::Chars, Severity::Hint);
    let shown = Shown { offsets, least, suppressed: false, several: true, colors: false };
    let (mut html, mut page) = (Html::new(shown), Vec::new());
    for (file, text, report, reviewer) in drafts {
        html.draft(&Reviewed { file, text, report, reviewer }, &mut page).expect("memory can be written");
    }
    html.finish(Exit::Pass, &mut page).expect("memory can be written");
    String::from_utf8(page).expect("what is written is text")
}

/// A page within a page, so that neither styles the other.
pub fn framed(page: &str) -> String {
    let style = "width:100%;height:32em;border:0;resize:vertical";
    format!("<iframe sandbox style=\"{style}\" srcdoc=\"{}\"></iframe>", escaped(page))
}

fn gate_table(reviewed: &Reviewed<'_>) -> String {
    let [head, rows @ ..] = gates(reviewed.report);
    let cells = |cells: &[String; 6], tag: &str| {
        let cells: Vec<String> =
            cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell))).collect();
        cells.concat()
    };
    let mut table = format!("<table class=\"gates\">\n<tr>{}</tr>\n", cells(&head, "th"));
    for (gate, row) in Gate::ALL.into_iter().zip(&rows) {
        let _ =
            writeln!(table, "<tr class=\"{}\">{}</tr>", reviewed.report.gate(gate).verdict, cells(row, "td"));
    }
    table + "</table>\n"
}

fn finding_table(findings: &[&Finding], reviewed: &Reviewed<'_>, file: usize) -> String {
    if findings.is_empty() {
        let passed = if reviewed.report.verdict() == Verdict::Pass {
            "未发现问题。"
        } else {
            "没有可显示的问题。"
        };
        return format!("<p>{passed}</p>\n");
    }
    let mut units = Units::new(reviewed.text, Offsets::Chars);
    let mut table = "<h2>问题</h2>\n<table class=\"findings\">\n<tr><th>序号</th><th>位置</th><th>级别</th>\
                     <th>关口</th><th>问题</th></tr>\n"
        .to_owned();
    for (n, finding) in findings.iter().enumerate() {
        let place = units.position(finding.span.start);
        let number = n + 1;
        let _ = write!(
            table,
            "<tr id=\"f{file}-{number}\"><td><a href=\"#t{file}-{number}\">{number}</a></td><td>{}:{}</td>\
             <td class=\"{}\">{}</td><td>{}</td><td><strong>{}</strong> <code>{}</code>\
             <br>依据：{}",
            place.line,
            place.column,
            finding.severity,
            finding.severity.title(),
            finding.gate.title(),
            escaped(&finding.message),
            escaped(&finding.rule),
            escaped(&grounds(finding)),
        );
        for fix in &finding.fixes {
            let _ = write!(table, "<br>建议：{}", escaped(&described(fix, reviewed.text)));
        }
        table.push_str("</td></tr>\n");
    }
    table + "</table>\n"
}

/// The text with its findings marked and numbered; where findings overlap, the gravest gives the mark.
fn marked(findings: &[&Finding], text: &str, file: usize) -> String {
    let mut cuts: Vec<usize> = findings
        .iter()
        .flat_map(|finding| [finding.span.start, finding.span.end])
        .chain([text.len()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut html = String::with_capacity(text.len() * 2);
    let (mut from, mut next) = (0, 0);
    let mut open: Vec<&Finding> = Vec::new();
    for cut in cuts {
        push_piece(&mut html, &text[from..cut], open.iter().map(|finding| finding.severity).max());
        while let Some(finding) = findings.get(next).filter(|finding| finding.span.start == cut) {
            open.push(finding);
            next += 1;
            let _ = write!(html, "<a class=\"n\" id=\"t{file}-{next}\" href=\"#f{file}-{next}\">{next}</a>");
        }
        open.retain(|finding| finding.span.end > cut);
        from = cut;
    }
    html
}

fn push_piece(html: &mut String, piece: &str, severity: Option<Severity>) {
    match severity {
        Some(severity) if !piece.is_empty() => {
            let _ = write!(html, "<mark class=\"{severity}\">{}</mark>", escaped(piece));
        }
        _ => html.push_str(&escaped(piece)),
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // HTML has no place for other control characters.
            '\n' | '\r' | '\t' => escaped.push(char),
            control if control.is_control() => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use baguan::Span;

    fn finding(severity: Severity, start: usize, end: usize) -> Finding {
        Finding {
            rule: "wording/x".into(),
            gate: Gate::Wording,
            severity,
            message: String::new(),
            why: "".into(),
            source: "".into(),
            span: Span::new(start, end),
            fixes: Vec::new(),
            fingerprint: String::new(),
        }
    }

    #[test]
    fn overlapping_findings() {
        let number = |n| format!("<a class=\"n\" id=\"t1-{n}\" href=\"#f1-{n}\">{n}</a>");
        let (outer, inner) = (finding(Severity::Hint, 1, 4), finding(Severity::Error, 2, 5));
        let expected = format!(
            "a{}<mark class=\"hint\">b</mark>{}<mark class=\"error\">cd</mark><mark class=\"error\">e</mark>f",
            number(1),
            number(2)
        );
        assert_eq!(marked(&[&outer, &inner], "abcdef", 1), expected);
        let (start, insertion) = (finding(Severity::Hint, 0, 1), finding(Severity::Hint, 1, 1));
        let expected = format!("{}<mark class=\"hint\">a</mark>{}b", number(1), number(2));
        assert_eq!(marked(&[&start, &insertion], "ab", 1), expected);
    }
}
