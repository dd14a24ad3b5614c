//! The standard rules: they prove themselves, and their data is kept in order.

use std::collections::BTreeSet;

use baguan::{Gate, Ruleset, Severity, prove};

/// The built-in set takes its expressions on trust and compiles each when it is first woken.
#[test]
fn every_expression_compiles() {
    let rules = Ruleset::parse_files(baguan_rulesets::FILES).unwrap();
    assert_eq!(rules.rules().len(), Ruleset::standard().rules().len());
}

/// What the build script compiled and what comes of the files here are the same, byte for byte.
#[test]
fn the_built_in_rules_are_these_files() {
    let files = Ruleset::parse_files(baguan_rulesets::FILES).unwrap();
    let (built_in, files) = (Ruleset::standard().compile().unwrap(), files.compile().unwrap());
    assert!(built_in == files, "of {} and {} bytes", built_in.len(), files.len());
}

#[test]
fn every_example_holds() {
    let failures: Vec<String> =
        prove(&Ruleset::standard()).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(failures, [""; 0]);
}

#[test]
fn every_gate_is_guarded() {
    const LEAST: usize = 40;
    let rules = Ruleset::standard();
    for gate in Gate::ALL {
        let count = rules.rules().iter().filter(|rule| rule.gate() == gate).count();
        assert!(count >= LEAST, "{gate} has {count} rules");
    }
}

#[test]
fn every_kind_is_used() {
    // A roster names people: it is its user's, and examples/house shows one that is made up.
    const OF_USERS: [&str; 1] = ["roster"];
    let rules = Ruleset::standard();
    let used: BTreeSet<&str> = rules.rules().iter().map(baguan::Rule::kind).collect();
    let kinds: BTreeSet<&str> =
        baguan::kinds().iter().copied().filter(|kind| !OF_USERS.contains(kind)).collect();
    assert_eq!(used, kinds);
}

#[test]
fn rules_stand_in_the_folder_of_their_gate() {
    for rule in Ruleset::standard().rules() {
        let folder = rule.place().file.split('/').next().unwrap();
        assert_eq!(folder, rule.gate().name(), "{} in {}", rule.id(), rule.place().file);
    }
}

#[test]
fn every_list_is_used() {
    let (mut lists, mut texts) = (Vec::new(), String::new());
    for (name, text) in baguan_rulesets::FILES {
        match name.rsplit_once('.') {
            Some((_, "tsv")) => lists.push(*name),
            _ => texts.push_str(text),
        }
    }
    let idle: Vec<&&str> = lists
        .iter()
        .filter(|list| !texts.contains(&format!("\"{}\"", list.rsplit('/').next().unwrap())))
        .collect();
    assert_eq!(idle, [&""; 0]);
}

#[test]
fn severities_keep_what_was_measured() {
    for rule in Ruleset::standard().rules() {
        let Some(measured) = rule.measured() else { continue };
        let least = match rule.severity() {
            Severity::Fatal | Severity::Error => 95,
            Severity::Warning => 70,
            Severity::Hint => 0,
        };
        assert!(measured.right * 100 >= measured.alarms * least, "{}: {measured:?}", rule.id());
    }
}

#[test]
fn messages_are_in_chinese_and_whole() {
    let mut wrong = Vec::new();
    for rule in Ruleset::standard().rules() {
        for text in [rule.message(), rule.why().to_owned()] {
            if !text.chars().any(|c| ('一'..='龥').contains(&c)) || text.trim() != text {
                wrong.push(format!("{}: {text}", rule.id()));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn what_the_draft_holds_stands_in_corner_marks() {
    for rule in Ruleset::standard().rules() {
        assert!(!rule.message().contains("“{"), "{}: {}", rule.id(), rule.message());
    }
}

#[test]
fn classes_name_tags_that_rules_have() {
    let rules = Ruleset::standard();
    let tags: BTreeSet<&String> = rules.rules().iter().flat_map(baguan::Rule::tags).collect();
    for class in rules.classes() {
        for tag in class.tags() {
            assert!(tags.contains(tag), "{}: no rule has tag {tag}", class.id());
        }
    }
}
