//! What editors call gates, severities and verdicts.

use baguan::{Gate, Severity, Verdict};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Titles {
    gates: [Title; 4],
    severities: [Title; 4],
    verdicts: [Title; 3],
}

#[derive(Serialize)]
struct Title {
    name: &'static str,
    title: &'static str,
}

/// The names of gates, severities and verdicts in their order, each with its Chinese title.
pub(crate) fn titles() -> Titles {
    Titles {
        gates: Gate::ALL.map(|gate| Title { name: gate.name(), title: gate.title() }),
        severities: Severity::ALL.map(|severity| Title { name: severity.name(), title: severity.title() }),
        verdicts: Verdict::ALL.map(|verdict| Title { name: verdict.name(), title: verdict.title() }),
    }
}
