//! Which scalars are of types that the user has chosen?

use crate::api::{Api, Format, Scalar, Shape};
use crate::settings::Settings;

/// Gives scalars of the formats the types that the user has chosen for them. Those of libraries are for
/// strings: that is how they are written.
pub fn replace(api: &mut Api, settings: &Settings) {
    let of_libraries = settings.types_of_libraries();
    for id in api.types.ids() {
        let shape = &mut api.types[id].shape;
        let Shape::Scalar(scalar) = shape else {
            continue;
        };
        let chosen = match scalar {
            Scalar::String(Format(format)) => {
                let own = settings.formats.get(format).map(String::as_str);
                own.or_else(|| of_libraries.get(&**format).copied())
            }
            Scalar::Integer(Format(format)) | Scalar::Number(Format(format)) => {
                settings.formats.get(format).map(String::as_str)
            }
            Scalar::Boolean | Scalar::Foreign(_) => None,
        };
        if let Some(chosen) = chosen {
            *shape = Shape::Scalar(Scalar::Foreign(chosen.to_owned()));
        }
    }
}
