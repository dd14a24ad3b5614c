use std::io::Write;
fn main() {
    let set = baguan::Ruleset::load(std::env::args().nth(1).unwrap()).unwrap();
    let r = baguan::Reviewer::new(set).unwrap();
    let mut o = std::io::BufWriter::new(std::io::stdout().lock());
    let mut files: Vec<_> = [
        "/work/shared/eval/clean",
        "/work/shared/eval/typos",
        "/work/shared/eval/docs",
        "/work/shared/eval/laws",
        "/work/shared/eval/pii",
    ]
    .iter()
    .flat_map(|d| std::fs::read_dir(d).into_iter().flatten())
    .map(|e| e.unwrap().path())
    .collect();
    files.sort();
    for f in files {
        for (n, l) in std::fs::read_to_string(&f).unwrap_or_default().lines().enumerate() {
            if let Some(i) = l.find("\"text\": \"") {
                let s = &l[i + 9..];
                let s = &s[..s.find("\", \"").unwrap_or(s.len())];
                let t = s.replace("\\n", "\n");
                let rep = r.review(&t);
                for x in rep.findings() {
                    writeln!(
                        o,
                        "{} {n} {} {:?} {} {:?}",
                        f.file_name().unwrap().to_string_lossy(),
                        x.rule,
                        x.span,
                        x.message,
                        x.fixes
                    )
                    .unwrap();
                }
                for x in rep.suppressed() {
                    writeln!(
                        o,
                        "S {} {n} {} {:?} {:?}",
                        f.file_name().unwrap().to_string_lossy(),
                        x.finding.rule,
                        x.finding.span,
                        x.reason
                    )
                    .unwrap();
                }
            }
        }
    }
}
