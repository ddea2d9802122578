//! Which name does each type and each operation get?

use std::collections::HashMap;

use super::distinction::{distinctions, spoken};
use super::ident::{Ident, Scope};
use super::payload::ways;
use super::server::{self, Server};
use super::status::status_words;
use super::xml::{self, XmlNames};
use crate::api::{self, Api, Operation, Place, Shape, Status, TypeId};

/// Names of the generated types module that are not the document's: of the standard library and
/// of the runtime.
const TAKEN: [&str; 8] = [
    "Self", "Option", "String", "Vec", "Box", "BTreeMap", "Nullable", "Result",
];

/// All names of an API.
#[derive(Debug)]
pub(super) struct Names {
    types: HashMap<TypeId, Ident>,
    operations: Vec<Vec<(Ident, Ident)>>,
    xml: XmlNames,
    servers: Vec<(api::Server, Server)>,
    schemes: Vec<Ident>,
}

impl Names {
    /// The name of a type that has one.
    pub(super) fn of(&self, id: TypeId) -> Option<&Ident> {
        self.types.get(&id)
    }

    /// The methods of an operation, one for each way to call it; and the names of their types.
    pub(super) fn ways(&self, operation: usize) -> &[(Ident, Ident)] {
        &self.operations[operation]
    }

    /// The statics of contents in XML.
    pub(super) fn xml(&self) -> &XmlNames {
        &self.xml
    }

    /// The statics of the security schemes.
    pub(super) fn schemes(&self) -> &[Ident] {
        &self.schemes
    }

    /// The types of servers.
    pub(super) fn servers(&self) -> &[(api::Server, Server)] {
        &self.servers
    }

    /// The operation's name as a type's.
    pub(super) fn operation(&self, operation: usize) -> &Ident {
        &self.operations[operation][0].1
    }
}

/// Names every type and every operation, whatever the order of the document's parts: components
/// keep their names, inline types get the shortest of theirs that nothing else wants.
pub(super) fn assign(api: &Api) -> Names {
    let mut scope = Scope::with(&TAKEN);
    let mut types = HashMap::new();
    name_components(api, &mut scope, &mut types);
    name_inline(api, &mut scope, &mut types);
    Names {
        types,
        operations: operations(api),
        xml: xml::names(api),
        servers: server::servers(api),
        schemes: schemes(api),
    }
}

fn schemes(api: &Api) -> Vec<Ident> {
    let mut scope = Scope::with(&["SERVER", "SERVERS"]);
    let schemes = api.schemes.iter();
    let names = schemes.map(|scheme| {
        let ident = Ident::constant(&scheme.name);
        scope.take(&[
            ident.clone(),
            Ident::constant(&format!("{} scheme", scheme.name)),
        ])
    });
    names.collect()
}

/// The usual ways to call the operations have the first choice.
fn operations<'a>(api: &'a Api) -> Vec<Vec<(Ident, Ident)>> {
    let mut methods: HashMap<Option<&str>, Scope> = HashMap::new();
    let mut names = Scope::default();
    let mut take = |operation: &'a Operation, suffix: &str| {
        let tag = operation.tag.as_deref();
        let methods = methods.entry(tag).or_insert_with(|| Scope::with(&["new"]));
        let words = format!("{}{suffix}", without_tag(&operation.id, tag));
        let method = methods.take(&[Ident::value_name(&words)]);
        let words = format!("{}{suffix}", operation.id);
        (method, names.take(&[Ident::type_name(&words)]))
    };
    let operations = api.operations.iter();
    let mut taken: Vec<Vec<_>> = operations
        .map(|operation| vec![take(operation, "")])
        .collect();
    for (operation, taken) in api.operations.iter().zip(&mut taken) {
        let further = ways(api, operation).into_iter().skip(1);
        taken.extend(further.map(|way| take(operation, &way.suffix)));
    }
    taken
}

/// An id that starts with its tag and a sign between says it twice.
fn without_tag<'a>(id: &'a str, tag: Option<&str>) -> &'a str {
    let rest = tag.and_then(|tag| id.strip_prefix(tag));
    let rest = rest.and_then(|rest| rest.strip_prefix(['/', '.', ':']));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(id)
}

/// An exact spelling comes first, so that `Status` keeps its name beside `status`.
fn name_components(api: &Api, scope: &mut Scope, types: &mut HashMap<TypeId, Ident>) {
    let mut components: Vec<_> = api
        .types
        .iter()
        .filter_map(|(id, ty)| Some((id, ty.name.component.as_deref()?)))
        .collect();
    components.sort_by_key(|(_, name)| (Ident::type_name(name).as_str() != *name, *name));
    for (id, name) in components {
        let ident = Ident::type_name(name);
        let qualified = Ident::type_name(&format!("{name} schema"));
        types.insert(id, scope.take(&[ident, qualified]));
    }
}

fn name_inline(api: &Api, scope: &mut Scope, types: &mut HashMap<TypeId, Ident>) {
    let mut waiting: Vec<(TypeId, Vec<Ident>)> = api
        .types
        .iter()
        .filter(|(id, ty)| is_named(&ty.shape) && !types.contains_key(id))
        .map(|(id, _)| (id, candidates(api, id)))
        .collect();
    let longest = waiting
        .iter()
        .map(|(_, c)| c.len())
        .max()
        .unwrap_or_default();
    for level in 0..longest {
        let mut wanted: HashMap<&Ident, usize> = HashMap::new();
        for (_, candidates) in &waiting {
            if let Some(candidate) = candidates.get(level) {
                *wanted.entry(candidate).or_default() += 1;
            }
        }
        let given: Vec<(TypeId, Ident)> = waiting
            .iter()
            .filter_map(|(id, candidates)| Some((*id, candidates.get(level)?)))
            .filter(|(_, name)| wanted[name] == 1 && scope.is_free(name))
            .map(|(id, name)| (id, name.clone()))
            .collect();
        for (id, name) in given {
            types.insert(id, scope.take(&[name]));
        }
        waiting.retain(|(id, _)| !types.contains_key(id));
    }
    for (id, candidates) in waiting {
        types.insert(id, scope.take(&candidates));
    }
}

/// Whether types of this shape have a name in Rust, component or not.
pub(super) fn is_named(shape: &Shape) -> bool {
    match shape {
        Shape::Enum(_) | Shape::Object(_) | Shape::Union(_) => true,
        Shape::Any
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::String(_)
        | Shape::Foreign(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Nullable(_)
        | Shape::Alias(_) => false,
    }
}

/// The names an inline type could have, best first: the author's own, its title, then those of
/// its places, shortest first. What all its places agree on comes before what one of them says.
fn candidates(api: &Api, id: TypeId) -> Vec<Ident> {
    let name = &api.types[id].name;
    let mut words: Vec<String> = Vec::new();
    let own = name.given.iter().chain(&name.title);
    words.extend(own.cloned());
    if let (Shape::Enum(listed), Some(Place::Variant(..))) =
        (&api.types[id].shape, name.places.first())
        && let [only] = &listed.values[..]
    {
        words.push(spoken(only));
    }
    let places: Vec<Vec<String>> = name.places.iter().map(|p| place_words(api, p, 0)).collect();
    if let Some(first) = places.first() {
        let agreed = |words: &&String| places.iter().all(|other| other.contains(words));
        words.extend(first.iter().filter(agreed).cloned());
    }
    words.extend(places.into_iter().flatten());
    if let (Some(own), Some(last)) = (words.first().cloned(), words.last().cloned()) {
        words.push(format!("{last} {own}"));
    }
    let names = words.iter().map(|words| Ident::type_name(words));
    let (mut names, long): (Vec<_>, Vec<_>) =
        names.partition(|name| name.as_str().len() <= LONGEST);
    if !long.is_empty() {
        let short = api.types[id].name.places.iter();
        let short = short.filter_map(|place| outermost_words(api, place));
        let short = short.map(|words| Ident::type_name(&words));
        names.extend(short.filter(|name| name.as_str().len() <= LONGEST));
    }
    names.extend(long);
    names
}

/// Names beyond this length are only taken when there is no other.
const LONGEST: usize = 60;

/// A property's name behind that of the component or operation it belongs to, without what is
/// between them.
fn outermost_words(api: &Api, place: &Place) -> Option<String> {
    let Place::Property(owner, name) = place else {
        return None;
    };
    let mut owner = *owner;
    for _ in 0..FARTHEST {
        let above = &api.types[owner].name;
        if let Some(component) = &above.component {
            return Some(format!("{component} {name}"));
        }
        match above.places.first()? {
            Place::Property(id, _) | Place::Item(id) | Place::Value(id) | Place::Variant(id, _) => {
                owner = *id;
            }
            Place::Parameter(operation, _)
            | Place::Body(operation)
            | Place::Response(operation, _) => {
                return Some(format!("{} {name}", api.operations[*operation].id));
            }
            Place::Webhook(index) => {
                return Some(format!("{} {name}", api.webhooks[*index].name));
            }
        }
    }
    None
}

/// How far up a name looks for words to tell it from others.
const FARTHEST: usize = 6;

fn place_words(api: &Api, place: &Place, depth: usize) -> Vec<String> {
    if depth > FARTHEST {
        return Vec::new();
    }
    match place {
        Place::Property(owner, name) => {
            let mut words = vec![name.clone()];
            words.extend(owner_words(api, *owner, depth).map(|owner| format!("{owner} {name}")));
            words
        }
        Place::Item(owner) | Place::Value(owner) => {
            let whole = api.types[*owner].name.places.first();
            let whole = whole.map(|place| {
                if let Place::Variant(union, _) = place {
                    // The array has no name, so that its items are those of the union.
                    owner_words(api, *union, depth).collect()
                } else {
                    place_words(api, place, depth + 1)
                }
            });
            let mut words: Vec<String> = Vec::new();
            for whole in whole.unwrap_or_default() {
                let one = singular(&whole);
                if !RUNTIME.contains(&Ident::type_name(&one).as_str()) {
                    words.push(one.clone());
                }
                words.push(format!("{one} item"));
            }
            match &api.types[*owner].name.component {
                Some(component) => vec![singular(component), format!("{component} item")],
                None => words,
            }
        }
        Place::Variant(owner, index) => variant_words(api, *owner, *index, depth),
        Place::Parameter(operation, name) => {
            vec![
                name.clone(),
                format!("{} {name}", api.operations[*operation].id),
            ]
        }
        Place::Webhook(index) => vec![format!("{} payload", api.webhooks[*index].name)],
        Place::Body(operation) => vec![format!("{} request", api.operations[*operation].id)],
        Place::Response(operation, status) => {
            let id = &api.operations[*operation].id;
            match status {
                Status::Code(200..=299) | Status::Range(2) => {
                    vec![
                        format!("{id} response"),
                        format!("{id} {} response", status_words(*status)),
                    ]
                }
                Status::Code(_) | Status::Range(_) | Status::Default => {
                    vec![format!("{id} {}", status_words(*status))]
                }
            }
        }
    }
}

/// A variant is named after its union and what tells it from the others, or its position.
fn variant_words(api: &Api, owner: TypeId, index: usize, depth: usize) -> Vec<String> {
    let owners: Vec<String> = owner_words(api, owner, depth).collect();
    let Some(union) = api.types[owner].shape.as_union() else {
        // It was the only one, and stands for the union.
        return owners;
    };
    let mut differences = distinctions(api, union, index);
    if differences.is_empty() {
        differences.push(format!("variant {}", index + 1));
    }
    let join = |difference: String| {
        let owners = owners.clone().into_iter();
        owners.map(move |owner| format!("{owner} {difference}"))
    };
    differences.into_iter().flat_map(join).collect()
}

/// The words of an object that a property is qualified with, shortest first.
fn owner_words(api: &Api, owner: TypeId, depth: usize) -> impl Iterator<Item = String> {
    let name = &api.types[owner].name;
    let own = name.component.iter().chain(&name.given).chain(&name.title);
    let own: Vec<String> = own.take(1).cloned().collect();
    let places = name
        .places
        .iter()
        .flat_map(|p| place_words(api, p, depth + 1));
    own.into_iter().chain(places.collect::<Vec<_>>())
}

/// Names that users of the client see beside the types.
const RUNTIME: [&str; 4] = ["Client", "Error", "Response", "Call"];

/// One of several.
fn singular(words: &str) -> String {
    let lower = words.to_ascii_lowercase();
    let cut = |end: usize| &words[..words.len() - end];
    let in_f = [
        "shelves", "leaves", "halves", "wolves", "selves", "thieves", "loaves",
    ];
    if in_f.iter().any(|end| lower.ends_with(end)) {
        return format!("{}f", cut(3));
    }
    if lower.ends_with("ies") && lower.len() > 4 {
        format!("{}y", cut(3))
    } else if ["sses", "shes", "ches", "xes"]
        .iter()
        .any(|end| lower.ends_with(end))
    {
        cut(2).to_owned()
    } else if lower.ends_with('s') && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) {
        cut(1).to_owned()
    } else {
        words.to_owned()
    }
}
