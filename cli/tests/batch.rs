//! `--jsonl`.

use serde_json::{Value, json};

use crate::{House, Ran};

/// Those lines, each with its end.
fn lines(lines: impl IntoIterator<Item = impl ToString>) -> String {
    lines.into_iter().map(|line| line.to_string() + "\n").collect()
}

#[test]
fn one_record() {
    let house = House::new();
    let ran =
        house.check_on("{\"id\": 7, \"text\": \"😀一愁莫展\"}\n", "--jsonl --offsets utf16 --format json");
    let mut answer = ran.json_lines().remove(0);
    assert!(answer["findings"][0]["fingerprint"].take().is_string());
    let finding = json!({
        "rule": "wording/misspelt",
        "gate": "wording",
        "severity": "error",
        "message": "「一愁莫展」应为「一筹莫展」",
        "why": "成语误写",
        "source": "《现代汉语词典》",
        "start": 2,
        "end": 6,
        "line": 1,
        "column": 2,
        "text": "一愁莫展",
        "fixes": [{ "edits": [{ "start": 2, "end": 6, "text": "一筹莫展" }], "safe": true }],
        "fingerprint": null,
    });
    assert_eq!(answer, json!({ "id": 7, "verdict": "revise", "findings": [finding] }));
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn order_is_kept_with_errors_in_between() {
    let (mut input, mut expected) = (Vec::new(), Vec::new());
    for n in 0..2_000 {
        if n % 7 == 3 {
            input.push("{\"id\": ".to_owned());
            expected.push(json!({ "id": null, "line": n + 1, "verdict": null, "count": null }));
        } else {
            let errors = n % 5;
            input.push(json!({ "id": n, "text": "他一愁莫展。".repeat(errors) }).to_string());
            let verdict = if errors > 0 { "revise" } else { "pass" };
            expected.push(json!({ "id": n, "line": null, "verdict": verdict, "count": errors }));
        }
    }
    let ran = House::new().check_on(lines(input), "--jsonl");
    let brief = |answer: &Value| {
        let count = answer["findings"].as_array().map(Vec::len);
        json!({ "id": answer["id"], "line": answer["line"], "verdict": answer["verdict"], "count": count })
    };
    assert_eq!(ran.json_lines().iter().map(brief).collect::<Vec<_>>(), expected);
    assert_eq!((ran.code, ran.stderr.as_str()), (2, ""));
}

#[test]
fn ids_are_given_back_as_they_came() {
    let ids =
        ["\"甲\"", "1.50", "123456789012345678901234567890", "null", "[1,  {\"a\": true}]", "\"\\u7532\""];
    let input = lines(ids.map(|id| format!("{{\"text\": \"\", \"id\": {id}}}\r\n")));
    let ran = House::new().check_on(input, "--jsonl");
    let expected = lines(ids.map(|id| format!("{{\"id\":{id},\"verdict\":\"pass\",\"findings\":[]}}")));
    assert_eq!(ran, Ran::new(0, &expected, ""));
}

#[test]
fn malformed_lines() {
    let house = House::new();
    for (line, expected) in [
        (&b"not json"[..], json!({ "id": null, "error": "no JSON object: expected ident at column 2" })),
        (
            b"[1]",
            json!({ "id": null, "error": "no JSON object: invalid type: sequence, expected a map at column 0" }),
        ),
        (b"{\"id\": 1}", json!({ "id": 1, "error": "no field `text`" })),
        (
            b"{\"id\": 1, \"text\": 5}",
            json!({ "id": 1, "error": "`text`: invalid type: integer `5`, expected a string at column 1" }),
        ),
        (
            b"{\"id\": 1, \"text\": \"a\\ud800b\"}",
            json!({ "id": 1, "error": "`text`: unexpected end of hex escape at column 9" }),
        ),
        (b"{\"id\": 1, \"text\": \"\xff\"}", json!({ "id": null, "error": "not UTF-8 at byte 19" })),
        (
            b"{\"id\": 1, \"text\": \"\", \"day\": \"2026-13-01\"}",
            json!({ "id": 1, "error": "`day`: `2026-13-01` is no date, expected YYYY-MM-DD" }),
        ),
        (
            b"{\"id\": 1, \"text\": \"\", \"kind\": \"nix\"}",
            json!({ "id": 1, "error": "`kind`: unknown class `nix`, expected one of news, promotion" }),
        ),
    ] {
        let ran = house.check_on([b"\n", line].concat(), "--jsonl --as-of-field day --class-field kind");
        let mut expected = expected;
        expected["line"] = json!(2);
        assert_eq!((ran.json_lines(), ran.code), (vec![expected], 2));
    }
}

#[test]
fn a_day_and_a_class_of_its_own() {
    let records = [
        json!({ "id": 1, "text": "甲等国。", "day": "2019-12-31" }),
        json!({ "id": 2, "text": "甲等国。", "day": "2020-01-01" }),
        json!({ "id": 3, "text": "甲等国。", "day": null }),
        json!({ "id": 4, "text": "最佳。", "kind": "promotion" }),
        json!({ "id": 5, "text": "最佳。" }),
    ];
    let ran = House::new().check_on(lines(&records), "--jsonl --as-of-field day --class-field kind");
    let verdicts: Vec<Value> = ran.json_lines().iter().map(|answer| answer["verdict"].clone()).collect();
    assert_eq!(verdicts, ["pass", "revise", "revise", "block", "pass"]);
}

#[test]
fn verdicts_count_on_request_only() {
    let input = "{\"id\": 1, \"text\": \"他一愁莫展。\"}";
    let house = House::new();
    for (args, code) in [("", 0), ("--fail-on revise", 1), ("--fail-on block", 0), ("--fail-on never", 0)] {
        assert_eq!(house.check_on(input, &format!("--jsonl {args}")).code, code, "{args}");
    }
    let ran = house.check_on(input, "--jsonl --severity fatal");
    assert_eq!(ran, Ran::new(0, "{\"id\":1,\"verdict\":\"revise\",\"findings\":[]}\n", ""));
}

#[test]
fn an_answer_does_not_wait_for_the_next_record() {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::process::{Command, Stdio};
    let house = House::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_baguan"))
        .args(["check", "--rules", "house.toml", "--jsonl"])
        .current_dir(house.folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in 1..4 {
        writeln!(input, "{{\"id\": {id}, \"text\": \"正常。\"}}").unwrap();
        let answer = output.next().unwrap().unwrap();
        assert_eq!(answer, format!("{{\"id\":{id},\"verdict\":\"pass\",\"findings\":[]}}"));
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}
