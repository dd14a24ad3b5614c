//! What a citation rule flags, says and refuses.

use crate::reviewer::Reviewer;
use crate::ruleset::Ruleset;
use crate::testing::{flagged_with, messages};

const LAWS: &str = "不动产登记法\t\t\t\t\n\
    合同法\t1999-10-01\t2021-01-01\t中华人民共和国民法典\t《民法典》第一千二百六十条\n\
    学位条例\t1981-01-01\t2025-01-01\t学位法\t《学位法》第四十五条\n\
    执业医师法\t1999-05-01\t2022-03-01\t医师法\t《医师法》第六十七条\trenamed\n\
    最高人民法院关于适用〈中华人民共和国婚姻法〉的解释\t\t2021-01-01\t最高人民法院关于适用婚姻家庭编的解释\t废止决定\n\
    未来法\t2999-01-01\t\t\t\n\
    民事诉讼法(试行)\t1982-10-01\t1991-04-09\t民事诉讼法\t原文\n\
    粮票办法\t\t1993-04-01\t\t传闻\tunconfirmed\n\
    缓刑办法\t\t2000-02-03\t\t原文\n";

const VERSIONS: &str = "公司法\t218\t2018-10-26\t2024-07-01\n公司法\t266\t2024-07-01\t\n";

fn flagged(fields: &str, draft: &str) -> Vec<String> {
    let fields = format!("laws_file = \"laws.tsv\"\n{fields}");
    flagged_with("citation", &fields, &[("laws.tsv", LAWS)], draft)
}

#[test]
fn what_is_not_confirmed_is_a_fault_of_its_own() {
    let draft = "依据《粮票办法》和《合同法》，参照《执业医师法》。";
    for (faults, expected) in [
        (r#"faults = ["repealed"]"#, vec!["《合同法》"]),
        (r#"faults = ["renamed"]"#, vec!["《执业医师法》"]),
        (r#"faults = ["unconfirmed"]"#, vec!["《粮票办法》"]),
    ] {
        assert_eq!(flagged(faults, draft), expected, "{faults}");
    }
}

#[test]
fn whole_titles_only() {
    for (draft, expected) in [
        ("依据《合同法》制定。", vec!["《合同法》"]),
        ("依据《中华人民共和国合同法》制定。", vec!["《中华人民共和国合同法》"]),
        ("依据《合同法（2018年修正）》制定。", vec!["《合同法（2018年修正）》"]),
        ("依据《合同法(1999)》制定。", vec!["《合同法(1999)》"]),
        ("依据《中華人民共和國合同法》制定。", vec!["《中華人民共和國合同法》"]),
        ("依据合同法制定。", vec![]),
        ("依据《劳动合同法》制定。", vec![]),
        ("依据《合同法司法解释》制定。", vec![]),
        ("依据《合同法（草案）》制定。", vec![]),
        ("依据《关于废止〈合同法〉的决定》制定。", vec![]),
        ("依据《关于废止《合同法》的决定》制定。", vec![]),
        ("依据《合同法", vec![]),
        ("依据《民事诉讼法》制定。", vec![]),
        ("依据《民事诉讼法（试行）》制定。", vec!["《民事诉讼法（试行）》"]),
        ("《合同法》《学位条例》", vec!["《合同法》", "《学位条例》"]),
    ] {
        assert_eq!(flagged("faults = [\"repealed\"]", draft), expected, "{draft}");
    }
}

#[test]
fn faults() {
    for (fault, expected) in [
        ("repealed", vec!["《合同法》"]),
        ("renamed", vec!["《执业医师法》"]),
        ("not-yet-in-force", vec!["《未来法》"]),
    ] {
        let draft = "《合同法》和《执业医师法》和《未来法》和《不动产登记法》";
        assert_eq!(on("2026-11-23", &format!("faults = [\"{fault}\"]"), draft), expected);
    }
}

#[test]
fn issuers_and_marks_within_a_title() {
    for (draft, expected) in [
        (
            "《最高人民法院关于适用〈中华人民共和国婚姻法〉的解释》",
            "《最高人民法院关于适用婚姻家庭编的解释》",
        ),
        ("《最高人民法院关于适用《婚姻法》的解释》", "《最高人民法院关于适用婚姻家庭编的解释》"),
        ("最高人民法院《关于适用婚姻法的解释》", "最高人民法院《关于适用婚姻家庭编的解释》"),
        (
            "《最高人民法院、最高人民检察院关于适用<婚姻法>的解释》",
            "《最高人民法院关于适用婚姻家庭编的解释》",
        ),
        ("《某省高级人民法院关于适用〈婚姻法〉的解释》", "《某省高级人民法院关于适用〈婚姻法〉的解释》"),
        ("《关于适用〈婚姻法〉的解释的说明》", "《关于适用〈婚姻法〉的解释的说明》"),
    ] {
        let report = reviewer("2026-11-23", "").review(draft);
        assert_eq!(report.fixed(draft, crate::finding::Safety::Ask), expected);
    }
}

#[test]
fn articles() {
    let fields = "articles_file = \"versions.tsv\"\nunless_dated = true\nnot_after = [\"原\"]\n\
        message = \"{found}|{title}|{last}|{date}\"";
    for (draft, expected) in [
        ("依照《公司法》第二百六十六条处理。", vec![]),
        (
            "依照《中华人民共和国公司法》第二百六十六条、第二百六十七条处理。",
            vec!["第二百六十七条|公司法|二百六十六|2024年7月1日"],
        ),
        ("依照《公司法》第300条第2款处理。", vec!["第300条|公司法|二百六十六|2024年7月1日"]),
        ("2020年，依照《公司法》第三百条处理。", vec![]),
        ("依照《公司法（2018年修正）》第三百条处理。", vec![]),
        ("依照原《公司法》第三百条处理。", vec![]),
    ] {
        assert_eq!(messages("citation", fields, &[("versions.tsv", VERSIONS)], draft), expected, "{draft}");
    }
}

#[test]
fn by_the_day() {
    for (day, expected) in
        [("2020-12-31", vec![]), ("2021-01-01", vec!["《合同法》"]), ("1999-09-30", vec!["《合同法》"])]
    {
        assert_eq!(on(day, "", "依据《合同法》制定。"), expected, "{day}");
    }
}

#[test]
fn history_is_excused() {
    let guards = "not_after = [\"原\"]\nnot_near = [\"废止\"]\nwithin = \"sentence\"\nunless_dated = true";
    for (draft, expected) in [
        ("原《合同法》规定", vec![]),
        ("《合同法》同时废止。", vec![]),
        ("根据2018年3月施行的《合同法》", vec![]),
        ("《合同法》（1999年）", vec![]),
        ("根据2023年的办法和《合同法》", vec!["《合同法》"]),
        ("2018年的事。根据《合同法》", vec!["《合同法》"]),
        ("编号12018年和《合同法》", vec!["《合同法》"]),
        ("某办法\n2018年3月1日公布\n第一条　根据《合同法》", vec![]),
        ("某办法\n2018年3月1日公布，2022年2月1日修订\n第一条　根据《合同法》", vec!["《合同法》"]),
        ("某办法\n2018年3月公布\n第一条　根据《合同法》", vec!["《合同法》"]),
    ] {
        assert_eq!(flagged(guards, draft), expected, "{draft}");
    }
}

#[test]
fn what_is_said_and_put_instead() {
    let fields = "laws_file = \"laws.tsv\"\nfaults = [\"repealed\"]\n\
        message = \"{title}|{successor}|{date}|{evidence}\"";
    assert_eq!(
        messages("citation", fields, &[("laws.tsv", LAWS)], "《中华人民共和国合同法（修订）》《缓刑办法》"),
        ["合同法|《民法典》|2021年1月1日|《民法典》第一千二百六十条", "缓刑办法|无|2000年2月3日|原文"]
    );
    let report = reviewer("2026-11-23", "").review("《中华人民共和国合同法（修订）》");
    assert_eq!(
        report.fixed("《中华人民共和国合同法（修订）》", crate::finding::Safety::Ask),
        "《中华人民共和国民法典》"
    );
}

#[test]
fn what_cannot_be_meant() {
    for (laws, expected) in [
        ("合同法\t2020-13-01\t\t\t", "`2020-13-01` is no date, expected YYYY-MM-DD"),
        ("合同法\t", "expected title, in force from, repealed from, successor and evidence"),
        ("中华人民共和国合同法\t\t\t\t", "`中华人民共和国合同法`: leave out the leading 中华人民共和国"),
        ("合同法\t\t\t\t\tx", "expected at most a sixth column that is empty, `renamed` or `unconfirmed`"),
        ("合同法\t\t\t\t\n合同法\t\t\t\t", "`合同法` stands twice in the list (after folding)"),
    ] {
        assert!(problems(&[("laws.tsv", laws)]).contains(&expected.to_owned()), "{laws}");
    }
    for (versions, expected) in [
        ("公司法\t266", "expected title, last article, from and to"),
        ("公司法\t零\t2024-07-01\t", "`零` is no number of an article"),
        ("公司法\t266\t\t", "expected the day from which the count holds"),
    ] {
        let files = [("laws.tsv", LAWS), ("versions.tsv", versions)];
        assert!(problems(&files).contains(&expected.to_owned()), "{versions}");
    }
}

fn problems(files: &[(&str, &str)]) -> Vec<String> {
    let rule = rule(if files.len() > 1 { "articles_file = \"versions.tsv\"" } else { "" });
    let files: Vec<(&str, &str)> =
        [("test.toml", rule.as_str())].into_iter().chain(files.iter().copied()).collect();
    let error = Ruleset::parse_files(&files).unwrap_err();
    error.problems().iter().map(|problem| problem.kind.to_string()).collect()
}

fn rule(fields: &str) -> String {
    format!(
        "[[rule]]\nid = \"legal/tested\"\nkind = \"citation\"\nseverity = \"error\"\nmessage = \"m\"\nwhy = \"w\"\n\
         source = \"s\"\nbad = [\"b\"]\ngood = [\"g\"]\nlaws_file = \"laws.tsv\"\n{fields}\n"
    )
}

fn reviewer(day: &str, fields: &str) -> Reviewer {
    let rules = Ruleset::parse_files(&[("test.toml", &rule(fields)), ("laws.tsv", LAWS)]).unwrap();
    Reviewer::new(rules).unwrap().as_of(day.parse().unwrap())
}

fn on(day: &str, fields: &str, draft: &str) -> Vec<String> {
    reviewer(day, fields)
        .review(draft)
        .findings()
        .iter()
        .map(|finding| draft[finding.span].to_owned())
        .collect()
}
