//! Programs that call every operation of a client, with values made from the document's schemas.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use butler_codegen::api::{Api, Location, Operation, Status, Style};
use butler_codegen::plan::{self, Payload, Plan, Step};
use serde_json::Value;

use crate::samples::Samples;
use crate::validator::Validators;

/// An operation that is called: its number, its id, and the statuses it declares.
pub struct Call {
    pub id: String,
    pub statuses: Vec<u16>,
    /// Why it is not called.
    pub left_out: Option<String>,
    /// Where it stands in the document.
    pub place: String,
    /// Whether a redirect is what it is for: no success is declared.
    pub redirects: bool,
    /// Whether the body is a form, in parts, or neither JSON nor text.
    pub is_opaque: bool,
}

/// The program, and what it calls.
pub fn program(krate: &str, api: &Api, plan: &Plan, tree: &Value) -> (String, Vec<Call>) {
    let validators = Validators::new(tree).ok();
    let krate = &*krate.replace('-', "_");
    let globals = globals(plan, tree, validators.as_ref());
    let mut text = head(krate, plan, &globals);
    let mut calls = Vec::new();
    let mut arms = String::new();
    let described: HashMap<&str, &Operation> = api
        .operations
        .iter()
        .map(|operation| (operation.id.as_str(), operation))
        .collect();
    for (tag, operation) in plan
        .tags
        .iter()
        .flat_map(|tag| tag.operations.iter().map(move |o| (tag, o)))
    {
        let Some(described) = described.get(operation.id.as_str()) else {
            continue;
        };
        let index = calls.len();
        let queries = described.parameters.iter();
        let queries = queries.filter(|p| p.location == Location::Query);
        let samples = Samples {
            krate,
            spread: spread(api, described),
            taken: RefCell::new(queries.map(|p| p.name.clone()).collect()),
            tree,
            validators: validators.as_ref(),
            seed: index,
        };
        let body = samples.call(tag, operation);
        if let Ok(body) = &body {
            let _ = writeln!(
                text,
                "async fn call_{index}(client: &Client, prefer: &str) -> String {{\n    {body}\n}}\n"
            );
            let _ = writeln!(
                arms,
                "            {index} => call_{index}(&client, prefer).await,"
            );
        }
        calls.push(call(described, operation, body.err()));
    }
    let _ = write!(text, "{MAIN_START}{arms}{MAIN_END}");
    (text, calls)
}

fn call(described: &Operation, planned: &plan::Operation, left_out: Option<String>) -> Call {
    let statuses = described.responses.iter().filter_map(|r| match r.status {
        Status::Code(code) => Some(code),
        Status::Range(_) | Status::Default => None,
    });
    let usual = planned.calls.iter().take(1);
    Call {
        redirects: !described.responses.iter().any(|r| r.status.is_success()),
        id: planned.id.clone(),
        statuses: statuses.collect(),
        left_out,
        place: planned.origin.to_string(),
        is_opaque: usual.flat_map(plan::Call::all_steps).any(is_opaque),
    }
}

/// The function `main` around its arms.
const MAIN_START: &str = r#"#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = client();
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let (index, prefer) = line.split_once('\t').unwrap();
        println!("{}", match index.parse::<usize>().unwrap() {
"#;
const MAIN_END: &str = r"            _ => String::new(),
        });
    }
}
";

/// The names of the properties of objects that are written with them alone.
fn spread(api: &Api, operation: &Operation) -> HashSet<String> {
    let parameters = operation.parameters.iter().filter(|parameter| {
        let is_form = parameter.style == Style::Form && parameter.explode;
        parameter.location == Location::Query && is_form
    });
    let objects = parameters.filter_map(|p| api.types.resolved_shape(p.ty).as_object());
    let properties = objects.flat_map(|object| &object.properties);
    properties.map(|property| property.name.clone()).collect()
}

/// The setters of what is set once for all calls.
fn globals(plan: &Plan, tree: &Value, validators: Option<&Validators>) -> String {
    let globals = plan.client.iter().flat_map(|client| &client.globals);
    let globals = globals.filter(|global| global.parameter.location == Location::Header);
    let setters = globals.filter_map(|global| {
        let made = Samples {
            krate: "",
            spread: HashSet::new(),
            taken: RefCell::default(),
            tree,
            validators,
            seed: 0,
        };
        let value = made.global(&global.argument).ok()?;
        Some(format!(".{}({value})", global.argument.ident.as_str()))
    });
    setters.collect()
}

fn head(krate: &str, plan: &Plan, globals: &str) -> String {
    let credentials = plan.client.iter().flat_map(|client| &client.credentials);
    let credentials = credentials.map(|credential| {
        let setter = credential.setter.as_str();
        if credential.location == plan::CredentialLocation::Basic {
            format!(".{setter}(\"user\", \"secret\")")
        } else {
            format!(".{setter}(\"secret\")")
        }
    });
    let credentials: String = credentials.collect();
    let operations = plan.tags.iter().flat_map(|tag| &tag.operations);
    let mut steps = operations
        .flat_map(|o| &o.calls)
        .flat_map(plan::Call::all_steps);
    let has_parts = steps.any(|step| matches!(step, Step::Part(..)));
    let part = if has_parts {
        format!("\nuse {krate}::Part;")
    } else {
        String::new()
    };
    format!(
        r#"#![allow(deprecated, unused)]
use {krate}::{{Client, Error, Response}};{part}

fn client() -> Client {{
    let client = Client::builder(){credentials}{globals}.timeout(std::time::Duration::from_secs(10));
    client.base_url(std::env::var("BASE_URL").unwrap()).build().unwrap()
}}

{HELPERS}"#
    )
}

/// What the calls use.
const HELPERS: &str = r#"fn from<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn file() -> Vec<u8> {
    // Base64, too, which some documents want of a body of bytes.
    b"Y29udGVudA==".to_vec()
}

fn see<T, E: std::fmt::Debug>(result: Result<Response<T>, Error<E>>) -> String {
    let violations = |headers: &reqwest::header::HeaderMap| {
        headers.get("sl-violations").and_then(|v| v.to_str().ok()).unwrap_or("[]").to_owned()
    };
    let (kind, status, violations, text) = match &result {
        Ok(response) => ("success", response.status().as_u16(), violations(response.headers()), String::new()),
        Err(error) => {
            let kind = match error {
                Error::Api(_) => "error",
                Error::UnexpectedStatus(_) => "undocumented",
                Error::Decode(_) => "undecodable",
                Error::InvalidRequest(_) => "refused",
                Error::Timeout(_) => "late",
                _ => "transport",
            };
            let status = error.status().map_or(0, |status| status.as_u16());
            let found = error.response().map_or("[]".to_owned(), |r| violations(r.headers()));
            let body = error.response().map(|r| r.text().into_owned()).unwrap_or_default();
            let short = match error {
                Error::Decode(error) => format!("{error}\n{body}"),
                Error::InvalidRequest(error) => error.to_string(),
                Error::Transport(error) => format!("{error:?}"),
                _ => body,
            };
            (kind, status, found, short)
        }
    };
    serde_json::json!({ "kind": kind, "status": status, "violations": violations, "text": text }).to_string()
}

"#;

/// Whether a step sends a body whose properties Prism does not read as values.
fn is_opaque(step: &Step) -> bool {
    match step.payload() {
        Some(Payload::Json(content_type)) => content_type == "text/json",
        Some(_) => true,
        None => matches!(step, Step::Part(..)),
    }
}
