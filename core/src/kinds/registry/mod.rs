//! `registry`: official titles as they are to be written, and the days on which they hold.

mod near;
mod title;

use crate::date::Date;
use crate::draft::Draft;
use crate::draft::fold::{Folding, fold};
use crate::draft::mask::Context;
use crate::entry::{Entry, Located};
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::guard::{Guard, refuse_line_break, refuse_twins};
use crate::kinds::registry::near::{Near, SHORTEST, SHORTEST_OF_STATE};
use crate::kinds::registry::title::{Official, Parts};
use crate::kinds::{Hit, Kind, Sink, Wake};
use crate::names::named;
use crate::order::sort_by;
use crate::span::Span;

named! {
    /// What can be wrong with a title.
    enum Fault {
        /// It is a title of the list but for a letter or two.
        Misquoted = "misquoted",
        /// It does not hold yet.
        NotYet = "not-yet",
        /// It holds no more.
        Expired = "expired",
    }
}

/// Official titles, and which faults this rule reports.
#[derive(Clone, Debug)]
pub(crate) struct Registry {
    names: Vec<Name>,
    /// The cores of titles that there are, sorted, each with the number of its name; none where it is known besides the
    /// list.
    by_core: Vec<(Vec<char>, Option<usize>)>,
    near: Near,
    faults: Vec<Fault>,
    guard: Guard,
}

/// A title and the days on which it holds.
#[derive(Clone, Debug)]
struct Name {
    official: Official,
    from: Option<Date>,
    to: Option<Date>,
    note: String,
}

/// A title in 《》 or 〈〉, in the folded view of the draft.
struct Quoted {
    /// With the marks.
    whole: Span,
    /// Where its core stands.
    core: Span,
    parts: Parts,
}

impl Kind for Registry {
    const NAME: &'static str = "registry";
    const PLACEHOLDERS: &'static [&'static str] = &["exact", "date", "note"];

    fn read(entry: &mut Entry<'_>) -> Option<Registry> {
        let guard = Guard::read(entry, Folding::FULL, &Context::NO_WORDS);
        let faults = entry.names("faults", "fault").unwrap_or_else(|| Fault::ALL.to_vec());
        let mut registry =
            Registry { names: Vec::new(), by_core: Vec::new(), near: Near::default(), faults, guard };
        registry.add(entry);
        if registry.names.is_empty() {
            entry.problem(ProblemKind::MissingField("names_file"));
            return None;
        }
        Some(registry)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.guard.extend(entry);
        self.add(entry);
    }

    fn rows(&self) -> usize {
        self.names.len()
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        for (n, mark) in ["《", "〈"].iter().enumerate() {
            wake.on(mark, n);
        }
    }

    fn at_block(&self, hits: &[Hit], block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let guarded = self.guard.at(block);
        for hit in hits {
            let Some(quoted) = Quoted::at(hit.span, self.near.longest(), draft.folded()) else {
                continue;
            };
            let Some((fault, name, day)) = self.fault(&quoted.parts, draft.as_of()) else { continue };
            let name = &self.names[name];
            let core = draft.original(quoted.core);
            let flagged = if fault == Fault::Misquoted { core } else { draft.original(quoted.whole) };
            if self.faults.contains(&fault)
                && let Some(candidate) = guarded.object((quoted.whole, flagged), draft, out)
            {
                candidate
                    .value("exact", name.official.text.as_str())
                    .value("date", day.map_or_else(String::new, in_chinese))
                    .value("note", name.note.as_str());
                if fault == Fault::Misquoted {
                    candidate.fix(Fix::replace(core, &name.official.written_core, Safety::Ask));
                }
            }
        }
    }
}

impl Registry {
    fn add(&mut self, entry: &mut Entry<'_>) {
        let rows = entry.table("names_file");
        if !entry.is_proven() {
            let title = |row: &Located<Vec<String>>| Located {
                value: row.value[0].clone(),
                place: row.place.clone(),
            };
            let titles: Vec<Located<String>> = rows.iter().map(title).collect();
            refuse_twins(entry, &titles, Folding::FULL);
            for title in &titles {
                refuse_line_break(entry, title);
            }
        }
        let known_before = self.names.len();
        self.names.extend(rows.iter().filter_map(|row| Name::read(row, entry)));
        let cores = || self.names[known_before..].iter().map(|name| &name.official.parts.core);
        self.near.add(cores().map(Vec::as_slice));
        self.by_core.extend(cores().cloned().zip((known_before..).map(Some)));
        let listed = entry.table("known_file").into_iter().map(|mut row| row.value.swap_remove(0));
        for known in entry.words("known").into_iter().chain(listed) {
            self.by_core.push((Parts::of(fold(&known, Folding::FULL).text()).core, None));
        }
        sort_by(&mut self.by_core, Ord::cmp);
    }

    /// What is wrong with a title on that day, which name it is or should be, and the day that matters.
    fn fault(&self, parts: &Parts, as_of: Date) -> Option<(Fault, usize, Option<Date>)> {
        let from = self.by_core.partition_point(|(core, _)| *core < parts.core);
        let same = self.by_core[from..].iter().take_while(|(core, _)| *core == parts.core);
        if same.clone().next().is_some() {
            let mut names = same.filter_map(|(_, name)| *name);
            let name = names.find(|name| self.names[*name].official.parts.edition == parts.edition)?;
            let Name { from, to, .. } = self.names[name];
            return match (from, to) {
                (_, Some(to)) if to <= as_of => Some((Fault::Expired, name, Some(to))),
                (Some(from), _) if as_of < from => Some((Fault::NotYet, name, Some(from))),
                _ => None,
            };
        }
        if !self.faults.contains(&Fault::Misquoted) {
            return None;
        }
        let shortest = if parts.of_state { SHORTEST_OF_STATE } else { SHORTEST };
        Some((Fault::Misquoted, self.near.nearest(&parts.core, shortest)?, None))
    }
}

impl Name {
    fn read(row: &Located<Vec<String>>, entry: &mut Entry<'_>) -> Option<Name> {
        let mut refuse = |message: String| entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
        let [title, from, to, note] = row.value.as_slice() else {
            refuse("expected title, from, to and note".to_owned());
            return None;
        };
        let mut date = |cell: &str| match cell {
            "" => None,
            text => text.parse::<Date>().map_err(&mut refuse).ok(),
        };
        let (from, to) = (date(from), date(to));
        if let (Some(from), Some(to)) = (from, to)
            && to <= from
        {
            refuse(format!(
                "from {from} to {to}: the second is the first day no longer and comes after the first"
            ));
        }
        let official = Official::new(title);
        if official.parts.core.len() < 2 {
            refuse(format!("`{title}` is too short to be a title"));
            return None;
        }
        Some(Name { official, from, to, note: note.clone() })
    }
}

impl Quoted {
    /// The title that opens with the mark at `open`, holds no other title and closes in the same line.
    fn at(open: Span, longest: usize, text: &str) -> Option<Quoted> {
        // What issuer, edition and marks may add to the letters of a title.
        const BESIDES: usize = 60;
        let inner = &text[open.end..];
        let mut marks = inner.char_indices().take(longest + BESIDES);
        let (len, mark) = marks.find(|(_, c)| matches!(c, '《' | '》' | '〈' | '〉' | '\n' | '\r'))?;
        let matching = if text[open].starts_with('《') { '》' } else { '〉' };
        if mark != matching {
            return None;
        }
        let parts = Parts::of(&inner[..len]);
        if parts.core.is_empty() || parts.core.len() > longest + 2 {
            return None;
        }
        let core = Span::new(open.end + parts.span.start, open.end + parts.span.end);
        Some(Quoted { whole: Span::new(open.start, open.end + len + mark.len_utf8()), core, parts })
    }
}

/// The day as Chinese prose has it: 2021年1月1日.
fn in_chinese(date: Date) -> String {
    let text = date.to_string();
    let part = |from: usize, to: usize| text[from..to].trim_start_matches('0');
    format!("{}年{}月{}日", part(0, 4), part(5, 7), part(8, 10))
}

#[cfg(test)]
mod tests {
    use crate::finding::Safety;
    use crate::reviewer::Reviewer;
    use crate::ruleset::Ruleset;

    const NAMES: &str = "“健康中国2030”规划纲要\t2016-10-25\t\t中共中央、国务院印发\n\
        中共中央关于进一步全面深化改革、推进中国式现代化的决定\t\t\t二十届三中全会通过\n\
        中华人民共和国妇女权益保障法\t\t\t\n\
        中国共产党纪律处分条例\t\t\t中共中央印发\n\
        乡村振兴战略规划（2018—2022年）\t2018-09-26\t2023-01-01\t中共中央、国务院印发\n\
        法治政府建设实施纲要（2015—2020年）\t\t2021-01-01\t\n\
        法治政府建设实施纲要（2021—2025年）\t2021-08-11\t2026-01-01\t\n";

    fn rule(fields: &str) -> String {
        format!(
            "[[rule]]\nid = \"political/tested\"\nkind = \"registry\"\nseverity = \"error\"\nwhy = \"w\"\n\
             source = \"s\"\nmessage = \"{{exact}}|{{date}}|{{note}}\"\nbad = [\"b\"]\ngood = [\"g\"]\n\
             names_file = \"names.tsv\"\n{fields}\n"
        )
    }

    fn reviewer(fields: &str) -> Reviewer {
        let files =
            [("test.toml", &*rule(fields)), ("names.tsv", NAMES), ("known.tsv", "妇女权益保护法\t1999\n")];
        Reviewer::new(Ruleset::parse_files(&files).unwrap()).unwrap().as_of("2026-11-23".parse().unwrap())
    }

    fn flagged(fields: &str, draft: &str) -> Vec<String> {
        let report = reviewer(fields).review(draft);
        report.findings().iter().map(|finding| draft[finding.span].to_owned()).collect()
    }

    #[test]
    fn misquoted() {
        for (draft, expected) in [
            ("学习《中国共产党纪律处份条例》。", vec!["中国共产党纪律处份条例"]),
            ("学习《中國共產黨紀律處份條例》。", vec!["中國共產黨紀律處份條例"]),
            ("学习《 中国共产党记律处分条例（2023年修订） 》。", vec!["中国共产党记律处分条例"]),
            ("《关于印发〈中国共产党纪律处份条例〉的通知》", vec!["中国共产党纪律处份条例"]),
            ("《妇女权益保护法》", vec!["妇女权益保护法"]),
            ("《中华人民共和国妇女权益保护法》", vec!["妇女权益保护法"]),
            ("《中共中央关于进一步全面深化改革 推进中国式现代化的决定》", vec![]),
            (
                "《关于进一步全面深化改革、推进中国现代化的决定》",
                vec!["关于进一步全面深化改革、推进中国现代化的决定"],
            ),
            ("《健康中国2030规划刚要》", vec!["健康中国2030规划刚要"]),
            ("《健康中国2035规划纲要》", vec![]),
            ("《法治政府建设实施纲要（2012—2019年）》", vec![]),
            ("学习中国共产党纪律处份条例。", vec![]),
            ("《中国共产党纪律处份条例", vec![]),
            ("《中国共产党纪律处份\n条例》", vec![]),
            ("《》《《》》〈》", vec![]),
        ] {
            assert_eq!(flagged("faults = [\"misquoted\"]", draft), expected, "{draft}");
        }
    }

    #[test]
    fn titles_known_besides() {
        for fields in [
            "known = [\"妇女权益保护法\"]",
            "known_file = \"known.tsv\"",
            "unless = [\"《妇女权益保护法》\"]",
        ] {
            assert_eq!(flagged(fields, "《妇女权益保护法》"), [""; 0], "{fields}");
        }
    }

    #[test]
    fn days() {
        for (fault, day, draft, expected) in [
            (
                "expired",
                "2023-01-01",
                "《乡村振兴战略规划（2018-2022年）》",
                vec!["《乡村振兴战略规划（2018-2022年）》"],
            ),
            ("expired", "2022-12-31", "《乡村振兴战略规划（2018—2022年）》", vec![]),
            ("expired", "2026-11-23", "《乡村振兴战略规划》", vec![]),
            ("expired", "2025-11-23", "《法治政府建设实施纲要（2021—2025年）》", vec![]),
            (
                "not-yet",
                "2018-09-25",
                "《乡村振兴战略规划（2018—2022年）》",
                vec!["《乡村振兴战略规划（2018—2022年）》"],
            ),
            ("not-yet", "2018-09-26", "《乡村振兴战略规划（2018—2022年）》", vec![]),
        ] {
            let reviewer = reviewer(&format!("faults = [\"{fault}\"]")).as_of(day.parse().unwrap());
            let report = reviewer.review(draft);
            let found: Vec<&str> = report.findings().iter().map(|finding| &draft[finding.span]).collect();
            assert_eq!(found, expected, "{draft} on {day}");
        }
    }

    #[test]
    fn what_is_said_and_put_instead() {
        for (draft, message, fixed) in [
            (
                "《中国共产党记律处分条例（2023年修订）》",
                "中国共产党纪律处分条例||中共中央印发",
                "《中国共产党纪律处分条例（2023年修订）》",
            ),
            (
                "《关于进一步全面深化改革推进中国现代化的决定》",
                "中共中央关于进一步全面深化改革、推进中国式现代化的决定||二十届三中全会通过",
                "《关于进一步全面深化改革、推进中国式现代化的决定》",
            ),
            (
                "《乡村振兴战略规划（2018—2022年）》",
                "乡村振兴战略规划（2018—2022年）|2023年1月1日|中共中央、国务院印发",
                "《乡村振兴战略规划（2018—2022年）》",
            ),
        ] {
            let report = reviewer("").review(draft);
            assert_eq!(report.findings()[0].message, message, "{draft}");
            assert_eq!(report.fixed(draft, Safety::Ask), fixed, "{draft}");
        }
    }

    #[test]
    fn what_cannot_be_meant() {
        for (names, expected) in [
            ("某办法", "expected title, from, to and note"),
            ("某办法\t2020-13-01\t\t", "`2020-13-01` is no date, expected YYYY-MM-DD"),
            (
                "某办法\t2020-01-02\t2020-01-02\t",
                "from 2020-01-02 to 2020-01-02: the second is the first day no longer and comes after the first",
            ),
            ("法\t\t\t", "`法` is too short to be a title"),
            ("某办法\t\t\t\n某办法\t\t\t", "`某办法` stands twice in the list (after folding)"),
        ] {
            let files = [("test.toml", &*rule("")), ("names.tsv", names)];
            let error = Ruleset::parse_files(&files).unwrap_err();
            let found: Vec<String> =
                error.problems().iter().map(|problem| problem.kind.to_string()).collect();
            assert!(found.contains(&expected.to_owned()), "{names}: {found:?}");
        }
    }
}
