//! JSON Pointer (RFC 6901): where in a document something stands.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::iter;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A place in a document, as reference tokens that are not escaped. Places share what is above
/// them, so that a clone is cheap.
#[derive(Clone, Default)]
pub struct Pointer(Option<Arc<Step>>);

/// The step to a place from the one above it.
struct Step {
    above: Pointer,
    token: String,
}

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// The place below this one.
    pub fn child(&self, token: impl Into<String>) -> Self {
        Self(Some(Arc::new(Step {
            above: self.clone(),
            token: token.into(),
        })))
    }

    /// The place that these tokens lead to from this one.
    pub fn below<'a>(&self, tokens: impl IntoIterator<Item = &'a str>) -> Self {
        let tokens = tokens.into_iter();
        tokens.fold(self.clone(), |place, token| place.child(token))
    }

    /// The place that another pointer leads to from this one.
    pub fn join(&self, other: &Self) -> Self {
        self.below(other.tokens())
    }

    /// The place above this one.
    pub fn above(&self) -> Option<&Self> {
        self.0.as_deref().map(|step| &step.above)
    }

    /// Reads the fragment of a reference, percent-encoding included (RFC 6901, section 6).
    pub fn from_fragment(fragment: &str) -> Option<Self> {
        let decoded = percent_decode_str(fragment).decode_utf8().ok()?;
        if decoded.is_empty() {
            return Some(Self::root());
        }
        let tokens = decoded.strip_prefix('/')?.split('/');
        let tokens = tokens.map(|token| token.replace("~1", "/").replace("~0", "~"));
        Some(tokens.collect())
    }

    /// The reference tokens, outermost first.
    pub fn tokens(&self) -> Vec<&str> {
        let mut tokens: Vec<&str> = self.steps().map(|step| &*step.token).collect();
        tokens.reverse();
        tokens
    }

    /// The steps that lead here, the last one first.
    fn steps(&self) -> impl Iterator<Item = &Step> {
        iter::successors(self.0.as_deref(), |step| step.above.0.as_deref())
    }

    /// The value at this place.
    pub fn find<'a>(&self, document: &'a Value) -> Option<&'a Value> {
        let mut tokens = self.tokens().into_iter();
        tokens.try_fold(document, below)
    }

    /// The same, to be changed.
    pub fn find_mut<'a>(&self, document: &'a mut Value) -> Option<&'a mut Value> {
        let mut tokens = self.tokens().into_iter();
        tokens.try_fold(document, |value, token| match value {
            Value::Object(members) => members.get_mut(token),
            Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        })
    }

    /// The value at this place, references on the way to it being followed; and its own place.
    pub fn follow<'a>(&self, document: &'a Value) -> Option<(Self, &'a Value)> {
        const MOST: usize = 64;
        let mut place = self.clone();
        for _ in 0..MOST {
            if let Some(value) = place.find(document) {
                return Some((place, value));
            }
            (_, _, place) = place.first_reference(document)?;
        }
        None
    }

    /// The references on the way to this place, as far as they lead: where each stands, and what it is.
    pub fn references(&self, document: &Value) -> Vec<(Self, String)> {
        const MOST: usize = 64;
        let mut place = self.clone();
        let mut found = Vec::new();
        while found.len() < MOST
            && let Some((at, reference, beyond)) = place.first_reference(document)
        {
            found.push((at, reference.to_owned()));
            place = beyond;
        }
        found
    }

    /// The first reference on the way to this place: where it stands, what it is, and the place beyond it.
    fn first_reference<'a>(&self, document: &'a Value) -> Option<(Self, &'a str, Self)> {
        let mut value = document;
        let tokens = self.tokens();
        for (index, token) in tokens.iter().enumerate() {
            if let Some(Value::String(reference)) = value.get("$ref") {
                let (above, below) = tokens.split_at(index);
                let target = Self::from_fragment(reference.strip_prefix('#')?)?;
                let at = above.iter().copied().collect::<Self>().child("$ref");
                return Some((at, reference, target.below(below.iter().copied())));
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

impl<T: Into<String>> FromIterator<T> for Pointer {
    fn from_iter<I: IntoIterator<Item = T>>(tokens: I) -> Self {
        let tokens = tokens.into_iter();
        tokens.fold(Self::root(), |place, token| place.child(token))
    }
}

impl PartialEq for Pointer {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) if Arc::ptr_eq(one, other) => true,
            (Some(one), Some(other)) => one.token == other.token && one.above == other.above,
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

impl Eq for Pointer {}

impl Hash for Pointer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.steps().for_each(|step| step.token.hash(state));
    }
}

impl PartialOrd for Pointer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Pointer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.tokens().cmp(&other.tokens())
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#")?;
        for token in self.tokens() {
            let token = token.replace('~', "~0").replace('/', "~1");
            write!(f, "/{}", token.replace('%', "%25"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Pointer;

    #[test]
    fn escapes_are_undone_once_and_written_again() {
        let pointer = Pointer::from_fragment("/paths/~1a~1%7Bid%7D/x~01").unwrap();
        assert_eq!(pointer.tokens(), ["paths", "/a/{id}", "x~1"]);
        assert_eq!(pointer.to_string(), "#/paths/~1a~1{id}/x~01");
    }

    #[test]
    fn places_are_equal_and_ordered_by_their_tokens() {
        let place = |tokens: &[&str]| -> Pointer { tokens.iter().copied().collect() };
        let mut places = [
            place(&["b"]),
            place(&["a", "b"]),
            Pointer::root(),
            place(&["a"]),
        ];
        places.sort();
        let shown = places.map(|place| place.to_string());
        assert_eq!(shown, ["#", "#/a", "#/a/b", "#/b"]);
        assert_eq!(place(&["a", "b"]), place(&["a"]).child("b"));
        assert_ne!(place(&["a", "b"]), place(&["b"]));
        assert_eq!(place(&["a", "b"]).above(), Some(&place(&["a"])));
        let known = HashSet::from([place(&["a", "b"])]);
        assert!(known.contains(&place(&["a"]).child("b")));
    }

    #[test]
    fn a_fragment_that_is_no_pointer_is_refused() {
        assert_eq!(Pointer::from_fragment("Pet"), None);
        assert_eq!(Pointer::from_fragment("/a%ff"), None);
    }
}
