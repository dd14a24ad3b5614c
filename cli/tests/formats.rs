//! Every format for programs, and the page.

use serde_json::{Value, json};

use crate::{House, Ran, digest};

const DRAFT: &str = "通知😀\n<b>各地</b>一愁莫展，甲、乙等国参加。\n";

#[test]
fn json_of_one_file() {
    let house = House::new().with("a.md", DRAFT);
    let ran = house.check("a.md --format json --severity error");
    let mut report = ran.json();
    let digest = report["ruleset"]["digest"].take();
    assert!(digest.as_str().unwrap().starts_with(&self::digest()));
    let fingerprint = report["findings"][0]["fingerprint"].take();
    assert!(fingerprint.as_str().unwrap().starts_with("v1:"));
    let none = json!({ "verdict": "pass", "fatal": 0, "error": 0, "warning": 0, "hint": 0 });
    let expected = json!({
        "file": "a.md",
        "engine": baguan_version(),
        "ruleset": { "name": "house", "version": "2026-01-01", "digest": null },
        "class": "news",
        "levels": ["初审", "复审"],
        "as_of": "2026-11-23",
        "offsets": "chars",
        "verdict": "revise",
        "gates": {
            "political": { "verdict": "revise", "fatal": 0, "error": 0, "warning": 1, "hint": 0 },
            "legal": none,
            "secrecy": none,
            "wording": { "verdict": "revise", "fatal": 0, "error": 1, "warning": 0, "hint": 0 },
        },
        "blocking": [],
        "findings": [{
            "rule": "wording/misspelt",
            "gate": "wording",
            "severity": "error",
            "message": "「一愁莫展」应为「一筹莫展」",
            "why": "成语误写",
            "source": "《现代汉语词典》",
            "start": 13,
            "end": 17,
            "line": 2,
            "column": 10,
            "text": "一愁莫展",
            "fixes": [{ "edits": [{ "start": 13, "end": 17, "text": "一筹莫展" }], "safe": true }],
            "fingerprint": null,
        }],
        "suppressed": [],
        "coverage": {
            "blocks": 2,
            "rules": 3,
            "off": [{ "rule": "legal/superlative", "reason": "class" }],
            "masked": [],
            "idle_marks": [],
            "unlisted": { "findings": 0, "suppressed": 0 },
        },
    });
    assert_eq!(report, expected);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
}

fn baguan_version() -> &'static str {
    // The crates of the workspace share their version.
    env!("CARGO_PKG_VERSION")
}

#[test]
fn what_blocks() {
    let house = House::new().with("a.md", "质量最佳，已经搞定，他一愁莫展。");
    let report = house.check("a.md --class promotion --format json --severity fatal").json();
    let again = house.check("a.md --class promotion --format json").json();
    let fingerprint = |n: usize| again["findings"][n]["fingerprint"].clone();
    assert_eq!((&report["findings"], &report["levels"]), (&json!([]), &json!(["初审"])));
    assert_eq!(report["blocking"], json!([fingerprint(0), fingerprint(2)]));
}

#[test]
fn offsets_in_every_unit() {
    let house = House::new().with("a.md", DRAFT);
    for (unit, start, end) in [("chars", 13, 17), ("utf16", 14, 18), ("bytes", 24, 36)] {
        let report = house.check(&format!("a.md --format json --offsets {unit}")).json();
        let finding = &report["findings"][0];
        assert_eq!((&finding["start"], &finding["end"]), (&json!(start), &json!(end)), "{unit}");
    }
}

#[test]
fn json_of_several_files() {
    let house = House::new().with("a.md", DRAFT).with("b.md", "正常。").with("c.md", b"\xff");
    let ran = house.check("a.md c.md b.md --format json");
    let reports = ran.json();
    let files: Vec<&str> =
        reports.as_array().unwrap().iter().map(|report| report["file"].as_str().unwrap()).collect();
    assert_eq!((files, ran.code), (vec!["a.md", "b.md"], 2));
    assert_eq!(house.check("c.md c.md --format json").stdout, "[]\n");
    assert_eq!(house.check("c.md --format json").stdout, "");
}

#[test]
fn sarif() {
    let draft = format!("{DRAFT}<!-- baguan:ignore wording/misspelt 引文 -->\n他一愁莫展。\n");
    let house = House::new().with("稿 1.md", draft);
    let log = house.run_sarif("稿 1.md");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert_eq!(
        run["invocations"],
        json!([{ "executionSuccessful": true, "toolExecutionNotifications": [] }])
    );
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "baguan");
    let ids: Vec<_> = driver["rules"].as_array().unwrap().iter().map(|rule| &rule["id"]).collect();
    assert_eq!(ids, ["wording/misspelt", "political/not-a-country"]);
    assert_eq!(
        driver["rules"][0]["help"]["text"],
        "成语误写\n依据：《现代汉语词典》\n误：他一愁莫展。\n正：他一筹莫展。"
    );
    let results = run["results"].as_array().unwrap();
    let mut first = results[0].clone();
    assert!(first["partialFingerprints"]["baguan/v1"].take().is_string());
    let file = json!({ "uri": "%E7%A8%BF%201.md" });
    assert_eq!(
        first,
        json!({
            "ruleId": "wording/misspelt",
            "ruleIndex": 0,
            "level": "error",
            "message": { "text": "「一愁莫展」应为「一筹莫展」" },
            "locations": [{ "physicalLocation": {
                "artifactLocation": file,
                "region": {
                    "startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 14,
                    "snippet": { "text": "一愁莫展" },
                },
            }}],
            "fixes": [{
                "description": { "text": "「一愁莫展」改为「一筹莫展」" },
                "artifactChanges": [{ "artifactLocation": file, "replacements": [{
                    "deletedRegion": { "startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 14 },
                    "insertedContent": { "text": "一筹莫展" },
                }]}],
                "properties": { "safety": "safe" },
            }],
            "partialFingerprints": { "baguan/v1": null },
            "suppressions": [],
            "properties": { "gate": "wording", "severity": "error" },
        })
    );
    assert_eq!(results[1]["fixes"].as_array().unwrap().len(), 2);
    let put_aside = json!([{ "kind": "inSource", "status": "accepted", "justification": "忽略标记：引文" }]);
    assert_eq!((results.len(), &results[2]["suppressions"]), (3, &put_aside));
}

impl House {
    /// The SARIF log on a file whose name may hold blanks.
    fn run_sarif(&self, file: &str) -> Value {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_baguan"))
            .args(["check", "--rules", "house.toml", "--format", "sarif", file])
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

#[test]
fn github() {
    let house = House::new().with("a,100%.md", DRAFT);
    let stdout = "\
::error file=a%2C100%25.md,line=2,col=10,endLine=2,endColumn=14,title=文字关 wording/misspelt::「一愁莫展」应为「一筹莫展」%0A依据：成语误写，《现代汉语词典》%0A建议：「一愁莫展」改为「一筹莫展」
::warning file=a%2C100%25.md,line=2,col=18,endLine=2,endColumn=20,title=政治关 political/not-a-country::「等国」不是国家%0A依据：国家和地区并列，《体例手册》%0A建议：「等国」改为「等国家和地区」%0A建议：「等国」改为「等地」
";
    assert_eq!(house.check("a,100%.md --format github"), Ran::new(1, stdout, ""));
}

#[test]
fn html() {
    let house = House::new().with("a.md", DRAFT).with("b.md", "正常。");
    let ran = house.check("a.md b.md --format html");
    let page = &ran.stdout;
    for part in [
        "<!doctype html>\n<html lang=\"zh-CN\">\n",
        "<p class=\"verdict revise\">待改</p>",
        "<tr class=\"revise\"><td>政治关</td><td>待改</td><td>-</td><td>-</td><td>1</td><td>-</td></tr>",
        "<div class=\"draft\">通知😀\n&lt;b&gt;各地&lt;/b&gt;<a class=\"n\" id=\"t1-1\" href=\"#f1-1\">1</a>\
         <mark class=\"error\">一愁莫展</mark>，甲、乙<a class=\"n\" id=\"t1-2\" href=\"#f1-2\">2</a>\
         <mark class=\"warning\">等国</mark>参加。\n</div>",
        "<div class=\"draft\">正常。</div>",
        "<p>未发现问题。</p>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(page.ends_with("</article>\n</body>\n</html>\n"));
    assert!(!page.contains("<script") && !page.contains("http"), "nothing from elsewhere");
    assert_eq!((page.matches("<html").count(), page.matches("<article>").count(), ran.code), (1, 2, 1));
}

#[test]
fn more_than_a_report_lists() {
    let (mild, grave) = (100_001, 2);
    let draft = "搞定\n".repeat(mild) + &"一愁莫展\n".repeat(grave);
    let house = House::new().with("a.md", &draft);
    let report = house.check("a.md --format json").json();
    let listed: Vec<&Value> =
        report["findings"].as_array().unwrap().iter().map(|finding| &finding["text"]).collect();
    let expected: Vec<Value> =
        std::iter::repeat_n("搞定", 99_998).chain(["一愁莫展"; 2]).map(Value::from).collect();
    assert!(listed.into_iter().eq(&expected), "the gravest, then the first");
    assert_eq!(report["coverage"]["unlisted"], json!({ "findings": 3, "suppressed": 0 }));
    assert_eq!(
        report["gates"]["wording"],
        json!({ "verdict": "revise", "fatal": 0, "error": 2, "warning": 0, "hint": 100_001 })
    );

    let said = "问题过多，只列最要紧的 100000 处，另有 3 处未列出；结论和各关计数包括全部问题";
    let ran = house.check("a.md");
    assert_eq!(ran.stdout.lines().last(), Some(format!("  {said}").as_str()));
    assert!(ran.stdout.contains("a.md: 待改，100003 处\n"));
    let ran = house.check("a.md --format github");
    assert_eq!(ran.stdout.lines().last(), Some(format!("::warning file=a.md::{said}").as_str()));
    assert!(house.check("a.md --format html").stdout.contains(&format!("<br>{said}</p>")));
    let note = json!([{
        "level": "warning",
        "message": { "text": said },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "a.md" } } }],
    }]);
    let invocations = &house.run_sarif("a.md")["runs"][0]["invocations"];
    assert_eq!(*invocations, json!([{ "executionSuccessful": true, "toolExecutionNotifications": note }]));
    let answer = house.check_on(json!({ "id": 1, "text": draft }).to_string(), "--jsonl").json();
    assert_eq!(answer["unlisted"], json!({ "findings": 3, "suppressed": 0 }));
}
