use std::time::Instant;
fn main() {
    let mut set = None;
    for p in std::env::args().skip(1) {
        let s = baguan::Ruleset::load(&p).unwrap();
        set = Some(match set {
            None => s,
            Some(b) => baguan::Ruleset::merge(b, s).unwrap(),
        });
    }
    let set: baguan::Ruleset = set.unwrap();
    let t = Instant::now();
    let r = baguan::Reviewer::new(set).unwrap();
    println!("{} rules compile {:?}", r.rules().len(), t.elapsed());
    let mut docs = Vec::new();
    for e in std::fs::read_dir("/work/shared/eval/clean").unwrap() {
        for l in std::fs::read_to_string(e.unwrap().path()).unwrap().lines() {
            // crude: take text field
            if let Some(i) = l.find("\"text\": \"") {
                let s = &l[i + 9..];
                let s = &s[..s.find("\", \"").unwrap_or(s.len())];
                docs.push(s.replace("\\n", "\n"));
            }
        }
    }
    let size: usize = docs.iter().map(|d| d.len()).sum();
    let mut lits = std::collections::BTreeSet::new();
    for g in ["legal", "political", "secrecy", "wording"] {
        for e in std::fs::read_dir(format!("rulesets/{g}")).unwrap() {
            let p = e.unwrap().path();
            if p.extension().is_some_and(|x| x == "tsv") && !p.to_string_lossy().contains("lexicon") {
                for l in std::fs::read_to_string(&p).unwrap().lines() {
                    if !l.starts_with('#') {
                        lits.insert(l.split('\t').next().unwrap().to_owned());
                    }
                }
            }
        }
    }
    let lits: Vec<_> = lits.into_iter().filter(|l| l.len() > 5).collect();
    let ac = aho_corasick::AhoCorasick::builder()
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        .kind(Some(aho_corasick::AhoCorasickKind::ContiguousNFA))
        .build(&lits)
        .unwrap();
    let mut best = (0f64, 0f64, 0f64);
    let k: usize = std::env::var("N").map_or(8, |v| v.parse().unwrap());
    for _ in 0..k {
        let t = Instant::now();
        let mut m = 0;
        for d in &docs {
            m += ac.find_iter(d).count();
        }
        let a = size as f64 / 1e6 / t.elapsed().as_secs_f64();
        std::hint::black_box(m);
        let t = Instant::now();
        let mut n = 0;
        let mut c = std::collections::BTreeMap::new();
        for d in &docs {
            for f in r.review(d).findings() {
                n += 1;
                *c.entry(f.rule.to_string()).or_insert(0) += 1;
            }
        }
        let s = t.elapsed().as_secs_f64();
        let r = size as f64 / 1e6 / s;
        best = (best.0.max(r), best.1.max(a), best.2.max(r / a));
        if std::env::var("V").is_ok() {
            println!("{n} findings {r:.1} MB/s, ac {a:.1}");
        }
        let _ = n;
        if std::env::var("R").is_ok() {
            println!("{c:?}");
        }
    }
    println!(
        "best {:.1} MB/s, ac({}) {:.1}, ratio of bests {:.3}, best ratio {:.3}",
        best.0,
        lits.len(),
        best.1,
        best.0 / best.1,
        best.2
    );
}
