//! The properties that are typed: each with its name, how it is written, and its bounds.

use crate::app::dialog::typed::shown_rate;
use crate::queue::{Properties, Property, Refusal};
use crate::words::{Key, Language, key, say};

/// A property that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The group's name.
    Name,
    /// What it is for.
    Description,
    /// Bytes a second.
    Limit,
    /// Most connections a file.
    Connections,
    /// Most files at a time.
    Parallel,
    /// For the server.
    User,
    /// For the server; written, never shown.
    Password,
    /// What runs when all is there.
    OnComplete,
}

impl Field {
    /// The key of its name.
    pub(super) fn key(self) -> Key {
        match self {
            Self::Name => key!("property-name"),
            Self::Description => key!("property-description"),
            Self::Limit => key!("property-limit"),
            Self::Connections => key!("property-connections"),
            Self::Parallel => key!("property-parallel"),
            Self::User => key!("property-user"),
            Self::Password => key!("property-password"),
            Self::OnComplete => key!("property-on-complete"),
        }
    }

    /// The key of what it can be.
    pub(super) fn bound(self) -> Key {
        match self {
            Self::Name => key!("property-bound-name"),
            Self::Description => key!("property-bound-description"),
            Self::Limit => key!("property-bound-limit"),
            Self::Connections => key!("property-bound-connections"),
            Self::Parallel => key!("property-bound-parallel"),
            Self::OnComplete => key!("property-bound-words"),
            Self::User | Self::Password => key!("refusal-invalid"),
        }
    }

    /// The word of commands.
    fn word(self) -> &'static str {
        self.key().name().trim_start_matches("property-")
    }

    /// Of its place to type.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Name => "details.name",
            Self::Description => "details.description",
            Self::Limit => "details.limit",
            Self::Connections => "details.connections",
            Self::Parallel => "details.parallel",
            Self::User => "details.user",
            Self::Password => "details.password",
            Self::OnComplete => "details.command",
        }
    }

    /// Written, never shown.
    pub(super) fn is_secret(self) -> bool {
        self == Self::Password
    }

    /// Reads what was typed; nothing is the default.
    pub(super) fn parse(self, text: &str) -> Result<Property, Refusal> {
        let text = match (self, text.trim()) {
            (Self::Limit, "") => "off",
            (Self::Connections | Self::Parallel, "") => "default",
            _ => text,
        };
        Property::parse(self.word(), text)
    }

    /// What the field shows of these properties: what it would read back as the same.
    pub(super) fn shown(self, properties: &Properties) -> String {
        let number = |number: Option<usize>| number.map(|number| number.to_string());
        match self {
            Self::Name => properties.name.clone(),
            Self::Description => properties.description.clone(),
            Self::Limit => properties.limit.map(shown_rate).unwrap_or_default(),
            Self::Connections => number(properties.connections).unwrap_or_default(),
            Self::Parallel => number(properties.parallel).unwrap_or_default(),
            Self::User => {
                let credentials = properties.credentials.as_ref();
                credentials.map(|it| it.user.clone()).unwrap_or_default()
            }
            Self::Password => String::new(),
            Self::OnComplete => shell_words::join(&properties.on_complete),
        }
    }

    /// What an empty field says.
    pub(super) fn placeholder(self, properties: &Properties, language: Language) -> String {
        let has_password = || {
            let credentials = properties.credentials.as_ref();
            credentials.is_some_and(|it| !it.password.is_empty())
        };
        match self {
            Self::Limit => say!(language, "property-no-limit"),
            Self::Connections | Self::Parallel => say!(language, "property-default"),
            Self::Password if has_password() => say!(language, "property-set"),
            Self::User | Self::Password => say!(language, "property-not-set"),
            Self::Name | Self::Description | Self::OnComplete => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::Credentials;

    const ALL: [Field; 8] = [
        Field::Name,
        Field::Description,
        Field::Limit,
        Field::Connections,
        Field::Parallel,
        Field::User,
        Field::Password,
        Field::OnComplete,
    ];

    /// What is shown, typed again, changes nothing.
    #[test]
    fn what_is_shown_reads_back() {
        let credentials = |user: &str| Credentials {
            user: user.into(),
            password: String::new(),
        };
        let told = Properties {
            name: "Ann's files".into(),
            description: "a  b".into(),
            limit: Some(1536 << 10),
            connections: Some(4),
            parallel: Some(256),
            credentials: Some(credentials("ann")),
            on_complete: vec!["say".into(), "it's done".into(), String::new()],
            ..Properties::default()
        };
        for properties in [told, Properties::default()] {
            for field in ALL {
                let mut again = properties.clone();
                again
                    .apply(field.parse(&field.shown(&properties)).unwrap())
                    .unwrap();
                assert_eq!(again, properties, "{field:?}");
            }
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for (field, text) in [
            (Field::Name, "x".repeat(257)),
            (Field::Description, "x".repeat(1025)),
            (Field::Limit, "fast".into()),
            (Field::Limit, "0".into()),
            (Field::Connections, "0".into()),
            (Field::Connections, "65".into()),
            (Field::Parallel, "257".into()),
            (Field::Parallel, "-1".into()),
            (Field::OnComplete, "say 'it".into()),
        ] {
            assert!(
                matches!(field.parse(&text), Err(Refusal::Invalid(_))),
                "{field:?} {text}"
            );
        }
    }
}
