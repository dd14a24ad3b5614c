//! Chinese numerals: 二十一, 一百零五.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The places above the ones, highest first.
const PLACES: [(u32, char); 3] = [(1000, '千'), (100, '百'), (10, '十')];

/// The bytes of the longest numeral below ten thousand.
const LONGEST: usize = "九千九百九十九".len();

/// The value of a numeral below ten thousand; only the usual form is one: 一百零五, not 一百五.
pub(crate) fn value(text: &str) -> Option<u32> {
    let (mut value, mut digit) = (0, 0);
    for char in text.chars() {
        if let Some((place, _)) = PLACES.iter().find(|(_, sign)| *sign == char) {
            value += place * u32::max(digit, 1);
            digit = 0;
        } else {
            digit = u32::try_from(DIGITS.iter().position(|digit| *digit == char)?).ok()?;
        }
    }
    value += digit;
    (value > 0 && numeral(value) == text).then_some(value)
}

/// The numeral of a number below ten thousand; a greater one in Arabic digits.
pub(crate) fn numeral(number: u32) -> String {
    if number >= 10_000 {
        return number.to_string();
    }
    let (mut text, mut rest, mut left_out) = (String::with_capacity(LONGEST), number, false);
    for (place, sign) in PLACES.into_iter().chain([(1, ' ')]) {
        let digit = rest / place;
        rest %= place;
        if digit == 0 {
            left_out = !text.is_empty();
            continue;
        }
        if left_out {
            text.push('零');
        }
        if !(place == 10 && digit == 1 && text.is_empty()) {
            text.push(DIGITS[digit as usize]);
        }
        text.extend((sign != ' ').then_some(sign));
        left_out = false;
    }
    if text.is_empty() { "零".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for number in 1..10_000 {
            assert_eq!(value(&numeral(number)), Some(number), "{}", numeral(number));
        }
    }

    #[test]
    fn values() {
        for (text, expected) in [
            ("十", Some(10)),
            ("二十一", Some(21)),
            ("一百零五", Some(105)),
            ("一百一十", Some(110)),
            ("一千二百六十", Some(1260)),
            ("一千零三", Some(1003)),
            ("一百十一", None),
            ("一百五", None),
            ("二五", None),
            ("一百零零五", None),
            ("零", None),
            ("", None),
            ("百", None),
            ("甲", None),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn numerals() {
        for (number, expected) in
            [(0, "零"), (10, "十"), (12, "十二"), (110, "一百一十"), (1003, "一千零三"), (10_000, "10000")]
        {
            assert_eq!(numeral(number), expected);
        }
    }
}
