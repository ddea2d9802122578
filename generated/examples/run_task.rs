//! Starts a task of a server, and stops it on Ctrl-C.
//!
//! `cargo run --example run_task -- TASK [URL [TOKEN]]`; what is not given is read from the environment,
//! `PLEX_URL` and `PLEX_TOKEN`. The API does not tell when a task ends: stopping one that has ended says
//! so.

use std::env;
use std::error::Error;
use std::process::ExitCode;

use plex_butler::butler::{StartTaskSuccess, StopTaskError};
use plex_butler::types::TaskName;
use plex_butler::{Client, Error as CallError};

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let task = arguments.next().map(|name| TaskName::from(&*name));
    let Some(task) = task.filter(|task| TaskName::KNOWN.contains(task)) else {
        let known: Vec<&str> = TaskName::KNOWN.iter().map(TaskName::as_str).collect();
        eprintln!("error: give one of these tasks: {}", known.join(", "));
        return ExitCode::from(2);
    };
    match run(task, arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(
    task: TaskName,
    mut arguments: impl Iterator<Item = String>,
) -> Result<(), Box<dyn Error>> {
    let mut setting = |variable: &str| {
        let given = arguments.next().or_else(|| env::var(variable).ok());
        given.ok_or_else(|| format!("set {variable}, or give it as an argument"))
    };
    let (url, token) = (setting("PLEX_URL")?, setting("PLEX_TOKEN")?);
    let client = Client::builder()
        .base_url(url)
        .access_token(token)
        .build()?;

    // From here on, Ctrl-C does not end the program before the task is stopped.
    let interrupted = tokio::spawn(tokio::signal::ctrl_c());
    match client.butler().start_task(task.clone()).await?.into_inner() {
        StartTaskSuccess::Accepted => println!("{task} was running already; Ctrl-C stops it"),
        _ => println!("{task} is running; Ctrl-C stops it"),
    }
    interrupted.await??;

    match client.butler().stop_task(task.clone()).await {
        Ok(_) => println!("{task} was stopped"),
        Err(CallError::Api(error)) if matches!(error.kind(), StopTaskError::NotFound) => {
            println!("{task} had ended");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
