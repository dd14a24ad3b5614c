//! Messages with placeholders in braces.

use std::borrow::Cow;
use std::fmt;

/// A message to the editor: text with `{found}` and the like in it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Message {
    text: String,
}

impl Message {
    pub(crate) fn new(text: String) -> Message {
        Message { text }
    }

    /// The names in braces.
    pub(crate) fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.pieces().filter_map(|piece| match piece {
            Piece::Name(name) => Some(name),
            Piece::Text(_) => None,
        })
    }

    /// The message with each placeholder filled in; one without a value is left empty.
    pub(crate) fn fill(&self, found: &str, values: &[(Cow<'static, str>, String)]) -> String {
        let value = |name: &str| match name {
            "found" => found,
            _ => values.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value),
        };
        self.pieces()
            .map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Name(name) => value(name),
            })
            .collect()
    }

    fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let mut rest = self.text.as_str();
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            if let Some(inner) = rest.strip_prefix('{')
                && let Some((name, after)) = inner.split_once('}')
            {
                rest = after;
                return Some(Piece::Name(name));
            }
            let end = rest.char_indices().skip(1).find(|(_, c)| *c == '{').map_or(rest.len(), |(at, _)| at);
            let (text, after) = rest.split_at(end);
            rest = after;
            Some(Piece::Text(text))
        })
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

enum Piece<'m> {
    Text(&'m str),
    Name(&'m str),
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn filled_in() {
        let values = [("right".into(), "一筹莫展".to_owned())];
        for (text, expected) in [
            ("「{found}」应为「{right}」", "「一愁莫展」应为「一筹莫展」"),
            ("没有占位", "没有占位"),
            ("{found}{nothing}。", "一愁莫展。"),
            ("开{括号", "开{括号"),
        ] {
            assert_eq!(Message::new(text.to_owned()).fill("一愁莫展", &values), expected);
        }
    }
}
