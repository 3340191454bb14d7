//! Certificates of the test's own authority: good ones, and those a client must refuse.

use std::path::Path;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsKind {
    Good,
    Expired,
    /// For another host.
    WrongName,
    /// By nobody the authority's PEM knows.
    SelfSigned,
    /// Good, but connections end without close_notify.
    NoCloseNotify,
}

/// The settings of a server of this kind; writes the authority's PEM to `ca_pem`.
pub fn config(kind: TlsKind, protocols: &[&str], ca_pem: &Path) -> Arc<ServerConfig> {
    let (ca_key, ca) = (key(), authority());
    let pem = ca.self_signed(&ca_key).expect("an authority").pem();
    std::fs::write(ca_pem, pem).expect("a place for the authority's PEM");
    let key = key();
    let params = leaf(kind);
    let certificate = match kind {
        TlsKind::SelfSigned => params.self_signed(&key),
        _ => params.signed_by(&key, &Issuer::new(ca, ca_key)),
    };
    let chain = vec![CertificateDer::from(certificate.expect("a certificate"))];
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("a certificate and its key");
    config.alpn_protocols = protocols
        .iter()
        .map(|name| name.as_bytes().to_vec())
        .collect();
    Arc::new(config)
}

fn key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

fn authority() -> CertificateParams {
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, "authority of one test");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn leaf(kind: TlsKind) -> CertificateParams {
    let names: &[&str] = match kind {
        TlsKind::WrongName => &["elsewhere.example"],
        _ => &["localhost", "127.0.0.1"],
    };
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).expect("names");
    params
        .distinguished_name
        .push(DnType::CommonName, "a test's server");
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = match kind {
        TlsKind::Expired => date_time_ymd(2021, 1, 1),
        _ => date_time_ymd(2099, 1, 1),
    };
    params
}
