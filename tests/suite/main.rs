//! The suite: structure, rules, laws, cases.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod cases;
mod corpus;
mod formulas;
mod house;
mod laws;
mod layers;
mod measured;
mod oracle;
mod parity;
mod profiles;
mod regressions;
mod rules;
mod session;

use std::path::PathBuf;

/// The root of the repository.
fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The files below `folder` with that extension, sorted.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|own| own == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Whether what a test finds is to be written down as what it expects.
fn blesses() -> bool {
    std::env::var_os("BLESS").is_some()
}
