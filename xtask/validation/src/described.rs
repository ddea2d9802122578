//! Which words of a generated crate stand nowhere near what they describe? The document itself is
//! asked, not the generator's types.

use std::path::Path;

use butler_codegen::diagnostic::Diagnostics;
use butler_codegen::document::{Source, extension, normalized};
use butler_codegen::plan::{Docs, Model, Text, plan};
use butler_codegen::pointer::Pointer;
use butler_codegen::settings::Settings;
use butler_codegen::understand;
use serde_json::Value;

/// The fields of a document's types, and those whose documentation the document says elsewhere.
pub struct Described {
    pub fields: usize,
    pub foreign: Vec<String>,
}

/// Compares the documentation of every field with the document.
pub fn described(document: &Path) -> Option<Described> {
    let source = Source::read(document).ok()?;
    let mut diagnostics = Diagnostics::default();
    let tree = normalized(&source, &mut diagnostics)?;
    let settings = Settings::default();
    let api = understand(&source, &settings, &mut Diagnostics::default())?;
    let plan = plan(&api, &settings);
    let mut described = Described {
        fields: 0,
        foreign: Vec::new(),
    };
    for model in &plan.models {
        let Model::Struct(model) = model else {
            continue;
        };
        for field in &model.fields {
            described.fields += 1;
            let said = field.origin.pointer().map(|at| Said::at(&tree, at));
            let said = said.unwrap_or_default();
            if !said.says(&field.docs, &field.wire) {
                let (model, field) = (model.ident.as_str(), field.ident.as_str());
                described.foreign.push(format!("{model}::{field}"));
            }
        }
    }
    Some(described)
}

/// What the document says in a place, and where that leads to.
#[derive(Default)]
struct Said {
    texts: Vec<String>,
    values: Vec<String>,
}

impl Said {
    fn at(tree: &Value, at: &Pointer) -> Self {
        let mut said = Self::default();
        let mut waiting = vec![at.clone()];
        waiting.extend(Self::beside(tree, at));
        let mut known = Vec::new();
        while let Some((at, Value::Object(schema))) = waiting.pop().and_then(|at| at.follow(tree)) {
            if known.contains(&at) {
                continue;
            }
            for keyword in ["title", "description"] {
                said.texts.extend(schema.get(keyword).and_then(text));
            }
            let notes = schema.get(extension::NOTES).and_then(Value::as_array);
            said.texts
                .extend(notes.into_iter().flatten().filter_map(text));
            for keyword in ["default", "example"] {
                said.values
                    .extend(schema.get(keyword).map(Value::to_string));
            }
            let reference = schema.get("$ref").and_then(Value::as_str);
            let reference = reference.and_then(|reference| reference.strip_prefix('#'));
            waiting.extend(reference.and_then(Pointer::from_fragment));
            for keyword in ["allOf", "anyOf", "oneOf"] {
                let parts = schema.get(keyword).and_then(Value::as_array);
                let parts = 0..parts.map_or(0, Vec::len);
                waiting.extend(parts.map(|part| at.child(keyword).child(part.to_string())));
            }
            known.push(at);
        }
        said
    }

    /// The same property in what the schema includes, or is an alternative of.
    fn beside(tree: &Value, at: &Pointer) -> Vec<Pointer> {
        let tokens = at.tokens();
        let [within @ .., "properties", name] = &tokens[..] else {
            return Vec::new();
        };
        let mut whole = within;
        while let [outer @ .., "allOf" | "oneOf" | "anyOf", _] = whole {
            whole = outer;
        }
        let mut waiting: Vec<Pointer> = vec![whole.iter().copied().collect()];
        let (mut known, mut found) = (Vec::new(), Vec::new());
        while let Some((at, schema)) = waiting.pop().and_then(|at| at.follow(tree)) {
            if known.contains(&at) {
                continue;
            }
            let reference = schema["$ref"].as_str().and_then(|r| r.strip_prefix('#'));
            waiting.extend(reference.and_then(Pointer::from_fragment));
            let parts = 0..schema["allOf"].as_array().map_or(0, Vec::len);
            waiting.extend(parts.map(|part| at.child("allOf").child(part.to_string())));
            found.push(at.child("properties").child(*name));
            known.push(at);
        }
        found.retain(|at| at.find(tree).is_some());
        found
    }

    fn says(&self, docs: &Docs, wire: &str) -> bool {
        let texts = self.texts.iter();
        let texts = texts.flat_map(|text| [text.clone(), format!("{}.", text.trim())]);
        let mut texts: Vec<Text> = texts.map(|text| Text::markdown(text.trim())).collect();
        texts.push(Text::code(wire));
        // What the document requires and does not describe.
        texts.push(Text::own(UNDESCRIBED));
        let values: Vec<Text> = self.values.iter().map(|value| Text::code(value)).collect();
        docs.text.iter().all(|text| texts.contains(text))
            && docs.facts.iter().all(|fact| values.contains(&fact.value))
    }
}

/// The generator's own words about a property without a schema.
const UNDESCRIBED: &str = "The document requires it, and does not describe it.";

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
