//! Blocks: the paragraphs, headings, list items and table rows of a draft.

use crate::draft::numeral;
use crate::names::named;
use crate::span::Span;

named! {
    /// What a block is.
    pub(crate) enum BlockKind {
        /// Running text.
        Paragraph = "paragraph",
        /// A heading.
        Heading = "heading",
        /// An item of a list.
        Item = "item",
        /// A row of a table.
        Row = "row",
    }
}

/// One block of the draft: a line of plain text that holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// Its text in the draft, without the line break.
    pub(crate) span: Span,
    /// The number it opens with.
    pub(crate) marker: Option<Marker>,
}

impl Block {
    /// Puts it where `place` says.
    pub(crate) fn place(&mut self, place: impl Fn(usize) -> usize) {
        let place = |span: Span| Span::new(place(span.start), place(span.end));
        self.span = place(self.span);
        if let Some(marker) = &mut self.marker {
            marker.span = place(marker.span);
        }
    }
}

/// The number that opens a heading or item: 一、（一）1.（1）.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    pub(crate) style: MarkerStyle,
    pub(crate) number: u32,
    /// The marker itself in the draft.
    pub(crate) span: Span,
}

named! {
    /// How a number is written, in the order of levels of GB/T 9704.
    pub(crate) enum MarkerStyle {
        /// 一、
        Han = "一、",
        /// （一）
        HanBracket = "（一）",
        /// 1.
        Arabic = "1.",
        /// （1）
        ArabicBracket = "（1）",
    }
}

/// The blocks of plain text: every line that is not blank.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    // Few drafts have more lines, blank ones left out.
    const BYTES_A_LINE: usize = 64;
    let mut blocks = Vec::with_capacity(text.len() / BYTES_A_LINE + 1);
    let (mut start, mut tab) = (0, None);
    let bytes = text.as_bytes();
    for at in memchr::memchr3_iter(b'\n', b'\r', b'\t', bytes).chain([text.len()]) {
        if bytes.get(at) == Some(&b'\t') {
            tab = Some(at);
            continue;
        }
        blocks.extend(block(text, Span::new(start, at), tab));
        start = (at + 1).min(text.len());
    }
    blocks
}

/// The block that a line is, if it is not blank; `tab` is the last one before its end.
fn block(text: &str, span: Span, tab: Option<usize>) -> Option<Block> {
    let line = &text[span];
    let content = line.trim_start();
    if content.is_empty() {
        return None;
    }
    let has_tab = tab.is_some_and(|at| span.end - content.len() <= at);
    let indent = line.len() - content.len();
    let hashes = content.bytes().take_while(|b| *b == b'#').count();
    let titled = (1..=6).contains(&hashes) && content[hashes..].starts_with(' ');
    let (content, offset) = if titled {
        let rest = content[hashes..].trim_start();
        (rest, line.len() - rest.len())
    } else {
        (content, indent)
    };
    let marker = marker(content, span.start + offset);
    let kind = if titled {
        BlockKind::Heading
    } else if content.starts_with('|') || has_tab {
        BlockKind::Row
    } else if marker.is_some_and(|m| m.style <= MarkerStyle::HanBracket) && is_short(content) {
        BlockKind::Heading
    } else if marker.is_some() || has_bullet(content) {
        BlockKind::Item
    } else {
        BlockKind::Paragraph
    };
    Some(Block { kind, span, marker })
}

fn has_bullet(content: &str) -> bool {
    content.strip_prefix(['-', '*', '+', '•']).is_some_and(|rest| rest.starts_with(' '))
}

/// Whether a numbered line is a heading by its length and its lack of a full stop.
fn is_short(content: &str) -> bool {
    content.chars().nth(40).is_none() && !content.contains(['。', '；'])
}

fn marker(content: &str, at: usize) -> Option<Marker> {
    let (open, rest) = match content.chars().next()? {
        c @ ('（' | '(') => (true, &content[c.len_utf8()..]),
        _ => (false, content),
    };
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let han: usize = rest.chars().take_while(|c| is_han_digit(*c)).map(char::len_utf8).sum();
    let (number, len) = match (digits, han) {
        (1..=3, 0) if !rest.starts_with('0') => (rest[..digits].parse().ok()?, digits),
        (0, 3..) => (numeral::value(&rest[..han])?, han),
        _ => return None,
    };
    let close = rest[len..].chars().next()?;
    let follow = rest[len + close.len_utf8()..].trim_start().chars().next();
    let style = match (open, digits > 0, close) {
        (false, false, '、') => MarkerStyle::Han,
        (true, false, '）' | ')') => MarkerStyle::HanBracket,
        // 1.5 and 0. 02 are numbers, not markers.
        (false, true, '.' | '．') if !follow.is_some_and(|c| c.is_ascii_digit()) => MarkerStyle::Arabic,
        (true, true, '）' | ')') => MarkerStyle::ArabicBracket,
        _ => return None,
    };
    let span = Span::new(at, at + content.len() - rest.len() + len + close.len_utf8());
    Some(Marker { style, number, span })
}

const fn is_han_digit(char: char) -> bool {
    matches!(char, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_markers() {
        use BlockKind::{Heading, Item, Paragraph, Row};
        use MarkerStyle::{Arabic, ArabicBracket, Han, HanBracket};
        for (line, kind, marker) in [
            ("一、总体要求", Heading, Some((Han, 1))),
            ("（二十一）组织领导", Heading, Some((HanBracket, 21))),
            ("1.指导思想", Item, Some((Arabic, 1))),
            ("(3)按时报送。", Item, Some((ArabicBracket, 3))),
            ("1.5万人参加", Paragraph, None),
            ("0. 02", Paragraph, None),
            ("一、会议要求，各单位落实责任。", Item, Some((Han, 1))),
            ("# 关于举办讲座的通知", Heading, None),
            ("- 材料一份", Item, None),
            ("| 姓名 | 单位 |", Row, None),
            ("各有关单位：", Paragraph, None),
            ("一二三、上山打老虎", Paragraph, None),
        ] {
            let block = blocks(line).remove(0);
            assert_eq!((block.kind, block.marker.map(|m| (m.style, m.number))), (kind, marker), "{line}");
        }
    }

    #[test]
    fn blank_lines_and_line_ends() {
        let texts: Vec<&str> =
            blocks("甲\r\n\r\n  \n乙\n").iter().map(|b| b.span).map(|s| &"甲\r\n\r\n  \n乙\n"[s]).collect();
        assert_eq!(texts, ["甲", "乙"]);
    }
}
