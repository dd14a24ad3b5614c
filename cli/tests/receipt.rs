//! Receipts from review to publication.

use crate::{House, Ran, digest};

const DRAFT: &str = "各单位抓好落实。\n甲乙等国参加。\n";
const TIME: &str = "2026-11-23T09:30:00+08:00";
const OK: &str = "完好（未用密钥封存，只能发现误改）";

impl House {
    /// A draft with its receipt, and a key.
    fn reviewed(args: &str) -> House {
        let house = House::new().with("a.md", DRAFT).with("key", "a key of the house\n");
        let ran = house.check(&format!("a.md --receipt r.json {args}"));
        assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
        house
    }

    fn sign(&self, args: &str) -> Ran {
        self.run(&format!("sign r.json --time {TIME} {args}"))
    }

    /// The same signed at both levels.
    fn signed(self, args: &str) -> House {
        for (level, name, expected) in [("初审", "张三", "待签：复审"), ("复审", "李四", "签审完毕")]
        {
            let ran = self.sign(&format!("--level {level} --name {name} {args}"));
            assert_eq!(ran, Ran::new(0, &format!("r.json: {expected}\n"), ""));
        }
        self
    }

    fn verify(&self, args: &str) -> Ran {
        self.run(&format!("verify --rules house.toml --as-of 2026-11-24 {args}"))
    }

    /// The same with a part of the receipt forged.
    fn forged(self, part: &str, other: &str) -> House {
        let receipt = self.read("r.json");
        assert!(receipt.contains(part), "{part}: {receipt}");
        let forged = receipt.replacen(part, other, 1);
        self.with("r.json", forged)
    }
}

/// What `baguan verify` prints on a receipt that both levels signed.
fn verified(verdict: &str, text: &str, seal: &str, rules: &str) -> String {
    format!(
        "\
{verdict}
  稿件  {text}
  凭据  {seal}
  规则  {rules}
  审核  2026-11-23，类别 动态信息（news），结论 待改
  签审  初审 张三 {TIME}
  签审  复审 李四 {TIME}
"
    )
}

fn same_rules() -> String {
    format!("与现行规则相同：house 2026-01-01（{}）", digest())
}

#[test]
fn from_review_to_publication() {
    for (args, seal) in [("", OK), ("--key key", "完好（经密钥核验）"), ("--without-text", OK)] {
        let house = House::reviewed(args).signed(args.trim_start_matches("--without-text"));
        let args = format!("r.json a.md {}", args.trim_start_matches("--without-text"));
        let expected = verified("a.md: 可以发布", "与审核稿一致", seal, &same_rules());
        assert_eq!(house.verify(&args), Ran::new(0, &expected, ""));
    }
}

#[test]
fn another_text() {
    let house = House::reviewed("").signed("");
    for (text, verdict, said, code) in [
        ("各单位抓紧落实。\n甲乙等国参加。\n", "不得发布", "与审核稿不同\n    -:1:5: 「好」变为「紧」", 1),
        ("各单位抓好落实。\n", "不得发布", "与审核稿不同\n    -:2:1: 少了「甲乙等国参加。↵」", 1),
        (
            "各单位要抓好落实。\r\n\r\n甲乙等国参加。",
            "不得发布",
            "与审核稿不同\n    -:1:4: 多了「要」\n    -:2:1: 多了「↵」",
            1,
        ),
        ("各单位抓好落实。 \r\n甲乙等国参加。", "可以发布", "仅空白不同", 0),
    ] {
        let ran = house.run_on(text, "verify --rules house.toml r.json -");
        let expected = verified(&format!("-: {verdict}"), said, OK, &same_rules());
        assert_eq!(ran, Ran::new(code, &expected, ""));
    }
    let house = House::reviewed("--without-text").signed("").with("a.md", "各单位抓紧落实。\n");
    let expected = verified("a.md: 不得发布", "与审核稿不同", OK, &same_rules());
    assert_eq!(house.verify("r.json a.md"), Ran::new(1, &expected, ""));
}

#[test]
fn other_rules() {
    let other = crate::HOUSE_RULES.replace("搞定", "搞掂");
    let changed = baguan::Ruleset::parse("house.toml", &other).unwrap().digest();
    let house = House::reviewed("").signed("").with("house.toml", &other);
    let rules = format!(
        "与现行规则不同：审核时 house 2026-01-01（{}），现行 house 2026-01-01（{}）",
        digest(),
        &changed[..12]
    );
    let expected = verified("a.md: 不得发布", "与审核稿一致", OK, &rules);
    assert_eq!(house.verify("r.json a.md"), Ran::new(1, &expected, ""));
    let rules = format!("未比对：house 2026-01-01（{}）", digest());
    let expected = verified("a.md: 可以发布", "与审核稿一致", OK, &rules);
    assert_eq!(house.run("verify r.json a.md --any-rules"), Ran::new(0, &expected, ""));
    assert_eq!(house.run("verify r.json a.md").code, 1, "the standard rules are others");
}

#[test]
fn rules_that_lie_elsewhere_are_the_same() {
    let house = House::reviewed("").signed("");
    let path = house.path("house.toml");
    assert_eq!(house.run(&format!("verify r.json a.md --rules {}", path.display())).code, 0);
}

#[test]
fn forgeries() {
    for (args, part, other, seal) in [
        ("", "\"verdict\": \"revise\"", "\"verdict\": \"pass\"", "被改动：审核记录"),
        ("", "\"2026-11-23\"", "\"2026-11-22\"", "被改动：审核记录"),
        ("", "\"张三\"", "\"张山\"", "被改动：放行或签审"),
        ("", "抓好", "抓紧", "被改动：所附原文"),
        ("", "\"value\": \"", "\"value\": \"0", "封印不符：被改动，或密钥不对"),
        ("--key key", "\"张三\"", "\"张山\"", "被改动：放行或签审"),
        ("--key key", "\"hmac-sha-256\"", "\"sha-256\"", "未用密钥封存"),
    ] {
        let house = House::reviewed(args).signed(args).forged(part, other);
        let ran = house.verify(&format!("r.json a.md {args}"));
        let line = format!("  凭据  {seal}\n");
        assert!(ran.stdout.starts_with("a.md: 不得发布\n") && ran.stdout.contains(&line), "{}", ran.stdout);
        assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    }
}

#[test]
fn keys() {
    let house = House::reviewed("--key key").signed("--key key").with("other", "another").with("none", "\n");
    for (args, seal) in
        [("--key other", "封印不符：被改动，或密钥不对"), ("", "经密钥封存，须提供密钥方可核验")]
    {
        let expected = verified("a.md: 不得发布", "与审核稿一致", seal, &same_rules());
        assert_eq!(house.verify(&format!("r.json a.md {args}")), Ran::new(1, &expected, ""));
    }
    let expected = Ran::new(2, "", "error: none: holds no key\n");
    assert_eq!(house.verify("r.json a.md --key none"), expected);
}

#[test]
fn what_blocks_is_overridden() {
    let house = House::new().with("a.md", "质量最佳。");
    assert_eq!(house.check("a.md --class promotion --receipt r.json").code, 1);
    let found = house.run("verify r.json a.md --any-rules --format json").json();
    let fingerprint = found["blocking"][0]["fingerprint"].as_str().unwrap().to_owned();
    assert_eq!((&found["holds"], &found["missing_levels"]), (&false.into(), &vec!["初审"].into()));

    let refused = format!("error: r.json: findings block: {fingerprint}; mend the draft, or override them\n");
    assert_eq!(house.sign("--level 初审 --name 张三"), Ran::new(2, "", &refused));
    let ran = house.run(&format!("override r.json {fingerprint} --reason 引文 --by 李四 --until 2027-01-01"));
    assert_eq!(ran, Ran::new(0, "r.json: 待签：初审\n", ""));
    assert_eq!(house.sign("--level 初审 --name 张三"), Ran::new(0, "r.json: 签审完毕\n", ""));
    let passed = format!("  放行  {fingerprint} 引文（李四，2027-01-01起失效）\n");
    let blocks = format!("  拦截  legal/superlative {fingerprint}\n");
    for (day, code, lines) in [("2026-12-31", 0, passed.clone()), ("2027-01-01", 1, passed + &blocks)] {
        let ran = house.run(&format!("verify r.json a.md --rules house.toml --as-of {day}"));
        assert!(ran.stdout.contains(&format!("结论 拦截\n{lines}  签审  初审")), "{}", ran.stdout);
        assert_eq!(ran.code, code);
    }
}

#[test]
fn what_is_refused() {
    let house =
        House::reviewed("").with("cut.json", "{\n  \"format\": 1,\n  \"review\": 3\n}").with("b.md", "乙");
    let time = format!("--time {TIME}");
    for (args, expected) in [
        ("check a.md --receipt r.json", "r.json: exists already; a receipt is kept in a new file"),
        ("check a.md b.md --receipt s.json", "--receipt is for one draft; review each by itself"),
        ("check a.md --receipt no/s.json", "no/s.json: cannot write: No such file or directory (os error 2)"),
        ("verify none.json a.md", "none.json: cannot read: No such file or directory (os error 2)"),
        ("verify cut.json a.md", "cut.json:3:13: invalid type: integer `3`, expected struct ReviewRecord"),
        ("verify a.md a.md", "a.md:1:1: expected value"),
        (
            &format!("sign r.json --level 复审 --name 李四 {time}"),
            "r.json: `复审` signs after `初审`, which is still to sign",
        ),
        (
            &format!("sign r.json --level 终审 --name 李四 {time}"),
            "r.json: class `news` has no level `终审`, expected one of 初审, 复审",
        ),
        (
            &format!("sign r.json --level 初审 --name 李四 {time} --key a.md"),
            "r.json: the receipt takes nothing more: not-keyed（未用密钥封存）",
        ),
    ] {
        let before = house.read("r.json");
        let ran = house.run(args);
        assert_eq!((ran.code, ran.stderr), (2, format!("error: {expected}\n")), "{args}");
        assert_eq!(house.read("r.json"), before);
    }
    let ran = house.run("sign r.json --level 初审 --name 张三 --time yesterday");
    assert!(ran.stderr.contains("expected a time as 2026-11-23T09:30:00+08:00"), "{}", ran.stderr);
    assert_eq!(ran.code, 2);
}
