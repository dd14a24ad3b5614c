//! Receipts held against the text that is to be published.

use baguan::{Against, Receipt, Verification};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{to_js, type_error};

#[derive(Serialize)]
struct VerificationView {
    holds: bool,
    #[serde(flatten)]
    verification: Verification,
}

/// What holds of a receipt, as JSON, and `text`.
#[wasm_bindgen(skip_typescript)]
pub fn verify(receipt: &str, text: &str, key: Option<Vec<u8>>) -> Result<JsValue, JsValue> {
    let receipt = Receipt::parse(receipt).map_err(|error| type_error(&error))?;
    let against = key.as_deref().map_or_else(Against::new, |key| Against::new().key(key));
    let verification = receipt.verify(text, &against);
    Ok(to_js(&VerificationView { holds: verification.holds(), verification }))
}
