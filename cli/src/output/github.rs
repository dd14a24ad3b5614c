//! Reports as workflow commands of GitHub Actions, shown beside the lines of a change.

use std::io::{self, Write};

use baguan::{Offsets, Severity, Units};

use super::summary::unlisted;
use super::{Reports, Reviewed, Shown, described, grounds};
use crate::Exit;

/// One command a finding.
pub(super) struct Github {
    shown: Shown,
}

impl Github {
    pub(super) fn new(shown: Shown) -> Github {
        Github { shown }
    }
}

impl Reports for Github {
    fn draft(&mut self, reviewed: &Reviewed<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut units = Units::new(reviewed.text, Offsets::Chars);
        for finding in self.shown.findings(reviewed.report) {
            let (start, end) = (units.position(finding.span.start), units.position(finding.span.end));
            let title = format!("{} {}", finding.gate.title(), finding.rule);
            let mut message = format!("{}\n依据：{}", finding.message, grounds(finding));
            for fix in &finding.fixes {
                message = format!("{message}\n建议：{}", described(fix, reviewed.text));
            }
            writeln!(
                out,
                "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}",
                command(finding.severity),
                property(reviewed.file),
                start.line,
                start.column,
                end.line,
                end.column,
                property(&title),
                data(&message),
            )?;
        }
        if let Some(unlisted) = unlisted(reviewed.report) {
            writeln!(out, "::warning file={}::{}", property(reviewed.file), data(&unlisted))?;
        }
        Ok(())
    }

    fn finish(&mut self, _exit: Exit, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

const fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Fatal | Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    }
}

// As `@actions/core` escapes them (packages/core/src/command.ts).
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
