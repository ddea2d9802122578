//! Which scalars are of types that the user has chosen?

use std::collections::BTreeMap;

use crate::api::{Api, Format, Scalar, Shape};

/// Gives scalars of the formats the types that the user has chosen for them.
pub fn replace(api: &mut Api, formats: &BTreeMap<String, String>) {
    for id in api.types.ids() {
        let shape = &mut api.types[id].shape;
        if let Shape::Scalar(
            Scalar::String(Format(format))
            | Scalar::Integer(Format(format))
            | Scalar::Number(Format(format)),
        ) = shape
            && let Some(chosen) = formats.get(format)
        {
            *shape = Shape::Scalar(Scalar::Foreign(chosen.clone()));
        }
    }
}
