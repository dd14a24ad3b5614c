//! Who issued a document: what its official title opens with and a citation may leave out.

/// The name of the state, which opens the titles of laws.
pub(crate) const STATE: &str = "中华人民共和国";

/// What may stand before a title without making it another; a longer name comes before its beginning.
const ISSUERS: [&str; 17] = [
    STATE,
    "全国人民代表大会常务委员会",
    "全国人大常委会",
    "全国人民代表大会",
    "中共中央办公厅",
    "中共中央",
    "中国共产党中央委员会",
    "国务院办公厅",
    "国务院",
    "中央军委",
    "最高人民法院",
    "最高人民检察院",
    "最高法院",
    "最高检察院",
    "公安部",
    "国家安全部",
    "司法部",
];

/// The length of the issuers that `title` opens with, with what joins them to the rest; never the whole of it.
pub(crate) fn opening(title: &str) -> usize {
    const JOINS: [char; 3] = ['、', ' ', '\u{3000}'];
    let mut len = 0;
    while let Some(issuer) = ISSUERS.iter().find(|issuer| title[len..].starts_with(*issuer)) {
        let rest = &title[len + issuer.len()..];
        if !rest.chars().any(char::is_alphanumeric) {
            break;
        }
        len = title.len() - rest.strip_prefix(JOINS).unwrap_or(rest).len();
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings() {
        for (title, expected) in [
            ("中华人民共和国民法典", "民法典"),
            ("最高人民法院、最高人民检察院关于办理盗窃刑事案件的解释", "关于办理盗窃刑事案件的解释"),
            ("最高人民法院 最高人民检察院关于办理盗窃刑事案件的解释", "关于办理盗窃刑事案件的解释"),
            ("国务院办公厅关于某事的通知", "关于某事的通知"),
            ("国务院", "国务院"),
            ("某市关于某事的通知", "某市关于某事的通知"),
        ] {
            assert_eq!(&title[opening(title)..], expected);
        }
    }
}
