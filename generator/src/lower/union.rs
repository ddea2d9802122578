//! `oneOf` and `anyOf`: one of several types.

use indexmap::IndexSet;
use openapiv3::Discriminator;
use serde_json::Value;

use super::merge::{Choice, Merged};
use super::view::{View, Written};
use super::{Lowering, component_name};
use crate::api::{
    Docs, Enum, Name, Origin, Place, Presence, Property, Shape, TypeId, Union, Variant,
};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The union that a schema describes; what it says besides goes into every variant.
    pub(super) fn union(
        &mut self,
        base: &Merged<'a>,
        choice: &Choice<'a>,
        id: TypeId,
        above: &mut Vec<String>,
    ) -> Shape {
        let tag = choice.discriminator.map(|d| d.property_name.clone());
        let mut variants = Vec::new();
        for (index, part) in choice.parts.iter().enumerate() {
            let part = Written::from(part);
            if let Written::Schema(schema) = part
                && View::of(schema).is_null()
            {
                continue;
            }
            let at = choice.at.child(index.to_string());
            let place = Place::Variant(id, index);
            let tags = self.tags(part, choice.discriminator);
            let mapped = choice.discriminator.zip(named(part));
            let mapped = mapped.map_or_else(Vec::new, |(of, name)| mapped_to(of, &name));
            let of_tag = (tag.as_deref(), &mapped[..]);
            let ty = self.variant(base, part, &at, (place, of_tag), above);
            variants.push(Variant { ty, tags });
        }
        if let Some(discriminator) = choice.discriminator {
            let at = choice.at.above().cloned().unwrap_or_default();
            self.check_mapping(discriminator, &variants, &at);
        }
        Shape::Union(Union { variants, tag })
    }

    /// Every value of the mapping has to stand for one of the alternatives ("Discriminator Object").
    fn check_mapping(&mut self, discriminator: &Discriminator, variants: &[Variant], at: &Pointer) {
        for (value, target) in &discriminator.mapping {
            if variants.iter().all(|variant| !variant.tags.contains(value)) {
                let at = at.child("discriminator").child("mapping").child(value);
                let target = mapping_target(target).unwrap_or_else(|| target.clone());
                let message = format!(
                    "`{target}` is none of the alternatives; `{value}` is read as any value"
                );
                let help = "add it to the alternatives, or let it include the base by `allOf`";
                self.diagnostics.warning(Code::Unused, &at, message, help);
            }
        }
    }

    /// A variant as it is, or together with what all variants share.
    fn variant(
        &mut self,
        base: &Merged<'a>,
        part: Written<'a>,
        at: &Pointer,
        (place, (tag, tags)): (Place, (Option<&str>, &[String])),
        above: &mut Vec<String>,
    ) -> TypeId {
        let mut own = Merged::default();
        self.gather(part, at, above, &mut own);
        let adds = |name: &&str| !own.properties.contains_key(*name);
        let adds_nothing = base.properties.keys().all(|name| !adds(name))
            && base.required.iter().all(|name| own.required.contains(name));
        let is_kept = |tag: &str| own.properties.contains_key(tag) || !own.choices.is_empty();
        let lacks_tag = tag.is_some_and(|tag| !is_kept(tag)) && tags.len() > 1 && own.is_object();
        let is_object = own.is_object() || own.typ.is_none() || own.typ == Some("object");
        if !is_object || adds_nothing && !lacks_tag {
            return self.written(part, at, place);
        }
        let mut merged = base.clone();
        merged.choices.clear();
        self.gather(part, at, above, &mut merged);
        // The tag is written with the variant.
        if let Some(tag) = tag.filter(|tag| !merged.properties.contains_key(tag)) {
            merged.required.shift_remove(tag);
        }
        let id = self.add(Shape::Any, self.docs_of(part));
        self.types[id].name = Name {
            title: title(part),
            place: Some(place),
            ..Name::default()
        };
        let shape = self.merged_shape(&merged, id, at, above);
        self.types[id].shape = shape;
        if lacks_tag {
            self.add_tag(id, tag.unwrap_or_default(), tags);
        }
        id
    }

    /// Gives a variant that several values of the tag stand for a property that keeps the one that
    /// was read.
    fn add_tag(&mut self, id: TypeId, tag: &str, tags: &[String]) {
        let ty = self.add(Shape::Enum(Enum::of_strings(tags)), Docs::default());
        self.types[ty].name.place = Some(Place::Property(id, tag.to_owned()));
        if let Some(object) = self.types[id].shape.as_object_mut() {
            let property = Property {
                origin: Origin::several(),
                name: tag.to_owned(),
                given: None,
                ty,
                presence: Presence::Required,
                docs: Docs::default(),
            };
            object.properties.insert(0, property);
        }
    }

    /// The values of the tag that stand for a part ("Discriminator Object"): those that the mapping
    /// gives, or the part's own constant, or those of its variants; and its component's name.
    fn tags(&self, part: Written<'a>, discriminator: Option<&Discriminator>) -> Vec<String> {
        self.tags_within(part, discriminator, 0)
    }

    fn tags_within(
        &self,
        part: Written<'a>,
        discriminator: Option<&Discriminator>,
        depth: usize,
    ) -> Vec<String> {
        const DEEPEST: usize = 4;
        let Some(discriminator) = discriminator else {
            return Vec::new();
        };
        let name = named(part);
        let mut tags = match &name {
            Some(name) => mapped_to(discriminator, name),
            None => Vec::new(),
        };
        let mut merged = Merged::default();
        if tags.is_empty() {
            self.gather(part, &Pointer::root(), &mut Vec::new(), &mut merged);
            tags.extend(constant(&merged, &discriminator.property_name));
        }
        if tags.is_empty() && depth < DEEPEST {
            for choice in &merged.choices {
                let is_same =
                    |own: &&Discriminator| own.property_name == discriminator.property_name;
                let discriminator = choice
                    .discriminator
                    .filter(is_same)
                    .unwrap_or(discriminator);
                for part in choice.parts {
                    tags.extend(self.tags_within(part.into(), Some(discriminator), depth + 1));
                }
            }
        }
        if let Some(name) = name {
            // A schema that stands elsewhere has there the name that it is known by.
            let name = match self.moved_schemas.get(&name) {
                Some(own) => own.clone(),
                None => Some(name),
            };
            tags.extend(name.filter(|name| !tags.contains(name)));
        }
        tags
    }

    /// A base that names a discriminator, but no variants, has its descendants for variants
    /// ("Composition and Inheritance").
    pub(super) fn descendants(
        &mut self,
        name: &str,
        discriminator: &'a Discriminator,
        id: TypeId,
        at: &Pointer,
        above: &mut Vec<String>,
    ) -> Option<Shape> {
        let mut variants = Vec::new();
        for child in self.heirs_of(name) {
            if let Some(ty) = self.components.get(child).copied() {
                let mut tags = mapped_to(discriminator, child);
                if tags.iter().all(|tag| tag != child) {
                    tags.push(child.to_owned());
                }
                variants.push(Variant { ty, tags });
            }
        }
        if variants.is_empty() {
            return None;
        }
        let base = self.base(name, id, at, above);
        let mut tags = vec![name.to_owned()];
        tags.extend(mapped_to(discriminator, name));
        variants.push(Variant { ty: base, tags });
        self.check_mapping(discriminator, &variants, at);
        Some(Shape::Union(Union {
            variants,
            tag: Some(discriminator.property_name.clone()),
        }))
    }

    /// The components that consist of this one among others, in the document's order.
    fn heirs_of(&self, name: &str) -> Vec<&'a str> {
        let mut found = IndexSet::new();
        let mut waiting = vec![name];
        while let Some(base) = waiting.pop() {
            for heir in self.heirs.get(base).into_iter().flatten() {
                if found.insert(*heir) {
                    waiting.push(heir);
                }
            }
        }
        found.shift_remove(name);
        found.sort_by_key(|heir| self.components.get_index_of(heir));
        found.into_iter().collect()
    }

    /// The base itself, as one of the variants.
    fn base(&mut self, name: &str, id: TypeId, at: &Pointer, above: &mut Vec<String>) -> TypeId {
        let mut merged = Merged::default();
        if let Some((_, schema)) = self.component_schema(&format!("#/components/schemas/{name}")) {
            self.gather(schema.into(), at, above, &mut merged);
        }
        let base = self.add(Shape::Any, self.types[id].docs.clone());
        self.types[base].name.given = Some(format!("{name} base"));
        let shape = self.plain(&merged, base, at);
        self.types[base].shape = shape;
        base
    }

    /// Several choices at once are more than a type can say.
    pub(super) fn too_many_choices(&mut self, at: &Pointer) -> Shape {
        let message = "several `oneOf` or `anyOf` at once have no type";
        let help = "it is read and written as any JSON value";
        self.diagnostics.warning(Code::Untyped, at, message, help);
        Shape::Any
    }
}

fn title(part: Written<'_>) -> Option<String> {
    match part {
        Written::Reference(_) => None,
        Written::Schema(schema) => schema.schema_data.title.clone(),
    }
}

/// The values of the mapping that lead to a component.
fn mapped_to(discriminator: &Discriminator, name: &str) -> Vec<String> {
    let mapping = discriminator.mapping.iter();
    let mapping = mapping.filter(|(_, target)| mapping_target(target).as_deref() == Some(name));
    mapping.map(|(value, _)| value.clone()).collect()
}

/// The component that a value of the mapping names: by reference or by name.
fn mapping_target(target: &str) -> Option<String> {
    if target.contains('#') {
        component_name(&target[target.find('#')?..])
    } else {
        Some(target.to_owned())
    }
}

/// The component that a part is, alone or with more words beside the reference.
fn named(part: Written<'_>) -> Option<String> {
    match part {
        Written::Reference(reference) => component_name(reference),
        Written::Schema(schema) => {
            let view = View::of(schema);
            match view.all_of {
                [openapiv3::ReferenceOr::Reference { reference }] if view.properties.is_none() => {
                    component_name(reference)
                }
                [..] => None,
            }
        }
    }
}

fn constant(merged: &Merged<'_>, property: &str) -> Vec<String> {
    let definitions = merged.properties.get(property).into_iter().flatten();
    let mut texts = definitions.map(|(written, _)| match written {
        Written::Schema(schema) => texts(&View::of(schema).values),
        Written::Reference(_) => Vec::new(),
    });
    texts.next_back().unwrap_or_default()
}

fn texts(values: &[Value]) -> Vec<String> {
    let texts = values.iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
