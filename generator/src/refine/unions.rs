//! Which unions are simpler than they look, and what tells their variants apart?

use std::collections::HashSet;

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::api::{
    Api, Enum, EnumValue, Format, Presence, Scalar, Shape, TypeId, Types, Union, Variant,
};

/// Simplifies every union, and finds the tag of those that do not name one.
pub fn simplify(api: &mut Api) {
    let ids = api.types.ids();
    for id in ids {
        if let Shape::Union(union) = &api.types[id].shape {
            api.types[id].shape = simplified(&api.types, id, union.clone());
        }
    }
}

fn simplified(types: &Types, id: TypeId, union: Union) -> Shape {
    let mut variants: IndexMap<Kind<'_>, Variant> = IndexMap::new();
    for mut variant in union.variants {
        // That null is among the values is said by the union.
        if let Shape::Nullable(inner) = types[variant.ty].shape {
            variant.ty = inner;
        }
        match variants.entry(Kind::of(types, variant.ty)) {
            Entry::Occupied(known) => known.into_mut().tags.extend(variant.tags),
            Entry::Vacant(free) => {
                free.insert(variant);
            }
        }
    }
    let variants: Vec<Variant> = variants.into_values().collect();
    if variants
        .iter()
        .any(|variant| matches!(shape(types, variant.ty), Shape::Any))
    {
        return Shape::Any;
    }
    if let Some(values) = strings(types, &variants) {
        return values;
    }
    match &variants[..] {
        [] => Shape::Any,
        [only] if union.tag.is_none() && only.ty != id => Shape::Alias(only.ty),
        [..] => tagged(types, variants, union.tag),
    }
}

/// What is one variant: a type, or a scalar wherever it stands.
#[derive(PartialEq, Eq, Hash)]
enum Kind<'a> {
    Type(TypeId),
    Scalar(&'a Scalar),
}

impl<'a> Kind<'a> {
    fn of(types: &'a Types, id: TypeId) -> Self {
        match (&types[id].shape, &types[id].name.component) {
            (Shape::Scalar(scalar), None) => Self::Scalar(scalar),
            (_, _) => Self::Type(id),
        }
    }
}

/// The shape behind other names.
fn shape(types: &Types, id: TypeId) -> &Shape {
    let mut id = id;
    // An alias of itself has been reported as an error, and ends the run before this.
    while let Shape::Alias(target) = types[id].shape {
        id = target;
    }
    &types[id].shape
}

/// Strings, and enums of them, are one enum: it keeps any string.
fn strings(types: &Types, variants: &[Variant]) -> Option<Shape> {
    let mut values = Vec::new();
    let mut plain = None;
    for variant in variants {
        let shape = shape(types, variant.ty);
        if let Shape::Enum(listed) = shape
            && listed.strings().is_some()
        {
            values.extend(listed.values.iter().cloned());
        } else if shape.string_format().is_some() {
            plain = Some(shape.clone());
        } else {
            return None;
        }
    }
    let mut seen = HashSet::new();
    values.retain(|value: &EnumValue| seen.insert(value.text.clone()));
    if variants.len() < 2 {
        return None;
    }
    if values.is_empty() {
        return plain;
    }
    let scalar = Scalar::String(Format::default());
    Some(Shape::Enum(Enum { scalar, values }))
}

/// Without a discriminator, a required property with different values in every variant is the tag.
fn tagged(types: &Types, mut variants: Vec<Variant>, tag: Option<String>) -> Shape {
    if tag.is_some() {
        return Shape::Union(Union { variants, tag });
    }
    let Some(first) = variants.first() else {
        return Shape::Any;
    };
    let tag = constants(types, first.ty)
        .into_iter()
        .find_map(|(name, _)| {
            let mut seen = HashSet::new();
            let mut tags = Vec::new();
            for variant in &variants {
                let own = constants(types, variant.ty);
                let (_, values) = own.into_iter().find(|(other, _)| *other == name)?;
                if !values.iter().all(|value| seen.insert(value.clone())) {
                    return None;
                }
                tags.push(values);
            }
            Some((name, tags))
        });
    let Some((name, tags)) = tag else {
        return Shape::Union(Union {
            variants,
            tag: None,
        });
    };
    for (variant, tags) in variants.iter_mut().zip(tags) {
        variant.tags = tags;
    }
    Shape::Union(Union {
        variants,
        tag: Some(name),
    })
}

/// The required properties of an object whose values are listed; for a choice, those of all its
/// alternatives, with the values of each.
fn constants(types: &Types, id: TypeId) -> Vec<(String, Vec<String>)> {
    constants_within(types, id, 0)
}

fn constants_within(types: &Types, id: TypeId, depth: usize) -> Vec<(String, Vec<String>)> {
    const DEEPEST: usize = 8;
    if let Shape::Union(union) = shape(types, id)
        && depth < DEEPEST
    {
        let variants = union.variants.iter();
        let mut all = variants.map(|variant| constants_within(types, variant.ty, depth + 1));
        let mut both = all.next().unwrap_or_default();
        for other in all {
            both.retain_mut(|(name, values)| {
                let same = other.iter().find(|(other, _)| other == name);
                let more = same.map_or(&[][..], |(_, values)| values);
                let more: Vec<String> = more
                    .iter()
                    .filter(|v| !values.contains(v))
                    .cloned()
                    .collect();
                values.extend(more);
                same.is_some()
            });
        }
        return both;
    }
    let Shape::Object(object) = shape(types, id) else {
        return Vec::new();
    };
    let listed = object.properties.iter().filter_map(|property| {
        let Shape::Enum(listed) = shape(types, property.ty) else {
            return None;
        };
        let required = property.presence == Presence::Required;
        let texts = listed.strings().filter(|_| required)?;
        let texts = texts.map(str::to_owned).collect();
        Some((property.name.clone(), texts))
    });
    listed.collect()
}
