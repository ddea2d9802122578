//! Bodies that are given by their fields, as code: what a function takes and what setters take.

use butler_codegen::plan::{Argument, Call, Kind, Passed, RustType, Set, Short, Step};
use serde_json::Value;

/// The arguments of the function and the calls of setters that make this body; `None` where a value
/// that has to be there cannot be written.
pub fn written(
    krate: &str,
    call: &Call,
    short: &Short,
    body: &Value,
) -> Option<(Vec<String>, String)> {
    let of = |argument: &Argument| {
        let name = argument.origin.pointer()?.tokens().last()?.to_string();
        let value = body.get(name)?;
        let Passed::Field(kind, set) = &argument.passed else {
            return None;
        };
        value_of(krate, (*kind, set), value)
    };
    let arguments: Option<Vec<String>> = short.fields.iter().map(of).collect();
    let setters = call.setters.iter();
    let setters = setters.filter(|setter| matches!(setter.step, Step::Field(..)));
    let setters = setters.filter_map(|setter| {
        let value = of(&setter.argument)?;
        Some(format!(".{}({value})", setter.argument.ident.as_str()))
    });
    Some((arguments?, setters.collect()))
}

/// A value as code.
fn value_of(krate: &str, (kind, set): (Kind, &Set), value: &Value) -> Option<String> {
    let text = value.to_string();
    if value.is_null() && kind != Kind::Required {
        return None;
    }
    match (kind, set) {
        (_, Set::Texts) => Some(format!("from::<Vec<String>>({text:?})")),
        (_, Set::Into(ty)) | (Kind::Nullable | Kind::Anything, Set::Plain(ty) | Set::Boxed(ty)) => {
            let ty = type_of(krate, ty)?;
            Some(format!("from::<{ty}>({text:?})"))
        }
        (_, Set::Plain(_) | Set::Boxed(_)) => Some(format!("from({text:?})")),
        (_, Set::Constant(..) | Set::ByHand) => None,
    }
}

/// A type as code, where it is a plain one.
fn type_of(krate: &str, ty: &RustType) -> Option<String> {
    let inner = |ty: &RustType| type_of(krate, ty);
    Some(match ty {
        RustType::String => "String".to_owned(),
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U32 => "u32".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::Json => "serde_json::Value".to_owned(),
        RustType::Model(ident) => format!("{krate}::types::{}", ident.as_str()),
        RustType::Vec(item) => format!("Vec<{}>", inner(item)?),
        RustType::Option(item) => format!("Option<{}>", inner(item)?),
        RustType::Boxed(item) => format!("Box<{}>", inner(item)?),
        RustType::Map(item) => {
            format!("std::collections::BTreeMap<String, {}>", inner(item)?)
        }
        RustType::Unit
        | RustType::Bytes
        | RustType::Secret
        | RustType::Foreign(_)
        | RustType::Infallible
        | RustType::Tuple(_)
        | RustType::OpenTuple { .. }
        | RustType::Nullable(_)
        | RustType::Local(_) => return None,
    })
}
