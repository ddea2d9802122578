//! References: every one leads somewhere, and all lead to components.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::extension::ANYTHING;
use crate::diagnostic::{Code, Diagnostics};
use crate::document::MovedSchemas;
use crate::document::bundle::FILES;
use crate::document::copies::Copies;
use crate::document::grammar::Kind;
use crate::document::walk::{Path, walk};
use crate::pointer::Pointer;

/// Checks all references, and gives targets outside the components a component of their own.
/// Returns the names of the schemas among them.
pub fn resolve(
    tree: &mut Value,
    copies: &mut Copies,
    diagnostics: &mut Diagnostics,
) -> MovedSchemas {
    let names = schema_names(tree, diagnostics);
    let owners = owners(tree);
    let original = tree.clone();
    let known = Known {
        names: &names,
        owners: &owners,
        original: &original,
    };
    let mut moved = IndexMap::new();
    check(
        tree,
        (Kind::OpenApi, &Path::ROOT),
        &known,
        &mut moved,
        diagnostics,
    );
    // A target that is copied may hold references of its own.
    let mut checked = 0;
    while let Some((place, (kind, name))) = moved.get_index(checked) {
        let (place, kind, name) = (place.clone(), *kind, name.clone());
        checked += 1;
        let (Some(target), Some(section)) = (place.find(&original), kind.section()) else {
            continue;
        };
        if !copies.allow(target, &place, diagnostics) {
            break;
        }
        let components = Path::ROOT.child("components");
        let within = components.child(section);
        let path = within.child(&name);
        diagnostics.moved(&path.pointer(), place);
        let mut target = target.clone();
        check(&mut target, (kind, &path), &known, &mut moved, diagnostics);
        let Value::Object(root) = &mut *tree else {
            break;
        };
        if let Some(section) = member(root, "components").and_then(|c| member(c, section)) {
            section.insert(name, target);
        }
    }
    mappings(tree, &known, &moved, diagnostics);
    let schemas = moved
        .into_iter()
        .filter(|(place, (kind, _))| *kind == Kind::Schema && !owners.contains_key(place));
    let schemas = schemas.map(|(place, (_, name))| (name, own_name(&place)));
    schemas.collect()
}

/// What is known of a document before its references are followed.
struct Known<'a> {
    names: &'a SchemaNames,
    owners: &'a Owners,
    original: &'a Value,
}

/// The components that are nothing but a reference to what is no component: each is what the
/// reference leads to, by the place of that.
type Owners = HashMap<Pointer, (String, String)>;

fn owners(tree: &Value) -> Owners {
    let mut owners = Owners::new();
    let sections = tree["components"].as_object().into_iter().flatten();
    let components = sections.flat_map(|(section, components)| {
        let components = components.as_object().into_iter().flatten();
        components.map(move |(name, component)| (section, name, component))
    });
    for (section, name, component) in components {
        let members = component.as_object().filter(|members| members.len() == 1);
        let reference = members.and_then(|members| members.get("$ref")?.as_str());
        let pointer = reference
            .and_then(|reference| Pointer::from_fragment(reference.strip_prefix('#')?))
            .and_then(|pointer| Some(pointer.follow(tree)?.0));
        let Some(pointer) = pointer.filter(|p| p.tokens().first() != Some(&"components")) else {
            continue;
        };
        let owner = || (section.clone(), name.clone());
        owners.entry(pointer).or_insert_with(owner);
    }
    owners
}

/// The name that a schema has where it is written: its key, or that of its file.
fn own_name(place: &Pointer) -> Option<String> {
    match place.tokens()[..] {
        [FILES, path] => {
            let file = path.rsplit('/').next().unwrap_or(path);
            Some(file.split('.').next().unwrap_or(file).to_owned())
        }
        [FILES, .., name] | [.., "schemas" | "definitions" | "$defs", name] => {
            Some(name.to_owned())
        }
        [..] => None,
    }
}

/// A target outside the components: its kind, and the name its component gets.
type Moved = IndexMap<Pointer, (Kind, String)>;

/// The names that schemas give themselves: `$anchor` behind `#`, and `$id` ("Schema
/// Identification", JSON Schema 2020-12).
type SchemaNames = HashMap<String, Pointer>;

/// Collects them. A reference that is resolved by who asks becomes a plain one.
fn schema_names(tree: &mut Value, diagnostics: &mut Diagnostics) -> SchemaNames {
    let mut names = HashMap::new();
    let mut visit = |kind, value: &mut Value, path: &Path<'_>| {
        let (Kind::Schema, Value::Object(schema)) = (kind, value) else {
            return;
        };
        for (keyword, before) in [("$anchor", "#"), ("$dynamicAnchor", "#"), ("$id", "")] {
            if let Some(name) = schema.get(keyword).and_then(Value::as_str) {
                let place = || path.pointer();
                names.entry(format!("{before}{name}")).or_insert_with(place);
            }
        }
        if let Some(reference) = schema.shift_remove("$dynamicRef") {
            let at = path.pointer().child("$dynamicRef");
            let message = "`$dynamicRef` leads to its own anchor where no component binds another";
            let help = "bind the anchor in the component that includes this one";
            diagnostics.warning(Code::Unused, &at, message, help);
            schema.entry("$ref").or_insert(reference);
        }
    };
    walk(tree, Kind::OpenApi, &Path::ROOT, &mut visit);
    names
}

/// Lets each reference of a value lead to a component, and notes those that are still to be made.
fn check(
    value: &mut Value,
    (kind, path): (Kind, &Path<'_>),
    known: &Known<'_>,
    moved: &mut Moved,
    diagnostics: &mut Diagnostics,
) {
    let Known {
        names,
        owners,
        original,
    } = known;
    walk(value, kind, path, &mut |kind, value, path| {
        let (Value::Object(members), Some(section)) = (value, kind.section()) else {
            return;
        };
        let Some(Value::String(reference)) = members.get_mut("$ref") else {
            return;
        };
        match target(original, names, reference, section, path, diagnostics) {
            Target::Component(name) => *reference = to_component(section, &name),
            Target::Elsewhere(pointer) => {
                let owner = owners.get(&pointer);
                let owner = owner.filter(|(of, _)| of == section).map(|(_, name)| name);
                let (_, name) = moved.entry(pointer.clone()).or_insert_with(|| {
                    let place = || pointer.tokens().join(" ");
                    (kind, owner.cloned().unwrap_or_else(place))
                });
                *reference = to_component(section, name);
            }
            Target::Nowhere => {
                if let Value::Object(neutral) = neutral(kind) {
                    *members = neutral;
                }
            }
        }
    });
}

/// Lets each reference of a mapping lead to a component, when all are known.
fn mappings(tree: &mut Value, known: &Known<'_>, moved: &Moved, diagnostics: &mut Diagnostics) {
    walk(tree, Kind::OpenApi, &Path::ROOT, &mut |_, value, path| {
        if let Value::Object(members) = value {
            let discriminator = members.get_mut("discriminator");
            let mapping = discriminator.and_then(|d| d.get_mut("mapping"));
            for (value, target) in mapping.and_then(Value::as_object_mut).into_iter().flatten() {
                let at = path
                    .pointer()
                    .child("discriminator")
                    .child("mapping")
                    .child(value);
                mapped(known, (target, &at), moved, diagnostics);
            }
        }
    });
}

/// A reference of a mapping leads to the component that the schema has now. What is no reference is
/// the name of one.
fn mapped(
    known: &Known<'_>,
    (target, at): (&mut Value, &Pointer),
    moved: &Moved,
    diagnostics: &mut Diagnostics,
) {
    let Value::String(reference) = target else {
        return;
    };
    let Some((base, fragment)) = reference.split_once('#') else {
        return;
    };
    let base = known
        .names
        .get(base)
        .cloned()
        .or(base.is_empty().then(Pointer::root));
    let by_name = known.names.get(&format!("#{fragment}")).cloned();
    let pointer = by_name.or_else(|| Some(base?.join(&Pointer::from_fragment(fragment)?)));
    match pointer
        .as_ref()
        .and_then(|pointer| pointer.follow(known.original))
    {
        Some((pointer, _)) => {
            if let Some((_, name)) = moved.get(&pointer) {
                *reference = to_component("schemas", name);
            }
        }
        None => {
            let message = format!(
                "`{}` does not exist; the value leads nowhere",
                as_written(reference)
            );
            let help = "name a schema of the document, or correct the reference";
            diagnostics.violation(Code::UnresolvedReference, at, message, help);
        }
    }
}

fn to_component(section: &str, name: &str) -> String {
    let place = Pointer::root().child("components").child(section);
    place.child(name).to_string()
}

enum Target {
    Component(String),
    Elsewhere(Pointer),
    Nowhere,
}

fn target(
    tree: &Value,
    names: &SchemaNames,
    reference: &str,
    section: &str,
    path: &Path<'_>,
    diagnostics: &mut Diagnostics,
) -> Target {
    let mut fail = |message: String, help: &str, passed: Vec<(Pointer, String)>| {
        let at = path.child("$ref").pointer();
        let message = format!("{message}; {}", substitute(section));
        let leads = |reference: String| format!("the way leads over `{}`", as_written(&reference));
        let way = passed
            .into_iter()
            .map(|(at, reference)| (at, leads(reference)));
        let way = way.collect();
        diagnostics.violation_along(Code::UnresolvedReference, &at, message, help, way);
        Target::Nowhere
    };
    let (base, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let Some(base) = names
        .get(base)
        .cloned()
        .or(base.is_empty().then(Pointer::root))
    else {
        let message = format!("`{reference}` leads out of the document");
        let help = "put the file into the folder of the document, or bundle it into one file";
        return fail(message, help, Vec::new());
    };
    let by_name = names.get(&format!("#{fragment}")).cloned();
    let pointer = by_name.or_else(|| Some(base.join(&Pointer::from_fragment(fragment)?)));
    let Some(pointer) = pointer else {
        let message = format!("`{reference}` is not a JSON pointer");
        let help = "write a reference like `#/components/schemas/Pet`";
        return fail(message, help, Vec::new());
    };
    let Some((pointer, _)) = pointer.follow(tree) else {
        let help = match nearest(tree, &pointer) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "add what the reference names, or correct it".to_owned(),
        };
        let message = format!("`{}` does not exist", as_written(reference));
        return fail(message, &help, pointer.references(tree));
    };
    match pointer.tokens()[..] {
        ["components", kind, name] if kind == section => Target::Component(name.to_owned()),
        [..] => Target::Elsewhere(pointer),
    }
}

/// A reference as its author has written it: into another file, where that has been brought in.
fn as_written(reference: &str) -> String {
    let within = reference.strip_prefix(&format!("#/{FILES}/"));
    match within.map(|within| within.split_once('/').unwrap_or((within, ""))) {
        Some((file, "")) => file.replace("~1", "/"),
        Some((file, place)) => format!("{}#/{place}", file.replace("~1", "/")),
        None => reference.to_owned(),
    }
}

/// An object that says nothing, in place of one that does not exist; nothing where the reference
/// is better left out.
fn neutral(kind: Kind) -> Value {
    match kind {
        Kind::Response => json!({ "description": "" }),
        Kind::RequestBody => json!({ "content": {} }),
        Kind::Parameter => Value::Null,
        Kind::Schema => json!({ ANYTHING: true }),
        Kind::OpenApi
        | Kind::Info
        | Kind::Contact
        | Kind::License
        | Kind::Server
        | Kind::ServerVariable
        | Kind::Components
        | Kind::PathItem
        | Kind::Operation
        | Kind::Header
        | Kind::MediaType
        | Kind::Encoding
        | Kind::Example
        | Kind::Tag
        | Kind::SecurityScheme
        | Kind::Discriminator => json!({}),
    }
}

/// What takes the place of what does not exist.
fn substitute(section: &str) -> &'static str {
    match section {
        "schemas" => "any JSON value takes its place",
        "responses" => "a response without a body takes its place",
        "parameters" => "the parameter is left out",
        "requestBodies" => "no body is sent",
        _ => "it is left out",
    }
}

/// What is most like what does not exist: a neighbour, or a component of the same name.
fn nearest(tree: &Value, pointer: &Pointer) -> Option<String> {
    let wanted = pointer.tokens().pop()?;
    let neighbours = pointer.above().and_then(|above| above.find(tree));
    if let Some(Value::Object(members)) = neighbours {
        let names = members.keys().map(|name| (similarity(name, wanted), name));
        let names = names.filter(|(similarity, _)| *similarity > 0.6);
        let nearest = names.max_by(|(a, _), (b, _)| a.total_cmp(b));
        return nearest.map(|(_, name)| name.clone());
    }
    let sections = tree["components"].as_object().into_iter().flatten();
    let mut sections = sections.filter(|(_, components)| components.get(wanted).is_some());
    let (section, _) = sections.next()?;
    Some(to_component(section, wanted))
}

fn similarity(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b)
}

fn member<'a>(
    object: &'a mut Map<String, Value>,
    name: &str,
) -> Option<&'a mut Map<String, Value>> {
    object
        .entry(name)
        .or_insert_with(|| Value::Object(Map::new()))
        .as_object_mut()
}
