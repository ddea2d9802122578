//! What is a variant of a union called, that nothing names? After what tells it from the others.

use std::collections::HashMap;

use crate::api::{Api, Object, Presence, Property, Shape, TypeId, Union};

/// The words that tell each variant from the others, best first.
pub(super) fn distinctions(api: &Api, union: &Union) -> Vec<Vec<String>> {
    let variants = Variants::new(api, union);
    let rules = [
        Variants::value,
        Variants::constant,
        Variants::own_property,
        Variants::own_value,
        Variants::own_requirement,
        Variants::kind,
        Variants::own_pair,
        Variants::lack,
    ];
    let of_variant = |index: usize| match union.variants[index].tags.first() {
        Some(tag) => vec![tag.clone()],
        None => {
            let words = rules.iter().filter_map(|rule| rule(&variants, index));
            words.collect()
        }
    };
    (0..union.variants.len()).map(of_variant).collect()
}

/// The variants of a union, and which of them have what.
struct Variants<'a> {
    api: &'a Api,
    types: Vec<TypeId>,
    /// Those that are objects.
    objects: Vec<usize>,
    /// Those with a property of this name.
    having: HashMap<&'a str, Vec<usize>>,
    /// Those that require a property of this name.
    requiring: HashMap<&'a str, Vec<usize>>,
    /// Those that list values of a property of this name.
    listing: HashMap<&'a str, Vec<usize>>,
    /// Those that list this value of a property of this name.
    valued: HashMap<(&'a str, &'a str), Vec<usize>>,
    /// Those that are this kind of value.
    kinds: HashMap<&'static str, Vec<usize>>,
}

impl<'a> Variants<'a> {
    fn new(api: &'a Api, union: &Union) -> Self {
        let mut variants = Self {
            api,
            types: union.variants.iter().map(|variant| variant.ty).collect(),
            objects: Vec::new(),
            having: HashMap::new(),
            requiring: HashMap::new(),
            listing: HashMap::new(),
            valued: HashMap::new(),
            kinds: HashMap::new(),
        };
        for index in 0..variants.types.len() {
            variants.add(index);
        }
        variants
    }

    fn add(&mut self, index: usize) {
        let (api, ty) = (self.api, self.types[index]);
        if let Some(kind) = kind(api, ty) {
            self.kinds.entry(kind).or_default().push(index);
        }
        let Some(object) = object(api, ty) else {
            return;
        };
        self.objects.push(index);
        for property in &object.properties {
            let name = &*property.name;
            self.having.entry(name).or_default().push(index);
            if property.presence == Presence::Required {
                self.requiring.entry(name).or_default().push(index);
            }
            let values = values(api, property.ty).unwrap_or_default();
            if !values.is_empty() {
                self.listing.entry(name).or_default().push(index);
            }
            for value in values {
                self.valued.entry((name, value)).or_default().push(index);
            }
        }
    }

    fn object(&self, index: usize) -> Option<&'a Object> {
        object(self.api, self.types[index])
    }

    /// The only string that it is.
    fn value(&self, index: usize) -> Option<String> {
        match values(self.api, self.types[index])?[..] {
            [only] => Some(spoken(only)),
            [..] => None,
        }
    }

    /// The only value of a property that is another in the others.
    fn constant(&self, index: usize) -> Option<String> {
        let is_own = |name: &str, values: &[&str]| match values {
            [only] => is_only(index, self.valued.get(&(name, only))),
            [..] => false,
        };
        self.find_value(index, is_own)
    }

    /// A property that only it has.
    fn own_property(&self, index: usize) -> Option<String> {
        let is_own = |p: &&Property| is_only(index, self.having.get(&*p.name));
        let own = self.object(index)?.properties.iter().find(is_own)?;
        Some(format!("with {}", own.name))
    }

    /// The first value of a property that has none of the values it has in the others.
    fn own_value(&self, index: usize) -> Option<String> {
        let is_own = |name: &str, values: &[&str]| {
            let mut values = values.iter();
            values.all(|value| is_only(index, self.valued.get(&(name, value))))
        };
        self.find_value(index, is_own)
    }

    /// A property that only it requires.
    fn own_requirement(&self, index: usize) -> Option<String> {
        let is_own = |p: &&Property| is_only(index, self.requiring.get(&*p.name));
        let mut properties = self.object(index)?.properties.iter();
        let required = properties.find(|p| p.presence == Presence::Required && is_own(p))?;
        Some(format!("with {}", required.name))
    }

    /// What kind of value it is, where no other is of the same.
    fn kind(&self, index: usize) -> Option<String> {
        let own = kind(self.api, self.types[index])?;
        is_only(index, self.kinds.get(own)).then(|| own.to_owned())
    }

    /// Two properties that only it has both of.
    fn own_pair(&self, index: usize) -> Option<String> {
        let own = &self.object(index)?.properties;
        let pairs = own.iter().enumerate().flat_map(|(position, second)| {
            let firsts = own.iter().take(position);
            firsts.map(move |first| (&*first.name, &*second.name))
        });
        let mut pairs = pairs.filter(|(first, second)| {
            let (first, second) = (&self.having[first], &self.having[second]);
            let (rare, common) = if first.len() < second.len() {
                (first, second)
            } else {
                (second, first)
            };
            let mut others = rare.iter().filter(|other| **other != index);
            !others.any(|other| common.binary_search(other).is_ok())
        });
        let (first, second) = pairs.next()?;
        Some(format!("with {first} and {second}"))
    }

    /// A property that all others have.
    fn lack(&self, index: usize) -> Option<String> {
        let own = self.object(index)?;
        let other = self.objects.iter().find(|other| **other != index)?;
        let mut properties = self.object(*other)?.properties.iter();
        let lacked = properties.find(|property| {
            !has(own, &property.name)
                && self.having[&*property.name].len() + 1 == self.objects.len()
        })?;
        Some(format!("without {}", lacked.name))
    }

    /// The first value of the first property for which the rule holds, of those that list values
    /// in it and in another.
    fn find_value(&self, index: usize, rule: impl Fn(&str, &[&str]) -> bool) -> Option<String> {
        self.object(index)?.properties.iter().find_map(|property| {
            let own = values(self.api, property.ty)?;
            let listing = self.listing.get(&*property.name)?;
            let is_own = listing.len() > 1 && rule(&property.name, &own);
            own.first().filter(|_| is_own).map(|value| spoken(value))
        })
    }
}

/// Whether of all variants only this one is among them.
fn is_only(index: usize, variants: Option<&Vec<usize>>) -> bool {
    variants.is_some_and(|variants| variants.iter().all(|other| *other == index))
}

/// A value as a word.
pub(super) fn spoken(value: &str) -> String {
    match value {
        "" => "empty".to_owned(),
        _ => value.to_owned(),
    }
}

fn has(object: &Object, name: &str) -> bool {
    object
        .properties
        .iter()
        .any(|property| property.name == name)
}

fn object(api: &Api, ty: TypeId) -> Option<&Object> {
    let (ty, _) = api.types.resolve(ty);
    api.types[ty].shape.as_object()
}

/// The strings that a type lists.
fn values(api: &Api, ty: TypeId) -> Option<Vec<&str>> {
    let (ty, _) = api.types.resolve(ty);
    let Shape::Enum(listed) = &api.types[ty].shape else {
        return None;
    };
    Some(listed.strings()?.collect())
}

fn kind(api: &Api, ty: TypeId) -> Option<&'static str> {
    let (ty, _) = api.types.resolve(ty);
    match &api.types[ty].shape {
        Shape::Enum(_) => Some("keyword"),
        Shape::Object(_) => Some("object"),
        Shape::Array(_) | Shape::Tuple(_) => Some("list"),
        Shape::Map(_) => Some("map"),
        Shape::Union(_) => Some("choice"),
        Shape::Any | Shape::Scalar(_) | Shape::Nullable(_) | Shape::Alias(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::distinctions;
    use crate::diagnostic::Diagnostics;
    use crate::document::Source;
    use crate::settings::Settings;
    use crate::understand;

    /// The best word for each variant of a union of these schemas.
    fn words(variants: &str) -> Vec<Option<String>> {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        '200': {{ description: A, content: {{ application/json: {{ schema: {{ oneOf: [{variants}] }} }} }} }}\n"
        );
        let source = Source::new("a.yaml", text);
        let api = understand(&source, &Settings::default(), &mut Diagnostics::default()).unwrap();
        let (_, union) = api
            .types
            .iter()
            .find(|(_, ty)| ty.shape.as_union().is_some())
            .unwrap();
        let union = union.shape.as_union().unwrap();
        let words = distinctions(&api, union).into_iter();
        words.map(|words| words.into_iter().next()).collect()
    }

    fn object(properties: &str) -> String {
        format!("{{ type: object, properties: {{ {properties} }} }}")
    }

    #[test]
    fn variants_are_told_apart_by_what_differs() {
        let named = |words: &[&str]| -> Vec<Option<String>> {
            words.iter().map(|&word| Some(word.to_owned())).collect()
        };
        let (a, b) = (object("a: { type: string }"), object("b: { type: string }"));
        assert_eq!(words(&format!("{a}, {b}")), named(&["with a", "with b"]));
        let (a, b) = (object("k: { const: x }"), object("k: { const: y }"));
        assert_eq!(words(&format!("{a}, {b}")), named(&["x", "y"]));
        let ab = object("a: { type: string }, b: { type: string }");
        let a = object("a: { type: string }");
        assert_eq!(
            words(&format!("{ab}, {a}")),
            named(&["with b", "without b"])
        );
        let map = "{ type: object, additionalProperties: { type: string } }";
        let list = "{ type: array, items: { type: string } }";
        assert_eq!(words(&format!("{map}, {list}")), named(&["map", "list"]));
    }
}
