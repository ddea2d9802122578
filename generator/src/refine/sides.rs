//! Which members are always there? Those that one side alone sends are, in a type that the other
//! side does not send.

use crate::api::{Api, Member, Presence};

/// Decides it for every type.
pub fn decide(api: &mut Api) {
    let mut sent = Vec::new();
    let mut answered = Vec::new();
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
            answered.extend(response.headers.iter().map(|header| header.ty));
            for media in &mut response.content {
                media.for_each_type(&mut |id| answered.push(*id));
            }
        }
    }
    for media in api
        .webhooks
        .iter_mut()
        .flat_map(|webhook| &mut webhook.content)
    {
        media.for_each_type(&mut |id| answered.push(*id));
    }
    let (sent, answered) = (api.types.reached(sent), api.types.reached(answered));
    for id in api.types.iter().map(|(id, _)| id).collect::<Vec<_>>() {
        let (is_sent, is_answered) = (sent[id.index()], answered[id.index()]);
        if let Some(object) = api.types[id].shape.as_object_mut() {
            for member in &mut object.members {
                settle(member, is_sent, is_answered);
            }
        }
    }
}

fn settle(member: &mut Member, is_sent: bool, is_answered: bool) {
    let is_required = match member.presence {
        Presence::Answered => is_answered && !is_sent,
        Presence::Sent => is_sent && !is_answered,
        Presence::Required | Presence::Optional => return,
    };
    member.presence = if is_required {
        Presence::Required
    } else {
        Presence::Optional
    };
}
