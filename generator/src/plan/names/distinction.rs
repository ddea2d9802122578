//! What is a variant of a union called, that nothing names? After what tells it from the others.

use crate::api::{Api, Object, Presence, Property, Shape, TypeId, Union};

/// The words that tell the variant at a position from the others, best first.
pub(super) fn distinctions(api: &Api, union: &Union, index: usize) -> Vec<String> {
    let Some(variant) = union.variants.get(index) else {
        return Vec::new();
    };
    if let Some(tag) = variant.tags.first() {
        return vec![tag.clone()];
    }
    let others: Vec<TypeId> = union
        .variants
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != index)
        .map(|(_, variant)| variant.ty)
        .collect();
    let view = Variant {
        api,
        ty: variant.ty,
        others,
    };
    let rules = [
        Variant::value,
        Variant::constant,
        Variant::own_property,
        Variant::own_value,
        Variant::own_requirement,
        Variant::kind,
        Variant::own_pair,
        Variant::lack,
    ];
    rules.iter().filter_map(|rule| rule(&view)).collect()
}

/// A variant beside the others.
struct Variant<'a> {
    api: &'a Api,
    ty: TypeId,
    others: Vec<TypeId>,
}

impl<'a> Variant<'a> {
    /// The only string that it is.
    fn value(&self) -> Option<String> {
        match values(self.api, self.ty)? {
            [only] => Some(spoken(only)),
            [..] => None,
        }
    }

    /// The only value of a property that is another in the others.
    fn constant(&self) -> Option<String> {
        self.find_property(|own, others| match own {
            [only] if !others.contains(&only.as_str()) => Some(spoken(only)),
            [..] => None,
        })
    }

    /// A property that only it has.
    fn own_property(&self) -> Option<String> {
        let own = object(self.api, self.ty)?;
        let mut properties = own.properties.iter();
        let only = properties
            .find(|property| !self.other_objects().any(|other| has(other, &property.name)))?;
        Some(format!("with {}", only.name))
    }

    /// The first value of a property that has none of the values it has in the others.
    fn own_value(&self) -> Option<String> {
        self.find_property(|own, others| {
            let is_own = own.iter().all(|value| !others.contains(&value.as_str()));
            own.first().filter(|_| is_own).map(|value| spoken(value))
        })
    }

    /// A property that only it requires.
    fn own_requirement(&self) -> Option<String> {
        let own = object(self.api, self.ty)?;
        let is_required = |property: &&Property| property.presence == Presence::Required;
        let only = own.properties.iter().filter(is_required).find(|property| {
            let requires = |other: &Object| {
                let mut properties = other.properties.iter();
                properties.any(|m| m.name == property.name && m.presence == Presence::Required)
            };
            !self.other_objects().any(requires)
        })?;
        Some(format!("with {}", only.name))
    }

    /// Two properties that only it has both of.
    fn own_pair(&self) -> Option<String> {
        let own = &object(self.api, self.ty)?.properties;
        let pairs = own.iter().enumerate().flat_map(|(index, second)| {
            let firsts = own.iter().take(index);
            firsts.map(move |first| (&*first.name, &*second.name))
        });
        let mut pairs = pairs.filter(|(first, second)| {
            let mut others = self.other_objects();
            !others.any(|other| has(other, first) && has(other, second))
        });
        let (first, second) = pairs.next()?;
        Some(format!("with {first} and {second}"))
    }

    /// A property that all others have.
    fn lack(&self) -> Option<String> {
        let own = object(self.api, self.ty)?;
        let mut others = self.other_objects();
        let mut properties = others.next()?.properties.iter();
        let others: Vec<&Object> = others.collect();
        let lacked = properties.find(|property| {
            !has(own, &property.name) && others.iter().all(|other| has(other, &property.name))
        })?;
        Some(format!("without {}", lacked.name))
    }

    /// What kind of value it is, where no other is of the same.
    fn kind(&self) -> Option<String> {
        let own = kind(self.api, self.ty)?;
        let mut others = self.others.iter();
        let is_only = others.all(|other| kind(self.api, *other) != Some(own));
        is_only.then(|| own.to_owned())
    }

    fn other_objects(&self) -> impl Iterator<Item = &'a Object> {
        self.others.iter().filter_map(|ty| object(self.api, *ty))
    }

    /// The first property with listed values for which the rule finds a word. It is given its
    /// values, and those that the property has in the others; there has to be one in some other.
    fn find_property(&self, rule: fn(&[String], &[&str]) -> Option<String>) -> Option<String> {
        let own = object(self.api, self.ty)?;
        own.properties.iter().find_map(|property| {
            let own = values(self.api, property.ty)?;
            let others = self.other_objects();
            let others = others.flat_map(|other| &other.properties);
            let same = others.filter(|other| other.name == property.name);
            let others: Vec<&str> = same
                .filter_map(|other| values(self.api, other.ty))
                .flatten()
                .map(String::as_str)
                .collect();
            rule(own, &others).filter(|_| !others.is_empty())
        })
    }
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
fn values(api: &Api, ty: TypeId) -> Option<&[String]> {
    let (ty, _) = api.types.resolve(ty);
    let Shape::Enum(listed) = &api.types[ty].shape else {
        return None;
    };
    Some(&listed.values)
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
        let name = "a.yaml".to_owned();
        let source = Source { name, text };
        let api = understand(&source, &Settings::default(), &mut Diagnostics::default()).unwrap();
        let (_, union) = api
            .types
            .iter()
            .find(|(_, ty)| ty.shape.as_union().is_some())
            .unwrap();
        let union = union.shape.as_union().unwrap();
        let count = 0..union.variants.len();
        count
            .map(|index| distinctions(&api, union, index).into_iter().next())
            .collect()
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
