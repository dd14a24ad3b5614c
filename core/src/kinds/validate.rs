//! Validators: the closed list of tests that a `pattern` can ask its match to pass.

use std::net::Ipv4Addr;

use crate::date::Date;
use crate::draft::fold::{Folding, fold};
use crate::kinds::expression::Groups;
use crate::names::named;

named! {
    /// A test of a match; the match is flagged when it agrees.
    pub(super) enum Validator {
        /// `year`, `month`, `day` name no day of the calendar.
        NoSuchDate = "no-such-date",
        /// `weekday` is not that of `year`, `month`, `day`.
        WrongWeekday = "wrong-weekday",
        /// The text flagged is an IPv4 address of a private range.
        PrivateAddress = "private-address",
        /// The text flagged looks random.
        HighEntropy = "high-entropy",
        /// `from` is above `to`.
        Descending = "descending",
        /// The percentages of the text flagged add up to more or less than a hundred, whatever was rounded.
        OffHundred = "off-hundred",
    }
}

impl Validator {
    /// The groups the expression must have.
    pub(super) fn groups(self) -> &'static [&'static str] {
        match self {
            Validator::NoSuchDate => &["year", "month", "day"],
            Validator::WrongWeekday => &["year", "month", "day", "weekday"],
            Validator::Descending => &["from", "to"],
            Validator::PrivateAddress | Validator::HighEntropy | Validator::OffHundred => &[],
        }
    }

    /// Whether a match is to be flagged; `found` is the text it would flag.
    pub(super) fn agrees(self, groups: &Groups<'_>, found: &str) -> bool {
        let group = |name: &str| groups.text(name);
        let date = || {
            let (year, month, day) = (number(group("year"))?, number(group("month"))?, number(group("day"))?);
            Some(Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
        };
        match self {
            Validator::NoSuchDate => date() == Some(None),
            Validator::WrongWeekday => match (date(), weekday(group("weekday"))) {
                (Some(Some(date)), Some(said)) => date.weekday() != said,
                _ => false,
            },
            Validator::PrivateAddress => {
                found.parse().is_ok_and(|address: Ipv4Addr| address.is_private() || address.is_link_local())
            }
            Validator::HighEntropy => is_random(found),
            Validator::Descending => match (number(group("from")), number(group("to"))) {
                (Some(from), Some(to)) => from > to,
                _ => false,
            },
            Validator::OffHundred => is_off_hundred(found),
        }
    }
}

/// Whether percentages are not those of all parts of a whole; each may be rounded by half of one.
fn is_off_hundred(text: &str) -> bool {
    let folded = fold(text, Folding::FULL);
    let is_part_of_number = |c: char| c.is_ascii_digit() || c == '.';
    let shares: Option<Vec<u64>> = folded
        .text()
        .split_inclusive('%')
        .filter_map(|part| part.strip_suffix('%'))
        .map(|part| millionths(&part[part.trim_end_matches(is_part_of_number).len()..]))
        .collect();
    shares.is_some_and(|shares| {
        let most: u64 = shares.iter().map(|_| MILLION / 2).sum();
        shares.into_iter().fold(0, u64::saturating_add).abs_diff(100 * MILLION) > most
    })
}

const MILLION: u64 = 1_000_000;

/// The value of a number of no more than six decimals.
fn millionths(number: &str) -> Option<u64> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let rest = 6_u32.checked_sub(u32::try_from(decimals.len()).ok()?)?;
    let decimals = decimals.parse::<u64>().ok()? * 10_u64.pow(rest);
    whole.parse::<u64>().ok()?.checked_mul(MILLION)?.checked_add(decimals)
}

/// The value of Arabic digits of either width.
fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    fold(text, Folding::FULL).text().parse().ok()
}

fn weekday(text: &str) -> Option<u8> {
    let days = [("日天七7", 0), ("一1", 1), ("二2", 2), ("三3", 3), ("四4", 4), ("五5", 5), ("六6", 6)];
    let last = text.chars().next_back()?;
    days.iter().find(|(names, _)| names.contains(last)).map(|(_, day)| *day)
}

/// Whether text looks drawn at random: letters and digits mixed, spread over many characters.
fn is_random(text: &str) -> bool {
    const LEAST_BITS_A_CHAR: f64 = 3.0;
    let bytes = text.as_bytes();
    let has = |test: fn(&u8) -> bool| bytes.iter().any(test);
    if bytes.len() < 8 || !has(u8::is_ascii_digit) || !has(u8::is_ascii_alphabetic) {
        return false;
    }
    let mut counts = [0_u32; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    let total = f64::from(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    let entropy: f64 =
        counts.iter().filter(|n| **n > 0).map(|n| f64::from(*n) / total).map(|p| -p * p.log2()).sum();
    entropy >= LEAST_BITS_A_CHAR
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::expression::Expression;

    fn agrees(validator: Validator, pattern: &str, text: &str) -> bool {
        let expression = Expression::new(pattern.to_owned(), &regex_syntax::parse(pattern).unwrap());
        validator.agrees(&expression.find(text, 0).unwrap(), text)
    }

    #[test]
    fn dates() {
        let pattern = r"(?<year>\d+)年(?<month>\d+)月(?<day>\d+)日(?<weekday>.*)";
        for (text, no_such_date, wrong_weekday) in [
            ("2026年2月30日星期一", true, false),
            ("2026年11月23日星期一", false, false),
            ("2026年11月23日周日", false, true),
            ("２０２６年13月1日", true, false),
        ] {
            assert_eq!(agrees(Validator::NoSuchDate, pattern, text), no_such_date, "{text}");
            assert_eq!(agrees(Validator::WrongWeekday, pattern, text), wrong_weekday, "{text}");
        }
    }

    #[test]
    fn addresses_and_secrets() {
        for (validator, text, expected) in [
            (Validator::PrivateAddress, "192.168.1.20", true),
            (Validator::PrivateAddress, "8.8.8.8", false),
            (Validator::PrivateAddress, "10.0.0.999", false),
            (Validator::HighEntropy, "k3J9x0QpLm2Zt7Vw", true),
            (Validator::HighEntropy, "xxxxxxxx1xxxxxxx", false),
            (Validator::HighEntropy, "your-password-here", false),
        ] {
            assert_eq!(agrees(validator, ".*", text), expected, "{text}");
        }
    }

    #[test]
    fn shares() {
        for (text, expected) in [
            ("甲占33.3%，乙占33.3%，丙占33.3%", false),
            ("甲占５２.５％，乙占31.5％，丙占6％", true),
            ("甲占49.25%，乙占49.75%", false),
            ("甲占49.25%，乙占49.7499%", true),
            ("甲占1.2.3%", false),
            ("甲占0.1234567%", false),
        ] {
            assert_eq!(agrees(Validator::OffHundred, ".*", text), expected, "{text}");
        }
    }
}
