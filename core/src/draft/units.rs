//! Offsets in the units other languages count in, and lines and columns.

use crate::names::named;

named! {
    /// The unit in which offsets are counted.
    pub enum Offsets {
        /// Unicode code points, as Python counts.
        Chars = "chars",
        /// Bytes of UTF-8, as Rust counts.
        Bytes = "bytes",
        /// UTF-16 code units, as JavaScript counts.
        Utf16 = "utf16",
    }
}

/// A place as people name it: line and column from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column in characters.
    pub column: usize,
}

/// Converts byte offsets of one text; quick when each is near the one before.
#[derive(Clone, Debug)]
pub struct Units<'t> {
    text: &'t str,
    offsets: Offsets,
    bytes: usize,
    count: usize,
    line: usize,
    column: usize,
}

impl<'t> Units<'t> {
    /// A converter of offsets in `text`.
    pub fn new(text: &'t str, offsets: Offsets) -> Units<'t> {
        Units { text, offsets, bytes: 0, count: 0, line: 1, column: 1 }
    }

    /// The offset of byte `at`, a `char` boundary, in the converter's unit.
    pub fn offset(&mut self, at: usize) -> usize {
        self.advance(at);
        self.count
    }

    /// The byte at which the character with that offset starts, or none where there is no such character and the
    /// text does not end there.
    pub fn byte(&mut self, offset: usize) -> Option<usize> {
        if offset < self.count {
            self.retreat(0);
        }
        while self.count < offset {
            let char = self.text[self.bytes..].chars().next()?;
            self.advance(self.bytes + char.len_utf8());
        }
        (self.count == offset).then_some(self.bytes)
    }

    /// The line and column of byte `at`.
    pub fn position(&mut self, at: usize) -> Position {
        self.advance(at);
        Position { line: self.line, column: self.column }
    }

    fn advance(&mut self, at: usize) {
        if at < self.bytes {
            self.retreat(at);
            return;
        }
        for char in self.text[self.bytes..at].chars() {
            self.count += self.width(char);
            if char == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.bytes = at;
    }

    fn retreat(&mut self, at: usize) {
        let passed = &self.text[at..self.bytes];
        self.count -= passed.chars().map(|char| self.width(char)).sum::<usize>();
        self.line -= passed.matches('\n').count();
        self.column = if passed.contains('\n') {
            let line_start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
            self.text[line_start..at].chars().count() + 1
        } else {
            self.column - passed.chars().count()
        };
        self.bytes = at;
    }

    fn width(&self, char: char) -> usize {
        match self.offsets {
            Offsets::Chars => 1,
            Offsets::Bytes => char.len_utf8(),
            Offsets::Utf16 => char.len_utf16(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit() {
        let text = "甲😀\n乙c";
        for (at, chars, utf16, line, column) in
            [(0, 0, 0, 1, 1), (3, 1, 1, 1, 2), (7, 2, 3, 1, 3), (8, 3, 4, 2, 1), (12, 5, 6, 2, 3)]
        {
            assert_eq!(Units::new(text, Offsets::Chars).offset(at), chars);
            assert_eq!(Units::new(text, Offsets::Utf16).offset(at), utf16);
            assert_eq!(Units::new(text, Offsets::Bytes).offset(at), at);
            assert_eq!(Units::new(text, Offsets::Bytes).position(at), Position { line, column });
        }
    }

    #[test]
    fn and_back_to_bytes() {
        let text = "甲😀\n乙c";
        let mut units = Units::new(text, Offsets::Utf16);
        let found: Vec<Option<usize>> = [0, 1, 2, 3, 4, 5, 6, 7, 1].map(|at| units.byte(at)).into();
        let expected = [Some(0), Some(3), None, Some(7), Some(8), Some(11), Some(12), None, Some(3)];
        assert_eq!(found, expected);
    }

    #[test]
    fn backwards_too() {
        let mut units = Units::new("甲乙丙", Offsets::Chars);
        assert_eq!([units.offset(9), units.offset(3), units.offset(6)], [3, 1, 2]);
        let mut units = Units::new("甲\n乙丙\n丁", Offsets::Utf16);
        for at in [14, 7, 10, 4, 0] {
            assert_eq!(units.position(at), Units::new("甲\n乙丙\n丁", Offsets::Utf16).position(at));
        }
    }
}
