//! The page about what is supported of the specification: each of its rows is true of a document.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use butler_codegen::document::Source;
use butler_codegen::settings::{self, Settings};
use butler_codegen::{Generated, generate};
use serde_json::Value;

/// Where the objects of the specification stand: as the value of a key, or (`/*`) within it.
const OBJECTS: [(&str, &[&str]); 28] = [
    ("OpenAPI", &[""]),
    ("Info", &["info"]),
    ("Contact", &["contact"]),
    ("License", &["license"]),
    ("Server", &["servers/*"]),
    ("Server Variable", &["variables/*"]),
    ("Components", &["components"]),
    ("Path Item", &["paths/*", "pathItems/*", "webhooks/*"]),
    (
        "Operation",
        &[
            "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
        ],
    ),
    ("External Documentation", &["externalDocs"]),
    ("Parameter", &["parameters/*"]),
    ("Request Body", &["requestBody", "requestBodies/*"]),
    ("Media Type", &["content/*", "mediaTypes/*"]),
    (
        "Encoding",
        &["encoding/*", "itemEncoding", "prefixEncoding/*"],
    ),
    ("Responses", &["responses"]),
    ("Response", &["responses/*"]),
    ("Callback", &["callbacks/*"]),
    ("Example", &["examples/*"]),
    ("Link", &["links/*"]),
    ("Header", &["headers/*"]),
    ("Tag", &["tags/*"]),
    ("Reference", &["schema", "responses/*", "parameters/*"]),
    (
        "Schema",
        &[
            "schema",
            "itemSchema",
            "schemas/*",
            "properties/*",
            "patternProperties/*",
            "items",
            "prefixItems/*",
            "additionalProperties",
            "allOf/*",
            "oneOf/*",
            "anyOf/*",
            "$defs/*",
            "not",
            "contentSchema",
        ],
    ),
    ("Discriminator", &["discriminator"]),
    ("XML", &["xml"]),
    ("Security Scheme", &["securitySchemes/*"]),
    ("OAuth Flows", &["flows"]),
    ("OAuth Flow", &["flows/*"]),
];

/// Whether an object of this kind stands here.
fn is_at(path: &[String], selector: &str) -> bool {
    match (selector.strip_suffix("/*"), path) {
        (Some(key), [.., parent, _]) => parent == key,
        (Some(_), _) => false,
        (None, [.., last]) => last == selector,
        (None, []) => selector.is_empty(),
    }
}

/// Takes a field out of all objects of a kind, and says whether there was any. Extensions may stand anywhere.
fn without(node: &mut Value, path: &mut Vec<String>, selectors: &[&str], field: &str) -> bool {
    let mut found = false;
    let is_any = field.starts_with("x-");
    if is_any || selectors.iter().any(|selector| is_at(path, selector)) {
        let object = node.as_object_mut();
        found |= object.is_some_and(|object| object.shift_remove(field).is_some());
    }
    let children: Vec<(String, &mut Value)> = match node {
        Value::Object(members) => members.iter_mut().map(|(k, v)| (k.clone(), v)).collect(),
        Value::Array(items) => items.iter_mut().map(|v| (String::new(), v)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    for (key, child) in children {
        path.push(key);
        found |= without(child, path, selectors, field);
        path.pop();
    }
    found
}

/// A document that rows name, and what comes of it.
struct Document {
    tree: Value,
    settings: Settings,
    files: Vec<String>,
    reported: BTreeSet<String>,
}

impl Document {
    fn read(path: &Path) -> Self {
        let tree = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let file = path.with_file_name("codegen.toml");
        let usual = Settings {
            name: "client".to_owned(),
            version: "0.1.0".to_owned(),
            ..Settings::default()
        };
        let mut settings = if file.exists() {
            settings::read(&file).unwrap().remove(0)
        } else {
            usual
        };
        settings.docs = true;
        let mut document = Self {
            tree,
            settings,
            files: Vec::new(),
            reported: BTreeSet::new(),
        };
        (document.files, document.reported) = document.outcome(&document.tree);
        assert!(!document.files.is_empty(), "{}", path.display());
        document
    }

    /// The files that are generated, none where the document has errors, and what is reported.
    fn outcome(&self, tree: &Value) -> (Vec<String>, BTreeSet<String>) {
        let source = Source::new("input.json".to_owned(), tree.to_string());
        let (files, found) = match generate(&source, &self.settings) {
            Ok(Generated {
                files, warnings, ..
            }) => (files, warnings),
            Err(errors) => (Vec::new(), errors),
        };
        let found = found.iter();
        let found = found.map(|d| format!("{} {}", d.code.as_str(), d.message));
        (
            files.into_iter().map(|file| file.text).collect(),
            found.collect(),
        )
    }

    /// What becomes of a field.
    fn followed(&self, object: &str, field: &str) -> &'static str {
        let found = OBJECTS.iter().find(|(name, _)| *name == object);
        let selectors = found.map_or(&[][..], |(_, selectors)| selectors);
        let mut tree = self.tree.clone();
        if !without(&mut tree, &mut Vec::new(), selectors, field) {
            return "not there";
        }
        let (files, reported) = self.outcome(&tree);
        let names_it = |message: &&String| message.contains(&format!("`{field}`"));
        let mut gone = self.reported.difference(&reported);
        if files != self.files {
            "yes"
        } else if gone.any(|message| names_it(&message)) {
            "reported"
        } else {
            "no"
        }
    }
}

/// The page's rows: object, fields, what is said of them, path of the document.
fn rows(page: &str) -> Vec<(String, Vec<String>, String, String)> {
    let mut rows = Vec::new();
    let mut object = String::new();
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.trim_end_matches(" Object").clone_into(&mut object);
        }
        let cells: Vec<&str> = line.split(" | ").collect();
        if let [fields, followed, _, document] = &cells[..]
            && fields.starts_with("| `")
        {
            let fields = fields.split('`').skip(1).step_by(2).map(str::to_owned);
            let path = document.split_once("](").unwrap().1;
            let path = path.trim_end_matches(") |").to_owned();
            rows.push((
                object.clone(),
                fields.collect(),
                (*followed).to_owned(),
                path,
            ));
        }
    }
    rows
}

#[test]
fn what_the_page_says_of_a_field_is_true_of_its_document() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let page = fs::read_to_string(docs.join("supported.md")).unwrap();
    let rows = rows(&page);
    assert!(rows.len() > 100, "{}", rows.len());
    let mut documents: BTreeMap<&str, Document> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (object, fields, said, path) in &rows {
        let document = documents
            .entry(path)
            .or_insert_with(|| Document::read(&docs.join(path)));
        for field in fields {
            let found = document.followed(object, field);
            if found != said {
                wrong.push(format!("{object}, `{field}` of {path}: {said} is {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
