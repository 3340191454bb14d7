//! reqwest's errors, read down to their causes, as the engine's failures.
//!
//! Messages are shortened to the last cause, which names no URL.

use std::error::Error;
use std::io;

use crate::download::Failure;
use crate::download::failure::CertificateProblem;
use crate::engine::config::{NetworkOptions, Proxy};

/// An error before the head of an answer.
pub fn failure(problem: reqwest::Error, options: &NetworkOptions) -> Failure {
    let problem = problem.without_url();
    let causes = Causes::of(&problem);
    if let Some(found) = causes.certificate() {
        return found;
    }
    if causes.mentions("proxy authorization required") {
        return Failure::ProxyAuthentication;
    }
    if causes.mentions("unsuccessful tunnel") || causes.mentions("socks") {
        return Failure::Proxy(causes.last());
    }
    let through_proxy = matches!(options.proxy, Proxy::Url(_));
    if problem.is_connect() || causes.io().is_some() {
        let found = connecting(&problem, &causes);
        return match found {
            Failure::HostNotFound
            | Failure::Refused
            | Failure::ResolveFailed(_)
            | Failure::ConnectTimeout
            | Failure::ConnectFailed(_)
                if through_proxy =>
            {
                Failure::Proxy(found.to_string())
            }
            other => other,
        };
    }
    if problem.is_timeout() {
        return Failure::AnswerTimeout;
    }
    answering(&causes)
}

/// An error while the body comes.
pub fn in_body(problem: reqwest::Error) -> Failure {
    let problem = problem.without_url();
    Failure::ConnectionLost(Causes::of(&problem).last())
}

fn connecting(problem: &reqwest::Error, causes: &Causes<'_>) -> Failure {
    if problem.is_timeout() {
        return Failure::ConnectTimeout;
    }
    if causes.mentions("dns error") || causes.mentions("failed to lookup address") {
        let text = causes.last();
        let unknown = [
            "not known",
            "No such host",
            "nodename",
            "No address",
            "not found",
        ];
        return if unknown.iter().any(|word| text.contains(word)) {
            Failure::HostNotFound
        } else {
            Failure::ResolveFailed(text)
        };
    }
    if let Some(io) = causes.io() {
        return match io.kind() {
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
        };
    }
    Failure::ConnectFailed(causes.last())
}

fn answering(causes: &Causes<'_>) -> Failure {
    let http = causes
        .0
        .iter()
        .find_map(|cause| cause.downcast_ref::<hyper::Error>());
    if http.is_some_and(hyper::Error::is_parse) {
        return Failure::BadAnswer(causes.last());
    }
    Failure::ConnectionLost(causes.last())
}

/// An error and what caused it, outermost first.
struct Causes<'a>(Vec<&'a (dyn Error + 'static)>);

impl<'a> Causes<'a> {
    fn of(problem: &'a reqwest::Error) -> Self {
        let outermost: &(dyn Error + 'static) = problem;
        Self(std::iter::successors(Some(outermost), |&cause| inner(cause)).collect())
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
        let found = self
            .0
            .iter()
            .find_map(|cause| cause.downcast_ref::<rustls::Error>())?;
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
