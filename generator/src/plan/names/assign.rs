//! Gives every type, every operation and every tag its name, whatever the order of the document's
//! parts.

use std::collections::{HashMap, HashSet};

use super::candidates::Inline;
use super::ident::{Ident, Scope};
use super::table::{CallNames, Names, TagNames};
use super::{reserved, server, xml};
use crate::api::{Api, Operation, TypeId};
use crate::plan::ways::Way;

/// Names everything; `ways` are those to call each operation.
pub fn assign(api: &Api, ways: &[Vec<Way<'_>>]) -> Names {
    let calls = calls(api, ways);
    Names {
        types: types(api),
        tags: tags(api, &calls),
        calls,
        xml: xml::names(api),
        servers: server::names(api),
        schemes: schemes(api),
    }
}

/// Components keep their names, inline types are named after their places.
fn types(api: &Api) -> HashMap<TypeId, Ident> {
    let mut scope = Scope::excluding(reserved::is_reserved_among_types);
    let mut types = HashMap::new();
    name_components(api, &mut scope, &mut types);
    Inline::new(api, &mut scope, &mut types).name_all();
    types.retain(|id, _| api.types[*id].is_used);
    types
}

/// An exact style comes first, so that `Status` keeps its name beside `status`.
fn name_components(api: &Api, scope: &mut Scope, types: &mut HashMap<TypeId, Ident>) {
    let mut components: Vec<_> = api
        .types
        .iter()
        .filter_map(|(id, ty)| Some((id, ty.name.in_code(ty.name.component.as_deref()?))))
        .collect();
    components
        .sort_by_cached_key(|(_, name)| (Ident::type_name(name).as_str() != *name, name.clone()));
    for (id, name) in components {
        let ident = Ident::type_name(&name);
        let qualified = Ident::type_name(&format!("{name} schema"));
        types.insert(id, scope.take(&[ident, qualified]));
    }
}

/// The group of operations without a tag.
const UNTAGGED: &str = "operations";

/// The names of the tags, and of the operations without one.
fn tags(api: &Api, calls: &[Vec<CallNames>]) -> Vec<TagNames> {
    let mut modules = Scope::with(&reserved::MODULES);
    let mut clients = Scope::excluding(reserved::is_reserved);
    let calls = calls.iter().flatten();
    let taken = calls.flat_map(|names| [names.call(), names.success(), names.error()]);
    let taken: HashSet<Ident> = taken.collect();
    let untagged = api.operations.iter().any(|o| o.tag.is_none());
    let tagged = api.tags.iter().map(|tag| &*tag.name);
    tagged
        .chain(untagged.then_some(UNTAGGED))
        .map(|name| {
            let module = Ident::value_name(name);
            let client = Ident::type_name(name);
            let qualified = client.with("Api");
            TagNames {
                module: modules.take(&[module.clone(), module.with("_api")]),
                client: if taken.contains(&client) {
                    clients.take(&[qualified])
                } else {
                    clients.take(&[client, qualified])
                },
            }
        })
        .collect()
}

/// The usual ways to call the operations have the first choice.
fn calls<'a>(api: &'a Api, ways: &[Vec<Way<'_>>]) -> Vec<Vec<CallNames>> {
    let mut methods: HashMap<Option<&str>, Scope> = HashMap::new();
    let mut names = Scope::default();
    let mut take = |operation: &'a Operation, suffix: &str| {
        let tag = operation.tag.as_deref();
        let methods = methods
            .entry(tag)
            .or_insert_with(|| Scope::with(&reserved::TAG_CLIENT));
        let words = format!("{}{suffix}", without_tag(&operation.id, tag));
        let ident = Ident::value_name(&words);
        let ident = if reserved::TAG_CLIENT.contains(&ident.as_str()) {
            ident.with("_operation")
        } else {
            ident
        };
        let ident = methods.take(&[ident]);
        let words = format!("{}{suffix}", operation.id);
        let base = names.take(&[Ident::type_name(&words)]);
        CallNames { ident, base }
    };
    let operations = api.operations.iter();
    let mut taken: Vec<Vec<_>> = operations
        .map(|operation| vec![take(operation, "")])
        .collect();
    for ((operation, ways), taken) in api.operations.iter().zip(ways).zip(&mut taken) {
        let more = ways.iter().skip(1);
        taken.extend(more.map(|way| take(operation, &way.suffix)));
    }
    taken
}

/// An id that starts with its tag and a sign between says it twice.
fn without_tag<'a>(id: &'a str, tag: Option<&str>) -> &'a str {
    let rest = tag.and_then(|tag| id.strip_prefix(tag));
    let rest = rest.and_then(|rest| rest.strip_prefix(['/', '.', ':']));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(id)
}

/// The constants of the security schemes.
fn schemes(api: &Api) -> Vec<Ident> {
    let mut scope = Scope::with(&reserved::CONSTANTS);
    let schemes = api.schemes.iter();
    let names = schemes.map(|scheme| {
        let ident = Ident::constant(&scheme.name);
        let qualified = Ident::constant(&format!("{} scheme", scheme.name));
        scope.take(&[ident, qualified])
    });
    names.collect()
}
