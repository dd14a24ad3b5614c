//! A draft that is being edited.

use baguan::{Finding, FindingView, Offsets, Span, Units};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{range_error, to_js};

/// A draft that is being edited, with what its review says now.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Session(baguan::Session);

#[derive(Serialize)]
struct ChangeView<'c> {
    added: Vec<FindingView<'c>>,
    removed: Vec<FindingView<'c>>,
}

impl Session {
    pub(crate) fn of(session: baguan::Session) -> Session {
        Session(session)
    }
}

#[wasm_bindgen]
impl Session {
    /// Puts `insert` in the place of `from..to` and says what that changed.
    pub fn edit(&mut self, from: usize, to: usize, insert: &str) -> Result<JsValue, JsValue> {
        let before = self.0.text().to_owned();
        let mut units = Units::new(&before, Offsets::Utf16);
        let mut byte =
            |at: usize| units.byte(at).ok_or_else(|| range_error(&format!("no character at {at}")));
        let range = Span::new(byte(from)?, byte(to)?);
        let change = self.0.edit(range, insert).map_err(|error| range_error(&error))?;
        let (added, removed) = (views(&change.added, self.0.text()), views(&change.removed, &before));
        Ok(to_js(&ChangeView { added, removed }))
    }

    /// The text as it is now.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.0.text().to_owned()
    }

    /// The report on the text as it is now.
    pub fn report(&self) -> JsValue {
        to_js(&self.0.report().view(self.0.text(), Offsets::Utf16))
    }
}

fn views<'f>(findings: &'f [Finding], text: &'f str) -> Vec<FindingView<'f>> {
    let mut units = Units::new(text, Offsets::Utf16);
    findings.iter().map(|finding| FindingView::new(finding, text, &mut units)).collect()
}
