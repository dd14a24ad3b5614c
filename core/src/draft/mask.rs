//! Masks: the parts of a draft that rules can require or refuse as context.

use memchr::memmem;

use crate::names::named;
use crate::span::Span;

named! {
    /// A context that a hit can stand in.
    pub(crate) enum Context {
        /// A web address.
        Url = "url",
        /// An e-mail address.
        Email = "email",
        /// A title in 《》.
        Title = "title",
        /// A quotation in “” ‘’ 「」 『』.
        Quote = "quote",
        /// A comment: `<!-- … -->`.
        Comment = "comment",
    }
}

impl Context {
    /// What word rules do not look at unless they say so.
    pub(crate) const NO_WORDS: [Context; 3] = [Context::Url, Context::Email, Context::Comment];
}

/// The spans of each context, in text order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Masks {
    spans: [Vec<Span>; Context::ALL.len()],
}

impl Masks {
    pub(crate) fn of(text: &str) -> Masks {
        let mut masks = Masks::default();
        *masks.of_mut(Context::Url) = urls(text);
        *masks.of_mut(Context::Email) = emails(text);
        let [titles, quotes] = titles_and_quotes(text);
        *masks.of_mut(Context::Title) = titles;
        *masks.of_mut(Context::Quote) = quotes;
        *masks.of_mut(Context::Comment) = comments(text);
        masks
    }

    /// Puts other comments in the place of those found.
    pub(crate) fn set_comments(&mut self, comments: Vec<Span>) {
        *self.of_mut(Context::Comment) = comments;
    }

    /// The spans of `context`.
    pub(crate) fn spans(&self, context: Context) -> &[Span] {
        &self.spans[context as usize]
    }

    /// Whether `span` lies in `context`.
    pub(crate) fn holds(&self, context: Context, span: Span) -> bool {
        let spans = self.spans(context);
        let after = spans.partition_point(|mask| mask.start <= span.start);
        after > 0 && spans[after - 1].covers(span)
    }

    fn of_mut(&mut self, context: Context) -> &mut Vec<Span> {
        &mut self.spans[context as usize]
    }
}

fn urls(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spans: Vec<Span> = Vec::new();
    for at in memchr::memchr2_iter(b':', b'w', bytes) {
        if spans.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let scheme = bytes[..at]
            .iter()
            .rev()
            .take(12)
            .take_while(|b| b.is_ascii_alphanumeric() || **b == b'+')
            .count();
        let opens = if bytes[at] == b':' {
            scheme > 0 && bytes[at..].starts_with(b"://")
        } else {
            scheme == 0 && bytes[at..].starts_with(b"www.")
        };
        if opens {
            let len = bytes[at..].iter().take_while(|b| is_url_byte(**b)).count();
            spans.push(Span::new(at - scheme, at + len));
        }
    }
    spans
}

const fn is_url_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b':'
                | b'/'
                | b'?'
                | b'#'
                | b'@'
                | b'!'
                | b'$'
                | b'&'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
                | b'%'
        )
}

fn emails(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spans: Vec<Span> = Vec::new();
    for at in memchr::memchr_iter(b'@', bytes) {
        let floor = spans.last().map_or(0, |last| last.end);
        let local = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'.' | b'_' | b'-' | b'+' | b'%');
        let domain = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'.' | b'-');
        let before = bytes[floor..at].iter().rev().take_while(local).count();
        let mut after = bytes[at + 1..].iter().take_while(domain).count();
        while after > 0 && matches!(bytes[at + after], b'.' | b'-') {
            after -= 1;
        }
        if before > 0 && bytes[at + 1..at + 1 + after].contains(&b'.') {
            spans.push(Span::new(at - before, at + 1 + after));
        }
    }
    spans
}

/// The outermost titles and quotations with their marks; a pair never reaches over a line end.
fn titles_and_quotes(text: &str) -> [Vec<Span>; 2] {
    const PAIRS: [&[(char, char)]; 2] =
        [&[('《', '》')], &[('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』')]];
    // Every mark looked for starts with one of these bytes: U+2018 to U+201D, U+300A to U+300F.
    let bytes = text.as_bytes();
    let mut found = PAIRS.map(Enclosed::new);
    for at in memchr::memchr3_iter(0xe2, 0xe3, b'\n', bytes) {
        match bytes[at..] {
            [b'\n', ..] => {
                for one in &mut found {
                    one.open.clear();
                }
            }
            [0xe2, 0x80, 0x98..=0x9d, ..] | [0xe3, 0x80, 0x8a..=0x8f, ..] => {
                if let Some(char) = text[at..].chars().next() {
                    for one in &mut found {
                        one.meet(char, at);
                    }
                }
            }
            _ => {}
        }
    }
    found.map(|one| one.spans)
}

/// What stands between marks of some pairs.
struct Enclosed {
    pairs: &'static [(char, char)],
    /// The marks that would close what is open, and where that starts.
    open: Vec<(char, usize)>,
    spans: Vec<Span>,
}

impl Enclosed {
    const fn new(pairs: &'static [(char, char)]) -> Enclosed {
        Enclosed { pairs, open: Vec::new(), spans: Vec::new() }
    }

    fn meet(&mut self, char: char, at: usize) {
        // Marks left open deeper than this cannot make the search grow faster than the text.
        const DEPTH: usize = 8;
        if let Some((_, close)) = self.pairs.iter().find(|(opening, _)| *opening == char) {
            self.open.push((*close, at));
        } else if let Some(depth) = self.open.iter().rev().take(DEPTH).position(|(close, _)| *close == char) {
            self.open.truncate(self.open.len() - depth);
            let Some((_, start)) = self.open.pop() else { return };
            if self.open.is_empty() {
                self.spans.push(Span::new(start, at + char.len_utf8()));
            }
        }
    }
}

/// The comments of a draft; one may reach over lines.
pub(crate) fn comments(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut from = 0;
    let opens = |at: &usize| text.as_bytes()[*at..].starts_with(b"<!--");
    while let Some(start) =
        memchr::memchr_iter(b'<', &text.as_bytes()[from..]).map(|at| from + at).find(opens)
    {
        let Some(len) = memmem::find(&text.as_bytes()[start..], b"-->") else { break };
        from = start + len + 3;
        spans.push(Span::new(start, from));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts() {
        for (text, context, expected) in [
            ("见https://a.gov.cn/x?y=1。", Context::Url, vec!["https://a.gov.cn/x?y=1"]),
            ("登录www.example.cn查询", Context::Url, vec!["www.example.cn"]),
            ("时间：//待定", Context::Url, vec![]),
            ("寄至a.b@example.gov.cn。", Context::Email, vec!["a.b@example.gov.cn"]),
            ("@所有人", Context::Email, vec![]),
            (
                "《关于印发〈办法〉的通知》和《条例》",
                Context::Title,
                vec!["《关于印发〈办法〉的通知》", "《条例》"],
            ),
            ("《外《内》层》", Context::Title, vec!["《外《内》层》"]),
            ("《没有结尾\n另一行》", Context::Title, vec![]),
            ("他说：“要‘实’。”", Context::Quote, vec!["“要‘实’。”"]),
            ("甲<!-- 注 -->乙", Context::Comment, vec!["<!-- 注 -->"]),
        ] {
            let masks = Masks::of(text);
            let found: Vec<&str> = masks.spans(context).iter().map(|span| &text[*span]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
