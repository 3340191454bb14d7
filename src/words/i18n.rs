//! The languages, and the texts in them: Fluent files that are part of the program.
//!
//! Every key is in every language with the same arguments (a test reads the files
//! and the sources). What is missing all the same is said in English.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language that Ebb speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// The one of programs, and of people whose own is not here.
    #[default]
    English,
    /// German.
    German,
}

/// All of them.
pub const LANGUAGES: [Language; 2] = [Language::English, Language::German];

/// An argument of a text: its name, and a text or a number.
pub type Argument<'a> = (&'a str, FluentValue<'a>);

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> =
    LazyLock::new(|| bundle("en", include_str!("../../i18n/en/ebb.ftl")));
static GERMAN: LazyLock<Bundle> =
    LazyLock::new(|| bundle("de", include_str!("../../i18n/de/ebb.ftl")));

/// The files are part of the program: a mistake in one shows in the first test.
fn bundle(tag: &str, source: &str) -> Bundle {
    let language: LanguageIdentifier = tag.parse().unwrap_or_default();
    let resource =
        FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, errors)| {
            debug_assert!(errors.is_empty(), "{tag}: {errors:?}");
            resource
        });
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // No invisible marks around arguments: what is said also goes to files and other programs.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

impl Language {
    /// The person's: what the environment says, or else the system.
    #[must_use]
    pub fn system() -> Self {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        let of_messages = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .map(variable)
            .find(|value| !value.is_empty());
        match of_messages {
            Some(locale) => Self::of_environment(&locale, &variable("LANGUAGE")),
            None => {
                Self::of_locale(&sys_locale::get_locale().unwrap_or_default()).unwrap_or_default()
            }
        }
    }

    /// As GNU's gettext does: the list in LANGUAGE goes before the locale, but not before `C`.
    fn of_environment(locale: &str, list: &str) -> Self {
        if Self::is_plain(locale) {
            return Self::English;
        }
        list.split(':')
            .chain([locale])
            .filter(|name| !name.is_empty())
            .find_map(Self::of_locale)
            .unwrap_or_default()
    }

    fn is_plain(locale: &str) -> bool {
        matches!(locale.split('.').next(), Some("C" | "POSIX"))
    }

    /// The language of `de_AT.UTF-8` or `de-AT`, if it is one of ours.
    fn of_locale(locale: &str) -> Option<Self> {
        match locale
            .split(['_', '-', '.', '@'])
            .next()?
            .to_ascii_lowercase()
            .as_str()
        {
            "en" => Some(Self::English),
            "de" => Some(Self::German),
            _ => None,
        }
    }

    /// A text without arguments.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A text with its arguments.
    #[must_use]
    pub fn say_with(self, key: &str, arguments: &[Argument<'_>]) -> String {
        self.find(key, None, arguments)
    }

    /// The hint that belongs to a text: what to try.
    #[must_use]
    pub fn hint_with(self, key: &str, arguments: &[Argument<'_>]) -> String {
        self.find(key, Some("hint"), arguments)
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
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
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
