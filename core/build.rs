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
#[path = "src/kinds/expression/small/properties.rs"]
mod properties;
#[path = "src/ranked.rs"]
mod ranked;
#[path = "src/ruleset/mod.rs"]
mod ruleset;
#[path = "src/scan/mod.rs"]
mod scan;
#[path = "src/span.rs"]
mod span;

use std::fs;
use std::path::Path;

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

fn main() {
    println!("cargo::rerun-if-changed=src");
    let engine = engine(Path::new("src"));
    println!("cargo::rustc-env=BAGUAN_ENGINE={}", ruleset::hex(&engine));
    #[cfg(feature = "builtin")]
    write_standard(&Sha256::digest(ruleset::hex(&engine)).into());
    write("unicode", &unicode());
}

fn write(name: &str, content: &[u8]) {
    let out = std::env::var_os("OUT_DIR").expect("set by cargo");
    fs::write(Path::new(&out).join(name), content).expect("OUT_DIR can be written");
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
    write("standard.baguan", &compiled);
}

/// The tables that [`properties`] reads, made from those of `regex-syntax`.
fn unicode() -> Vec<u8> {
    let named = |(short, _): &(&str, &str)| steps(&format!(r"\p{{{short}}}"));
    // What one letter names are those that begin with it; between those of C lie the surrogates, which are none.
    let is_made = |short: &str| short.len() == 1 && short != "C";
    let own = |names: &(&str, &str)| if is_made(names.0) { Vec::new() } else { named(names) };
    let categories = properties::CATEGORIES.iter().map(own);
    let categories: Vec<Vec<u8>> = categories.collect();
    let scripts: Vec<Vec<u8>> = properties::SCRIPTS.iter().map(named).collect();
    packed(&(cases(), steps(r"\s"), steps(r"\w"), categories, scripts))
}

/// The characters that differ in case only, as how far each is from the one before and from the next of those.
fn cases() -> Vec<u8> {
    let mut before = 0;
    let steps = chars(r"\p{Changes_When_Casemapped}").into_iter().map(|char| {
        let all = chars(&format!("(?i){char}"));
        let next = *all.iter().find(|other| **other > char).unwrap_or(&all[0]);
        let step = u32::from(char) - std::mem::replace(&mut before, u32::from(char));
        (step, i64::from(u32::from(next)) - i64::from(u32::from(char)))
    });
    packed(&steps.collect::<Vec<(u32, i64)>>())
}

fn chars(pattern: &str) -> Vec<char> {
    class(pattern).iter().flat_map(|range| range.start()..=range.end()).collect()
}

/// The bounds of the ranges that a class matches, as the distance of each from the one before.
fn steps(pattern: &str) -> Vec<u8> {
    let mut before = 0;
    let class = class(pattern);
    let bounds = class.iter().flat_map(|range| [range.start(), range.end()]).map(u32::from);
    let steps = bounds.map(|bound| bound - std::mem::replace(&mut before, bound));
    packed(&steps.collect::<Vec<u32>>())
}

fn class(pattern: &str) -> ClassUnicode {
    match regex_syntax::parse(pattern).expect("a class").into_kind() {
        HirKind::Class(Class::Unicode(class)) => class,
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).expect("a character");
            ClassUnicode::new(text.chars().map(|char| ClassUnicodeRange::new(char, char)))
        }
        other => panic!("{pattern} is no class: {other:?}"),
    }
}

fn packed(content: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(content).expect("numbers can be packed")
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
