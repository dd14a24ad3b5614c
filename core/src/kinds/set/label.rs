//! Labels: where a set is named near a run of its members.

use crate::kinds::Hit;
use crate::kinds::set::list::is_stop;
use crate::names::named;
use crate::scan::leftmost_longest;
use crate::span::Span;

named! {
    /// Where the label of a set stands, the less telling first.
    pub(super) enum LabelPlace {
        /// Nowhere in the sentence.
        Absent = "absent",
        /// In the sentence.
        Near = "near",
        /// Beside the list.
        Beside = "beside",
    }
}

/// What a set is called.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) text: String,
    /// The number it begins with.
    pub(super) number: Option<usize>,
    /// The sets it names.
    pub(super) of: Vec<usize>,
}

/// A label near a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Naming {
    pub(super) place: LabelPlace,
    /// Its number among the labels.
    pub(super) label: usize,
    /// Its place in the folded view.
    pub(super) span: Span,
    /// Nothing but marks and words like 即 stands between it and the list.
    pub(super) introduces: bool,
}

/// The labels of one block.
pub(super) struct Labels<'l> {
    known: &'l [Label],
    text: &'l str,
    hits: Vec<Hit>,
}

impl Label {
    pub(super) fn new(text: &str, of: Vec<usize>) -> Label {
        Label { text: text.to_owned(), number: number(text), of }
    }
}

impl<'l> Labels<'l> {
    /// Those among `hits`, which have odd numbers.
    pub(super) fn new(labels: &'l [Label], hits: &[Hit], text: &'l str) -> Labels<'l> {
        let mut hits: Vec<Hit> = hits.iter().filter(|hit| !hit.tag.is_multiple_of(2)).copied().collect();
        leftmost_longest(&mut hits, |hit| hit.span);
        Labels { known: labels, text, hits }
    }

    /// Whether `word` is a part of a label: 和平共处 in 和平共处五项原则.
    pub(super) fn hold(&self, word: Span) -> bool {
        let after = self.hits.partition_point(|hit| hit.span.start <= word.start);
        after > 0 && self.hits[after - 1].span.covers(word) && self.hits[after - 1].span != word
    }

    /// How a label of `set` stands to `list`, the most telling one.
    pub(super) fn naming(&self, set: usize, list: Span) -> Option<Naming> {
        let own = self.around(list).filter(|hit| self.known[label_of(hit)].of.contains(&set));
        own.filter_map(|hit| self.relation(hit, list)).max_by_key(|naming| (naming.place, naming.introduces))
    }

    /// A label that introduces `list` and is as `wanted`.
    pub(super) fn introducing(&self, list: Span, wanted: impl Fn(&Label) -> bool) -> Option<Naming> {
        let mut namings = self.around(list).filter_map(|hit| self.relation(hit, list));
        namings.find(|naming| naming.introduces && wanted(&self.known[naming.label]))
    }

    /// What introduces `list` and is `right` but for its number: 五个意识 for 四个意识.
    pub(super) fn misnumbered(&self, right: &str, list: Span) -> Option<Span> {
        let mut chars = right.chars();
        let own = chars.next()?;
        let rest = Some(chars.as_str()).filter(|rest| !rest.is_empty())?;
        let (before, after) = self.window(list, 2 * REACH_BESIDE + right.len());
        let numeral_at =
            if let Some(at) = before.rfind(rest).filter(|at| is_glued(&before[at + rest.len()..])) {
                let numeral = before[..at].chars().next_back()?;
                list.start - before.len() + at - numeral.len_utf8()
            } else {
                let name = after.trim_start_matches(|c| is_glue(c) && !is_listing(c));
                let follows =
                    name.chars().next().is_some_and(|numeral| name[numeral.len_utf8()..].starts_with(rest));
                follows.then(|| list.end + after.len() - name.len())?
            };
        let numeral = self.text[numeral_at..].chars().next()?;
        let span = Span::new(numeral_at, numeral_at + numeral.len_utf8() + rest.len());
        // 四农 is two words as often as one: it must be quoted to be a label.
        let is_name = rest.chars().nth(1).is_some() || self.is_quoted(span);
        (numeral != own && digit(numeral).is_some() && is_name && !self.is_label(span)).then_some(span)
    }

    fn is_quoted(&self, span: Span) -> bool {
        self.text[..span.start].ends_with(['“', '"', '「'])
            && self.text[span.end..].starts_with(['”', '"', '」'])
    }

    /// Whether a label stands there.
    fn is_label(&self, span: Span) -> bool {
        let before = self.hits.partition_point(|hit| hit.span.end <= span.start);
        self.hits.get(before).is_some_and(|hit| hit.span.overlaps(span))
    }

    /// The labels that may stand in the sentence of `list`.
    fn around(&self, list: Span) -> impl Iterator<Item = &Hit> {
        let first = self.hits.partition_point(|hit| hit.span.start + REACH_NEAR < list.start);
        self.hits[first..].iter().take_while(move |hit| hit.span.end <= list.end + REACH_NEAR)
    }

    /// How a label stands to `list`; none where it stands in another sentence or within.
    fn relation(&self, hit: &Hit, list: Span) -> Option<Naming> {
        // What is picked out of a set is no list of it.
        const PICKED: [&str; 5] = ["特别", "尤其", "其中", "例如", "比如"];
        let is_before = hit.span.end <= list.start;
        let glue = if is_before {
            &self.text[hit.span.end..list.start]
        } else if hit.span.start >= list.end {
            &self.text[list.end..hit.span.start]
        } else {
            return None;
        };
        if glue.contains(is_stop) || PICKED.iter().any(|word| glue.contains(word)) {
            return None;
        }
        let introduces =
            if is_before { is_glued(glue) } else { is_glued(glue) && !glue.contains(is_listing) };
        let is_beside = introduces || glue.len() <= REACH_BESIDE;
        let place = if is_beside { LabelPlace::Beside } else { LabelPlace::Near };
        Some(Naming { place, label: label_of(hit), span: hit.span, introduces })
    }

    /// The sentence before and after `list`, at most `reach` bytes of each.
    fn window(&self, list: Span, reach: usize) -> (&str, &str) {
        let text = self.text;
        let from = text.ceil_char_boundary(list.start.saturating_sub(reach));
        let to = text.floor_char_boundary((list.end + reach).min(text.len()));
        let before = text[from..list.start].rsplit(is_stop).next().unwrap_or_default();
        let after = text[list.end..to].split(is_stop).next().unwrap_or_default();
        (before, after)
    }
}

/// The number of the label that stands there.
const fn label_of(hit: &Hit) -> usize {
    hit.tag as usize / 2
}

/// A label within so many bytes of its list stands beside it.
const REACH_BESIDE: usize = 24;

/// A label within so many bytes may name a list.
const REACH_NEAR: usize = 180;

/// The number a label begins with.
pub(super) fn number(label: &str) -> Option<usize> {
    label.chars().next().and_then(digit)
}

fn digit(char: char) -> Option<usize> {
    if char == '两' {
        return Some(2);
    }
    "零一二三四五六七八九十".chars().position(|digit| digit == char)
}

/// Whether nothing but marks and words like 即 stands there: 四个意识”，即.
fn is_glued(glue: &str) -> bool {
    glue.len() <= 2 * REACH_BESIDE && glue.chars().all(is_glue)
}

/// Whether a list goes on past it.
const fn is_listing(char: char) -> bool {
    matches!(char, '、' | ',' | ';')
}

fn is_glue(char: char) -> bool {
    "“”‘’\"'「」『』()[]:,、—即就是指为有包含括分别具体的内容要求等这共总战略布局体".contains(char)
}
