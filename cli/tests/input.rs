//! What is no draft.

use crate::{House, Ran};

#[test]
fn each_is_refused_with_its_place() {
    let house = House::new()
        .with("gbk.txt", b"gbk: \xb0\xd1")
        .with("second-line.txt", b"\xe7\x94\xb2\n\xe7\x94\xb2\xffx")
        .with("utf16.txt", b"\xff\xfe\x32\x75")
        .with("nul.txt", b"\xe7\x94\xb2\n\xe4\xb9\x99\0")
        .with("a.html", "<p>甲</p>")
        .with("a.docx", b"PK\x03\x04");
    std::fs::create_dir(house.path("folder")).unwrap();
    let kinds = "is not supported yet; .txt, .md and files without extension are (--input txt reads any file as plain text)";
    for (file, expected) in [
        ("gbk.txt", "gbk.txt:1:6: not UTF-8: byte 0xb0 at offset 5; if this is a GBK text, save it as UTF-8"),
        (
            "second-line.txt",
            "second-line.txt:2:2: not UTF-8: byte 0xff at offset 7; if this is a GBK text, save it as UTF-8",
        ),
        ("utf16.txt", "utf16.txt:1:1: not UTF-8: byte 0xff at offset 0; this is UTF-16: save it as UTF-8"),
        ("nul.txt", "nul.txt:2:2: NUL byte at offset 7; this looks like a binary file"),
        ("a.html", &format!("a.html: .html {kinds}")),
        ("a.docx", &format!("a.docx: .docx {kinds}")),
        ("folder", "folder: is a folder, expected a file"),
        ("missing.txt", "missing.txt: cannot read: No such file or directory (os error 2)"),
    ] {
        assert_eq!(
            house.check(&format!("{file} --format json")),
            Ran::new(2, "", &format!("error: {expected}\n"))
        );
    }
}

#[test]
fn the_others_are_still_reviewed() {
    let house = House::new().with("bad.txt", b"\xff").with("a.txt", "正常。");
    let ran = house.check("bad.txt a.txt");
    assert!(ran.stdout.starts_with("a.txt: 通过，未发现问题\n"), "{}", ran.stdout);
    assert!(ran.stderr.starts_with("error: bad.txt:1:1: not UTF-8"), "{}", ran.stderr);
    assert_eq!(ran.code, 2);
}

#[test]
fn an_empty_file_passes() {
    let house = House::new().with("a.txt", "");
    let ran = house.check("a.txt");
    assert!(ran.stdout.starts_with("a.txt: 通过，空稿\n"), "{}", ran.stdout);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, "note: a.txt: holds no text\n"));
}

#[test]
fn any_file_on_request() {
    let house = House::new().with("a.log", "他一愁莫展。");
    assert_eq!(house.check("a.log").code, 2);
    assert_eq!(house.check("a.log --input txt").code, 1);
    assert_eq!(house.check_on("他一愁莫展。", "-").code, 1);
}

#[test]
fn a_reader_that_goes_away() {
    use std::process::{Command, Stdio};
    let house = House::new().with("a.txt", "他一愁莫展。\n".repeat(20_000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_baguan"))
        .args(["check", "--rules", "house.toml", "a.txt"])
        .current_dir(house.folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}
