//! What is an operation called in a group that is made of its path? It need not say the name of the
//! group once more.

use heck::ToSnakeCase;

use crate::api::{Grouped, Operation, Segment};
use crate::text::singular;

/// The words for it; `None` where it is called by its id.
pub(super) fn words(operation: &Operation) -> Option<String> {
    let group = operation
        .tag
        .as_deref()
        .filter(|_| operation.grouped == Grouped::ByPath)?;
    let group = group.to_snake_case();
    let path = Words::of(operation);
    if is_made_of_path(operation, &path) {
        let within = path.behind(&group)?;
        return Some(by_path(operation.method.as_str(), &group, within));
    }
    let id = operation.id.to_snake_case();
    let words: Vec<&str> = id.split('_').collect();
    let one = singular(&group);
    let found = [&*group, &*one].into_iter().find_map(|group| {
        let group: Vec<&str> = group.split('_').collect();
        let at = words
            .windows(group.len())
            .position(|found| found == group)?;
        Some([&words[..at], &words[at + group.len()..]].concat())
    });
    // What starts with a preposition needs what is before it.
    let found = found.filter(|words| {
        let first = words.first();
        first.is_some_and(|first| !PREPOSITIONS.contains(first))
    });
    Some(found?.join("_"))
}

/// A path as words: those of each segment, and whether it is a parameter.
struct Words(Vec<(String, bool)>);

impl Words {
    fn of(operation: &Operation) -> Self {
        let mut words = Vec::new();
        for segment in &operation.path {
            match segment {
                Segment::Literal(text) => {
                    let segments = text.split('/').filter(|segment| !segment.is_empty());
                    words.extend(segments.map(|segment| (segment.to_snake_case(), false)));
                }
                Segment::Parameter(name) => words.push((name.to_snake_case(), true)),
            }
        }
        Self(words)
    }

    /// The segments behind the group.
    fn behind(&self, group: &str) -> Option<&[(String, bool)]> {
        let at = self.0.iter().position(|(words, _)| words == group)?;
        Some(&self.0[at + 1..])
    }

    /// All letters and digits, with or without what is no resource.
    fn letters(&self, with_version: bool) -> String {
        let words = self
            .0
            .iter()
            .filter(|(words, _)| with_version || !Operation::is_version(words));
        words
            .flat_map(|(words, _)| words.chars().filter(|c| c.is_alphanumeric()))
            .collect()
    }
}

const PREPOSITIONS: [&str; 8] = ["by", "for", "from", "in", "of", "on", "to", "with"];

/// Whether an id says nothing but the method and the path.
fn is_made_of_path(operation: &Operation, path: &Words) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let id = letters(&operation.id.replace(" by ", " "));
    let method = operation.method.as_str().to_ascii_lowercase();
    [true, false]
        .iter()
        .any(|with_version| id == format!("{method}{}", path.letters(*with_version)))
}

/// Whether a segment says what is done, as in `verify_microdeposits`.
fn is_action(words: &str) -> bool {
    let verb = words.split('_').next().unwrap_or_default();
    let known = [
        "add",
        "apply",
        "attach",
        "cancel",
        "confirm",
        "detach",
        "increment",
        "mark",
        "remove",
        "send",
        "verify",
    ];
    known.contains(&verb)
}

/// The name of an operation whose id says nothing but the method and the path: what it does to the
/// resource, and the resource where that is not the group itself.
fn by_path(method: &str, group: &str, within: &[(String, bool)]) -> String {
    let is_item = within.last().is_some_and(|(_, is_parameter)| *is_parameter);
    let literals = within.iter().filter(|(_, is_parameter)| !is_parameter);
    let mut resource: Vec<&str> = literals.map(|(words, _)| words.as_str()).collect();
    let last = resource.last().copied();
    let is_several = singular(last.unwrap_or(group)) != last.unwrap_or(group);
    let verb = match method {
        "GET" if !is_item && is_several => "list",
        "GET" if last == Some("search") => "",
        "GET" => "get",
        "POST" if last.is_some_and(is_action) => "",
        "POST" if is_item => "update",
        "POST" if is_several || last.is_none() => "create",
        "POST" => "",
        "PUT" => "replace",
        "PATCH" => "update",
        "DELETE" => "delete",
        other => return format!("{} {}", other.to_ascii_lowercase(), resource.join(" ")),
    };
    // An action comes before what it is done to.
    let verb = if verb.is_empty() {
        resource.pop().unwrap_or_default()
    } else {
        verb
    };
    let count = resource.len();
    let resource = resource.iter().enumerate().map(|(index, words)| {
        if verb == "list" && index + 1 == count {
            (*words).to_owned()
        } else {
            singular(words)
        }
    });
    let words: Vec<String> = std::iter::once(verb.to_owned()).chain(resource).collect();
    words.join("_")
}

#[cfg(test)]
mod tests {
    use super::by_path;

    #[test]
    fn what_is_called_after_its_path_says_what_it_does() {
        let cells = [
            ("GET", "customers", "list"),
            ("POST", "customers", "create"),
            ("GET", "customers/{id}", "get"),
            ("POST", "customers/{id}", "update"),
            ("DELETE", "customers/{id}", "delete"),
            ("GET", "customers/{id}/sources", "list_sources"),
            ("POST", "customers/{id}/sources", "create_source"),
            ("GET", "customers/{id}/sources/{source}", "get_source"),
            ("POST", "charges/{id}/capture", "capture"),
            ("GET", "charges/search", "search"),
            (
                "POST",
                "setup/{id}/verify_microdeposits",
                "verify_microdeposits",
            ),
            ("GET", "account", "get"),
            (
                "POST",
                "issuing/authorizations/{id}/approve",
                "approve_authorization",
            ),
        ];
        for (method, path, expected) in cells {
            let words = path.split('/');
            let words = words.map(|word| (word.to_owned(), word.starts_with('{')));
            let words: Vec<_> = words.collect();
            assert_eq!(
                by_path(method, &words[0].0, &words[1..]),
                expected,
                "{method} {path}"
            );
        }
    }
}
