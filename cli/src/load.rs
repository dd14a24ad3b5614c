//! The rules a run goes by.

use std::fs;
use std::path::{Path, PathBuf};

use baguan::Ruleset;

use crate::error::Error;

/// The rules of `paths`, merged in order; onto those of a compiled file that comes first, else onto the standard ones,
/// unless every set says it extends none.
pub(crate) fn rules(paths: &[PathBuf]) -> Result<Ruleset, Error> {
    let (compiled, paths) = match paths {
        [first, rest @ ..] if is_compiled(first) => (Some(compiled(first)?), rest),
        _ => (None, paths),
    };
    if let Some(path) = paths.iter().find(|path| is_compiled(path)) {
        let message = format!("{}: compiled rules hold all there are and come first", path.display());
        return Err(Error::Usage(message));
    }
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
    let alone = if alone && compiled.is_none() { sets.next() } else { None };
    let first = compiled.or(alone).unwrap_or_else(Ruleset::standard);
    Ok(sets.try_fold(first, Ruleset::merge)?)
}

/// The rules that `baguan compile` wrote.
fn compiled(path: &Path) -> Result<Ruleset, Error> {
    let cannot = |why: &dyn std::fmt::Display| Error::Usage(format!("{}: {why}", path.display()));
    let file = fs::read(path).map_err(|error| cannot(&error))?;
    Ruleset::compiled(file).map_err(|error| cannot(&error))
}

fn is_compiled(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == COMPILED)
}

/// What the names of compiled files end in.
pub(crate) const COMPILED: &str = "baguan";

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
