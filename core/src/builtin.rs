//! The rules that come with the crate, compiled when it was built.

use std::borrow::Cow;

use crate::error::RulesetError;
use crate::ruleset::Ruleset;

/// What the build script wrote.
const STANDARD: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/standard.baguan"));

impl Ruleset {
    /// The rules that come with the crate.
    ///
    /// # Panics
    /// Never: the build script wrote them.
    pub fn standard() -> Ruleset {
        Ruleset::unpack(&Cow::Borrowed(STANDARD)).expect("the build script compiled the standard rules")
    }

    /// This set merged onto the sets it says it extends: the standard one, unless it says `extends = []`.
    pub fn onto_bases(self) -> Result<Ruleset, RulesetError> {
        if self.extends().is_empty() {
            return Ok(self);
        }
        Ruleset::standard().merge(self)
    }
}
