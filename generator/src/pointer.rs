//! JSON Pointer (RFC 6901): where in a document something stands.

use std::fmt;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A place in a document, as reference tokens that are not escaped.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Pointer(Vec<String>);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// The place below this one.
    pub fn child(&self, token: impl Into<String>) -> Self {
        let mut tokens = self.0.clone();
        tokens.push(token.into());
        Self(tokens)
    }

    /// The place that another pointer leads to from this one.
    pub fn join(&self, other: &Self) -> Self {
        self.0.iter().chain(&other.0).cloned().collect()
    }

    /// Reads the fragment of a reference, percent-encoding included (RFC 6901, section 6).
    pub fn from_fragment(fragment: &str) -> Option<Self> {
        let decoded = percent_decode_str(fragment).decode_utf8().ok()?;
        if decoded.is_empty() {
            return Some(Self::root());
        }
        let tokens = decoded.strip_prefix('/')?.split('/');
        Some(Self(
            tokens
                .map(|token| token.replace("~1", "/").replace("~0", "~"))
                .collect(),
        ))
    }

    /// The reference tokens, outermost first.
    pub fn tokens(&self) -> &[String] {
        &self.0
    }

    /// The value at this place.
    pub fn find<'a>(&self, document: &'a Value) -> Option<&'a Value> {
        self.0
            .iter()
            .try_fold(document, |value, token| below(value, token))
    }

    /// The value at this place, references on the way to it being followed; and its own place.
    pub fn follow<'a>(&self, document: &'a Value) -> Option<(Self, &'a Value)> {
        const MOST: usize = 64;
        let mut place = self.clone();
        for _ in 0..MOST {
            if let Some(value) = place.find(document) {
                return Some((place, value));
            }
            place = place.past_reference(document)?;
        }
        None
    }

    /// The same place, beyond the first reference on the way to it.
    fn past_reference(&self, document: &Value) -> Option<Self> {
        let mut value = document;
        for (index, token) in self.0.iter().enumerate() {
            if let Some(Value::String(reference)) = value.get("$ref") {
                let target = Self::from_fragment(reference.strip_prefix('#')?)?;
                return Some(
                    target
                        .0
                        .into_iter()
                        .chain(self.0[index..].iter().cloned())
                        .collect(),
                );
            }
            value = below(value, token)?;
        }
        None
    }
}

fn below<'a>(value: &'a Value, token: &str) -> Option<&'a Value> {
    match value {
        Value::Object(members) => members.get(token),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

impl FromIterator<String> for Pointer {
    fn from_iter<I: IntoIterator<Item = String>>(tokens: I) -> Self {
        Self(tokens.into_iter().collect())
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#")?;
        for token in &self.0 {
            let token = token.replace('~', "~0").replace('/', "~1");
            write!(f, "/{}", token.replace('%', "%25"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn escapes_are_undone_once_and_written_again() {
        let pointer = Pointer::from_fragment("/paths/~1a~1%7Bid%7D/x~01").unwrap();
        assert_eq!(pointer.tokens(), ["paths", "/a/{id}", "x~1"]);
        assert_eq!(pointer.to_string(), "#/paths/~1a~1{id}/x~01");
    }

    #[test]
    fn a_fragment_that_is_no_pointer_is_refused() {
        assert_eq!(Pointer::from_fragment("Pet"), None);
        assert_eq!(Pointer::from_fragment("/a%ff"), None);
    }
}
