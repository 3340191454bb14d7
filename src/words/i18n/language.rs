//! Which languages Ebb speaks, and which of them is the person's.

use crate::settings::Tag;

/// A language that Ebb speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// The one of programs, and of people whose own is not here.
    #[default]
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Portuguese as it is written in Brazil; those of Portugal read it, too.
    PortugueseBrazil,
    /// Russian.
    Russian,
    /// Chinese in simplified characters.
    Chinese,
    /// Japanese.
    Japanese,
}

/// All of them, in the order in which they are offered: that of their own names.
pub const LANGUAGES: [Language; 8] = [
    Language::German,
    Language::English,
    Language::Spanish,
    Language::French,
    Language::PortugueseBrazil,
    Language::Russian,
    Language::Chinese,
    Language::Japanese,
];

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
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let locale = locale.split(['.', '@']).next()?.to_ascii_lowercase();
        let mut parts = locale.split(['_', '-']);
        match parts.next()? {
            "en" => Some(Self::English),
            "de" => Some(Self::German),
            "es" => Some(Self::Spanish),
            "fr" => Some(Self::French),
            "pt" => Some(Self::PortugueseBrazil),
            "ru" => Some(Self::Russian),
            "zh" => is_simplified(parts).then_some(Self::Chinese),
            "ja" => Some(Self::Japanese),
            _ => None,
        }
    }

    /// The language that was set, if it is one of ours.
    #[must_use]
    pub fn of_tag(tag: &Tag) -> Option<Self> {
        Self::of_locale(&String::from(tag.clone()))
    }

    /// Its tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::PortugueseBrazil => "pt-BR",
            Self::Russian => "ru",
            Self::Chinese => "zh-Hans",
            Self::Japanese => "ja",
        }
    }
}

/// By the script, where Chinese names one; or else by the region.
fn is_simplified<'a>(parts: impl Iterator<Item = &'a str>) -> bool {
    for part in parts {
        match part {
            "hans" => return true,
            "hant" | "tw" | "hk" | "mo" => return false,
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{
        Chinese, English, French, German, Japanese, PortugueseBrazil, Russian, Spanish,
    };

    #[test]
    fn the_environment_chooses() {
        for (locale, list, language) in [
            ("de_DE.UTF-8", "", German),
            ("de", "", German),
            ("de_AT@euro", "", German),
            ("en_GB.UTF-8", "", English),
            ("eo.UTF-8", "", English),
            ("eo.UTF-8", "br:de", German),
            ("de_DE.UTF-8", "en:de", English),
            ("zh_TW.UTF-8", "zh_TW:ja", Japanese),
            ("C", "de", English),
            ("C.UTF-8", "de", English),
            ("POSIX", "de", English),
            ("debug", "", English),
        ] {
            let chosen = Language::of_environment(locale, list);
            assert_eq!(chosen, language, "{locale} {list}");
        }
    }

    #[test]
    fn locales_have_languages() {
        for (locale, language) in [
            ("es_MX.UTF-8", Some(Spanish)),
            ("fr-CA", Some(French)),
            ("pt_BR", Some(PortugueseBrazil)),
            ("pt_PT", Some(PortugueseBrazil)),
            ("ru_RU.KOI8-R", Some(Russian)),
            ("ja_JP", Some(Japanese)),
            ("zh", Some(Chinese)),
            ("zh_CN.UTF-8", Some(Chinese)),
            ("zh-Hans-HK", Some(Chinese)),
            ("zh_SG", Some(Chinese)),
            ("zh_TW", None),
            ("zh_HK.UTF-8", None),
            ("zh-Hant-CN", None),
            ("", None),
            ("_", None),
        ] {
            assert_eq!(Language::of_locale(locale), language, "{locale}");
        }
    }

    #[test]
    fn each_is_found_by_its_tag() {
        for language in LANGUAGES {
            let tag = Tag::try_from(language.tag().to_owned()).unwrap();
            assert_eq!(Language::of_tag(&tag), Some(language));
        }
    }
}
