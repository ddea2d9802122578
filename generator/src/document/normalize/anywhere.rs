//! References where the specification has none: an operation, all paths, a description, an example.
//! What they lead to takes their place, as every bundler does it.

use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostics};
use crate::document::copies::Copies;
use crate::document::grammar::{Kind, Rule};
use crate::document::walk::Path;
use crate::pointer::Pointer;

/// Follows every such reference.
pub fn rewrite(tree: &mut Value, copies: &mut Copies, diagnostics: &mut Diagnostics) {
    let whole = Rule::Object(Kind::OpenApi);
    if stands(tree, whole) {
        let original = tree.clone();
        let mut following = Following {
            original: &original,
            copies,
            diagnostics,
        };
        following.follow(tree, whole, (&Path::ROOT, 0));
    }
}

/// How many references can lead to each other.
const FARTHEST: usize = 32;

/// The reference that a value is, and that the rule does not provide for.
fn reference(value: &Value, rule: Rule) -> Option<&str> {
    match rule {
        // Other passes follow these.
        Rule::Object(kind) if kind.section().is_some() || kind == Kind::PathItem => None,
        Rule::Object(Kind::OpenApi) => None,
        // A value may have a member of this name among others.
        Rule::Any if value.as_object()?.len() > 1 => None,
        Rule::Any
        | Rule::Text
        | Rule::Flag
        | Rule::Count
        | Rule::Number
        | Rule::Object(_)
        | Rule::List(_)
        | Rule::Map(_)
        | Rule::Extensible(_) => value.as_object()?.get("$ref")?.as_str(),
    }
}

/// Whether there is such a reference in a value.
fn stands(value: &Value, rule: Rule) -> bool {
    if reference(value, rule).is_some() {
        return true;
    }
    match (rule, value) {
        (Rule::Object(kind), Value::Object(members)) => members.iter().any(|(name, member)| {
            let rule = kind.field(name);
            rule.is_some_and(|rule| stands(member, rule))
        }),
        (Rule::List(rule), Value::Array(items)) => items.iter().any(|item| stands(item, *rule)),
        (Rule::Map(rule) | Rule::Extensible(rule), Value::Object(members)) => {
            members.values().any(|member| stands(member, *rule))
        }
        (_, _) => false,
    }
}

/// Whether the specification has references there ("Media Type Object" in 3.2, and "Example Object").
fn is_provided(rule: Rule, reference: &str) -> bool {
    rule == Rule::Object(Kind::Example) || reference.starts_with("#/components/mediaTypes/")
}

/// What is needed to follow a reference.
struct Following<'a> {
    original: &'a Value,
    copies: &'a mut Copies,
    diagnostics: &'a mut Diagnostics,
}

impl Following<'_> {
    fn follow(&mut self, value: &mut Value, rule: Rule, (path, depth): (&Path<'_>, usize)) {
        let mut depth = depth;
        while let Some(written) = reference(value, rule).map(str::to_owned) {
            depth += 1;
            let at = path.pointer();
            let target = written.strip_prefix('#').and_then(Pointer::from_fragment);
            let target = target.and_then(|target| target.follow(self.original));
            let Some((from, target)) = target.filter(|_| depth <= FARTHEST) else {
                if rule == Rule::Any {
                    return;
                }
                let message = format!("`{written}` leads nowhere; it is left out");
                let help = "put what it names in its place";
                let at = at.child("$ref");
                self.diagnostics
                    .violation(Code::UnresolvedReference, &at, message, help);
                *value = Value::Object(Map::new());
                return;
            };
            if !is_provided(rule, &written) {
                let message = "the specification has no reference here; it is followed";
                let help = "put what it names in its place";
                self.diagnostics
                    .violation(Code::InvalidValue, &at.child("$ref"), message, help);
            }
            if !self.copies.allow(target, &at, self.diagnostics) {
                *value = Value::Object(Map::new());
                return;
            }
            self.diagnostics.moved(&at, from);
            let is_example = written.starts_with("#/components/examples/");
            let of_example = target
                .get("value")
                .filter(|_| rule == Rule::Any && is_example);
            let mut target = of_example.unwrap_or(target).clone();
            if let (Value::Object(members), Value::Object(beside)) = (&mut target, value.take()) {
                let beside = beside.into_iter().filter(|(name, _)| name != "$ref");
                members.extend(beside);
            }
            *value = target;
        }
        self.within(value, rule, (path, depth));
    }

    /// Follows the references within a value.
    fn within(&mut self, value: &mut Value, rule: Rule, (path, depth): (&Path<'_>, usize)) {
        match (rule, value) {
            (Rule::Object(kind), Value::Object(members)) => {
                for (name, member) in members {
                    if let Some(rule) = kind.field(name) {
                        let path = path.child(name);
                        self.follow(member, rule, (&path, depth));
                    }
                }
            }
            (Rule::List(rule), Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    let token = index.to_string();
                    let path = path.child(&token);
                    self.follow(item, *rule, (&path, depth));
                }
            }
            (Rule::Map(rule) | Rule::Extensible(rule), Value::Object(members)) => {
                for (name, member) in members {
                    let path = path.child(name);
                    self.follow(member, *rule, (&path, depth));
                }
            }
            (_, _) => {}
        }
    }
}
