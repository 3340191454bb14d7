//! The texts in every language: Fluent files that are part of the program.
//!
//! That a text is there, with these arguments, is checked against English while compiling
//! (`key!`, `say!`), and in the other languages by a test, which reads the files.

mod key;
mod language;
#[cfg(test)]
mod texts;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::format;
pub use key::Key;
pub(crate) use key::{key, say};
pub use language::{LANGUAGES, Language};

/// An argument of a text: its name, and a text or a number.
pub type Argument<'a> = (&'a str, FluentValue<'a>);

type Bundle = FluentBundle<FluentResource>;

/// A language's texts, read when they are first spoken from.
macro_rules! texts {
    ($language:ident, $tag:literal) => {{
        static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
            let source = include_str!(concat!("../../i18n/", $tag, "/ebb.ftl"));
            // Only a plain function can be given, so the language cannot be its argument.
            let write = |value: &FluentValue<'_>, _: &_| number(value, Language::$language);
            let mut bundle = bundle($tag, source);
            bundle.set_formatter(Some(write));
            bundle
        });
        &BUNDLE
    }};
}

/// The files are part of the program: a mistake in one shows in the first test.
fn bundle(tag: &str, source: &str) -> Bundle {
    let resource =
        FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, errors)| {
            debug_assert!(errors.is_empty(), "{tag}: {errors:?}");
            resource
        });
    let mut bundle = Bundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
    // No invisible marks around arguments: what is said also goes to files and other programs.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

/// A count as it is written in this language; Ebb says no other numbers to Fluent.
fn number(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(format::count(number.value as u64, language)),
        _ => None,
    }
}

impl Language {
    /// Its name in itself.
    #[must_use]
    pub fn own_name(self) -> String {
        say!(self, "language-name")
    }

    /// A text without arguments.
    #[must_use]
    pub fn say(self, key: Key) -> String {
        self.say_with(key, &[])
    }

    /// A text with its arguments.
    #[must_use]
    pub fn say_with(self, key: Key, arguments: &[Argument<'_>]) -> String {
        self.find(key.name(), None, arguments)
    }

    /// The hint that belongs to a text: what to try.
    #[must_use]
    pub fn hint_with(self, key: Key, arguments: &[Argument<'_>]) -> String {
        self.find(key.name(), Some("hint"), arguments)
    }

    fn find(self, key: &str, attribute: Option<&str>, arguments: &[Argument<'_>]) -> String {
        let found = read(self.bundle(), key, attribute, arguments);
        debug_assert!(
            found.is_some(),
            "no text for {key} {attribute:?} in {self:?}"
        );
        found
            .or_else(|| read(Self::English.bundle(), key, attribute, arguments))
            .unwrap_or_else(|| key.to_owned())
    }

    fn bundle(self) -> &'static Bundle {
        match self {
            Self::English => texts!(English, "en"),
            Self::German => texts!(German, "de"),
            Self::Spanish => texts!(Spanish, "es"),
            Self::French => texts!(French, "fr"),
            Self::PortugueseBrazil => texts!(PortugueseBrazil, "pt-BR"),
            Self::Russian => texts!(Russian, "ru"),
            Self::Chinese => texts!(Chinese, "zh-Hans"),
            Self::Japanese => texts!(Japanese, "ja"),
        }
    }
}

fn read(
    bundle: &Bundle,
    key: &str,
    attribute: Option<&str>,
    arguments: &[Argument<'_>],
) -> Option<String> {
    let message = bundle.get_message(key)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    let arguments: FluentArgs = arguments.iter().cloned().collect();
    let mut errors = Vec::new();
    let text = bundle
        .format_pattern(pattern, Some(&arguments), &mut errors)
        .into_owned();
    debug_assert!(errors.is_empty(), "{key}: {errors:?}");
    Some(text)
}

#[cfg(test)]
mod tests;
