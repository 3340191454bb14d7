//! One more certificate authority, from a PEM file.

use crate::words::key;
use std::path::Path;

use data_encoding::BASE64;

use super::wrong::Wrong;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// Reads the certificates of a file, each as PEM of its own.
pub fn read(path: &Path) -> Result<Vec<Vec<u8>>, Wrong> {
    let bytes = std::fs::read(path).map_err(|error| {
        Wrong::File(path.into(), key!("authority-unreadable"), error.to_string())
    })?;
    let certificates = certificates(&String::from_utf8_lossy(&bytes));
    if certificates.is_empty() {
        return Err(Wrong::File(
            path.into(),
            key!("authority-none"),
            String::new(),
        ));
    }
    Ok(certificates)
}

/// All blocks that are certificates; what stands around them is for people.
fn certificates(text: &str) -> Vec<Vec<u8>> {
    text.split(BEGIN)
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(END)?.0))
        .filter_map(|inside| {
            let inside: String = inside.split_whitespace().collect();
            let der = BASE64
                .decode(inside.as_bytes())
                .ok()
                .filter(|der| !der.is_empty())?;
            let lines: Vec<String> = BASE64
                .encode(&der)
                .as_bytes()
                .chunks(64)
                .map(|line| String::from_utf8_lossy(line).into_owned())
                .collect();
            Some(format!("{BEGIN}\n{}\n{END}\n", lines.join("\n")).into_bytes())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_are_found_among_other_things() {
        let one = format!("{BEGIN}\nAAEC\nAwQF\n{END}\n");
        let text =
            format!("Subject: x\r\n{one}\n-----BEGIN KEY-----\nAAAA\n-----END KEY-----\n{one}");
        let found = certificates(&text.replace('\n', "\r\n"));
        assert_eq!(
            found,
            vec![format!("{BEGIN}\nAAECAwQF\n{END}\n").into_bytes(); 2]
        );
    }

    #[test]
    fn what_is_no_certificate() {
        for text in [
            "",
            "hello",
            BEGIN,
            &format!("{BEGIN}\n{END}"),
            &format!("{BEGIN}\n!\n{END}"),
        ] {
            assert!(certificates(text).is_empty(), "{text}");
        }
        let missing = read(Path::new("/nowhere/at/all.pem"));
        assert!(matches!(
            missing,
            Err(Wrong::File(_, unreadable, _)) if unreadable == key!("authority-unreadable")
        ));
    }
}
