//! What a call ends with when something goes wrong on the way: the faults that a network and a server can
//! make, each from a socket.

mod around;
mod bodies;
mod connections;
mod h2;
mod heads;
mod limits;
mod pages;
mod redirects;
mod retries;
mod secured;
mod streams;
mod tokens;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

use crate::runtime::auth::security::{CredentialLocation, Scheme, Security};
use crate::runtime::exchange::builder::CoreBuilder;
use crate::runtime::exchange::core::Core;
use crate::runtime::exchange::outcome::Outcome;
use crate::runtime::send::request::Request;
use crate::runtime::{Call, Error, RawResponse, Response, Retry};

/// The time-outs of tests.
const SHORT: Duration = Duration::from_millis(200);

/// What must not be seen anywhere but where it is sent.
const SECRET: &str = "SECRET";
const KEY: Scheme = Scheme::new("key", CredentialLocation::Header("x-key"));
const SECURITY: Security = &[&[&KEY]];

/// A server that does as it is told with each connection, and keeps what it has received.
struct Server {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    received: Arc<Mutex<Vec<String>>>,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// For each connection, its number and the socket, on which nothing has been read yet.
    fn new(serve: impl Fn(usize, &mut Connection) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (connections, is_over) = (Arc::default(), Arc::new(AtomicBool::new(false)));
        let received = Arc::<Mutex<Vec<String>>>::default();
        let thread = {
            let (connections, received) = (Arc::clone(&connections), Arc::clone(&received));
            let (is_over, serve) = (Arc::clone(&is_over), Arc::new(serve));
            thread::spawn(move || {
                for socket in listener.incoming() {
                    if is_over.load(Ordering::Acquire) {
                        break;
                    }
                    let number: &AtomicUsize = &connections;
                    let number = number.fetch_add(1, Ordering::AcqRel);
                    let (serve, received) = (Arc::clone(&serve), Arc::clone(&received));
                    let socket = socket.unwrap();
                    thread::spawn(move || serve(number, &mut Connection { socket, received }));
                }
            })
        };
        Self {
            address,
            connections,
            received,
            is_over,
            thread: Some(thread),
        }
    }

    /// A server that responds to each request with these bytes and closes the connection.
    fn responding(response: impl Into<Vec<u8>>) -> Self {
        let response = response.into();
        Self::new(move |_, connection| {
            connection.request();
            connection.send(&response);
        })
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::Acquire)
    }

    fn received(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }

    fn builder(&self) -> CoreBuilder {
        let mut builder = CoreBuilder::default();
        builder.base_url(format!("http://{}/api", self.address));
        builder.credential(&KEY, SECRET.to_owned());
        builder.connect_timeout(SHORT);
        builder.timeout(SHORT * 5);
        builder.retry(Retry::never());
        builder
    }

    fn core(&self) -> Core {
        self.builder().build("").unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Connection {
    socket: TcpStream,
    received: Arc<Mutex<Vec<String>>>,
}

impl Connection {
    /// Reads the head of a request; `false` at the end of the connection.
    fn request(&mut self) -> bool {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            match self.socket.read(&mut byte) {
                Ok(1) => head.push(byte[0]),
                Ok(_) | Err(_) => return false,
            }
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        self.received.lock().unwrap().push(head);
        true
    }

    /// Sends bytes; `false` where nobody reads them.
    fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.socket.write_all(bytes.as_ref()).is_ok()
    }

    /// Sends the same byte until nobody reads them; how many.
    fn flood(&mut self, byte: u8) -> usize {
        let bytes = vec![byte; 64 * 1024];
        let mut count = 0;
        while self.send(&bytes) {
            count += bytes.len();
        }
        count
    }

    /// Ends with RST in place of FIN.
    fn reset(&mut self) {
        let socket = socket2::SockRef::from(&self.socket);
        socket.set_linger(Some(Duration::ZERO)).unwrap();
    }
}

/// A response with a body in JSON, after which the connection is closed.
fn json(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

type Failed = Error<Value>;

/// JSON for 200, an error in JSON for 400 and 401, nothing for 201.
fn read(response: &RawResponse) -> Outcome<Value, Value> {
    match response.status().as_u16() {
        200 => response.read_json().into(),
        201 => Outcome::Success(Value::Null),
        400 | 401 => Outcome::error(response.read_json(), |body| body),
        _ => Outcome::Undocumented,
    }
}

fn call(core: &Core, method: Method) -> Call<Value, Value> {
    let mut request = Request::new("operation", method);
    request.path("/things");
    Call::new(core, request, SECURITY, read)
}

async fn get(core: &Core) -> Result<Response<Value>, Failed> {
    call(core, Method::GET).await
}

/// The error of a call, which has no secret in what it shows.
async fn failed(call: impl IntoFuture<Output = Result<Response<Value>, Failed>>) -> Failed {
    let error = match call.await {
        Ok(response) => panic!("{response:?}"),
        Err(error) => error,
    };
    for shown in [
        error.to_string(),
        format!("{error:?}"),
        format!("{error:#?}"),
    ] {
        assert!(!shown.contains(SECRET), "{shown}");
        assert!(shown.len() < 8 * 1024, "{}", shown.len());
    }
    error
}
