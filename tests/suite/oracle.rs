//! The engine against a naive search that shares none of its code.

use std::collections::BTreeSet;

use baguan::{Reviewer, Ruleset};
use proptest::prelude::*;

/// Few characters, so that random words occur, nest and straddle; some fold alike, some are passed over.
const ALPHABET: [char; 12] = ['国', '國', '家', '级', 'a', 'Ａ', 'b', 'é', '\u{200b}', ' ', '😀', '\n'];

fn folded(char: char) -> Option<char> {
    match char {
        '國' => Some('国'),
        'Ａ' => Some('a'),
        '\u{200b}' => None,
        other => Some(other),
    }
}

/// Every place where `word` stands in `text`, found character by character.
fn naive(text: &str, word: &str) -> BTreeSet<(usize, usize)> {
    let chars: Vec<(usize, char, usize)> = text
        .char_indices()
        .filter_map(|(at, char)| folded(char).map(|folded| (at, folded, at + char.len_utf8())))
        .collect();
    let word: Vec<char> = word.chars().filter_map(folded).collect();
    let places = chars.windows(word.len()).filter(|window| window.iter().map(|(_, char, _)| char).eq(&word));
    places.map(|window| (window[0].0, window[window.len() - 1].2)).collect()
}

fn word() -> impl Strategy<Value = String> {
    let inner = prop::sample::select(ALPHABET[..8].to_vec());
    prop::collection::vec(inner, 1..4).prop_map(|chars| chars.into_iter().collect())
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(ALPHABET.to_vec()), 0..60)
        .prop_map(|chars| chars.into_iter().collect())
}

/// All places a rule of these terms finds, those put aside for an overlap too.
fn found(fields: &str, text: &str) -> BTreeSet<(usize, usize)> {
    let rule = format!(
        "[[rule]]\nid = \"wording/tested\"\nkind = \"term\"\nseverity = \"error\"\nmessage = \"m\"\nwhy = \"w\"\n\
         source = \"s\"\nbad = [\"b\"]\ngood = [\"g\"]\n{fields}"
    );
    let report = Reviewer::new(Ruleset::parse("oracle.toml", &rule).unwrap()).unwrap().review(text);
    let put_aside =
        report.suppressed().iter().filter(|one| matches!(one.reason, baguan::Reason::Overlap { .. }));
    let all = report.findings().iter().chain(put_aside.map(|one| &one.finding));
    all.map(|finding| (finding.span.start, finding.span.end)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn terms(words in prop::collection::vec(word(), 1..6), text in text()) {
        let mut seen = BTreeSet::new();
        let words: Vec<String> = words
            .into_iter()
            .filter(|word| seen.insert(word.chars().filter_map(folded).collect::<String>()))
            .collect();
        let expected: BTreeSet<_> = words.iter().flat_map(|word| naive(&text, word)).collect();
        let fields = format!("terms = {words:?}\noutside = []").replace("\\u{301}", "\u{301}").replace("\\u{200b}", "\u{200b}");
        prop_assert_eq!(found(&fields, &text), expected, "{:?} in {:?}", words, text);
    }

    #[test]
    fn exceptions(term in word(), phrase in word(), text in text()) {
        let fold = |word: &str| word.chars().filter_map(folded).collect::<String>();
        prop_assume!(fold(&phrase) != fold(&term));
        // Exceptions are read with blanks passed over; the oracle is not.
        let text = text.replace(' ', "");
        let vetoes = naive(&text, &phrase);
        let expected: BTreeSet<_> = naive(&text, &term)
            .into_iter()
            .filter(|(start, end)| !vetoes.iter().any(|(from, to)| from <= start && end <= to))
            .collect();
        let fields = format!("terms = [{term:?}]\nunless = [{phrase:?}]\noutside = []");
        prop_assert_eq!(found(&fields, &text), expected, "{:?} unless {:?} in {:?}", term, phrase, text);
    }
}
