//! `cargo xtask compatibility DIR`: a program that calls every operation of a document is compiled
//! against the client of the same document with more in it that is optional. With `--history`, the
//! documents of the folder are versions of one, and the program of each is compiled against the next.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use butler_codegen::diagnostic::Diagnostics;
use butler_codegen::document::{Source, normalized, parse};
use butler_codegen::settings::Settings;
use butler_codegen::{emit, output, plan, understand};
use serde_json::{Value, json};

use crate::conformance::{write_driver, write_workspace};
use crate::corpus::{self, crate_name, documents};
use crate::driver::program;
use crate::{Outcome, root};

/// Which documents.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    documents: corpus::Arguments,
    /// The documents are versions of one, in the order of their names.
    #[arg(long)]
    history: bool,
}

/// A program, and the client that it is compiled against.
struct Case {
    name: String,
    krate: String,
    calls: usize,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> Outcome {
    let paths = match documents(&arguments.documents) {
        Ok(paths) => paths,
        Err(error) => {
            eprintln!("error: {error}");
            return Outcome::BadInput;
        }
    };
    let workspace = root().join("target/compatibility");
    let mut cases = Vec::new();
    for (index, older) in paths.iter().enumerate() {
        let newer = match (arguments.history, paths.get(index + 1)) {
            (true, None) => break,
            (true, Some(next)) => Some(next),
            (false, _) => None,
        };
        match case(older, newer.map(PathBuf::as_path), &workspace) {
            Ok(case) => cases.push(case),
            Err(message) => println!("{}: left out: {message}", corpus::name(older)),
        }
    }
    let krates: Vec<&str> = cases.iter().map(|case| &*case.krate).collect();
    let found = write_workspace(&workspace, &krates).and_then(|()| check(&workspace));
    let found = match found {
        Ok(found) => found,
        Err(message) => {
            eprintln!("error: {message}");
            return Outcome::BadInput;
        }
    };
    let mut broken = 0;
    for case in &cases {
        let errors = found.get(&case.krate).map_or(&[][..], Vec::as_slice);
        println!(
            "{}: {} calls, {} errors",
            case.name,
            case.calls,
            errors.len()
        );
        for error in errors.iter().take(5) {
            println!("    {error}");
        }
        broken += usize::from(!errors.is_empty());
    }
    println!("\n{} programs, {broken} do not compile", cases.len());
    if broken == 0 {
        Outcome::Done
    } else {
        Outcome::Found
    }
}

/// Writes the client of the newer document, or of the older one with more in it, and the program of the
/// older one.
fn case(older: &Path, newer: Option<&Path>, workspace: &Path) -> Result<Case, String> {
    let read = |path| Source::read(path).map_err(|_| "it cannot be read".to_owned());
    let older_source = read(older)?;
    let name = corpus::name(older);
    let krate = crate_name(&name);
    let settings = Settings {
        name: krate.clone(),
        version: "0.1.0".to_owned(),
        ..Settings::default()
    };
    let newer_source = match newer {
        Some(newer) => read(newer)?,
        None => {
            let tree = parse(&older_source, &mut Diagnostics::default());
            let mut tree = tree.ok_or("it has errors")?;
            grow(&mut tree);
            Source::new(format!("{}.json", older_source.name), tree.to_string())
        }
    };
    let planned = |source: &Source| {
        let mut diagnostics = Diagnostics::default();
        let api = understand(source, &settings, &mut diagnostics).ok_or("it has errors")?;
        let plan = plan::plan(&api, &settings);
        Ok::<_, String>((api, plan))
    };
    let (_, plan) = planned(&newer_source)?;
    let files = emit::emit(&plan);
    let client = workspace.join(&krate);
    output::replace(&client, &files).map_err(|error| error.to_string())?;
    let (api, plan) = planned(&older_source)?;
    let mut diagnostics = Diagnostics::default();
    let tree = normalized(&older_source, &mut diagnostics).ok_or("it has errors")?;
    let (text, calls) = program(&krate, &api, &plan, &tree);
    write_driver(workspace, &krate, &text)?;
    Ok(Case {
        name,
        krate,
        calls: calls.iter().filter(|call| call.left_out.is_none()).count(),
    })
}

/// Adds what is optional wherever it can be: a property to each object, a value to each list of several,
/// a parameter to each operation, and an operation and a schema.
fn grow(tree: &mut Value) {
    grow_schemas(tree);
    let paths = tree.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flat_map(|paths| paths.values_mut());
    let operations = items.filter_map(Value::as_object_mut).flat_map(|item| {
        let methods = ["get", "put", "post", "delete", "patch", "head", "options"];
        item.iter_mut()
            .filter(move |(name, _)| methods.contains(&name.as_str()))
    });
    for (_, operation) in operations.filter(|(_, operation)| operation.is_object()) {
        let parameter =
            json!({ "name": "addedParameter", "in": "query", "schema": { "type": "string" } });
        if let Some(parameters) = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut)
        {
            parameters.push(parameter);
        } else {
            operation["parameters"] = json!([parameter]);
        }
    }
    let object = json!({ "type": "object", "properties": { "id": { "type": "string" } } });
    tree["paths"]["/added"] = json!({ "post": {
        "operationId": "addAdded",
        "requestBody": { "content": { "application/json": { "schema": object } } },
        "responses": { "200": { "description": "", "content": { "application/json": { "schema": object } } } }
    } });
}

fn grow_schemas(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                if !["example", "examples", "default", "enum", "const"].contains(&name.as_str()) {
                    grow_schemas(member);
                }
            }
            let is_object = members.get("type").is_some_and(|ty| ty == "object");
            let properties = members.get_mut("properties").and_then(Value::as_object_mut);
            if let Some(properties) = properties.filter(|of| is_object && !of.is_empty()) {
                let values = json!({ "type": "string", "enum": ["x", "y"] });
                let object = json!({ "type": "object", "properties": { "kind": values } });
                properties.insert("addedProperty".to_owned(), object);
            }
            let is_text = members.get("type").is_some_and(|ty| ty == "string");
            let values = members.get_mut("enum").and_then(Value::as_array_mut);
            if let Some(values) = values.filter(|values| is_text && values.len() > 1) {
                values.push(json!("added value"));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(grow_schemas),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The errors of each program, by the name of its client.
fn check(workspace: &Path) -> Result<BTreeMap<String, Vec<String>>, String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--workspace",
            "--keep-going",
            "--quiet",
            "--offline",
        ])
        .arg("--message-format=short")
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", root().join("target/conformance-target"))
        .output()
        .map_err(|error| error.to_string())?;
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        let (place, rest) = line.split_once('/').unwrap_or_default();
        let krate = place.strip_suffix("-drive").unwrap_or(place);
        if rest.contains(": error") {
            found
                .entry(krate.to_owned())
                .or_default()
                .push(line.to_owned());
        }
    }
    if !output.status.success() && found.is_empty() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(found)
}
