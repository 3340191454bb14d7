//! A language's tag.

use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A well-formed tag like `de` or `pt-BR`, which need not be a language that Ebb speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(LanguageIdentifier);

/// This is no language's tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a language's tag")]
pub struct TagError;

impl TryFrom<String> for Tag {
    type Error = TagError;

    fn try_from(text: String) -> Result<Self, TagError> {
        text.trim().parse().map(Self).map_err(|_| TagError)
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> Self {
        tag.0.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_well_formed() {
        for (text, tag) in [
            ("de", Some("de")),
            ("pt_br", Some("pt-BR")),
            (" ZH-hans ", Some("zh-Hans")),
            ("", None),
            ("German, please", None),
        ] {
            let read = Tag::try_from(text.to_owned()).ok().map(String::from);
            assert_eq!(read.as_deref(), tag, "{text}");
        }
    }
}
