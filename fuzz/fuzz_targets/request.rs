//! Whatever comes on the control socket is a request, or an error that says nothing of it; a
//! request that is written again is the same one.
#![no_main]

use ebb::remote::schema::{Request, read_request};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

fuzz_target!(|text: &[u8]| {
    match read_request(text) {
        Ok((id, request)) => {
            assert!(id.is_string() || id.is_number());
            let again = written(&request);
            let mut whole = again.clone();
            whole["jsonrpc"] = json!("2.0");
            whole["id"] = json!(1);
            let (_, read) = read_request(whole.to_string().as_bytes()).expect("as it was written");
            assert_eq!(written(&read), again);
            if let Request::Add(mut add) = request {
                let _ = add.job();
            }
        }
        Err(wrong) => {
            assert!([-32700, -32600, -32601, -32602].contains(&wrong.code));
            assert!(!wrong.id.is_object() && !wrong.id.is_array());
            // "wrong at column …", or a sentence that is always the same.
            assert!(wrong.message.len() < 48);
        }
    }
});

fn written(request: &Request) -> Value {
    serde_json::to_value(request).expect("it can be written")
}
