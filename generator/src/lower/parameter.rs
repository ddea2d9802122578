//! Parameters.

use indexmap::IndexMap;
use openapiv3::{
    Example, MediaType, Parameter as Written, ParameterData, ParameterSchemaOrContent, PathStyle,
    QueryStyle, ReferenceOr, Schema, SchemaKind, Type,
};
use serde_json::Value;

use super::{Located, Lowering, component_name, given, is_global};
use crate::api::{Docs, Location, Operation, Origin, Parameter, Place, Shape, Style, TypeId};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The parameters of an operation: its own, and those of its path item that it does not
    /// override ("Operation Object", `parameters`).
    pub(super) fn parameters(
        &mut self,
        own: (&'a [ReferenceOr<Written>], &Pointer),
        shared: (&'a [ReferenceOr<Written>], &Pointer),
        operation: usize,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for (written, at) in [own, shared] {
            for (index, parameter) in written.iter().enumerate() {
                let at = at.child("parameters").child(index.to_string());
                let Some(parameter) =
                    self.resolve(parameter, &at, ("parameters", |c| &c.parameters))
                else {
                    continue;
                };
                let known = |location, name: &str| {
                    parameters
                        .iter()
                        .any(|p: &Parameter| p.location == location && p.name == *name)
                };
                let (location, _) = placement(parameter.value);
                let name = &parameter.value.parameter_data_ref().name;
                if !known(location, name) && !is_ruled_out(location, name) {
                    parameters.push(self.parameter(&parameter, operation));
                }
            }
        }
        parameters
    }

    /// Parameters that are set once for all calls, as many vendors' documents have them.
    /// One that leads nowhere, or stands where no such parameter can, is left out.
    pub(super) fn globals(&mut self, operations: &[Operation]) -> Vec<(Location, String)> {
        let globals = self.document.extensions.get("x-speakeasy-globals");
        let globals = globals.and_then(|globals| globals["parameters"].as_array());
        let at = Pointer::root()
            .child("x-speakeasy-globals")
            .child("parameters");
        let mut known = Vec::new();
        for (index, written) in globals.into_iter().flatten().enumerate() {
            match self.global(written) {
                Some(global) => known.push(global),
                None => {
                    let at = at.child(index.to_string());
                    let message = "this is not a parameter of all calls; it is left out";
                    let help = "name a parameter in the query, a header or a cookie";
                    self.diagnostics.warning(Code::Unused, &at, message, help);
                }
            }
        }
        let parameters = operations
            .iter()
            .flat_map(|operation| &operation.parameters);
        for parameter in parameters {
            let mut chosen = self.settings.globals.iter();
            let global = (parameter.location, parameter.name.clone());
            if chosen.any(|name| is_global(parameter, name)) && !known.contains(&global) {
                known.push(global);
            }
        }
        known
    }

    fn global(&self, written: &Value) -> Option<(Location, String)> {
        let (location, name) = if let Some(reference) = written["$ref"].as_str() {
            let name = component_name(reference)?;
            let components = self.document.components.as_ref()?;
            let parameter = components.parameters.get(&name)?.as_item()?;
            let data = parameter.parameter_data_ref();
            (placement(parameter).0, data.name.clone())
        } else {
            let location = match written["in"].as_str()? {
                "query" => Location::Query,
                "header" => Location::Header,
                "cookie" => Location::Cookie,
                _ => return None,
            };
            (location, written["name"].as_str()?.to_owned())
        };
        (location != Location::Path).then_some((location, name))
    }

    fn parameter(&mut self, written: &Located<&'a Written>, operation: usize) -> Parameter {
        let data = written.value.parameter_data_ref();
        let (location, mut style) = placement(written.value);
        let place = Place::Parameter(operation, data.name.clone());
        let ty = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                self.schema(schema, &written.at.child("schema"), place)
            }
            ParameterSchemaOrContent::Content(content) => {
                let at = written.at.child("content");
                let (ty, is_json) = self.content_parameter(content, &at, place);
                if is_json {
                    style = Style::Json;
                }
                ty
            }
        };
        let allow_reserved = matches!(
            written.value,
            Written::Query {
                allow_reserved: true,
                ..
            }
        );
        let schema = self.schema_of(&data.format);
        if location == Location::Path {
            self.identifies(ty, &data.name);
        }
        if !matches!(style, Style::Json | Style::DeepObject) && self.is_nested(ty) {
            let message = "nothing says how lists and objects within a parameter are written";
            let help = "describe it by `content` with a media type; it is sent as JSON in a query, and as a list elsewhere";
            self.diagnostics
                .warning(Code::Untyped, &written.at, message, help);
        }
        Parameter {
            origin: Origin::at(&written.at),
            name: data.name.clone(),
            given: given::parameter(&data.extensions),
            location,
            style,
            explode: data
                .explode
                .unwrap_or(matches!(style, Style::Form | Style::DeepObject)),
            allow_reserved,
            required: data.required || location == Location::Path,
            ty,
            default: schema.and_then(|schema| schema.schema_data.default.clone()),
            minimum: schema.and_then(minimum),
            docs: Docs {
                description: data.description.clone().unwrap_or_default(),
                deprecated: data.deprecated.unwrap_or_default(),
                default: schema.and_then(|schema| schema.schema_data.default.clone()),
                example: example(data)
                    .or(schema.and_then(|s| s.schema_data.example.as_ref()))
                    .cloned(),
                ..Docs::default()
            },
        }
    }
}

/// The example of a parameter, or of its content ("Parameter Object").
fn example(data: &ParameterData) -> Option<&Value> {
    let content = match &data.format {
        ParameterSchemaOrContent::Schema(_) => None,
        ParameterSchemaOrContent::Content(content) => content.values().next(),
    };
    let own = example_of(data.example.as_ref(), &data.examples);
    own.or(content.and_then(media_example))
}

/// The example of a content ("Media Type Object").
pub(super) fn media_example(media: &MediaType) -> Option<&Value> {
    example_of(media.example.as_ref(), &media.examples)
}

/// The one example, or the first of several that stands where it is listed ("Example Object").
pub(super) fn example_of<'a>(
    one: Option<&'a Value>,
    several: &'a IndexMap<String, ReferenceOr<Example>>,
) -> Option<&'a Value> {
    let mut several = several.values().filter_map(ReferenceOr::as_item);
    one.or_else(|| several.find_map(|example| example.value.as_ref()))
}

impl<'a> Lowering<'a> {
    /// Whether lists or objects are within a list or an object ("Style Values" has scalars alone).
    fn is_nested(&self, ty: TypeId) -> bool {
        let is_whole = |id: TypeId| {
            matches!(
                self.types.resolved_shape(id),
                Shape::Array(_) | Shape::Tuple(_) | Shape::Map(_) | Shape::Object(_)
            )
        };
        match self.types.resolved_shape(ty) {
            Shape::Array(item) | Shape::Map(item) => is_whole(*item),
            Shape::Object(object) => object.properties.iter().any(|property| {
                // A list of scalars is written once for each.
                if let Shape::Array(item) = self.types.resolved_shape(property.ty) {
                    is_whole(*item)
                } else {
                    is_whole(property.ty)
                }
            }),
            Shape::Any
            | Shape::Scalar(_)
            | Shape::Enum(_)
            | Shape::Tuple(_)
            | Shape::Union(_)
            | Shape::Nullable(_)
            | Shape::Alias(_) => false,
        }
    }

    /// What identifies a resource is the same in all paths: its type is called like the parameter.
    fn identifies(&mut self, ty: TypeId, parameter: &str) {
        let id = self.not_null(ty);
        let is_named = self.types[id].shape.is_named();
        let name = &mut self.types[id].name;
        if is_named && name.component.is_none() && name.own().is_none() {
            name.given = Some(parameter.to_owned());
        }
    }

    /// The schema of a parameter, where it has one.
    fn schema_of(&self, format: &'a ParameterSchemaOrContent) -> Option<&'a Schema> {
        let ParameterSchemaOrContent::Schema(schema) = format else {
            return None;
        };
        match schema {
            ReferenceOr::Item(schema) => Some(schema),
            ReferenceOr::Reference { reference } => {
                let (_, schema) = self.component_schema(reference)?;
                schema.as_item()
            }
        }
    }
}

fn minimum(schema: &Schema) -> Option<i64> {
    let SchemaKind::Type(Type::Integer(integer)) = &schema.schema_kind else {
        return None;
    };
    integer.minimum
}

/// "If `in` is `header` and the `name` field is `Accept`, `Content-Type` or `Authorization`, the
/// parameter definition SHALL be ignored" ("Parameter Object").
fn is_ruled_out(location: Location, name: &str) -> bool {
    let ignored = ["accept", "content-type", "authorization"];
    location == Location::Header && ignored.iter().any(|n| name.eq_ignore_ascii_case(n))
}

fn placement(parameter: &Written) -> (Location, Style) {
    match parameter {
        Written::Path { style, .. } => {
            let style = match style {
                PathStyle::Matrix => Style::Matrix,
                PathStyle::Label => Style::Label,
                PathStyle::Simple => Style::Simple,
            };
            (Location::Path, style)
        }
        Written::Query { style, .. } => {
            let style = match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            };
            (Location::Query, style)
        }
        Written::Header { .. } => (Location::Header, Style::Simple),
        Written::Cookie { .. } => (Location::Cookie, Style::Form),
    }
}
