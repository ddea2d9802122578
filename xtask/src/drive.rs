//! Programs that call every operation of a client, with values made from the document's schemas.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt::Write as _;

use butler_codegen::api::{Api, Location, Segment, Shape, Status, Style};
use butler_codegen::plan::{self, Payload, Plan, Step};
use serde_json::Value;

use crate::judge::Judge;
use crate::made::Made;

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
    let judge = Judge::new(tree).ok();
    let globals = globals(plan, tree, judge.as_ref());
    let mut text = head(krate, plan, &globals);
    let mut calls = Vec::new();
    let mut arms = String::new();
    for group in &plan.groups {
        for operation in group
            .operations
            .iter()
            .filter(|operation| !operation.is_further)
        {
            let index = calls.len();
            let described = api.operations.iter().find(|o| o.id == operation.id);
            let Some(described) = described else { continue };
            let place = place(described, tree);
            let statuses = described.responses.iter().filter_map(|r| match r.status {
                Status::Code(code) => Some(code),
                Status::Range(_) | Status::Default => None,
            });
            let setters = operation.setters.iter().map(|setter| &setter.step);
            let mut call = Call {
                redirects: !described.responses.iter().any(|r| r.status.is_success()),
                id: operation.id.clone(),
                statuses: statuses.collect(),
                left_out: None,
                place: place.clone(),
                is_opaque: operation.steps.iter().chain(setters).any(is_opaque),
            };
            let queries = described.parameters.iter();
            let queries = queries.filter(|p| p.location == Location::Query);
            let made = Made {
                spread: spread(api, described),
                taken: RefCell::new(queries.map(|p| p.name.clone()).collect()),
                tree,
                judge: judge.as_ref(),
                place: &place,
                seed: index,
            };
            match made.call(group, operation) {
                Ok(body) => {
                    let _ = writeln!(
                        text,
                        "async fn call_{index}(client: &Client, prefer: &str) -> String {{\n    {body}\n}}\n"
                    );
                    let _ = writeln!(
                        arms,
                        "            {index} => call_{index}(&client, prefer).await,"
                    );
                }
                Err(reason) => call.left_out = Some(reason),
            }
            calls.push(call);
        }
    }
    let _ = write!(
        text,
        r#"#[tokio::main(flavor = "current_thread")]
async fn main() {{
    let client = client();
    for line in std::io::stdin().lines() {{
        let line = line.unwrap();
        let (index, prefer) = line.split_once('\t').unwrap();
        println!("{{}}", match index.parse::<usize>().unwrap() {{
{arms}            _ => String::new(),
        }});
    }}
}}
"#
    );
    (text, calls)
}

/// Where an operation stands in the document. A path may have a query and a fragment there.
fn place(operation: &butler_codegen::api::Operation, tree: &Value) -> String {
    let path = operation.path.iter();
    let path = path.map(|segment| match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Parameter(name) => format!("{{{name}}}"),
    });
    let path: String = path.collect();
    let method = operation.method.as_str().to_lowercase();
    let is_it = |key: &&String| {
        let written = &tree["paths"][key.as_str()][&method];
        let id = written["operationId"].as_str().filter(|id| !id.is_empty());
        let is_same = id.is_none_or(|id| id == operation.id);
        key.split(['?', '#']).next() == Some(&path) && written.is_object() && is_same
    };
    let mut keys = tree["paths"]
        .as_object()
        .into_iter()
        .flat_map(|paths| paths.keys());
    let key = keys.find(is_it).unwrap_or(&path);
    let key = key
        .replace('~', "~0")
        .replace('/', "~1")
        .replace('%', "%25");
    format!("#/paths/{key}/{method}")
}

/// The names of the members of objects that are spelled with them alone.
fn spread(api: &Api, operation: &butler_codegen::api::Operation) -> HashSet<String> {
    let parameters = operation.parameters.iter().filter(|parameter| {
        let is_form = parameter.style == Style::Form && parameter.explode;
        parameter.location == Location::Query && is_form
    });
    let objects = parameters.filter_map(|parameter| {
        let mut id = parameter.ty;
        while let Shape::Alias(target) | Shape::Nullable(target) = api.types[id].shape {
            id = target;
        }
        api.types[id].shape.as_object()
    });
    let members = objects.flat_map(|object| &object.members);
    members.map(|member| member.name.clone()).collect()
}

/// The setters of what is set once for all calls.
fn globals(plan: &Plan, tree: &Value, judge: Option<&Judge>) -> String {
    let globals = plan.client.globals.iter();
    let globals = globals.filter(|global| global.parameter.location == Location::Header);
    let setters = globals.filter_map(|global| {
        let place = tree["components"]["parameters"].as_object()?;
        let is_it = |parameter: &Value| {
            let name = parameter["name"].as_str().unwrap_or_default();
            name.eq_ignore_ascii_case(&global.parameter.name)
        };
        let (name, _) = place.iter().find(|(_, parameter)| is_it(parameter))?;
        let at = format!("#/components/parameters/{name}/schema");
        let made = Made {
            spread: HashSet::new(),
            taken: RefCell::default(),
            tree,
            judge,
            place: "",
            seed: 0,
        };
        let value = made.global(&global.argument, &at).ok()?;
        Some(format!(".{}({value})", global.argument.ident.as_str()))
    });
    setters.collect()
}

fn head(krate: &str, plan: &Plan, globals: &str) -> String {
    let krate = krate.replace('-', "_");
    let credentials = plan.client.credentials.iter().map(|credential| {
        let setter = credential.setter.as_str();
        if credential.carrier == plan::Carrier::Basic {
            format!(".{setter}(\"user\", \"secret\")")
        } else {
            format!(".{setter}(\"secret\")")
        }
    });
    let credentials: String = credentials.collect();
    let has_parts = plan.parts.contains(&plan::Part::Multipart);
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

fn from<T: serde::de::DeserializeOwned>(text: &str) -> T {{
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{{error}}: {{text}}"))
}}

fn file() -> Vec<u8> {{
    // Base64, too, which some documents want of a body of bytes.
    b"Y29udGVudA==".to_vec()
}}

fn see<T, E: std::fmt::Debug>(result: Result<Response<T>, Error<E>>) -> String {{
    let violations = |headers: &reqwest::header::HeaderMap| {{
        headers.get("sl-violations").and_then(|v| v.to_str().ok()).unwrap_or("[]").to_owned()
    }};
    let (kind, status, violations, text) = match &result {{
        Ok(response) => ("success", response.status().as_u16(), violations(response.headers()), String::new()),
        Err(error) => {{
            let kind = match error {{
                Error::Api(_) => "error",
                Error::UnexpectedStatus(_) => "undocumented",
                Error::Decode(_) => "undecodable",
                Error::InvalidRequest(_) => "refused",
                Error::Timeout(_) => "late",
                _ => "transport",
            }};
            let status = error.status().map_or(0, |status| status.as_u16());
            let found = error.response().map_or("[]".to_owned(), |r| violations(r.headers()));
            let body = error.response().map(|r| r.text().into_owned()).unwrap_or_default();
            let short = match error {{
                Error::Decode(error) => format!("{{error}}\n{{body}}"),
                Error::InvalidRequest(error) => error.to_string(),
                Error::Transport(error) => format!("{{error:?}}"),
                _ => body,
            }};
            (kind, status, found, short)
        }}
    }};
    serde_json::json!({{ "kind": kind, "status": status, "violations": violations, "text": text }}).to_string()
}}

"#
    )
}

/// Whether a step sends a body whose members Prism does not read as values.
fn is_opaque(step: &Step) -> bool {
    match step {
        Step::Body(Payload::Json(content_type), _) => content_type == "text/json",
        Step::Body(..) | Step::Part(..) => true,
        Step::Path(_)
        | Step::Query(_)
        | Step::Parameter(..)
        | Step::Server(_)
        | Step::Globals(_)
        | Step::Multipart(_)
        | Step::Flag(_)
        | Step::PartHeader(..)
        | Step::Accept(_)
        | Step::BaseUrl(_) => false,
    }
}
