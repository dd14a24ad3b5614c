//! The typographic profiles: one draft, judged as each of them says.

use baguan::{Reviewer, Ruleset};

#[test]
fn one_draft_under_each() {
    const DRAFT: &str = "升级到Rust 2024，点击“保存”按钮！！\n落实《条例》、《办法》,抓好《通知》(试行)。";
    const EXPECTED: [(&str, &[(&str, &str)]); 3] = [
        ("new-media", &[("wording/half-width-comma", ","), ("wording/half-width-brackets", "(试行)")]),
        (
            "official",
            &[
                ("wording/exclamation-marks-repeated", "！！"),
                ("wording/pause-mark-between-titles", "》、《"),
                ("wording/half-width-comma", ","),
                ("wording/half-width-brackets", "(试行)"),
            ],
        ),
        (
            "tech-blog",
            &[
                ("wording/blank-missing-beside-latin", "到R"),
                ("wording/curly-quotation-marks", "“"),
                ("wording/curly-quotation-marks", "”"),
            ],
        ),
    ];
    for (name, expected) in EXPECTED {
        let path = super::root().join(format!("rulesets/profiles/{name}.toml"));
        let reviewer = Reviewer::new(Ruleset::load(path).unwrap().onto_bases().unwrap()).unwrap();
        let report = reviewer.review(DRAFT);
        let found: Vec<(&str, &str)> =
            report.findings().iter().map(|finding| (&*finding.rule, &DRAFT[finding.span])).collect();
        assert_eq!(found, expected, "{name}");
    }
}
