//! Which values are valid? An implementation of JSON Schema that is not ours decides.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use butler_codegen::sample::{Values, resolve};

/// How many values are made of each schema, and how many of four optional properties are there.
const FULLNESS: [u64; 6] = [0, 4, 4, 2, 3, 1];

/// How many more are made where the schema accepts none of them.
const FURTHER: usize = 60;

/// Values that the schema at the place accepts, its examples among them.
pub fn made(tree: &Value, validators: &Validators, origin: &str, index: usize) -> Vec<Value> {
    let example = resolve(tree, origin).and_then(|schema| schema.get("example"));
    values(tree, validators, origin, index, |values| values, example)
}

/// The same for a parameter: text can stand in a line.
pub fn made_plain(tree: &Value, validators: &Validators, origin: &str, index: usize) -> Vec<Value> {
    let example = resolve(tree, origin).and_then(|schema| schema.get("example"));
    values(tree, validators, origin, index, Values::plain, example)
}

/// The same for a body that a client sends. Examples often show what the server responds.
pub fn made_sent(tree: &Value, validators: &Validators, origin: &str, index: usize) -> Vec<Value> {
    values(tree, validators, origin, index, Values::sent, None)
}

fn values<'a>(
    tree: &'a Value,
    validators: &Validators,
    origin: &str,
    index: usize,
    chosen: fn(Values<'a>) -> Values<'a>,
    example: Option<&Value>,
) -> Vec<Value> {
    let Some(schema) = resolve(tree, origin) else {
        return Vec::new();
    };
    let Some(validator) = validators.validator(origin) else {
        return Vec::new();
    };
    let seed = u64::try_from(index).unwrap_or_default() * 31;
    let made = |(number, optional)| {
        chosen(Values::new(tree, seed + number + 1, optional)).value(schema, 0)
    };
    let is_good = |value: &Value| validator.is_valid(value) && !value.is_null();
    let mut values: Vec<Value> = (0..).zip(FULLNESS).filter_map(made).collect();
    values.extend(example.cloned());
    values.retain(is_good);
    if values.is_empty() {
        let first = u64::try_from(FULLNESS.len()).unwrap_or_default();
        let more = (first..).map(|number| made((number, number % 2)));
        values.extend(more.take(FURTHER).flatten().find(is_good));
    }
    values.dedup();
    values
}

/// An implementation of JSON Schema that is not ours.
pub struct Validators {
    registry: jsonschema::Registry<'static>,
}

const ADDRESS: &str = "urn:document";

impl Validators {
    pub fn new(tree: &Value) -> std::result::Result<Self, String> {
        let mut tree = tree.clone();
        plain(&mut tree);
        let resource = jsonschema::Draft::Draft4.create_resource(tree);
        let registry = jsonschema::Registry::new()
            .draft(jsonschema::Draft::Draft4)
            .add(ADDRESS, resource)
            .and_then(jsonschema::RegistryBuilder::prepare)
            .map_err(|error| error.to_string())?;
        Ok(Self { registry })
    }

    pub fn validator(&self, origin: &str) -> Option<jsonschema::Validator> {
        let pointer = origin.strip_prefix('#').unwrap_or(origin);
        let fragment = escaped(&pointer.replace('%', "%25"));
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft4)
            .with_registry(&self.registry)
            .should_validate_formats(false)
            .build(&json!({ "$ref": format!("{ADDRESS}#{fragment}") }))
            .ok()
    }
}

/// What may stand in a fragment as it is here; what is encoded already stays so.
const NOT_IN_FRAGMENTS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'~')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'%');

/// A fragment with what may not stand in one escaped (RFC 3986, section 3.5).
fn escaped(fragment: &str) -> String {
    utf8_percent_encode(fragment, NOT_IN_FRAGMENTS).to_string()
}

/// `nullable` in words that JSON Schema has, and references as it wants them.
fn plain(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(plain),
        Value::Object(properties) => {
            properties.values_mut().for_each(plain);
            if let Some(Value::String(reference)) = properties.get_mut("$ref")
                && let Some(fragment) = reference.strip_prefix('#')
            {
                *reference = format!("#{}", escaped(fragment));
            }
            if properties.get("nullable") == Some(&Value::Bool(true)) {
                properties.remove("nullable");
                let schema = Value::Object(std::mem::take(properties));
                *value = json!({ "anyOf": [schema, { "type": "null" }] });
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
