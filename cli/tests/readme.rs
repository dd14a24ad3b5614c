//! The commands of the README do what it says.

use std::path::PathBuf;
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The report and exit code on one of the drafts that come with the repository.
fn check(draft: &str) -> (String, Option<i32>) {
    let args = ["check", draft, "--as-of", "2026-11-23", "--color", "never"];
    let done = Command::new(env!("CARGO_BIN_EXE_baguan")).args(args).current_dir(root()).output().unwrap();
    (String::from_utf8(done.stdout).unwrap(), done.status.code())
}

#[test]
fn the_first_command_is_the_one_tested() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains("\ncargo run --release -p baguan-cli -- check examples/notice.md\n"));
    assert!(readme.contains("\nmake test\n"));
}

#[test]
fn a_notice_with_slips_at_all_gates() {
    let (report, code) = check("examples/notice.md");
    assert_eq!(code, Some(1), "{report}");
    for gate in ["political/", "legal/", "secrecy/", "wording/"] {
        assert!(report.contains(gate), "{gate}: {report}");
    }
    assert!(report.contains("拦截"), "{report}");
}

#[test]
fn the_other_drafts() {
    for (draft, code, rule) in [
        ("examples/news.md", 1, "wording/"),
        ("examples/publicity.md", 1, "legal/resident-id-exposed"),
        ("examples/clean.md", 0, ""),
    ] {
        let (report, found) = check(draft);
        assert_eq!(found, Some(code), "{report}");
        assert!(report.contains(rule), "{report}");
    }
}
