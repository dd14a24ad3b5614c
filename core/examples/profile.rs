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
    let mut docs = Vec::new();
    for e in std::fs::read_dir("/work/shared/eval/clean").unwrap() {
        for l in std::fs::read_to_string(e.unwrap().path()).unwrap().lines().step_by(5) {
            if let Some(i) = l.find("\"text\": \"") {
                let s = &l[i + 9..];
                let s = &s[..s.find("\", \"").unwrap_or(s.len())];
                docs.push(s.replace("\\n", "\n"));
            }
        }
    }
    let size: usize = docs.iter().map(|d| d.len()).sum();
    let ids: Vec<String> = set.rules().iter().map(|r| r.id().to_string()).collect();
    let run = |only: Option<&str>| {
        let mut s = set.clone();
        for id in &ids {
            if Some(id.as_str()) != only {
                s.disable(id).unwrap();
            }
        }
        let r = baguan::Reviewer::new(s).unwrap();
        (0..3)
            .map(|_| {
                let t = Instant::now();
                for d in &docs {
                    std::hint::black_box(r.review(d));
                }
                t.elapsed().as_secs_f64()
            })
            .fold(f64::MAX, f64::min)
    };
    let base = run(None);
    println!("{size} bytes base {:.1} MB/s", size as f64 / 1e6 / base);
    let mut v: Vec<(f64, &str)> =
        ids.iter().map(|id| ((run(Some(id)) - base) * 1e9 / size as f64, id.as_str())).collect();
    v.sort_by(|a, b| b.0.total_cmp(&a.0));
    let sum: f64 = v.iter().map(|x| x.0.max(0.0)).sum();
    println!("sum {sum:.2} ns/byte; base {:.2}", base * 1e9 / size as f64);
    for (t, id) in v.iter().take(40) {
        println!("{t:.3} ns/B {id}");
    }
}
