//! `compile`, and runs on what it wrote.

use crate::{House, Ran};

#[test]
fn a_compiled_file_serves_as_its_rules() {
    let house = House::new().with("a.txt", "他一愁莫展。");
    let ran = house.run("compile --rules house.toml -o house.baguan");
    let bytes = std::fs::metadata(house.path("house.baguan")).unwrap().len();
    assert_eq!(ran, Ran::new(0, &format!("house.baguan: 4 rules, {bytes} bytes\n"), ""));
    let checked = |rules: &str| house.run(&format!("check {rules} --as-of 2026-11-23 --format json a.txt"));
    let (parsed, loaded) = (checked("--rules house.toml"), checked("--rules house.baguan"));
    assert_eq!(loaded.json()["findings"][0]["rule"], "wording/misspelt");
    assert_eq!(loaded.json()["findings"], parsed.json()["findings"]);
    assert_eq!(house.run("rules test house.baguan"), house.run("rules test house.toml"));
    assert_eq!(house.run("compile --light --rules house.toml -o light.baguan").code, 0);
    assert_eq!(checked("--rules light.baguan").json()["findings"], parsed.json()["findings"]);
    assert!(std::fs::metadata(house.path("light.baguan")).unwrap().len() < bytes);
}

#[test]
fn rules_are_merged_onto_it() {
    let more = "[[override]]\nid = \"wording/misspelt\"\nseverity = \"hint\"\n";
    let house = House::new().with("a.txt", "他一愁莫展。").with("more.toml", more);
    assert_eq!(house.run("compile --rules house.toml -o house.baguan").code, 0);
    let ran =
        house.run("check --rules house.baguan --rules more.toml --as-of 2026-11-23 --format json a.txt");
    assert_eq!(ran.json()["findings"][0]["severity"], "hint");
    let ran = house.run("check --rules more.toml --rules house.baguan a.txt");
    assert_eq!(
        ran,
        Ran::new(2, "", "error: house.baguan: compiled rules hold all there are and come first\n")
    );
}

#[test]
fn what_is_not_compiled() {
    let house = House::new().with("a.txt", "正常。").with("none.baguan", "国家").with("x.toml", "[[rule]]\n");
    let ran = house.run("check --rules none.baguan a.txt");
    assert_eq!(ran, Ran::new(2, "", "error: none.baguan: no compiled rules\n"));
    assert_eq!(house.run("compile --rules house.toml -o house.baguan").code, 0);
    let mut file = std::fs::read(house.path("house.baguan")).unwrap();
    file.truncate(file.len() - 1);
    let house = house.with("short.baguan", file);
    let ran = house.run("check --rules short.baguan a.txt");
    let expected = "error: short.baguan: damaged: its digest is not that of its content\n";
    assert_eq!(ran, Ran::new(2, "", expected));
    let ran = house.run("compile --rules house.toml -o house.bin");
    assert_eq!(ran, Ran::new(2, "", "error: house.bin: expected a name that ends in .baguan\n"));
    let ran = house.run("compile --rules x.toml -o x.baguan");
    assert!(ran.code == 2 && ran.stderr.contains("missing field `id`"), "{}", ran.stderr);
    assert!(!house.path("x.baguan").exists());
}
