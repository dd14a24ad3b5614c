//! `repeated`: a character or word written twice by a slip.

use std::array;
use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::fold::is_blank;
use crate::draft::han::{Han, Hans, all_han};
use crate::draft::mask::Context;
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::finding::{Edit, Fix, Safety};
use crate::kinds::lexicon::{HanSet, Lexicon};
use crate::kinds::{Hit, Kind, Note, Sight, Sink, Wake};
use crate::names::named;
use crate::span::Span;

named! {
    /// What is written twice.
    enum Unit {
        /// One character.
        Character = "character",
        /// Two to eight characters.
        Word = "word",
    }
}

/// What is written twice, and what is so on purpose.
#[derive(Clone, Debug)]
pub(crate) struct Repeated {
    unit: Unit,
    lexicon: Arc<Lexicon>,
    /// Phrases in which the repetition is right, with whether only where no Han character follows.
    protected: Vec<(String, bool)>,
    /// A repetition that starts with one of these (a word), or stands after it (a character), is on purpose: 一步一步.
    starting: HanSet,
    /// A word that ends in one of these is repeated on purpose: 说着说着.
    ending: HanSet,
    /// Words that are flagged for all that.
    but: Vec<Vec<Han>>,
    /// Characters of numbers.
    counting: HanSet,
    /// Characters that stand alone after a word they end, or begin what stands twice by right: 目的的, 的基金的基金.
    free: HanSet,
    outside: Vec<Context>,
}

/// As many characters as are judged at once.
const BLOCK: usize = 64;
/// The length of the longest words of the lexicon.
const LONGEST: usize = 4;
/// The length of the longest words that are looked for twice.
const LONGEST_UNIT: usize = 8;
/// Odd, so that characters of which one differs never have the same number.
const FACTOR: u16 = 0x9e37;

/// A stretch of a run that consists of copies of its first `len` characters.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    start: usize,
    end: usize,
    len: usize,
}

impl Kind for Repeated {
    const NAME: &'static str = "repeated";
    const PLACEHOLDERS: &'static [&'static str] = &["once"];

    fn read(entry: &mut Entry<'_>) -> Option<Repeated> {
        let mut set = |field| HanSet::new(&entry.text(field).unwrap_or_default());
        let (starting, ending, counting) = (set("starting"), set("ending"), set("counting"));
        let free = set("free");
        if !entry.has("unit") {
            entry.problem(ProblemKind::MissingField("unit"));
        }
        let unit = entry.name("unit", "unit");
        let lexicon = Lexicon::read(entry);
        let but = entry.words("but").iter().filter_map(|word| all_han(word)).collect();
        let outside = entry.names("outside", "context").unwrap_or_else(|| Context::NO_WORDS.to_vec());
        let (unit, lexicon) = (unit?, lexicon?);
        let mut repeated =
            Repeated { unit, lexicon, protected: Vec::new(), starting, ending, but, counting, free, outside };
        repeated.extend(entry);
        Some(repeated)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.protected.extend(entry.words("protect").into_iter().map(|phrase| (phrase, false)));
        for row in entry.table("protect_file") {
            match row.value.get(1).map(String::as_str) {
                None | Some("") => self.protected.push((row.value[0].clone(), false)),
                Some("end") => self.protected.push((row.value[0].clone(), true)),
                Some(other) => {
                    let message = format!("`{other}` in the second column, expected `end` or nothing");
                    entry.problem_at(row.place, ProblemKind::Invalid(message));
                }
            }
        }
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        for (n, (phrase, _)) in self.protected.iter().enumerate() {
            wake.on(phrase, n);
        }
    }

    fn sight(&self) -> Sight {
        Sight::Lines
    }

    fn at_block(&self, hits: &[Hit], _block: usize, _draft: &Draft<'_>, out: &mut Sink<'_>) {
        for hit in hits {
            out.note(hit.original, hit.tag);
        }
    }

    fn at_lines(&self, notes: &[Note], draft: &Draft<'_>, out: &mut Sink<'_>) {
        let hans = draft.hans();
        let mut stretches = Vec::new();
        for (start, run) in suspects(hans, self.unit) {
            stretches.clear();
            match self.unit {
                Unit::Character => self.characters(run, &mut stretches),
                Unit::Word => {
                    self.words(run, &mut stretches);
                    // What is nothing but a repetition between two marks is said for effect.
                    let is_alone = |stretch: &Stretch| stretch.start == 0 && stretch.end == run.len();
                    if stretches.iter().any(is_alone) && is_between_marks(draft.folded(), start, run) {
                        stretches.clear();
                    }
                }
            }
            for stretch in &stretches {
                let at = |n: usize| start + Han::LEN * n;
                let folded = Span::new(at(stretch.start), at(stretch.end));
                let first = draft.original(Span::new(folded.start, at(stretch.end - stretch.len)));
                self.report(draft.original(folded), first, notes, draft, out);
            }
        }
    }
}

impl Repeated {
    /// Characters that stand twice where the word before needs one of them and what follows needs none.
    fn characters(&self, run: &[Han], stretches: &mut Vec<Stretch>) {
        for (start, pair) in run.windows(2).enumerate() {
            let (han, before, end) = (pair[0], start.checked_sub(1).map(|n| run[n]), start + 2);
            if pair[0] != pair[1] || self.counting.holds(han) || self.free.holds(han) {
                continue;
            }
            // 高高兴兴, 研究研究: a repetition beside a repetition is made so.
            let is_double = |from: usize| run.get(from..from + 2).is_some_and(|pair| pair[0] == pair[1]);
            let beside = is_double(end) || is_double(end - 1) || start > 0 && is_double(start - 1);
            if beside
                || start > 1 && is_double(start - 2)
                || before.is_some_and(|before| self.starting.holds(before))
            {
                continue;
            }
            let is_word =
                |from: usize, to: usize| run.get(from..to).is_some_and(|word| self.lexicon.is_word(word));
            let word_from = |from: usize| (2..=LONGEST).any(|len| is_word(from, from + len));
            let word_to = |to: usize| (2..=LONGEST.min(to)).any(|len| is_word(to - len, to));
            let both = (end.saturating_sub(LONGEST)..=start)
                .any(|from| (end..=from + LONGEST).any(|to| is_word(from, to)));
            if word_to(start + 1) && !both && !word_from(start + 1) && (end == run.len() || word_from(end)) {
                stretches.push(Stretch { start, end, len: 1 });
            }
        }
    }

    /// Words of two to eight characters that stand twice; of two ways to see it, that of the shorter word.
    fn words(&self, run: &[Han], stretches: &mut Vec<Stretch>) {
        let mut taken = Vec::new();
        for len in 2..=LONGEST_UNIT {
            let mut same = 0;
            for at in 0..run.len().saturating_sub(len) {
                same = if run[at] == run[at + len] { same + 1 } else { 0 };
                let ends = run.get(at + 1 + len).is_none_or(|next| *next != run[at + 1]);
                if same >= len && ends {
                    let start = at + 1 - same;
                    let end = start + (same / len + 1) * len;
                    let found = Stretch { start, end, len };
                    taken.resize(run.len(), false);
                    if !taken[start..end].contains(&true) && self.is_slip(run, found) {
                        taken[start..end].fill(true);
                        stretches.push(found);
                    }
                }
            }
        }
        stretches.sort_unstable_by_key(|stretch| stretch.start);
    }

    fn is_slip(&self, run: &[Han], found: Stretch) -> bool {
        let word = &run[found.start..found.start + found.len];
        let (first, last) = (word[0], word[found.len - 1]);
        let is_one_character = word.iter().all(|han| *han == first);
        let on_purpose = self.starting.holds(first) || self.ending.holds(last);
        let is_number = word.iter().all(|han| self.counting.holds(*han));
        if is_one_character || is_number || on_purpose && !self.but.iter().any(|own| own == word) {
            return false;
        }
        // 基金的基金份额, 村的村民: the second copy belongs to what follows.
        let leads_on = self.free.holds(first) && found.end < run.len();
        !leads_on && !self.is_straddled(run, found)
    }

    /// Whether words that reach over both ends of the stretch make it up: 小微企业 创业 创新.
    fn is_straddled(&self, run: &[Han], found: Stretch) -> bool {
        if found.end - found.start > 2 * found.len {
            return false;
        }
        let is_word = |from: usize, to: usize| to <= run.len() && self.lexicon.is_word(&run[from..to]);
        // 检查 巡查 巡护: what looks like the word is none, and the words beside it begin before.
        if let ([first, second], Some(before)) =
            (&run[found.start..found.start + found.len], found.start.checked_sub(1))
            && !self.lexicon.is_pair(*first, *second)
            && self.lexicon.is_pair(run[before], *first)
            && self.lexicon.is_pair(*second, *first)
        {
            return true;
        }
        (found.start + 1..found.end).any(|mut at| {
            let reaches_in = |from: usize| is_word(from, at);
            if !(at.saturating_sub(LONGEST)..found.start).any(reaches_in) {
                return false;
            }
            // Words of two lead on to one that reaches out, or that is longer than the word in question.
            loop {
                let reaches_out = |to: usize| (to > found.end || to - at > found.len) && is_word(at, to);
                if (found.end.max(at + 2)..=at + LONGEST).any(reaches_out) {
                    return true;
                }
                if at + 2 > found.end || !is_word(at, at + 2) {
                    return false;
                }
                at += 2;
            }
        })
    }

    fn report(&self, span: Span, first: Span, notes: &[Note], draft: &Draft<'_>, out: &mut Sink<'_>) {
        // Notes are in order of their starts; more than these do not start before the span and cover it.
        const NEAR: usize = 16;
        let text = draft.text();
        let protects = |note: &Note| {
            let (_, at_end) = self.protected[note.tag as usize];
            note.span.covers(span)
                && !(at_end && text[note.span.end..].chars().next().and_then(Han::new).is_some())
        };
        let until = notes.partition_point(|note| note.span.start <= span.start);
        if text[span].contains(is_blank)
            || self.outside.iter().any(|context| draft.is_in(*context, span))
            || notes[..until].iter().rev().take(NEAR).any(protects)
        {
            return;
        }
        let once = &text[first.end..span.end];
        out.report(span)
            .value("once", once)
            .fix(Fix { edits: vec![Edit { span: first, text: String::new() }], safety: Safety::Ask });
    }
}

/// The runs in which something may stand twice, with the bytes at which they start.
fn suspects(hans: &Hans, unit: Unit) -> impl Iterator<Item = (usize, &[Han])> {
    let chars = hans.chars();
    let (may_stand_twice, shortest): (fn(&[Han]) -> bool, usize) = match unit {
        Unit::Character => (may_double, 2),
        Unit::Word => (may_repeat, 4),
    };
    let mut blocks = (0..chars.len()).step_by(BLOCK).filter(move |from| may_stand_twice(&chars[*from..]));
    let mut block = blocks.next();
    let suspects = hans.runs().iter().filter(move |run| {
        while block.is_some_and(|block| block + BLOCK <= run.from) {
            block = blocks.next();
        }
        block.is_some_and(|block| block < run.to)
    });
    let is_suspect = move |run: &[Han]| {
        run.len() >= shortest && (0..run.len()).step_by(BLOCK).any(|from| may_stand_twice(&run[from..]))
    };
    suspects.map(|run| (run.start, hans.of(*run))).filter(move |(_, run)| is_suspect(run))
}

/// Whether one of the first [`BLOCK`] characters stands before itself.
#[expect(clippy::needless_bitwise_bool, reason = "without branches many are judged at once")]
fn may_double(chars: &[Han]) -> bool {
    let pairs = chars.iter().zip(&chars[chars.len().min(1)..]).take(BLOCK);
    pairs.fold(false, |found, (one, next)| found | (one == next))
}

/// Whether characters side by side, the first of them among the first [`BLOCK`], stand again as far behind as a word is
/// long: two for a word of two, three for a longer one. Seldom said where they do not.
fn may_repeat(chars: &[Han]) -> bool {
    const REACH: usize = BLOCK + LONGEST_UNIT;
    let mut codes: [u16; REACH + 2] = NOWHERE;
    for (code, han) in codes.iter_mut().zip(chars) {
        *code = if *han == Han::NONE { *code } else { han.code() };
    }
    // A number for each two and each three characters: what is alike has the same, and seldom what is not.
    let number = |one: u16, next: u16| one.wrapping_mul(FACTOR).wrapping_add(next);
    let [first, second, third]: [&[u16; REACH]; 3] =
        [0, 1, 2].map(|from| codes[from..].first_chunk().expect("two more are there"));
    let twos: [u16; REACH] = array::from_fn(|n| number(first[n], second[n]));
    let threes = array::from_fn(|n| number(twos[n], third[n]));
    let mut found = stand_again(&twos, 2);
    for unit in 3..=LONGEST_UNIT {
        found |= stand_again(&threes, unit);
    }
    found
}

/// Whether one of the first [`BLOCK`] numbers stands again so far behind.
fn stand_again(numbers: &[u16; BLOCK + LONGEST_UNIT], distance: usize) -> bool {
    let pairs = numbers[..BLOCK].iter().zip(&numbers[distance..][..BLOCK]);
    pairs.fold(0, |found, (one, other)| found | u16::from(one == other)) != 0
}

/// Codes of no character, of which no two are alike: between two runs and behind the last.
const NOWHERE: [u16; BLOCK + LONGEST_UNIT + 2] = {
    let mut codes = [0; BLOCK + LONGEST_UNIT + 2];
    let (mut n, mut code) = (0, 0);
    while n < codes.len() {
        codes[n] = code;
        n += 1;
        code += 1;
    }
    codes
};

/// Whether a run that starts at `start` stands between marks, brackets or the ends of a line.
fn is_between_marks(text: &str, start: usize, run: &[Han]) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[start + Han::LEN * run.len()..].chars().next();
    let is_mark = |char: Option<char>| char.is_none_or(|char| !char.is_alphanumeric());
    is_mark(before) && is_mark(after)
}

#[cfg(test)]
mod tests {
    use crate::testing::{flagged_with, messages, problems};

    const FILES: &[(&str, &str)] = &[
        ("lexicon.tsv", "a\t充分 民警 企业 创业新 检查 巡查 主义 人民主 教育 育部\t教育部"),
        ("protected.tsv", "中队中队长\n研究研究\tend"),
    ];
    const WORD: &str = r#"unit = "word"
    lexicon_file = "lexicon.tsv"
    protect_file = "protected.tsv"
    starting = "一"
    ending = "着"
    but = ["一起"]
    counting = "一二三四"
    free = "的""#;
    const CHARACTER: &str = r#"unit = "character"
    lexicon_file = "lexicon.tsv"
    starting = "一"
    free = "的""#;

    #[test]
    fn words() {
        for (draft, expected) in [
            ("会议会议强调", vec!["会议会议"]),
            ("大兴区大兴区民政局", vec!["大兴区大兴区"]),
            ("我们一起一起走", vec!["一起一起"]),
            ("要要求求求求求求求求求求", vec![]),
            ("认真认真认真落实", vec!["认真认真认真"]),
            ("会议\u{200b}会议强调", vec!["会议\u{200b}会议"]),
            ("会议 会议强调", vec![]),
            ("会议，会议强调", vec![]),
            ("先建设设建建设设建后", vec!["建设设建建设设建"]),
        ] {
            assert_eq!(flagged_with("repeated", WORD, FILES, draft), expected, "{draft}");
        }
    }

    #[test]
    fn words_by_right() {
        for draft in [
            "一步一步推进",
            "说着说着就笑了",
            "三四三四排",
            "“不着急不着急。”",
            "支持小微企业创业创新",
            "加强检查巡查巡护",
            "桐木关中队中队长",
            "大家研究研究。",
            "的基金的基金份额",
        ] {
            assert_eq!(flagged_with("repeated", WORD, FILES, draft), [""; 0], "{draft}");
        }
        assert_eq!(flagged_with("repeated", WORD, FILES, "大家研究研究方案"), ["研究研究"]);
    }

    #[test]
    fn characters() {
        for (draft, expected) in [
            ("民警警充分利用", vec!["警警"]),
            ("通知民警警。", vec!["警警"]),
            ("民警警力充足", vec![]),
            ("人民民主", vec![]),
            ("民警警警", vec![]),
            ("高高兴兴", vec![]),
            ("一民警警", vec!["警警"]),
            ("警警", vec![]),
        ] {
            assert_eq!(flagged_with("repeated", CHARACTER, FILES, draft), expected, "{draft}");
        }
    }

    #[test]
    fn once() {
        let rule = format!("{WORD}\nmessage = \"{{found}}→{{once}}\"");
        assert_eq!(messages("repeated", &rule, FILES, "认真认真认真落实"), ["认真认真认真→认真"]);
    }

    #[test]
    fn what_cannot_be_meant() {
        for (fields, expected) in [
            ("", "missing field `unit`"),
            ("unit = \"word\"", "missing field `lexicon_file`"),
            (
                "unit = \"words\"",
                "unknown unit `words`, expected one of character, word; did you mean `word`?",
            ),
        ] {
            assert!(
                problems("repeated", fields).contains(&expected.to_owned()),
                "{:?}",
                problems("repeated", fields)
            );
        }
    }
}
