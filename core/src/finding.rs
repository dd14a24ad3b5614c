//! What a review finds: gates, severities, findings and what to write instead.

use std::sync::Arc;

use crate::names::named;
use crate::span::Span;

named! {
    /// One of the four gates (四关) a draft must pass.
    pub enum Gate {
        /// 政治关
        Political = "political",
        /// 法律关
        Legal = "legal",
        /// 保密关
        Secrecy = "secrecy",
        /// 文字关
        Wording = "wording",
    }
}

impl Gate {
    /// Its Chinese name.
    pub const fn title(self) -> &'static str {
        match self {
            Gate::Political => "政治关",
            Gate::Legal => "法律关",
            Gate::Secrecy => "保密关",
            Gate::Wording => "文字关",
        }
    }
}

named! {
    /// How grave a finding is, lightest first.
    pub enum Severity {
        /// A question of style.
        Hint = "hint",
        /// A person must look.
        Warning = "warning",
        /// Certainly wrong.
        Error = "error",
        /// What fails an account in an inspection (单项否决).
        Fatal = "fatal",
    }
}

impl Severity {
    /// What it tells an editor.
    pub const fn title(self) -> &'static str {
        match self {
            Severity::Hint => "提示",
            Severity::Warning => "警告",
            Severity::Error => "错误",
            Severity::Fatal => "严重错误",
        }
    }
}

named! {
    /// Whether a fix may be applied unseen, the bolder first.
    pub enum Safety {
        /// A person decides.
        Ask = "ask",
        /// It may be applied unseen.
        Safe = "safe",
    }
}

/// A piece of the draft and the text that takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// The new text; empty to delete.
    pub text: String,
}

/// What to write instead.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix {
    /// Edits in text order, none overlapping another.
    pub edits: Vec<Edit>,
    /// Whether they may be applied unseen.
    pub safety: Safety,
}

impl Fix {
    /// The fix that puts `text` in the place of `span`.
    pub fn replace(span: Span, text: impl Into<String>, safety: Safety) -> Fix {
        Fix { edits: vec![Edit { span, text: text.into() }], safety }
    }
}

/// One objection to the draft, with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule that objects: `gate/fault`.
    pub rule: Arc<str>,
    /// The gate it guards.
    pub gate: Gate,
    /// How grave it is.
    pub severity: Severity,
    /// What the editor reads.
    pub message: String,
    /// The reason in a few words.
    pub why: Arc<str>,
    /// The standard or law with its clause.
    pub source: Arc<str>,
    /// What is flagged: whole grapheme clusters of the original text.
    pub span: Span,
    /// What to write instead, the likeliest first.
    pub fixes: Vec<Fix>,
    /// Stable name of this finding: survives edits elsewhere in the draft.
    pub fingerprint: String,
}

impl Finding {
    /// The same with its places moved right by `offset`.
    pub(crate) fn shifted(&self, offset: usize) -> Finding {
        let mut finding = self.clone();
        let edits = finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.span);
        for span in edits.chain([&mut finding.span]) {
            *span = span.shifted(offset);
        }
        finding
    }
}
