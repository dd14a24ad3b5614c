//! The literals that a regular expression requires: one of them stands in every match.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind};

use crate::draft::fold::{Folding, fold};

/// Literals one of which every match of `hir` holds once it is fully folded, or none where there are no telling ones.
pub(super) fn required(hir: &Hir) -> Option<Vec<String>> {
    let literals = Edges::of(hir).required?;
    literals.iter().all(|literal| is_telling(literal)).then(|| literals.into_iter().collect())
}

/// Whether a literal is rare enough to wake an expression: more than a letter, a blank or two digits.
fn is_telling(literal: &str) -> bool {
    let mut chars = literal.chars();
    match (chars.next(), chars.next()) {
        (None, _) => false,
        (Some(only), None) => !only.is_ascii_alphanumeric(),
        _ => literal.len() > 2 || !literal.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

type Set = BTreeSet<String>;

/// The most literals a sequence is told by, and the most characters of a class that is part of one.
pub(super) const MOST: usize = 240;
/// The most that copies of a few characters are told by.
const MOST_OF_COPIES: usize = 32;
/// The most a choice of sequences is told by.
const MOST_OF_CHOICE: usize = 400;
/// The most characters that are kept of a literal: its start or end wakes as well as the whole.
const LONGEST: usize = 32;

/// What the matches of a part of an expression are known by, all of it folded as the scan folds text.
#[derive(Clone, Debug, Default)]
struct Edges {
    /// All matches, where there are few.
    exact: Option<Set>,
    /// One of these starts every match.
    prefix: Option<Set>,
    /// One of these ends every match.
    suffix: Option<Set>,
    /// The best set of which every match holds one.
    required: Option<Set>,
}

impl Edges {
    fn of(hir: &Hir) -> Edges {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Edges::exactly(Set::from([String::new()])),
            HirKind::Literal(literal) => {
                std::str::from_utf8(&literal.0).map_or_else(|_| Edges::default(), Edges::literal)
            }
            HirKind::Class(Class::Unicode(class)) => {
                let count: usize = class.iter().map(ClassUnicodeRange::len).sum();
                let chars = class.iter().flat_map(|range| range.start()..=range.end());
                // Expressions run line by line: no match holds the end of one.
                let chars = chars.filter(|char| !matches!(char, '\n' | '\r'));
                if count > MOST {
                    Edges::default()
                } else {
                    Edges::exactly(chars.map(|char| folded(&char.to_string())).collect())
                }
            }
            HirKind::Class(Class::Bytes(_)) => Edges::default(),
            HirKind::Repetition(repetition) => {
                Edges::of(&repetition.sub).repeated(repetition.min, repetition.max)
            }
            HirKind::Capture(capture) => Edges::of(&capture.sub),
            HirKind::Concat(parts) => Edges::in_a_row(parts),
            HirKind::Alternation(branches) => {
                Edges::one_of(&branches.iter().map(Edges::of).collect::<Vec<_>>())
            }
        }
    }

    /// Matches that are just these.
    fn exactly(set: Set) -> Edges {
        Edges {
            exact: Some(set.clone()),
            prefix: Some(set.clone()),
            suffix: Some(set.clone()),
            required: Some(set),
        }
    }

    fn literal(text: &str) -> Edges {
        let text = folded(text);
        let count = text.chars().count();
        if count <= LONGEST {
            return Edges::exactly(Set::from([text]));
        }
        let head = Set::from([text.chars().take(LONGEST).collect()]);
        let tail = Set::from([text.chars().skip(count - LONGEST).collect()]);
        Edges { exact: None, prefix: Some(head.clone()), suffix: Some(tail), required: Some(head) }
    }

    fn repeated(self, min: u32, max: Option<u32>) -> Edges {
        let nothing = Set::from([String::new()]);
        // Blanks, which the scan passes over, are nothing however often they stand.
        if self.exact.as_ref() == Some(&nothing) {
            return self;
        }
        if min == 0 {
            let exact = self.exact.filter(|_| max == Some(1));
            return exact.map_or_else(Edges::default, |set| Edges::exactly(&set | &nothing));
        }
        let Some(once) = &self.exact else { return self };
        let mut least = once.clone();
        for copies in 2..=min {
            match product(&least, once).filter(|more| more.len() <= MOST_OF_COPIES) {
                Some(more) => least = more,
                None => {
                    return Edges {
                        exact: None,
                        required: Some(least.clone()),
                        prefix: Some(least.clone()),
                        suffix: Some(least),
                    };
                }
            }
            if copies == min && max == Some(min) {
                return Edges::exactly(least);
            }
        }
        let exact = (max == Some(min)).then(|| least.clone());
        Edges { exact, required: Some(least.clone()), prefix: Some(least.clone()), suffix: Some(least) }
    }

    /// One part after the other.
    fn in_a_row(parts: &[Hir]) -> Edges {
        let mut best = None;
        // What ends where the parts so far end, and what starts where they start.
        let (mut end, mut start) = (Some(Set::from([String::new()])), Set::from([String::new()]));
        let (mut is_exact, mut start_grows) = (true, true);
        for part in parts {
            let part = Edges::of(part);
            better(&mut best, part.required.as_ref());
            if start_grows {
                match part.prefix.as_ref().and_then(|prefix| product(&start, prefix)) {
                    Some(longer) => start = longer,
                    None => start_grows = false,
                }
                start_grows &= part.exact.is_some();
            }
            let joined = |next: &Set| end.as_ref().and_then(|end| product(end, next));
            if let Some(whole) = part.exact.as_ref().and_then(joined) {
                end = Some(whole);
                continue;
            }
            is_exact = false;
            better(&mut best, part.prefix.as_ref().and_then(joined).as_ref().or(end.as_ref()));
            end = part.suffix;
        }
        better(&mut best, end.as_ref());
        Edges {
            exact: end.clone().filter(|_| is_exact),
            prefix: Some(start),
            suffix: end,
            required: best.map(|(_, set)| set),
        }
    }

    fn one_of(branches: &[Edges]) -> Edges {
        let union = |part: fn(&Edges) -> Option<&Set>, most: usize| -> Option<Set> {
            let sets: Option<Vec<&Set>> = branches.iter().map(part).collect();
            let all: Set = sets?.into_iter().flatten().cloned().collect();
            (all.len() <= most).then_some(all)
        };
        Edges {
            exact: union(|edges| edges.exact.as_ref(), MOST),
            prefix: union(|edges| edges.prefix.as_ref(), MOST),
            suffix: union(|edges| edges.suffix.as_ref(), MOST),
            required: union(|edges| edges.required.as_ref(), MOST_OF_CHOICE),
        }
    }
}

fn folded(text: &str) -> String {
    fold(text, Folding::FULL).text().to_owned()
}

/// Every one of the first followed by every one of the second, unless that makes too many or too long ones.
fn product(first: &Set, second: &Set) -> Option<Set> {
    let longest = |set: &Set| set.iter().map(|text| text.chars().count()).max().unwrap_or(0);
    if first.len() * second.len() > MOST || longest(first) + longest(second) > LONGEST {
        return None;
    }
    Some(first.iter().flat_map(|head| second.iter().map(move |tail| format!("{head}{tail}"))).collect())
}

/// Puts `set` in the place of `best` where it tells more.
fn better(best: &mut Option<(Worth, Set)>, set: Option<&Set>) {
    if let Some(set) = set {
        let own = worth(set);
        if best.as_ref().is_none_or(|(worth, _)| *worth <= own) {
            *best = Some((own, set.clone()));
        }
    }
}

type Worth = (bool, Reverse<u64>);

/// How good a set is: telling at all, then rare.
fn worth(set: &Set) -> Worth {
    (set.iter().all(|literal| is_telling(literal)), Reverse(set.iter().map(|literal| rate(literal)).sum()))
}

/// About how often a literal stands in text, as a number that only compares.
fn rate(literal: &str) -> u64 {
    // Marks, digits and the characters that official texts are full of.
    const COMMON: &str = "的一是在有和人中国大发工会行作年月日为了及不以法第条市区省政务民部十二三四五六七八九上下地对展建业经理实\
        加全安员机企生公开管主动等级关于位单定应当,.:;、。()[]《》〈〉“”‘’-~/";
    let bits = |char: char| if char.is_ascii_digit() || COMMON.contains(char) { 6 } else { 11 };
    let is_common_word = || literal.len() > 3 && WORDS.binary_search(&literal).is_ok();
    // A digit leads on to what is counted, and hardly ever to a numeral in characters.
    let beside = |(one, other): (char, char)| match (one.is_ascii_digit(), other.is_ascii_digit()) {
        (true, false) if NUMERALS.contains(other) => 8,
        (true, false) if !COUNTED.contains(other) => 3,
        (false, true) if NUMERALS.contains(one) => 8,
        _ => 0,
    };
    let pairs = literal.chars().zip(literal.chars().skip(1));
    let bits = literal.chars().map(bits).sum::<u32>() + pairs.map(beside).sum::<u32>();
    let bits = if bits > 10 && is_common_word() { 10 } else { bits };
    1 << (RARE - bits.min(RARE))
}

/// What is rarer than this is rare enough: then fewer literals are worth more than longer ones.
const RARE: u32 = 24;
/// What digits stand before.
const COUNTED: &str = "年月日号时分条个名人次项万亿元%.";
/// Words that official texts are full of, sorted.
const WORDS: &[&str] = &[
    "不得",
    "严重",
    "个人",
    "中国",
    "中央",
    "主席",
    "主管",
    "产业",
    "产品",
    "人民政府",
    "人民法院",
    "今天",
    "代表",
    "企业",
    "会议",
    "使用",
    "依法",
    "保护",
    "保险",
    "全国",
    "公司",
    "其他",
    "决定",
    "制定",
    "单位",
    "发展",
    "合作",
    "国务院",
    "国家",
    "国际",
    "处理",
    "处罚",
    "委员",
    "委员会",
    "安全",
    "实施",
    "工作",
    "工程",
    "应当",
    "建设",
    "开展",
    "当事人",
    "情况",
    "执行",
    "技术",
    "投资",
    "报告",
    "提供",
    "支持",
    "政府",
    "政策",
    "教育",
    "文化",
    "有关",
    "服务",
    "机关",
    "机构",
    "标准",
    "根据",
    "案件",
    "法律",
    "法规",
    "法院",
    "生产",
    "申请",
    "监督",
    "第一",
    "第三",
    "第二",
    "第十",
    "管理",
    "经济",
    "经营",
    "行为",
    "行政",
    "表示",
    "规定",
    "许可",
    "负责",
    "责任",
    "进行",
    "通过",
    "部门",
    "重要",
    "问题",
    "需要",
    "项目",
];
const NUMERALS: &str = "一二三四五六七八九十百千零〇";

#[cfg(test)]
mod tests {
    use super::required;

    #[test]
    fn what_every_match_holds() {
        for (pattern, expected) in [
            ("国务院办公厅", Some(vec!["国务院办公厅"])),
            ("第[二三]+条", Some(vec!["三条", "二条"])),
            ("第[一-龥]+条", Some(vec!["条"])),
            ("第[一二]届", Some(vec!["第一届", "第二届"])),
            ("第[一二]+界", Some(vec!["一界", "二界"])),
            ("(?:密级|秘密)[:：]", Some(vec!["密级:", "秘密:"])),
            ("，{2,}|。。", Some(vec![",,", "。。"])),
            ("[12]+ ?[.．][ 　]*[34]+", Some(vec!["1.3", "1.4", "2.3", "2.4"])),
            ("[^0-9]密?级", Some(vec!["级"])),
            ("(?:国[一-龥]{2}|省的)(?:$|[，。])", Some(vec!["国", "省的"])),
            ("[绝机]密★", Some(vec!["机密★", "绝密★"])),
            ("[0-9]{4}", None),
            ("a?国", Some(vec!["国"])),
            ("(?:国)?", None),
            ("[^-]+-[^-]+", Some(vec!["-"])),
            ("\u{200b}", None),
            ("[一二]+、甲", Some(vec!["一、甲", "二、甲"])),
        ] {
            let hir = regex_syntax::parse(pattern).unwrap();
            let expected = expected.map(|set| set.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(required(&hir), expected, "{pattern}");
        }
    }
}
