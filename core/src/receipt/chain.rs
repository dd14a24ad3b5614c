//! The digests that tie the parts of a receipt together, and the seal on the last of them.

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::names::named;
use crate::ruleset::hex;

use super::{Act, ReviewRecord};

/// The digest of the review, the first of the chain.
pub(super) fn of_review(review: &ReviewRecord) -> String {
    of("baguan-receipt-1", &json(serde_json::to_string(review)))
}

/// The digest of an act that follows what has the digest `previous`.
pub(super) fn of_act(previous: &str, act: &Act) -> String {
    of(previous, &json(serde_json::to_string(act)))
}

fn of(previous: &str, json: &str) -> String {
    hex(&Sha256::new().chain_update(previous).chain_update("\n").chain_update(json).finalize())
}

pub(super) fn json(written: serde_json::Result<String>) -> String {
    written.expect("a receipt is plain data with text for keys")
}

/// What closes a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seal {
    method: Method,
    value: String,
}

named! {
    /// How a seal is made from the head of the chain.
    pub(super) enum Method {
        /// It is the head.
        Sha256 = "sha-256",
        /// RFC 2104 over the head as it is written.
        HmacSha256 = "hmac-sha-256",
    }
}

named! {
    /// What the digests and the seal of a receipt prove.
    pub enum SealState {
        /// Sealed with the key, and unaltered.
        Keyed = "keyed",
        /// Sealed without a key; no accident altered it.
        Plain = "plain",
        /// Sealed with a key that was not given.
        KeyMissing = "key-missing",
        /// Sealed without a key where one is expected.
        NotKeyed = "not-keyed",
        /// The review is not what its digest says.
        ReviewAltered = "review-altered",
        /// The text is not the one whose digest the review has.
        TextAltered = "text-altered",
        /// An override or sign-off is not what its digest says.
        ActAltered = "act-altered",
        /// The seal is not that of the parts, or not of that key.
        SealAltered = "seal-altered",
    }
}

impl SealState {
    /// What it tells an editor.
    pub const fn title(self) -> &'static str {
        match self {
            SealState::Keyed => "完好（经密钥核验）",
            SealState::Plain => "完好（未用密钥封存，只能发现误改）",
            SealState::KeyMissing => "经密钥封存，须提供密钥方可核验",
            SealState::NotKeyed => "未用密钥封存",
            SealState::ReviewAltered => "被改动：审核记录",
            SealState::TextAltered => "被改动：所附原文",
            SealState::ActAltered => "被改动：放行或签审",
            SealState::SealAltered => "封印不符：被改动，或密钥不对",
        }
    }

    /// Whether it proves all that a seal of its kind can.
    pub const fn is_whole(self) -> bool {
        matches!(self, SealState::Keyed | SealState::Plain)
    }
}

impl Seal {
    /// The seal of a chain with that head.
    pub(super) fn new(head: &str, key: Option<&[u8]>) -> Seal {
        match key {
            None => Seal { method: Method::Sha256, value: head.to_owned() },
            Some(key) => {
                Seal { method: Method::HmacSha256, value: hex(&mac(key, head).finalize().into_bytes()) }
            }
        }
    }

    /// What it proves of a chain with that head whose links hold.
    pub(super) fn state(&self, head: &str, key: Option<&[u8]>) -> SealState {
        match (self.method, key) {
            (Method::Sha256, None) if self.value == head => SealState::Plain,
            (Method::Sha256, None) => SealState::SealAltered,
            (Method::Sha256, Some(_)) => SealState::NotKeyed,
            (Method::HmacSha256, None) => SealState::KeyMissing,
            (Method::HmacSha256, Some(key)) => {
                let is_right = |value: Vec<u8>| mac(key, head).verify_slice(&value).is_ok();
                if unhex(&self.value).is_some_and(is_right) {
                    SealState::Keyed
                } else {
                    SealState::SealAltered
                }
            }
        }
    }
}

fn mac(key: &[u8], head: &str) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length").chain_update(head)
}

/// The bytes of hexadecimal digits as [`hex`] writes them.
fn unhex(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let byte = |pair: &[u8]| match *pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    };
    digits.as_bytes().chunks(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_rfc_4231() {
        for (key, data, expected) in [
            (vec![0x0b; 20], "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe".to_vec(),
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                vec![0xaa; 131],
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ] {
            let seal = Seal::new(data, Some(&key));
            assert_eq!(seal.value, expected);
            assert_eq!(seal.state(data, Some(&key)), SealState::Keyed);
        }
    }

    #[test]
    fn what_a_seal_proves() {
        let (head, key) = ("00ff", b"key".as_slice());
        let (plain, keyed) = (Seal::new(head, None), Seal::new(head, Some(key)));
        let upper = Seal { value: keyed.value.to_uppercase(), ..keyed.clone() };
        let odd = Seal { value: keyed.value[1..].to_owned(), ..keyed.clone() };
        let stripped = Seal { method: Method::Sha256, ..keyed.clone() };
        for (seal, head, key, expected) in [
            (&plain, "00ff", None, SealState::Plain),
            (&plain, "00fe", None, SealState::SealAltered),
            (&plain, "00ff", Some(key), SealState::NotKeyed),
            (&keyed, "00ff", Some(key), SealState::Keyed),
            (&keyed, "00ff", None, SealState::KeyMissing),
            (&keyed, "00ff", Some(b"Key"), SealState::SealAltered),
            (&keyed, "00fe", Some(key), SealState::SealAltered),
            (&upper, "00ff", Some(key), SealState::SealAltered),
            (&odd, "00ff", Some(key), SealState::SealAltered),
            (&stripped, "00ff", None, SealState::SealAltered),
        ] {
            assert_eq!(seal.state(head, key), expected, "{seal:?}");
        }
    }
}
