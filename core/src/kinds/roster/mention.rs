//! Where a block names people of the roster, and the titles that stand directly beside each.

use crate::kinds::Hit;
use crate::kinds::roster::table::Table;
use crate::span::Span;

/// A name or title of the roster, in the folded view.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) span: Span,
    /// The number of the person or title.
    pub(crate) number: usize,
}

/// The names and titles of a block, longest first where one holds another.
pub(crate) struct Tokens<'t> {
    pub(crate) names: Vec<Token>,
    pub(crate) titles: Vec<Token>,
    text: &'t str,
    places: &'t [String],
}

/// Titles beside a name.
#[derive(Debug)]
pub(crate) struct Titles {
    /// In the order of the text.
    pub(crate) tokens: Vec<Token>,
    /// From the first title to the last, in the folded view.
    pub(crate) span: Span,
    /// Whether it says that they are of another time: 原, 时任.
    pub(crate) is_past: bool,
}

impl<'t> Tokens<'t> {
    /// Parts the hits of a block; tags count the people, then the titles.
    pub(crate) fn new(
        hits: impl Iterator<Item = Hit>,
        table: &Table,
        text: &'t str,
        places: &'t [String],
    ) -> Tokens<'t> {
        let mut tokens: Vec<Token> =
            hits.map(|hit| Token { span: hit.span, number: hit.tag as usize }).collect();
        tokens.sort_unstable_by_key(|token| {
            (token.span.start, std::cmp::Reverse(token.span.end), token.number)
        });
        let (mut names, mut titles) = (Vec::new(), Vec::new());
        let mut end = 0;
        for token in tokens {
            if token.span.end <= end {
                continue;
            }
            end = token.span.end;
            match token.number.checked_sub(table.people.len()) {
                None => names.push(token),
                Some(number) => titles.push(Token { number, ..token }),
            }
        }
        Tokens { names, titles, text, places }
    }

    /// The titles that stand before the name at `name`, or after it: 市长张三, 张三市长, 张三（市长）.
    pub(crate) fn beside(&self, name: Span) -> Option<Titles> {
        self.before(name.start).or_else(|| self.in_brackets(name.end)).or_else(|| self.after(name.end))
    }

    /// The titles of which the last ends at `end`: 市委书记、市长.
    pub(crate) fn before(&self, end: usize) -> Option<Titles> {
        // Nobody has more; the bound keeps a text of titles alone from costing more than its length.
        const MOST: usize = 8;
        let mut tokens = vec![self.title_to(end)?];
        while tokens.len() < MOST {
            let from = tokens.last()?.span.start;
            let before = &self.text[..from];
            let joined = before.strip_suffix(['、', '兼']).unwrap_or(before).len();
            match self.title_to(joined) {
                Some(title) => tokens.push(title),
                None => break,
            }
        }
        tokens.reverse();
        let span = Span::new(tokens[0].span.start, end);
        let is_past = self.standing(span.start)?;
        Some(Titles { tokens, span, is_past })
    }

    /// Whether a name stands in or across `span`.
    pub(crate) fn names_meet(&self, span: Span) -> bool {
        // None holds another, so their ends are in order too.
        let first = self.names.partition_point(|name| name.span.end <= span.start);
        self.names.get(first).is_some_and(|name| name.span.start < span.end)
    }

    /// The titles in brackets that open at `start`: （市委书记、市长）.
    fn in_brackets(&self, start: usize) -> Option<Titles> {
        let rest = &self.text[start..];
        let start = start + rest.len() - rest.strip_prefix("同志").unwrap_or(rest).strip_prefix('(')?.len();
        let mut tokens = vec![self.title_from(start)?];
        loop {
            let to = tokens.last()?.span.end;
            let rest = &self.text[to..];
            let joined = rest.strip_prefix(['、', '兼']).unwrap_or(rest);
            match self.title_from(to + rest.len() - joined.len()) {
                Some(title) => tokens.push(title),
                None if rest.starts_with(')') => break,
                None => return None,
            }
        }
        let span = Span::new(start, tokens.last()?.span.end + ')'.len_utf8());
        Some(Titles { tokens, span, is_past: false })
    }

    /// The one title that stands at `start`, save where it is the next name's.
    fn after(&self, start: usize) -> Option<Titles> {
        // 市长助理, 市长热线: another office, or none.
        const OTHER: [&str; 10] = ["助理", "秘书", "办", "信箱", "热线", "专线", "令", "期", "、", "级"];
        let title = self.title_from(start)?;
        let rest = &self.text[title.span.end..];
        let is_next = self.names.binary_search_by_key(&title.span.end, |name| name.span.start).is_ok();
        if is_next || OTHER.iter().any(|other| rest.starts_with(other)) {
            return None;
        }
        Some(Titles { tokens: vec![title], span: title.span, is_past: false })
    }

    /// Whether the titles that begin at `start` are said to be of another time; none where what stands before
    /// them makes them other titles: 副市长, 江州市市长.
    fn standing(&self, start: usize) -> Option<bool> {
        const PAST: [&str; 10] = ["原", "时任", "前", "曾任", "历任", "首任", "前任", "拟任", "候任", "当选"];
        const OTHER: &str = "省市县区州盟旗乡镇村局厅部委院校司处科所室会团组社厂站队军国副代理务席任誉";
        let before = &self.text[..start];
        let is_past = |text: &str| PAST.iter().any(|word| text.ends_with(word));
        if is_past(before) {
            return Some(true);
        }
        let own = self.places.iter().filter_map(|place| before.strip_suffix(place.as_str()));
        if let Some(before) = own.min_by_key(|before| before.len()) {
            return Some(is_past(before));
        }
        let is_other = before.chars().next_back().is_some_and(|c| OTHER.contains(c));
        (!is_other).then_some(false)
    }

    fn title_to(&self, end: usize) -> Option<Token> {
        let at = self.titles.binary_search_by_key(&end, |title| title.span.end).ok()?;
        Some(self.titles[at])
    }

    fn title_from(&self, start: usize) -> Option<Token> {
        let at = self.titles.binary_search_by_key(&start, |title| title.span.start).ok()?;
        Some(self.titles[at])
    }
}
