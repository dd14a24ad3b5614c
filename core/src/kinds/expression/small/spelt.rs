//! Expressions in which classes of Unicode and letters of either case are spelt out.
//!
//! `regex-syntax` needs no tables of its own for them, which would weigh more than all of ours.

use regex_syntax::Error;
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    Ast, ClassAsciiKind, ClassBracketed, ClassPerlKind, ClassSet, ClassSetItem, ClassSetRange, ClassSetUnion,
    ClassUnicodeKind, Flag, Flags, FlagsItemKind, GroupKind, Literal, LiteralKind,
};
use regex_syntax::hir::Hir;
use regex_syntax::hir::translate::Translator;

use crate::kinds::expression::small::properties::{Properties, Range};

/// The syntax tree of an expression.
#[expect(clippy::result_large_err, reason = "it is that of `regex-syntax`")]
pub(in crate::kinds) fn parse(pattern: &str) -> Result<Hir, Error> {
    let mut ast = Parser::new().parse(pattern)?;
    let tables = include_bytes!(concat!(env!("OUT_DIR"), "/unicode"));
    let properties = Properties::new(tables).expect("written by the build script");
    Speller { properties }.spell(&mut ast, &mut Mode { any_case: false, unicode: true });
    Ok(Translator::new().translate(pattern, &ast)?)
}

/// What flags say of a part of an expression.
#[derive(Clone, Copy)]
struct Mode {
    any_case: bool,
    unicode: bool,
}

struct Speller {
    properties: Properties,
}

impl Mode {
    /// Takes over what flags say, and out of them what is then spelt.
    fn take(&mut self, flags: &mut Flags) {
        let mut is_on = true;
        flags.items.retain(|item| {
            match item.kind {
                FlagsItemKind::Negation => is_on = false,
                FlagsItemKind::Flag(Flag::CaseInsensitive) => self.any_case = is_on,
                FlagsItemKind::Flag(Flag::Unicode) => self.unicode = is_on,
                FlagsItemKind::Flag(_) => {}
            }
            item.kind != FlagsItemKind::Flag(Flag::CaseInsensitive)
        });
    }
}

impl Speller {
    fn spell(&self, ast: &mut Ast, mode: &mut Mode) {
        let item = match ast {
            Ast::Empty(_) | Ast::Dot(_) | Ast::Assertion(_) => return,
            Ast::Flags(set) => return mode.take(&mut set.flags),
            Ast::Repetition(repetition) => return self.spell(&mut repetition.ast, mode),
            Ast::Alternation(branches) => return self.spell_all(&mut branches.asts, mode),
            Ast::Concat(parts) => return self.spell_all(&mut parts.asts, mode),
            Ast::ClassBracketed(class) => return self.spell_set(&mut class.kind, *mode),
            Ast::Group(group) => {
                let mut own = *mode;
                if let GroupKind::NonCapturing(flags) = &mut group.kind {
                    own.take(flags);
                }
                return self.spell(&mut group.ast, &mut own);
            }
            Ast::Literal(literal) => ClassSetItem::Literal((**literal).clone()),
            Ast::ClassUnicode(class) => ClassSetItem::Unicode((**class).clone()),
            Ast::ClassPerl(class) => ClassSetItem::Perl((**class).clone()),
        };
        if let Some(class) = self.spelt(&item, *mode) {
            *ast = Ast::class_bracketed(class);
        }
    }

    fn spell_all(&self, asts: &mut [Ast], mode: &mut Mode) {
        for ast in asts {
            self.spell(ast, mode);
        }
    }

    fn spell_set(&self, set: &mut ClassSet, mode: Mode) {
        match set {
            ClassSet::Item(item) => self.spell_item(item, mode),
            ClassSet::BinaryOp(operation) => {
                self.spell_set(&mut operation.lhs, mode);
                self.spell_set(&mut operation.rhs, mode);
            }
        }
    }

    fn spell_item(&self, item: &mut ClassSetItem, mode: Mode) {
        match item {
            ClassSetItem::Bracketed(class) => self.spell_set(&mut class.kind, mode),
            ClassSetItem::Union(union) => {
                for item in &mut union.items {
                    self.spell_item(item, mode);
                }
            }
            own => {
                if let Some(class) = self.spelt(own, mode) {
                    *own = ClassSetItem::Bracketed(Box::new(class));
                }
            }
        }
    }

    /// The class that an item stands for, where it needs to be spelt.
    fn spelt(&self, item: &ClassSetItem, mode: Mode) -> Option<ClassBracketed> {
        let (mut ranges, negated) = match item {
            ClassSetItem::Literal(own) if mode.any_case => (vec![(own.c, own.c)], false),
            ClassSetItem::Range(own) if mode.any_case => (vec![(own.start.c, own.end.c)], false),
            ClassSetItem::Ascii(class) if mode.any_case => (ascii_letters(&class.kind)?, class.negated),
            ClassSetItem::Perl(class) if mode.unicode => (self.perl(&class.kind)?, class.negated),
            ClassSetItem::Unicode(class) if mode.unicode => (self.unicode(&class.kind)?, class.is_negated()),
            _ => return None,
        };
        if mode.any_case {
            let other = ranges.iter().flat_map(|own| self.properties.cases(*own));
            let other: Vec<char> = other.filter(|char| mode.unicode || char.is_ascii()).collect();
            ranges.extend(other.into_iter().map(|char| (char, char)));
        }
        let span = *item.span();
        let literal = |c| Literal { span, kind: LiteralKind::Verbatim, c };
        let range = |(start, end)| {
            ClassSetItem::Range(ClassSetRange { span, start: literal(start), end: literal(end) })
        };
        let union = ClassSetUnion { span, items: ranges.into_iter().map(range).collect() };
        Some(ClassBracketed { span, negated, kind: ClassSet::Item(ClassSetItem::Union(union)) })
    }

    fn perl(&self, class: &ClassPerlKind) -> Option<Vec<Range>> {
        match class {
            ClassPerlKind::Digit => self.properties.category("Nd"),
            ClassPerlKind::Space => Some(self.properties.spaces()),
            ClassPerlKind::Word => Some(self.properties.words()),
        }
    }

    /// The characters of a property, where there is a table of it.
    fn unicode(&self, class: &ClassUnicodeKind) -> Option<Vec<Range>> {
        let properties = &self.properties;
        match class {
            ClassUnicodeKind::OneLetter(letter) => properties.category(letter.encode_utf8(&mut [0; 4])),
            ClassUnicodeKind::Named(name) => properties.category(name).or_else(|| properties.script(name)),
            ClassUnicodeKind::NamedValue { name, value, .. } => match &*name.to_ascii_lowercase() {
                "gc" | "general_category" => properties.category(value),
                "sc" | "script" => properties.script(value),
                _ => None,
            },
        }
    }
}

/// The letters of a class of ASCII that does not hold those of both cases, or nothing else.
fn ascii_letters(class: &ClassAsciiKind) -> Option<Vec<Range>> {
    let is_of_letters =
        matches!(class, ClassAsciiKind::Alpha | ClassAsciiKind::Lower | ClassAsciiKind::Upper);
    is_of_letters.then(|| vec![('A', 'Z'), ('a', 'z')])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::expression::small::properties::{CATEGORIES, SCRIPTS};

    fn assert_same(pattern: &str) {
        assert!(parse(pattern).unwrap() == regex_syntax::parse(pattern).unwrap(), "{pattern:?}");
    }

    #[test]
    fn properties() {
        for (short, long) in CATEGORIES.iter().chain(&SCRIPTS) {
            assert_same(&format!(r"\p{{{short}}}\P{{{long}}}"));
            assert_same(&format!(r"(?i)\p{{{short}}}\P{{{long}}}"));
        }
        for pattern in [
            r"\d\D\s\S\w\W",
            r"[\d\s--１]甲[^\w]",
            r"\pL\PN[\p{Han}\pP&&[^。]]",
            r"\p{Script=Han}\p{sc!=han}\p{gc:uppercase letter}",
            r"(?-u)\d\s\w",
        ] {
            assert_same(pattern);
        }
    }

    #[test]
    fn cases() {
        for pattern in [
            "(?i)审k甲",
            "a(?i)bσ|c[d-f][^дЯ]",
            "(?i:a(?-i)b)c",
            "((?i)a|b)c(?i-s)d.",
            "(?i)[[:lower:]][[:^upper:]]ǅſ",
            "(?i)[a-z&&[^K]]",
            "(?i-u)k[a-f]",
            "(?i)[\0-\u{10ffff}--[α-ω]]",
        ] {
            assert_same(pattern);
        }
        for start in ('a'..='ԯ').chain('Ა'..='ᾼ').chain('Ꞁ'..='ꭚ').chain('𐐀'..='𐓻').chain('𞤀'..='𞥃')
        {
            assert_same(&format!("(?i){}", regex_syntax::escape(&start.to_string())));
        }
    }

    #[test]
    fn what_cannot_be_read() {
        for pattern in ["(", r"\p{None}", r"\p{gc=Han}", r"\p{sc=Lu}", r"(?-u)\pL"] {
            let expected = regex_syntax::parse(pattern).unwrap_err().to_string();
            assert_eq!(parse(pattern).unwrap_err().to_string(), expected);
        }
    }
}
