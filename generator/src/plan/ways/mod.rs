//! In which ways can an operation be called?

use crate::api::{Api, Codec, Media, Operation, Presence, TypeId};

/// A way to call an operation.
#[derive(Debug)]
pub struct Way<'a> {
    /// What the function's name has at its end.
    pub suffix: String,
    /// The content of the body.
    pub body: Option<&'a Media>,
    /// How the body is given.
    pub given: Given,
    /// The content of the response, where it is read item by item.
    pub stream: Option<&'a Media>,
}

/// How a body is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// As one value.
    Whole,
    /// By its fields: a function takes those that are required, where they are few, and setters of the
    /// call the others. Another function takes the whole body.
    Fields {
        /// Whether the required ones are few.
        are_few: bool,
    },
}

/// How many fields a function takes in place of a body.
const FEW: usize = 4;

/// The ways to call each operation.
pub fn all(api: &Api) -> Vec<Vec<Way<'_>>> {
    let operations = api.operations.iter();
    operations.map(|operation| ways(api, operation)).collect()
}

/// The ways to call an operation, the usual one first: one for each kind of body, and one that
/// reads the response item by item.
fn ways<'a>(api: &Api, operation: &'a Operation) -> Vec<Way<'a>> {
    let bodies = bodies(api, operation);
    let usual = bodies.first().and_then(|(body, _)| *body);
    let streams = streams(operation);
    let is_only = streams.len() == 1 && !has_whole_success(operation);
    let mut ways: Vec<Way<'a>> = bodies
        .into_iter()
        .enumerate()
        .map(|(index, (body, suffix))| Way {
            suffix,
            given: match body {
                Some(media) if index == 0 => given(api, operation, media),
                Some(_) | None => Given::Whole,
            },
            body,
            stream: streams.first().copied().filter(|_| is_only),
        })
        .collect();
    if !is_only {
        ways.extend(streams.first().map(|stream| Way {
            suffix: "_stream".to_owned(),
            given: usual.map_or(Given::Whole, |media| given(api, operation, media)),
            body: usual,
            stream: Some(*stream),
        }));
    }
    ways
}

/// How the body of this content is given: an object that is described nowhere else, as JSON or as a
/// form, by its fields. A component can be the body of many operations, and is made once.
fn given(api: &Api, operation: &Operation, media: &Media) -> Given {
    let is_needed = operation.body.as_ref().is_some_and(|body| body.required);
    let is_object_codec = matches!(media.codec(), Codec::Json | Codec::Form);
    let ty = media.ty.filter(|_| is_object_codec && media.is_own);
    let ty = ty.map(|id| api.types.resolve(id));
    let Some((id, false)) = ty else {
        return Given::Whole;
    };
    let object = api.types[id].shape.as_object();
    let Some(object) = object.filter(|object| !object.properties.is_empty()) else {
        return Given::Whole;
    };
    let properties = object.properties.iter();
    let required = properties.filter(|property| property.presence == Presence::Required);
    match required.count() {
        1.. if !is_needed => Given::Whole,
        count => Given::Fields {
            are_few: count <= FEW,
        },
    }
}

/// The contents that a body is sent as, each with what tells its function from the usual one.
fn bodies<'a>(api: &Api, operation: &'a Operation) -> Vec<(Option<&'a Media>, String)> {
    let content = operation.body.iter().flat_map(|body| &body.content);
    let content: Vec<&Media> = content.collect();
    let json = content.iter().find(|media| media.codec() == Codec::Json);
    let usual = json.or(content.first()).copied();
    let mut bodies: Vec<(Option<&Media>, String)> = vec![(usual, String::new())];
    for media in content {
        let kind = media.codec().word();
        let same_kind = |body: Option<&Media>| body.is_some_and(|b| b.codec().word() == kind);
        let is_same =
            |body: Option<&Media>| body.is_some_and(|body| is_same_type(api, body.ty, media.ty));
        // Another kind of form is a way of its own, and so is another type; the same type in
        // another encoding is none.
        let is_known = if media.codec().is_form() {
            bodies.iter().any(|(body, _)| same_kind(*body))
        } else {
            is_same(usual)
                || bodies
                    .iter()
                    .any(|(body, _)| same_kind(*body) && is_same(*body))
        };
        if !is_known && media.media_type.codec != Codec::Xml {
            let suffix = if bodies.iter().any(|(body, _)| same_kind(*body)) {
                format!("_{}", media.media_type.stem)
            } else {
                format!("_{kind}")
            };
            bodies.push((Some(media), suffix));
        }
    }
    bodies
}

fn is_same_type(api: &Api, one: Option<TypeId>, other: Option<TypeId>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => api.types.resolve(one) == api.types.resolve(other),
        (one, other) => one == other,
    }
}

fn successes(operation: &Operation) -> impl Iterator<Item = &Media> {
    operation.successes().flat_map(|response| &response.content)
}

/// The contents of success that are streams; items before bytes.
fn streams(operation: &Operation) -> Vec<&Media> {
    let streams = successes(operation).filter(|media| media.is_streamed());
    let mut streams: Vec<&Media> = streams.collect();
    streams.sort_by_key(|media| !media.media_type.codec.is_sequential());
    streams
}

/// Whether a response can be read item by item or as a whole, as the caller chooses.
pub fn has_choice(operation: &Operation) -> bool {
    !streams(operation).is_empty() && has_whole_success(operation)
}

/// Whether a response of success can be read as a whole. Bytes can.
pub fn has_whole_success(operation: &Operation) -> bool {
    successes(operation).any(|media| !media.media_type.codec.is_sequential())
}
