use super::*;
use crate::download::digest::Algorithm;
use crate::words::i18n::LANGUAGES;

const SHA: &str = "sha-256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

#[test]
fn numbers_and_speeds() {
    type Connections = Bounded<1, 64, 8>;
    let read = |typed: &str| number(typed).map(|it: Option<Connections>| it.map(Bounded::get));
    let out = Mistake::Number(OutOfBounds { least: 1, most: 64 });
    for (typed, value) in [
        ("", Ok(None)),
        ("  ", Ok(None)),
        (" 4 ", Ok(Some(4))),
        ("64", Ok(Some(64))),
        ("0", Err(out.clone())),
        ("65", Err(out.clone())),
        ("x", Err(out)),
    ] {
        assert_eq!(read(typed), value, "{typed:?}");
    }
    for (typed, value) in [
        ("", Ok(None)),
        ("off", Ok(None)),
        ("500k", Ok(Some(512_000))),
        (" 2M ", Ok(Some(2 << 20))),
        ("0", Err(Mistake::Rate)),
        ("fast", Err(Mistake::Rate)),
    ] {
        assert_eq!(rate(typed), value, "{typed:?}");
    }
}

#[test]
fn names_are_never_cut() {
    assert_eq!(name("  Debian "), Ok("Debian".to_owned()));
    assert_eq!(name(""), Ok(String::new()));
    assert_eq!(name(&"ü".repeat(256)).map(|name| name.len()), Ok(512));
    assert_eq!(name(&"ü".repeat(257)), Err(Mistake::TooLong(256)));
}

#[test]
fn users_and_passwords() {
    let ann = |password: &str| {
        let (user, password) = ("ann".to_owned(), password.to_owned());
        Ok(Some(Credentials { user, password }))
    };
    for (user, password, read) in [
        ("", "", Ok(None)),
        (" ann ", " pw:x ", ann(" pw:x ")),
        ("ann", "", ann("")),
        ("", "pw", Err(Mistake::NoUser)),
        ("ann:pw", "", Err(Mistake::UserWithColon)),
    ] {
        assert_eq!(credentials(user, password), read, "{user:?} {password:?}");
    }
}

#[test]
fn a_checksum_is_of_one_file() {
    for (typed, links, read) in [
        ("", 5, Ok(None)),
        (SHA, 1, Ok(Some(Algorithm::Sha256))),
        (SHA, 0, Ok(Some(Algorithm::Sha256))),
        (SHA, 2, Err(Mistake::ChecksumOfSeveral)),
        (
            "e3b0",
            2,
            Err(Mistake::Checksum(ChecksumError::NoAlgorithm)),
        ),
    ] {
        let found = checksum(typed, links);
        assert_eq!(
            found.map(|it| it.map(|it| it.algorithm)),
            read,
            "{typed:?} {links}"
        );
    }
}

#[test]
fn headers_one_a_line() {
    let read = |text: &str| headers(text.lines());
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        read("\n A: b\r\n\n c:d "),
        Ok(vec![pair("A", "b"), pair("c", "d")])
    );
    assert_eq!(read(""), Ok(Vec::new()));
    assert_eq!(
        read("A: b\nnone"),
        Err(Mistake::Header(HeaderError::NoColon))
    );
    assert_eq!(
        read("Range: bytes=0-1"),
        Err(Mistake::Header(HeaderError::Reserved))
    );
}

#[cfg(unix)]
#[test]
fn folders_and_the_home() {
    let home = Some(Path::new("/home/ann"));
    let relative = || Err(Mistake::Folder(FolderError::Relative));
    for (typed, home, path) in [
        ("/srv/x", home, Ok("/srv/x")),
        (" /srv/x ", home, Ok("/srv/x")),
        ("~", home, Ok("/home/ann")),
        ("~/Downloads", home, Ok("/home/ann/Downloads")),
        ("~bob/x", home, relative()),
        ("~/x", None, relative()),
        ("", home, relative()),
        ("Downloads", home, relative()),
        ("../x", home, relative()),
    ] {
        assert_eq!(folder(typed, home), path.map(PathBuf::from), "{typed:?}");
    }
    for (path, text) in [
        ("/home/ann", "~"),
        ("/home/ann/Downloads", "~/Downloads"),
        ("/home/anna", "/home/anna"),
        ("/srv", "/srv"),
    ] {
        assert_eq!(shown(Path::new(path), home), text);
        assert_eq!(folder(text, home), Ok(PathBuf::from(path)));
    }
}

/// In no language does a mistake speak of options of the command line.
#[test]
fn mistakes_in_words() {
    use ChecksumError::{NoAlgorithm, NotHex, UnknownAlgorithm};
    let mistakes = [
        Mistake::TooLong(256),
        Mistake::Number(OutOfBounds { least: 1, most: 64 }),
        Mistake::Rate,
        Mistake::NoUser,
        Mistake::UserWithColon,
        Mistake::Checksum(NoAlgorithm),
        Mistake::Checksum(UnknownAlgorithm("crc".into())),
        Mistake::Checksum(NotHex),
        Mistake::Checksum(Checksum::parse("md5=ff").unwrap_err()),
        Mistake::ChecksumOfSeveral,
        Mistake::Header(HeaderError::NoColon),
        Mistake::Header(HeaderError::Name),
        Mistake::Header(HeaderError::Value),
        Mistake::Header(HeaderError::Reserved),
        Mistake::Link(LinkError::NoScheme),
        Mistake::Folder(FolderError::Relative),
        Mistake::Place(Failure::NotAFolder),
        Mistake::Place(Failure::PermissionDenied),
        Mistake::Place(Failure::ReadOnly),
    ];
    for (language, mistake) in LANGUAGES
        .into_iter()
        .flat_map(|it| mistakes.iter().map(move |mistake| (it, mistake)))
    {
        let said = mistake.explain(language);
        assert!(
            !said.contains("--") && !said.contains("-H") && !said.contains(" -d"),
            "{said}"
        );
    }
    assert_eq!(
        Mistake::TooLong(256).explain(Language::English),
        "this is longer than 256 characters: shorten it"
    );
}
