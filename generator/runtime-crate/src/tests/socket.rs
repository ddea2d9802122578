//! A server that is nothing but a socket.

use std::convert::Infallible;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread::{self, JoinHandle};

use crate::runtime::RawResponse;
use crate::runtime::exchange::builder::CoreBuilder;
use crate::runtime::exchange::core::Core;
use crate::runtime::exchange::outcome::Outcome;

/// Takes one request, sends the response, and returns what it has got.
pub(super) fn server(response: &'static [u8]) -> (SocketAddr, JoinHandle<String>) {
    let (address, taken) = servers(vec![response]);
    let first = thread::spawn(move || taken.join().unwrap().remove(0));
    (address, first)
}

/// Takes a request for each of the responses, each on a connection of its own.
pub(super) fn servers(responses: Vec<&'static [u8]>) -> (SocketAddr, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let taken = thread::spawn(move || {
        responses
            .into_iter()
            .map(|a| received(&listener, a))
            .collect()
    });
    (address, taken)
}

fn received(listener: &TcpListener, response: &[u8]) -> String {
    let (mut socket, _) = listener.accept().unwrap();
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    while !is_whole(&request) {
        let read = socket.read(&mut chunk).unwrap();
        assert!(read > 0, "{}", String::from_utf8_lossy(&request));
        request.extend_from_slice(&chunk[..read]);
    }
    socket.write_all(response).unwrap();
    String::from_utf8(request).unwrap()
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let header = |name: &str| {
        let mut lines = head.lines();
        lines.find_map(|line| line.strip_prefix(name).map(str::to_owned))
    };
    match header("content-length: ") {
        Some(length) => body.len() >= length.parse().unwrap(),
        None if header("transfer-encoding: chunked").is_some() => body.ends_with("0\r\n\r\n"),
        None => true,
    }
}

pub(super) const NO_CONTENT: &[u8] = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";

pub(super) fn core(address: SocketAddr) -> Core {
    let mut builder = CoreBuilder::default();
    builder.base_url(format!("http://{address}/api/"));
    builder.build("").unwrap()
}

pub(super) fn read_nothing(_: &RawResponse) -> Outcome<(), Infallible> {
    Outcome::Success(())
}

pub(super) fn line(request: &str) -> &str {
    request.lines().next().unwrap()
}

pub(super) fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}

pub(super) fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = request.lines();
    lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}
