//! Any text as a ruleset: no panic, and what parses also compiles and reviews its own examples.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| baguan_tests::laws::ruleset_holds(text));
