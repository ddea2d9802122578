//! How is the body of a response read?

use super::codec::{self, Decoder};
use crate::api::{Api, Codec, Media, Range, TypeId};
use crate::plan::names::Names;
use crate::plan::types::RustType;

/// A media type of a response, and what it is read as.
pub(super) struct Reading<'a> {
    /// The content.
    pub media: &'a Media,
    /// The type of what is read.
    pub body: RustType,
    /// How it is read.
    pub decoder: Decoder,
    /// When it is compared with that of a response: the narrower, the earlier. The last one stands
    /// for everything that is none of the others.
    pub rank: u8,
}

/// The media types of a response that mean different things, the preferred one first. The same
/// value in another encoding is not asked for; events and lines are read by a function of their own.
pub(super) fn readings<'a>(api: &Api, names: &Names, content: &'a [Media]) -> Vec<Reading<'a>> {
    let preferred = preferred(content);
    let others = content.iter().filter(|media| {
        let is_other = |first: &Media| *first != **media && !is_same(api, first.ty, media.ty);
        preferred.is_some_and(is_other) && !media.media_type.codec.is_sequential()
    });
    let has_ranges = content.iter().any(is_range);
    let mut readings: Vec<Reading<'a>> = Vec::new();
    for (index, media) in preferred.into_iter().chain(others).enumerate() {
        let (body, decoder) = codec::decoder(api, names, media);
        let is_known = |known: &Reading<'_>| known.body == body && known.decoder == decoder;
        if readings.iter().any(is_known) {
            continue;
        }
        readings.push(Reading {
            media,
            body,
            decoder,
            rank: match media.media_type.range {
                Range::All => 3,
                Range::Subtypes => 2,
                Range::Single if index == 0 && !has_ranges => 1,
                Range::Single => 0,
            },
        });
    }
    readings
}

/// Whether two contents have one type, which both of them declare.
fn is_same(api: &Api, one: Option<TypeId>, other: Option<TypeId>) -> bool {
    let types = one.zip(other);
    types.is_some_and(|(one, other)| api.types.resolve(one) == api.types.resolve(other))
}

/// JSON where it is offered, else the first media type that can be read as a whole.
fn preferred(content: &[Media]) -> Option<&Media> {
    let json = content.iter().filter(|media| media.codec() == Codec::Json);
    let json = json.min_by_key(|media| is_range(media));
    let mut content = content.iter();
    let first = content.clone().next();
    let whole = content.find(|media| !media.media_type.codec.is_sequential());
    json.or(whole).or(first)
}

fn is_range(media: &Media) -> bool {
    media.media_type.range != Range::Single
}
