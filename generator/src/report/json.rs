//! Findings as JSON.

use serde_json::{Map, Value, json};

use super::files::Spot;
use super::{Found, each, word};

/// Writes all findings as one array.
pub(super) fn render(found: &[Found]) -> String {
    let mut list = Vec::new();
    each(found, |finding| {
        let diagnostic = finding.diagnostic;
        let mut object = Map::new();
        object.insert("severity".into(), word(diagnostic.severity).into());
        object.insert("code".into(), diagnostic.code.as_str().into());
        object.insert("message".into(), (*diagnostic.message).into());
        object.insert("help".into(), (*diagnostic.help).into());
        place(&finding.spot, &mut object);
        let related = finding.way.iter().map(|(spot, leads)| {
            let mut object = Map::new();
            object.insert("message".into(), (*leads).into());
            place(spot, &mut object);
            Value::Object(object)
        });
        object.insert("related".into(), related.collect());
        list.push(Value::Object(object));
    });
    format!("{:#}\n", json!(list))
}

/// The members that say where something is: lines and columns are from one, columns in characters.
fn place(spot: &Spot<'_>, object: &mut Map<String, Value>) {
    object.insert("file".into(), (*spot.source.name).into());
    if let Some((line, column)) = spot.position {
        object.insert("line".into(), line.into());
        object.insert("column".into(), column.into());
    }
    if let Some(pointer) = &spot.pointer {
        object.insert("pointer".into(), pointer.to_string().into());
    }
}
