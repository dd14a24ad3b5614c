//! What holds of a text and its receipt, for people at a terminal.

use std::io::{self, Write};

use baguan::{Date, Difference, Override, Receipt, RulesMatch, Ruleset, Verification};

use super::clipped;
use super::summary::rules_named;

/// Prints whether the text may be published, and why not.
pub(crate) fn print(
    file: &str,
    receipt: &Receipt,
    verification: &Verification,
    rules: Option<&Ruleset>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{file}: {}", if verification.holds() { "可以发布" } else { "不得发布" })?;
    writeln!(out, "  稿件  {}", verification.text.title())?;
    print_differences(file, &verification.differences, out)?;
    writeln!(out, "  凭据  {}", verification.seal.title())?;
    print_rules(receipt, verification.rules, rules, out)?;
    let review = receipt.review();
    let (class, verdict) = (&review.class, review.verdict.title());
    writeln!(out, "  审核  {}，类别 {}（{}），结论 {verdict}", review.as_of, class.title, class.id)?;
    for own in receipt.overrides() {
        writeln!(out, "  放行  {}", described(own))?;
    }
    for finding in &verification.blocking {
        writeln!(out, "  拦截  {} {}", finding.rule, finding.fingerprint)?;
    }
    for own in receipt.sign_offs() {
        writeln!(out, "  签审  {} {} {}", own.level, clipped(&own.name), clipped(&own.time))?;
    }
    match verification.missing_levels.as_slice() {
        [] => Ok(()),
        levels => writeln!(out, "  待签  {}", levels.join("、")),
    }
}

fn print_differences(file: &str, differences: &[Difference], out: &mut dyn Write) -> io::Result<()> {
    const MOST: usize = 20;
    for Difference { position, was, is } in differences.iter().take(MOST) {
        let [was, is] = [was, is].map(|text| clipped(&text.replace('\n', "↵")));
        let change = match (was.is_empty(), is.is_empty()) {
            (false, false) => format!("「{was}」变为「{is}」"),
            (false, true) => format!("少了「{was}」"),
            (true, _) => format!("多了「{is}」"),
        };
        writeln!(out, "    {file}:{}:{}: {change}", position.line, position.column)?;
    }
    match differences.len().saturating_sub(MOST) {
        0 => Ok(()),
        more => writeln!(out, "    另有 {more} 处"),
    }
}

fn print_rules(
    receipt: &Receipt,
    rules_match: RulesMatch,
    rules: Option<&Ruleset>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let own = &receipt.review().ruleset;
    let named = rules_named(&own.name, own.version, &own.digest);
    match rules.filter(|_| rules_match == RulesMatch::Other) {
        None => writeln!(out, "  规则  {}：{named}", rules_match.title()),
        Some(rules) => {
            let in_force = rules_named(rules.name(), rules.version(), &rules.digest());
            writeln!(out, "  规则  {}：审核时 {named}，现行 {in_force}", rules_match.title())
        }
    }
}

fn described(own: &Override) -> String {
    let until = own.until.map_or_else(String::new, |day: Date| format!("，{day}起失效"));
    format!("{} {}（{}{until}）", own.fingerprint, clipped(&own.reason), clipped(&own.by))
}
