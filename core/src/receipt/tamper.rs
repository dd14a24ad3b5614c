//! Every change to a receipt is seen.

use serde_json::{Map, Value, json};

use super::tests::{DRAFT, KEY, consent, done};
use super::*;

/// Every receipt that differs from this value in one place: a value changed, a field or item missing, an item twice.
fn altered(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => vec![json!("2027-01-01")],
        Value::Bool(bool) => vec![json!(!bool)],
        Value::Number(number) => vec![json!(number.as_u64().unwrap() + 1)],
        // Names have other names to be forged into.
        Value::String(text) => {
            [&format!("{text}甲"), "pass", "fatal", "hint", "sha-256", "2020-01-01", "初审", "mark"]
                .iter()
                .filter(|other| **other != text)
                .map(|other| json!(other))
                .collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(n, item)| in_array(items, n, item)).collect()
        }
        Value::Object(fields) => {
            fields.iter().flat_map(|(name, value)| in_object(fields, name, value)).collect()
        }
    }
}

fn in_array(items: &[Value], n: usize, item: &Value) -> Vec<Value> {
    let with = |part: &[Value]| Value::Array([&items[..n], part, &items[n + 1..]].concat());
    let changed = altered(item).into_iter().map(|other| with(&[other]));
    let first_last = Value::Array([&items[n..=n], &items[..n], &items[n + 1..]].concat());
    changed.chain([with(&[]), with(&[item.clone(), item.clone()]), first_last]).collect()
}

fn in_object(fields: &Map<String, Value>, name: &str, value: &Value) -> Vec<Value> {
    let with = |name: &str, other: Option<Value>| {
        let mut fields = fields.clone();
        match other {
            Some(other) => fields.insert(name.to_owned(), other),
            None => fields.remove(name),
        };
        Value::Object(fields)
    };
    let changed = altered(value).into_iter().map(|other| with(name, Some(other)));
    changed.chain([with(name, None), with("more", Some(json!(1)))]).collect()
}

#[test]
fn every_field_altered() {
    for key in [None, Some(KEY)] {
        let receipt = done(key);
        let mut read = 0;
        for forged in altered(&serde_json::to_value(&receipt).unwrap()) {
            let Ok(forged) = Receipt::parse(&forged.to_string()) else { continue };
            if forged == receipt || forged == receipt.clone().without_text() {
                continue;
            }
            read += 1;
            let state = forged.seal_state(key);
            assert!(!state.is_whole(), "{state}: {}", forged.to_json());
        }
        assert!(read > 200, "{read} forgeries that can be read");
    }
}

/// The receipt with digests computed anew, as anyone can who has no key.
fn rechained(mut receipt: Receipt, key: Option<&[u8]>) -> Receipt {
    receipt.digest = chain::of_review(&receipt.review);
    let mut head = receipt.digest.clone();
    for link in &mut receipt.acts {
        link.digest = chain::of_act(&head, &link.act);
        head.clone_from(&link.digest);
    }
    Receipt { seal: Seal::new(&head, key), ..receipt }
}

#[test]
fn only_a_key_keeps_out_who_forges_on_purpose() {
    let mut forged = done(Some(KEY));
    forged.review.findings.clear();
    for (forger, reader, expected) in [
        (None, None, SealState::Plain),
        (None, Some(KEY), SealState::NotKeyed),
        (Some(b"another".as_slice()), Some(KEY), SealState::SealAltered),
        (Some(KEY), Some(KEY), SealState::Keyed),
    ] {
        assert_eq!(rechained(forged.clone(), forger).seal_state(reader), expected);
    }
}

#[test]
fn sign_offs_out_of_turn_do_not_count() {
    let mut forged = done(None);
    for (link, level) in forged.acts[1..].iter_mut().zip(["复审", "初审"]) {
        link.act = Act::SignOff(consent(level, "张三"));
    }
    let forged = rechained(forged, None);
    assert_eq!(forged.missing_levels(), ["初审", "复审"]);
    assert!(!forged.verify(DRAFT, &Against::new()).holds());
}

#[test]
fn files_that_are_no_receipts() {
    let json = done(None).to_json();
    for (file, expected) in [
        (String::new(), "1:1: EOF while parsing a value"),
        ("[1]".to_owned(), "1:3: invalid length 1, expected struct Receipt with 6 elements"),
        (json.replace("\"format\": 1", "\"format\": 2"), "receipt format 2 is not known, expected 1"),
        (
            json.replace("\"engine\"", "\"machine\""),
            "4:13: unknown field `machine`, expected one of `engine`, `text`, \
          `ruleset`, `class`, `as_of`, `verdict`, `gates`, `findings`, `put_aside`",
        ),
        (
            json.replace("\"block\"", "\"stop\""),
            "24:21: unknown value `stop`, expected one of pass, revise, block",
        ),
        (json.replace("2026-11-23\"", "2026-11-31\""), "23:25: `2026-11-31` is no date, expected YYYY-MM-DD"),
        (json[..300].to_owned(), "11:18: EOF while parsing a string"),
    ] {
        assert_eq!(Receipt::parse(&file).unwrap_err().to_string(), expected);
    }
}
