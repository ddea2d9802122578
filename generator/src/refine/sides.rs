//! Which properties are always there? Those that one side alone sends are, in a type that the other
//! side does not send.

use crate::api::{Api, Presence, Property};

/// Decides it for every type.
pub fn decide(api: &mut Api) {
    let mut sent = Vec::new();
    let mut received = Vec::new();
    for operation in &mut api.operations {
        let bodies = operation.body.iter_mut().flat_map(|body| &mut body.content);
        for media in bodies {
            for part in &mut media.parts {
                settle(part, true, false);
            }
            media.for_each_type(&mut |id| sent.push(*id));
        }
        sent.extend(operation.parameters.iter().map(|parameter| parameter.ty));
        for response in &mut operation.responses {
            received.extend(response.headers.iter().map(|header| header.ty));
            for media in &mut response.content {
                media.for_each_type(&mut |id| received.push(*id));
            }
        }
    }
    for media in api
        .webhooks
        .iter_mut()
        .flat_map(|webhook| &mut webhook.content)
    {
        media.for_each_type(&mut |id| received.push(*id));
    }
    let (sent, received) = (api.types.reached(sent), api.types.reached(received));
    for id in api.types.ids() {
        let (is_sent, is_received) = (sent[id.index()], received[id.index()]);
        if let Some(object) = api.types[id].shape.as_object_mut() {
            for property in &mut object.properties {
                settle(property, is_sent, is_received);
            }
        }
    }
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
