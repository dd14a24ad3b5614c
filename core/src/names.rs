//! Enums whose values have one name, used alike in rulesets, JSON and messages.

/// An enum with one name a value.
pub(crate) trait Named: Copy + 'static {
    /// Every value, in order.
    const ALL: &'static [Self];

    /// Its name.
    fn name(self) -> &'static str;

    /// The value of that name.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.name() == name)
    }
}

/// Declares an enum with its names: `Display`, `FromStr`, `Serialize` and `Deserialize` come from the one list.
macro_rules! named {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $value:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$doc])* $value,)+ }

        impl $name {
            /// Every value, in order.
            $vis const ALL: [$name; [$($text),+].len()] = [$($name::$value),+];

            /// Its name in rulesets and JSON.
            $vis const fn name(self) -> &'static str {
                match self { $($name::$value => $text,)+ }
            }
        }

        impl $crate::names::Named for $name {
            const ALL: &'static [$name] = &$name::ALL;

            fn name(self) -> &'static str {
                $name::name(self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<$name, String> {
                <$name as $crate::names::Named>::named(text).ok_or_else(|| {
                    format!("unknown value `{text}`, expected one of {}", [$($text),+].join(", "))
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use named;

/// The name nearest to `name`, where one is near enough to be meant.
pub(crate) fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    names
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 4)
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn misspelt_names() {
        for (name, expected) in [("trem", Some("term")), ("severty", Some("severity")), ("banana", None)] {
            let found = nearest(name, ["term", "severity", "replace"]);
            assert_eq!(found.as_deref(), expected, "{name}");
        }
    }
}
