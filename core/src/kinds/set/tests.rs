//! Tests of `set`.

use crate::testing::{fixed, flagged, flagged_with, messages, problems};

const RULE: &str = r#"sets = [
    ["四个意识", "政治意识、大局意识、核心意识、看齐意识"],
    ["四史", "党史、新中国史、改革开放史、社会主义发展史"],
    ["五史", "党史、新中国史、改革开放史、社会主义发展史、中华民族发展史"],
    ["社会主义核心价值观（国家）", "富强、民主、文明、和谐"],
    ["社会主义核心价值观（公民）", "爱国、敬业、诚信、友善", "note"],
    ["三大作风", "理论联系实际、密切联系群众、批评与自我批评|批评和自我批评"],
    ["三农", "农业、农村、农民"],
]
message = "{label}：{detail}"
"#;

fn said(draft: &str) -> Vec<String> {
    messages("set", RULE, &[], draft)
}

#[test]
fn right_lists() {
    for draft in [
        "增强“四个意识”，即政治意识、大局意识、核心意识、看齐意识。",
        "增强政治意识、大局意识、核心意识和看齐意识",
        "“政治意识”“大局意识”“核心意识”和“看齐意识”",
        "增强政治意识，增强大局意识，增强核心意识，增强看齐意识",
        "党史、新中国史、改革开放史、社会主义发展史、中华民族发展史",
        "学习“四史”。",
        "增强“四个意识”特别是核心意识、看齐意识。",
        "增强“四个意识”，不断强化核心意识、看齐意识，做到“两个维护”。",
        "做好“三农”工作，全面推进农业、农村现代化。",
        "理论联系实际、密切联系群众、批评和自我批评三大作风",
        "党史、新中国史、改革开放史等",
        "民主党派、文明单位、和谐社区",
        "建设富强、民主、文明、和谐、美丽的国家",
        "富强民主文明和谐",
        "核心意识、大局意识",
        "",
        "、、和",
    ] {
        assert_eq!(said(draft), [""; 0], "{draft}");
    }
}

#[test]
fn another_word_in_the_first_place() {
    for (draft, expected) in [
        ("做好“三农”，即商业、农村、农民。", vec!["三农：「商业」应为「农业」"]),
        (
            "“三大作风”是指艰苦朴素、密切联系群众、批评和自我批评。",
            vec!["三大作风：「艰苦朴素」应为「理论联系实际」"],
        ),
        ("聚焦“三农”，促进城乡区域协调发展、农村、农民增收。", vec![]),
        ("做好“四农”，即农业、农村、农民。", vec!["三农：列了3项，标签应为「三农」"]),
        ("加强四农建设，即农业、农村、农民。", vec![]),
    ] {
        assert_eq!(said(draft), expected, "{draft}");
    }
}

#[test]
fn missing() {
    for (draft, expected) in [
        ("增强“四个意识”，即政治意识、大局意识、核心意识。", "四个意识：缺「看齐意识」"),
        ("增强“四个意识”，即大局意识、核心意识、看齐意识。", "四个意识：缺「政治意识」"),
        ("“四个意识”是指核心意识、看齐意识。", "四个意识：缺「政治意识」「大局意识」"),
        ("增强政治意识、大局意识和看齐意识这“四个意识”。", "四个意识：缺「核心意识」"),
        ("增强政治意识、大局意识、看齐意识，推动工作。", "四个意识：缺「核心意识」"),
        ("“三农”（农业、农村）", "三农：缺「农民」"),
        ("社会主义核心价值观：爱国、敬业、友善", "社会主义核心价值观：缺「诚信」"),
    ] {
        assert_eq!(said(draft), [expected], "{draft}");
    }
}

#[test]
fn altered() {
    for (draft, expected) in [
        ("爱国、敬业、诚实、友善", "社会主义核心价值观：「诚实」应为「诚信」"),
        ("倡导爱国、敬业、诚信、友爱。", "社会主义核心价值观：「友爱」应为「友善」"),
        ("增强正治意识、大局意识、核心意识、看齐意识", "四个意识：「正治意识」应为「政治意识」"),
        ("“四个意识”，即政治意识、大局意识、忧患意识、看齐意识", "四个意识：「忧患意识」应为「核心意识」"),
        (
            "“三大作风”：理论联系实际、密切联系群众、批评与自我批判",
            "三大作风：「批评与自我批判」应为「批评与自我批评」",
        ),
    ] {
        assert_eq!(said(draft), [expected], "{draft}");
    }
    assert_eq!(said("增强政治意识、大局意识、规矩意识、看齐意识"), [""; 0]);
}

#[test]
fn disordered_extra_and_miscounted() {
    for (draft, expected) in [
        (
            "增强大局意识、政治意识、核心意识、看齐意识",
            "四个意识：顺序应为政治意识、大局意识、核心意识、看齐意识",
        ),
        ("“四个意识”：政治意识、大局意识、忧患意识、核心意识、看齐意识", "四个意识：多出「忧患意识」"),
        ("“四个意识”：政治意识、大局意识、核心意识、看齐意识和忧患意识", "四个意识：多出「忧患意识」"),
        (
            "“四史”即党史、新中国史、改革开放史、社会主义发展史、中华民族发展史",
            "四史：列了5项，标签应为「五史」",
        ),
        ("“五史”即党史、新中国史、改革开放史、社会主义发展史。", "五史：列了4项，标签应为「四史」"),
        ("“五个意识”，即政治意识、大局意识、核心意识、看齐意识", "四个意识：列了4项，标签应为「四个意识」"),
        ("政治意识、大局意识、核心意识、看齐意识“五个意识”", "四个意识：列了4项，标签应为「四个意识」"),
    ] {
        assert_eq!(said(draft), [expected], "{draft}");
    }
}

#[test]
fn what_is_put_instead() {
    for (draft, expected) in [
        (
            "“四个意识”，即政治意识、大局意识和看齐意识。",
            "“四个意识”，即政治意识、大局意识、核心意识和看齐意识。",
        ),
        ("“大局意识”“政治意识”“核心意识”“看齐意识”", "“政治意识”“大局意识”“核心意识”“看齐意识”"),
        ("爱国、敬业、誠實、友善", "爱国、敬业、诚信、友善"),
        (
            "大局意识、增强政治意识、核心意识、看齐意识这“四个意识”",
            "大局意识、增强政治意识、核心意识、看齐意识这“四个意识”",
        ),
    ] {
        assert_eq!(fixed("set", RULE, draft), expected, "{draft}");
    }
}

#[test]
fn choice_of_faults_and_labels() {
    let draft = "“四个意识”，即大局意识、政治意识、核心意识、看齐意识。爱国、敬业、诚实、友善";
    for (choice, expected) in [
        ("faults = [\"disordered\"]", vec!["大局意识、政治意识、核心意识、看齐意识"]),
        ("faults = [\"altered\"]", vec!["诚实"]),
        ("label = [\"beside\"]", vec!["大局意识、政治意识、核心意识、看齐意识"]),
        ("label = [\"absent\"]", vec!["诚实"]),
        ("faults = [\"missing\", \"extra\", \"miscounted\"]", vec![]),
    ] {
        assert_eq!(flagged("set", &format!("{RULE}{choice}"), draft), expected, "{choice}");
    }
}

#[test]
fn sets_in_files() {
    let files =
        [("sets.tsv", "# label\tmembers\tnote\n四风\t形式主义、官僚主义、享乐主义、奢靡之风\t末项用“和”\n")];
    let found =
        flagged_with("set", "sets_file = \"sets.tsv\"", &files, "整治“四风”：形式主义、享乐主义和奢靡之风");
    assert_eq!(found, ["形式主义、享乐主义和奢靡之风"]);
}

#[test]
fn long_texts() {
    let text = "“五个意识”即政治意识、大局意识和和、，核心意识“”看齐意识、以及等三农农业农村".repeat(2000);
    said(&text);
}

#[test]
fn what_cannot_be_meant() {
    for (fields, expected) in [
        (r#"sets = [["四风"]]"#, "expected a label, the members parted by 、 and an optional note"),
        (r#"sets = [["四风", "形式主义"]]"#, "`四风`: expected two different members or more"),
        (r#"sets = [["四风", "官僚主义、官僚主义"]]"#, "`四风`: expected two different members or more"),
        (
            r#"sets = [["甲", "一一、二二"], ["甲", "一一、二二"]]"#,
            "`甲` stands twice in the list (after folding)",
        ),
        ("", "missing field `sets`"),
        (
            r#"sets = [["甲", "一一、二二"]]
         label = ["besides"]"#,
            "unknown place of the label `besides`, expected one of absent, near, beside; did you mean `beside`?",
        ),
    ] {
        assert!(
            problems("set", fields).contains(&expected.to_owned()),
            "{fields}: {:?}",
            problems("set", fields)
        );
    }
}
