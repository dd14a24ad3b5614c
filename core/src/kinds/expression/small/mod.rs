//! An expression run by a backtracking machine over characters, where a filter says that there may be a match.
//!
//! It finds what the `regex` crate finds and is a tenth of it. No step is tried twice at one place, so its time is that of
//! the text times the expression.

mod filter;
mod machine;
mod program;
mod properties;
mod spelt;

use std::sync::{Arc, Mutex, PoisonError};

use regex_syntax::hir::Hir;

use crate::kinds::expression::Slots;
use crate::kinds::expression::small::filter::Filter;
use crate::kinds::expression::small::machine::Machine;
use crate::kinds::expression::small::program::Program;
#[cfg(target_family = "wasm")]
pub(in crate::kinds) use crate::kinds::expression::small::spelt::parse;

#[derive(Clone, Debug)]
pub(super) struct Engine(Result<Runnable, String>);

#[derive(Clone, Debug)]
struct Runnable {
    program: Program,
    filter: Arc<Mutex<Filter>>,
}

impl Engine {
    pub(super) fn new(_pattern: &str, hir: &Hir) -> Engine {
        Engine(
            Program::of(hir)
                .map(|program| Runnable { filter: Arc::new(Mutex::new(Filter::new(&program))), program }),
        )
    }

    pub(super) fn check(&self) -> Result<(), String> {
        self.0.as_ref().map(drop).map_err(Clone::clone)
    }

    pub(super) fn slots(&self, text: &str, at: usize) -> Option<Slots> {
        let Runnable { program, filter } =
            self.0.as_ref().expect("checked when it was read, or proven by the suite");
        let may_match =
            filter.lock().unwrap_or_else(PoisonError::into_inner).may_match(program, text.get(at..)?);
        may_match.then(|| Machine::new(program, text).run(at)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use proptest::prelude::*;
    use toml::Spanned;
    use toml::de::{DeTable, DeValue};

    use super::*;
    use crate::kinds::expression::quick;

    fn all(slots: impl Fn(&str, usize) -> Option<Slots>, text: &str) -> Vec<Slots> {
        let mut at = 0;
        std::iter::from_fn(|| {
            let found = slots(text, at)?;
            // An expression of a rule matches something.
            at = found[1].filter(|end| *end > at)?;
            Some(found)
        })
        .collect()
    }

    fn assert_same(pattern: &str, text: &str) {
        let hir = regex_syntax::parse(pattern).unwrap();
        let (small, quick) = (Engine::new(pattern, &hir), quick::Engine::new(pattern, &hir));
        assert_eq!(
            all(|text, at| small.slots(text, at), text),
            all(|text, at| quick.slots(text, at), text),
            "{pattern:?} in {text:?}"
        );
    }

    #[test]
    fn anchors_and_what_repeats_nothing() {
        for pattern in [
            "^甲",
            "甲$",
            "(?m)^乙|乙$",
            "(?mR)^乙|甲$",
            "(甲?)*乙",
            "(甲|乙?)+丙",
            "(?:(甲)|乙)*?丙",
            "(|甲)+乙",
            "(甲*)*",
            "(甲*)+?乙",
            "(?:甲{2,4}){2}",
            "甲{2,}?",
            "(?i)ab[^b-d]",
            "(甲乙|甲)(乙丙|丙)?",
            "(?:){3}甲",
            "(?s:.)乙",
            "[^甲]+$",
        ] {
            for text in ["", "甲", "甲甲甲甲甲乙丙", "乙甲\n乙\r\n甲丙\r", "ABxabC甲", "甲乙丙甲丙乙乙"]
            {
                assert_same(pattern, text);
            }
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the rules of the repository are no part of core")]
    fn expressions_of_the_standard_rules() {
        let mut count = 0;
        for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../rulesets")) {
            let text = fs::read_to_string(file).unwrap();
            let table = DeTable::parse(&text).unwrap().into_inner();
            for rule in table.get("rule").and_then(|rules| rules.get_ref().as_array()).into_iter().flatten() {
                let field = |name: &str| rule.get_ref().as_table()?.get(name).map(Spanned::get_ref);
                let Some(pattern) = field("pattern").and_then(DeValue::as_str) else { continue };
                let examples =
                    ["bad", "good"].into_iter().filter_map(|name| field(name)?.as_array()).flatten();
                for example in examples.filter_map(|example| example.get_ref().as_str()) {
                    assert_same(pattern, example);
                }
                count += 1;
            }
        }
        assert!(count > 200, "{count} expressions");
    }

    /// The rules in a folder.
    #[expect(clippy::disallowed_methods, reason = "the rules of the repository are no part of core")]
    fn files(folder: &Path) -> Vec<PathBuf> {
        let all = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = all.partition(|path| path.is_dir());
        let own = files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "toml"));
        own.filter(|path| !path.ends_with("Cargo.toml"))
            .chain(folders.iter().flat_map(|folder| self::files(folder)))
            .collect()
    }

    #[test]
    fn what_is_too_large() {
        let hir = regex_syntax::parse("(?:甲{1000}){1000}").unwrap();
        assert_eq!(Engine::new("", &hir).check(), Err("the expression is too large".to_owned()));
    }

    /// Expressions of few characters, so that many of them match.
    fn patterns() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec!["甲", "乙", "a", "[甲a]", "[^乙]", ".", "^", "$", "甲乙", ""]);
        leaf.prop_map(str::to_owned).prop_recursive(4, 24, 3, |inner| {
            let times =
                prop::sample::select(vec!["?", "*", "+", "??", "*?", "+?", "{2}", "{1,3}", "{2,}", "{0,2}?"]);
            prop_oneof![
                (inner.clone(), times).prop_map(|(part, times)| format!("(?:{part}){times}")),
                prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| parts.concat()),
                prop::collection::vec(inner.clone(), 2..4)
                    .prop_map(|parts| format!("(?:{})", parts.join("|"))),
                inner.prop_map(|part| format!("({part})")),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn finds_what_the_regex_crate_finds(pattern in patterns(), text in "[甲乙a\n]{0,12}") {
            assert_same(&pattern, &text);
        }
    }
}
