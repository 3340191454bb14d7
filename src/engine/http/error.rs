//! Errors of hyper, rustls and the system, read down to their causes, as the engine's failures.
//!
//! Messages are shortened to the last cause, which names no URL.

use std::error::Error;
use std::io;

use hyper_util::client::legacy;

use crate::download::Failure;
use crate::download::failure::CertificateProblem;

/// An error before the head of an answer.
pub fn failure(problem: &legacy::Error) -> Failure {
    let causes = Causes::of(problem);
    if let Some(found) = causes.find::<Failure>() {
        return found.clone(); // the connector's
    }
    if let Some(found) = causes.certificate() {
        return found;
    }
    if problem.is_connect() || causes.io().is_some() {
        return network(&causes);
    }
    answering(&causes)
}

/// An error while the body comes.
pub fn in_body(problem: &hyper::Error) -> Failure {
    Failure::ConnectionLost(Causes::of(problem).last())
}

/// An error of a name, a connection or a handshake.
pub fn connecting(problem: &(dyn Error + 'static)) -> Failure {
    let causes = Causes::of(problem);
    causes.certificate().unwrap_or_else(|| network(&causes))
}

/// The same when it was the proxy that could not be reached.
pub fn of_proxy(found: Failure) -> Failure {
    match found {
        Failure::HostNotFound
        | Failure::Refused
        | Failure::ResolveFailed(_)
        | Failure::ConnectTimeout
        | Failure::ConnectFailed(_) => Failure::Proxy(found.to_string()),
        other => other,
    }
}

/// A proxy does not pass a connection on.
pub fn passing(problem: &(dyn Error + 'static)) -> Failure {
    let causes = Causes::of(problem);
    if causes.mentions("proxy authorization required") {
        return Failure::ProxyAuthentication;
    }
    if causes.io().is_some() {
        return of_proxy(network(&causes));
    }
    Failure::Proxy(causes.last())
}

fn network(causes: &Causes<'_>) -> Failure {
    if causes.mentions("dns error") || causes.mentions("failed to lookup address") {
        return looking_up(causes.last());
    }
    let Some(io) = causes.io() else {
        return Failure::ConnectFailed(causes.last());
    };
    match io.kind() {
        io::ErrorKind::ConnectionRefused => Failure::Refused,
        io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkDown => Failure::Unreachable,
        io::ErrorKind::TimedOut => Failure::ConnectTimeout,
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof => Failure::ConnectionLost(io.to_string()),
        io::ErrorKind::InvalidData => Failure::TlsHandshake(causes.last()),
        _ => Failure::ConnectFailed(causes.last()),
    }
}

fn looking_up(text: String) -> Failure {
    let unknown = [
        "not known",
        "No such host",
        "nodename",
        "No address",
        "not found",
    ];
    if unknown.iter().any(|word| text.contains(word)) {
        Failure::HostNotFound
    } else {
        Failure::ResolveFailed(text)
    }
}

fn answering(causes: &Causes<'_>) -> Failure {
    if causes
        .find::<hyper::Error>()
        .is_some_and(hyper::Error::is_parse)
    {
        return Failure::BadAnswer(causes.last());
    }
    Failure::ConnectionLost(causes.last())
}

/// An error and what caused it, outermost first.
struct Causes<'a>(Vec<&'a (dyn Error + 'static)>);

impl<'a> Causes<'a> {
    fn of(problem: &'a (dyn Error + 'static)) -> Self {
        Self(std::iter::successors(Some(problem), |&cause| inner(cause)).collect())
    }

    fn find<E: Error + 'static>(&self) -> Option<&'a E> {
        self.0.iter().find_map(|cause| cause.downcast_ref::<E>())
    }

    fn mentions(&self, words: &str) -> bool {
        self.0
            .iter()
            .any(|cause| cause.to_string().to_ascii_lowercase().contains(words))
    }

    fn last(&self) -> String {
        self.0.last().map(ToString::to_string).unwrap_or_default()
    }

    fn io(&self) -> Option<&io::Error> {
        self.0
            .iter()
            .rev()
            .find_map(|cause| cause.downcast_ref::<io::Error>())
    }

    fn certificate(&self) -> Option<Failure> {
        let found = self.find::<rustls::Error>()?;
        let rustls::Error::InvalidCertificate(problem) = found else {
            return Some(Failure::TlsHandshake(found.to_string()));
        };
        Some(Failure::Certificate(certificate(problem)))
    }
}

/// What an error was made of. (An `io::Error` passes over what it wraps in its `source`.)
fn inner<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match cause
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
    {
        Some(wrapped) => Some(wrapped),
        None => cause.source(),
    }
}

fn certificate(problem: &rustls::CertificateError) -> CertificateProblem {
    use rustls::CertificateError as Bad;
    match problem {
        Bad::Expired | Bad::ExpiredContext { .. } => CertificateProblem::Expired,
        Bad::NotValidYet | Bad::NotValidYetContext { .. } => CertificateProblem::NotYetValid,
        Bad::NotValidForName | Bad::NotValidForNameContext { .. } => CertificateProblem::WrongName,
        Bad::UnknownIssuer => CertificateProblem::UnknownIssuer,
        Bad::Revoked => CertificateProblem::Revoked,
        other if other.to_string().contains("CaUsedAsEndEntity") => {
            CertificateProblem::UnknownIssuer
        }
        other => CertificateProblem::Other(other.to_string()),
    }
}
