//! `cargo xtask soak`: many calls at once against a server with faults. Each call ends with one outcome, and
//! memory and open files do not grow.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use plex_butler::{Client, Error, Retry};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use crate::Outcome;

/// How much the calls are.
#[derive(Args)]
pub struct Arguments {
    /// How many calls there are.
    #[arg(long, default_value_t = 200_000)]
    calls: usize,
    /// How many are made at once.
    #[arg(long, default_value_t = 64)]
    concurrent: usize,
}

/// One of so many requests meets a fault.
const FAULTY: usize = 10;
/// How much memory may grow, in hundredths.
const GROWTH: u64 = 5;
/// What the calls carry, and nothing may show.
const SECRET: &str = "SECRET-TOKEN";
/// A response of success.
const TASKS: &str = r#"{"ButlerTasks":{"ButlerTask":[{"name":"BackupDatabase","interval":3}]}}"#;

/// Runs the task.
pub fn run(arguments: &Arguments) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    match runtime.map(|runtime| runtime.block_on(soak(arguments))) {
        Ok(Ok(true)) => Outcome::Done,
        Ok(Ok(false)) => Outcome::Found,
        Ok(Err(error)) => {
            eprintln!("error: {error}");
            Outcome::BadInput
        }
        Err(error) => {
            eprintln!("error: {error}");
            Outcome::BadInput
        }
    }
}

/// What has been seen of the calls.
#[derive(Default)]
struct Seen {
    outcomes: BTreeMap<&'static str, usize>,
    leaks: usize,
}

async fn soak(arguments: &Arguments) -> Result<bool, Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(serve(listener));
    let client = Client::builder()
        .base_url(format!("http://{address}"))
        .access_token(SECRET)
        .timeout(Duration::from_secs(2))
        .retry(Retry::standard().delay(Duration::from_millis(1), Duration::from_millis(20)))
        .build()?;
    let started = Instant::now();
    let warm = arguments.calls / 10;
    let first = calls(&client, warm, arguments.concurrent).await;
    let before = (memory(), files());
    let second = calls(&client, arguments.calls - warm, arguments.concurrent).await;
    let after = (memory(), files());
    server.abort();
    let mut outcomes = first.outcomes;
    for (outcome, count) in second.outcomes {
        *outcomes.entry(outcome).or_default() += count;
    }
    let counted: usize = outcomes.values().sum();
    let leaks = first.leaks + second.leaks;
    println!(
        "{counted} of {} calls in {:?}: {outcomes:?}",
        arguments.calls,
        started.elapsed()
    );
    println!(
        "memory {} and {} KiB, files {} and {}",
        before.0, after.0, before.1, after.1
    );
    println!("the secret was shown {leaks} times");
    let is_flat = after.0 <= before.0 + before.0 * GROWTH / 100 && after.1 <= before.1 + 64;
    Ok(counted == arguments.calls && leaks == 0 && is_flat)
}

async fn calls(client: &Client, count: usize, concurrent: usize) -> Seen {
    let seen = Arc::new(Mutex::new(Seen::default()));
    let next = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..concurrent {
        let (client, seen, next) = (client.clone(), Arc::clone(&seen), Arc::clone(&next));
        tasks.spawn(async move {
            while next.fetch_add(1, Ordering::Relaxed) < count {
                let result = client.butler().get_butler_tasks().await;
                let shown = match &result {
                    Ok(response) => format!("{response:?}"),
                    Err(error) => format!("{error} {error:?}"),
                };
                let outcome = match result {
                    Ok(_) => "success",
                    Err(Error::Api(_)) => "api",
                    Err(Error::UnexpectedStatus(_)) => "unexpected status",
                    Err(Error::Decode(_)) => "decode",
                    Err(Error::Transport(_)) => "transport",
                    Err(Error::Timeout(_)) => "timeout",
                    Err(_) => "other",
                };
                let mut seen = seen.lock().await;
                *seen.outcomes.entry(outcome).or_default() += 1;
                seen.leaks += usize::from(shown.contains(SECRET));
            }
        });
    }
    while tasks.join_next().await.is_some() {}
    let mut seen = seen.lock().await;
    std::mem::take(&mut *seen)
}

/// Responds to requests, some of them with a fault.
async fn serve(listener: TcpListener) {
    let number = Arc::new(AtomicUsize::new(0));
    while let Ok((socket, _)) = listener.accept().await {
        tokio::spawn(connection(socket, Arc::clone(&number)));
    }
}

async fn connection(mut socket: TcpStream, number: Arc<AtomicUsize>) {
    let mut buffer = vec![0; 4096];
    loop {
        let mut read = 0;
        while !buffer[..read].ends_with(b"\r\n\r\n") {
            match socket.read(&mut buffer[read..]).await {
                Ok(count) if count > 0 => read += count,
                Ok(_) | Err(_) => return,
            }
        }
        let number = number.fetch_add(1, Ordering::Relaxed);
        let (response, goes_on) = response(number);
        if socket.write_all(response.as_bytes()).await.is_err() || !goes_on {
            return;
        }
    }
}

/// A response, and whether the connection goes on.
fn response(number: usize) -> (String, bool) {
    let json = |status: &str, body: &str| {
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        )
    };
    if !number.is_multiple_of(FAULTY) {
        return (json("200 OK", TASKS), true);
    }
    match number / FAULTY % 7 {
        0 => (String::new(), false),
        1 => (json("503 Service Unavailable", ""), true),
        2 => (json("200 OK", TASKS)[..100].to_owned(), false),
        3 => (json("200 OK", "{\"ButlerTasks\":1}"), true),
        4 => (json("401 Unauthorized", r#"{"errors":[]}"#), true),
        5 => (json("418 Teapot", "<html>"), true),
        _ => (
            "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n".to_owned(),
            false,
        ),
    }
}

/// How much memory the process has, in KiB.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

/// How many files it has open.
fn files() -> usize {
    fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}
