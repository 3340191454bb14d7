//! Bytes a second as people write them: `500k`, `1.5M`, `20000`. As with curl, k is 1,024.

/// The units, the largest first.
const UNITS: [(char, u64); 3] = [('G', 1 << 30), ('M', 1 << 20), ('k', 1 << 10)];

/// Reads one; `None` where it is none, or 0.
#[must_use]
pub fn parse(text: &str) -> Option<u64> {
    let text = text.trim();
    let of_unit = |(letter, unit): &(char, u64)| {
        let digits = text.strip_suffix([
            *letter,
            letter.to_ascii_lowercase(),
            letter.to_ascii_uppercase(),
        ])?;
        Some((digits, *unit))
    };
    let (digits, unit) = UNITS.iter().find_map(of_unit).unwrap_or((text, 1));
    scaled(digits, unit).filter(|speed| *speed > 0)
}

/// What [`parse`] reads back, in the largest unit of which it is a whole number.
#[must_use]
pub fn text(speed: u64) -> String {
    let unit = UNITS
        .iter()
        .find(|(_, unit)| speed > 0 && speed.is_multiple_of(*unit));
    match unit {
        Some((letter, unit)) => format!("{}{letter}", speed / unit),
        None => speed.to_string(),
    }
}

/// `digits` with at most one point, times `unit`, rounded down.
fn scaled(digits: &str, unit: u64) -> Option<u64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(part) || part.len() > 9 {
        return None;
    }
    let whole = whole.parse::<u64>().ok()?.checked_mul(unit)?;
    let part = part.parse::<u64>().ok()? * unit / 10_u64.pow(part.len() as u32);
    whole.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_are_read_and_written() {
        for (typed, speed, written) in [
            ("500k", Some(512_000), "500k"),
            ("1.5M", Some(1_572_864), "1536k"),
            (" 2g ", Some(2 << 30), "2G"),
            ("1K", Some(1024), "1k"),
            ("1000", Some(1000), "1000"),
            ("0", None, ""),
            ("0.0001k", None, ""),
            ("k", None, ""),
            ("-1", None, ""),
            ("1.2.3", None, ""),
            ("99999999999999999999", None, ""),
            ("off", None, ""),
        ] {
            assert_eq!(parse(typed), speed, "{typed}");
            assert!(speed.is_none_or(|speed| text(speed) == written), "{typed}");
        }
    }
}
