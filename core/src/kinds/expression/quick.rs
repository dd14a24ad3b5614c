//! An expression run by the `regex` crate, which compiles it when it is first needed.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::Hir;

use crate::kinds::expression::Slots;

#[derive(Clone, Debug)]
pub(super) struct Engine {
    pattern: String,
    regex: OnceLock<Regex>,
}

impl Engine {
    pub(super) fn new(pattern: &str, _hir: &Hir) -> Engine {
        Engine { pattern: pattern.to_owned(), regex: OnceLock::new() }
    }

    pub(super) fn check(&self) -> Result<(), String> {
        self.regex().map(drop).map_err(|error| error.to_string())
    }

    pub(super) fn slots(&self, text: &str, at: usize) -> Option<Slots> {
        let regex = self.regex().expect("checked when it was read, or proven by the suite");
        // Most parts hold no match, which is told without room for its groups.
        if !regex.is_match_at(text, at) {
            return None;
        }
        let mut locations = regex.capture_locations();
        regex.captures_read_at(&mut locations, text, at)?;
        let ends = |group| locations.get(group).map_or([None; 2], |(start, end)| [Some(start), Some(end)]);
        Some((0..locations.len()).flat_map(ends).collect())
    }

    fn regex(&self) -> Result<&Regex, regex::Error> {
        if let Some(regex) = self.regex.get() {
            return Ok(regex);
        }
        let regex = RegexBuilder::new(&self.pattern).size_limit(1 << 21).build()?;
        Ok(self.regex.get_or_init(|| regex))
    }
}
