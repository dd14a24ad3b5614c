//! Regular expressions as rules run them: by the `regex` crate, and in WebAssembly by a machine that weighs little.

#[cfg(not(target_family = "wasm"))]
mod quick;
#[cfg(any(test, target_family = "wasm"))]
mod small;

use std::ops::Range;

use regex_syntax::hir::{Hir, HirKind};

#[cfg(not(target_family = "wasm"))]
use crate::kinds::expression::quick::Engine;
#[cfg(target_family = "wasm")]
use crate::kinds::expression::small::Engine;
#[cfg(target_family = "wasm")]
pub(super) use crate::kinds::expression::small::parse;
#[cfg(not(target_family = "wasm"))]
pub(super) use regex_syntax::parse;

/// Where a match and each of its groups start and end, in this order; the match itself is group 0.
type Slots = Vec<Option<usize>>;

/// A regular expression.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    pub(super) pattern: String,
    names: Vec<(String, usize)>,
    engine: Engine,
}

impl Expression {
    /// The expression `pattern`, of which `hir` is the syntax tree.
    pub(super) fn new(pattern: String, hir: &Hir) -> Expression {
        let mut names = Vec::new();
        name_groups(hir, &mut names);
        Expression { engine: Engine::new(&pattern, hir), pattern, names }
    }

    /// What is wrong with it, where it cannot be run.
    pub(super) fn check(&self) -> Result<(), String> {
        self.engine.check()
    }

    /// The names of its groups.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| &**name)
    }

    /// The first match that starts at `at` or behind it.
    pub(super) fn find<'t>(&'t self, text: &'t str, at: usize) -> Option<Groups<'t>> {
        Some(Groups { text, names: &self.names, slots: self.engine.slots(text, at)? })
    }
}

/// A match, with what its groups match.
#[derive(Debug)]
pub(super) struct Groups<'t> {
    text: &'t str,
    names: &'t [(String, usize)],
    slots: Slots,
}

impl<'t> Groups<'t> {
    /// The place of the whole match.
    pub(super) fn whole(&self) -> Range<usize> {
        self.range(0).unwrap_or_default()
    }

    /// The place of the group of that name.
    pub(super) fn place(&self, name: &str) -> Option<Range<usize>> {
        let (_, group) = self.names.iter().find(|(own, _)| own == name)?;
        self.range(*group)
    }

    /// What the group of that name matches; nothing where it takes no part.
    pub(super) fn text(&self, name: &str) -> &'t str {
        self.place(name).map_or("", |range| &self.text[range])
    }

    /// `template` with what groups match in the place of `$name`, `${name}` and their numbers, and `$` in that of `$$`.
    pub(super) fn expand(&self, template: &str) -> String {
        let mut expanded = String::new();
        let mut parts = template.split('$');
        expanded.push_str(parts.next().unwrap_or_default());
        while let Some(part) = parts.next() {
            let braced = part.strip_prefix('{').and_then(|braced| braced.split_once('}'));
            let bare = || part.split_at(part.find(|c: char| !is_word(c)).unwrap_or(part.len()));
            let (name, rest) = braced.unwrap_or_else(bare);
            match name.parse() {
                Ok(group) => expanded.push_str(self.range(group).map_or("", |range| &self.text[range])),
                Err(_) if name.is_empty() && braced.is_none() => expanded.push('$'),
                Err(_) => expanded.push_str(self.text(name)),
            }
            expanded.push_str(rest);
            if part.is_empty() {
                expanded.push_str(parts.next().unwrap_or_default());
            }
        }
        expanded
    }

    fn range(&self, group: usize) -> Option<Range<usize>> {
        let slot = |n: usize| self.slots.get(n).copied().flatten();
        Some(slot(2 * group)?..slot(2 * group + 1)?)
    }
}

fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_'
}

/// Collects the groups of an expression that have names.
fn name_groups(hir: &Hir, names: &mut Vec<(String, usize)>) {
    match hir.kind() {
        HirKind::Capture(capture) => {
            let group = capture.index as usize;
            names.extend(capture.name.as_deref().map(|name| (name.to_owned(), group)));
            name_groups(&capture.sub, names);
        }
        HirKind::Repetition(repetition) => name_groups(&repetition.sub, names),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            for part in parts {
                name_groups(part, names);
            }
        }
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        let pattern = "(?<year>[0-9]+)年(第)?";
        let expression = Expression::new(pattern.to_owned(), &parse(pattern).unwrap());
        let groups = expression.find("公元2026年", 0).unwrap();
        let captures = regex::Regex::new(pattern).unwrap().captures("公元2026年").unwrap();
        for template in [
            "",
            "无",
            "$year版",
            "${year}版",
            "$1-$2-$9",
            "$0",
            "$$1",
            "$$$1",
            "a$",
            "a$。",
            "$yearly",
            "${none}x",
            "${year",
            "${}x",
            "$ $",
            "$$",
        ] {
            let mut expected = String::new();
            captures.expand(template, &mut expected);
            assert_eq!(groups.expand(template), expected, "{template}");
        }
    }
}
