//! The head of a draft: the day that its first short lines name.

use crate::date::Date;
use crate::draft::block::Block;
use crate::span::Span;

/// The head has so many lines.
pub(crate) const LINES: usize = 12;

/// The short lines at the head of a draft.
pub(crate) fn lines(blocks: &[Block]) -> impl Iterator<Item = Span> {
    // As it is written, blanks and wide forms with it.
    const LONGEST: usize = 600;
    blocks.iter().take(LINES).map(|block| block.span).filter(|line| line.len() <= LONGEST)
}

/// The latest day that folded lines name: when what a draft reproduces was passed, published or amended.
pub(crate) fn day<'t>(lines: impl Iterator<Item = &'t str>) -> Option<Date> {
    const LONGEST: usize = 200;
    let days = lines.filter(|line| line.len() <= LONGEST).flat_map(years).filter_map(|(year, rest)| {
        let (month, rest) = rest.split_once('月')?;
        let (date, _) = rest.split_once('日')?;
        Date::new(year, month.parse().ok()?, date.parse().ok()?)
    });
    days.max()
}

/// The years that `text` names in digits, each with what follows 年.
pub(crate) fn years(text: &str) -> impl Iterator<Item = (u16, &str)> {
    text.match_indices('年').filter_map(|(at, sign)| {
        let from = at.checked_sub(4)?;
        let digits = text.get(from..at)?;
        let longer = text[..from].ends_with(|c: char| c.is_ascii_digit());
        let year = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
        (!longer).then_some((year, &text[at + sign.len()..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::block::blocks;

    #[test]
    fn days() {
        for (text, expected) in [
            ("标题\n（2019年3月26日通过 2023年12月29日修订）", Some("2023-12-29")),
            ("标题\n2019年3月", None),
            ("12019年3月26日", None),
            ("", None),
        ] {
            let day = day(lines(&blocks(text)).map(|line| &text[line]));
            assert_eq!(day.map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn only_the_head() {
        let long = format!("{}2019年3月26日", "甲".repeat(70));
        let late = format!("{}2019年3月26日", "甲\n".repeat(12));
        for text in [long, late] {
            assert_eq!(day(lines(&blocks(&text)).map(|line| &text[line])), None);
        }
    }
}
