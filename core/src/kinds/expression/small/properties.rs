//! What Unicode says of characters, as far as expressions may ask: in small tables, which the build script writes.

use std::cell::OnceCell;

/// General categories by their two names; one letter names all of those that begin with it.
pub(crate) const CATEGORIES: [(&str, &str); 36] = [
    ("C", "Other"),
    ("Cc", "Control"),
    ("Cf", "Format"),
    ("Cn", "Unassigned"),
    ("Co", "Private_Use"),
    ("L", "Letter"),
    ("Ll", "Lowercase_Letter"),
    ("Lm", "Modifier_Letter"),
    ("Lo", "Other_Letter"),
    ("Lt", "Titlecase_Letter"),
    ("Lu", "Uppercase_Letter"),
    ("M", "Mark"),
    ("Mc", "Spacing_Mark"),
    ("Me", "Enclosing_Mark"),
    ("Mn", "Nonspacing_Mark"),
    ("N", "Number"),
    ("Nd", "Decimal_Number"),
    ("Nl", "Letter_Number"),
    ("No", "Other_Number"),
    ("P", "Punctuation"),
    ("Pc", "Connector_Punctuation"),
    ("Pd", "Dash_Punctuation"),
    ("Pe", "Close_Punctuation"),
    ("Pf", "Final_Punctuation"),
    ("Pi", "Initial_Punctuation"),
    ("Po", "Other_Punctuation"),
    ("Ps", "Open_Punctuation"),
    ("S", "Symbol"),
    ("Sc", "Currency_Symbol"),
    ("Sk", "Modifier_Symbol"),
    ("Sm", "Math_Symbol"),
    ("So", "Other_Symbol"),
    ("Z", "Separator"),
    ("Zl", "Line_Separator"),
    ("Zp", "Paragraph_Separator"),
    ("Zs", "Space_Separator"),
];

/// The scripts of China and its neighbours, and those that are met everywhere, by their two names.
pub(crate) const SCRIPTS: [(&str, &str); 32] = [
    ("Arab", "Arabic"),
    ("Armn", "Armenian"),
    ("Beng", "Bengali"),
    ("Bopo", "Bopomofo"),
    ("Cyrl", "Cyrillic"),
    ("Deva", "Devanagari"),
    ("Geor", "Georgian"),
    ("Grek", "Greek"),
    ("Hang", "Hangul"),
    ("Hani", "Han"),
    ("Hebr", "Hebrew"),
    ("Hira", "Hiragana"),
    ("Kana", "Katakana"),
    ("Khmr", "Khmer"),
    ("Lana", "Tai_Tham"),
    ("Laoo", "Lao"),
    ("Latn", "Latin"),
    ("Lisu", "Lisu"),
    ("Mong", "Mongolian"),
    ("Mymr", "Myanmar"),
    ("Phag", "Phags_Pa"),
    ("Plrd", "Miao"),
    ("Sinh", "Sinhala"),
    ("Tale", "Tai_Le"),
    ("Talu", "New_Tai_Lue"),
    ("Taml", "Tamil"),
    ("Telu", "Telugu"),
    ("Thai", "Thai"),
    ("Tibt", "Tibetan"),
    ("Yiii", "Yi"),
    ("Zinh", "Inherited"),
    ("Zyyy", "Common"),
];

/// Characters from one to another.
pub(super) type Range = (char, char);

/// The tables.
pub(super) struct Properties {
    /// Characters that differ in case only: each with the next of them, the last with the first.
    packed_cases: &'static [u8],
    cases: OnceCell<Vec<(char, char)>>,
    spaces: &'static [u8],
    words: &'static [u8],
    categories: Vec<&'static [u8]>,
    scripts: Vec<&'static [u8]>,
}

impl Properties {
    /// The tables that the build script wrote.
    pub(super) fn new(packed: &'static [u8]) -> Option<Properties> {
        let (packed_cases, spaces, words, categories, scripts) = postcard::from_bytes(packed).ok()?;
        Some(Properties { packed_cases, cases: OnceCell::new(), spaces, words, categories, scripts })
    }

    /// What `\s` matches.
    pub(super) fn spaces(&self) -> Vec<Range> {
        ranges(self.spaces)
    }

    /// What `\w` matches.
    pub(super) fn words(&self) -> Vec<Range> {
        ranges(self.words)
    }

    /// The characters of a general category.
    pub(super) fn category(&self, name: &str) -> Option<Vec<Range>> {
        let (short, _) = CATEGORIES.iter().find(|names| is_one_of(names, name))?;
        let own = CATEGORIES.iter().zip(&self.categories).filter(|((own, _), _)| own.starts_with(short));
        Some(own.flat_map(|(_, packed)| ranges(packed)).collect())
    }

    /// The characters of a script.
    pub(super) fn script(&self, name: &str) -> Option<Vec<Range>> {
        let (_, packed) = SCRIPTS.iter().zip(&self.scripts).find(|(names, _)| is_one_of(names, name))?;
        Some(ranges(packed))
    }

    /// Whatever differs from characters of a range in case only.
    pub(super) fn cases(&self, (start, end): Range) -> impl Iterator<Item = char> + '_ {
        let cases = self.cases.get_or_init(|| cases(self.packed_cases));
        let from = |char: char| cases.partition_point(|(own, _)| *own < char);
        let own = cases[from(start)..].iter().take_while(move |(own, _)| *own <= end);
        own.flat_map(move |(own, next)| {
            let after = move |char: &char| Some(cases[from(*char)].1);
            std::iter::successors(Some(*next), after).take_while(move |char| char != own)
        })
    }
}

/// Whether that is one of the names, however it is spaced and cased.
fn is_one_of((short, long): &(&str, &str), name: &str) -> bool {
    let plain = |name: &str| -> String {
        name.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect()
    };
    [short, long].iter().any(|own| plain(own) == plain(name))
}

/// Ranges, of which each bound was packed as its distance from the one before.
fn ranges(packed: &[u8]) -> Vec<Range> {
    let steps: Vec<u32> = postcard::from_bytes(packed).unwrap_or_default();
    let bounds = steps.iter().scan(0, |bound, step| {
        *bound += step;
        char::from_u32(*bound)
    });
    let bounds: Vec<char> = bounds.collect();
    bounds.as_chunks().0.iter().map(|[start, end]| (*start, *end)).collect()
}

/// Pairs, of which each was packed as how far it is from the one before, and its second character from its first.
fn cases(packed: &[u8]) -> Vec<(char, char)> {
    let steps: Vec<(u32, i32)> = postcard::from_bytes(packed).unwrap_or_default();
    let pairs = steps.iter().scan(0, |own: &mut u32, (step, next)| {
        *own += step;
        Some((char::from_u32(*own)?, char::from_u32(own.checked_add_signed(*next)?)?))
    });
    pairs.collect()
}
