//! `near-miss`: characters that are no word, one character away from an idiom or long word.

mod sieve;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::fold::is_blank;
use crate::draft::han::{Han, all_han};
use crate::draft::mask::Context;
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::lexicon::likeness::{Groups, Sounds};
use crate::kinds::lexicon::neighbours::Neighbours;
use crate::kinds::lexicon::ties::Ties;
use crate::kinds::lexicon::{Class, HanSet, Lexicon};
use crate::kinds::near_miss::sieve::{Sieve, Windows};
use crate::kinds::{Kind, Note, Sight, Sink, Wake};
use crate::span::Span;

/// Words, and in what a wrong character may be like the right one.
#[derive(Clone, Debug)]
pub(crate) struct NearMiss {
    lexicon: Arc<Lexicon>,
    /// Who stand side by side often, and so are no slips of one another.
    neighbours: Arc<Neighbours>,
    /// The classes of words that are missed.
    words: Vec<Class>,
    /// Those of them whose right character must have been counted beside its neighbours.
    counted: Vec<Class>,
    sieve: Arc<Sieve>,
    /// What they can be missed in.
    windows: Windows,
    sounds: Arc<Sounds>,
    shapes: Arc<Groups>,
    /// Characters that stand alone so often that they belong to no word.
    free: HanSet,
    /// Characters that make a name of what stands before them.
    names: HanSet,
    /// Windows that are right as they are.
    unless: BTreeSet<Vec<Han>>,
    outside: Vec<Context>,
}

/// A word that a window misses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Miss {
    class: Class,
    likeness: Likeness,
    /// Where the window starts in its run.
    start: usize,
    hole: usize,
    right: Han,
}

/// What the wrong character has in common with the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Sound,
    Blurred,
    Shape,
}

impl Kind for NearMiss {
    const NAME: &'static str = "near-miss";
    const PLACEHOLDERS: &'static [&'static str] = &["right"];

    fn read(entry: &mut Entry<'_>) -> Option<NearMiss> {
        let lexicon = Lexicon::read(entry);
        let sounds = entry.shared(&["sounds_file"], Sounds::read);
        let shapes = entry.shared(&["shapes_file"], Groups::read);
        let words = entry.names("words", "class of words").unwrap_or_else(|| Class::MISSED.to_vec());
        let neighbours = Neighbours::read(entry);
        let (lexicon, neighbours) = (lexicon?, neighbours?);
        let free = HanSet::new(&entry.text("free").unwrap_or_default());
        let ties = Ties::read(entry, &lexicon, &neighbours, &sounds);
        let mut near_miss = NearMiss {
            sieve: entry.shared(&["lexicon_file", "figures_file", "sounds_file", "free"], |_| {
                Sieve::new(Arc::clone(&lexicon), ties, free.clone())
            }),
            windows: Windows::of(&words),
            lexicon,
            neighbours,
            words,
            counted: entry.names("counted", "class of words").unwrap_or_default(),
            sounds,
            shapes,
            free,
            names: HanSet::new(&entry.text("names").unwrap_or_default()),
            unless: BTreeSet::new(),
            outside: entry.names("outside", "context").unwrap_or_else(|| Context::NO_WORDS.to_vec()),
        };
        near_miss.extend(entry);
        Some(near_miss)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        let listed = entry.texts("unless").into_iter().map(|text| (text.value, text.place));
        let filed: Vec<_> =
            entry.table("unless_file").into_iter().map(|row| (row.value[0].clone(), row.place)).collect();
        for (phrase, place) in listed.chain(filed) {
            match all_han(&phrase).filter(|chars| (3..=4).contains(&chars.len())) {
                Some(chars) => {
                    self.unless.insert(chars);
                }
                None => entry.problem_at(
                    place,
                    ProblemKind::Invalid(format!("`{phrase}` is not three or four Han characters")),
                ),
            }
        }
    }

    /// Looks at every run of Han characters, not at literals.
    fn wake(&self, _wake: &mut Wake<'_>) {}

    fn sight(&self) -> Sight {
        Sight::Lines
    }

    fn at_lines(&self, _notes: &[Note], draft: &Draft<'_>, out: &mut Sink<'_>) {
        let hans = draft.hans();
        let suspects = draft.shared(&self.sieve, |sieve| sieve.suspects(draft));
        let mut runs = hans.runs();
        for (at, windows) in suspects.iter().copied() {
            let windows = windows.and(self.windows);
            if windows.is_empty() {
                continue;
            }
            // Places are in order, so runs before this one are done with.
            while runs[0].to <= at {
                runs = &runs[1..];
            }
            let run = runs[0];
            let (chars, at) = (hans.of(run), at - run.from);
            if let Some(miss) = self.miss(windows, chars, at)
                && self.is_alone(chars, at)
            {
                self.report(miss, chars, run.start, draft, out);
            }
        }
    }
}

impl NearMiss {
    /// Whether a character makes no word of two with its neighbours.
    fn is_alone(&self, run: &[Han], at: usize) -> bool {
        !self.is_pair(run, at) && !at.checked_sub(1).is_some_and(|from| self.is_pair(run, from))
    }

    /// Whether the two characters from there on make a word.
    fn is_pair(&self, run: &[Han], from: usize) -> bool {
        run.get(from..from + 2).is_some_and(|pair| self.lexicon.is_pair(pair[0], pair[1]))
    }

    /// The word that one of these windows around a character without partner misses by that character.
    fn miss(&self, windows: Windows, run: &[Han], odd: usize) -> Option<Miss> {
        let mut best: Option<Miss> = None;
        for (len, hole) in windows.places() {
            let Some((start, window)) = window(run, odd, len, hole) else { continue };
            for (right, class) in self.lexicon.fillers(window, hole) {
                if let Some(likeness) = self.likeness(run[odd], right, class)
                    && self.words.contains(&class)
                    && !self.is_right(&window[..len], hole)
                    && self.is_known(&window[..len], hole, right, class)
                    && !self.stands_by_itself(run, start, hole, class)
                {
                    let miss = Miss { class, likeness, start, hole, right };
                    best = Some(best.map_or(miss, |best| best.min(miss)));
                }
            }
        }
        best.filter(|_| !self.is_in_word(run, odd))
    }

    /// Whether a word of three or four characters holds the one at `at`.
    fn is_in_word(&self, run: &[Han], at: usize) -> bool {
        [3, 4].into_iter().any(|len| {
            let mut starts = (at + 1).saturating_sub(len)..=at;
            starts.any(|start| run.get(start..start + len).is_some_and(|word| self.lexicon.is_word(word)))
        })
    }

    /// Only a common idiom is known well enough to be told from a look-alike, or from what is seldom read so.
    fn likeness(&self, wrong: Han, right: Han, class: Class) -> Option<Likeness> {
        let is_read_so = || self.sounds.numbers(right).any(|sound| sound == self.sounds.first[wrong.index()]);
        if self.sounds.exact.join(wrong, right) && (class == Class::Common || is_read_so()) {
            Some(Likeness::Sound)
        } else if class == Class::Common && self.sounds.blurred.join(wrong, right) {
            Some(Likeness::Blurred)
        } else if class == Class::Common && self.shapes.join(wrong, right) {
            Some(Likeness::Shape)
        } else {
            None
        }
    }

    /// Whether a window is right as it is: an exception, or a word with a character beside it (国务院另).
    fn is_right(&self, window: &[Han], hole: usize) -> bool {
        let beside = hole == 0 && self.lexicon.is_word(&window[1..])
            || hole == window.len() - 1 && self.lexicon.is_word(&window[..hole]);
        beside || self.unless.contains(window)
    }

    /// Whether the right character was counted beside its neighbours, where that is asked for.
    fn is_known(&self, window: &[Han], hole: usize, right: Han, class: Class) -> bool {
        let beside = |at: usize| window.get(at).copied();
        let before = hole.checked_sub(1).and_then(beside).map(|before| (before, right));
        let after = beside(hole + 1).map(|after| (right, after));
        !self.counted.contains(&class)
            || before.into_iter().chain(after).all(|(one, other)| self.neighbours.pair(one, other) > 0)
    }

    /// Whether the odd character stands between two words (双流、天府双国际机场), or begins a name (章江上游); in the place
    /// of a word that is no idiom one of the two may be of one character (具有正当性为由).
    fn stands_by_itself(&self, run: &[Han], start: usize, hole: usize, class: Class) -> bool {
        let char = |at: usize| run.get(at).copied();
        let is_pair = |from: usize| self.is_pair(run, from);
        let is_free = |at: usize| class.is_open() && char(at).is_some_and(|han| self.free.holds(han));
        let is_between = match hole {
            1 => is_pair(start + 2) && (is_free(start) || start.checked_sub(1).is_some_and(is_pair)),
            2 => is_pair(start) && (is_free(start + 3) || is_pair(start + 3)),
            _ => false,
        };
        let begins_name =
            || class.is_open() && char(start + hole + 1).is_some_and(|han| self.names.holds(han));
        class.len() == 4 && is_between || begins_name()
    }

    fn report(&self, miss: Miss, run: &[Han], start: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let at = start + Han::LEN * miss.start;
        let len = miss.class.len();
        let span = draft.original(Span::new(at, at + len * Han::LEN));
        if draft.text()[span].contains(is_blank)
            || self.outside.iter().any(|context| draft.is_in(*context, span))
        {
            return;
        }
        let mut right: Vec<Han> = run[miss.start..miss.start + len].to_vec();
        right[miss.hole] = miss.right;
        let right: String = right.into_iter().map(Han::char).collect();
        out.report(span).value("right", right.as_str()).fix(Fix::replace(span, right, Safety::Ask));
    }
}

/// The `len` characters of `run` that have the one at `odd` in their place `hole`, and where they start.
#[inline]
fn window(run: &[Han], odd: usize, len: usize, hole: usize) -> Option<(usize, [Han; 4])> {
    let start = odd.checked_sub(hole)?;
    let mut window = [Han::NONE; 4];
    window[..len].copy_from_slice(run.get(start..start + len)?);
    Some((start, window))
}

#[cfg(test)]
mod tests {
    use crate::testing::{flagged_with, messages, problems};

    const FILES: &[(&str, &str)] = &[
        (
            "lexicon.tsv",
            "a\t住地 更新 正当\t国务院 生产率\t不着急\t自力更生 千方百计\t层峦叠翠\t国务院令 基础设施 正当行为 正当行住 长江上游\t自力更名",
        ),
        (
            "sounds.tsv",
            "chan\t产铲\nling\t令另领\nlu\t率绿\nluan\t峦乱\nming\t名明\nsheng\t生声省\nshi\t施实是\nxin\t心新\nxing\t性行\nzhang\t长章",
        ),
        ("shapes.tsv", "一十\t千干\n亦\t峦恋"),
        ("none.tsv", "letters\npairs\t0\t12"),
        // The two letters have the numbers 1 and 2; their pair has the level 3, and 1.
        ("often.tsv", "letters\t更声\npairs\t1\t12\npairs\tgAsA"),
        ("counted.tsv", "letters\t设施\npairs\t1\t12\npairs\tgAgA"),
    ];
    const RULE: &str = "figures_file = \"none.tsv\"\nlexicon_file = \"lexicon.tsv\"\nsounds_file = \"sounds.tsv\"\nshapes_file = \"shapes.tsv\"\nfree = \"是\"";

    #[test]
    fn one_character_away() {
        for (draft, expected) in [
            ("坚持自力更声。", vec!["自力更声"]),
            ("坚持自力更生。", vec![]),
            ("干方百计", vec!["干方百计"]),
            ("基础设实", vec!["基础设实"]),
            ("生铲率", vec!["生铲率"]),
            ("自\u{200b}力更声", vec!["自\u{200b}力更声"]),
            ("自力 更声", vec![]),
            ("自力\n更声", vec![]),
            ("自力更", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(flagged_with("near-miss", RULE, FILES, draft), expected, "{draft}");
        }
    }

    #[test]
    fn wherever_it_stands() {
        // Characters are judged in blocks, and a mark parts two of them.
        for before in 0..40 {
            for between in ["一一", "一，"] {
                let draft = format!("{}，自力更声，一", between.repeat(before));
                assert_eq!(flagged_with("near-miss", RULE, FILES, &draft), ["自力更声"], "{draft}");
            }
        }
    }

    #[test]
    fn what_is_no_slip() {
        for (draft, expected) in [
            // Only a common idiom is told from a look-alike.
            ("层恋叠翠", vec![]),
            ("层乱叠翠", vec!["层乱叠翠"]),
            // The odd character belongs to another word, or to none.
            ("自力更新", vec![]),
            ("基础设是", vec![]),
            // A word with a character beside it.
            ("国务院另有规定", vec![]),
            // A name is right and nothing is a slip for it.
            ("自力更名", vec![]),
            ("自力更明", vec![]),
        ] {
            assert_eq!(flagged_with("near-miss", RULE, FILES, draft), expected, "{draft}");
        }
        // The two stand side by side often.
        let rule = RULE.replace("none.tsv", "often.tsv");
        assert_eq!(flagged_with("near-miss", &rule, FILES, "自力更声，基础设实"), ["基础设实"]);
        let rule = format!("{RULE}\nwords = [\"term\"]\nunless = [\"基础设实\"]");
        assert_eq!(flagged_with("near-miss", &rule, FILES, "自力更声，基础设实"), [""; 0]);
    }

    #[test]
    fn words_that_are_no_idioms() {
        for (fields, draft, expected) in [
            // Counted, so that it is sure; idioms need not be.
            ("", "基础设实", vec!["基础设实"]),
            ("counted = [\"term\"]", "基础设实，自力更声", vec!["自力更声"]),
            ("counted = [\"term\"]\nfigures_file = \"counted.tsv\"", "基础设实", vec!["基础设实"]),
            // A word of its own between others, and a name.
            ("", "正当性住地", vec![]),
            ("", "正当性为", vec!["正当性为"]),
            ("free = \"为\"", "正当性为", vec![]),
            ("free = \"行\"", "正当性为", vec!["正当性为"]),
            ("", "章江上游", vec!["章江上游"]),
            ("names = \"江\"", "章江上游", vec![]),
        ] {
            let named: Vec<&str> = fields.lines().filter_map(|line| line.split(' ').next()).collect();
            let rest = RULE.lines().filter(|line| !named.iter().any(|name| line.starts_with(name)));
            let rule: Vec<&str> = fields.lines().chain(rest).collect();
            assert_eq!(flagged_with("near-miss", &rule.join("\n"), FILES, draft), expected, "{fields}");
        }
    }

    #[test]
    fn what_is_meant() {
        let rule = format!("{RULE}\nmessage = \"{{found}}→{{right}}\"");
        assert_eq!(messages("near-miss", &rule, FILES, "坚持自力更声"), ["自力更声→自力更生"]);
    }

    #[test]
    fn what_cannot_be_meant() {
        for (fields, expected) in [
            ("", "missing field `lexicon_file`"),
            ("", "missing field `figures_file`"),
            ("lexicon_file = \"none.tsv\"", "no file `none.tsv` beside this one"),
        ] {
            assert!(
                problems("near-miss", fields).contains(&expected.to_owned()),
                "{:?}",
                problems("near-miss", fields)
            );
        }
    }
}
