//! Connections that cannot be made, or are lost.

use std::time::{Duration, Instant};

use reqwest::Method;

use super::{SHORT, Server, call, failed, get, json};
use crate::runtime::{Error, Phase, Retry};

#[tokio::test]
async fn a_refused_connection_is_one_that_could_not_be_made() {
    let server = Server::new(|_, _| {});
    let core = server.core();
    drop(server);
    let error = failed(get(&core)).await;
    assert!(
        matches!(&error, Error::Transport(e) if e.phase() == Phase::Connect),
        "{error}"
    );
    assert!(error.is_connect() && error.is_retryable());
}

#[tokio::test]
async fn a_name_that_is_not_known_is_one_that_could_not_be_made() {
    let server = Server::new(|_, _| {});
    let mut builder = server.builder();
    builder.base_url("http://name.invalid");
    let error = failed(get(&builder.build("").unwrap())).await;
    assert!(error.is_connect(), "{error}");
}

#[tokio::test]
async fn a_connection_may_be_closed_or_reset_before_the_response() {
    for resets in [false, true] {
        let server = Server::new(move |_, connection| {
            connection.request();
            if resets {
                connection.reset();
            }
        });
        let error = failed(get(&server.core())).await;
        assert!(
            matches!(&error, Error::Transport(e) if e.phase() == Phase::Send),
            "{error}"
        );
        assert_eq!((error.attempts(), server.received().len()), (1, 1));
    }
}

/// A connection that the server has closed while it was not in use costs an attempt and no call, where the
/// method is idempotent.
#[tokio::test]
async fn a_stale_connection_costs_no_call() {
    let server = Server::new(|_, connection| {
        connection.request();
        connection.send("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1");
        // Closed without a word, as servers do after a while.
        std::thread::sleep(Duration::from_millis(5));
        connection.reset();
    });
    let mut builder = server.builder();
    builder.retry(Retry::standard());
    let core = builder.build("").unwrap();
    for _ in 0..40 {
        get(&core).await.unwrap();
        tokio::time::sleep(Duration::from_millis(4)).await;
    }
}

/// A call that may do something twice is not sent twice.
#[tokio::test]
async fn a_call_that_is_not_idempotent_is_sent_once() {
    let server = Server::new(|_, connection| {
        connection.request();
    });
    let retry = Retry::standard().delay(Duration::from_millis(1), Duration::from_millis(1));
    let error = failed(call(&server.core(), Method::POST).retry(retry)).await;
    assert_eq!((error.attempts(), server.received().len()), (1, 1));
    let error = failed(call(&server.core(), Method::PUT).retry(retry)).await;
    assert_eq!((error.attempts(), server.received().len()), (3, 4));
    let any = retry.any_method();
    let error = failed(call(&server.core(), Method::POST).retry(any)).await;
    assert_eq!((error.attempts(), server.received().len()), (3, 7));
}

/// A call that was not sent may be sent again, whatever its method.
#[tokio::test]
async fn a_call_that_was_not_sent_is_sent_again() {
    let server = Server::new(|_, _| {});
    let core = server.core();
    drop(server);
    let retry = Retry::standard().delay(Duration::from_millis(1), Duration::from_millis(1));
    let error = failed(call(&core, Method::POST).retry(retry)).await;
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn headers_that_do_not_come_are_waited_for_until_the_time_is_over() {
    for drips in [false, true] {
        let server = Server::new(move |_, connection| {
            connection.request();
            if drips {
                connection.send("HTTP/1.1 200 OK\r\nx: ");
            }
            while drips && connection.send("x") {
                std::thread::sleep(Duration::from_millis(20));
            }
            std::thread::sleep(SHORT * 3);
        });
        let started = Instant::now();
        let error = failed(call(&server.core(), Method::GET).timeout(SHORT)).await;
        assert!(started.elapsed() < SHORT * 2, "{:?}", started.elapsed());
        assert!(
            matches!(&error, Error::Timeout(e) if e.phase() == Phase::Send),
            "{error}"
        );
    }
}

/// What is longer than a clock can count is no limit.
#[tokio::test]
async fn the_longest_time_is_no_limit() {
    let server = Server::responding(json("200 OK", "1"));
    let call = call(&server.core(), Method::GET).timeout(Duration::MAX);
    call.read_timeout(Duration::MAX).await.unwrap();
}

/// A call that is given up leaves nothing behind: the next one works.
#[tokio::test]
async fn a_call_that_is_given_up_leaves_nothing_behind() {
    let server = Server::new(|_, connection| {
        while connection.request() {
            std::thread::sleep(Duration::from_micros(500));
            if !connection.send(json("200 OK", "1")) {
                break;
            }
        }
    });
    let core = server.core();
    for microseconds in (0..200).map(|number| number * 10) {
        let time = Duration::from_micros(microseconds);
        let _ = tokio::time::timeout(time, get(&core)).await;
    }
    get(&core).await.unwrap();
    assert!(server.connections() <= 201, "{}", server.connections());
}

/// A listener whose queue is full accepts no connection and refuses none.
#[tokio::test]
async fn a_connection_that_is_not_made_is_waited_for_until_the_time_is_over() {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    let any = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    socket.bind(&any.into()).unwrap();
    socket.listen(0).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    let waiting: Vec<_> = (0..2)
        .map(|_| std::net::TcpStream::connect_timeout(&address, SHORT))
        .collect();
    let server = Server::new(|_, _| {});
    for own in [SHORT / 2, SHORT * 20] {
        let mut builder = server.builder();
        builder.base_url(format!("http://{address}"));
        let core = builder.build("").unwrap();
        let started = Instant::now();
        let error = failed(call(&core, Method::GET).timeout(own)).await;
        assert!(started.elapsed() < SHORT * 2, "{:?}", started.elapsed());
        assert!(
            matches!(&error, Error::Timeout(e) if e.phase() == Phase::Connect),
            "{error}"
        );
        assert!(error.is_connect());
    }
    drop(waiting);
}
