//! Programs that call every operation of a client, with values made from the document's schemas.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt::Write as _;

use butler_codegen::api::{Api, Location, Segment, Status};
use butler_codegen::plan::{self, Argument, Passed, Payload, Plan, Section, Spelling, Step};
use serde_json::Value;

use crate::judge::{Judge, made_plain, made_sent};
use crate::values::resolve;

/// An operation that is called: its number, its id, and the statuses it declares.
pub struct Call {
    pub id: String,
    pub statuses: Vec<u16>,
    /// Why it is not called.
    pub left_out: Option<String>,
    /// Where it stands in the document.
    pub place: String,
}

/// The program, and what it calls.
pub fn program(krate: &str, api: &Api, plan: &Plan, tree: &Value) -> (String, Vec<Call>) {
    let mut text = head(krate, plan);
    let mut calls = Vec::new();
    let mut arms = String::new();
    let judge = Judge::new(tree).ok();
    for group in &plan.groups {
        for operation in group
            .operations
            .iter()
            .filter(|operation| !operation.is_further)
        {
            let index = calls.len();
            let described = api.operations.iter().find(|o| o.id == operation.id);
            let Some(described) = described else { continue };
            let place = place(described);
            let statuses = described.responses.iter().filter_map(|r| match r.status {
                Status::Code(code) => Some(code),
                Status::Range(_) | Status::Default => None,
            });
            let mut call = Call {
                id: operation.id.clone(),
                statuses: statuses.collect(),
                left_out: None,
                place: place.clone(),
            };
            let queries = described.parameters.iter();
            let queries = queries.filter(|p| p.location == Location::Query);
            let made = Made {
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

/// Where an operation stands in the document.
fn place(operation: &butler_codegen::api::Operation) -> String {
    let path: String = operation
        .path
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Parameter(name) => format!("{{{name}}}"),
        })
        .collect();
    let path = path
        .replace('~', "~0")
        .replace('/', "~1")
        .replace('%', "%25");
    format!(
        "#/paths/{path}/{}",
        operation.method.as_str().to_lowercase()
    )
}

fn head(krate: &str, plan: &Plan) -> String {
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
    let client = Client::builder(){credentials}.timeout(std::time::Duration::from_secs(10));
    client.base_url(std::env::var("BASE_URL").unwrap()).build().unwrap()
}}

fn from<T: serde::de::DeserializeOwned>(text: &str) -> T {{
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{{error}}: {{text}}"))
}}

fn file() -> Vec<u8> {{
    b"content".to_vec()
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

/// Values for one operation.
struct Made<'a> {
    tree: &'a Value,
    judge: Option<&'a Judge>,
    place: &'a str,
    seed: usize,
    /// The names in the query that are taken: an object may be spelled with its members' names,
    /// and two of one name cannot be told apart.
    taken: RefCell<HashSet<String>>,
}

impl Made<'_> {
    /// The call of an operation as code; or why there is none.
    fn call(&self, group: &plan::Group, operation: &plan::Operation) -> Result<String, String> {
        let mut arguments = Vec::new();
        for argument in &operation.arguments {
            let step = operation.steps.iter().find(|step| names(step, argument));
            let step = step.ok_or("an argument is not used")?;
            arguments.push(self.argument(argument, step)?);
        }
        let mut setters = String::new();
        for setter in &operation.setters {
            // What is optional is left out where no value is found.
            if let Ok(value) = self.argument(&setter.argument, &setter.step) {
                let _ = write!(setters, ".{}({value})", setter.argument.ident.as_str());
            }
        }
        let (module, method) = (group.module.as_str(), operation.method.as_str());
        let arguments = arguments.join(", ");
        Ok(format!(
            "see(client.{module}().{method}({arguments}){setters}.header(\"prefer\", prefer).await)"
        ))
    }

    fn argument(&self, argument: &Argument, step: &Step) -> Result<String, String> {
        let place = match step {
            Step::Parameter(parameter, _) => self.parameter(parameter)?,
            Step::Body(..) => self.body(None)?,
            Step::Part(name, Section::Field(_), _) => self.body(Some(name))?,
            Step::Part(..) | Step::PartHeader(..) => String::new(),
            Step::Path(_)
            | Step::Server(_)
            | Step::Globals(_)
            | Step::Multipart(_)
            | Step::Accept(_) => return Err("no value".to_owned()),
        };
        Ok(match &argument.passed {
            Passed::Body => "file()".to_owned(),
            Passed::Part => PART.to_owned(),
            Passed::Parts => format!("vec![{PART}]"),
            Passed::AllParts => format!("vec![(\"file\", {PART})]"),
            Passed::Str => {
                let value = self.value(&place, step)?;
                let text = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                format!("{text:?}")
            }
            Passed::Value(_) => format!("from({:?})", self.value(&place, step)?.to_string()),
            Passed::Reference(_) => format!("&from({:?})", self.value(&place, step)?.to_string()),
            Passed::Slice(_) if matches!(step, Step::Body(Payload::Lines(_), _)) => {
                format!("&[from({:?})]", self.value(&place, step)?.to_string())
            }
            Passed::Slice(_) => {
                format!(
                    "&from::<Vec<_>>({:?})",
                    self.value(&place, step)?.to_string()
                )
            }
        })
    }

    /// Where the schema of a parameter stands.
    fn parameter(&self, parameter: &plan::Parameter) -> Result<String, String> {
        let item = self
            .place
            .rsplit_once('/')
            .map(|(item, _)| item)
            .unwrap_or_default();
        for owner in [self.place, item] {
            let Some(list) = resolve(self.tree, owner).and_then(|o| o["parameters"].as_array())
            else {
                continue;
            };
            for (index, written) in list.iter().enumerate() {
                let mut at = format!("{owner}/parameters/{index}");
                let mut written = written;
                while let Some(reference) = written["$ref"].as_str() {
                    reference.clone_into(&mut at);
                    written = resolve(self.tree, reference).ok_or("a reference leads nowhere")?;
                }
                let place = match parameter.location {
                    Location::Path => "path",
                    Location::Query => "query",
                    Location::Header => "header",
                    Location::Cookie => "cookie",
                };
                let name = written["name"].as_str().unwrap_or_default();
                if written["in"] == place && name.eq_ignore_ascii_case(&parameter.name) {
                    return Ok(
                        match written["content"].as_object().and_then(|c| c.keys().next()) {
                            Some(content) => {
                                format!("{at}/content/{}/schema", content.replace('/', "~1"))
                            }
                            None => format!("{at}/schema"),
                        },
                    );
                }
            }
        }
        // A path parameter that nothing declares is a string.
        Ok(String::new())
    }

    /// Where the schema of the body stands, or of one of its parts.
    fn body(&self, part: Option<&str>) -> Result<String, String> {
        let mut at = format!("{}/requestBody", self.place);
        let mut written = resolve(self.tree, &at).ok_or("no body")?;
        while let Some(reference) = written["$ref"].as_str() {
            reference.clone_into(&mut at);
            written = resolve(self.tree, reference).ok_or("a reference leads nowhere")?;
        }
        let content = written["content"].as_object().ok_or("no content")?;
        let json = content.keys().find(|name| name.contains("json"));
        let chosen = json.or(content.keys().next()).ok_or("no content")?;
        at = format!(
            "{at}/content/{}/schema",
            chosen.replace('/', "~1").replace('%', "%25")
        );
        let Some(part) = part else { return Ok(at) };
        let mut schema = resolve(self.tree, &at).ok_or("no schema")?;
        while let Some(reference) = schema["$ref"].as_str() {
            reference.clone_into(&mut at);
            schema = resolve(self.tree, reference).ok_or("a reference leads nowhere")?;
        }
        let part = part
            .replace('~', "~0")
            .replace('/', "~1")
            .replace('%', "%25");
        Ok(format!("{at}/properties/{part}"))
    }

    /// A valid value of the schema; one that can stand in a path or a header where it has to.
    fn value(&self, place: &str, step: &Step) -> Result<Value, String> {
        // What the document does not describe is text.
        if place.is_empty() || resolve(self.tree, place).is_none() && matches!(step, Step::Body(..))
        {
            return Ok(Value::from("text"));
        }
        let judge = self.judge.ok_or("the schemas cannot be judged")?;
        let mut values = match step {
            Step::Parameter(..) => made_plain(self.tree, judge, place, self.seed),
            Step::Path(_)
            | Step::Server(_)
            | Step::Globals(_)
            | Step::Body(..)
            | Step::Part(..)
            | Step::PartHeader(..)
            | Step::Multipart(_)
            | Step::Accept(_) => made_sent(self.tree, judge, place, self.seed),
        };
        let parent = place
            .strip_suffix("/schema")
            .and_then(|p| resolve(self.tree, p));
        let example = parent.and_then(|parent| parent.get("example"));
        let validator = judge.validator(place);
        let is_valid = |value: &&Value| validator.as_ref().is_some_and(|v| v.is_valid(value));
        values.extend(example.filter(is_valid).cloned());
        if let Step::Parameter(parameter, _) = step
            && parameter.location == Location::Query
            && parameter.spelling == Spelling::Usual
        {
            let mut taken = self.taken.borrow_mut();
            for value in values.iter_mut().filter_map(Value::as_object_mut) {
                value.retain(|name, _| !taken.contains(name));
            }
            let names = values.iter().filter_map(Value::as_object);
            taken.extend(names.flat_map(|members| members.keys().cloned()));
        }
        // The fullest first, except where text stands in a line.
        if matches!(step, Step::Body(..)) {
            values.sort_by_key(|value| std::cmp::Reverse(value.to_string().len()));
        }
        let is_empty = |value: &Value| match value {
            Value::String(text) => text.is_empty() || text.contains(char::is_control),
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        };
        let is_parameter = matches!(step, Step::Parameter(..));
        values.retain(|value| !is_parameter || !is_empty(value));
        let value = values.into_iter().next();
        value.ok_or_else(|| format!("no value of {place}"))
    }
}

const PART: &str = "Part::new(file()).file_name(\"a.bin\")";

fn names(step: &Step, argument: &Argument) -> bool {
    match step {
        Step::Parameter(_, ident)
        | Step::Body(_, ident)
        | Step::Part(_, _, ident)
        | Step::PartHeader(_, _, ident) => *ident == argument.ident,
        Step::Path(_)
        | Step::Server(_)
        | Step::Globals(_)
        | Step::Multipart(_)
        | Step::Accept(_) => false,
    }
}
