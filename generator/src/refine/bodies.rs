//! Which bodies can say something?

use crate::api::{Api, Body, Codec, Media, Types};

/// Drops the bodies that may be absent and are forms without fields: nothing could be sent in them.
pub fn drop_empty(api: &mut Api) {
    let Api {
        operations, types, ..
    } = api;
    for operation in operations {
        operation.body.take_if(|body| is_empty(body, types));
    }
}

fn is_empty(body: &Body, types: &Types) -> bool {
    let is_empty_form = |media: &Media| {
        let object = media.ty.and_then(|id| types.resolved_shape(id).as_object());
        let has_no_field =
            object.is_some_and(|o| o.properties.is_empty() && o.additional.is_none());
        media.codec() == Codec::Form && has_no_field
    };
    !body.required && body.content.iter().all(is_empty_form)
}
