//! A program that keeps issues at a code host.

use issues::issues::NotFoundOrValidationFailedError as Failure;
use issues::types::{Issue, IssuesUpdateRequestState};
use issues::{Client, Error, Response};
use serde_json::Value;

/// Opens an issue.
pub async fn open(client: &Client, title: &str) -> Result<Issue, Error<Failure>> {
    let call = client.issues().create("acme", "site", title);
    Ok(call.body("It fails.").labels(["bug"]).await?.into_inner())
}

/// Closes an issue; whether there is one.
pub async fn close(client: &Client, number: i64) -> Result<bool, String> {
    let call = client.issues().update("acme", "site", number);
    match call.state(IssuesUpdateRequestState::Closed).await {
        Ok(_) => Ok(true),
        Err(Error::Api(error)) => match error.kind() {
            Failure::NotFound(_) => Ok(false),
            Failure::UnprocessableContent(invalid) => Err(invalid.message.clone()),
            _ => Err(error.to_string()),
        },
        Err(error) => Err(error.to_string()),
    }
}

/// The names of all repositories, and how many calls the server has left for us.
pub async fn repositories(
    client: &Client,
    org: &str,
) -> Result<(Vec<String>, String), Error<Value>> {
    let mut names = Vec::new();
    let mut all = client.repos().list_for_org(org).per_page(2).items();
    while let Some(repository) = all.next().await {
        names.push(repository.map_err(Error::into_any)?.name);
    }
    let left = all
        .headers()
        .and_then(|headers| headers.get("x-ratelimit-remaining"));
    let left = left.and_then(|left| left.to_str().ok()).unwrap_or_default();
    Ok((names, left.to_owned()))
}

/// What is said about the result of opening an issue.
pub fn said(result: Result<Response<Issue>, Error<Failure>>) -> String {
    match result {
        Ok(issue) => format!("#{} {}", issue.number, issue.title),
        Err(error) => error.message().unwrap_or_default(),
    }
}
