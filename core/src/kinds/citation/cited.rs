//! Citations as drafts write them: 《中华人民共和国X法（2018年修正）》第十条、第十二条第一款.

use crate::draft::Draft;
use crate::draft::mask::Context;
use crate::draft::numeral;
use crate::kinds::issuer::{STATE, opening};
use crate::span::Span;

/// A citation in the folded view of the draft.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cited {
    /// From 《 to 》.
    pub(super) whole: Span,
    /// The title without the name of the state, with the edition; with other issuers.
    pub(super) title: Span,
    /// Whether the title names issuers other than the state.
    pub(super) names_issuers: bool,
    /// Whether it says which edition is meant.
    pub(super) has_edition: bool,
}

/// An article that a citation names, in the folded view of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Article {
    /// From 第 to 条.
    pub(super) span: Span,
    pub(super) number: u32,
}

impl Cited {
    /// The citation of which the words at `hit` are the whole title but for the issuers, and which stands in no
    /// other title.
    pub(super) fn at(hit: Span, draft: &Draft<'_>) -> Option<Cited> {
        // Three issuers with long names.
        const LONGEST: usize = 128;
        let text = draft.folded();
        let before = &text[text.ceil_char_boundary(hit.start.saturating_sub(LONGEST))..hit.start];
        let issuers = before.len() - before.rfind('《')? - '《'.len_utf8();
        let inner = hit.start - issuers;
        let of_state = &text[inner..hit.start] == STATE;
        if issuers > 0 && !of_state && opening(&text[inner..hit.end]) != issuers {
            return None;
        }
        let edition = edition(&text[hit.end..]);
        let close = hit.end + edition;
        if !text[close..].starts_with('》') {
            return None;
        }
        let whole = Span::new(inner - '《'.len_utf8(), close + '》'.len_utf8());
        let cited = Cited {
            whole,
            title: Span::new(if of_state { hit.start } else { inner }, close),
            names_issuers: issuers > 0 && !of_state,
            has_edition: edition > 0,
        };
        draft.context(Context::Title).binary_search(&draft.original(whole)).is_ok().then_some(cited)
    }

    /// The articles named directly after it; none where it is of an edition that the citation names.
    pub(super) fn articles(self, draft: &Draft<'_>) -> Vec<Article> {
        let text = draft.folded();
        let mut at = self.whole.end;
        let edition = edition(&text[at..]);
        if self.has_edition || edition > 0 {
            return Vec::new();
        }
        at += aside(&text[at..]);
        let mut articles = Vec::new();
        while let Some((len, number, unit)) = ordinal(&text[at..]) {
            if unit == '条' {
                articles.push(Article { span: Span::new(at, at + len), number });
            }
            at += len;
            at += joint(&text[at..]);
        }
        articles
    }
}

/// The length of the edition that `text` opens with: (修订), (2018年修正).
fn edition(text: &str) -> usize {
    const NAMES: [&str; 9] =
        ["修订", "修正", "修改", "修订版", "修正版", "修改版", "修订本", "修正本", "年版"];
    let is_year = |c: char| c.is_ascii_digit() || c == '年';
    let is_edition = |inner: &&str| {
        NAMES.iter().any(|name| inner.ends_with(name)) || (!inner.is_empty() && inner.chars().all(is_year))
    };
    bracket(text).filter(is_edition).map_or(0, |inner| inner.len() + "()".len())
}

/// The length of what stands in brackets between a title and its articles: (以下简称…).
fn aside(text: &str) -> usize {
    bracket(text).map_or(0, |inner| inner.len() + "()".len())
}

/// What stands in the brackets that `text` opens with.
fn bracket(text: &str) -> Option<&str> {
    const LONGEST: usize = 90;
    let rest = text.strip_prefix('(')?;
    let (inner, _) = rest[..rest.floor_char_boundary(LONGEST)].split_once(')')?;
    (!inner.contains('\n')).then_some(inner)
}

/// The length, number and unit of the part that `text` opens with: 第十条, 第120条之一, 第(二)项.
fn ordinal(text: &str) -> Option<(usize, u32, char)> {
    const UNITS: [char; 7] = ['编', '章', '节', '条', '款', '项', '目'];
    let rest = text.strip_prefix('第')?;
    let rest = rest.strip_prefix('(').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit() && !"零一二三四五六七八九十百千".contains(c))?;
    let number = rest[..end].parse().ok().or_else(|| numeral::value(&rest[..end]))?;
    let rest = &rest[end..];
    let rest = rest.strip_prefix(')').unwrap_or(rest);
    let unit = rest.chars().next().filter(|unit| UNITS.contains(unit))?;
    Some((text.len() - rest.len() + unit.len_utf8(), number, unit))
}

/// The length of what joins the parts of a list of articles: 、, 和, 之一.
fn joint(text: &str) -> usize {
    const JOINTS: [&str; 10] = ["以及", "、", "和", "及", "或", "与", "至", "到", "—", "-"];
    let mut len = 0;
    if let Some(rest) = text.strip_prefix('之') {
        let inserted = rest.chars().next().filter(|c| "一二三四五六七八九".contains(*c));
        len = inserted.map_or(0, |digit| '之'.len_utf8() + digit.len_utf8());
    }
    let rest = &text[len..];
    len + JOINTS.iter().find(|joint| rest.starts_with(**joint)).map_or(0, |joint| joint.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::read::Reader;

    #[test]
    fn articles() {
        for (text, expected) in [
            ("《法》第十条", vec![10]),
            ("《法》第10条第2款、第一百零二条之一和第一百零三条第(一)项", vec![10, 102, 103]),
            ("《法》（以下简称本法）第三条", vec![3]),
            ("《法》第三编第四十条至第四十二条", vec![40, 42]),
            ("《法》（2018年修正）第三条", vec![]),
            ("《法（2018年修正）》第三条", vec![]),
            ("《法》的第三条", vec![]),
            ("《法》第三条规定，第五条", vec![3]),
            ("《法》第三十", vec![]),
            ("《法》第二五条", vec![]),
        ] {
            let reader = Reader::new();
            let draft = Draft::new(text, &reader, "2026-11-23".parse().unwrap());
            let cited = Cited::at(Span::new("《".len(), "《法".len()), &draft).unwrap();
            let numbers: Vec<u32> = cited.articles(&draft).iter().map(|article| article.number).collect();
            assert_eq!(numbers, expected, "{text}");
        }
    }
}
