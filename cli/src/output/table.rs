//! Tables of words that may be two columns wide.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

/// The columns of `rows` under each other, two blanks between them; the last column is not filled up.
pub(crate) fn aligned<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let widths: [usize; N] =
        std::array::from_fn(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or(0));
    let line = |row: &[String; N]| {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(line, "{cell}{}", " ".repeat(width - cell.width() + 2));
        }
        line.truncate(line.trim_end().len());
        line
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn han_characters_are_two_columns_wide() {
        let rows = [["政治关", "通过"], ["ab", "c"]].map(|row| row.map(str::to_owned));
        assert_eq!(aligned(&rows), ["政治关  通过", "ab      c"]);
    }
}
