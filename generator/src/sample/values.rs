//! Values by the rules of a schema in the vocabulary of 3.0.

use serde_json::{Map, Value, json};

use super::pattern;
use crate::document::extension;
use crate::pointer::Pointer;

/// The value of what nothing describes.
const ANYTHING: &str = "anything";

/// How deep a value may be.
const DEEPEST: usize = 8;

/// Makes values; the same seed makes the same ones.
pub struct Values<'a> {
    document: &'a Value,
    seed: u64,
    /// Out of four optional members, how many are there.
    optional: u64,
    /// Whether members that only a server sends are left out.
    is_sent: bool,
    /// Whether text is short and can stand in a line.
    is_plain: bool,
}

impl<'a> Values<'a> {
    /// Makes values of schemas of this document; out of four optional members, `optional` are there.
    pub fn new(document: &'a Value, seed: u64, optional: u64) -> Self {
        Self {
            document,
            seed: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
            optional,
            is_plain: false,
            is_sent: false,
        }
    }

    /// The same for a request.
    pub fn sent(self) -> Self {
        Self {
            is_sent: true,
            ..self
        }
    }

    /// The same with text that can stand in a header.
    pub fn plain(self) -> Self {
        Self {
            is_plain: true,
            ..self
        }
    }

    fn next(&mut self, below: u64) -> u64 {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        self.seed % below.max(1)
    }

    fn pick<'v, T>(&mut self, items: &'v [T]) -> Option<&'v T> {
        let length = u64::try_from(items.len()).ok()?;
        items.get(usize::try_from(self.next(length)).ok()?)
    }

    /// A value of the schema; `None` where none is found.
    pub fn value(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let target = resolve(self.document, reference)?;
            return self.value(target, depth + 1);
        }
        if schema["nullable"] == true && self.next(6) == 0 {
            return Some(Value::Null);
        }
        if let Some(values) = schema["enum"].as_array() {
            return self.pick(values).cloned();
        }
        let schema = &self.with_required(schema);
        let mut whole = if is_described(schema) {
            Some(self.own(schema, depth)?)
        } else {
            None
        };
        let parts = schema["allOf"].as_array().into_iter().flatten();
        for part in parts.filter(|part| !is_empty(part)) {
            whole = Some(merged(whole, self.value(part, depth + 1)?));
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(choices) = schema[keyword].as_array() {
                let choice = self.pick(choices)?.clone();
                if is_empty(&choice) && whole.is_some() {
                    continue;
                }
                let mut value = self.value(&choice, depth + 1)?;
                tag(&schema["discriminator"], &choice, &mut value);
                whole = Some(merged(whole, value));
            }
        }
        whole.or_else(|| Some(json!(ANYTHING)))
    }

    /// The schema, and what one of its choices that describe nothing else requires.
    fn with_required(&mut self, schema: &Value) -> Value {
        let mut schema = schema.clone();
        for keyword in ["oneOf", "anyOf"] {
            let choices = schema[keyword].as_array().into_iter().flatten();
            let choices: Vec<Value> = choices
                .filter(|choice| is_empty(choice))
                .filter_map(|choice| choice["required"].as_array())
                .map(|names| Value::Array(names.clone()))
                .collect();
            let chosen = self.pick(&choices);
            let more = chosen.and_then(Value::as_array).into_iter().flatten();
            let own = schema["required"].as_array().into_iter().flatten();
            let required: Vec<Value> = own.chain(more).cloned().collect();
            if chosen.is_some() {
                schema["required"] = Value::Array(required);
            }
        }
        schema
    }

    fn own(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        match schema["type"].as_str() {
            Some("string") => Some(self.text(schema)),
            Some("integer") => Some(self.integer(schema)),
            Some("number") => Some(self.number(schema)),
            Some("boolean") => Some(Value::Bool(self.next(2) == 0)),
            Some("array") => self.array(schema, depth),
            Some("object") => self.object(schema, depth),
            _ if schema["properties"].is_object() => self.object(schema, depth),
            _ if schema["additionalProperties"].is_object() => self.object(schema, depth),
            _ if schema["items"].is_object() => self.array(schema, depth),
            _ => None,
        }
    }

    fn text(&mut self, schema: &Value) -> Value {
        let number = self.next(1000);
        let text = match schema["format"].as_str() {
            Some("date-time") => format!("2024-05-{:02}T10:00:00Z", 1 + number % 28),
            Some("date") => format!("2024-05-{:02}", 1 + number % 28),
            Some("uuid") => format!("00000000-0000-4000-8000-{number:012}"),
            Some("email") => format!("a{number}@example.com"),
            Some("uri" | "url") => format!("https://example.com/{number}"),
            Some("hostname") => format!("host{number}.example.com"),
            Some("ipv6") => format!("2001:db8::{number}"),
            Some("time") => "10:00:00Z".to_owned(),
            Some("duration") => format!("P{number}D"),
            Some("byte") => "YQ==".to_owned(),
            Some("ipv4") => format!("192.0.2.{}", number % 250),
            _ if self.is_plain => format!("text{number}"),
            _ => format!("text {number} \"é\"\n"),
        };
        let longest = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
        let longest = usize::try_from(longest).unwrap_or(usize::MAX);
        let shortest = schema["minLength"].as_u64().unwrap_or_default();
        let shortest = usize::try_from(shortest).unwrap_or_default().min(10_000);
        if let Some(pattern) = schema["pattern"].as_str()
            && let Some(text) = pattern::text(pattern, self.next(u64::MAX), shortest, longest)
        {
            return Value::String(text);
        }
        let mut text: String = text.chars().take(longest).collect();
        while text.chars().count() < shortest {
            text.push('x');
        }
        Value::String(text)
    }

    fn integer(&mut self, schema: &Value) -> Value {
        let least = schema["minimum"].as_f64().unwrap_or(0.0);
        let offset = self.next(50);
        let small = u32::try_from(offset).unwrap_or_default();
        let step = schema["multipleOf"].as_f64().unwrap_or(1.0).max(1.0);
        let first = (least / step).ceil() * step;
        let mut value = first + f64::from(small) * step;
        if let Some(most) = schema["maximum"].as_f64()
            && value > most
        {
            value = first
                + if schema["exclusiveMinimum"] == true {
                    step
                } else {
                    0.0
                };
        }
        let whole = format!("{value:.0}");
        match (whole.parse::<i64>(), whole.parse::<u64>()) {
            (Ok(value), _) => json!(value),
            (_, Ok(value)) => json!(value),
            (Err(_), Err(_)) => json!(1),
        }
    }

    fn number(&mut self, schema: &Value) -> Value {
        if matches!(schema["format"].as_str(), Some("int32" | "int64")) {
            return self.integer(schema);
        }
        let least = schema["minimum"].as_f64().unwrap_or(0.0);
        let part = f64::from(u32::try_from(self.next(8)).unwrap_or_default()) / 8.0;
        let step = schema["multipleOf"].as_f64();
        let mut value = match step {
            Some(step) => (least / step).ceil() * step,
            None => least + part,
        };
        if schema["maximum"].as_f64().is_some_and(|most| value > most) {
            value = least;
        }
        json!(value)
    }

    fn array(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        if let Some(required) = schema[extension::TUPLE].as_u64() {
            return self.tuple(schema, required, depth);
        }
        let least = schema["minItems"].as_u64().unwrap_or_default();
        let most = schema["maxItems"].as_u64().unwrap_or(u64::MAX);
        // An array without items cannot be written in a form or a query.
        let least = if self.is_sent || self.is_plain {
            least.max(1)
        } else {
            least
        };
        let wanted = (least + self.next(3)).min(most).min(least.max(8));
        let mut items = Vec::new();
        for _ in 0..wanted {
            match self.value(&schema["items"], depth + 1) {
                Some(item) => items.push(item),
                None if least == 0 => break,
                None => return None,
            }
        }
        Some(Value::Array(items))
    }

    fn tuple(&mut self, schema: &Value, required: u64, depth: usize) -> Option<Value> {
        let places = schema["items"]["anyOf"].as_array()?;
        let all = places.len() as u64;
        // The last one is that of the items that may follow.
        let wanted = if required == all {
            all
        } else {
            required.max(1) + self.next(all - required + 2)
        };
        let items = (0..wanted).map(|index| {
            let place = usize::try_from(index).ok()?;
            let place = places.get(place).or(places.last())?;
            self.value(place, depth + 1)
        });
        items.collect::<Option<_>>().map(Value::Array)
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        let required = schema["required"].as_array();
        let is_required = |name: &str| {
            required.is_some_and(|required| required.iter().any(|r| r.as_str() == Some(name)))
        };
        let mut members = Map::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let target = property["$ref"].as_str();
            let target = target.and_then(|reference| resolve(self.document, reference));
            if self.is_sent && target.unwrap_or(property)["readOnly"] == true {
                continue;
            }
            let wanted = is_required(name);
            if !wanted && self.next(4) >= self.optional {
                continue;
            }
            match self.value(property, depth + 1) {
                Some(value) => {
                    members.insert(name.clone(), value);
                }
                None if wanted => return None,
                None => {}
            }
        }
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if schema["properties"].get(name).is_none() {
                members.insert(name.to_owned(), json!(ANYTHING));
            }
        }
        let rest = &schema["additionalProperties"];
        let open = rest.is_object() && rest["not"].is_null() && self.optional > 1;
        if open && let Some(value) = self.value(rest, depth + 1) {
            members.insert(format!("more {}", self.next(9)), value);
        }
        Some(Value::Object(members))
    }
}

/// Whether a schema says itself what values look like.
fn is_described(schema: &Value) -> bool {
    let keywords = ["properties", "additionalProperties", "items"];
    schema["type"].is_string() || keywords.iter().any(|keyword| schema[*keyword].is_object())
}

/// Whether a schema says anything about values.
fn is_empty(schema: &Value) -> bool {
    let keywords = ["$ref", "enum", "allOf", "oneOf", "anyOf"];
    !is_described(schema) && keywords.iter().all(|keyword| schema[*keyword].is_null())
}

/// Finds what a reference leads to.
pub fn resolve<'a>(document: &'a Value, reference: &str) -> Option<&'a Value> {
    let fragment = reference.strip_prefix('#')?;
    Pointer::from_fragment(fragment)?.find(document)
}

fn merged(whole: Option<Value>, part: Value) -> Value {
    match (whole, part) {
        (Some(Value::Object(mut whole)), Value::Object(part)) => {
            // What a part only requires, another one may describe.
            let known = part.into_iter();
            let known =
                known.filter(|(name, value)| value != ANYTHING || !whole.contains_key(name));
            let known: Vec<_> = known.collect();
            whole.extend(known);
            Value::Object(whole)
        }
        (_, part) => part,
    }
}

/// Sets the tag of a chosen variant ("Discriminator Object").
fn tag(discriminator: &Value, choice: &Value, value: &mut Value) {
    let (Some(property), Some(reference)) = (
        discriminator["propertyName"].as_str(),
        choice["$ref"].as_str(),
    ) else {
        return;
    };
    let name = reference.rsplit('/').next().unwrap_or_default();
    let mapped = discriminator["mapping"].as_object().into_iter().flatten();
    let mut mapped = mapped.filter(|(_, target)| {
        target
            .as_str()
            .is_some_and(|t| t.rsplit('/').next() == Some(name))
    });
    let text = mapped.next().map_or(name, |(value, _)| value.as_str());
    if let Value::Object(members) = value {
        members.insert(property.to_owned(), Value::String(text.to_owned()));
    }
}
