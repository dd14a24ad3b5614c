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

    /// The character at that place in the block.
    pub(crate) fn of_index(index: usize) -> Option<Han> {
        u16::try_from(index).ok().filter(|_| index < Han::COUNT).map(Han)
    }

    /// Its code point.
    pub(crate) const fn code(self) -> u16 {
        0x4e00 + self.0
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
    /// Where the run that has not ended starts: its byte, and its place in `chars`.
    open: Option<(usize, usize)>,
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
    /// Room for those of a text of `len` bytes.
    pub(crate) fn with_capacity(len: usize) -> Hans {
        let (chars, runs) = (Vec::with_capacity(len / Han::LEN + 2), Vec::with_capacity(len / 24));
        Hans { chars, runs, open: None }
    }

    /// Adds the next character, which stands at the byte `at`.
    #[inline]
    pub(crate) fn push(&mut self, han: Han, at: usize) {
        if self.open.is_none() {
            self.open = Some((at, self.chars.len()));
        }
        self.chars.push(han);
    }

    /// Adds the next characters, of which the first stands at the byte `at`.
    #[inline]
    pub(crate) fn extend(&mut self, hans: &[Han], at: usize) {
        if self.open.is_none() && !hans.is_empty() {
            self.open = Some((at, self.chars.len()));
        }
        self.chars.extend_from_slice(hans);
    }

    /// Whether the last character was Han.
    #[inline]
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Ends the run: another character follows.
    #[inline]
    pub(crate) fn part(&mut self) {
        if let Some((start, from)) = self.open.take() {
            self.runs.push(Run { start, from, to: self.chars.len() });
            self.chars.push(Han::NONE);
        }
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
