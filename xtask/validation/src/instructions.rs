//! `cargo xtask instructions`: how many instructions a call takes, beside the same call written by hand on
//! `reqwest`. They are counted by Valgrind, so that other work on the machine does not count.

use std::env;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;

use clap::{Args, ValueEnum};
use plex_butler::Client;
use reqwest::StatusCode;
use reqwest::header::ACCEPT;
use serde::Deserialize;

use crate::Outcome;

/// What is counted.
#[derive(Args)]
pub struct Arguments {
    /// How many calls the instructions are counted of.
    #[arg(long, default_value_t = 1000)]
    calls: usize,
}

/// Makes calls: what runs below Valgrind.
#[derive(Args)]
pub struct Calls {
    /// Which client makes them.
    by: By,
    /// The server.
    address: String,
    /// How many.
    count: usize,
}

/// Which client makes calls.
#[derive(Clone, Copy, ValueEnum)]
enum By {
    /// The generated one.
    Generated,
    /// `reqwest`, with types that derive `Deserialize`.
    Hand,
}

type Error = Box<dyn std::error::Error>;

/// The numbers of tasks in a response, of about 200 bytes and 3 kB.
const TASKS: [usize; 2] = [1, 15];
/// Calls that are not counted: they set up what is set up once.
const WARM: usize = 100;

/// Runs the task.
pub fn run(arguments: &Arguments) -> Outcome {
    match compare(arguments.calls) {
        Ok(is_less) if is_less => Outcome::Done,
        Ok(_) => Outcome::Found,
        Err(error) => {
            eprintln!("error: {error}");
            Outcome::BadInput
        }
    }
}

/// Prints a line for each response; whether the generated client takes fewer instructions each time.
fn compare(calls: usize) -> Result<bool, Error> {
    let mut is_less = true;
    println!(
        "{:>10} {:>10} {:>10} {:>6}",
        "bytes", "generated", "by hand", "ratio"
    );
    for tasks in TASKS {
        let body = body(tasks);
        let bytes = body.len();
        let address = serve(&body)?;
        let [generated, hand] = [By::Generated, By::Hand].map(|by| {
            let few = counted(by, &address, WARM)?;
            let many = counted(by, &address, WARM + calls)?;
            Ok::<_, Error>((many - few) / u64::try_from(calls)?)
        });
        let (generated, hand) = (generated?, hand?);
        is_less &= generated < hand;
        let hundredths = generated * 100 / hand.max(1);
        println!(
            "{bytes:>10} {generated:>10} {hand:>10} {:>3}.{:02}",
            hundredths / 100,
            hundredths % 100
        );
    }
    Ok(is_less)
}

/// The instructions of a process that makes so many calls.
fn counted(by: By, address: &str, count: usize) -> Result<u64, Error> {
    let by = match by {
        By::Generated => "generated",
        By::Hand => "hand",
    };
    let output = Command::new("valgrind")
        .args([
            "--tool=cachegrind",
            "--cache-sim=no",
            "--cachegrind-out-file=/dev/null",
        ])
        .arg(env::current_exe()?)
        .args(["calls", by, address, &count.to_string()])
        .output()
        .map_err(|error| {
            format!("`valgrind` does not run ({error}); install it to count instructions")
        })?;
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text
        .lines()
        .find(|line| line.contains("I refs:") || line.contains("I   refs:"));
    let number = line.and_then(|line| line.rsplit(':').next());
    let number = number.ok_or_else(|| format!("the calls failed: {text}"))?;
    Ok(number.trim().replace(',', "").parse()?)
}

/// Makes the calls, one after the other.
pub fn calls(calls: &Calls) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let made = runtime.map_err(Error::from).and_then(|runtime| {
        runtime.block_on(async {
            match calls.by {
                By::Generated => generated(&calls.address, calls.count).await,
                By::Hand => by_hand(&calls.address, calls.count).await,
            }
        })
    });
    match made {
        Ok(()) => Outcome::Done,
        Err(error) => {
            eprintln!("error: {error}");
            Outcome::BadInput
        }
    }
}

async fn generated(address: &str, count: usize) -> Result<(), Error> {
    let client = Client::builder()
        .base_url(address)
        .access_token("token")
        .build()?;
    for _ in 0..count {
        let response = client.butler().get_butler_tasks().await?;
        let tasks = response
            .into_inner()
            .butler_tasks
            .and_then(|tasks| tasks.butler_task);
        std::hint::black_box(tasks.unwrap_or_default());
    }
    Ok(())
}

#[derive(Deserialize)]
struct Response {
    #[serde(rename = "ButlerTasks")]
    tasks: Option<Tasks>,
}

#[derive(Deserialize)]
struct Tasks {
    #[serde(rename = "ButlerTask")]
    list: Option<Vec<Task>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "they are read as those of the generated type are")]
struct Task {
    name: Option<String>,
    interval: Option<f64>,
    schedule_randomized: Option<bool>,
    enabled: Option<bool>,
    title: Option<String>,
    description: Option<String>,
}

/// As people write it: the time limits of the generated client, the status looked at, the body read.
async fn by_hand(address: &str, count: usize) -> Result<(), Error> {
    let client = reqwest::Client::builder()
        .connect_timeout(std::time::Duration::from_secs(10))
        .read_timeout(std::time::Duration::from_secs(60))
        .timeout(std::time::Duration::from_secs(60))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent("hand/1")
        .build()?;
    for _ in 0..count {
        let response = client
            .get(format!("{address}/butler"))
            .header("X-Plex-Token", "token")
            .header(ACCEPT, "application/json")
            .send()
            .await?;
        if response.status() != StatusCode::OK {
            return Err(format!("{}", response.status()).into());
        }
        let response: Response = response.json().await?;
        let tasks = response.tasks.and_then(|tasks| tasks.list);
        std::hint::black_box(tasks.unwrap_or_default());
    }
    Ok(())
}

fn body(tasks: usize) -> String {
    let task = r#"{"name":"BackupDatabase","interval":3,"scheduleRandomized":false,"enabled":true,"title":"Backup Database","description":"Create a backup copy of the server's database in the configured backup directory"}"#;
    let list = vec![task; tasks].join(",");
    format!(r#"{{"ButlerTasks":{{"ButlerTask":[{list}]}}}}"#)
}

/// Responds to every request with this body, until the process ends; the server's address.
fn serve(body: &str) -> Result<String, Error> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let response = response.clone();
            thread::spawn(move || respond(connection, response.as_bytes()));
        }
    });
    Ok(address)
}

fn respond(mut connection: TcpStream, response: &[u8]) {
    let mut buffer = [0; 4096];
    let mut read = 0;
    while let Ok(count) = connection.read(&mut buffer[read..])
        && count > 0
    {
        read += count;
        if buffer[..read].ends_with(b"\r\n\r\n") {
            read = 0;
            if connection.write_all(response).is_err() {
                return;
            }
        }
    }
}
