//! Benchmarks that are tests: every engine must give the count that its definition expects.
//!
//! Prints the ratios of one run, for machines are noisy and only ratios within a run compare. `--test` runs each
//! engine once and checks the counts.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use baguan::{Reviewer, Ruleset};

#[expect(clippy::print_stdout, reason = "a benchmark prints its table")]
fn main() {
    let once = std::env::args().any(|arg| arg == "--test");
    let reviewer = Reviewer::new(Ruleset::standard()).expect("the standard rules hold");
    let literals = literals();
    let bare = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(&literals)
        .expect("few literals");
    println!("{} rules, {} literals in the bare automaton", reviewer.rules().len(), literals.len());
    for text in texts() {
        let size = text.documents.iter().map(String::len).sum::<usize>();
        println!("\n{}: {} documents, {:.2} MB", text.name, text.documents.len(), megabytes(size));
        let engines: [(&str, Engine<'_>); 3] = [
            ("decode", &|draft| draft.chars().filter(|c| *c == '\u{10ffff}').count()),
            ("bare aho-corasick", &|draft| bare.find_iter(draft).count()),
            ("whole review", &|draft| reviewer.review(draft).findings().len()),
        ];
        let mut first = None;
        for (name, engine) in &engines {
            let engine = || text.documents.iter().map(|draft| engine(draft)).sum::<usize>();
            let count = engine();
            assert_eq!(count, engine(), "{name} counts alike every time");
            if *name == "whole review"
                && let Some(expected) = text.expected
            {
                assert_eq!(count, expected, "{name} on {}", text.name);
            }
            if once {
                println!("{name:20} {count:9} found");
                continue;
            }
            let time = median(&engine);
            let speed = megabytes(size) / time.as_secs_f64();
            let ratio = speed / *first.get_or_insert(speed);
            println!("{name:20} {count:9} found {speed:8.1} MB/s {ratio:8.3} of the first");
        }
    }
}

/// What an engine counts in one draft.
type Engine<'e> = &'e dyn Fn(&str) -> usize;

struct Text {
    name: &'static str,
    documents: Vec<String>,
    /// The findings a whole review must give, where the text is ours and fixed.
    expected: Option<usize>,
}

fn texts() -> Vec<Text> {
    let generated = Text { name: "generated", documents: generated(), expected: Some(759) };
    // Real texts are read where they lie beside the repository; they are no part of it.
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/eval/clean"));
    let mut texts = vec![generated];
    match std::fs::read_dir(&folder) {
        Ok(entries) => {
            let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
            paths.sort();
            let documents = paths.iter().flat_map(|path| documents(path)).collect();
            texts.push(Text { name: "published", documents, expected: None });
        }
        Err(_) => skipped(),
    }
    texts
}

#[expect(clippy::print_stdout, reason = "what is skipped is said")]
fn skipped() {
    println!("skipped: no published texts beside the repository");
}

fn documents(path: &std::path::Path) -> Vec<String> {
    let lines = std::fs::read_to_string(path).expect("a readable file");
    let text = |line: &str| -> Option<String> {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(value["text"].as_str()?.to_owned())
    };
    lines.lines().filter_map(text).collect()
}

/// Four megabytes of sentences made from a fixed seed: common characters, punctuation, some rule words.
fn generated() -> Vec<String> {
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
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        // splitmix64
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).expect("below a usize")
    };
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

/// The words of the standard rules, as far as they stand in lists: the literals any engine would look for.
fn literals() -> Vec<String> {
    let mut words = BTreeSet::new();
    for (name, text) in baguan_rulesets::FILES {
        if name.rsplit('.').next() == Some("tsv") {
            let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
            words.extend(rows.filter_map(|row| row.split('\t').next()).map(str::to_owned));
        }
    }
    words.into_iter().collect()
}

fn median(engine: &dyn Fn() -> usize) -> Duration {
    const ROUNDS: usize = 7;
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(engine());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}

#[expect(clippy::cast_precision_loss, reason = "sizes far below 2^52")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
