//! Reports as SARIF 2.1.0 (OASIS), for code hosts and editors.

use std::fmt::Write as _;
use std::io::{self, Write};

use baguan::{Finding, Fix, Offsets, Reason, Rule, Severity, Span, Suppressed, Units};
use serde_json::{Value, json};

use super::summary::unlisted;
use super::{Reports, Reviewed, Shown, described};
use crate::Exit;

/// One run over all files, a result a line.
pub(super) struct Sarif {
    shown: Shown,
    is_open: bool,
    /// How many results are printed.
    printed: usize,
    /// The rules that found something, by id, in the order in which they first did.
    rules: Vec<(String, Value)>,
    reports: Vec<Value>,
    /// What is not among the results.
    notes: Vec<Value>,
}

impl Sarif {
    pub(super) fn new(shown: Shown) -> Sarif {
        Sarif { shown, is_open: false, printed: 0, rules: Vec::new(), reports: Vec::new(), notes: Vec::new() }
    }

    /// Opens the log, the run and its results, once: results need not be kept then.
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.is_open, true) {
            return Ok(());
        }
        let schema =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
        write!(
            out,
            "{{\"$schema\":\"{schema}\",\"version\":\"2.1.0\",\"runs\":[{{\"language\":\"zh-CN\",\
             \"columnKind\":\"utf16CodeUnits\",\"results\":["
        )
    }

    fn rule_index(&mut self, id: &str, rules: &[Rule]) -> usize {
        if let Some(index) = self.rules.iter().position(|(own, _)| own == id) {
            return index;
        }
        let described =
            rules.iter().find(|rule| rule.id() == id).map_or_else(|| json!({ "id": id }), descriptor);
        self.rules.push((id.to_owned(), described));
        self.rules.len() - 1
    }
}

impl Reports for Sarif {
    fn draft(&mut self, reviewed: &Reviewed<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        let report = reviewed.report;
        let mut columns = Columns::new(reviewed.text);
        let uri = uri(reviewed.file);
        let findings = self.shown.findings(report).map(|finding| (finding, None));
        let put_aside =
            report.suppressed().iter().filter(|one| self.shown.suppressed || is_decided(&one.reason));
        let put_aside = put_aside.map(|Suppressed { finding, reason }| (finding, Some(reason)));
        let all: Vec<(&Finding, Option<&Reason>)> = findings.chain(put_aside).collect();
        for (finding, reason) in all {
            let index = self.rule_index(&finding.rule, reviewed.reviewer.rules());
            let mut result = result(finding, index, &uri, reviewed.text, &mut columns);
            // All results of a run have the list or none has (SARIF 3.27.23).
            result["suppressions"] = reason.map(suppression).into_iter().collect();
            out.write_all(if self.printed == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &result)?;
            self.printed += 1;
        }
        self.notes.extend(unlisted(report).map(|said| {
            json!({
                "level": "warning",
                "message": { "text": said },
                "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri } } }],
            })
        }));
        self.reports.push(json!({
            "file": reviewed.file,
            "verdict": report.verdict(),
            "class": report.class(),
            "as_of": report.as_of(),
            "ruleset": report.ruleset(),
        }));
        Ok(())
    }

    fn finish(&mut self, exit: Exit, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        let rules: Vec<&Value> = self.rules.iter().map(|(_, rule)| rule).collect();
        let rest = json!({
            "tool": { "driver": {
                "name": "baguan",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": "zh-CN",
                "rules": rules,
            }},
            "invocations": [{
                "executionSuccessful": exit < Exit::Wrong,
                "toolExecutionNotifications": self.notes,
            }],
            "properties": { "reports": self.reports },
        });
        // The members of `rest` go on where the run was left open.
        writeln!(out, "\n],\n{}]}}", rest.to_string().trim_start_matches('{'))
    }
}

/// Whether a person put it aside, as SARIF means suppression; exceptions and overlaps are the rules' own.
fn is_decided(reason: &Reason) -> bool {
    matches!(reason, Reason::Mark { .. } | Reason::Accepted { .. })
}

fn suppression(reason: &Reason) -> Value {
    let kind = if matches!(reason, Reason::Mark { .. }) { "inSource" } else { "external" };
    let detail = reason.detail().map_or_else(String::new, |detail| format!("：{detail}"));
    json!({ "kind": kind, "status": "accepted", "justification": format!("{}{detail}", reason.title()) })
}

fn descriptor(rule: &Rule) -> Value {
    let mut help = format!("{}\n依据：{}", rule.why(), rule.source());
    for (label, example) in
        rule.bad().map(|draft| ("误", draft)).chain(rule.good().map(|draft| ("正", draft)))
    {
        let _ = write!(help, "\n{label}：{example}");
    }
    json!({
        "id": rule.id(),
        "shortDescription": { "text": rule.why() },
        "fullDescription": { "text": rule.message() },
        "help": { "text": help },
        "defaultConfiguration": { "level": level(rule.severity()) },
        "properties": {
            "gate": rule.gate(),
            "kind": rule.kind(),
            "severity": rule.severity(),
            "tags": rule.tags(),
        },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Fatal | Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn result(finding: &Finding, rule_index: usize, uri: &str, text: &str, columns: &mut Columns<'_>) -> Value {
    let mut region = columns.region(finding.span);
    region["snippet"] = json!({ "text": &text[finding.span] });
    let mut result = json!({
        "ruleId": &*finding.rule,
        "ruleIndex": rule_index,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri }, "region": region } }],
        "partialFingerprints": { "baguan/v1": finding.fingerprint },
        "properties": { "gate": finding.gate, "severity": finding.severity },
    });
    if !finding.fixes.is_empty() {
        result["fixes"] = finding.fixes.iter().map(|one| fix(one, uri, text, columns)).collect();
    }
    result
}

fn fix(fix: &Fix, uri: &str, text: &str, columns: &mut Columns<'_>) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| json!({ "deletedRegion": columns.region(edit.span), "insertedContent": { "text": edit.text } }))
        .collect();
    json!({
        "description": { "text": described(fix, text) },
        "artifactChanges": [{ "artifactLocation": { "uri": uri }, "replacements": replacements }],
        "properties": { "safety": fix.safety },
    })
}

/// Lines and UTF-16 columns; quick when asked in text order.
struct Columns<'t> {
    text: &'t str,
    units: Units<'t>,
    last: usize,
    /// Where the line of `last` starts, in bytes and in UTF-16 units.
    line_start: (usize, usize),
}

impl<'t> Columns<'t> {
    fn new(text: &'t str) -> Columns<'t> {
        Columns { text, units: Units::new(text, Offsets::Utf16), last: 0, line_start: (0, 0) }
    }

    fn region(&mut self, span: Span) -> Value {
        let ((start_line, start_column), (end_line, end_column)) =
            (self.place(span.start), self.place(span.end));
        json!({
            "startLine": start_line,
            "startColumn": start_column,
            "endLine": end_line,
            "endColumn": end_column,
        })
    }

    fn place(&mut self, at: usize) -> (usize, usize) {
        let newline = if at < self.line_start.0 {
            Some(self.text[..at].rfind('\n').map_or(0, |newline| newline + 1))
        } else {
            let from = self.last.min(at);
            self.text[from..at].rfind('\n').map(|newline| from + newline + 1)
        };
        if let Some(start) = newline {
            self.line_start = (start, self.units.offset(start));
        }
        self.last = at;
        let column = self.units.offset(at) - self.line_start.1 + 1;
        (self.units.position(at).line, column)
    }
}

/// A file's name as a URI reference (RFC 3986): relative names stay relative.
fn uri(file: &str) -> String {
    let file = file.replace('\\', "/");
    let mut uri = String::new();
    if file.starts_with('/') {
        uri.push_str("file://");
    } else if file.get(1..3) == Some(":/") {
        uri.push_str("file:///");
    }
    for byte in file.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            b':' if uri.starts_with("file:///") => uri.push(':'),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units() {
        let text = "甲😀乙\n丙丁";
        let mut columns = Columns::new(text);
        for (at, place) in
            [(0, (1, 1)), (7, (1, 4)), (11, (2, 1)), (14, (2, 2)), (3, (1, 2)), (17, (2, 3)), (11, (2, 1))]
        {
            assert_eq!(columns.place(at), place, "{at}");
        }
    }

    #[test]
    fn names_as_uris() {
        for (file, expected) in [
            ("稿 1.md", "%E7%A8%BF%201.md"),
            ("a/b.txt", "a/b.txt"),
            ("/tmp/a.md", "file:///tmp/a.md"),
            ("C:\\a.md", "file:///C:/a.md"),
        ] {
            assert_eq!(uri(file), expected);
        }
    }
}
