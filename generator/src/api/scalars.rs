//! Unions of scalars: what they are called, whatever holds them.

use super::{Format, Scalar, Shape, TypeId, Types};

impl Types {
    /// The words for the variants of a union of scalars and lists of them, in their order: what such
    /// a union is called wherever it stands. `None` for every other type.
    pub fn scalars(&self, id: TypeId) -> Option<Vec<String>> {
        let union = self[id].shape.as_union().filter(|u| u.tag.is_none())?;
        let variants = union.variants.iter();
        let mut words: Vec<String> = Vec::new();
        for word in variants.map(|variant| self.scalar(variant.ty)) {
            let word = word?;
            if !words.contains(&word) {
                words.push(word);
            }
        }
        (words.len() > 1).then_some(words)
    }

    fn scalar(&self, id: TypeId) -> Option<String> {
        let (id, _) = self.resolve(id);
        if self[id].name.component.is_some() {
            return None;
        }
        match &self[id].shape {
            Shape::Scalar(scalar) => Some(word(scalar)),
            Shape::Array(item) => Some(format!("{} list", self.scalar(*item)?)),
            Shape::Any
            | Shape::Enum(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Object(_)
            | Shape::Union(_)
            | Shape::Nullable(_)
            | Shape::Alias(_) => None,
        }
    }
}

/// A scalar's type; with its format, where that changes which values there are.
fn word(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Boolean => "boolean".to_owned(),
        Scalar::Integer(Format(format)) | Scalar::Number(Format(format))
            if ["int32", "uint32", "uint64"].contains(&format.as_str()) =>
        {
            format.clone()
        }
        Scalar::Integer(_) => "integer".to_owned(),
        Scalar::Number(Format(format)) if format == "int64" => "integer".to_owned(),
        Scalar::Number(_) => "number".to_owned(),
        Scalar::String(Format(format)) if format == "password" => "secret".to_owned(),
        Scalar::String(_) => "string".to_owned(),
        Scalar::Foreign(path) => path.rsplit("::").next().unwrap_or_default().to_owned(),
    }
}
