//! A request's text, read. Whatever it is, the answer says what is wrong with it and where,
//! without a word of what was there: it may be a secret.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::error::Category;

use super::{METHODS, Request, error};

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
struct Envelope {
    jsonrpc: String,
    #[serde(default)]
    id: Value,
    method: String,
    #[serde(default, rename = "params")]
    _params: IgnoredAny,
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
        ..
    } = envelope?;
    if jsonrpc != "2.0" || !(id.is_string() || id.is_number()) {
        let message = "not a request of JSON-RPC 2.0";
        return Err(wrong(Value::Null, error::CODE_REQUEST, message));
    }
    if !METHODS.contains(&method.as_str()) {
        return Err(wrong(id, error::CODE_METHOD, "no such method"));
    }
    match serde_json::from_slice(text) {
        Ok(request) => Ok((id, request)),
        Err(error) => Err(wrong(id, error::CODE_PARAMS, place_of(&error))),
    }
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
