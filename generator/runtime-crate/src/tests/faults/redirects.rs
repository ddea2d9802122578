//! Redirects, which are not followed.

use super::{SECRET, Server, call, failed};
use crate::runtime::Error;
use reqwest::Method;

#[tokio::test]
async fn no_redirect_is_followed_and_no_other_server_is_told_a_thing() {
    let other = Server::responding("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1");
    for (status, location) in [
        (302, format!("http://{}/", other.address)),
        (307, format!("http://{}/", other.address)),
        (308, "https://127.0.0.1:1/".to_owned()),
        (302, "/api/things".to_owned()),
        (302, "file:///etc/passwd".to_owned()),
        (302, "::".to_owned()),
    ] {
        let head =
            format!("HTTP/1.1 {status} Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
        let server = Server::responding(head);
        let error = failed(call(&server.core(), Method::PUT)).await;
        assert!(
            matches!(&error, Error::UnexpectedStatus(e) if e.status() == status),
            "{error}"
        );
        assert_eq!(server.received().len(), 1);
        assert!(server.received()[0].contains(SECRET));
    }
    let server = Server::responding("HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n");
    assert_eq!(
        failed(call(&server.core(), Method::GET))
            .await
            .status()
            .unwrap(),
        302
    );
    assert_eq!(other.connections(), 0);
}
