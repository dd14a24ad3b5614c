//! Check digits: what tells an identifier from any other number of its length.

/// Whether a resident id number of 18 characters agrees with its check character.
pub(super) fn is_resident_id(number: &[u8]) -> bool {
    // GB 11643-1999 after ISO 7064 MOD 11-2: X is ten and stands last only.
    let Some((check, digits)) = number.split_last() else { return false };
    let check = if *check == b'X' { Some(10) } else { digit(*check) };
    let sum = digits.iter().try_fold(0, |sum, byte| Some((sum + digit(*byte)?) * 2 % 11));
    matches!((sum, check), (Some(sum), Some(check)) if (sum + check) % 11 == 1)
}

/// The value of a character of a unified social credit code, which has no I, O, S, V or Z.
pub(super) fn credit_value(byte: u8) -> Option<usize> {
    const CHARS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    CHARS.iter().position(|char| *char == byte)
}

/// Whether a unified social credit code of 18 characters agrees with its check character.
pub(super) fn is_credit_code(code: &[u8]) -> bool {
    // GB 32100-2015: the weights are the powers of 3 modulo 31, and 1 for the check character.
    let Some((check, body)) = code.split_last() else { return false };
    let mut weight = 1;
    let mut sum = credit_value(*check);
    for byte in body {
        sum = sum.and_then(|sum| Some(sum + credit_value(*byte)? * weight));
        weight = weight * 3 % 31;
    }
    sum.is_some_and(|sum| sum % 31 == 0)
}

/// Whether the digits of a card agree with the last of them (Luhn, ISO/IEC 7812-1).
pub(super) fn is_card(number: &[u8]) -> bool {
    let doubled = |value: u32| if value > 4 { 2 * value - 9 } else { 2 * value };
    let mut sum = 0;
    for (place, byte) in number.iter().rev().enumerate() {
        let Some(value) = digit(*byte) else { return false };
        sum += if place % 2 == 1 { doubled(value) } else { value };
    }
    !number.is_empty() && sum % 10 == 0
}

/// Whether there is nothing but digits.
pub(super) fn all_digits(chars: &[u8]) -> bool {
    chars.iter().all(u8::is_ascii_digit)
}

fn digit(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resident_ids() {
        for (number, expected) in [
            ("110101190102030014", true),
            ("11010119010203017X", true),
            ("440300194508159028", true),
            ("110101190102030015", false),
            ("1101011901020300X4", false),
            ("", false),
        ] {
            assert_eq!(is_resident_id(number.as_bytes()), expected, "{number}");
        }
    }

    #[test]
    fn credit_codes() {
        for (code, expected) in [
            ("92330106MA2EXAMP1B", true),
            ("91440300MAXXXXXXXE", true),
            ("511000005000000007", true),
            ("92330106MA2EXAMP1C", false),
            ("92330106MA2EXAPM1B", false),
            ("92330106MA2EXAMPOB", false),
            ("", false),
        ] {
            assert_eq!(is_credit_code(code.as_bytes()), expected, "{code}");
        }
    }

    #[test]
    fn cards() {
        for (number, expected) in [
            ("6222020000000000000", true),
            ("6228480000123456782", true),
            ("4367420000000009", true),
            ("6228480000123456783", false),
            ("6228480000123456728", false),
            ("622848000012345678X", false),
            ("", false),
        ] {
            assert_eq!(is_card(number.as_bytes()), expected, "{number}");
        }
    }
}
