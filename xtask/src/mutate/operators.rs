//! What is done to a document: each operator does one thing that people, programs or attackers do.

use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use serde_json::{Map, Value, json};

use super::texts::TEXTS;

/// Changes a tree in one place.
type Operator = fn(&mut StdRng, &mut Value);

const OPERATORS: [Operator; 12] = [
    remove,
    repeat,
    retype,
    hostile_text,
    hostile_key,
    rename,
    refer,
    graft,
    extreme,
    wrap,
    nest,
    swap,
];

/// Changes a tree in up to three places.
pub fn change(random: &mut StdRng, tree: &mut Value) {
    for _ in 0..random.random_range(1..=3) {
        if let Some(operator) = OPERATORS.choose(random) {
            operator(random, tree);
        }
    }
}

/// Changes a text in up to four places.
pub fn garble(random: &mut StdRng, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..random.random_range(1..=4) {
        if chars.is_empty() {
            break;
        }
        let at = random.random_range(0..chars.len());
        let end = (at + random.random_range(1..=20)).min(chars.len());
        match random.random_range(0..6) {
            0 => drop(chars.drain(at..end)),
            1 => chars.insert(at, *SIGNS.choose(random).unwrap_or(&'"')),
            2 => chars.truncate(at),
            3 => {
                let part = chars[at..end].to_vec();
                chars.splice(at..at, part);
            }
            4 => {
                let other = random.random_range(0..chars.len());
                chars.swap(at, other);
            }
            _ => {
                let (_, text) = TEXTS.choose(random).unwrap_or(&TEXTS[0]);
                chars.splice(at..at, text.chars());
            }
        }
    }
    chars.into_iter().collect()
}

/// Signs that mean something to a parser.
const SIGNS: [char; 28] = [
    '"', '\'', '{', '}', '[', ']', ':', ',', '&', '*', '!', '|', '>', '%', '@', '`', '#', '-', '?',
    '~', '\t', '\0', '\u{feff}', '\u{202e}', '\u{85}', '\\', ' ', '\n',
];

/// Words that stand for something in a document.
const WORDS: [&str; 36] = [
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "items",
    "prefixItems",
    "properties",
    "required",
    "type",
    "enum",
    "const",
    "default",
    "example",
    "format",
    "nullable",
    "discriminator",
    "additionalProperties",
    "pattern",
    "minimum",
    "get",
    "parameters",
    "responses",
    "content",
    "schema",
    "schemas",
    "components",
    "in",
    "name",
    "description",
    "operationId",
    "tags",
    "servers",
    "200",
    "default",
    "x-rust-name",
];

/// One of the places below a value, the value itself among them.
fn somewhere<'a>(random: &mut StdRng, tree: &'a mut Value) -> &'a mut Value {
    let count = size(tree);
    let index = random.random_range(0..count);
    nth(tree, index)
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// The value of this index, in the order of the text.
fn nth(value: &mut Value, mut index: usize) -> &mut Value {
    if index == 0 {
        return value;
    }
    index -= 1;
    let below: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    for item in below {
        let count = size(item);
        if index < count {
            return nth(item, index);
        }
        index -= count;
    }
    unreachable!("the index is less than the size")
}

/// One of the objects that have members.
fn object<'a>(random: &mut StdRng, tree: &'a mut Value) -> Option<&'a mut Map<String, Value>> {
    const TRIES: usize = 30;
    let count = size(tree);
    let index = (0..TRIES).map(|_| random.random_range(0..count));
    let index = index.into_iter().find(|index| {
        let members = nth(tree, *index).as_object();
        members.is_some_and(|members| !members.is_empty())
    })?;
    nth(tree, index).as_object_mut()
}

fn key(random: &mut StdRng, members: &Map<String, Value>) -> String {
    let keys: Vec<&String> = members.keys().collect();
    keys.choose(random)
        .map_or_else(String::new, |key| (*key).clone())
}

fn remove(random: &mut StdRng, tree: &mut Value) {
    if let Some(members) = object(random, tree) {
        let key = key(random, members);
        members.shift_remove(&key);
    }
}

fn repeat(random: &mut StdRng, tree: &mut Value) {
    let count = random.random_range(1..40);
    match somewhere(random, tree) {
        Value::Array(items) => {
            let again = items.first().cloned();
            items.extend(again.into_iter().cycle().take(count));
        }
        Value::Object(members) => {
            let first = members.iter().next();
            let Some((key, value)) = first.map(|(key, value)| (key.clone(), value.clone())) else {
                return;
            };
            for index in 0..count {
                members.insert(format!("{key}{}", "_".repeat(index)), value.clone());
            }
        }
        Value::String(text) => *text = text.repeat(count),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn retype(random: &mut StdRng, tree: &mut Value) {
    let (_, text) = TEXTS.choose(random).unwrap_or(&TEXTS[0]);
    let values = [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1.5),
        json!(""),
        json!(text),
        json!([]),
        json!([text]),
        json!({}),
        json!({ "$ref": text }),
        json!({ *text: text }),
    ];
    *somewhere(random, tree) = values.choose(random).cloned().unwrap_or_default();
}

fn hostile_text(random: &mut StdRng, tree: &mut Value) {
    const TRIES: usize = 20;
    let (_, text) = TEXTS.choose(random).unwrap_or(&TEXTS[0]);
    for _ in 0..TRIES {
        if let Value::String(found) = somewhere(random, tree) {
            if random.random_bool(0.3) {
                found.push_str(text);
            } else {
                (*text).clone_into(found);
            }
            return;
        }
    }
}

fn hostile_key(random: &mut StdRng, tree: &mut Value) {
    let (_, text) = TEXTS.choose(random).unwrap_or(&TEXTS[0]);
    let text = (*text).to_owned();
    renamed(random, tree, text);
}

fn rename(random: &mut StdRng, tree: &mut Value) {
    let word = WORDS
        .choose(random)
        .map_or_else(String::new, |word| (*word).to_owned());
    renamed(random, tree, word);
}

fn renamed(random: &mut StdRng, tree: &mut Value, to: String) {
    if let Some(members) = object(random, tree) {
        let key = key(random, members);
        if let Some(value) = members.shift_remove(&key) {
            members.insert(to, value);
        }
    }
}

/// A reference to any place, which may be around it.
fn refer(random: &mut StdRng, tree: &mut Value) {
    let mut pointer = String::from("#");
    let mut at = &*tree;
    while let Value::Object(members) = at
        && !members.is_empty()
        && random.random_bool(0.85)
    {
        let key = key(random, members);
        pointer.extend(["/", &key.replace('~', "~0").replace('/', "~1")]);
        at = &at[key];
    }
    *somewhere(random, tree) = json!({ "$ref": pointer });
}

fn graft(random: &mut StdRng, tree: &mut Value) {
    const LARGEST: usize = 200;
    let part = somewhere(random, tree).clone();
    if size(&part) < LARGEST {
        *somewhere(random, tree) = part;
    }
}

fn extreme(random: &mut StdRng, tree: &mut Value) {
    let numbers = [
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1e308),
        json!(-1e-308),
        json!(0),
        json!(-1),
        json!(4_294_967_296_u64),
        json!(0.1),
    ];
    *somewhere(random, tree) = numbers.choose(random).cloned().unwrap_or_default();
}

/// A schema within a keyword, or whatever else stands there.
fn wrap(random: &mut StdRng, tree: &mut Value) {
    let place = somewhere(random, tree);
    let inner = place.take();
    *place = match random.random_range(0..8) {
        0 => json!({ "allOf": [inner, inner] }),
        1 => json!({ "oneOf": [inner, { "type": "null" }] }),
        2 => json!({ "anyOf": [inner, { "type": "string" }] }),
        3 => json!({ "not": inner }),
        4 => json!({ "type": "array", "items": inner }),
        5 => json!({ "type": "object", "additionalProperties": inner }),
        6 => json!({ "type": ["object", "null", "string"], "properties": { "a": inner } }),
        _ => json!([inner]),
    };
}

fn nest(random: &mut StdRng, tree: &mut Value) {
    let depth = random.random_range(1..150);
    let place = somewhere(random, tree);
    for level in 0..depth {
        let inner = place.take();
        *place = if level % 2 == 0 {
            json!([inner])
        } else {
            json!({ "items": inner })
        };
    }
}

fn swap(random: &mut StdRng, tree: &mut Value) {
    let one = somewhere(random, tree).take();
    let place = somewhere(random, tree);
    let other = std::mem::replace(place, one);
    *somewhere(random, tree) = other;
}
