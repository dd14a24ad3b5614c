//! The closed list of identifiers: how each is written, checked and masked.

use crate::date::Date;
use crate::draft::fold::{Folding, fold, is_blank};
use crate::draft::number::{Join, is_hyphen};
use crate::kinds::identity::check::{all_digits, credit_value, is_card, is_credit_code, is_resident_id};
use crate::kinds::identity::reading::Reading;
use crate::kinds::identity::telephone::{landline, mobile};
use crate::names::named;
use crate::span::Span;

named! {
    /// What identifies a person, a thing of theirs, or an organization.
    pub(super) enum Identifier {
        /// A resident identity number of 18 characters.
        ResidentId = "resident-id",
        /// One of 15 digits, given until 1999.
        ResidentId15 = "resident-id-15",
        /// A unified social credit code.
        CreditCode = "credit-code",
        /// The number of a card of `UnionPay`.
        BankCard = "bank-card",
        /// The number of a card of another issuer.
        OtherBankCard = "other-bank-card",
        /// A mobile telephone number of the mainland.
        Mobile = "mobile",
        /// A fixed telephone number with its area code.
        Landline = "landline",
        /// An e-mail address.
        Email = "email",
        /// An e-mail address as persons have them: of a public provider, or a name with a number.
        PersonalEmail = "personal-email",
        /// A number plate.
        Plate = "plate",
        /// A Chinese passport.
        Passport = "passport",
        /// A permit for travel between the mainland, Hong Kong, Macao and Taiwan.
        TravelPermit = "travel-permit",
        /// A vehicle identification number.
        Vin = "vin",
    }
}

/// An identifier as it stands in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sighting {
    pub(super) identifier: Identifier,
    pub(super) span: Span,
    /// Whether its check digit is right, where it has one.
    pub(super) is_right: bool,
}

impl Identifier {
    /// Its name in messages.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Identifier::ResidentId => "公民身份号码",
            Identifier::ResidentId15 => "15位公民身份号码",
            Identifier::CreditCode => "统一社会信用代码",
            Identifier::BankCard | Identifier::OtherBankCard => "银行卡号",
            Identifier::Mobile => "手机号码",
            Identifier::Landline => "固定电话号码",
            Identifier::Email | Identifier::PersonalEmail => "电子邮箱",
            Identifier::Plate => "机动车号牌",
            Identifier::Passport => "护照号码",
            Identifier::TravelPermit => "通行证号码",
            Identifier::Vin => "车辆识别代号",
        }
    }

    /// Whether it ends in a check digit that can be wrong.
    pub(super) const fn has_check_digit(self) -> bool {
        matches!(
            self,
            Identifier::ResidentId
                | Identifier::CreditCode
                | Identifier::BankCard
                | Identifier::OtherBankCard
        )
    }

    pub(super) const fn is_email(self) -> bool {
        matches!(self, Identifier::Email | Identifier::PersonalEmail)
    }

    /// The identifier that a reading is, if it is this one.
    #[inline(never)]
    pub(super) fn sight(self, reading: &Reading<'_>) -> Option<Sighting> {
        let chars = reading.chars();
        let sighting = |span: Span| Sighting { identifier: self, span, is_right: true };
        let when = |holds: bool| holds.then(|| sighting(reading.span));
        let checked = |holds: bool, is_right: fn(&[u8]) -> bool| {
            holds.then(|| Sighting { is_right: is_right(chars), ..sighting(reading.span) })
        };
        match self {
            Identifier::ResidentId => checked(has_form_of_resident_id(reading), is_resident_id),
            Identifier::ResidentId15 => when(is_resident_id_15(reading)),
            Identifier::CreditCode => checked(has_form_of_credit_code(reading), is_credit_code),
            Identifier::BankCard => checked(has_form_of_card(reading) && chars.starts_with(b"62"), is_card),
            Identifier::OtherBankCard => {
                checked(has_form_of_card(reading) && is_of_other_issuer(chars), is_card)
            }
            Identifier::Mobile => mobile(reading).map(sighting),
            Identifier::Landline => landline(reading).map(sighting),
            Identifier::Plate => plate(reading).map(sighting),
            Identifier::Passport => when(is_passport(chars)),
            Identifier::TravelPermit => when(is_travel_permit(chars)),
            Identifier::Vin => when(is_vin(chars)),
            Identifier::Email | Identifier::PersonalEmail => None,
        }
    }

    /// The identifier that an e-mail address of the draft is, if it is this one.
    pub(super) fn sight_email(self, span: Span, text: &str) -> Option<Sighting> {
        let holds = match self {
            Identifier::Email => true,
            Identifier::PersonalEmail => is_personal(&text[span]),
            _ => false,
        };
        holds.then_some(Sighting { identifier: self, span, is_right: true })
    }

    /// `written` with all but its ends hidden.
    pub(super) fn masked(self, written: &str) -> String {
        if self.is_email() {
            let (local, domain) = written.split_once('@').unwrap_or((written, ""));
            return format!("{}***@{domain}", local.chars().next().unwrap_or('*'));
        }
        let folded = fold(written, Folding::FULL);
        let chars: Vec<char> = folded
            .text()
            .chars()
            .filter(|char| char.is_alphanumeric())
            .map(|char| char.to_ascii_uppercase())
            .collect();
        // A country code says nothing of the person, nor is it part of the number.
        let chars =
            if self == Identifier::Mobile { &chars[chars.len().saturating_sub(11)..] } else { &chars[..] };
        let (head, tail) = self.shown();
        let hide =
            |(at, char): (usize, &char)| if at < head || at + tail >= chars.len() { *char } else { '*' };
        chars.iter().enumerate().map(hide).collect()
    }

    /// How many characters at its head and its tail a masked form shows.
    const fn shown(self) -> (usize, usize) {
        match self {
            Identifier::ResidentId
            | Identifier::ResidentId15
            | Identifier::BankCard
            | Identifier::OtherBankCard => (6, 4),
            Identifier::CreditCode => (8, 4),
            Identifier::Mobile | Identifier::Landline | Identifier::Vin => (3, 4),
            Identifier::Plate => (2, 2),
            Identifier::Passport | Identifier::TravelPermit => (2, 3),
            Identifier::Email | Identifier::PersonalEmail => (1, 0),
        }
    }
}

fn has_form_of_resident_id(reading: &Reading<'_>) -> bool {
    let chars = reading.chars();
    chars.len() == 18
        && all_digits(&chars[..17])
        && (chars[17].is_ascii_digit() || chars[17] == b'X')
        && is_grouped(reading)
        && is_region(&chars[..6])
        && is_birth(&chars[6..14])
}

fn is_resident_id_15(reading: &Reading<'_>) -> bool {
    let chars = reading.chars();
    let born = |part: &[u8]| is_birth(&[b"19", part].concat());
    chars.len() == 15
        && all_digits(chars)
        && is_grouped(reading)
        && is_region(&chars[..6])
        && born(&chars[6..12])
}

fn has_form_of_credit_code(reading: &Reading<'_>) -> bool {
    // GB 32100-2015, table 1: each registering department with the kinds of body it registers.
    const BODIES: [(u8, &[u8]); 12] = [
        (b'1', b"1239"),
        (b'2', b"19"),
        (b'3', b"123459"),
        (b'4', b"19"),
        (b'5', b"1239"),
        (b'6', b"129"),
        (b'7', b"129"),
        (b'8', b"19"),
        (b'9', b"123"),
        (b'A', b"19"),
        (b'N', b"1239"),
        (b'Y', b"1"),
    ];
    let chars = reading.chars();
    chars.len() == 18
        && chars.iter().all(|char| credit_value(*char).is_some())
        && is_grouped(reading)
        && BODIES.iter().any(|(department, kinds)| *department == chars[0] && kinds.contains(&chars[1]))
        && all_digits(&chars[2..8])
        // The region, or 100000 for what the state registers.
        && (&chars[2..8] == b"100000" || is_province(&chars[2..4]))
        // One in many all-digit codes reads as a resident id, and so many ids as a code.
        && !has_form_of_resident_id(reading)
}

fn has_form_of_card(reading: &Reading<'_>) -> bool {
    let digits = reading.chars();
    let grouped = match reading.groups() {
        [_] | [6, _] => true,
        [fours @ .., last] => fours.iter().all(|len| *len == 4) && *last <= 4,
        [] => false,
    };
    (16..=19).contains(&digits.len()) && all_digits(digits) && grouped && reading.join != Join::Dot
}

/// Whether a card number opens as those of issuers outside the range of `UnionPay` do.
fn is_of_other_issuer(digits: &[u8]) -> bool {
    // ISO/IEC 7812 ranges of Visa, MasterCard and JCB; what domestic banks gave before UnionPay.
    let first = number(&digits[..4]);
    let is_international =
        digits.len() == 16 && matches!(first, 2221..=2720 | 3528..=3589 | 4000..=4999 | 5100..=5599);
    is_international || matches!(first, 6013 | 6014 | 9555..=9559)
}

fn plate(reading: &Reading<'_>) -> Option<Span> {
    const SUFFIXES: [char; 8] = ['学', '警', '挂', '港', '澳', '领', '试', '超'];
    if reading.groups().len() != 1 {
        return None;
    }
    let (chars, before) = (reading.chars(), reading.before());
    let suffix = reading.after().chars().next().filter(|char| SUFFIXES.contains(char));
    let (serial, before) = match chars {
        [city, serial @ ..] if is_plate_letter(*city) && is_province_before(before) => (serial, before),
        // 京A·12345
        serial => (serial, before_city(before)?),
    };
    let province = before.chars().next_back().filter(|char| PROVINCES.contains(*char))?;
    let end = match (serial.len(), suffix) {
        (4, Some(suffix)) => reading.span.end + suffix.len_utf8(),
        (5, _) => reading.span.end,
        (6, _) if is_new_energy(serial) => reading.span.end,
        _ => return None,
    };
    let is_serial = serial.iter().all(|char| char.is_ascii_digit() || is_plate_letter(*char));
    is_serial.then_some(Span::new(before.len() - province.len_utf8(), end))
}

/// The short names of provinces that number plates open with.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

fn is_province_before(before: &str) -> bool {
    before.chars().next_back().is_some_and(|char| PROVINCES.contains(char))
}

/// What stands before the letter of a plate and the separator that parts it from the serial.
fn before_city(before: &str) -> Option<&str> {
    let is_separator =
        |char: char| is_blank(char) || is_hyphen(char) || matches!(char, '·' | '•' | '・' | '.' | '．');
    let before = before.strip_suffix(is_separator)?;
    let is_city =
        |char: char| u8::try_from(char).is_ok_and(|byte| is_plate_letter(byte.to_ascii_uppercase()));
    before.strip_suffix(is_city)
}

/// Whether it is a letter of plates, which have no I and no O.
const fn is_plate_letter(char: u8) -> bool {
    char.is_ascii_uppercase() && !matches!(char, b'I' | b'O')
}

/// Whether six characters are the serial of a new energy vehicle (GA 36): its letter leads a small one's digits
/// and follows a large one's.
fn is_new_energy(serial: &[u8]) -> bool {
    let is_kind = |char: u8| matches!(char, b'A'..=b'H' | b'J' | b'K');
    (is_kind(serial[0]) && all_digits(&serial[2..])) || (all_digits(&serial[..5]) && is_kind(serial[5]))
}

fn is_passport(chars: &[u8]) -> bool {
    match chars {
        [b'E' | b'G' | b'D' | b'S' | b'P', digits @ ..] if digits.len() == 8 && all_digits(digits) => true,
        [b'E', letter, digits @ ..] if is_plate_letter(*letter) => digits.len() == 7 && all_digits(digits),
        [b'D' | b'S' | b'P', b'E', digits @ ..] => digits.len() == 7 && all_digits(digits),
        _ => false,
    }
}

fn is_travel_permit(chars: &[u8]) -> bool {
    match chars {
        [b'H' | b'M', digits @ ..] => matches!(digits.len(), 8 | 10) && all_digits(digits),
        [b'C', second, digits @ ..] => {
            second.is_ascii_alphanumeric() && digits.len() == 7 && all_digits(digits)
        }
        [b'L' | b'T', digits @ ..] => digits.len() == 8 && all_digits(digits),
        _ => false,
    }
}

fn is_vin(chars: &[u8]) -> bool {
    // GB 16735: 17 characters without I, O, Q, the last four digits.
    chars.len() == 17
        && chars.iter().all(|char| !matches!(char, b'I' | b'O' | b'Q'))
        && chars.iter().any(u8::is_ascii_uppercase)
        && all_digits(&chars[13..])
}

/// Whether an address is one that persons have.
fn is_personal(address: &str) -> bool {
    // Providers that anyone can have a mailbox of.
    const PROVIDERS: [&str; 20] = [
        "126.com",
        "139.com",
        "163.com",
        "189.cn",
        "21cn.com",
        "263.net",
        "aliyun.com",
        "foxmail.com",
        "gmail.com",
        "hotmail.com",
        "icloud.com",
        "live.cn",
        "live.com",
        "outlook.com",
        "qq.com",
        "sina.cn",
        "sina.com",
        "sohu.com",
        "tom.com",
        "yeah.net",
    ];
    let address = address.to_ascii_lowercase();
    let Some((local, domain)) = address.split_once('@') else { return false };
    let name = local.trim_end_matches(|char: char| char.is_ascii_digit());
    let number = &local[name.len()..];
    // zhangsan88, but not zhaopin2026, which an office opens for a year's recruitment.
    let is_year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    let is_numbered = name.len() > 1 && number.len() > 1 && !is_year && !domain.contains(number);
    PROVIDERS.iter().any(|provider| domain == *provider || domain == format!("vip.{provider}")) || is_numbered
}

/// Whether the groups are large enough to be parts of one number.
fn is_grouped(reading: &Reading<'_>) -> bool {
    reading.groups().iter().all(|len| *len > 1)
}

/// Whether six digits can be the region of a resident id: a province of GB/T 2260 and a city in it.
fn is_region(digits: &[u8]) -> bool {
    // The residence permits for those from Hong Kong, Macao and Taiwan have but the first two digits.
    let is_permit = matches!(digits, b"810000" | b"820000" | b"830000");
    is_permit || (is_province(&digits[..2]) && &digits[2..4] != b"00")
}

fn is_province(digits: &[u8]) -> bool {
    matches!(number(digits), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=82)
}

/// Whether eight digits are a day on which a living person can have been born.
fn is_birth(digits: &[u8]) -> bool {
    let part = |range: std::ops::Range<usize>| number(&digits[range]);
    let (Ok(year), Ok(month), Ok(day)) =
        (u16::try_from(part(0..4)), u8::try_from(part(4..6)), u8::try_from(part(6..8)))
    else {
        return false;
    };
    // The last year is no matter of today: numbers that fit stay few either way.
    (1900..2100).contains(&year) && Date::new(year, month, day).is_some()
}

/// The value of a few digits.
fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |number, digit| 10 * number + u32::from(digit - b'0'))
}
