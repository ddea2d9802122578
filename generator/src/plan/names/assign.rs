//! Gives every type, every operation and every tag its name, whatever the order of the document's
//! parts.

use std::collections::HashMap;

use super::candidates::Inline;
use super::ident::{Ident, Scope};
use super::table::{CallNames, Names, TagNames};
use super::{methods, reserved, server, xml};
use crate::api::{Api, Operation, TypeId};
use crate::plan::failures::Failure;
use crate::plan::ways::{Given, Way};

/// Names everything; `ways` are those to call each operation, `failures` what each fails with.
pub fn assign(api: &Api, ways: &[Vec<Way<'_>>], failures: &[Failure]) -> Names {
    let mut groups = Groups::default();
    let calls = calls(api, ways, &mut groups);
    let errors = errors(api, &calls, failures, &mut groups);
    Names {
        types: types(api),
        tags: tags(api, &mut groups),
        calls,
        errors,
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

/// What is named in the modules of the tags.
#[derive(Default)]
struct Groups<'a>(HashMap<Option<&'a str>, Group>);

/// What is named in the module of a tag.
struct Group {
    methods: Scope,
    /// The words of operations as types.
    bases: Scope,
    /// The types.
    types: Scope,
}

impl<'a> Groups<'a> {
    fn of(&mut self, tag: Option<&'a str>) -> &mut Group {
        self.0.entry(tag).or_insert_with(|| Group {
            methods: Scope::with(&reserved::TAG_CLIENT),
            bases: Scope::default(),
            types: Scope::excluding(reserved::is_reserved),
        })
    }
}

/// The names of the tags, and of the operations without one.
fn tags<'a>(api: &'a Api, groups: &mut Groups<'a>) -> Vec<TagNames> {
    let mut modules = Scope::with(&[&reserved::MODULES[..], &reserved::DEVICES].concat());
    let mut clients = Scope::excluding(reserved::is_reserved);
    let untagged = api.operations.iter().any(|o| o.tag.is_none());
    let tagged = api.tags.iter().map(|tag| Some(&*tag.name));
    tagged
        .chain(untagged.then_some(None))
        .map(|tag| {
            let name = tag.unwrap_or(UNTAGGED);
            let module = Ident::value_name(name);
            let client = Ident::type_name(name);
            let qualified = client.with("Api");
            let is_free = groups.of(tag).types.is_free(&client);
            TagNames {
                module: modules.take(&[module.clone(), module.with("_api")]),
                client: if is_free {
                    clients.take(&[client, qualified])
                } else {
                    clients.take(&[qualified])
                },
            }
        })
        .collect()
}

/// The usual ways to call the operations have the first choice.
fn calls<'a>(api: &'a Api, ways: &[Vec<Way<'_>>], groups: &mut Groups<'a>) -> Vec<Vec<CallNames>> {
    let mut take = |operation: &'a Operation, suffix: &str| {
        let tag = operation.tag.as_deref();
        let group = groups.of(tag);
        let own = without_tag(&operation.id, tag);
        let chosen = operation
            .given
            .clone()
            .or_else(|| methods::words(operation));
        let words = chosen.iter().map(String::as_str).chain([own]);
        let words: Vec<String> = words.map(|words| format!("{words}{suffix}")).collect();
        let idents: Vec<Ident> = words.iter().map(|words| method_name(words)).collect();
        let bases: Vec<Ident> = words.iter().map(|words| Ident::type_name(words)).collect();
        let names = CallNames {
            ident: group.methods.take(&idents),
            whole: None,
            base: group.bases.take(&bases),
        };
        for name in [names.call(), names.success(), names.error()] {
            group.types.take(&[name]);
        }
        names
    };
    let operations = api.operations.iter();
    let mut taken: Vec<Vec<_>> = operations
        .map(|operation| vec![take(operation, "")])
        .collect();
    for ((operation, ways), taken) in api.operations.iter().zip(ways).zip(&mut taken) {
        let more = ways.iter().skip(1);
        taken.extend(more.map(|way| take(operation, &way.suffix)));
    }
    for ((operation, ways), taken) in api.operations.iter().zip(ways).zip(&mut taken) {
        let methods = &mut groups.of(operation.tag.as_deref()).methods;
        for (way, names) in ways.iter().zip(taken) {
            let is_given_by_fields = way.given != Given::Whole;
            let suffixes = ["with", "with_body"];
            let idents = suffixes.map(|suffix| names.ident.with(&format!("_{suffix}")));
            names.whole = is_given_by_fields.then(|| methods.take(&idents));
        }
    }
    taken
}

/// The name of a function of a tag's client.
fn method_name(words: &str) -> Ident {
    let ident = Ident::value_name(words);
    if reserved::TAG_CLIENT.contains(&ident.as_str()) {
        ident.with("_operation")
    } else {
        ident
    }
}

/// The enums of errors: those of an operation's own, and those that several share.
fn errors<'a>(
    api: &'a Api,
    calls: &[Vec<CallNames>],
    failures: &[Failure],
    groups: &mut Groups<'a>,
) -> Vec<Option<Ident>> {
    let mut shared: HashMap<usize, Ident> = HashMap::new();
    let operations = api.operations.iter().zip(calls).zip(failures);
    let names = operations.map(|((operation, calls), failure)| match failure {
        Failure::Nothing | Failure::Body => None,
        Failure::Own(_) => calls.first().map(CallNames::error),
        Failure::Shared { words, operations } => {
            let first = *operations.first()?;
            let name = shared.entry(first).or_insert_with(|| {
                let types = &mut groups.of(operation.tag.as_deref()).types;
                types.take(&[Ident::type_name(words)])
            });
            Some(name.clone())
        }
    });
    names.collect()
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
