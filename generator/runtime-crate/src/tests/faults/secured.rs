//! Servers that are not who they say they are, and proxies that let nothing through.

use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use reqwest::Proxy;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

use super::{Connection, Failed, Server, failed, get};
use crate::runtime::{Error, Phase};

/// A server with a certificate that nobody else has signed, for this name and until this year.
fn server(name: &str, until: i32) -> Server {
    let key = KeyPair::generate().unwrap();
    let mut certificate = CertificateParams::new([name.to_owned()]).unwrap();
    certificate.not_before = date_time_ymd(2000, 1, 1);
    certificate.not_after = date_time_ymd(until, 1, 1);
    let certificate = certificate.self_signed(&key).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let chain = vec![CertificateDer::from(certificate)];
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let config = Arc::new(config);
    Server::new(move |_, connection| {
        let mut tls = ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut stream = Stream::new(&mut tls, &mut connection.socket);
        let mut received = [0; 1024];
        while std::io::Read::read(&mut stream, &mut received).is_ok_and(|count| count > 0) {}
    })
}

fn is_of_the_connection(error: &Failed) -> bool {
    matches!(error, Error::Transport(error) if error.phase() == Phase::Connect)
}

#[tokio::test]
async fn a_server_whose_certificate_nobody_has_signed_is_told_nothing() {
    for (name, until) in [
        ("localhost", 4000),
        ("localhost", 2001),
        ("example.com", 4000),
    ] {
        let server = server(name, until);
        let mut builder = server.builder();
        builder.base_url(format!("https://localhost:{}", server.address.port()));
        let error = failed(get(&builder.build("").unwrap())).await;
        assert!(is_of_the_connection(&error), "{error}");
        let text = format!("{error}");
        assert!(text.contains("certificate"), "{text}");
        assert!(server.received().is_empty());
    }
}

/// A client whose requests go through a proxy.
fn through(proxy: &Server) -> reqwest::Client {
    let url = format!("http://{}", proxy.address);
    let proxy = Proxy::all(url).unwrap().basic_auth("user", "PROXY-SECRET");
    let client = reqwest::Client::builder().proxy(proxy);
    let tls = crate::runtime::wire::tls::config().unwrap();
    client.tls_backend_preconfigured(tls).build().unwrap()
}

#[tokio::test]
async fn a_proxy_that_refuses_is_no_connection() {
    let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
    let refuses = move |_: usize, connection: &mut Connection| {
        connection.request();
        connection.send(refusal);
    };
    for proxy in [Server::new(refuses), Server::new(|_, _| {})] {
        let mut builder = proxy.builder();
        builder.base_url("https://example.invalid");
        builder.http_client(through(&proxy));
        let error = failed(get(&builder.build("").unwrap())).await;
        assert!(is_of_the_connection(&error), "{error}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("PROXY-SECRET"), "{shown}");
        let received = proxy.received();
        assert!(received.iter().all(|text| text.starts_with("CONNECT ")));
    }
}
