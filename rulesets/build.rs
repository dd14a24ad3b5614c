//! Lists the rule files of this folder, so that a new file needs no other change.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The list that feature `lexicon` brings.
const LEXICON: &str = "lexicon.tsv";
/// The tag that only rules with that list have.
const TAG: &str = "\"close-reading\"";

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    if env::var_os("CARGO_FEATURE_LEXICON").is_none() {
        leave_out(LEXICON, &mut files);
    }
    let out = PathBuf::from(env::var("OUT_DIR").expect("set by cargo"));
    let mut list = String::from("/// The files by name, in order.\npub const FILES: &[(&str, &str)] = &[\n");
    for path in files {
        let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
        println!("cargo::rerun-if-changed={}", path.display());
        let path = if name == "classes.toml" { classes(&path, &out) } else { path };
        writeln!(list, "    ({name:?}, include_str!({:?})),", path.to_string_lossy())
            .expect("writing to a string");
    }
    list.push_str("];\n");
    fs::write(out.join("files.rs"), list).expect("OUT_DIR can be written");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let path = entry.path();
        let data = path.extension().is_some_and(|e| e == "toml" || e == "tsv");
        if path.is_dir() {
            if path
                .file_name()
                .is_none_or(|name| !["src", "target", "profiles"].iter().any(|own| name == *own))
            {
                collect(&path, files);
            }
        } else if data && !["Cargo.toml", "measured.tsv"].iter().any(|other| path.ends_with(other)) {
            files.push(path);
        }
    }
}

/// Takes away a list and the rule files that name it.
fn leave_out(list: &str, files: &mut Vec<PathBuf>) {
    let names = |path: &Path| fs::read_to_string(path).expect("the file can be read").contains(list);
    files.retain(|path| !path.ends_with(list) && !names(path));
}

/// The classes as they are, or without the tag where no rule has it.
fn classes(path: &Path, out: &Path) -> PathBuf {
    if env::var_os("CARGO_FEATURE_LEXICON").is_some() {
        return path.to_owned();
    }
    let text = fs::read_to_string(path).expect("the file can be read");
    let slim = out.join("classes.toml");
    fs::write(&slim, text.replace(&format!("{TAG}, "), "").replace(TAG, "")).expect("OUT_DIR can be written");
    slim
}
