//! What the kind flags, excuses and refuses.

use crate::finding::Safety;
use crate::reviewer::Reviewer;
use crate::ruleset::Ruleset;

const ROSTER: &str = "周四维\t常务副市长|市委常委\t2024-03-01\t\t3\n\
    张三\t市长|市委副书记\t2023-01-01\t\t2\n\
    李明远\t市长\t2019-01-01\t2023-01-01\t2\n\
    李明远\t市委书记\t2023-01-01\t\t1\n\
    王五\t副市长\t\t\t4\n\
    赵六安\t副市长\t2030-01-01\t\t5\n";

fn rule(fields: &str) -> String {
    format!(
        "[[rule]]\nid = \"political/tested\"\nkind = \"roster\"\nseverity = \"error\"\nwhy = \"w\"\nsource = \"s\"\n\
         message = \"{{name}}|{{title}}|{{expected}}|{{detail}}\"\nbad = [\"b\"]\ngood = [\"g\"]\n\
         roster_file = \"roster.tsv\"\n{fields}\n"
    )
}

fn reviewer(fields: &str) -> Reviewer {
    let rules = Ruleset::parse_files(&[("test.toml", &rule(fields)), ("roster.tsv", ROSTER)]).unwrap();
    Reviewer::new(rules).unwrap().as_of("2026-11-23".parse().unwrap())
}

fn flagged(fault: &str, draft: &str) -> Vec<String> {
    let fields = format!("faults = [\"{fault}\"]\nplaces = [\"云州市\", \"云州\"]");
    let report = reviewer(&fields).review(draft);
    report.findings().iter().map(|finding| draft[finding.span].to_owned()).collect()
}

#[test]
fn titles_that_are_not_theirs() {
    for (draft, expected) in [
        ("市长王五出席。", vec!["市长王五"]),
        ("市长　王 五出席。", vec!["市长　王 五"]),
        ("云州市市长王五出席。", vec!["市长王五"]),
        ("王五市长出席。", vec!["王五市长"]),
        ("王五（市长）出席。", vec!["王五（市长）"]),
        ("王五同志（市长）出席。", vec!["王五同志（市长）"]),
        ("市委书记、市长张三出席。", vec!["市委书记、市长张三"]),
        ("副市长张三同志出席。", vec!["副市长张三"]),
        ("副市长周四维出席。", vec!["副市长周四维"]),
        ("副市长赵六安出席。", vec!["副市长赵六安"]),
        ("市长張三、市长王五", vec!["市长王五"]),
        ("市长王五，副市长张三", vec!["市长王五", "副市长张三"]),
        ("常务副市长周四维出席。", vec![]),
        ("市委副书记、市长张三，副市长王五", vec![]),
        ("张三市长出席。", vec![]),
        ("张三（市委副书记、市长）", vec![]),
        ("张三（市委副书记、市长、区长）", vec![]),
        ("市长、王五出席", vec![]),
        ("市长、副市长王五出席", vec!["市长、副市长王五"]),
        ("市长张三副市长王五出席", vec![]),
        ("王五市长助理出席", vec![]),
        ("时任市长王五", vec![]),
        ("原云州市市长王五", vec![]),
        ("代理市长王五", vec![]),
        ("江州市市长王五", vec![]),
        ("区委书记、副市长张三", vec!["副市长张三"]),
        ("https://a.cn/市长王五", vec!["市长王五"]),
        ("<!-- 市长王五 -->", vec![]),
    ] {
        assert_eq!(flagged("wrong-title", draft), expected, "{draft}");
    }
}

#[test]
fn titles_that_were_theirs() {
    for (draft, expected) in [
        ("市长李明远出席。", vec!["市长李明远"]),
        ("李明远市长出席。", vec!["李明远市长"]),
        ("原市长李明远出席。", vec![]),
        ("时任云州市市长李明远", vec![]),
        ("前市长李明远", vec![]),
        ("市委书记李明远出席。", vec![]),
        ("市长王五出席。", vec![]),
    ] {
        assert_eq!(flagged("expired-title", draft), expected, "{draft}");
    }
    let before = reviewer("").as_of("2022-12-31".parse().unwrap());
    assert_eq!(before.review("市长李明远出席。").findings(), []);
}

#[test]
fn names_a_character_off() {
    for (draft, expected) in [
        ("市长张珊指出", vec!["市长张珊"]),
        ("市长张珊，副市长王五", vec!["市长张珊"]),
        ("，张珊市长", vec!["张珊市长"]),
        ("市委书记李明元深入一线", vec!["市委书记李明元"]),
        ("市委副书记、市长张珊在会上", vec!["市长张珊"]),
        ("常务副市长周四唯调研", vec!["常务副市长周四唯"]),
        ("市长张贴公告", vec![]),
        ("2026年，市长检查", vec![]),
        ("市长张三指出", vec![]),
        ("市长李明远", vec![]),
        ("副市长周四维", vec![]),
        ("原市长张珊指出", vec![]),
        ("副区长张珊指出", vec![]),
        ("江州市市长张珊指出", vec![]),
        ("市长张", vec![]),
        ("市长", vec![]),
    ] {
        assert_eq!(flagged("misspelt-name", draft), expected, "{draft}");
    }
}

#[test]
fn order_of_the_table() {
    for (draft, expected) in [
        ("张三、李明远、王五出席", vec!["张三、李明远、王五"]),
        ("李明远、王五、张三、周四维出席", vec!["李明远、王五、张三、周四维"]),
        ("市长张三、市委书记李明远出席", vec!["张三、市委书记李明远"]),
        ("张三同志、李明远同志", vec!["张三同志、李明远"]),
        ("李明远、张三、周四维、王五出席", vec![]),
        ("王五，李明远", vec![]),
        ("王五、孙七、李明远", vec![]),
        ("王五、赵六安、李明远", vec![]),
        ("张三", vec![]),
    ] {
        assert_eq!(flagged("order", draft), expected, "{draft}");
    }
}

#[test]
fn what_is_said_and_put_instead() {
    for (draft, message, fixed) in [
        ("副市长张三", "张三|副市长|市长、市委副书记|副市长：王五", "市长张三"),
        ("市长李明远", "李明远|市长|市委书记|2023-01-01起不再担任", "市委书记李明远"),
        ("市长张珊，", "张珊|市长|张三|应为张三", "市长张三，"),
        ("王五、张三", "王五|副市长|张三、王五|顺序应为张三、王五", "张三、王五"),
    ] {
        let report = reviewer("").review(draft);
        assert_eq!(report.findings()[0].message, message, "{draft}");
        assert_eq!(report.fixed(draft, Safety::Ask), fixed, "{draft}");
    }
}

#[test]
fn guards_hold() {
    let reviewer = reviewer("not_near = [\"姓氏笔画\"]\nwithin = \"block\"");
    assert_eq!(reviewer.review("王五、张三（以姓氏笔画为序）").findings(), []);
}

#[test]
fn tables_that_cannot_be_meant() {
    for (table, expected) in [
        ("张三", "expected name, titles, from, to and order"),
        ("张三\t市长\t2023-02-29", "`2023-02-29` is no date, expected YYYY-MM-DD"),
        (
            "张三\t市长\t2023-01-01\t2023-01-01",
            "from 2023-01-01 to 2023-01-01: the second is the first day no longer and comes after the first",
        ),
        ("张三\t市长\t\t\t一", "`一` is no order, expected a whole number"),
        ("张\t市长", "`张` is too short to be told from other words, expected two characters"),
        ("张三\t市长\n张三\t市长", "`张三` stands twice in the list (after folding)"),
        ("张三\t市长\n张三\t书记\t2020-01-01", "the period of `张三` overlaps that of line 1"),
        (
            "张三\t市长\t2020-01-01\t\t1\n李四\t副市长\t\t2020-01-02\t1",
            "order 1 is that of `张三` (line 1) in the same period",
        ),
        ("张三\t市长|市长", "a title stands twice in the row (after folding)"),
        ("张三\t市长\t\t\t\tx", "expected name, titles, from, to and order"),
    ] {
        let error = Ruleset::parse_files(&[("test.toml", &rule("")), ("roster.tsv", table)]).unwrap_err();
        let found: Vec<String> = error.problems().iter().map(|problem| problem.kind.to_string()).collect();
        assert!(found.contains(&expected.to_owned()), "{table}: {found:?}");
    }
}

#[test]
fn periods_that_follow_each_other() {
    let table =
        "张三\t副市长\t2020-01-01\t2021-01-01\t2\n张三\t市长\t2021-01-01\t\t1\n李四\t市长\t\t2021-01-01\t1\n";
    let rules = Ruleset::parse_files(&[("test.toml", &rule("")), ("roster.tsv", table)]);
    assert!(rules.is_ok(), "{rules:?}");
}
