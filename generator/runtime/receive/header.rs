//! Headers of responses, typed.

use http::header::{HeaderMap, SET_COOKIE};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The value of a header (`style: simple`): text, a number or a boolean as in JSON, several or the
/// members of an object with commas between them, or JSON (`content`). Several lines of one name are
/// one list (RFC 9110, section 5.3). `None` where it is missing or is none of these.
pub(crate) fn read<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    let lines = headers.get_all(name).iter().map(|line| line.to_str().ok());
    let lines: Vec<&str> = lines.collect::<Option<_>>()?;
    let first = *lines.first()?;
    // A comma in a cookie separates nothing (RFC 6265, section 3).
    let (text, items) = if name == SET_COOKIE {
        (first.to_owned(), lines)
    } else {
        let items = lines.iter().flat_map(|line| line.split(','));
        (lines.join(", "), items.map(str::trim).collect())
    };
    let texts = |items: &[&str]| items.iter().copied().collect::<Value>();
    let scalars = |items: &[&str]| items.iter().map(|item| scalar(item)).collect::<Value>();
    let mut values = vec![Value::from(&*text), scalar(&text)];
    values.extend(serde_json::from_str(&text).ok());
    values.extend([texts(&items), scalars(&items)]);
    for members in members(&items) {
        let typed = |of: fn(&str) -> Value| -> Value {
            let members = members
                .iter()
                .map(|(name, value)| ((*name).to_owned(), of(value)));
            Value::Object(members.collect::<Map<_, _>>())
        };
        values.extend([typed(scalar), typed(|text| Value::from(text))]);
    }
    let mut values = values.into_iter();
    values.find_map(|value| serde_json::from_value(value).ok())
}

/// The members of an object: `a=1,b=2` (`explode: true`), or `a,1,b,2`.
fn members<'a>(items: &[&'a str]) -> Vec<Vec<(&'a str, &'a str)>> {
    let exploded: Option<Vec<_>> = items.iter().map(|item| item.split_once('=')).collect();
    let pairs = items.chunks(2).map(|pair| match pair {
        [name, value] => Some((*name, *value)),
        _ => None,
    });
    let pairs: Option<Vec<_>> = pairs.collect();
    exploded.into_iter().chain(pairs).collect()
}

/// A number or a boolean, where the text is one.
fn scalar(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        Ok(_) | Err(_) => Value::from(text),
    }
}
