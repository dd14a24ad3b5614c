//! Compiles the standard rules, so that they load without being parsed.
//!
//! The engine's own modules do it, built once more for this script.

#![expect(dead_code, unreachable_pub, reason = "the script needs but a part of the engine")]

#[path = "src/class.rs"]
mod class;
#[path = "src/date.rs"]
mod date;
#[path = "src/draft/mod.rs"]
mod draft;
#[path = "src/entry.rs"]
mod entry;
#[path = "src/error.rs"]
mod error;
#[path = "src/fields.rs"]
mod fields;
#[path = "src/files.rs"]
mod files;
#[path = "src/finding.rs"]
mod finding;
#[path = "src/kinds/mod.rs"]
mod kinds;
#[path = "src/names.rs"]
mod names;
#[path = "src/order.rs"]
mod order;
#[path = "src/passing.rs"]
mod passing;
#[path = "src/ruleset/mod.rs"]
mod ruleset;
#[path = "src/scan/mod.rs"]
mod scan;
#[path = "src/span.rs"]
mod span;

use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

fn main() {
    println!("cargo::rerun-if-changed=src");
    let engine = engine(Path::new("src"));
    println!("cargo::rustc-env=BAGUAN_ENGINE={}", ruleset::hex(&engine));
    #[cfg(feature = "builtin")]
    write_standard(&Sha256::digest(ruleset::hex(&engine)).into());
}

/// The standard rules, compiled, in the folder that the library includes them from.
#[cfg(feature = "builtin")]
fn write_standard(engine: &[u8; 32]) {
    use ruleset::compiled::Weight;

    // The suite proves them.
    let file = |(name, text): &(&'static str, &'static str)| {
        files::File::new((*name).to_owned(), files::Content::Text(text.as_bytes().into()))
    };
    let files = files::Files::proven(baguan_rulesets::FILES.iter().map(file).collect());
    let is_for_browsers = std::env::var_os("CARGO_CFG_TARGET_FAMILY").is_some_and(|family| family == "wasm");
    let weight = if is_for_browsers { Weight::Light } else { Weight::Whole };
    let compiled = ruleset::Ruleset::of(&files)
        .and_then(|rules| rules.compile_for(engine, weight))
        .unwrap_or_else(|error| panic!("{error}"));
    let out = std::env::var_os("OUT_DIR").expect("set by cargo");
    fs::write(Path::new(&out).join("standard.baguan"), compiled).expect("OUT_DIR can be written");
}

/// SHA-256 of the engine's sources: what one engine compiled serves no other.
#[expect(clippy::disallowed_methods, reason = "a build script reads what is built")]
fn engine(folder: &Path) -> [u8; 32] {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let mut digest = Sha256::new();
    for path in files {
        let text = fs::read_to_string(&path).expect("the file can be read");
        // Not the name: its separators differ from system to system.
        digest.update(text.replace("\r\n", "\n"));
    }
    digest.finalize().into()
}
