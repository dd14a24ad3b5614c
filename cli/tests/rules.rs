//! `rules` and `classes`.

use serde_json::json;

use crate::{House, Ran};

#[test]
fn rules_that_hold() {
    let house = House::new();
    assert_eq!(house.run("rules test house.toml"), Ran::new(0, "4 rules, 8 examples: 0 failures\n", ""));
}

#[test]
fn rules_that_do_not_hold() {
    let rules = crate::HOUSE_RULES.replace("good     = [\"他一筹莫展。\"]", "good     = [\"他一愁莫展。\"]");
    let house = House::new().with("house.toml", rules);
    let stdout = "\
house.toml:31:13: wording/misspelt: good is flagged: 他一愁莫展。 (by wording/misspelt)
4 rules, 8 examples: 1 failure
";
    assert_eq!(house.run("rules test house.toml"), Ran::new(1, stdout, ""));
    let ran = house.with("house.toml", "[[rule]\n").run("rules test house.toml");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.ends_with("error: 1 problem in the rules\n"), "{}", ran.stderr);
}

#[test]
fn list() {
    let house = House::new();
    let stdout = "\
id                       severity  kind     tags         message
wording/misspelt         error     replace  -            「{found}」应为「{right}」
wording/colloquial       hint      term     -            「{found}」是口语
political/not-a-country  warning   term     -            「{found}」不是国家
legal/superlative        error     term     advertising  广告中不得使用「{found}」

4 rules
";
    assert_eq!(house.run("rules list --rules house.toml"), Ran::new(0, stdout, ""));
    let stdout = "\
id                  severity  kind  tags  message
wording/colloquial  hint      term  -     「{found}」是口语

1 rule of 4
";
    assert_eq!(
        house.run("rules list --rules house.toml --gate wording --kind term"),
        Ran::new(0, stdout, "")
    );
    let expected = "error: no rule of kind `trem`, expected one of replace, term\n";
    assert_eq!(house.run("rules list --rules house.toml --kind trem"), Ran::new(2, "", expected));
}

#[test]
fn list_as_data() {
    let ran = House::new().run("rules list --rules house.toml --gate political --format json");
    assert_eq!(
        ran.json(),
        json!([{
            "id": "political/not-a-country",
            "gate": "political",
            "severity": "warning",
            "kind": "term",
            "tags": [],
            "message": "「{found}」不是国家",
            "why": "国家和地区并列",
            "source": "《体例手册》",
            "since": "2020-01-01",
            "until": null,
        }])
    );
}

#[test]
fn explain() {
    let house = House::new();
    let stdout = "\
wording/misspelt

  gate       wording 文字关
  kind       replace
  severity   error 错误
  message    「{found}」应为「{right}」
  why        成语误写
  source     《现代汉语词典》
  measured   39 right of 40 alarms
  bad        他一愁莫展。
  good       他一筹莫展。

house.toml:21:1
";
    assert_eq!(house.run("rules explain wording/misspelt --rules house.toml"), Ran::new(0, stdout, ""));
    let expected = "error: unknown rule `wording/mispelt`; did you mean `wording/misspelt`?\n";
    assert_eq!(house.run("rules explain wording/mispelt --rules house.toml"), Ran::new(2, "", expected));
}

#[test]
fn stats() {
    let stdout = "\
by        name       rules  rows
gate      political  1      1
gate      legal      1      1
gate      secrecy    0      0
gate      wording    2      2
severity  hint       1      1
severity  warning    1      1
severity  error      2      2
severity  fatal      0      0
kind      replace    1      1
kind      term       3      3

4 rules, 4 rows in lists, 8 examples
";
    assert_eq!(House::new().run("rules stats --rules house.toml"), Ran::new(0, stdout, ""));
}

#[test]
fn classes() {
    let stdout = "\
id         title     levels       tags         revise from  block from
news       动态信息  初审 → 复审  -            warning      political error, legal error, secrecy error, wording fatal
promotion  推广      初审         advertising  warning      error
";
    assert_eq!(House::new().run("classes --rules house.toml"), Ran::new(0, stdout, ""));
}

#[test]
fn profile() {
    let house =
        House::new().with("a.md", "他一愁莫展。\n已经搞定，甲乙等国有企业。\n").with("b.txt", "正常。");
    let ran = house.run("rules profile a.md b.txt --rules house.toml");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let (first, tables) = ran.stdout.split_once("\n\n").unwrap();
    assert_eq!(first.rsplit_once(", ").unwrap().0, "2 texts, 0.000 MB");
    // Times are whatever they are: what is left of a line are its names and counts.
    let untimed = |table: &str| {
        let head = table.lines().next().unwrap().to_owned();
        let mut lines: Vec<String> = table.lines().skip(1).map(without_times).collect();
        lines.sort();
        (head.split_whitespace().collect::<Vec<_>>().join(" "), lines)
    };
    let tables: Vec<(String, Vec<String>)> = tables.split("\n\n").map(untimed).collect();
    let table =
        |head: &str, lines: &[&str]| (head.to_owned(), lines.iter().map(|line| (*line).to_owned()).collect());
    assert_eq!(
        tables,
        [
            table("step share", &["draft", "report", "rules", "scan"]),
            table("kind rules share ns/waking wakings findings", &["replace 1 1 1", "term 3 2 2"]),
            table(
                "rule kind share ns/waking wakings findings",
                &[
                    "political/not-a-country term 1 1",
                    "wording/colloquial term 1 1",
                    "wording/misspelt replace 1 1",
                ]
            ),
            table("3 rules of 4 woken", &[]),
        ]
    );
    let ran = house.run_on("已经搞定。", "rules profile --top 0 --rules house.toml");
    assert_eq!(ran.stdout.lines().last(), Some("1 rule of 4 woken"));
}

/// A line of a profile without its share and the time after it.
fn without_times(line: &str) -> String {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let percent = words.iter().position(|word| *word == "%").unwrap();
    assert!((0.0..=100.0).contains(&words[percent - 1].parse::<f64>().unwrap()), "{line}");
    let timed = words.drain(percent - 1..words.len().min(percent + 2));
    assert!(timed.skip(2).all(|nanoseconds| nanoseconds.parse::<u64>().is_ok()), "{line}");
    words.join(" ")
}
