//! Whole numbers that cannot be out of their bounds.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A number from `LEAST` to `MOST`, both included; `USUAL` unless somebody says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Bounded<const LEAST: u32, const MOST: u32, const USUAL: u32>(u32);

/// Not a whole number within these bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a whole number from {least} to {most}")]
pub struct OutOfBounds {
    /// The smallest that can be.
    pub least: u32,
    /// The largest.
    pub most: u32,
}

impl<const LEAST: u32, const MOST: u32, const USUAL: u32> Bounded<LEAST, MOST, USUAL> {
    const ERROR: OutOfBounds = OutOfBounds {
        least: LEAST,
        most: MOST,
    };

    /// The number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl<const LEAST: u32, const MOST: u32, const USUAL: u32> Default for Bounded<LEAST, MOST, USUAL> {
    fn default() -> Self {
        const { assert!(LEAST <= USUAL && USUAL <= MOST) }
        Self(USUAL)
    }
}

impl<const LEAST: u32, const MOST: u32, const USUAL: u32> TryFrom<u32>
    for Bounded<LEAST, MOST, USUAL>
{
    type Error = OutOfBounds;

    fn try_from(number: u32) -> Result<Self, OutOfBounds> {
        match number {
            number if (LEAST..=MOST).contains(&number) => Ok(Self(number)),
            _ => Err(Self::ERROR),
        }
    }
}

/// What a person typed; blanks around it are nothing.
impl<const LEAST: u32, const MOST: u32, const USUAL: u32> FromStr for Bounded<LEAST, MOST, USUAL> {
    type Err = OutOfBounds;

    fn from_str(text: &str) -> Result<Self, OutOfBounds> {
        let number: u32 = text.trim().parse().map_err(|_| Self::ERROR)?;
        number.try_into()
    }
}

impl<const LEAST: u32, const MOST: u32, const USUAL: u32> From<Bounded<LEAST, MOST, USUAL>>
    for u32
{
    fn from(bounded: Bounded<LEAST, MOST, USUAL>) -> Self {
        bounded.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_within_their_bounds_can_be_made() {
        type Files = Bounded<1, 256, 8>;
        let out = OutOfBounds {
            least: 1,
            most: 256,
        };
        assert_eq!(Files::default().get(), 8);
        for (text, number) in [
            ("1", Ok(1)),
            (" 256 ", Ok(256)),
            ("0", Err(out)),
            ("257", Err(out)),
            ("-1", Err(out)),
            ("99999999999", Err(out)),
            ("8.5", Err(out)),
            ("many", Err(out)),
            ("", Err(out)),
        ] {
            assert_eq!(text.parse().map(Files::get), number, "{text}");
        }
    }
}
