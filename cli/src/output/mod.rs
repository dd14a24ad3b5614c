//! Reports as text for people and programs: one file per format.

mod github;
pub(crate) mod html;
mod json;
mod sarif;
mod summary;
pub(crate) mod table;
mod text;
pub(crate) mod verified;

use std::io::{self, Write};

use annotate_snippets::Renderer;
use baguan::{Edit, Finding, Fix, Offsets, Report, Reviewer, Severity, Suppressed};

use crate::Exit;
use crate::args::Format;

/// A draft and what its review found.
#[derive(Clone, Copy)]
pub(crate) struct Reviewed<'r> {
    pub(crate) file: &'r str,
    pub(crate) text: &'r str,
    pub(crate) report: &'r Report,
    pub(crate) reviewer: &'r Reviewer,
}

/// What its reader wants to see of it.
#[derive(Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) offsets: Offsets,
    pub(crate) least: Severity,
    pub(crate) suppressed: bool,
    /// Whether several files are reviewed.
    pub(crate) several: bool,
    pub(crate) colors: bool,
}

/// A format: prints report after report.
pub(crate) trait Reports {
    /// Prints or keeps the report on one draft.
    fn draft(&mut self, reviewed: &Reviewed<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// Prints what belongs behind the last of them; `exit` tells whether every file could be read.
    fn finish(&mut self, exit: Exit, out: &mut dyn Write) -> io::Result<()>;
}

/// The reports in the format asked for.
pub(crate) fn reports(format: Option<Format>, shown: Shown) -> Box<dyn Reports> {
    match format.unwrap_or(Format::Text) {
        Format::Text => Box::new(text::Text::new(shown)),
        Format::Json => Box::new(json::Json::new(shown)),
        Format::Sarif => Box::new(sarif::Sarif::new(shown)),
        Format::Github => Box::new(github::Github::new(shown)),
        Format::Html => Box::new(html::Html::new(shown)),
    }
}

/// The renderer of messages with their source lines.
pub(crate) fn renderer(colors: bool) -> Renderer {
    const COLUMNS: usize = 100;
    let renderer = if colors { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(COLUMNS)
}

impl Shown {
    /// The findings that are grave enough to be shown.
    fn findings(self, report: &Report) -> impl Iterator<Item = &Finding> {
        report.findings().iter().filter(move |finding| finding.severity >= self.least)
    }

    /// What was put aside, where that is wanted.
    fn suppressed(self, report: &Report) -> &[Suppressed] {
        if self.suppressed { report.suppressed() } else { &[] }
    }
}

/// Where a rule's finding comes from: its reason and its source.
fn grounds(finding: &Finding) -> String {
    format!("{}，{}", finding.why, finding.source)
}

/// What a fix does, edit by edit.
fn described(fix: &Fix, text: &str) -> String {
    let edits: Vec<String> = fix.edits.iter().map(|edit| described_edit(edit, text)).collect();
    edits.join("，")
}

fn described_edit(edit: &Edit, text: &str) -> String {
    let old = clipped(&text[edit.span]);
    let new = &edit.text;
    match (old.is_empty(), new.is_empty()) {
        (false, false) => format!("「{old}」改为「{new}」"),
        (false, true) => format!("删去「{old}」"),
        (true, _) => {
            let before = &text[..edit.span.start];
            let from = before.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
            match clipped(before[from..].rsplit('\n').next().unwrap_or_default()) {
                before if before.is_empty() => format!("行首加「{new}」"),
                before => format!("「{before}」后加「{new}」"),
            }
        }
    }
}

/// A short piece of a draft on one line, without control characters.
fn clipped(text: &str) -> String {
    const CHARS: usize = 40;
    let mut clipped: String =
        text.chars().take(CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(CHARS).is_some() {
        clipped.push('…');
    }
    clipped
}

#[cfg(test)]
mod tests {
    use baguan::Span;

    use super::*;

    #[test]
    fn edits_in_words() {
        let text = "甲\n乙丙（丁";
        for (start, end, new, expected) in [
            (4, 7, "戊", "「乙」改为「戊」"),
            (4, 7, "", "删去「乙」"),
            (16, 16, "）", "「乙丙（丁」后加「）」"),
            (4, 4, "# ", "行首加「# 」"),
        ] {
            let edit = Edit { span: Span::new(start, end), text: new.to_owned() };
            assert_eq!(described_edit(&edit, text), expected);
        }
    }
}
