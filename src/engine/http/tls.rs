//! TLS for all connections of one engine: whom it trusts, and the sessions it remembers.
//!
//! The system's authorities are read when they are first needed, and once.

use std::sync::{Arc, OnceLock};

use http::Uri;
use rustls::ClientConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls_platform_verifier::Verifier;
use tokio_rustls::TlsConnector;

use super::error;
use super::stream::Stream;
use crate::download::Failure;
use crate::download::failure::CertificateProblem;
use crate::engine::config::StartError;

/// The settings that connections share, and with them the cache of sessions.
#[derive(Debug)]
pub struct Tls {
    /// PEM, beside what the system trusts.
    more_authorities: Vec<Vec<u8>>,
    config: OnceLock<Result<Arc<ClientConfig>, Failure>>,
}

impl Tls {
    /// Trusts the system's authorities and these.
    pub fn new(more_authorities: Vec<Vec<u8>>) -> Self {
        Self {
            more_authorities,
            config: OnceLock::new(),
        }
    }

    /// Checks the certificates without making anything of them.
    ///
    /// # Errors
    /// `StartError::Network`: one of them is none.
    pub fn check(&self) -> Result<(), StartError> {
        self.authorities().map(drop).map_err(StartError::Network)
    }

    /// The settings, made when they are first needed.
    ///
    /// # Errors
    /// A certificate that is none; a system without any.
    pub fn config(&self) -> Result<Arc<ClientConfig>, Failure> {
        self.config.get_or_init(|| self.make()).clone()
    }

    /// A handshake as the client of `with`'s host, offering these protocols.
    ///
    /// # Errors
    /// What the handshake ended with; a certificate that is none.
    pub async fn secure(
        &self,
        stream: Stream,
        with: &Uri,
        protocols: &[&str],
    ) -> Result<Stream, Failure> {
        let name = ServerName::try_from(bare(with.host().unwrap_or_default()).to_owned())
            .map_err(|problem| Failure::TlsHandshake(problem.to_string()))?;
        let protocols = protocols.iter().map(|&name| name.into()).collect();
        let connector = TlsConnector::from(self.config()?);
        let secured = connector.with_alpn(protocols).connect(name, stream).await;
        secured
            .map(Stream::tls)
            .map_err(|problem| error::connecting(&problem))
    }

    fn authorities(&self) -> Result<Vec<CertificateDer<'static>>, String> {
        let mut all = Vec::new();
        for pem in &self.more_authorities {
            let some: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
            let some = some.map_err(|_| "the certificate authority's file is not PEM")?;
            if some.is_empty() {
                return Err("there is no certificate in the file".to_owned());
            }
            all.extend(some);
        }
        Ok(all)
    }

    fn make(&self) -> Result<Arc<ClientConfig>, Failure> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let verifier = Verifier::new_with_extra_roots(
            self.authorities().map_err(untrusted)?,
            provider.clone(),
        )
        .map_err(untrusted)?;
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|problem| Failure::TlsHandshake(problem.to_string()))?
            .dangerous() // the name of the method; the verifier is the system's
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Arc::new(config))
    }
}

/// An authority that is none.
fn untrusted(reason: impl ToString) -> Failure {
    Failure::Certificate(CertificateProblem::Other(reason.to_string()))
}

/// A URL's host without the brackets of an IPv6 address.
pub fn bare(host: &str) -> &str {
    let inside = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    inside.unwrap_or(host)
}
