//! Characters of a text by their classes, as many as are looked at together, and where each of them stands.

use crate::scan::classes::Classes;
use crate::scan::grams::BLOCK;
use crate::span::Span;

/// Some characters of a text; kept from text to text so that nothing is allocated anew.
#[derive(Clone, Debug, Default)]
pub(super) struct Chunk {
    codes: Vec<u16>,
    /// How many characters were read; behind them are codes of no character.
    read: usize,
    /// How many of them belong to it: the rest of a literal that starts in them may lie behind.
    own: usize,
    runs: Vec<Run>,
}

/// Characters side by side, each of as many bytes.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// The number of the first.
    from: usize,
    /// Where that stands in the text.
    place: usize,
    /// The bytes of each.
    width: usize,
}

/// Where characters stand, asked for in order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<'c> {
    text: &'c str,
    /// The first holds the character that was asked for last, or none before it.
    runs: &'c [Run],
}

/// How many characters belong to one chunk, as long as there are more.
pub(super) const CHUNK: usize = 1024;
/// How many codes of no character follow the last.
const PADDING: usize = BLOCK;

impl Chunk {
    /// Reads the characters of `text` from its start, and as many behind them as a literal may take.
    ///
    /// Gives where the next chunk starts.
    pub(super) fn read(&mut self, text: &str, classes: &Classes, longest: usize) -> usize {
        // One more than belongs to it at the least: that is where the next starts.
        let most = CHUNK + longest.max(1);
        if self.codes.len() < most + PADDING {
            self.codes.resize(most + PADDING, 0);
        }
        self.runs.clear();
        let codes = &mut self.codes[..most];
        let (mut at, mut read) = (0, 0);
        while read < most {
            let (bytes, room) = (&text.as_bytes()[at..], &mut codes[read..]);
            let Some(first) = bytes.first() else { break };
            // Nearly all of Chinese text is characters of three bytes.
            let width = len_of(*first);
            let count = match width {
                3 => classes.of_three_bytes_each(bytes, room),
                1 => classes.of_one_byte_each(bytes, room),
                _ => classes.of_one(&text[at..], room),
            };
            if count > 0 {
                self.runs.push(Run { from: read, place: at, width });
            }
            read += count;
            // What gives no class is passed over.
            at += width * count.max(1);
        }
        self.codes[read..read + PADDING].fill(0);
        self.read = read;
        if read < most {
            self.own = read;
            return text.len();
        }
        self.own = CHUNK;
        self.places(text).of(CHUNK)
    }

    /// The classes of its characters and of some that are none.
    pub(super) fn codes(&self) -> &[u16] {
        &self.codes[..self.read + PADDING]
    }

    /// How many of the characters belong to it.
    pub(super) fn own(&self) -> usize {
        self.own
    }

    /// Where its characters stand in the text that it was read from.
    pub(super) fn places<'c>(&'c self, text: &'c str) -> Places<'c> {
        Places { text, runs: &self.runs }
    }
}

impl Places<'_> {
    /// The span of `len` characters from number `start` on, which is no lower than the last one asked for.
    #[inline]
    pub(super) fn span(&mut self, start: usize, len: usize) -> Span {
        let place = self.of(start);
        let last = Places { ..*self }.of(start + len - 1);
        Span::new(place, last + len_of(self.text.as_bytes()[last]))
    }

    #[inline]
    fn of(&mut self, number: usize) -> usize {
        while self.runs.get(1).is_some_and(|next| next.from <= number) {
            self.runs = &self.runs[1..];
        }
        let run = self.runs[0];
        run.place + run.width * (number - run.from)
    }
}

/// How many bytes the character takes that starts with this one.
#[inline]
const fn len_of(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0.. => 4,
    }
}
