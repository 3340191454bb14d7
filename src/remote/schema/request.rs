//! A request's text, read. Whatever it is, the answer says what is wrong with it and where,
//! without a word of what was there: it may be a secret.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::{METHODS, Request, error};

/// What every request may have, in bytes; `add` and `open` may have more.
pub const SMALL: usize = 1 << 20;

/// What is no request.
#[derive(Debug, Clone, PartialEq)]
pub struct Unreadable {
    /// That of the request; `null` where it has none.
    pub id: Value,
    /// Of which kind: see [`error`].
    pub code: i32,
    /// In a developer's words.
    pub message: String,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    jsonrpc: Cow<'a, str>,
    #[serde(default)]
    id: Value,
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    params: Option<&'a RawValue>,
}

/// A request, with the id that its answer is to have.
///
/// # Errors
/// [`Unreadable`].
pub fn read_request(text: &[u8]) -> Result<(Value, Request), Unreadable> {
    let envelope = serde_json::from_slice(text).map_err(|error| {
        let code = match error.classify() {
            Category::Data => error::CODE_REQUEST,
            _ => error::CODE_PARSE,
        };
        wrong(Value::Null, code, place_of(&error))
    });
    let Envelope {
        jsonrpc,
        id,
        method,
        params,
    } = envelope?;
    if jsonrpc != "2.0" || !(id.is_string() || id.is_number()) {
        let message = "not a request of JSON-RPC 2.0";
        return Err(wrong(Value::Null, error::CODE_REQUEST, message));
    }
    if !METHODS.contains(&&*method) {
        return Err(wrong(id, error::CODE_METHOD, "no such method"));
    }
    if text.len() > SMALL && !matches!(&*method, "add" | "open") {
        return Err(wrong(id, error::CODE_REQUEST, "the request is too long"));
    }
    match request(&method, params.map_or("null", RawValue::get)) {
        Ok(request) => Ok((id, request)),
        Err(error) => Err(wrong(id, error::CODE_PARAMS, place_of(&error))),
    }
}

/// A method with its params. Some clients have params where there are none.
fn request(method: &str, params: &str) -> serde_json::Result<Request> {
    if matches!(params, "null" | "{}" | "[]")
        && let Ok(request) = serde_json::from_str(&format!(r#"{{"method":"{method}"}}"#))
    {
        return Ok(request);
    }
    // (The method first: what comes before it would be kept until it is known.)
    serde_json::from_str(&format!(r#"{{"method":"{method}","params":{params}}}"#))
}

fn wrong(id: Value, code: i32, message: impl Into<String>) -> Unreadable {
    Unreadable {
        id,
        code,
        message: message.into(),
    }
}

fn place_of(error: &serde_json::Error) -> String {
    format!("wrong at column {}", error.column())
}

#[cfg(test)]
mod tests;
