//! Heads of responses that are none.

use super::{Server, failed, get, json};
use crate::runtime::{Error, Phase};

#[tokio::test]
async fn what_is_no_head_is_a_lost_connection() {
    let many = "x: 1\r\n".repeat(300);
    let long = "x".repeat(2 * 1024 * 1024);
    for head in [
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n1".to_owned(),
        "HTTP/1.1 200 OK\r\nna me: 1\r\ncontent-length: 1\r\n\r\n1".to_owned(),
        format!("HTTP/1.1 200 OK\r\n{many}content-length: 1\r\n\r\n1"),
        format!("HTTP/1.1 200 OK\r\nx: {long}\r\ncontent-length: 1\r\n\r\n1"),
        "SSH-2.0-OpenSSH_9.6\r\n".to_owned(),
        "HTTP/1.1 1000 OK\r\n\r\n".to_owned(),
    ] {
        let server = Server::responding(head.clone());
        let error = failed(get(&server.core())).await;
        let start = &head[..head.len().min(60)];
        assert!(
            matches!(&error, Error::Transport(e) if e.phase() == Phase::Send),
            "{start}: {error}"
        );
    }
}

#[tokio::test]
async fn odd_heads_are_read() {
    for (head, body) in [
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n1\r\n1\r\n0\r\n\r\n",
            "1",
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-type: text/html\r\ncontent-length: 1\r\n\r\n2",
            "2",
        ),
        (
            "HTTP/1.1 200 OK\r\nx-name: caf\u{e9}\r\ncontent-length: 1\r\n\r\n3",
            "3",
        ),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n4",
            "4",
        ),
    ] {
        let server = Server::responding(head);
        let response = get(&server.core()).await.unwrap();
        assert_eq!(response.to_string(), body);
    }
}

#[tokio::test]
async fn a_status_that_is_not_documented_keeps_its_response() {
    for (status, code) in [
        ("999 Odd", 999),
        ("204 No Content", 204),
        ("502 Bad Gateway", 502),
    ] {
        let body = if code == 204 { "" } else { "<html>" };
        let length = format!("content-length: {}\r\n", body.len());
        let length = if code == 204 { "" } else { &length };
        let server = Server::responding(format!("HTTP/1.1 {status}\r\n{length}\r\n{body}"));
        let error = failed(get(&server.core())).await;
        let Error::UnexpectedStatus(error) = &error else {
            panic!("{error}");
        };
        assert_eq!(error.status().as_u16(), code);
        assert_eq!(error.response().text(), body);
    }
    let server = Server::responding("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n");
    assert_eq!(failed(get(&server.core())).await.status().unwrap(), 101);
}

#[tokio::test]
async fn a_response_may_come_before_the_request_is_read() {
    let server = Server::new(|_, connection| {
        connection.request();
        connection.send(json("401 Unauthorized", r#"{"message":"no"}"#));
        std::thread::sleep(std::time::Duration::from_millis(50));
    });
    let core = server.core();
    let mut request = crate::runtime::send::request::Request::new("upload", reqwest::Method::POST);
    request.body("text/plain", vec![b'x'; 8 * 1024 * 1024]);
    let call = crate::runtime::Call::new(&core, request, super::SECURITY, super::read);
    let error = failed(call).await;
    assert_eq!(error.message().as_deref(), Some("no"), "{error}");
}
