//! Lists the tasks of a server.
//!
//! `cargo run --example list_tasks -- [URL [TOKEN]]`; what is not given is read from the environment,
//! `PLEX_URL` and `PLEX_TOKEN`.

use std::env;
use std::error::Error;
use std::process::ExitCode;

use plex_butler::Client;

#[tokio::main]
async fn main() -> ExitCode {
    match list().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn list() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut setting = |variable: &str| {
        let given = arguments.next().or_else(|| env::var(variable).ok());
        given.ok_or_else(|| format!("set {variable}, or give it as an argument"))
    };
    let (url, token) = (setting("PLEX_URL")?, setting("PLEX_TOKEN")?);
    let client = Client::builder()
        .base_url(url)
        .access_token(token)
        .build()?;

    let response = client.butler().get_butler_tasks().await?.into_inner();
    let tasks = response.butler_tasks.and_then(|tasks| tasks.butler_task);
    for task in tasks.unwrap_or_default() {
        let name = task.name.unwrap_or_default();
        let interval = task.interval.map(|days| format!("every {days} days"));
        let enabled = match task.enabled {
            Some(false) => "off",
            Some(true) | None => "on",
        };
        let interval = interval.unwrap_or_default();
        println!(
            "{name:<26} {enabled:<4} {interval:<14} {}",
            task.title.unwrap_or_default()
        );
    }
    Ok(())
}
