//! Operations that respond page by page: as the user says, as an extension says, or as the names of
//! parameters and properties show.

use openapiv3::Operation as Written;
use serde_json::Value;

use super::{Lowering, clues};
use crate::api::{
    Codec, Location, Media, Next, Operation, Pagination, PaginationHint, PaginationStyle,
    Parameter, Range, Scalar, Shape, TypeId,
};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// Properties of responses that hold the items, where there is more than one array.
const ITEMS: [&str; 6] = ["data", "items", "results", "value", "values", "entries"];

impl Lowering<'_> {
    /// How an operation's responses go on, where they do.
    pub(super) fn pagination(
        &mut self,
        written: &Written,
        operation: &Operation,
        at: &Pointer,
    ) -> Option<Pagination> {
        let chosen = self.settings.pagination.get(&operation.id).cloned();
        let declared = chosen.map(Ok).or_else(|| declared(written));
        let Some(declared) = declared else {
            let shape = |path: &[&str]| self.at_path(operation, path);
            let is_number = |parameter: &Parameter| {
                let shape = self.types.resolved_shape(parameter.ty);
                matches!(shape, Shape::Scalar(Scalar::Integer(_) | Scalar::Number(_)))
            };
            let clue = clues::found(operation, &shape, &is_number)?;
            return self.resolved(&clue, operation).ok();
        };
        let resolved = declared.and_then(|declared| {
            let is_paged = declared.style != PaginationStyle::None;
            is_paged
                .then(|| self.resolved(&declared, operation))
                .transpose()
        });
        match resolved {
            Ok(pagination) => pagination,
            Err(reason) => {
                let message = format!("the pages are not read one after the other: {reason}");
                let help = "say in `codegen.toml` how the operation is paged";
                self.diagnostics.warning(Code::Unused, at, message, help);
                None
            }
        }
    }

    /// Checks that what is said fits the operation.
    fn resolved(&self, said: &PaginationHint, operation: &Operation) -> Result<Pagination, String> {
        let response = success(operation).ok_or("its response is not JSON")?;
        let items = match &said.items {
            Some(items) => self.path(response, items)?,
            None => self
                .items(response)
                .ok_or("its response has no array of items")?,
        };
        let array = self.inner(response, &items).unwrap_or(response);
        let &Shape::Array(item) = self.types.resolved_shape(array) else {
            return Err(format!("`{}` is not an array", items.join(".")));
        };
        let parameter = || {
            let name = said.parameter.as_ref().ok_or("`parameter` is missing")?;
            let is_it =
                |p: &&crate::api::Parameter| p.location == Location::Query && p.name == *name;
            match operation.parameters.iter().find(is_it) {
                Some(parameter) => Ok(parameter.name.clone()),
                None => Err(format!("it has no parameter `{name}` in the query")),
            }
        };
        let from = || {
            let from = said.from.as_ref().ok_or("`from` is missing")?;
            self.path(response, from)
        };
        let next = match said.style {
            PaginationStyle::None | PaginationStyle::Link => Next::Link,
            PaginationStyle::Url => Next::Url(from()?),
            PaginationStyle::Cursor => Next::Cursor {
                parameter: parameter()?,
                from: from()?,
            },
            PaginationStyle::Last => Next::Last {
                parameter: parameter()?,
                property: said.from.clone().unwrap_or("id".to_owned()),
            },
            PaginationStyle::Offset => Next::Offset {
                parameter: parameter()?,
            },
            PaginationStyle::Page => Next::Page {
                parameter: parameter()?,
                first: said.first,
            },
        };
        Ok(Pagination {
            items,
            item,
            next,
            more: match &said.more {
                Some(more) => Some(self.path(response, more)?),
                None => None,
            },
        })
    }

    /// The names of properties that lead there: `data.items`, `$.data.items`, `$response.data.items`,
    /// or one name with points in it.
    fn path(&self, response: TypeId, text: &str) -> Result<Vec<String>, String> {
        let whole = vec![text.to_owned()];
        if self.inner(response, &whole).is_some() {
            return Ok(whole);
        }
        let names = text
            .split('.')
            .filter(|name| !name.is_empty() && !name.starts_with('$'));
        let names: Vec<String> = names.map(str::to_owned).collect();
        match self.inner(response, &names) {
            Some(_) => Ok(names),
            None => Err(format!("its response has no `{text}`")),
        }
    }

    /// The type of a property of a success.
    fn at_path(&self, operation: &Operation, path: &[&str]) -> Option<Shape> {
        let path: Vec<String> = path.iter().map(|&name| name.to_owned()).collect();
        let found = self.inner(success(operation)?, &path)?;
        Some(self.types.resolved_shape(found).clone())
    }

    fn inner(&self, id: TypeId, path: &[String]) -> Option<TypeId> {
        path.iter().try_fold(id, |id, name| {
            let object = self.types.resolved_shape(id).as_object()?;
            let property = object
                .properties
                .iter()
                .find(|property| property.name == *name)?;
            Some(property.ty)
        })
    }

    /// Where the items are: the response itself, its only array, or one of a usual name.
    fn items(&self, response: TypeId) -> Option<Vec<String>> {
        let is_array = |id| matches!(self.types.resolved_shape(id), Shape::Array(_));
        if is_array(response) {
            return Some(Vec::new());
        }
        let object = self.types.resolved_shape(response).as_object()?;
        let arrays = object
            .properties
            .iter()
            .filter(|property| is_array(property.ty));
        let arrays: Vec<&str> = arrays.map(|property| property.name.as_str()).collect();
        let usual = ITEMS.iter().find(|name| arrays.contains(name)).copied();
        let only = arrays.first().filter(|_| arrays.len() == 1).copied();
        Some(vec![usual.or(only)?.to_owned()])
    }
}

/// The type of the first success, where it is JSON.
fn success(operation: &Operation) -> Option<TypeId> {
    let mut content = operation.successes().next()?.content.iter();
    content.find(|media| is_json(media))?.ty
}

/// Ranges may be anything.
fn is_json(media: &Media) -> bool {
    media.codec() == Codec::Json && media.media_type.range == Range::Single
}

/// What an extension of a vendor says.
fn declared(written: &Written) -> Option<Result<PaginationHint, String>> {
    let extension = |name: &str| written.extensions.get(name);
    if let Some(said) = extension("x-speakeasy-pagination") {
        return Some(speakeasy(said));
    }
    if let Some(said) = extension("x-fern-pagination").filter(|said| said.is_object()) {
        return Some(Ok(fern(said)));
    }
    let said = extension("x-ms-pageable")?;
    let next = said["nextLinkName"].as_str()?;
    Some(Ok(PaginationHint {
        from: Some(next.to_owned()),
        items: said["itemName"]
            .as_str()
            .or(Some("value"))
            .map(str::to_owned),
        ..PaginationHint::new(PaginationStyle::Url)
    }))
}

fn speakeasy(said: &Value) -> Result<PaginationHint, String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let outputs = &said["outputs"];
    let input = |kind: &str| {
        let inputs = said["inputs"].as_array().into_iter().flatten();
        let mut inputs = inputs.filter(|input| input["in"] == "parameters");
        text(&inputs.find(|input| input["type"] == kind)?["name"])
    };
    let (style, parameter, from) = match said["type"].as_str() {
        Some("cursor") => (
            PaginationStyle::Cursor,
            input("cursor"),
            &outputs["nextCursor"],
        ),
        Some("url") => (PaginationStyle::Url, None, &outputs["nextUrl"]),
        Some("offsetLimit") => match input("page") {
            Some(page) => (PaginationStyle::Page, Some(page), &Value::Null),
            None => (PaginationStyle::Offset, input("offset"), &Value::Null),
        },
        _ => return Err("the `type` is not `cursor`, `url` or `offsetLimit`".to_owned()),
    };
    Ok(PaginationHint {
        parameter,
        from: text(from),
        items: text(&outputs["results"]),
        ..PaginationHint::new(style)
    })
}

fn fern(said: &Value) -> PaginationHint {
    let text = |name: &str| said[name].as_str();
    let parameter = |name: &str| text(name)?.rsplit('.').next().map(str::to_owned);
    let style = match (text("cursor"), text("offset"), text("step")) {
        (Some(_), ..) => PaginationStyle::Cursor,
        (None, Some(_), Some(_)) => PaginationStyle::Offset,
        (None, Some(_), None) => PaginationStyle::Page,
        (None, None, _) => PaginationStyle::Url,
    };
    PaginationHint {
        parameter: parameter("cursor").or(parameter("offset")),
        from: text("next_cursor").or(text("next_uri")).map(str::to_owned),
        items: text("results").map(str::to_owned),
        more: text("has-next-page").map(str::to_owned),
        ..PaginationHint::new(style)
    }
}
