//! The Han characters of a draft, decoded once for all rules that look at each.

/// A character of the block U+4E00 to U+9FFF, by its place in the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Han(u16);

impl Han {
    /// How many there are.
    pub(crate) const COUNT: usize = 0x5200;
    /// The code point of the first.
    pub(crate) const FIRST: u16 = 0x4e00;
    /// The bytes of each in UTF-8.
    pub(crate) const LEN: usize = 3;
    /// The first byte of the first of them.
    pub(crate) const LEAD: u8 = 0xe4;
    /// The first byte of the last of them.
    pub(crate) const LAST_LEAD: u8 = 0xe9;
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

    /// The character that the first of these bytes are in UTF-8, of a text that starts there.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the block is smaller than 2¹⁵")]
    fn opening(bytes: [u8; Han::LEN]) -> Option<Han> {
        const FIRST: usize = ((Han::LEAD as usize) << 12) + (0xb8 << 6) + 0x80;
        let [first, second, third] = bytes.map(usize::from);
        // The sums rise with the code point among characters of three bytes, shorter ones stay below the block and longer
        // ones above it.
        let place = ((first << 12) + (second << 6) + third).wrapping_sub(FIRST);
        (place < Han::COUNT).then_some(Han(place as u16))
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
    /// The characters, and room for more, which holds [`Han::NONE`].
    chars: Vec<Han>,
    /// How many there are.
    count: usize,
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
        let (chars, runs) = (vec![Han::NONE; len / Han::LEN + 2], Vec::with_capacity(len / 24));
        Hans { chars, count: 0, runs, open: None }
    }

    /// Adds the next character, which stands at the byte `at`.
    #[inline]
    pub(crate) fn push(&mut self, han: Han, at: usize) {
        self.room(1)[0] = han;
        self.add(1, at);
    }

    /// Adds the Han characters that `bytes`, the rest of a text, opens with, up to the first that is not `wanted`; the
    /// first stands at the byte `at`.
    ///
    /// Gives how many they are.
    #[inline]
    pub(crate) fn extend(&mut self, bytes: &[u8], at: usize, wanted: impl Fn(Han) -> bool) -> usize {
        let bytes = bytes.as_chunks().0;
        let mut count = 0;
        for (slot, bytes) in self.room(bytes.len()).iter_mut().zip(bytes) {
            match Han::opening(*bytes) {
                Some(han) if wanted(han) => *slot = han,
                _ => break,
            }
            count += 1;
        }
        self.add(count, at);
        count
    }

    /// Room for so many more and one that is none.
    #[inline]
    fn room(&mut self, count: usize) -> &mut [Han] {
        let needed = self.count + count + 1;
        if self.chars.len() < needed {
            self.grow(needed);
        }
        &mut self.chars[self.count..]
    }

    #[cold]
    fn grow(&mut self, len: usize) {
        self.chars.resize(len, Han::NONE);
    }

    #[inline]
    fn add(&mut self, count: usize, at: usize) {
        if self.open.is_none() && count > 0 {
            self.open = Some((at, self.count));
        }
        self.count += count;
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
            self.runs.push(Run { start, from, to: self.count });
            self.count += 1;
        }
    }

    /// The characters of all runs, after each run [`Han::NONE`].
    pub(crate) fn chars(&self) -> &[Han] {
        &self.chars[..self.count]
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
    fn told_from_all_others() {
        for next in ["", "a", "é", "国", "\u{10ffff}"] {
            for char in ('\0'..='\u{1ffff}').chain(['\u{20000}', '\u{10ffff}']) {
                let (text, mut hans) = (format!("{char}{next}"), Hans::with_capacity(8));
                let count = hans.extend(text.as_bytes(), 0, |_| true);
                let expected: Vec<Han> = text.chars().map_while(Han::new).collect();
                assert_eq!((count, hans.chars()), (expected.len(), &*expected), "{text:?}");
            }
        }
    }

    #[test]
    fn more_runs_than_there_is_room_for() {
        let mut hans = Hans::with_capacity(0);
        let han = Han::new('国').unwrap();
        for at in 0..50 {
            hans.push(han, at);
            hans.part();
            hans.part();
        }
        assert_eq!(hans.chars(), [han, Han::NONE].repeat(50));
        assert_eq!(hans.runs().len(), 50);
    }
}
