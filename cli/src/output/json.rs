//! Reports as data: the one JSON shape of a report, with the file's name.

use std::io::{self, Write};

use baguan::ReportView;
use serde::Serialize;

use super::{Reports, Reviewed, Shown};
use crate::Exit;

/// An object for one file, an array for several.
pub(super) struct Json {
    shown: Shown,
    /// How many reports are printed.
    printed: usize,
}

impl Json {
    pub(super) fn new(shown: Shown) -> Json {
        Json { shown, printed: 0 }
    }
}

#[derive(Serialize)]
struct FileReport<'r> {
    file: &'r str,
    #[serde(flatten)]
    report: ReportView<'r>,
}

impl Reports for Json {
    fn draft(&mut self, reviewed: &Reviewed<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut report = reviewed.report.view(reviewed.text, self.shown.offsets);
        report.findings.retain(|finding| finding.severity >= self.shown.least);
        if self.shown.several {
            out.write_all(if self.printed == 0 { b"[\n" } else { b",\n" })?;
        }
        self.printed += 1;
        serde_json::to_writer_pretty(&mut *out, &FileReport { file: reviewed.file, report })?;
        if self.shown.several { Ok(()) } else { out.write_all(b"\n") }
    }

    fn finish(&mut self, _exit: Exit, out: &mut dyn Write) -> io::Result<()> {
        match (self.shown.several, self.printed) {
            (false, _) => Ok(()),
            (true, 0) => out.write_all(b"[]\n"),
            (true, _) => out.write_all(b"\n]\n"),
        }
    }
}
