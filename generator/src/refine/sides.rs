//! Which properties are always there? Those that one side alone sends are, in the types of that side:
//! where a type that is sent and received has such properties, there is another one for requests.

use std::collections::HashMap;

use crate::api::{Api, Media, Place, Presence, Property, Type, TypeId};

/// Decides it for every type.
pub fn decide(api: &mut Api) {
    let sides = Sides::of(api);
    split(api, &sides);
    let Sides { sent, received } = Sides::of(api);
    for media in sent_media(api) {
        for part in &mut media.parts {
            settle(part, true, false);
        }
    }
    for id in api.types.ids() {
        let (is_sent, is_received) = (sent[id.index()], received[id.index()]);
        if let Some(object) = api.types[id].shape.as_object_mut() {
            for property in &mut object.properties {
                settle(property, is_sent, is_received);
            }
        }
    }
}

/// For each type, by its index, which side sends it.
struct Sides {
    sent: Vec<bool>,
    received: Vec<bool>,
}

impl Sides {
    fn of(api: &mut Api) -> Self {
        let (mut sent, mut received) = (Vec::new(), Vec::new());
        for_each_sent(api, &mut |id| sent.push(*id));
        for response in api.operations.iter_mut().flat_map(|o| &mut o.responses) {
            received.extend(response.headers.iter().map(|header| header.ty));
            for media in &mut response.content {
                media.for_each_type(&mut |id| received.push(*id));
            }
        }
        for media in api.webhooks.iter_mut().flat_map(|w| &mut w.content) {
            media.for_each_type(&mut |id| received.push(*id));
        }
        Self {
            sent: api.types.reached(sent),
            received: api.types.reached(received),
        }
    }
}

/// The contents of the requests' bodies.
fn sent_media(api: &mut Api) -> impl Iterator<Item = &mut Media> {
    let bodies = api.operations.iter_mut().filter_map(|o| o.body.as_mut());
    bodies.flat_map(|body| &mut body.content)
}

/// Visits the types that requests name.
fn for_each_sent(api: &mut Api, visit: &mut dyn FnMut(&mut TypeId)) {
    for media in sent_media(api) {
        media.for_each_type(visit);
    }
    let parameters = api.operations.iter_mut().flat_map(|o| &mut o.parameters);
    parameters.for_each(|parameter| visit(&mut parameter.ty));
}

/// Gives requests types of their own for those that are not the same on both sides.
fn split(api: &mut Api, sides: &Sides) {
    let is_on_both = |id: TypeId| sides.sent[id.index()] && sides.received[id.index()];
    let differing = api.types.iter().filter(|(id, ty)| {
        let properties = ty.shape.as_object().map(|object| &object.properties);
        let mut properties = properties.into_iter().flatten();
        let is_of_one_side =
            |p: &Property| matches!(p.presence, Presence::ReadOnly | Presence::WriteOnly);
        is_on_both(*id) && properties.any(is_of_one_side)
    });
    let differing: Vec<TypeId> = differing.map(|(id, _)| id).collect();
    let differs = api.types.leading_to(differing);
    let mut requested = HashMap::new();
    for id in api.types.ids() {
        if differs[id.index()] && is_on_both(id) {
            let ty = for_requests(&api.types[id]);
            requested.insert(id, api.types.add(ty));
        }
    }
    let replace = |id: &mut TypeId| *id = requested.get(id).copied().unwrap_or(*id);
    for_each_sent(api, &mut |id| replace(id));
    for id in api.types.ids() {
        let ty = &mut api.types[id];
        let (is_sent, is_received) = match sides.sent.get(id.index()) {
            Some(is_sent) => (*is_sent, sides.received[id.index()]),
            // It is one of the new types.
            None => (true, false),
        };
        if is_sent && !is_received {
            ty.shape.for_each_part(&mut |id| replace(id));
        }
        if ty.name.is_input
            && let Some(within) = ty.name.place.as_mut().and_then(Place::within_mut)
        {
            replace(within);
        }
    }
}

/// The type that requests have instead.
fn for_requests(ty: &Type) -> Type {
    let mut ty = ty.clone();
    ty.name.is_input = true;
    if ty.is_named() {
        let note = "For requests; responses have a type of their own.";
        ty.docs.notes.push(note.to_owned());
    }
    ty
}

fn settle(property: &mut Property, is_sent: bool, is_received: bool) {
    let is_required = match property.presence {
        Presence::ReadOnly => is_received && !is_sent,
        Presence::WriteOnly => is_sent && !is_received,
        Presence::Required | Presence::Optional => return,
    };
    property.presence = if is_required {
        Presence::Required
    } else {
        Presence::Optional
    };
}
