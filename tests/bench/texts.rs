//! The texts that benchmarks run on: published ones where they are at hand, else generated ones, and lists of terms.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Documents that are reviewed one by one.
pub(crate) struct Text {
    pub(crate) name: &'static str,
    pub(crate) documents: Vec<String>,
}

impl Text {
    pub(crate) fn generated() -> Text {
        Text { name: "generated", documents: generated() }
    }

    /// Real texts, which are no part of the repository: the field `text` of every line of every `.jsonl` file in the
    /// folder that `BAGUAN_TEXTS` names, or in the one beside the repository. None where there is no such folder.
    pub(crate) fn published() -> Option<Text> {
        let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/eval/clean");
        let folder = std::env::var_os("BAGUAN_TEXTS").map_or_else(|| PathBuf::from(beside), PathBuf::from);
        let entries = std::fs::read_dir(folder).ok()?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let documents = paths.iter().flat_map(|path| documents(path)).collect();
        Some(Text { name: "published", documents })
    }

    /// The published texts, or else the generated ones.
    pub(crate) fn best() -> Text {
        Text::published().unwrap_or_else(Text::generated)
    }

    pub(crate) fn bytes(&self) -> usize {
        self.documents.iter().map(String::len).sum()
    }

    /// One draft of about `bytes` bytes, made of the documents in turn, again and again.
    pub(crate) fn draft(&self, bytes: usize) -> String {
        let mut draft = String::new();
        for document in self.documents.iter().cycle() {
            if draft.len() >= bytes {
                break;
            }
            draft.push_str(document);
            draft.push('\n');
        }
        draft.truncate(draft.floor_char_boundary(bytes));
        draft
    }
}

fn documents(path: &Path) -> Vec<String> {
    let lines = std::fs::read_to_string(path).expect("a readable file");
    let text = |line: &str| -> Option<String> {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(value["text"].as_str()?.to_owned())
    };
    lines.lines().filter_map(text).collect()
}

/// As many terms of two to six Han characters. One in twenty is taken from `text`; the others are made of its
/// characters.
pub(crate) fn terms(text: &str, count: usize) -> Vec<String> {
    let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let chars: Vec<char> = text.chars().take(1_000_000).collect();
    let known: Vec<char> =
        chars.iter().copied().filter(is_han).collect::<BTreeSet<_>>().into_iter().collect();
    let mut random = Random::new();
    let mut terms = BTreeSet::new();
    while terms.len() < count {
        let len = 2 + random.below(5);
        let term: String = if terms.len() % 20 == 0 {
            let at = random.below(chars.len() - len);
            chars[at..at + len.max(4).min(len + 2)].iter().collect()
        } else {
            (0..len).map(|_| known[random.below(known.len())]).collect()
        };
        if term.chars().all(|c| is_han(&c)) {
            terms.insert(term);
        }
    }
    terms.into_iter().collect()
}

/// A ruleset of one rule that looks for `terms`.
pub(crate) fn term_rule(terms: &[String]) -> String {
    format!(
        r#"
        [[rule]]
        id = "wording/term"
        kind = "term"
        severity = "hint"
        message = "「{{found}}」"
        why = "用语"
        source = "用语表"
        terms = [{}]
        bad = ["{}"]
        good = ["。"]
        "#,
        terms.iter().map(|term| format!("{term:?}")).collect::<Vec<_>>().join(", "),
        terms[0]
    )
}

/// splitmix64 from a fixed seed.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) const fn new() -> Random {
        Random { state: 0x9e37_79b9_7f4a_7c15 }
    }

    pub(crate) fn below(&mut self, below: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).expect("below a usize")
    }
}

/// Four megabytes of sentences made from a fixed seed: common characters, punctuation, some rule words.
pub(crate) fn generated() -> Vec<String> {
    const COMMON: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严";
    const WORDS: [&str; 8] = [
        "人民政府",
        "工作报告",
        "经济社会发展",
        "国家级",
        "《安全生产法》",
        "2026年11月",
        "有关部门",
        "100%",
    ];
    let common: Vec<char> = COMMON.chars().collect();
    let mut random = Random::new();
    let mut next = |below: usize| random.below(below);
    let mut documents = Vec::new();
    for _ in 0..1000 {
        let mut text = String::new();
        while text.len() < 4000 {
            for _ in 0..8 + next(20) {
                if next(12) == 0 {
                    text.push_str(WORDS[next(WORDS.len())]);
                } else {
                    // The square makes the first characters the most frequent, as in real text.
                    let rank = next(common.len()) * next(common.len()) / common.len();
                    text.push(common[rank]);
                }
            }
            text.push_str(["，", "，", "。", "、", "；", "。\n"][next(6)]);
        }
        documents.push(text);
    }
    documents
}
