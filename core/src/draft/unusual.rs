//! Characters that plain Chinese text does without, found once for all rules that object to some.

use crate::draft::fold::{is_blank, is_invisible, standard_form};
use crate::draft::han::Han;
use crate::names::named;

named! {
    /// Why a character is unusual.
    pub(crate) enum Unusual {
        /// A control character that is no line break or tab.
        Control = "control",
        /// It shows nothing, beside a Han character or a Chinese mark.
        Invisible = "invisible",
        /// It turns the direction of writing.
        Direction = "direction",
        /// Each system shows it in its own way or not at all.
        PrivateUse = "private-use",
        /// A radical or compatibility form in place of the character.
        Compatibility = "compatibility",
        /// A full-width digit.
        WideDigit = "wide-digit",
        /// A full-width Latin letter.
        WideLetter = "wide-letter",
        /// A half-width mark between Han characters, or after one at the end of a line.
        NarrowMark = "narrow-mark",
        /// Blanks between a Han character and the mark after it.
        BlankBeforeMark = "blank-before-mark",
        /// A mark at the start of a line that belongs to the end of the one before.
        MarkAtStart = "mark-at-start",
        /// A Cyrillic or Greek letter that looks Latin, in a Latin word.
        LookAlike = "look-alike",
        /// A traditional or variant form of a standard character.
        Traditional = "traditional",
        /// A Han character that is neither standard nor a form of one.
        Unlisted = "unlisted",
    }
}

/// An unusual character and the byte where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) at: usize,
    pub(crate) char: char,
    pub(crate) why: Unusual,
}

/// Why a character is unusual between what stands before and after it.
pub(crate) fn of(char: char, before: &str, after: &str) -> Option<Unusual> {
    suspected(char).filter(|why| stands(*why, char, before, after))
}

/// Why a character is unusual where it stands so.
pub(crate) fn suspected(char: char) -> Option<Unusual> {
    if let Some(han) = Han::new(char) {
        return (!is_standard(han)).then(|| of_han(char));
    }
    match char {
        // A variation selector chooses a shape of the character before it.
        '\t'
        | '\n'
        | '\r'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{180b}'..='\u{180f}'
        | '\u{e0100}'..='\u{e01ef}' => None,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some(Unusual::Control),
        ',' | ';' | ':' | '?' | '!' | '.' => Some(Unusual::NarrowMark),
        ' ' | '\u{a0}' | '\u{3000}' => Some(Unusual::BlankBeforeMark),
        '，' | '。' | '、' | '；' | '：' => Some(Unusual::MarkAtStart),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(Unusual::Direction)
        }
        _ if is_invisible(char) => Some(Unusual::Invisible),
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => Some(Unusual::PrivateUse),
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => {
            Some(Unusual::Compatibility)
        }
        '０'..='９' => Some(Unusual::WideDigit),
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Some(Unusual::WideLetter),
        '\u{391}'..='\u{3c9}' | '\u{410}'..='\u{45f}' => {
            LOOK_LATIN.contains(char).then_some(Unusual::LookAlike)
        }
        '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' => {
            OTHERS.binary_search(&char).is_err().then(|| of_han(char))
        }
        _ => None,
    }
}

/// Whether a suspected character is unusual between what stands before and after it.
fn stands(why: Unusual, char: char, before: &str, after: &str) -> bool {
    let (last, next) = (|| before.chars().next_back(), || after.chars().next());
    match why {
        Unusual::NarrowMark => {
            last().is_some_and(is_chinese)
                && next().is_none_or(|c| {
                    is_han(c) || matches!(c, '“' | '《' | '（' | '「' | '『' | '【' | '‘' | '\r' | '\n')
                })
                && !(char == '.' && is_number(before))
        }
        Unusual::BlankBeforeMark => last().is_some_and(is_chinese) && next().is_some_and(is_mark_after),
        Unusual::MarkAtStart => last().is_none_or(|c| c == '\n' || is_blank(c)) && is_line_start(before),
        // The first character of a file may be its byte order mark.
        Unusual::Invisible => {
            !before.is_empty() && (last().is_some_and(is_chinese) || next().is_some_and(is_chinese))
        }
        Unusual::LookAlike => [last(), next()].into_iter().flatten().any(|c| c.is_ascii_alphabetic()),
        Unusual::Control
        | Unusual::Direction
        | Unusual::PrivateUse
        | Unusual::Compatibility
        | Unusual::WideDigit
        | Unusual::WideLetter
        | Unusual::Traditional
        | Unusual::Unlisted => true,
    }
}

const LOOK_LATIN: &str = "АВЕКМНОРСТУХаеорсухіΑΒΕΖΗΙΚΜΝΟΡΤΥΧο";

fn of_han(char: char) -> Unusual {
    if standard_form(char) == char { Unusual::Unlisted } else { Unusual::Traditional }
}

/// Whether it is Han or a mark of full width that closes.
fn is_chinese(char: char) -> bool {
    is_han(char) || matches!(char, '”' | '》' | '）' | '」' | '』' | '】' | '’')
}

/// Whether it is a mark that no blank stands before.
const fn is_mark_after(char: char) -> bool {
    matches!(char, '，' | '。' | '、' | '；' | '：' | '？' | '！' | '）' | '》' | '”' | '】')
}

fn is_han(char: char) -> bool {
    Han::new(char).is_some()
}

/// Whether a line holds nothing but blanks so far.
fn is_line_start(before: &str) -> bool {
    before.chars().rev().find(|c| !is_blank(*c)).is_none_or(|c| c == '\n')
}

/// Whether a line holds nothing but a Chinese number so far: 一.
fn is_number(before: &str) -> bool {
    before.chars().rev().take_while(|c| *c != '\n').all(|c| "一二三四五六七八九十（） \u{3000}".contains(c))
}

/// 《通用规范汉字表》, made by `data/make_standard.py`.
const STANDARD: &str = include_str!("../../data/standard.txt");

/// Whether a character of the block U+4E00 to U+9FFF is in the table.
fn is_standard(han: Han) -> bool {
    BLOCK[han.index() / 64] >> (han.index() % 64) & 1 == 1
}

/// A bit for each Han character that is in the table.
pub(crate) fn standard() -> &'static [u64] {
    &BLOCK
}

/// The characters of the table in the block, one bit each.
static BLOCK: [u64; Han::COUNT / 64] = {
    let mut bits = [0; Han::COUNT / 64];
    let mut at = 0;
    while let Some((char, next)) = char_at(STANDARD.as_bytes(), at) {
        if let Some(han) = Han::new(char) {
            bits[han.index() / 64] |= 1 << (han.index() % 64);
        }
        at = next;
    }
    bits
};

/// The characters of the table outside the block, sorted.
static OTHERS: [char; OTHERS_LEN] = {
    let mut others = ['\0'; OTHERS_LEN];
    let (mut at, mut len) = (0, 0);
    while let Some((char, next)) = char_at(STANDARD.as_bytes(), at) {
        if Han::new(char).is_none() {
            others[len] = char;
            len += 1;
        }
        at = next;
    }
    others
};

const OTHERS_LEN: usize = {
    let (mut at, mut len) = (0, 0);
    while let Some((char, next)) = char_at(STANDARD.as_bytes(), at) {
        len += Han::new(char).is_none() as usize;
        at = next;
    }
    len
};

/// The character at a byte of valid UTF-8 that holds only characters of three or four bytes, and where the next starts.
pub(crate) const fn char_at(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    if at + 3 > bytes.len() {
        return None;
    }
    let lead = bytes[at] as u32;
    let (mut code, len) = if lead >= 0xf0 { (lead & 0x7, 4) } else { (lead & 0xf, 3) };
    let mut n = 1;
    while n < len {
        code = code << 6 | (bytes[at + n] & 0x3f) as u32;
        n += 1;
    }
    match char::from_u32(code) {
        Some(char) => Some((char, at + len)),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::read::Reader;

    fn found(text: &str) -> Vec<(char, Unusual)> {
        Reader::new().read(text).unusual.into_iter().map(|place| (place.char, place.why)).collect()
    }

    #[test]
    fn one_of_each() {
        for (text, expected) in [
            ("通用规范汉字㛃𬭎〇，abc", vec![]),
            ("国\u{8}务\t院\n", vec![('\u{8}', Unusual::Control)]),
            ("\u{feff}国\u{200b}务a\u{200b}b", vec![('\u{200b}', Unusual::Invisible)]),
            ("国\u{202e}务", vec![('\u{202e}', Unusual::Direction)]),
            ("\u{e000}", vec![('\u{e000}', Unusual::PrivateUse)]),
            ("\u{2f08}民", vec![('\u{2f08}', Unusual::Compatibility)]),
            ("１Ａ", vec![('１', Unusual::WideDigit), ('Ａ', Unusual::WideLetter)]),
            ("甲 。乙\n  ，丙", vec![(' ', Unusual::BlankBeforeMark), ('，', Unusual::MarkAtStart)]),
            ("AРI、α粒子", vec![('Р', Unusual::LookAlike)]),
            (
                "國囧㗎図",
                vec![
                    ('國', Unusual::Traditional),
                    ('囧', Unusual::Unlisted),
                    ('㗎', Unusual::Unlisted),
                    ('図', Unusual::Unlisted),
                ],
            ),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn narrow_marks() {
        for (text, expected) in [
            ("会议强调,要抓好", 1),
            ("怎么办?\n好!", 2),
            ("《办法》;“一网”:办", 2),
            ("一.总体要求", 0),
            ("3,000人，GDP:一，a.b", 0),
            ("完成.", 1),
        ] {
            assert_eq!(
                found(text).iter().filter(|(_, why)| *why == Unusual::NarrowMark).count(),
                expected,
                "{text}"
            );
        }
    }
}
