//! Keys of texts that are known to be there: an unknown one, or one said with other
//! arguments than its English text takes, does not compile.

use std::cmp::Ordering;

/// Every key of i18n/en/ebb.ftl in order, with the arguments that it takes (build.rs).
const TEXTS: &[(&str, &[&str])] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The key of a text that is there. Made by `key!`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(&'static str);

impl Key {
    /// Only while compiling, by the macro: anything wrong is an error of the compiler.
    pub(crate) const fn new(name: &'static str, arguments: &[&str]) -> Self {
        let (mut low, mut high) = (0, TEXTS.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match compare(name, TEXTS[middle].0) {
                Ordering::Less => high = middle,
                Ordering::Greater => low = middle + 1,
                Ordering::Equal => {
                    assert!(
                        are_same(arguments, TEXTS[middle].1),
                        "the text of this key in i18n/en/ebb.ftl takes other arguments"
                    );
                    return Self(name);
                }
            }
        }
        panic!("there is no text with this key in i18n/en/ebb.ftl")
    }

    /// As it is written in the file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// In any order, each once.
const fn are_same(given: &[&str], taken: &[&str]) -> bool {
    let mut index = 0;
    while index < taken.len() {
        if !is_among(taken[index], given) {
            return false;
        }
        index += 1;
    }
    given.len() == taken.len()
}

const fn is_among(name: &str, names: &[&str]) -> bool {
    let mut index = 0;
    while index < names.len() {
        if matches!(compare(name, names[index]), Ordering::Equal) {
            return true;
        }
        index += 1;
    }
    false
}

/// By bytes, as the build script has put them in order.
const fn compare(one: &str, other: &str) -> Ordering {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut index = 0;
    while index < one.len() && index < other.len() {
        if one[index] != other[index] {
            return if one[index] < other[index] {
                Ordering::Less
            } else {
                Ordering::Greater
            };
        }
        index += 1;
    }
    if one.len() == other.len() {
        Ordering::Equal
    } else if one.len() < other.len() {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}

/// The [`Key`] of a text, and the names of the arguments that it will be said with:
/// `key!("window-add")`, `key!("progress-amount", bytes, size)`. For tables, and for texts
/// whose arguments are given later; where a text is said at once, `say!` is shorter.
macro_rules! key {
    ($name:literal $(, $argument:ident)* $(,)?) => {{
        // An item, not a block: so it is also checked in code that nothing calls.
        const KEY: $crate::words::i18n::Key =
            $crate::words::i18n::Key::new($name, &[$(stringify!($argument)),*]);
        KEY
    }};
}

/// Says a text: `say!(language, "progress-amount", bytes = here, size = size)`. Whoever has
/// a `say_with` can be the one that says it.
macro_rules! say {
    ($who:expr, $name:literal $(, $argument:ident = $value:expr)* $(,)?) => {
        $who.say_with(
            $crate::words::key!($name $(, $argument)*),
            &[$((stringify!($argument), $value.into())),*],
        )
    };
}

pub(crate) use {key, say};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_in_the_order_they_are_looked_up_in() {
        assert!(TEXTS.is_sorted_by(|one, next| one.0 < next.0));
        for (one, other) in [
            ("a", "b"),
            ("a", "ab"),
            ("a-b", "ab"),
            ("a", "a"),
            ("", "a"),
        ] {
            assert_eq!(compare(one, other), one.cmp(other), "{one} {other}");
            assert_eq!(compare(other, one), other.cmp(one), "{other} {one}");
        }
    }

    #[test]
    fn every_text_is_found() {
        for (name, arguments) in TEXTS {
            assert_eq!(Key::new(name, arguments).name(), *name);
        }
    }

    #[test]
    #[should_panic(expected = "no text with this key")]
    fn a_key_that_is_not_there_is_an_error() {
        let _ = Key::new("progress-amounts", &[]);
    }

    #[test]
    fn other_arguments_are_an_error() {
        assert!(are_same(&[], &[]) && are_same(&["size", "bytes"], &["bytes", "size"]));
        for given in [
            &[][..],
            &["bytes"],
            &["bytes", "total"],
            &["bytes", "size", "time"],
        ] {
            assert!(!are_same(given, &["bytes", "size"]), "{given:?}");
        }
    }
}
