//! `citation`: the 《title》 of a law that does not hold on the day of the review.

use crate::date::Date;
use crate::draft::Draft;
use crate::draft::fold::Folding;
use crate::draft::mask::Context;
use crate::entry::{Entry, Located};
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::guard::{Guard, refuse_line_break, refuse_twins};
use crate::kinds::{Hit, Kind, Sink, Wake};
use crate::names::named;
use crate::span::Span;

named! {
    /// What can be wrong with a cited law.
    enum Fault {
        /// It is repealed.
        Repealed = "repealed",
        /// It goes by another name.
        Renamed = "renamed",
        /// It does not hold yet.
        NotYetInForce = "not-yet-in-force",
    }
}

/// What the official title of a law of the People's Congress opens with and a citation may leave out.
const STATE: &str = "中华人民共和国";

/// Laws with the days from and until which they hold, and which faults this rule reports.
#[derive(Clone, Debug)]
pub(crate) struct Citation {
    laws: Vec<Law>,
    faults: Vec<Fault>,
    /// Whether a day from before the repeal, in the same sentence or at the head of the draft, makes it history.
    unless_dated: bool,
    guard: Guard,
}

/// A law and the days on which its standing changes.
#[derive(Clone, Debug)]
struct Law {
    /// Its title, without the name of the state.
    title: String,
    in_force: Option<Date>,
    repealed: Option<Date>,
    successors: Vec<String>,
    renamed: bool,
    evidence: String,
}

/// A citation in the folded view of the draft: 《中华人民共和国X法（2018年修正）》.
#[derive(Clone, Copy, Debug)]
struct Cited {
    /// From 《 to 》.
    whole: Span,
    /// The title without the name of the state, with the edition.
    title: Span,
}

impl Kind for Citation {
    const NAME: &'static str = "citation";
    const PLACEHOLDERS: &'static [&'static str] = &["title", "successor", "date", "evidence"];

    fn read(entry: &mut Entry<'_>) -> Option<Citation> {
        let guard = Guard::read(entry, Folding::FULL, &Context::NO_WORDS);
        let faults = entry.names("faults", "fault").unwrap_or_else(|| Fault::ALL.to_vec());
        let unless_dated = entry.flag("unless_dated");
        let mut citation = Citation { laws: Vec::new(), faults, unless_dated, guard };
        citation.add(entry);
        if citation.laws.is_empty() {
            entry.problem(ProblemKind::MissingField("laws_file"));
            return None;
        }
        Some(citation)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.guard.extend(entry);
        self.add(entry);
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        for (n, law) in self.laws.iter().enumerate() {
            wake.on(&law.title, n);
        }
        self.guard.wake(wake);
    }

    fn at_block(&self, hits: &[Hit], block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let (guarded, hits) = self.guard.at(hits);
        for hit in hits {
            let law = &self.laws[hit.tag as usize];
            if let Some((fault, since)) = law.fault(draft.as_of())
                && self.faults.contains(&fault)
                && let Some(cited) = Cited::at(hit.span, draft)
                && !(self.unless_dated
                    && fault != Fault::NotYetInForce
                    && is_history(since, cited.whole, draft))
                && let Some(candidate) =
                    guarded.object((cited.whole, draft.original(cited.whole)), block, draft, out)
            {
                candidate
                    .value("title", law.title.as_str())
                    .value("successor", law.successor())
                    .value("date", in_chinese(since))
                    .value("evidence", law.evidence.as_str());
                if fault != Fault::NotYetInForce {
                    for successor in &law.successors {
                        candidate.fix(Fix::replace(draft.original(cited.title), successor, Safety::Ask));
                    }
                }
            }
        }
    }
}

impl Citation {
    fn add(&mut self, entry: &mut Entry<'_>) {
        let rows = entry.table("laws_file");
        let titles: Vec<Located<String>> = rows
            .iter()
            .map(|row| Located { value: row.value[0].clone(), place: row.place.clone() })
            .collect();
        refuse_twins(entry, &titles, Folding::FULL);
        for (title, row) in titles.iter().zip(&rows) {
            refuse_line_break(entry, title);
            if let Some(law) = Law::read(row, entry) {
                self.laws.push(law);
            }
        }
    }
}

impl Law {
    fn read(row: &Located<Vec<String>>, entry: &mut Entry<'_>) -> Option<Law> {
        let [title, in_force, repealed, successors, evidence, rest @ ..] = row.value.as_slice() else {
            let message = "expected title, in force from, repealed from, successor and evidence".to_owned();
            entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
            return None;
        };
        let renamed = match rest {
            [] => false,
            [mark] if mark.is_empty() || mark == Fault::Renamed.name() => !mark.is_empty(),
            _ => {
                let message = "expected at most a sixth column that is empty or `renamed`".to_owned();
                entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
                return None;
            }
        };
        let mut date = |cell: &String| match cell.parse() {
            Ok(date) => Some(date),
            Err(_) if cell.is_empty() => None,
            Err(message) => {
                entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
                None
            }
        };
        let (in_force, repealed) = (date(in_force), date(repealed));
        if title.starts_with(STATE) {
            let message = format!("`{title}`: leave out the leading {STATE}");
            entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
        }
        let bare = |title: &str| title.strip_prefix(STATE).unwrap_or(title).to_owned();
        Some(Law {
            title: title.clone(),
            in_force,
            repealed,
            successors: successors.split('|').filter(|title| !title.is_empty()).map(bare).collect(),
            renamed,
            evidence: evidence.clone(),
        })
    }

    /// What is wrong with citing it on that day, and since or until when.
    fn fault(&self, as_of: Date) -> Option<(Fault, Date)> {
        if let Some(day) = self.repealed.filter(|day| *day <= as_of) {
            return Some((if self.renamed { Fault::Renamed } else { Fault::Repealed }, day));
        }
        self.in_force.filter(|day| as_of < *day).map(|day| (Fault::NotYetInForce, day))
    }

    /// What takes its place, with title marks.
    fn successor(&self) -> String {
        if self.successors.is_empty() {
            return "无".to_owned();
        }
        format!("《{}》", self.successors.join("》《"))
    }
}

impl Cited {
    /// The citation of which the words at `hit` are the whole title, and which stands in no other title.
    fn at(hit: Span, draft: &Draft<'_>) -> Option<Cited> {
        let text = draft.folded();
        let before = &text[..hit.start];
        let open = before.strip_suffix(STATE).unwrap_or(before).strip_suffix('《')?.len();
        let edition = edition(&text[hit.end..]);
        let close = hit.end + edition;
        if !text[close..].starts_with('》') {
            return None;
        }
        let cited =
            Cited { whole: Span::new(open, close + '》'.len_utf8()), title: Span::new(hit.start, close) };
        draft.context(Context::Title).binary_search(&draft.original(cited.whole)).is_ok().then_some(cited)
    }
}

/// The length of the edition that `text` opens with: (修订), (2018年修正).
fn edition(text: &str) -> usize {
    const LONGEST: usize = 40;
    const NAMES: [&str; 9] =
        ["修订", "修正", "修改", "修订版", "修正版", "修改版", "修订本", "修正本", "年版"];
    let inside = |rest: &str| {
        let (inner, _) = rest[..rest.floor_char_boundary(LONGEST)].split_once(')')?;
        let is_year = |c: char| c.is_ascii_digit() || c == '年';
        let names_edition = NAMES.iter().any(|name| inner.ends_with(name));
        (names_edition || (!inner.is_empty() && inner.chars().all(is_year))).then_some(inner.len())
    };
    text.strip_prefix('(').and_then(inside).map_or(0, |len| len + "()".len())
}

/// Whether `cited` is history: its sentence, or the head of the draft, is of a day before `day`.
fn is_history(day: Date, cited: Span, draft: &Draft<'_>) -> bool {
    names_year_before(day, cited, draft.folded()) || head_date(draft).is_some_and(|own| own < day)
}

/// Whether the sentence around `cited` speaks of a year before that of `day`.
fn names_year_before(day: Date, cited: Span, text: &str) -> bool {
    const REACH: usize = 150;
    const ENDS: [char; 5] = ['。', '!', '?', ';', '\n'];
    const FIRST: u16 = 1949;
    let from = text.ceil_char_boundary(cited.start.saturating_sub(REACH));
    let to = text.floor_char_boundary((cited.end + REACH).min(text.len()));
    let before = text[from..cited.start].rsplit(ENDS).next().unwrap_or_default();
    let after = text[cited.end..to].split(ENDS).next().unwrap_or_default();
    [before, after].into_iter().flat_map(years).any(|(year, _)| (FIRST..day.year()).contains(&year))
}

/// The latest day that the short lines at the head of the draft name: when what it reproduces was passed,
/// published or amended.
fn head_date(draft: &Draft<'_>) -> Option<Date> {
    const LINES: usize = 12;
    const LONGEST: usize = 200;
    let lines = draft.blocks().iter().take(LINES).map(|block| &draft.folded()[draft.folded_span(block.span)]);
    let days = lines.filter(|line| line.len() <= LONGEST).flat_map(years).filter_map(|(year, rest)| {
        let (month, rest) = rest.split_once('月')?;
        let (date, _) = rest.split_once('日')?;
        Date::new(year, month.parse().ok()?, date.parse().ok()?)
    });
    days.max()
}

/// The years that `text` names in digits, each with what follows 年.
fn years(text: &str) -> impl Iterator<Item = (u16, &str)> {
    text.match_indices('年').filter_map(|(at, sign)| {
        let from = at.checked_sub(4)?;
        let digits = text.get(from..at)?;
        let longer = text[..from].ends_with(|c: char| c.is_ascii_digit());
        let year = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
        (!longer).then_some((year, &text[at + sign.len()..]))
    })
}

/// The day as Chinese prose has it: 2021年1月1日.
fn in_chinese(date: Date) -> String {
    let text = date.to_string();
    let part = |from: usize, to: usize| text[from..to].trim_start_matches('0');
    format!("{}年{}月{}日", part(0, 4), part(5, 7), part(8, 10))
}

#[cfg(test)]
mod tests {
    use crate::reviewer::Reviewer;
    use crate::ruleset::Ruleset;
    use crate::testing::{flagged_with, messages};

    const LAWS: &str = "不动产登记法\t\t\t\t\n\
        合同法\t1999-10-01\t2021-01-01\t中华人民共和国民法典\t《民法典》第一千二百六十条\n\
        学位条例\t1981-01-01\t2025-01-01\t学位法\t《学位法》第四十五条\n\
        执业医师法\t1999-05-01\t2022-03-01\t医师法\t《医师法》第六十七条\trenamed\n\
        未来法\t2999-01-01\t\t\t\n\
        民事诉讼法(试行)\t1982-10-01\t1991-04-09\t民事诉讼法\t原文\n\
        缓刑办法\t\t2000-02-03\t\t原文\n";

    fn flagged(fields: &str, draft: &str) -> Vec<String> {
        let fields = format!("laws_file = \"laws.tsv\"\n{fields}");
        flagged_with("citation", &fields, &[("laws.tsv", LAWS)], draft)
    }

    #[test]
    fn whole_titles_only() {
        for (draft, expected) in [
            ("依据《合同法》制定。", vec!["《合同法》"]),
            ("依据《中华人民共和国合同法》制定。", vec!["《中华人民共和国合同法》"]),
            ("依据《合同法（2018年修正）》制定。", vec!["《合同法（2018年修正）》"]),
            ("依据《合同法(1999)》制定。", vec!["《合同法(1999)》"]),
            ("依据《中華人民共和國合同法》制定。", vec!["《中華人民共和國合同法》"]),
            ("依据合同法制定。", vec![]),
            ("依据《劳动合同法》制定。", vec![]),
            ("依据《合同法司法解释》制定。", vec![]),
            ("依据《合同法（草案）》制定。", vec![]),
            ("依据《关于废止〈合同法〉的决定》制定。", vec![]),
            ("依据《关于废止《合同法》的决定》制定。", vec![]),
            ("依据《合同法", vec![]),
            ("依据《民事诉讼法》制定。", vec![]),
            ("依据《民事诉讼法（试行）》制定。", vec!["《民事诉讼法（试行）》"]),
            ("《合同法》《学位条例》", vec!["《合同法》", "《学位条例》"]),
        ] {
            assert_eq!(flagged("faults = [\"repealed\"]", draft), expected, "{draft}");
        }
    }

    #[test]
    fn faults() {
        for (fault, expected) in [
            ("repealed", vec!["《合同法》"]),
            ("renamed", vec!["《执业医师法》"]),
            ("not-yet-in-force", vec!["《未来法》"]),
        ] {
            let draft = "《合同法》和《执业医师法》和《未来法》和《不动产登记法》";
            assert_eq!(on("2026-11-23", &format!("faults = [\"{fault}\"]"), draft), expected);
        }
    }

    #[test]
    fn by_the_day() {
        for (day, expected) in
            [("2020-12-31", vec![]), ("2021-01-01", vec!["《合同法》"]), ("1999-09-30", vec!["《合同法》"])]
        {
            assert_eq!(on(day, "", "依据《合同法》制定。"), expected, "{day}");
        }
    }

    #[test]
    fn history_is_excused() {
        let guards =
            "not_after = [\"原\"]\nnot_near = [\"废止\"]\nwithin = \"sentence\"\nunless_dated = true";
        for (draft, expected) in [
            ("原《合同法》规定", vec![]),
            ("《合同法》同时废止。", vec![]),
            ("根据2018年3月施行的《合同法》", vec![]),
            ("《合同法》（1999年）", vec![]),
            ("根据2023年的办法和《合同法》", vec!["《合同法》"]),
            ("2018年的事。根据《合同法》", vec!["《合同法》"]),
            ("编号12018年和《合同法》", vec!["《合同法》"]),
            ("某办法\n2018年3月1日公布\n第一条　根据《合同法》", vec![]),
            ("某办法\n2018年3月1日公布，2022年2月1日修订\n第一条　根据《合同法》", vec!["《合同法》"]),
            ("某办法\n2018年3月公布\n第一条　根据《合同法》", vec!["《合同法》"]),
        ] {
            assert_eq!(flagged(guards, draft), expected, "{draft}");
        }
    }

    #[test]
    fn what_is_said_and_put_instead() {
        let fields = "laws_file = \"laws.tsv\"\nfaults = [\"repealed\"]\n\
            message = \"{title}|{successor}|{date}|{evidence}\"";
        assert_eq!(
            messages(
                "citation",
                fields,
                &[("laws.tsv", LAWS)],
                "《中华人民共和国合同法（修订）》《缓刑办法》"
            ),
            ["合同法|《民法典》|2021年1月1日|《民法典》第一千二百六十条", "缓刑办法|无|2000年2月3日|原文"]
        );
        let report = reviewer("2026-11-23", "").review("《中华人民共和国合同法（修订）》");
        assert_eq!(
            report.fixed("《中华人民共和国合同法（修订）》", crate::finding::Safety::Ask),
            "《中华人民共和国民法典》"
        );
    }

    #[test]
    fn what_cannot_be_meant() {
        for (laws, expected) in [
            ("合同法\t2020-13-01\t\t\t", "`2020-13-01` is no date, expected YYYY-MM-DD"),
            ("合同法\t", "expected title, in force from, repealed from, successor and evidence"),
            ("中华人民共和国合同法\t\t\t\t", "`中华人民共和国合同法`: leave out the leading 中华人民共和国"),
            ("合同法\t\t\t\t\tx", "expected at most a sixth column that is empty or `renamed`"),
            ("合同法\t\t\t\t\n合同法\t\t\t\t", "`合同法` stands twice in the list (after folding)"),
        ] {
            let error = Ruleset::parse_files(&[("test.toml", &rule("")), ("laws.tsv", laws)]).unwrap_err();
            let found: Vec<String> =
                error.problems().iter().map(|problem| problem.kind.to_string()).collect();
            assert!(found.contains(&expected.to_owned()), "{laws}: {found:?}");
        }
    }

    fn rule(fields: &str) -> String {
        format!(
            "[[rule]]\nid = \"legal/tested\"\nkind = \"citation\"\nseverity = \"error\"\nmessage = \"m\"\nwhy = \"w\"\n\
             source = \"s\"\nbad = [\"b\"]\ngood = [\"g\"]\nlaws_file = \"laws.tsv\"\n{fields}\n"
        )
    }

    fn reviewer(day: &str, fields: &str) -> Reviewer {
        let rules = Ruleset::parse_files(&[("test.toml", &rule(fields)), ("laws.tsv", LAWS)]).unwrap();
        Reviewer::new(rules).unwrap().as_of(day.parse().unwrap())
    }

    fn on(day: &str, fields: &str, draft: &str) -> Vec<String> {
        reviewer(day, fields)
            .review(draft)
            .findings()
            .iter()
            .map(|finding| draft[finding.span].to_owned())
            .collect()
    }
}
