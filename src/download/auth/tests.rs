//! The examples of RFC 7616, 2617 and 2069; values beyond them were computed apart from this
//! code. What servers get wrong, and what people have in their names.

use super::*;

const RFC_2617: &str = r#"Digest realm="testrealm@host.com", qop="auth,auth-int",
    nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41""#;
const RFC_7616: &str = r#"Digest realm="http-auth@example.org", qop="auth, auth-int",
    algorithm=ALGORITHM, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#;
const CNONCE_7616: &str = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

fn login(user: &str, password: &str) -> Login {
    let (user, password) = (user.to_owned(), password.to_owned());
    Login { user, password }
}

fn headers(values: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for value in values {
        let value = value.replace('\n', "");
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        headers.append(WWW_AUTHENTICATE, value);
    }
    headers
}

#[track_caller]
fn digest(values: &[&str]) -> Digest {
    match strongest(&headers(values)) {
        Some(Challenge::Digest(digest)) => digest,
        other => panic!("{other:?}"),
    }
}

fn session(challenge: &str, cnonce: &str) -> Session {
    Session::new(digest(&[challenge]), cnonce.to_owned())
}

fn answer(session: &Session, login: &Login, target: &str) -> String {
    let value = session.authorization(login, "GET", target);
    assert!(value.is_sensitive());
    String::from_utf8(value.as_bytes().to_vec()).unwrap()
}

/// The answer to a challenge as a server reads it: its fields, quotes undone.
fn fields(answer: &str) -> Vec<(String, String)> {
    let mut offers = offers(answer.as_bytes());
    assert_eq!(
        (offers.len(), &*offers[0].scheme),
        (1, "digest"),
        "{answer}"
    );
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let fields = offers.remove(0).parameters.into_iter();
    fields.map(|(name, value)| (name, text(value))).collect()
}

#[track_caller]
fn field(answer: &str, name: &str) -> String {
    let found: Vec<String> = fields(answer)
        .into_iter()
        .filter_map(|(key, value)| (key == name).then_some(value))
        .collect();
    assert_eq!(found.len(), 1, "{name} in {answer}");
    found.into_iter().next().unwrap()
}

#[test]
fn the_example_of_rfc_2617() {
    let session = session(RFC_2617, "0a4f113b");
    let mufasa = login("Mufasa", "Circle Of Life");
    assert_eq!(
        answer(&session, &mufasa, "/dir/index.html"),
        "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", uri=\"/dir/index.html\", \
         nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", nc=00000001, qop=auth, \
         cnonce=\"0a4f113b\", response=\"6629fae49393a05397450978507c4ef1\", \
         opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""
    );
}

#[test]
fn without_qop_as_in_rfc_2069() {
    let challenge = RFC_2617.replace("qop=\"auth,auth-int\",", "");
    let session = session(&challenge, "unused");
    let answer = answer(
        &session,
        &login("Mufasa", "CircleOfLife"),
        "/dir/index.html",
    );
    assert_eq!(
        field(&answer, "response"),
        "1949323746fe6a43ef61f9606e7febea"
    );
    for absent in ["nc=", "qop=", "cnonce=", "algorithm="] {
        assert!(!answer.contains(absent), "{answer}");
    }
    let empty = RFC_2617.replace("auth,auth-int", "");
    assert_eq!(digest(&[&empty]), digest(&[&challenge]));
}

#[test]
fn the_examples_of_rfc_7616() {
    let mufasa = login("Mufasa", "Circle of Life");
    for (algorithm, first, second) in [
        (
            "MD5",
            "8ca523f5e9506fed4657c9700eebdbec",
            "4b5d595ecf2db9df612ea5b45cd97101",
        ),
        (
            "MD5-sess",
            "e783283f46242139c486a698fec7211d",
            "6914b51e16f9459d9abc967ad41c4599",
        ),
        (
            "SHA-256",
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
            "8c8db27f49ff1c202f9fb49fa9d2e9eabf078dcc93db40dfd6527010091d1c8e",
        ),
        (
            "sha-256-SESS",
            "2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7",
            "6bb0010aa4bdf46422a798c509ea32e256f27bd37de5cc3bdf8ed51e1d77d650",
        ),
    ] {
        let session = session(&RFC_7616.replace("ALGORITHM", algorithm), CNONCE_7616);
        for (count, response) in [("00000001", first), ("00000002", second)] {
            let answer = answer(&session, &mufasa, "/dir/index.html");
            assert_eq!(field(&answer, "nc"), count);
            assert_eq!(field(&answer, "algorithm"), algorithm);
            assert_eq!(field(&answer, "cnonce"), CNONCE_7616);
            assert_eq!(field(&answer, "response"), response, "{algorithm} {count}");
        }
    }
}

/// 3.9.2 with SHA-256 in the place of SHA-512-256.
const HASHED: &str = r#"Digest realm="api@example.org", qop="auth", algorithm=SHA-256,
    nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK",
    opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true"#;

#[test]
fn names_that_must_not_be_seen() {
    let cnonce = "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v";
    // Composed and not: what the keyboard gave is all the same.
    for name in ["J\u{e4}s\u{f8}n Doe", "Ja\u{308}s\u{f8}n Doe"] {
        let jason = login(name, "Secret, or not?");
        let answer = answer(&session(HASHED, cnonce), &jason, "/doe.json");
        let name = "5a1a8a47df5c298551b9b42ba9b05835174a5bd7d511ff7fe9191d8e946fc4e7";
        assert_eq!(field(&answer, "username"), name);
        assert_eq!(field(&answer, "userhash"), "true");
        let response = "b6d5cb9c3000ea2385250005e294d7132b260b8fd08940d2377373493cee8cc4";
        assert_eq!(field(&answer, "response"), response);
    }
    let other = HASHED.replace("SHA-256", "SHA-512-256");
    assert_eq!(strongest(&headers(&[&other])), None);
}

#[test]
fn names_of_all_kinds() {
    let named = |challenge: &str, user: &str| {
        let answer = answer(&session(challenge, "c"), &login(user, "p"), "/");
        let (name, value) = fields(&answer).remove(0);
        format!("{name} {value}")
    };
    let utf8 = "Digest nonce=n, charset=utf-8";
    assert_eq!(named(utf8, "ann"), "username ann");
    assert_eq!(
        named(utf8, "J\u{e4} 'x'"),
        "username* UTF-8''J%C3%A4%20%27x%27"
    );
    assert_eq!(named("Digest nonce=n", "J\u{e4}"), "username J\u{e4}");
    for harm in ["a\r\nX-Evil: 1", "a\u{7f}", "a\0"] {
        assert!(
            named("Digest nonce=n", harm).starts_with("username* UTF-8''a%"),
            "{harm:?}"
        );
    }
}

#[test]
fn nothing_leaves_its_quotes() {
    let challenge = r#"Digest realm="a \"r\\ x", qop=auth, nonce="n\", response=\"", opaque="\\""#;
    let harm = login(r#"do"m\ann", realm="x"#, "p");
    let answer = answer(&session(challenge, "c"), &harm, "/a?b=c");
    for (name, value) in [
        ("username", r#"do"m\ann", realm="x"#),
        ("realm", r#"a "r\ x"#),
        ("nonce", r#"n", response=""#),
        ("opaque", r"\"),
    ] {
        assert_eq!(field(&answer, name), value);
    }
    let challenge = r#"Digest realm="a \"r\\ x", qop=auth, nonce="n", algorithm="md5""#;
    let session = session(challenge, "c");
    let answer = self::answer(&session, &login(r#"do"m\ann"#, "p"), "/a?b=c");
    assert!(
        answer.contains(r#"username="do\"m\\ann", realm="a \"r\\ x", uri="/a?b=c""#),
        "{answer}"
    );
    assert_eq!(
        field(&answer, "response"),
        "3993e1e8c9fa23d88398d49bf4847c2e"
    );
}

#[test]
fn what_is_not_utf8_comes_back_as_it_came() {
    let mut headers = HeaderMap::new();
    let value = HeaderValue::from_bytes(b"Digest realm=\"caf\xe9\", nonce=\"\xff\"").unwrap();
    headers.append(WWW_AUTHENTICATE, value);
    let Some(Challenge::Digest(digest)) = strongest(&headers) else {
        panic!()
    };
    let value = Session::new(digest, "c".into()).authorization(&login("a", "p"), "GET", "/");
    let has = |part: &[u8]| value.as_bytes().windows(part.len()).any(|at| at == part);
    assert!(
        has(b"realm=\"caf\xe9\"") && has(b"nonce=\"\xff\""),
        "{:?}",
        value.as_bytes()
    );
}

#[test]
fn the_strongest_is_taken() {
    let basic = "Basic realm=\"a, Digest nonce=x\", charset=\"UTF-8\"";
    let md5 = "Digest realm=\"m\", nonce=\"m\"";
    let sha = "Digest realm=\"s\", nonce=\"s\", algorithm=SHA-256-sess";
    assert_eq!(strongest(&headers(&[basic])), Some(Challenge::Basic));
    for values in [
        &[basic, md5, sha][..],
        &[sha, md5],
        &[&format!("{md5}, {sha}, {basic}")],
        &[&format!("Negotiate, NTLM abc==, {basic},{sha} ,, {md5}")],
        &["Bearer realm=x", &format!("Negotiate YII/+=, {md5}"), sha],
    ] {
        assert_eq!(digest(values), digest(&[sha]), "{values:?}");
    }
    let second = "Digest realm=\"m\", nonce=\"n\"";
    assert_eq!(
        digest(&[md5, second]),
        digest(&[md5]),
        "of equals the first"
    );
}

#[test]
fn what_cannot_be_answered_is_passed_over() {
    for unknown in [
        "Digest realm=x",
        "Digest nonce=x, algorithm=SHA-512",
        "Digest nonce=x, qop=\"auth-int\"",
        "Negotiate",
        "",
        "nonce=x, realm=y",
        "\"Basic\"",
    ] {
        assert_eq!(strongest(&headers(&[unknown])), None, "{unknown}");
        let both = [unknown, "bAsIc realm"];
        assert_eq!(
            strongest(&headers(&both)),
            Some(Challenge::Basic),
            "{unknown}"
        );
    }
    assert_eq!(strongest(&HeaderMap::new()), None);
}

#[test]
fn careless_servers() {
    let proper = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", stale=true, opaque=\"\"";
    for careless in [
        "DIGEST  Realm = \"r\" ,NONCE= \"n\",qop=auth,stale=\"TRUE\",opaque=\"\"",
        "Digest realm=\"r\" nonce=\"n\" qop=\"auth\" stale=True opaque=\"\"",
        "Digest realm=r,nonce=n,qop=\"auth-int auth\",stale=true,opaque=",
        ",Digest,realm=\"r\",,nonce=\"n\",qop=\"AUTH\",stale=true,nonce=\"2\",opaque=\"",
    ] {
        assert_eq!(digest(&[careless]), digest(&[proper]), "{careless}");
    }
    assert!(digest(&[proper]).is_stale());
    assert!(!digest(&[&proper.replace("true", "false")]).is_stale());
    assert!(!digest(&["Digest nonce=n"]).is_stale());
}

#[test]
fn basic_and_the_target() {
    // RFC 7617, 2 and 2.1.
    let said = |user, password| login(user, password).basic();
    assert_eq!(
        said("Aladdin", "open sesame"),
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    );
    assert_eq!(said("test", "123\u{a3}"), "Basic dGVzdDoxMjPCow==");
    assert!(said("a\r\n", "\0").is_sensitive());
    assert_eq!(format!("{:?}", login("ann", "s3cret")), "Login(ann, …)");
    for (link, expected) in [
        ("http://u:p@h:81", "/"),
        (
            "http://h/a b/%7e?x=\"1 2\"&y#z",
            "/a%20b/%7e?x=%221%202%22&y",
        ),
        ("http://h/a?", "/a?"),
    ] {
        assert_eq!(target(&Link::parse(link).unwrap()), expected);
    }
}

proptest::proptest! {
    /// No header makes it panic or run for ever, and what it says is one answer.
    #[test]
    fn any_header(value in "[ -~\t\u{80}-\u{ff}]{0,60}", user in ".{0,20}") {
        let challenge = format!("Digest nonce={value}");
        let found = strongest(&headers(&[&value, &challenge]));
        if let Some(Challenge::Digest(digest)) = found {
            let value = Session::new(digest, "c".into()).authorization(&login(&user, "p"), "GET", "/");
            let offers = offers(value.as_bytes());
            proptest::prop_assert_eq!(offers.len(), 1);
            let names: std::collections::HashSet<_> = offers[0].parameters.iter().map(|(name, _)| name).collect();
            proptest::prop_assert_eq!(names.len(), offers[0].parameters.len());
        }
    }
}
