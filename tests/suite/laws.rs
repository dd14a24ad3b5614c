//! The laws of review on random texts.

use baguan::{Offsets, Reviewer, Ruleset};
use proptest::prelude::*;

use baguan_tests::laws;

/// Pieces that the standard rules care about, mixed with what makes offsets drift.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "国家级",
            "最佳",
            "布署",
            "《中华人民共和国合同法》",
            "“",
            "”",
            "（",
            "）",
            "《",
            "》",
            "一、",
            "（一）",
            "1.",
            "\n",
            "绝密★1年",
            "110101199003070",
            "13800138000",
            "密码：",
            "Ａ１",
            "，",
            "。",
            "、、",
            "國務院",
            "\u{200b}",
            "e\u{301}",
            "😀",
            "\u{feff}",
            "İ",
            "ﬁ",
            "㎏",
            "葛\u{e0100}",
            "<!-- baguan:ignore wording/x -->",
            "http://a.cn/",
            "四个意识",
            "百分之",
            "5%",
            "2百分点",
            "摄氏",
            "35℃",
            "PH值",
            "（一）、",
            "政治意识、",
            "2026年2月30日",
            "省省委",
            "\r\n",
            "\t",
            "|",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
        "[一-龥]{1,4}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

#[test]
fn every_text() {
    let reviewer = Reviewer::new(Ruleset::standard()).unwrap();
    proptest!(ProptestConfig::with_cases(400), |(text in pieces())| laws::hold(&reviewer, &text));
}

#[test]
fn offsets_name_the_flagged_text_in_every_unit() {
    let reviewer = Reviewer::new(Ruleset::standard()).unwrap();
    proptest!(ProptestConfig::with_cases(200), |(text in pieces())| {
        let report = reviewer.review(&text);
        let chars: Vec<char> = text.chars().collect();
        let utf16: Vec<u16> = text.encode_utf16().collect();
        for finding in report.view(&text, Offsets::Chars).findings {
            prop_assert_eq!(chars[finding.start..finding.end].iter().collect::<String>(), finding.text);
        }
        for finding in report.view(&text, Offsets::Utf16).findings {
            prop_assert_eq!(String::from_utf16(&utf16[finding.start..finding.end]).unwrap(), finding.text);
        }
        for finding in report.view(&text, Offsets::Bytes).findings {
            prop_assert_eq!(&text[finding.start..finding.end], finding.text);
        }
    });
}
