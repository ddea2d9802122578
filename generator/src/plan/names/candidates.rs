//! What is an inline type called? After the place where the document describes it, so that a change
//! elsewhere changes no name.

use std::collections::HashMap;

use super::distinction::distinctions;
use super::ident::{Ident, Scope};
use super::reserved;
use crate::api::{Api, Place, Shape, Status, Type, TypeId};
use crate::text::singular;

/// Names the types that are no components.
pub(super) struct Inline<'a> {
    api: &'a Api,
    /// The words that tell the variants of each union apart.
    differences: HashMap<TypeId, Vec<Vec<String>>>,
    scope: &'a mut Scope,
    names: &'a mut HashMap<TypeId, Ident>,
}

impl<'a> Inline<'a> {
    /// Compares the variants of every union. `scope` and `names` have the names of the components.
    pub(super) fn new(
        api: &'a Api,
        scope: &'a mut Scope,
        names: &'a mut HashMap<TypeId, Ident>,
    ) -> Self {
        let unions = api.types.used();
        let unions = unions.filter_map(|(id, ty)| Some((id, ty.shape.as_union()?)));
        let differences = unions.map(|(id, union)| (id, distinctions(api, union)));
        Self {
            api,
            differences: differences.collect(),
            scope,
            names,
        }
    }

    /// Names all of them: first those that the document itself has a name for. Of several that it
    /// calls the same, the one with the fewest members is called so: one that grows takes the name
    /// of no other.
    pub(super) fn name_all(&mut self) {
        let api = self.api;
        let used = || api.types.used();
        let used = || used().filter(|(id, ty)| ty.is_named() && !is_component(api, *id));
        let own = used().filter_map(|(id, ty)| {
            let own = ty.name.in_code(ty.name.own()?);
            Some((id, Ident::type_name(&own)))
        });
        let mut own: Vec<(TypeId, Ident)> = own.collect();
        own.sort_by_key(|(id, _)| members(&api.types[*id].shape));
        for (id, name) in own {
            if self.scope.is_free(&name) {
                self.take(id, &[name]);
            }
        }
        let mut others: Vec<TypeId> = used().map(|(id, _)| id).collect();
        others.sort_by_cached_key(|id| self.depth(*id));
        for id in others {
            self.name(id, 0);
        }
    }

    fn take(&mut self, id: TypeId, candidates: &[Ident]) -> Ident {
        let name = self.scope.take(candidates);
        self.names.insert(id, name.clone());
        name
    }

    /// The name of a type, which is given now if it has none yet.
    fn name(&mut self, id: TypeId, depth: usize) -> Ident {
        if let Some(name) = self.names.get(&id) {
            return name.clone();
        }
        let words = match self.api.types.scalars(id) {
            Some(words) => vec![words.join(" or ")],
            None => self.words(id, depth),
        };
        let names: Vec<Ident> = words.iter().map(|words| Ident::type_name(words)).collect();
        self.take(id, &names)
    }

    /// The words for a type by its place, best first.
    fn words(&mut self, id: TypeId, depth: usize) -> Vec<String> {
        let name = &self.api.types[id].name;
        match &name.place {
            Some(place) if depth < DEEPEST => self.place_words(id, place, depth + 1),
            Some(_) | None => vec![name.in_code(name.own().unwrap_or("value"))],
        }
    }

    /// What the place of a type is called, best first.
    fn place_words(&mut self, id: TypeId, place: &Place, depth: usize) -> Vec<String> {
        let api = self.api;
        let operation = |index: &usize| &api.operations[*index].id;
        match place {
            Place::Property(owner, name) => {
                let root = self.root(*owner);
                let is_owner = root == *owner;
                let owner = self.owner_words(*owner, depth);
                // Asking twice at each level would take twice the time for each.
                let root = if is_owner {
                    owner.clone()
                } else {
                    self.owner_words(root, depth)
                };
                [root, owner.clone(), format!("{owner} value")]
                    .map(|owner| format!("{owner} {name}"))
                    .into()
            }
            Place::Item(owner) | Place::Value(owner) => self.item_words(*owner, depth),
            Place::Variant(owner, _) => self.variant_words(id, *owner, depth),
            Place::Parameter(index, name) => {
                let operation = operation(index);
                let words = format!("{operation} {name}");
                vec![words.clone(), format!("{words} parameter")]
            }
            Place::Path(path, name) => vec![format!("{path} {name}")],
            Place::Component(section, name) => {
                let role = match section.as_str() {
                    "requestBodies" => "request",
                    "responses" => "response",
                    "headers" => "header",
                    _ => "parameter",
                };
                vec![name.clone(), format!("{name} {role}")]
            }
            Place::Webhook(index) => vec![format!("{} payload", api.webhooks[*index].name)],
            Place::Body(index) => {
                let operation = operation(index);
                vec![
                    format!("{operation} request"),
                    format!("{operation} request body"),
                ]
            }
            Place::Response(index, status) => {
                let operation = operation(index);
                let words = status.words();
                match status {
                    Status::Code(200..=299) | Status::Range(2) => vec![
                        format!("{operation} response"),
                        format!("{operation} {words} response"),
                    ],
                    Status::Code(_) | Status::Range(_) | Status::Default => vec![
                        format!("{operation} {words}"),
                        format!("{operation} {words} response"),
                    ],
                }
            }
        }
    }

    /// What a type is called in the names of its parts.
    fn owner_words(&mut self, owner: TypeId, depth: usize) -> String {
        let ty = &self.api.types[owner];
        if let Some(name) = self.names.get(&owner) {
            return name.as_str().to_owned();
        }
        if has_name(ty) && depth < DEEPEST {
            return self.name(owner, depth).as_str().to_owned();
        }
        let mut words = self.words(owner, depth).into_iter();
        words.next().unwrap_or_default()
    }

    /// An item is named after its list.
    fn item_words(&mut self, owner: TypeId, depth: usize) -> Vec<String> {
        let ty = &self.api.types[owner];
        if has_name(ty) {
            return vec![format!("{} value", self.owner_words(owner, depth))];
        }
        let whole = match (&ty.name.component, &ty.name.place) {
            (Some(component), _) => ty.name.in_code(component),
            // The list has no name, so that its items are those of the union.
            (None, Some(Place::Variant(union, _))) => self.owner_words(*union, depth),
            (None, _) => self.owner_words(owner, depth),
        };
        let one = singular(&whole);
        let item = format!("{one} item");
        let place = ty.name.place.as_ref();
        let is_body = place.is_some_and(|place| place.within().is_none());
        let is_taken = reserved::ROOT.contains(&Ident::type_name(&one).as_str());
        if is_taken || is_body && one == whole {
            vec![item]
        } else {
            vec![one, item]
        }
    }

    /// A variant is named after its union and what tells it from the others, or its position.
    fn variant_words(&mut self, id: TypeId, owner: TypeId, depth: usize) -> Vec<String> {
        let union = self.owner_words(owner, depth);
        let api = self.api;
        // Another name for a union has the variants of that, each under another name.
        let (whole, _) = api.types.resolve(owner);
        let (own, _) = api.types.resolve(id);
        let variants = api.types[whole].shape.as_union().map(|u| &u.variants);
        let mut variants = variants.into_iter().flatten();
        let Some(position) = variants.position(|v| api.types.resolve(v.ty).0 == own) else {
            // It was the only one, and stands for the union.
            return vec![union];
        };
        let differences = self.differences.get(&whole);
        let differences = differences.and_then(|all| all.get(position));
        let differences = differences.into_iter().flatten().cloned();
        differences
            .chain([format!("variant {}", position + 1)])
            .map(|difference| format!("{union} {difference}"))
            .collect()
    }

    /// The type that a part of it is called after: the component, the body, the variant or what else
    /// has a name by itself, without what is between them.
    fn root(&self, owner: TypeId) -> TypeId {
        let types = &self.api.types;
        let mut root = owner;
        let mut above = Some(owner);
        for _ in 0..DEEPEST {
            let Some(id) = above else { break };
            let ty = &types[id];
            if has_name(ty) {
                root = id;
            }
            let is_variant = matches!(ty.name.place, Some(Place::Variant(..))) && has_name(ty);
            if ty.name.component.is_some() || ty.name.own().is_some() || is_variant {
                return id;
            }
            above = ty.name.place.as_ref().and_then(Place::within);
        }
        root
    }

    /// How many types a type stands within.
    fn depth(&self, id: TypeId) -> usize {
        let above = |id: &TypeId| self.api.types[*id].name.place.as_ref()?.within();
        std::iter::successors(Some(id), above).take(DEEPEST).count()
    }
}

fn is_component(api: &Api, id: TypeId) -> bool {
    api.types[id].name.component.is_some()
}

/// How many values, properties or variants there are.
fn members(shape: &Shape) -> usize {
    match shape {
        Shape::Enum(listed) => listed.values.len(),
        Shape::Object(object) => object.properties.len(),
        Shape::Union(union) => union.variants.len(),
        Shape::Any
        | Shape::Scalar(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Nullable(_)
        | Shape::Alias(_) => 0,
    }
}

/// Whether a type has a name in Rust that its parts can be called after.
fn has_name(ty: &Type) -> bool {
    ty.is_used && ty.is_named()
}

/// How many types a name can lead through.
const DEEPEST: usize = 64;
