//! Which title a text almost has, found without comparing it to all of them.

use crate::order::sort_by;

/// A quotation that is a title but for what an editor would call a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Difference<'d> {
    /// The part that only the quotation has.
    written: &'d [char],
    /// The part that only the title has.
    right: &'d [char],
    /// How many letters stand before it.
    before: usize,
    /// How many letters stand after it.
    after: usize,
}

/// Titles by the pieces of them: one of few slips leaves a piece of the title whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Near {
    titles: Vec<Vec<char>>,
    /// The title of each piece by a number made of the piece, sorted; two pieces may make one.
    pieces: Vec<(u64, usize)>,
    /// The same numbers by their lowest bits: most pieces of a text are told from all of them at a look.
    known: Vec<u64>,
    /// The pairs of letters that pieces begin with, by such numbers: most places of a text begin none.
    heads: Vec<u64>,
    longest: usize,
}

/// The shortest title that is looked for.
pub(crate) const SHORTEST: usize = 6;

/// The same for a title with the name of the state before it, which is surely that of a law.
pub(crate) const SHORTEST_OF_STATE: usize = 5;

/// From this length on two letters may be wrong.
const LONG: usize = 12;

/// The pieces a title is cut into: one more than letters may be wrong.
const PIECES: usize = 3;

impl Near {
    /// Adds titles by their letters; they are numbered in the order in which all are added.
    pub(crate) fn add<'t>(&mut self, titles: impl Iterator<Item = &'t [char]>) {
        for title in titles {
            self.add_one(title);
        }
        sort_by(&mut self.pieces, Ord::cmp);
    }

    fn add_one(&mut self, title: &[char]) {
        let number = self.titles.len();
        self.titles.push(title.to_vec());
        self.longest = self.longest.max(title.len());
        if title.len() >= SHORTEST_OF_STATE {
            for n in 0..PIECES {
                let piece = piece(title, n);
                if let [first, second, ..] = piece {
                    mark(&mut self.heads, HEAD_BITS, head(*first, *second));
                }
                let key = key(title.len(), n, piece);
                mark(&mut self.known, KNOWN_BITS, key);
                self.pieces.push((key, number));
            }
        }
    }

    /// The length of the longest title.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// The title of at least `shortest` letters that `written` is a slip away from, where it is one title.
    pub(crate) fn nearest(&self, written: &[char], shortest: usize) -> Option<usize> {
        let mut found: Vec<usize> = Vec::new();
        // What lies further back in a very long title is not told by its first two letters.
        let mut begins = [true; 128];
        for (begins, pair) in begins.iter_mut().zip(written.windows(2)) {
            *begins = is_marked(&self.heads, HEAD_BITS, head(pair[0], pair[1]));
        }
        let begins = |at: usize| begins.get(at).is_none_or(|begins| *begins);
        for len in written.len().saturating_sub(2).max(shortest)..=(written.len() + 2).min(self.longest) {
            for n in 0..PIECES {
                let (from, to) = bounds(len, n);
                for at in from.saturating_sub(2)..from + 3 {
                    if to - from > 1 && !begins(at) {
                        continue;
                    }
                    let Some(part) = written.get(at..at + to - from) else { continue };
                    let key = key(len, n, part);
                    if is_marked(&self.known, KNOWN_BITS, key) {
                        found.extend(self.titles_with(key));
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|title| is_slip(written, &self.titles[*title]));
        found.dedup_by_key(|title| &self.titles[*title]);
        match found.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The titles that have a piece of that number.
    fn titles_with(&self, key: u64) -> impl Iterator<Item = usize> + '_ {
        let from = self.pieces.partition_point(|(own, _)| *own < key);
        self.pieces[from..].iter().take_while(move |(own, _)| *own == key).map(|(_, title)| *title)
    }
}

const KNOWN_BITS: u32 = 16;
const HEAD_BITS: u32 = 14;

/// The number of piece `n` of a title of `len` letters.
fn key(len: usize, n: usize, piece: &[char]) -> u64 {
    let start = (len * PIECES + n) as u64;
    let mixed = piece.iter().fold(start, |key, char| {
        (key.rotate_left(5) ^ u64::from(u32::from(*char))).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    mixed ^ mixed >> 32
}

/// A number made of two letters.
fn head(first: char, second: char) -> u64 {
    let mixed = u64::from(u32::from(first)) << 32 ^ u64::from(u32::from(second));
    mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32
}

/// Keeps a number by its lowest bits.
fn mark(marks: &mut Vec<u64>, bits: u32, number: u64) {
    marks.resize(1 << (bits - 6), 0);
    marks[word_of(number, bits)] |= 1 << (number & 63);
}

/// Whether a number with such lowest bits was kept.
fn is_marked(marks: &[u64], bits: u32, number: u64) -> bool {
    marks.get(word_of(number, bits)).is_some_and(|word| word >> (number & 63) & 1 == 1)
}

fn word_of(number: u64, bits: u32) -> usize {
    usize::try_from(number >> 6 & ((1 << (bits - 6)) - 1)).unwrap_or(0)
}

/// Where piece `n` of a title of that length stands.
const fn bounds(len: usize, n: usize) -> (usize, usize) {
    (len * n / PIECES, len * (n + 1) / PIECES)
}

fn piece(title: &[char], n: usize) -> &[char] {
    let (from, to) = bounds(title.len(), n);
    &title[from..to]
}

/// Whether `written` is `right` with a slip of the pen, and not the title of another document.
fn is_slip(written: &[char], right: &[char]) -> bool {
    let difference = Difference::between(written, right);
    let close = match (difference.written.len(), difference.right.len()) {
        (0 | 1, 0 | 1) => true,
        (0, 2) => right.len() >= LONG,
        _ => difference.is_swap() || (right.len() >= LONG && difference.is_two_substitutions()),
    };
    close && !difference.is_of_another_document(written)
}

impl<'d> Difference<'d> {
    fn between(written: &'d [char], right: &'d [char]) -> Difference<'d> {
        let same = |(a, b): &(&char, &char)| a == b;
        let before = written.iter().zip(right).take_while(same).count();
        let (rest, right_rest) = (&written[before..], &right[before..]);
        let after = rest.iter().rev().zip(right_rest.iter().rev()).take_while(same).count();
        Difference {
            written: &rest[..rest.len() - after],
            right: &right_rest[..right_rest.len() - after],
            before,
            after,
        }
    }

    /// Whether the same letters stand in another order.
    fn is_swap(&self) -> bool {
        // No more than leaves a piece of the title whole.
        let most = (self.before + self.right.len() + self.after) / PIECES + 1;
        let count = |letters: &[char], own: &char| letters.iter().filter(|letter| *letter == own).count();
        let is_as_often = |own: &char| count(self.written, own) == count(self.right, own);
        (2..=most.min(4)).contains(&self.right.len())
            && self.written.len() == self.right.len()
            && self.right.iter().all(is_as_often)
    }

    /// Whether two letters apart from each other are wrong; two together are another word: 健康中国 for 美丽中国.
    fn is_two_substitutions(&self) -> bool {
        self.written.len() == self.right.len()
            && self.written.len() > 2
            && self.written.iter().zip(self.right).filter(|(a, b)| a != b).count() == 2
    }

    /// Whether the difference is one that tells documents apart.
    fn is_of_another_document(&self, written: &[char]) -> bool {
        // Numbers, editions, places and grades: 十四五 for 十五五, 新, 试行, 县 for 市.
        const TELLING: &str = "〇零一二三四五六七八九十百千万第年届期次新旧原老试行修改订正释义解读草案版\
            省市县区州盟旗乡镇村街局厅部委院校司军国省际内外进出男女大中小高低初前后上下东西南北反非无不";
        const KINDS: [&str; 27] = [
            "法", "法典", "条例", "规定", "规则", "规程", "办法", "细则", "准则", "章程", "纲要", "规划",
            "计划", "方案", "意见", "决定", "决议", "通知", "公报", "公告", "宣言", "声明", "指南", "标准",
            "清单", "要点", "解释",
        ];
        let telling = |c: &char| c.is_ascii_alphanumeric() || TELLING.contains(*c);
        let swapped = self.is_swap();
        // 农业保险 for 失业保险, a title of one's own before or after: what opens a title is what it is of.
        let of_another_length = self.written.len() != self.right.len();
        let at_edge = !swapped && (self.before == 0 || (of_another_length && self.after == 0));
        let tells = !swapped
            && if of_another_length {
                self.written.iter().chain(self.right).any(telling)
            } else {
                let changed = self.written.iter().zip(self.right).filter(|(a, b)| a != b);
                changed.into_iter().any(|(a, b)| telling(a) || telling(b))
            };
        let ends: String = written[written.len().saturating_sub(4)..].iter().collect();
        let of_another_kind =
            self.after < 2 && KINDS.iter().any(|kind| ends.ends_with(kind)) && !swapped && {
                // 法 is one letter: what differs just before it is no other kind.
                !(self.after == 1 && written.ends_with(&['法']) && !ends.ends_with("办法"))
            };
        tells || at_edge || of_another_kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest(written: &str) -> Option<&'static str> {
        const TITLES: [&str; 9] = [
            "中国共产党纪律处分条例",
            "中国共产党党徽党旗条例",
            "质量强国建设纲要",
            "党政机关厉行节约反对浪费条例",
            "关于新形势下党内政治生活的若干准则",
            "全国青少年读书行动实施方案",
            "制造强国建设规划",
            "妇女权益保障法",
            "法律援助法",
        ];
        let titles = TITLES.map(|title| title.chars().collect::<Vec<_>>());
        let mut near = Near::default();
        near.add(titles.iter().map(Vec::as_slice));
        near.nearest(&written.chars().collect::<Vec<_>>(), SHORTEST).map(|number| TITLES[number])
    }

    #[test]
    fn slips() {
        for (written, expected) in [
            ("中国共产党纪律处份条例", Some("中国共产党纪律处分条例")),
            ("中国共产党记律处分条例", Some("中国共产党纪律处分条例")),
            ("中国共产党纪律处分条列", Some("中国共产党纪律处分条例")),
            ("中国共产党纪律处条例", Some("中国共产党纪律处分条例")),
            ("中国共产党的纪律处分条例", Some("中国共产党纪律处分条例")),
            ("中国共产党党旗党徽条例", Some("中国共产党党徽党旗条例")),
            ("质量强国建没纲要", Some("质量强国建设纲要")),
            ("质量国强建设纲要", Some("质量强国建设纲要")),
            ("党政机关厉行节约和反对浪费条例", Some("党政机关厉行节约反对浪费条例")),
            ("党政机关历行节约反对浪废条例", Some("党政机关厉行节约反对浪费条例")),
            ("关于新形势下党内政治生活的准则", Some("关于新形势下党内政治生活的若干准则")),
            ("妇女权益保护法", Some("妇女权益保障法")),
            ("关于新形势下党内政治生活若干准则", Some("关于新形势下党内政治生活的若干准则")),
        ] {
            assert_eq!(nearest(written), expected, "{written}");
        }
    }

    #[test]
    fn other_documents() {
        for written in [
            "中国共产党纪律处分规定",
            "网络强国建设纲要",
            "质量强国建设规划",
            "质量强市建设纲要",
            "新质量强国建设纲要",
            "质量强国建设纲要解读",
            "质量强国建设",
            "全国青少年读书行动实施意见",
            "全省青少年读书行动实施方案",
            "制造强国规划建设方案纲要",
            "妇女权益保障条例",
            "法律援肋法",
            "关于新形势下党内政治生活的若干准则解读",
            "产量强国建设纲要",
            "关于新环境下党内政治生活的若干准则",
            "关于新形势下的我党内政治生活的若干准则",
            "",
            "质",
        ] {
            assert_eq!(nearest(written), None, "{written}");
        }
    }

    #[test]
    fn as_comparing_with_all() {
        let titles: Vec<Vec<char>> = [
            "中国共产党党徽党旗条例",
            "中国共产党纪律处分条例",
            "党政机关厉行节约反对浪费条例",
            "知识产权强国纲要",
        ]
        .iter()
        .map(|title| title.chars().collect())
        .collect();
        let mut near = Near::default();
        near.add(titles.iter().map(Vec::as_slice));
        for title in &titles {
            for first in 0..title.len() {
                for second in first..title.len() {
                    for put in [Some('某'), None] {
                        let mut written = title.clone();
                        for at in [second, first] {
                            match put {
                                Some(other) => written[at] = other,
                                None if at < written.len() => drop(written.remove(at)),
                                None => {}
                            }
                        }
                        let all: Vec<usize> =
                            (0..titles.len()).filter(|n| is_slip(&written, &titles[*n])).collect();
                        let expected = if let [one] = all[..] { Some(one) } else { None };
                        assert_eq!(near.nearest(&written, SHORTEST), expected, "{written:?}");
                    }
                }
            }
        }
    }
}
