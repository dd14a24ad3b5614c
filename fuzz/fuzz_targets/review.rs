//! Any text under the standard rules: no panic, spans in order and on boundaries, safe fixes settle.
#![no_main]

use std::sync::LazyLock;

use baguan::{Reviewer, Ruleset};
use libfuzzer_sys::fuzz_target;

static REVIEWER: LazyLock<Reviewer> =
    LazyLock::new(|| Reviewer::new(Ruleset::standard()).expect("the standard rules hold"));

fuzz_target!(|text: &str| baguan_tests::laws::hold(&REVIEWER, text));
