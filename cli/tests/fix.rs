//! `--fix` and `--diff`.

use crate::{House, Ran};

const DRAFT: &str = "# 通知\r\n\r\n他一愁莫展，一愁莫展。\n甲、乙等国参加。\n";
const FIXED: &str = "# 通知\r\n\r\n他一筹莫展，一筹莫展。\n甲、乙等国参加。\n";

#[test]
fn safe_fixes_are_written_back() {
    let house = House::new().with("a.md", DRAFT);
    let ran = house.check("a.md --fix");
    assert_eq!(house.read("a.md"), FIXED);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, "note: a.md: fixed\n"));
    assert!(ran.stdout.starts_with("警告[political/not-a-country]"), "{}", ran.stdout);
    assert_eq!(house.check("a.md --fix").stderr, "");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new().with("a.md", DRAFT);
    std::fs::set_permissions(house.path("a.md"), PermissionsExt::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("a.md", house.path("link.md")).unwrap();
    house.check("link.md --fix");
    assert_eq!(house.read("a.md"), FIXED);
    assert!(house.path("link.md").is_symlink());
    assert_eq!(house.path("a.md").metadata().unwrap().permissions().mode() & 0o777, 0o640);

    let house = house.with("locked.md", DRAFT);
    std::fs::set_permissions(house.path("locked.md"), PermissionsExt::from_mode(0o440)).unwrap();
    let ran = house.check("locked.md --fix");
    assert_eq!((ran.code, house.read("locked.md").as_str()), (2, DRAFT));
    assert_eq!(ran.stderr, "error: locked.md: cannot write: the file is read-only\n");
}

#[test]
fn standard_input_is_fixed_onto_standard_output() {
    let ran = House::new().check_on(DRAFT, "- --fix");
    assert_eq!((ran.code, ran.stdout.as_str()), (1, FIXED));
    assert!(ran.stderr.contains("\n-: 待改，1 处\n"), "{}", ran.stderr);
}

#[test]
fn a_diff_writes_nothing() {
    let house = House::new().with("a.md", "甲。\n他一愁莫展。\n乙。\n丙。\n").with("b.md", "正常。\n");
    let diff = "\
--- a/a.md
+++ b/a.md
@@ -1,3 +1,3 @@
 甲。
-他一愁莫展。
+他一筹莫展。
 乙。
";
    assert_eq!(house.check("a.md b.md --diff"), Ran::new(1, diff, ""));
    assert_eq!(house.read("a.md"), "甲。\n他一愁莫展。\n乙。\n丙。\n");
    assert_eq!(house.check("b.md --diff"), Ran::new(0, "", ""));
    assert_eq!(house.check("b.md --diff --fix").code, 2);
}
