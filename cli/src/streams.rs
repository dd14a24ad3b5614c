//! Where a run reads and writes.

use std::io::{Read, Write};

use clap::ColorChoice;

use crate::error::Error;

/// The streams of a run.
pub struct Streams<'s> {
    /// What `-` and `--jsonl` read.
    pub stdin: &'s mut (dyn Read + Send),
    /// Where reports go.
    pub stdout: Output<'s>,
    /// Where complaints go.
    pub stderr: Output<'s>,
}

/// A stream that is written to.
pub struct Output<'s> {
    /// The stream.
    pub writer: &'s mut dyn Write,
    /// Whether a person sees it as it is written.
    pub is_terminal: bool,
    /// Whether it is to have colours where the command line does not say.
    pub takes_colors: bool,
}

impl<'s> Output<'s> {
    /// A stream without terminal or colours.
    pub fn captured(writer: &'s mut dyn Write) -> Output<'s> {
        Output { writer, is_terminal: false, takes_colors: false }
    }

    /// Writes `error` for its reader. That this cannot be written is nothing to complain about.
    pub(crate) fn complain(&mut self, error: &Error) {
        let text = error.render(self.takes_colors);
        let _ = writeln!(self.writer, "{}", text.trim_end()).and_then(|()| self.writer.flush());
    }

    /// Writes a line that is no error.
    pub(crate) fn note(&mut self, text: &str) {
        let _ = writeln!(self.writer, "note: {text}").and_then(|()| self.writer.flush());
    }
}

impl Streams<'_> {
    /// Follows what the command line says about colours.
    pub(crate) fn choose_colors(&mut self, choice: ColorChoice) {
        for output in [&mut self.stdout, &mut self.stderr] {
            match choice {
                ColorChoice::Always => output.takes_colors = true,
                ColorChoice::Never => output.takes_colors = false,
                ColorChoice::Auto => {}
            }
        }
    }
}
