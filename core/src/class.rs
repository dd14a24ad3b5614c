//! Content classes: graded and classified review (分级分类审核).

use serde::{Deserialize, Serialize};

use crate::entry::Entry;
use crate::error::{Place, ProblemKind};
use crate::finding::{Gate, Severity};
use crate::names::named;

named! {
    /// What is to be done with a draft, mildest first.
    pub enum Verdict {
        /// It may be published.
        Pass = "pass",
        /// A person must look.
        Revise = "revise",
        /// It must not be published as it is.
        Block = "block",
    }
}

impl Verdict {
    /// What it tells an editor.
    pub const fn title(self) -> &'static str {
        match self {
            Verdict::Pass => "通过",
            Verdict::Revise => "待改",
            Verdict::Block => "拦截",
        }
    }
}

/// A class of content: which rules are on, what blocks, who must sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) on: Vec<String>,
    /// From which severity a finding makes each gate `Revise` and `Block`, in the order of the gates.
    pub(crate) revise: [Severity; 4],
    pub(crate) block: [Severity; 4],
    pub(crate) levels: Vec<String>,
    pub(crate) place: Place,
}

impl Class {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its Chinese name.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The tags it switches on.
    pub fn tags(&self) -> &[String] {
        &self.on
    }

    /// The review levels that must sign (初审, 复审, 终审).
    pub fn levels(&self) -> &[String] {
        &self.levels
    }

    /// The verdict that a finding of this severity means at this gate.
    pub fn verdict(&self, gate: Gate, severity: Severity) -> Verdict {
        if severity >= self.block[gate as usize] {
            Verdict::Block
        } else if severity >= self.revise[gate as usize] {
            Verdict::Revise
        } else {
            Verdict::Pass
        }
    }

    /// Whether a rule with these tags is on.
    pub(crate) fn switches_on(&self, tags: &[String]) -> bool {
        tags.is_empty() || tags.iter().any(|tag| self.on.contains(tag))
    }

    pub(crate) fn read(entry: &mut Entry<'_>) -> Option<Class> {
        let (id, title) = (entry.required_text("id"), entry.required_text("title"));
        let on = entry.words("on");
        let levels = entry.words("levels");
        if levels.is_empty() {
            entry.problem(ProblemKind::MissingField("levels"));
        }
        let mut thresholds =
            |field, default| entry.entry(field, |e| read_thresholds(e, default)).unwrap_or([default; 4]);
        let revise = thresholds("revise", Severity::Warning);
        let block = thresholds("block", Severity::Error);
        Some(Class { id: id?, title: title?, on, revise, block, levels, place: entry.place() })
    }
}

fn read_thresholds(entry: &mut Entry<'_>, default: Severity) -> [Severity; 4] {
    Gate::ALL.map(|gate| entry.name(gate.name(), "severity").unwrap_or(default))
}
