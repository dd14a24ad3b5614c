//! Calendar days.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the Gregorian calendar, written `YYYY-MM-DD`.
///
/// ```
/// let day: baguan::Date = "2026-11-23".parse()?;
/// assert!(day > baguan::Date::new(2024, 2, 29).unwrap());
/// assert_eq!(baguan::Date::new(2026, 2, 29), None);
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The last day there is.
    pub const LAST: Date = Date { year: 9999, month: 12, day: 31 };

    /// That day, where the calendar has it.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        if year > 9999 || day == 0 || day > days {
            return None;
        }
        Some(Date { year, month, day })
    }

    /// Its year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Its day of the week: 0 for Sunday to 6 for Saturday.
    pub const fn weekday(self) -> u8 {
        // Sakamoto's method.
        const OFFSETS: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        // 400 years are a whole number of weeks, so adding them keeps the year positive and the day.
        let year = self.year as u32 + 400 - (self.month < 3) as u32;
        let days = year + year / 4 - year / 100 + year / 400;
        ((days + OFFSETS[self.month as usize - 1] + self.day as u32) % 7) as u8
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Date, String> {
        let number = |range: std::ops::Range<usize>| {
            let digits = text.get(range)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u16>().ok())?
        };
        let parse = || {
            let shape = text.len() == 10 && &text.as_bytes()[4..5] == b"-" && &text.as_bytes()[7..8] == b"-";
            let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
            shape.then(|| Date::new(year, month.try_into().ok()?, day.try_into().ok()?))?
        };
        parse().ok_or_else(|| format!("`{text}` is no date, expected YYYY-MM-DD"))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn weekdays() {
        for (text, expected) in [("2026-11-23", 1), ("2024-02-29", 4), ("2000-01-01", 6), ("0001-01-01", 1)] {
            assert_eq!(text.parse::<Date>().unwrap().weekday(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in ["", "2026-2-3", "2026-02-30", "2026/02/03", "20260203", "２０２６-02-03", "2026-13-01"]
        {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }
}
