//! Text reports and what decides about them.

use crate::{House, Ran, digest, fingerprint};

#[test]
fn a_draft_with_findings() {
    let house = House::new().with("a.md", "# 通知\n\n　　各地一愁莫展😀，甲、乙等国参加。\n");
    let stdout = format!(
        "\
错误[wording/misspelt]: 文字关 「一愁莫展」应为「一筹莫展」
 --> a.md:3:5
  |
3 | 　　各地一愁莫展😀，甲、乙等国参加。
  |         ^^^^^^^^
  |
  = 依据: 成语误写，《现代汉语词典》
  = 建议: 「一愁莫展」改为「一筹莫展」（可用 --fix 改）

警告[political/not-a-country]: 政治关 「等国」不是国家
 --> a.md:3:14
  |
3 | 　　各地一愁莫展😀，甲、乙等国参加。
  |                           ^^^^
  |
  = 依据: 国家和地区并列，《体例手册》
  = 建议: 「等国」改为「等国家和地区」
  = 建议: 「等国」改为「等地」

a.md: 待改，2 处
  关口    结论  严重错误  错误  警告  提示
  政治关  待改  -         -     1     -
  法律关  通过  -         -     -     -
  保密关  通过  -         -     -     -
  文字关  待改  -         1     -     -
  类别 动态信息（news），签审 初审、复审，审核日 2026-11-23，规则集 house 2026-01-01（{}）
  运行规则 3 条，未运行 1 条（本类不用 1），搁置 0 处
",
        digest()
    );
    assert_eq!(house.check("a.md"), Ran::new(1, &stdout, ""));
}

#[test]
fn what_blocks() {
    let house = House::new().with("a.md", "质量最佳，甲、乙等国参加。\n");
    let ran = house.check("a.md --class promotion");
    let titles: Vec<&str> = ran.stdout.lines().filter(|line| line.contains("]: ")).collect();
    let expected = [
        "错误[legal/superlative]: 法律关 广告中不得使用「最佳」（拦截）",
        "警告[political/not-a-country]: 政治关 「等国」不是国家",
    ];
    assert_eq!((titles, ran.code), (expected.to_vec(), 1));
}

#[test]
fn a_clean_draft() {
    let stdout = format!(
        "\
a.txt: 通过，未发现问题
  关口    结论  严重错误  错误  警告  提示
  政治关  通过  -         -     -     -
  法律关  通过  -         -     -     -
  保密关  通过  -         -     -     -
  文字关  通过  -         -     -     -
  类别 动态信息（news），签审 初审、复审，审核日 2019-12-31，规则集 house 2026-01-01（{}）
  运行规则 2 条，未运行 2 条（本类不用 1，当日无效 1），搁置 0 处
",
        digest()
    );
    let house = House::new().with("a.txt", "甲、乙等国参加。\n");
    assert_eq!(house.run("check --rules house.toml --as-of 2019-12-31 a.txt"), Ran::new(0, &stdout, ""));
}

#[test]
fn what_was_put_aside() {
    let draft = "一等国有企业。\n<!-- baguan:ignore wording/misspelt 引文 -->\n他一愁莫展。\n<!-- baguan:ignore wording/nix -->\n";
    let house = House::new().with("a.md", draft);
    let ran = house.check("a.md --suppressed");
    let before_table = ran.stdout.split("a.md: 通过").next().unwrap();
    assert_eq!(
        before_table,
        "\
a.md:1:2: 搁置 political/not-a-country「等国」（例外：等国有）
a.md:3:2: 搁置 wording/misspelt「一愁莫展」（忽略标记：引文）
a.md:4: 忽略标记未起作用：wording/nix（无此规则）
"
    );
    assert!(ran.stdout.ends_with("搁置 2 处（例外 1，忽略标记 1）\n"), "{}", ran.stdout);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn accepted_findings() {
    let house = House::new().with("a.md", "他一愁莫展。");
    let list = format!("# 已看过\n{} 引文如此\n", fingerprint(&house));
    let house = house.with("accepted.txt", list);
    let ran = house.check("a.md --accept accepted.txt --suppressed");
    assert!(ran.stdout.starts_with(
        "a.md:1:2: 搁置 wording/misspelt「一愁莫展」（已接受：引文如此）\na.md: 通过，未发现问题\n"
    ));
    assert_eq!(ran.code, 0);

    let house = house.with("accepted.txt", "0123\n");
    let expected = "error: accepted.txt: line 1: `0123` is no fingerprint, expected v1: and 32 digits\n";
    assert_eq!(house.check("a.md --accept accepted.txt"), Ran::new(2, "", expected));
}

#[test]
fn exit_codes() {
    let house = House::new()
        .with("hint.txt", "已经搞定。")
        .with("revise.txt", "他一愁莫展。")
        .with("block.txt", "质量最佳。");
    for (args, code) in [
        ("hint.txt", 0),
        ("revise.txt", 1),
        ("revise.txt --fail-on block", 0),
        ("revise.txt --class promotion --fail-on block", 1),
        ("block.txt", 0),
        ("block.txt --class promotion", 1),
        ("block.txt --class promotion --fail-on never", 0),
        ("block.txt --class promotion --disable legal/superlative", 0),
        ("revise.txt --severity fatal", 1),
        ("hint.txt revise.txt", 1),
        ("missing.txt revise.txt", 2),
        ("missing.txt --fail-on never", 2),
    ] {
        assert_eq!(house.check(args).code, code, "{args}");
    }
}

#[test]
fn only_what_is_grave_enough() {
    let house = House::new().with("a.txt", "已经搞定。");
    let ran = house.check("a.txt --severity warning");
    assert!(ran.stdout.starts_with("a.txt: 通过，1 处\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("文字关  通过  -         -     -     1\n"), "{}", ran.stdout);
}

#[test]
fn a_long_paragraph_is_cut_around_the_finding() {
    let clause = "各单位认真落实责任制度，推进工作。";
    let house = House::new().with("a.txt", format!("{0}一愁莫展{0}", clause.repeat(1000)));
    let ran = house.check("a.txt");
    let lines: Vec<&str> = ran.stdout.lines().take(5).collect();
    assert_eq!(
        lines[1..],
        [
            " --> a.txt:1:17001",
            "  |",
            "1 | ... 工作。各单位认真落实责任制度，推进工作。一愁莫展各单位认真落实责任制度，推进工作。各单位...",
            "  |                                             ^^^^^^^^",
        ]
    );
}

#[test]
fn several_files() {
    let house = House::new().with("a.txt", "他一愁莫展。").with("b", "正常。");
    let ran = house.check("a.txt b");
    assert!(ran.stdout.contains("\na.txt: 待改，1 处\n") && ran.stdout.contains("\nb: 通过，未发现问题\n"));
    assert!(ran.stdout.ends_with("\n共 2 件：通过 1，待改 1，拦截 0\n"), "{}", ran.stdout);
}

#[test]
fn colors() {
    let house = House::new().with("a.txt", "他一愁莫展。");
    for (args, colored) in [("a.txt", false), ("a.txt --color always", true), ("a.txt --color never", false)]
    {
        assert_eq!(house.check(args).stdout.contains('\u{1b}'), colored, "{args}");
    }
    let uncolored = anstream::adapter::strip_str(&house.check("a.txt --color always").stdout).to_string();
    assert_eq!(uncolored, house.check("a.txt").stdout);
}

#[test]
fn several_rulesets_are_merged_in_order() {
    let more = r#"
[ruleset]
name = "more"
extends = []

[[rule]]
id = "wording/house-name"
kind = "term"
severity = "error"
message = "社名"
why = "社名"
source = "《体例手册》"
terms = ["晨光出版公司"]
bad = ["晨光出版公司"]
good = ["晨光出版社"]
"#;
    let house = House::new().with("more.toml", more).with("a.txt", "晨光出版公司一愁莫展。");
    let report = house.check("--rules more.toml a.txt --format json").json();
    let rules: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["wording/house-name", "wording/misspelt"]);
    assert_eq!(report["ruleset"]["name"], "house+more");
}

#[test]
fn usage_errors() {
    let house = House::new().with("a.txt", "正常。");
    for (args, expected) in [
        (
            "a.txt --class newz",
            "error: unknown class `newz`, expected one of news, promotion; did you mean `news`?\n",
        ),
        (
            "a.txt --disable wording/mispelt",
            "error: unknown rule `wording/mispelt`; did you mean `wording/misspelt`?\n",
        ),
        ("- -", "error: `-` is given twice; standard input can be read once\n"),
        ("--jsonl --format html", "error: --jsonl answers in JSON; leave --format out\n"),
        (
            "a.txt --as-of 2026-02-30",
            "error: invalid value '2026-02-30' for '--as-of <DATE>': `2026-02-30` is no date, expected YYYY-MM-DD\n\n\
             For more information, try '--help'.\n",
        ),
        (
            "a.txt --input html",
            "error: invalid value 'html' for '--input <txt|md>': html is not supported yet, expected txt or md\n\n\
             For more information, try '--help'.\n",
        ),
    ] {
        let args = format!("check --rules house.toml {args}");
        assert_eq!(house.run(&args), Ran::new(2, "", expected), "{args}");
    }
}

#[test]
fn broken_rules() {
    let broken = "[[rule]]\nid = \"wording/x\"\nkind = \"trem\"\nseverity = \"error\"\nmessage = \"甲\"\nwhy = \"甲\"\n\
                  source = \"甲\"\nbad = [\"甲\"]\ngood = [\"乙\"]\nwhat = 1\n";
    let house =
        House::new().with("broken.toml", broken).with("syntax.toml", "甲 = 1\n").with("a.txt", "正常。");
    let ran = house.run("check a.txt --rules broken.toml --rules missing --rules house.toml");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    for part in [
        " --> broken.toml:3:8\n  |\n3 | kind = \"trem\"\n  |        ^\n",
        "did you mean `term`?\n",
        "error: cannot read: No such file or directory (os error 2)\n--> missing:1:1\n",
        "problems in the rules\n",
    ] {
        assert!(ran.stderr.contains(part), "{part}\n{}", ran.stderr);
    }
    let ran = house.run("check a.txt --rules syntax.toml");
    assert!(ran.stderr.contains(" --> syntax.toml:1:1\n  |\n1 | 甲 = 1\n  | ^\n"), "{}", ran.stderr);
}

#[test]
fn help_and_version() {
    let house = House::new();
    let ran = house.run("--version");
    assert_eq!(ran, Ran::new(0, concat!("baguan ", env!("CARGO_PKG_VERSION"), "\n"), ""));
    let ran = house.run("check --help");
    assert!(
        ran.stdout.contains("Exit codes:\n  0  every draft passes, the receipt holds\n") && ran.code == 0
    );
}
