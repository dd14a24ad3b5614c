//! Word boundaries of our own: what may touch a hit.

use crate::names::named;
use crate::span::Span;

named! {
    /// What must not touch a hit.
    pub(crate) enum Boundary {
        /// A Latin letter.
        Latin = "latin",
        /// A digit.
        Digit = "digit",
        /// Either, or an underscore.
        Word = "word",
    }
}

impl Boundary {
    /// Whether `span` of `text` is free of what must not touch it.
    pub(crate) fn holds(self, text: &str, span: Span) -> bool {
        let before = text[..span.start].chars().next_back();
        let after = text[span.end..].chars().next();
        !before.is_some_and(|c| self.continues(c)) && !after.is_some_and(|c| self.continues(c))
    }

    fn continues(self, char: char) -> bool {
        let digit = || char.is_numeric() && !matches!(char, '一'..='龥' | '〇');
        // A combining mark makes another letter of the one before it.
        let letter = || matches!(char, '\u{300}'..='\u{36f}') || (char.is_alphabetic() && char < '\u{2e80}');
        match self {
            Boundary::Latin => letter(),
            Boundary::Digit => digit(),
            Boundary::Word => letter() || digit() || char == '_',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_scripts() {
        for (text, span, boundary, expected) in [
            ("联系a@b", Span::new(6, 7), Boundary::Latin, true),
            ("xa@b", Span::new(1, 2), Boundary::Latin, false),
            ("第12号", Span::new(3, 5), Boundary::Digit, true),
            ("第12.5", Span::new(3, 4), Boundary::Digit, false),
            ("e\u{301}", Span::new(0, 1), Boundary::Word, false),
            ("_av_", Span::new(1, 3), Boundary::Word, false),
            ("三av五", Span::new(3, 5), Boundary::Word, true),
        ] {
            assert_eq!(boundary.holds(text, span), expected, "{text}");
        }
    }
}
