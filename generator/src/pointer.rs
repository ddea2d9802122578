//! JSON Pointer (RFC 6901): where in a document something stands.

use std::fmt;

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

    /// Reads the fragment of a reference, percent-encoding included (RFC 6901, section 6).
    pub fn from_fragment(fragment: &str) -> Option<Self> {
        let decoded = percent_decoded(fragment)?;
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
    pub fn find<'a>(&self, document: &'a serde_json::Value) -> Option<&'a serde_json::Value> {
        self.0
            .iter()
            .try_fold(document, |value, token| match value {
                serde_json::Value::Object(members) => members.get(token),
                serde_json::Value::Array(items) => items.get(token.parse::<usize>().ok()?),
                serde_json::Value::Null
                | serde_json::Value::Bool(_)
                | serde_json::Value::Number(_)
                | serde_json::Value::String(_) => None,
            })
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
            write!(f, "/{}", token.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |digit: Option<u8>| char::from(digit?).to_digit(16);
        bytes.push(match byte {
            b'%' => u8::try_from(hex(rest.next())? * 16 + hex(rest.next())?).ok()?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
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
        assert_eq!(Pointer::from_fragment("/a%zz"), None);
    }
}
