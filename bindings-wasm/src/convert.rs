//! Values of Rust as values of JavaScript and back.

use baguan::{RulesetError, UnknownClass};
use js_sys::{Error, JSON, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;

/// A plain object of the same shape as the JSON of `value`.
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    let json = serde_json::to_string(value).expect("names for keys, numbers that are finite");
    JSON::parse(&json).expect("JSON")
}

/// What a plain object says; where it says nothing, the default.
pub(crate) fn from_js<T: DeserializeOwned + Default>(value: &JsValue) -> Result<T, JsValue> {
    let json = JSON::stringify(value)?;
    let read = json.as_string().map(|json| serde_json::from_str(&json));
    read.transpose().map(Option::unwrap_or_default).map_err(|error| type_error(&error))
}

/// What JavaScript throws where an argument is not of the shape it should have.
pub(crate) fn type_error(message: &impl ToString) -> JsValue {
    js_sys::TypeError::new(&message.to_string()).into()
}

/// What JavaScript throws where an argument is out of range.
pub(crate) fn range_error(message: &impl ToString) -> JsValue {
    js_sys::RangeError::new(&message.to_string()).into()
}

/// The error `RulesetError` with its `problems`, each with its place.
pub(crate) fn ruleset_error(error: &RulesetError) -> JsValue {
    let problems: Vec<Value> = error
        .problems()
        .iter()
        .map(|problem| {
            let place = &problem.place;
            let message = problem.kind.to_string();
            json!({"file": place.file, "line": place.line, "column": place.column, "message": message})
        })
        .collect();
    named("RulesetError", &error.to_string(), "problems", &to_js(&problems))
}

/// The error `UnknownClass`.
pub(crate) fn unknown_class(error: &UnknownClass, class: &str) -> JsValue {
    named("UnknownClass", &error.to_string(), "class", &class.into())
}

fn named(name: &str, message: &str, field: &str, value: &JsValue) -> JsValue {
    let error = Error::new(message);
    error.set_name(name);
    Reflect::set(&error, &field.into(), value).expect("an error takes fields");
    error.into()
}
