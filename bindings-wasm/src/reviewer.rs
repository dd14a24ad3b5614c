//! The reviewer.

use baguan::{Offsets, Safety};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{from_js, to_js, type_error};
use crate::options::{Options, Terms};
use crate::session::Session;
use crate::titles::titles;

/// Compiled rules.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Reviewer(baguan::Reviewer);

#[wasm_bindgen]
impl Reviewer {
    /// A reviewer with those options.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Reviewer, JsValue> {
        Ok(Reviewer(from_js::<Options>(options)?.reviewer()?))
    }

    /// The same rules under another class, on another day, with other findings accepted.
    pub fn with(&self, terms: &JsValue) -> Result<Reviewer, JsValue> {
        Ok(Reviewer(from_js::<Terms>(terms)?.applied(self.0.clone())?))
    }

    /// The report on `text`, offsets in UTF-16.
    pub fn review(&self, text: &str) -> JsValue {
        to_js(&self.0.review(text).view(text, Offsets::Utf16))
    }

    /// A live review of `text`.
    pub fn session(&self, text: String) -> Session {
        Session::of(baguan::Session::new(self.0.clone(), text))
    }

    /// `text` with the first fix of each finding that is at least as safe as `safety`.
    pub fn fixed(&self, text: &str, safety: &str) -> Result<String, JsValue> {
        let safety: Safety = safety.parse().map_err(|error: String| type_error(&error))?;
        Ok(self.0.review(text).fixed(text, safety))
    }

    /// The unsigned receipt of a review of `text`, as JSON; sealed with `key` where one is given.
    pub fn receipt(&self, text: &str, key: Option<Vec<u8>>) -> String {
        self.0.review(text).receipt(text, key.as_deref()).to_json()
    }

    /// The content classes.
    #[wasm_bindgen(getter)]
    pub fn classes(&self) -> JsValue {
        let class = |class: &baguan::Class| -> Value {
            json!({"id": class.id(), "title": class.title(), "levels": class.levels()})
        };
        to_js(&self.0.classes().map(class).collect::<Vec<Value>>())
    }

    /// What editors call gates, severities and verdicts.
    #[wasm_bindgen(getter)]
    pub fn titles(&self) -> JsValue {
        to_js(&titles())
    }

    /// The class drafts are reviewed as.
    #[wasm_bindgen(getter)]
    pub fn class(&self) -> String {
        self.0.content_class().id().to_owned()
    }
}
