//! What does an operation fail with? Its errors are the one body that all of them have, or an enum:
//! one that several operations of a group share, or one of its own.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::api::{Api, Operation, Response, Status, TypeId};

/// What an operation fails with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The document declares no errors.
    Nothing,
    /// Every error has the same body.
    Body,
    /// An enum that is called after its statuses, and the operations that fail with it.
    Shared {
        /// The words that it is called after.
        words: String,
        /// The operations, by their positions.
        operations: Vec<usize>,
    },
    /// An enum that is called after the operation; the earlier operation that it is the same as.
    Own(Option<usize>),
}

impl Failure {
    /// Whether it is an enum that no operation before this one has.
    pub fn is_first(&self, index: usize) -> bool {
        match self {
            Self::Nothing | Self::Body => false,
            Self::Shared { operations, .. } => operations.first() == Some(&index),
            Self::Own(earlier) => earlier.is_none(),
        }
    }
}

/// What each operation fails with.
///
/// An enum is shared where the document itself names all of it, by components and statuses: what
/// one operation's errors are called does not change with another operation then.
pub fn all(api: &Api) -> Vec<Failure> {
    let mut classes: IndexMap<Class<'_>, Vec<usize>> = IndexMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let class = Class::of(api, operation);
        classes.entry(class).or_default().push(index);
    }
    let mut taken: HashMap<(Option<&str>, String), &Vec<usize>> = HashMap::new();
    for (class, operations) in &classes {
        let operation = &api.operations[operations[0]];
        if let Some(words) = words(api, operation) {
            let known = taken.entry((class.tag, words)).or_insert(operations);
            // Of several that are called the same, it is the one of most operations.
            let rank = |list: &Vec<usize>| (usize::MAX - list.len(), list[0]);
            if rank(operations) < rank(known) {
                *known = operations;
            }
        }
    }
    let operations = api.operations.iter().enumerate();
    let failures = operations.map(|(index, operation)| {
        if operation.errors().next().is_none() {
            return Failure::Nothing;
        }
        if has_one_body(api, operation) {
            return Failure::Body;
        }
        let class = Class::of(api, operation);
        let operations = &classes[&class];
        if let Some(words) = words(api, operation) {
            let key = (class.tag, words);
            if taken.get(&key) == Some(&operations) {
                return Failure::Shared {
                    words: key.1,
                    operations: operations.clone(),
                };
            }
        }
        Failure::Own(Some(operations[0]).filter(|first| *first != index))
    });
    failures.collect()
}

/// What operations have in common that fail alike.
#[derive(PartialEq, Eq, Hash)]
struct Class<'a> {
    tag: Option<&'a str>,
    errors: Vec<(Status, Vec<Content<'a>>)>,
}

/// The media type and the type of a body, and its root element in XML.
type Content<'a> = (&'a str, Option<TypeId>, String);

impl<'a> Class<'a> {
    fn of(api: &Api, operation: &'a Operation) -> Self {
        let errors = operation.errors().map(|response| {
            let contents = response.content.iter().map(|media| {
                let ty = media.ty.map(|id| api.types.resolve(id).0);
                let xml = media.xml.as_ref().map(|xml| format!("{xml:?}"));
                (&*media.media_type.text, ty, xml.unwrap_or_default())
            });
            (response.status, contents.collect())
        });
        Self {
            tag: operation.tag.as_deref(),
            errors: errors.collect(),
        }
    }
}

/// Whether all errors, whatever their status, have the same body.
fn has_one_body(api: &Api, operation: &Operation) -> bool {
    let has = |status| operation.errors().any(|error| error.status == status);
    let is_complete = has(Status::Default) || has(Status::Range(4)) && has(Status::Range(5));
    let bodies = operation.errors().map(|error| match &error.content[..] {
        [only] => Some((api.types.resolve(only.ty?), only.codec(), &only.xml)),
        [] | [_, ..] => None,
    });
    let bodies: Option<Vec<_>> = bodies.collect();
    is_complete && bodies.is_some_and(|bodies| bodies.windows(2).all(|pair| pair[0] == pair[1]))
}

/// The words for an enum of these errors: `not found or validation failed error`; `None` where they
/// are many, or where one of them is described for the operation alone.
fn words(api: &Api, operation: &Operation) -> Option<String> {
    const MOST: usize = 3;
    let errors: Vec<&Response> = operation.errors().collect();
    if errors.len() > MOST {
        return None;
    }
    let words: Option<Vec<String>> = errors.iter().map(|error| word(api, error)).collect();
    Some(format!("{} error", words?.join(" or ")))
}

/// What the document calls an error: the name of the component, or the phrase of its status.
fn word(api: &Api, error: &Response) -> Option<String> {
    if let Some(["components", "responses", name]) =
        error.origin.pointer().map(|at| at.tokens()).as_deref()
        && name.contains(char::is_alphabetic)
    {
        let words = heck::ToSnakeCase::to_snake_case(*name);
        let words: Vec<&str> = words.split('_').collect();
        let telling: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| !["error", "response"].contains(word))
            .collect();
        let words = if telling.is_empty() { words } else { telling };
        return Some(words.join(" "));
    }
    let is_component = |id: TypeId| {
        let (id, _) = api.types.resolve(id);
        api.types[id].name.component.is_some() || !api.types[id].is_named()
    };
    let mut types = error.content.iter().filter_map(|media| media.ty);
    let words = || error.status.words().to_lowercase();
    types.all(is_component).then(words)
}
