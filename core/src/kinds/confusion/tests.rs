//! Figures of a made-up text in which 制度 and 度量 stand often, and what they tell.

use std::fmt::Write as _;

use crate::ruleset::Ruleset;
use crate::testing::{messages, problems};

/// 完 善 制 度 建 have the numbers 1 to 5; the pairs are 完善, 善制, 制度, 度建; weights of no feature but the base.
fn files() -> Vec<(&'static str, String)> {
    let zeros = |len: usize| vec!["0"; len].join(" ");
    let weights: Vec<String> = super::figures::FEATURES
        .iter()
        .map(|(name, size)| format!("weights\t{name}\t{}", zeros(*size)))
        .collect();
    let numbers = [1 << 12 | 2, 2 << 12 | 3, 3 << 12 | 4, 4 << 12 | 5];
    let figures = [
        "letters\t\t\t\t\t\t\t完善制度建".to_owned(),
        packed("pairs", &numbers),
        packed("triples", &[key("善制度")]),
        "unfit\t是".to_owned(),
        "weights\tbase\t100".to_owned(),
        weights.join("\n"),
        "wrong-free\t的".to_owned(),
    ];
    vec![
        ("figures.tsv", figures.join("\n")),
        ("lexicon.tsv", "a\t完善 制度 建设\t\t\t\t\t\t".to_owned()),
        ("sounds.tsv", "de\t的\nzhi\t制治智是".to_owned()),
        ("shapes.tsv", "刂\t制刷".to_owned()),
    ]
}

/// The hash by which three characters are counted.
fn key(text: &str) -> u32 {
    let key = text.chars().fold(0_u64, |key, char| key << 15 | u64::from(char as u32 - 0x4e00));
    u32::try_from(key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40).unwrap()
}

/// Numbers with the level 1, as the script packs them.
fn packed(name: &str, numbers: &[u32]) -> String {
    leveled(name, numbers, "0")
}

/// The same with the level 3.
fn often(name: &str, numbers: &[u32]) -> String {
    leveled(name, numbers, "110")
}

fn leveled(name: &str, numbers: &[u32], level: &str) -> String {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    let mut bits = String::new();
    let mut last = 0;
    for number in &numbers {
        let distance = number - last;
        last = *number;
        bits += &"1".repeat((distance >> 12) as usize);
        write!(bits, "0{:012b}{level}", distance & 0xfff).unwrap();
    }
    while !bits.len().is_multiple_of(24) {
        bits.push('0');
    }
    let digits: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
    let sextet = |at: usize| digits[usize::from_str_radix(&bits[at..at + 6], 2).unwrap()];
    let text: String = (0..bits.len()).step_by(6).map(sextet).collect();
    format!("{name}\t{}\t12\n{name}\t{text}", numbers.len())
}

const RULE: &str = "figures_file = \"figures.tsv\"\nlexicon_file = \"lexicon.tsv\"\nsounds_file = \"sounds.tsv\"\nshapes_file = \"shapes.tsv\"\nmessage = \"{found}→{right}\"";

fn found(fields: &str, draft: &str) -> Vec<String> {
    let files = files();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    messages("confusion", &format!("{RULE}\n{fields}"), &files, draft)
}

#[test]
fn a_like_character_that_fits() {
    for (draft, expected) in [
        ("完善治度建设", vec!["治度→制度"]),
        ("完善刷度建设", vec!["刷度→制度"]),
        ("完善制度建设", vec![]),
        // Not alike; never the wrong one; no triple that was counted.
        ("完善花度建设", vec![]),
        ("完善的度建设", vec![]),
        ("花善，治度建设", vec![]),
        ("治", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(found("least = 100", draft), expected, "{draft}");
    }
}

#[test]
fn what_is_not_sure_enough_or_right() {
    assert_eq!(found("least = 101", "完善治度建设"), [""; 0]);
    assert_eq!(found("least = 100\nunless = [\"善治\"]", "完善治度建设"), [""; 0]);
    assert_eq!(found("least = 100", "完善治 度建设"), [""; 0]);
    assert_eq!(found("least = 100", "<!-- 完善治度建设 -->"), [""; 0]);
}

#[test]
fn what_cannot_be_meant() {
    for (fields, expected) in [
        ("", "missing field `figures_file`"),
        ("figures_file = \"none.tsv\"", "missing field `lexicon_file`"),
        ("figures_file = \"none.tsv\"\nlexicon_file = \"none.tsv\"", "no file `none.tsv` beside this one"),
    ] {
        let problems = problems("confusion", fields);
        assert!(problems.contains(&expected.to_owned()), "{problems:?}");
    }
    let mut files = files();
    files[0].1 = files[0].1.replace("weights\tbase\t100\n", "");
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let rule = format!(
        "[[rule]]\nid = \"wording/tested\"\nkind = \"confusion\"\nseverity = \"error\"\nwhy = \"why\"\n\
         source = \"source\"\nbad = [\"bad\"]\ngood = [\"good\"]\n{RULE}\nleast = 1\n"
    );
    let files = [&[("test.toml", rule.as_str())], files.as_slice()].concat();
    let error = Ruleset::parse_files(&files).unwrap_err();
    let messages: Vec<String> = error.problems().iter().map(|problem| problem.kind.to_string()).collect();
    assert_eq!(messages, ["no weights of the features there are"]);
}

/// 智 慧 城 市 指 挥 have the numbers 1 to 6; 智慧 and 城市 stand often; 智慧城 was counted.
fn words() -> Vec<(&'static str, String)> {
    let [mut figures, mut lexicon, mut sounds, shapes] = <[_; 4]>::try_from(files()).unwrap();
    figures.1 = [
        "letters\t\t\t\t\t\t\t智慧城市指挥".to_owned(),
        often("pairs", &[1 << 12 | 2, 3 << 12 | 4]),
        packed("triples", &[key("智慧城"), key("听指挥")]),
    ]
    .join("\n");
    lexicon.1 = "a\t智慧 指挥 城市\t\t\t\t\t\t".to_owned();
    sounds.1 = "hui\t慧挥\nzhi\t智指".to_owned();
    let zeros = |(name, size): &(&str, usize)| format!("weights\t{name}\t{}", vec!["0"; *size].join(" "));
    let weights: Vec<String> = super::words::FEATURES.iter().map(zeros).collect();
    let weights = ("weights.tsv", format!("weights\tbase\t100\n{}", weights.join("\n")));
    vec![figures, lexicon, sounds, shapes, weights]
}

#[test]
fn a_word_of_the_same_sound_that_fits() {
    let files = words();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let fields = "unit = \"word\"\nweights_file = \"weights.tsv\"\nleast = 100";
    for (more, draft, expected) in [
        ("", "建设指挥城市", vec!["指挥→智慧"]),
        ("", "建设智慧城市", vec![]),
        // Counted beside its neighbour; one that was not; no triple that was counted.
        ("", "听指挥城市", vec![]),
        ("", "指挥乡村", vec![]),
        ("", "指挥，城市", vec![]),
        ("unless = [\"指挥城\"]", "建设指挥城市", vec![]),
        ("unless = [\"挥城\"]", "建设指挥城市", vec!["指挥→智慧"]),
        ("outside = [\"quote\"]", "“指挥城市”", vec![]),
    ] {
        let rule = RULE.replace("shapes_file = \"shapes.tsv\"\n", "");
        let rule = format!("{rule}\n{fields}\n{more}");
        assert_eq!(messages("confusion", &rule, &files, draft), expected, "{draft}");
    }
}
