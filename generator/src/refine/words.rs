//! Which words belong to a property? Its own, or else those about its type, where that has no name
//! to carry them.

use crate::api::{Api, Docs, Property, Shape, Types};

/// Gives every property and header the words of its type before equal types are made one.
pub fn settle(api: &mut Api) {
    let types = &api.types;
    let mut found = Vec::new();
    for (id, ty) in types.iter() {
        let properties = ty.shape.as_object().into_iter();
        for (index, property) in properties.flat_map(|o| &o.properties).enumerate() {
            found.extend(of_type(types, property).map(|docs| (id, index, docs)));
        }
    }
    for operation in &mut api.operations {
        let bodies = operation.body.iter_mut().flat_map(|body| &mut body.content);
        for part in bodies.flat_map(|media| &mut media.parts) {
            if let Some(docs) = of_type(&api.types, part) {
                part.docs = docs;
            }
        }
    }
    for (id, index, docs) in found {
        if let Some(object) = api.types[id].shape.as_object_mut() {
            object.properties[index].docs = docs;
        }
    }
}

/// The property's words together with those about its type; `None` where these are said elsewhere.
fn of_type(types: &Types, property: &Property) -> Option<Docs> {
    let mut ty = &types[property.ty];
    if let (Shape::Nullable(inner), None) = (&ty.shape, &ty.name.component) {
        ty = &types[*inner];
    }
    if ty.shape.is_named() || ty.name.component.is_some() || ty.docs == Docs::default() {
        return None;
    }
    let mut docs = property.docs.clone();
    if docs.description.is_empty() && docs.title.is_empty() {
        docs.description.clone_from(&ty.docs.description);
        docs.title.clone_from(&ty.docs.title);
    }
    for note in &ty.docs.notes {
        if !docs.notes.contains(note) {
            docs.notes.push(note.clone());
        }
    }
    docs.default = docs.default.or_else(|| ty.docs.default.clone());
    docs.example = docs.example.or_else(|| ty.docs.example.clone());
    (docs != property.docs).then_some(docs)
}
