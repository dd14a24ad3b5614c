//! Lists in running text: what stands between marks and conjunctions, and which of it is a word of the rule.

use crate::span::Span;

/// A word of the rule where it stands in the folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) word: usize,
}

/// How an item is joined to the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// By 、 or a conjunction, or quotation to quotation.
    Strong,
    /// By a comma or semicolon.
    Weak,
    /// Not at all: a new list begins.
    Break,
}

/// One item of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// The word where there is one, else the whole item.
    pub(super) span: Span,
    pub(super) word: Option<usize>,
    pub(super) join: Join,
    /// Something stands between the join and the word: a verb.
    pub(super) is_led: bool,
    /// The list cannot reach further back than here.
    pub(super) is_first: bool,
    /// The list cannot reach further than here.
    pub(super) is_last: bool,
}

/// A part of the text between two joins.
struct Token {
    span: Span,
    join: Join,
    /// Which of the words stand in it.
    words: std::ops::Range<usize>,
}

/// A verb before a member is at most this long: 坚持, 统筹推进.
const LONGEST_LEAD: usize = 4;

/// The lists of `text` that hold some of `found`, sorted by place and disjoint, and may be one of a set; each with the
/// items around it.
pub(super) fn lists(text: &str, found: &[Found], may_be_one: impl Fn(&[Found]) -> bool) -> Vec<Vec<Item>> {
    // Words further apart are of different lists; longer lists are cut.
    const GAP: usize = 200;
    const LONGEST: usize = 64;
    let mut lists = Vec::new();
    let mut from = 0;
    for to in 1..=found.len() {
        let goes_on = to < found.len()
            && to - from < LONGEST
            && found[to].span.start - found[to - 1].span.end <= GAP
            && !text[found[to - 1].span.end..found[to].span.start].contains(is_stop);
        if !goes_on {
            if to - from > 1 && may_be_one(&found[from..to]) {
                lists.push(items(text, &found[from..to]));
            }
            from = to;
        }
    }
    lists
}

fn items(text: &str, found: &[Found]) -> Vec<Item> {
    let tokens = tokens(text, found);
    let mut items = Vec::with_capacity(tokens.len());
    for (n, token) in tokens.iter().enumerate() {
        let after = tokens.get(n + 1).map_or(Join::Break, |next| next.join);
        items.push(item(text, token, after, &found[token.words.clone()]));
    }
    items
}

fn item(text: &str, token: &Token, after: Join, words: &[Found]) -> Item {
    let unknown = Item {
        span: token.span,
        word: None,
        join: token.join,
        is_led: false,
        is_first: token.join == Join::Break,
        is_last: after == Join::Break,
    };
    let known = |word: &Found| Item { span: word.span, word: Some(word.word), ..unknown };
    if let Some(last) = words.last().filter(|word| word.span.end == token.span.end) {
        let lead = &text[token.span.start..last.span.start];
        let is_verb = words.len() == 1 && lead.chars().count() <= LONGEST_LEAD;
        if is_verb || token.join != Join::Strong {
            let is_first = unknown.is_first || !is_verb;
            return Item { is_led: !lead.is_empty(), is_first, ..known(last) };
        }
    }
    match words.first() {
        // After the last member the sentence goes on.
        Some(first) if first.span.start == token.span.start && after != Join::Strong => {
            Item { is_last: true, ..known(first) }
        }
        _ => unknown,
    }
}

fn tokens(text: &str, found: &[Found]) -> Vec<Token> {
    let region = region(text, found);
    // Each word is one, and most have another beside them.
    let mut tokens = Vec::with_capacity(2 * found.len() + 1);
    let (mut at, mut start, mut join) = (region.start, region.start, Join::Break);
    let (mut word, mut first) = (0, 0);
    while at < region.end {
        if let Some(own) = found.get(word).filter(|own| own.span.start == at) {
            at = own.span.end;
            word += 1;
            continue;
        }
        let touches = word > 0 && found[word - 1].span.end == at;
        let next = found.get(word).map(|own| own.span.start);
        if let Some((end, next_join)) = separator(text, Span::new(at, region.end), touches, next) {
            if start < at {
                tokens.push(Token { span: Span::new(start, at), join, words: first..word });
            }
            (join, start, first, at) = (next_join, end, word, end);
        } else {
            let behind = text.ceil_char_boundary(at + 1);
            let limit = next.unwrap_or(region.end);
            at = text[behind..limit].find(may_separate).map_or(limit, |n| behind + n);
        }
    }
    if start < region.end {
        tokens.push(Token { span: Span::new(start, region.end), join, words: first..word });
    }
    tokens
}

/// From some way before the first word to some way after the last, within the sentence.
fn region(text: &str, found: &[Found]) -> Span {
    const REACH: usize = 120;
    let (first, last) = (found[0].span.start, found[found.len() - 1].span.end);
    let from = text.ceil_char_boundary(first.saturating_sub(REACH));
    let to = text.floor_char_boundary((last + REACH).min(text.len()));
    let from = text[from..first].rfind(is_stop).map_or(from, |at| text.ceil_char_boundary(from + at + 1));
    let to = text[last..to].find(is_stop).map_or(to, |at| last + at);
    Span::new(from, to)
}

/// Where the separator that starts at `within` ends, and how it joins; none where there is no separator.
///
/// A conjunction counts only beside a word or a quotation mark: 和谐 holds none.
fn separator(text: &str, within: Span, touches: bool, next: Option<usize>) -> Option<(usize, Join)> {
    let (mut at, mut quotes, mut touches) = (within.start, 0, touches);
    let (mut is_strong, mut is_weak, mut is_break) = (false, false, false);
    while at < within.end && next != Some(at) {
        let rest = &text[at..within.end];
        let Some(char) = rest.chars().next() else { break };
        if is_mark(char) {
            match char {
                '、' => is_strong = true,
                ',' | ';' => is_weak = true,
                _ if is_quote(char) => quotes += 1,
                _ => is_break = true,
            }
            touches = is_quote(char);
            at += char.len_utf8();
        } else if let Some(conjunction) = conjunction(char, rest)
            && let end = at + conjunction.len()
            && next.is_none_or(|next| end <= next)
            && (touches || next == Some(end) || text[end..within.end].starts_with(is_quote))
        {
            is_strong = true;
            touches = false;
            at = end;
        } else {
            break;
        }
    }
    let join = if is_break {
        Join::Break
    } else if is_strong || (quotes > 1 && !is_weak) {
        Join::Strong
    } else if is_weak {
        Join::Weak
    } else {
        Join::Break
    };
    (at > within.start).then_some((at, join))
}

/// Whether a separator may begin with it.
const fn may_separate(char: char) -> bool {
    matches!(char, '和' | '与' | '及' | '或' | '以') || is_mark(char)
}

/// The conjunction that `text` starts with, of which `first` is the first character.
fn conjunction(first: char, text: &str) -> Option<&'static str> {
    match first {
        '和' => Some("和"),
        '与' => Some("与"),
        '及' => Some("及"),
        '或' => Some("或"),
        '以' if text.starts_with("以及") => Some("以及"),
        _ => None,
    }
}

/// Whether no list goes on past it.
pub(super) const fn is_stop(char: char) -> bool {
    matches!(char, '。' | '!' | '?' | '\n' | '\r')
}

const fn is_quote(char: char) -> bool {
    matches!(char, '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '"' | '\'')
}

const fn is_mark(char: char) -> bool {
    is_quote(char)
        || matches!(
            char,
            '、' | ',' | ';' | ':' | '(' | ')' | '[' | ']' | '《' | '》' | '〈' | '〉' | '—' | '…' | '|'
        )
}
