//! The command from end to end: the real binary on house rules of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod batch;
mod check;
mod compile;
mod fix;
mod formats;
mod input;
mod readme;
mod receipt;
mod rules;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const HOUSE_RULES: &str = include_str!("house.toml");

/// A folder with house rules and drafts, in which the command is run.
struct House {
    folder: TempDir,
}

impl House {
    fn new() -> House {
        House { folder: TempDir::new().unwrap() }.with("house.toml", HOUSE_RULES)
    }

    /// The same with one more file.
    fn with(self, name: &str, content: impl AsRef<[u8]>) -> House {
        std::fs::write(self.path(name), content).unwrap();
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs `baguan` with those arguments, parted by blanks, and nothing on standard input.
    fn run(&self, args: &str) -> Ran {
        self.run_on("", args)
    }

    /// Runs `baguan` with `stdin` on standard input.
    fn run_on(&self, stdin: impl AsRef<[u8]>, args: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_baguan"))
            .args(args.split_whitespace())
            .current_dir(self.folder.path())
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let stdin = stdin.as_ref().to_vec();
        // A thread of its own: answers may fill their pipe before all is written.
        let writer = std::thread::spawn(move || input.write_all(&stdin));
        let output = child.wait_with_output().unwrap();
        // A run that ends early reads no more.
        let _ = writer.join().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs `baguan check` with the house rules on a fixed day.
    fn check(&self, args: &str) -> Ran {
        self.run(&format!("check --rules house.toml --as-of 2026-11-23 {args}"))
    }

    /// Runs `baguan check` on standard input.
    fn check_on(&self, stdin: impl AsRef<[u8]>, args: &str) -> Ran {
        self.run_on(stdin, &format!("check --rules house.toml --as-of 2026-11-23 {args}"))
    }
}

/// What a run left.
#[derive(Debug, PartialEq, Eq)]
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Ran {
    fn new(code: i32, stdout: &str, stderr: &str) -> Ran {
        Ran { code, stdout: stdout.to_owned(), stderr: stderr.to_owned() }
    }

    /// The lines of standard output as data.
    fn json_lines(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Standard output as data.
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap()
    }
}

/// The first digits of the house rules' digest, as reports show them.
fn digest() -> String {
    baguan::Ruleset::parse("house.toml", HOUSE_RULES).unwrap().digest()[..12].to_owned()
}

/// The fingerprint of the first finding in `a.md`.
fn fingerprint(house: &House) -> String {
    house.check("a.md --format json").json()["findings"][0]["fingerprint"].as_str().unwrap().to_owned()
}
