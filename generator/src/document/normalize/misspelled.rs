//! Fields that the specification does not have, and that are spelled like one that it has.

use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostics};
use crate::document::grammar::Kind;
use crate::document::walk::{Path, walk};

/// Fields of JSON Schema and of other versions, which are spelled like others by chance.
const OTHERS: [&str; 3] = ["examples", "definitions", "contains"];

/// Leaves them out.
pub fn leave_out(tree: &mut Value, diagnostics: &mut Diagnostics) {
    walk(
        tree,
        Kind::OpenApi,
        &Path::ROOT,
        &mut |kind, value, path| {
            let Value::Object(members) = value else {
                return;
            };
            for (name, meant) in misspelled(members, kind) {
                let message = format!("`{name}` is no field of this object; it is left out");
                let help = format!("did you mean `{meant}`?");
                let at = path.child(&name).pointer();
                diagnostics.violation(Code::UnknownField, &at, message, help);
                members.shift_remove(&name);
            }
        },
    );
}

/// The fields that nothing knows, each with the one that is missing and that is spelled like it.
fn misspelled(members: &Map<String, Value>, kind: Kind) -> Vec<(String, &'static str)> {
    let unknown = members.keys().filter(|name| {
        kind.field(name).is_none() && !name.starts_with("x-") && !OTHERS.contains(&name.as_str())
    });
    let pairs = unknown.filter_map(|name| {
        let most = if name.len() < 6 { 1 } else { 2 };
        let missing = kind.fields().iter().map(|(field, _)| *field);
        let missing = missing.filter(|field| field.len() > 2 && !members.contains_key(*field));
        let rated = missing.map(|field| (strsim::damerau_levenshtein(name, field), field));
        let (distance, field) = rated.min_by_key(|(distance, _)| *distance)?;
        (distance <= most).then(|| (name.clone(), field))
    });
    pairs.collect()
}
