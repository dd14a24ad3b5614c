//! The Han characters of a draft, decoded once for all rules that look at each.

/// A character of the block U+4E00 to U+9FFF, by its place in the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Han(u16);

impl Han {
    /// How many there are.
    pub(crate) const COUNT: usize = 0x5200;
    /// The bytes of each in UTF-8.
    pub(crate) const LEN: usize = 3;
    /// What stands in the fourth place of three, and between two runs.
    pub(crate) const NONE: Han = Han(0x7fff);

    /// The bits of its number.
    pub(crate) const MASK: u64 = 0x7fff;

    #[expect(clippy::cast_possible_truncation, reason = "the block is smaller than 2¹⁵")]
    pub(crate) const fn new(char: char) -> Option<Han> {
        match char {
            '\u{4e00}'..='\u{9fff}' => Some(Han((char as u32 - 0x4e00) as u16)),
            _ => None,
        }
    }

    /// The character that these bytes are in UTF-8.
    pub(crate) fn of_bytes(bytes: [u8; Han::LEN]) -> Option<Han> {
        let [first, second, third] = bytes.map(u16::from);
        if !(0xe4..=0xe9).contains(&first) {
            return None;
        }
        // Nothing in front of the block wraps to a place within it.
        let place = ((first & 0xf) << 12 | (second & 0x3f) << 6 | third & 0x3f).wrapping_sub(0x4e00);
        (usize::from(place) < Han::COUNT).then_some(Han(place))
    }

    /// The character of the lowest bits of `number`.
    pub(crate) const fn of_bits(number: u64) -> Han {
        Han((number & Han::MASK) as u16)
    }

    pub(crate) fn char(self) -> char {
        char::from_u32(0x4e00 + u32::from(self.0)).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    pub(crate) fn number(self) -> u64 {
        u64::from(self.0)
    }

    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The Han characters of `text`; none where it holds others.
pub(crate) fn all_han(text: &str) -> Option<Vec<Han>> {
    text.chars().map(Han::new).collect()
}

/// The Han characters of a text, cut into runs where others stand between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hans {
    chars: Vec<Han>,
    runs: Vec<Run>,
}

/// Han characters side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The byte of the text at which the first stands.
    pub(crate) start: usize,
    /// The places of the characters in [`Hans::chars`].
    pub(crate) from: usize,
    pub(crate) to: usize,
}

impl Hans {
    pub(crate) fn new(text: &str) -> Hans {
        let bytes = text.as_bytes();
        let mut hans = Hans { chars: Vec::with_capacity(text.len() / Han::LEN + 2), runs: Vec::new() };
        let (mut at, mut from) = (0, 0);
        while at < bytes.len() {
            while let Some(han) = bytes[at..].first_chunk().and_then(|bytes| Han::of_bytes(*bytes)) {
                hans.chars.push(han);
                at += Han::LEN;
            }
            let to = hans.chars.len();
            if to > from {
                hans.runs.push(Run { start: at - Han::LEN * (to - from), from, to });
                hans.chars.push(Han::NONE);
                from = to + 1;
            }
            at += match bytes.get(at) {
                Some(0xf0..) => 4,
                Some(0xe0..) => 3,
                Some(0xc0..) => 2,
                _ => 1,
            };
        }
        hans
    }

    /// The characters of all runs, after each run [`Han::NONE`].
    pub(crate) fn chars(&self) -> &[Han] {
        &self.chars
    }

    pub(crate) fn runs(&self) -> &[Run] {
        &self.runs
    }

    pub(crate) fn of(&self, run: Run) -> &[Han] {
        &self.chars[run.from..run.to]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs() {
        let text = "a一龿，é😀㐀䷿丁ꀀ七";
        let hans = Hans::new(text);
        let found: Vec<(usize, String)> = hans
            .runs()
            .iter()
            .map(|run| (run.start, hans.of(*run).iter().map(|han| han.char()).collect()))
            .collect();
        let expected = ["一龿", "丁", "七"].map(|run| (text.find(run).expect("a part"), run.to_owned()));
        assert_eq!(found, expected);
        assert!(Hans::new("").runs().is_empty());
    }
}
