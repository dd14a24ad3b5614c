//! The rules a run goes by.

use std::path::PathBuf;

use baguan::Ruleset;

use crate::error::Error;

/// The rules of `paths`, merged in order; onto the standard ones, unless every set says it extends none.
pub(crate) fn rules(paths: &[PathBuf]) -> Result<Ruleset, Error> {
    let (mut sets, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        match Ruleset::load(path) {
            Ok(set) => sets.push(set),
            Err(error) => problems.extend_from_slice(error.problems()),
        }
    }
    if !problems.is_empty() {
        return Err(Error::Rules(problems));
    }
    let mut sets = sets.into_iter();
    let alone = sets.as_slice().iter().all(|set| set.extends().is_empty());
    let first = if alone { sets.next() } else { None }.unwrap_or_else(Ruleset::standard);
    Ok(sets.try_fold(first, Ruleset::merge)?)
}

/// Switches rules off by id.
pub(crate) fn disable(rules: &mut Ruleset, ids: &[String]) -> Result<(), Error> {
    for id in ids {
        known(rules, id)?;
        rules.disable(id)?;
    }
    Ok(())
}

/// Refuses an id that no rule has, and names the nearest.
pub(crate) fn known(rules: &Ruleset, id: &str) -> Result<(), Error> {
    if rules.rule(id).is_some() {
        return Ok(());
    }
    let nearest = rules.nearest_rule(id).map_or_else(String::new, |id| format!("; did you mean `{id}`?"));
    Err(Error::Usage(format!("unknown rule `{id}`{nearest}")))
}
