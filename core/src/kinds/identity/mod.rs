//! `identity`: identifiers of persons and organizations, known by form and check digit.

mod check;
mod form;
mod reading;
mod telephone;

use crate::draft::Draft;
use crate::draft::fold::Folding;
use crate::draft::mask::Context;
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::guard::{Guard, Guarded};
use crate::kinds::identity::form::{Identifier, Sighting};
use crate::kinds::identity::reading::readings;
use crate::kinds::{Kind, Note, Sight, Sink, Wake};
use crate::names::named;

named! {
    /// Which check digits a rule objects to.
    enum CheckDigit {
        /// Those that agree: this is such an identifier.
        Right = "right",
        /// Those that do not: this was meant for one and is miswritten.
        Wrong = "wrong",
    }
}

/// Identifiers that should not stand in a draft as they are.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    identifiers: Vec<Identifier>,
    check_digit: CheckDigit,
    /// Whether the masked form is what to write instead.
    mask: bool,
    guard: Guard,
}

impl Kind for Identity {
    const NAME: &'static str = "identity";
    const PLACEHOLDERS: &'static [&'static str] = &["masked", "type"];

    fn read(entry: &mut Entry<'_>) -> Option<Identity> {
        let identifiers: Vec<Identifier> = entry.names("identifiers", "identifier").unwrap_or_default();
        let check_digit = entry.name("check_digit", "check digit").unwrap_or(CheckDigit::Right);
        let mask = entry.flag("mask");
        let emails = identifiers.iter().any(|identifier| identifier.is_email());
        let outside = if emails { &[Context::Url][..] } else { &[Context::Url, Context::Email] };
        let guard = Guard::read(entry, Folding::FULL, outside);
        if identifiers.is_empty() {
            entry.problem(ProblemKind::MissingField("identifiers"));
            return None;
        }
        if let (CheckDigit::Wrong, Some(other)) =
            (check_digit, identifiers.iter().find(|own| !own.has_check_digit()))
        {
            entry.invalid("check_digit", format!("`{other}` has no check digit"));
        }
        Some(Identity { identifiers, check_digit, mask, guard })
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.guard.extend(entry);
    }

    /// Looks at every code, not at literals.
    fn wake(&self, _wake: &mut Wake<'_>) {}

    fn sight(&self) -> Sight {
        Sight::Lines
    }

    fn at_lines(&self, _notes: &[Note], draft: &Draft<'_>, out: &mut Sink<'_>) {
        // Of the many rules of this kind none need look at a draft without numbers.
        if draft.codes().is_empty() && draft.context(Context::Email).is_empty() {
            return;
        }
        for sighting in self.sightings(draft) {
            let guarded = self.guard.at(draft.block_at(sighting.span.start));
            self.object(&guarded, sighting, draft, out);
        }
    }
}

impl Identity {
    /// The identifiers of the rule, whatever stands around them.
    fn sightings(&self, draft: &Draft<'_>) -> Vec<Sighting> {
        let of_reading =
            |reading| self.identifiers.iter().find_map(|identifier| self.wanted(identifier.sight(&reading)?));
        let mut sightings: Vec<Sighting> =
            readings(draft.text(), draft.codes()).filter_map(of_reading).collect();
        if self.identifiers.iter().any(|identifier| identifier.is_email()) {
            for email in draft.context(Context::Email) {
                let sight = |identifier: &Identifier| identifier.sight_email(*email, draft.text());
                sightings.extend(self.identifiers.iter().find_map(sight));
            }
        }
        sightings
    }

    /// The sighting, where its check digit is as the rule wants.
    fn wanted(&self, sighting: Sighting) -> Option<Sighting> {
        (sighting.is_right == (self.check_digit == CheckDigit::Right)).then_some(sighting)
    }

    fn object(&self, guarded: &Guarded<'_>, sighting: Sighting, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let Sighting { identifier, span, .. } = sighting;
        if let Some(candidate) = guarded.object((draft.folded_span(span), span), draft, out) {
            let masked = identifier.masked(&draft.text()[span]);
            candidate.value("type", identifier.label()).value("masked", masked.as_str());
            if self.mask {
                candidate.fix(Fix::replace(span, masked, Safety::Ask));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{fixed, flagged, messages, problems};

    fn rule(identifier: &str) -> String {
        format!(r#"identifiers = ["{identifier}"]"#)
    }

    /// Asserts what a rule of one identifier flags in each draft.
    fn check(identifier: &str, table: &[(&str, &[&str])]) {
        for (draft, expected) in table {
            assert_eq!(flagged("identity", &rule(identifier), draft), *expected, "{identifier} in {draft}");
        }
    }

    #[test]
    fn resident_ids() {
        check(
            "resident-id",
            &[
                ("张某，身份证号110101190102030014，现予公示。", &["110101190102030014"]),
                ("110101 19010203 0014", &["110101 19010203 0014"]),
                ("110101-1901-0203-0014", &["110101-1901-0203-0014"]),
                ("１１０１０１１９０１０２０３００１４", &["１１０１０１１９０１０２０３００１４"]),
                ("11010119010203017x", &["11010119010203017x"]),
                ("11010119010203017Ｘ", &["11010119010203017Ｘ"]),
                ("810000199912319009", &["810000199912319009"]),
                ("姓名\t110101190102030014\t2026", &["110101190102030014"]),
                ("1 110101190102030014 2026", &["110101190102030014"]),
                // The check digit, the day, the province, more digits, a part of another number, masked.
                ("110101190102030015", &[]),
                ("110101190102300010", &[]),
                ("990101190102030018", &[]),
                ("1101011901020300142", &[]),
                ("A110101190102030014", &[]),
                ("2026-110101190102030014", &[]),
                ("0.110101190102030014", &[]),
                ("110101********0014", &[]),
                ("https://example.com/110101190102030014", &[]),
                ("110101\n190102030014", &[]),
            ],
        );
    }

    #[test]
    fn old_resident_ids() {
        check(
            "resident-id-15",
            &[
                ("旧身份证号110101010203001", &["110101010203001"]),
                ("110101 010203 001", &["110101 010203 001"]),
                ("110101011303001", &[]),
                ("990101010203001", &[]),
                ("1101010102030012", &[]),
            ],
        );
    }

    #[test]
    fn credit_codes() {
        check(
            "credit-code",
            &[
                ("统一社会信用代码92330106MA2EXAMP1B。", &["92330106MA2EXAMP1B"]),
                ("92330106ma2examp1b", &["92330106ma2examp1b"]),
                ("９２３３０１０６ＭＡ２ＥＸＡＭＰ１Ｂ", &["９２３３０１０６ＭＡ２ＥＸＡＭＰ１Ｂ"]),
                ("92330106 MA2EXAMP1 B", &[]),
                ("92330106 MA2EXAMP 1B", &["92330106 MA2EXAMP 1B"]),
                ("92330106MA2EXAMP1A", &[]),
                ("92330106MA2EXAMPO1", &[]),
                ("92330106MA2EXAMP1BB", &[]),
            ],
        );
    }

    #[test]
    fn bank_cards() {
        check(
            "bank-card",
            &[
                ("卡号6222020000000000000", &["6222020000000000000"]),
                ("6222 0200 0000 0000 000", &["6222 0200 0000 0000 000"]),
                ("622202 0000000000000", &["622202 0000000000000"]),
                ("6222020000000000001", &[]),
                ("622 2020 0000 0000 0000", &[]),
                ("4367420000000009", &[]),
                ("6222 **** **** 0000", &[]),
            ],
        );
        check(
            "other-bank-card",
            &[
                ("4367420000000009", &["4367420000000009"]),
                ("4367-4200-0000-0009", &["4367-4200-0000-0009"]),
                ("4367420000000008", &[]),
                ("7367420000000009", &[]),
            ],
        );
    }

    #[test]
    fn mobiles() {
        check(
            "mobile",
            &[
                ("请拨打13800000000反映", &["13800000000"]),
                ("138 0000 0000", &["138 0000 0000"]),
                ("138-0000-0000", &["138-0000-0000"]),
                ("1380000-0000", &["1380000-0000"]),
                ("+86 13800000000", &["+86 13800000000"]),
                ("+86 138 0000 0000", &["+86 138 0000 0000"]),
                ("86-13800000000", &["86-13800000000"]),
                ("+8613800000000", &["+8613800000000"]),
                ("008613800000000", &["008613800000000"]),
                ("+86-138 0000 0000", &["138 0000 0000"]),
                ("１３８００００００００", &["１３８００００００００"]),
                ("2026 13800000000", &["13800000000"]),
                ("13800000000/13900000000", &["13800000000", "13900000000"]),
                ("13800000000、13900000000。", &["13800000000", "13900000000"]),
                ("13800000000 13900000000", &["13800000000", "13900000000"]),
                ("|张某|13800000000|2026|", &["13800000000"]),
                ("138 00000000", &[]),
                ("12800000000", &[]),
                ("138000000001", &[]),
                ("A13800000000", &[]),
                ("13800000000.50", &[]),
                ("2026-13800000000", &[]),
                ("138****0000", &[]),
                ("138 0000 0000 0000", &[]),
                ("1,380,000,0000", &[]),
                ("13800000000@example.com", &[]),
            ],
        );
    }

    #[test]
    fn landlines() {
        check(
            "landline",
            &[
                ("010-62000000", &["010-62000000"]),
                ("（010）62000000", &["（010）62000000"]),
                ("(0991) 6200000", &["(0991) 6200000"]),
                ("（010）6200-0000", &["（010）6200-0000"]),
                ("（0991）620 0000", &["（0991）620 0000"]),
                ("010-6200 0000", &[]),
                ("010 6200 0000", &["010 6200 0000"]),
                ("0571-62000000-8001", &["0571-62000000-8001"]),
                ("01062000000", &["01062000000"]),
                ("057162000000", &["057162000000"]),
                ("010-6200000", &[]),
                ("0291-62000000", &[]),
                ("400-620-0000", &[]),
                ("2026-62000000", &[]),
                ("（2026）62000000", &[]),
            ],
        );
    }

    #[test]
    fn plates() {
        check(
            "plate",
            &[
                ("查获京A12345。", &["京A12345"]),
                ("京A·12345", &["京A·12345"]),
                ("京A 12345", &["京A 12345"]),
                ("京ａ12345", &["京ａ12345"]),
                ("京AD12345、京A12345D", &["京AD12345", "京A12345D"]),
                ("京A1234警", &["京A1234警"]),
                ("京A·1234", &[]),
                ("粤Z1234港", &["粤Z1234港"]),
                ("京A1234辆", &[]),
                ("京I12345", &[]),
                ("京A1O345", &[]),
                ("京B2-20260001", &[]),
                ("京ICP备12345678号", &[]),
                ("A12345", &[]),
                ("京A123456", &[]),
            ],
        );
    }

    #[test]
    fn papers() {
        check(
            "passport",
            &[
                ("护照号E00000001", &["E00000001"]),
                ("护照号EA0000001", &["EA0000001"]),
                ("护照号PE0000001", &["PE0000001"]),
                ("EO0000001", &[]),
                ("X00000001", &[]),
                ("E000000012", &[]),
            ],
        );
        check(
            "travel-permit",
            &[
                ("通行证H00000001", &["H00000001"]),
                ("通行证M0000000101", &["M0000000101"]),
                ("通行证C0A000001", &[]),
                ("通行证CA0000001", &["CA0000001"]),
                ("通行证K00000001", &[]),
            ],
        );
        check(
            "vin",
            &[
                ("车架号LSVAA00A0A0000001", &["LSVAA00A0A0000001"]),
                ("LSVAA00A0A000000A", &[]),
                ("LSVAAOOA0A0000001", &[]),
                ("12345678901234567", &[]),
            ],
        );
    }

    #[test]
    fn mailboxes() {
        check(
            "email",
            &[
                ("发至bgs@example.gov.cn。", &["bgs@example.gov.cn"]),
                ("办公室@", &[]),
                ("https://example.com/a@b.cn", &[]),
            ],
        );
        check(
            "personal-email",
            &[
                ("发至nobody@qq.com。", &["nobody@qq.com"]),
                ("nobody@vip.sina.com", &["nobody@vip.sina.com"]),
                ("zhangsan88@example.gov.cn", &["zhangsan88@example.gov.cn"]),
                ("bgs@example.gov.cn", &[]),
                ("zhaopin2026@example.gov.cn", &[]),
                ("jubao12388@12388.gov.cn", &[]),
            ],
        );
    }

    #[test]
    fn miswritten() {
        let rule = r#"identifiers = ["resident-id", "credit-code"]
        check_digit = "wrong"
        near = ["身份证", "信用代码"]"#;
        for (draft, expected) in [
            ("身份证110101190102030015", vec!["110101190102030015"]),
            ("身份证110101190102030014", vec![]),
            ("编号110101190102030015", vec![]),
            ("信用代码92330106MA2EXAMP1A", vec!["92330106MA2EXAMP1A"]),
        ] {
            assert_eq!(flagged("identity", rule, draft), expected, "{draft}");
        }
    }

    #[test]
    fn guarded() {
        let rule = r#"identifiers = ["mobile"]
        not_after = ["编号", "编号："]
        not_near = ["热线"]
        within = 4"#;
        for (draft, expected) in [
            ("编号13800000000", vec![]),
            ("编号:　13800000000", vec![]),
            ("热线：13800000000", vec![]),
            ("热线\n13800000000", vec!["13800000000"]),
            ("热线一二三四五13800000000", vec!["13800000000"]),
        ] {
            assert_eq!(flagged("identity", rule, draft), expected, "{draft}");
        }
    }

    #[test]
    fn masks() {
        for (identifier, draft, expected) in [
            ("resident-id", "110101 19010203 017x", "110101********017X"),
            ("resident-id-15", "110101010203001", "110101*****3001"),
            ("bank-card", "6222 0200 0000 0000 000", "622202*********0000"),
            ("mobile", "+86 138-0000-0000", "138****0000"),
            ("mobile", "+86 138 0000 0000", "138****0000"),
            ("landline", "（010）62000000", "010****0000"),
            ("email", "nobody@example.cn", "n***@example.cn"),
            ("plate", "京A·12345", "京A***45"),
            ("passport", "E00000001", "E0****001"),
        ] {
            let fields = rule(identifier) + "\nmask = true\nmessage = \"{masked}\"";
            let last = messages("identity", &fields, &[], draft).pop();
            assert_eq!(last.as_deref(), Some(expected), "{draft}");
        }
        let fields = rule("resident-id") + "\nmask = true\nmessage = \"{type}\"";
        assert_eq!(messages("identity", &fields, &[], "110101190102030014"), ["公民身份号码"]);
        assert_eq!(fixed("identity", &fields, "号码110101190102030014。"), "号码110101********0014。");
    }

    #[test]
    fn any_text() {
        for identifier in super::Identifier::ALL {
            let rule = rule(identifier.name());
            for draft in [
                "",
                "0",
                "+",
                "86",
                "（）12345678",
                "（0991）",
                "京",
                "A·12345",
                "é12345",
                "１２３４５６７８９０１２３４５６７８",
                "@",
                "1@2.3",
            ] {
                flagged("identity", &rule, draft);
            }
            for part in ["1", "1 ", "86-", "京A1", "１", "1\u{200b}", "（010）", "138 0000 0000 "] {
                flagged("identity", &rule, &part.repeat(3000));
            }
        }
    }

    #[test]
    fn what_cannot_be_meant() {
        for (fields, expected) in [
            ("", "missing field `identifiers`"),
            (
                r#"identifiers = ["mobil"]"#,
                "unknown identifier `mobil`, expected one of resident-id, resident-id-15, \
                credit-code, bank-card, other-bank-card, mobile, landline, email, personal-email, plate, passport, \
                travel-permit, vin; did you mean `mobile`?",
            ),
            (
                r#"identifiers = ["mobile"]
             check_digit = "wrong""#,
                "`mobile` has no check digit",
            ),
        ] {
            assert!(
                problems("identity", fields).contains(&expected.to_owned()),
                "{:?}",
                problems("identity", fields)
            );
        }
    }
}
