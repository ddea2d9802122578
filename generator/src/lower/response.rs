//! Request bodies and responses.

use indexmap::IndexMap;
use openapiv3::{
    Content, Encoding as Encoded, ParameterSchemaOrContent, QueryStyle, ReferenceOr, RequestBody,
    Response as Written, StatusCode,
};

use super::Lowering;
use super::media::{media_type, media_types};
use super::parameter::{example_of, media_example};
use crate::api::{
    Body, Codec, Docs, Encoding, Header, Media, MediaType, Method, Origin, Place, Property, Range,
    Response, Shape, Status, Style, TypeId,
};
use crate::diagnostic::Code;
use crate::document::extension::LINKS;
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The request body of an operation.
    pub(super) fn body(
        &mut self,
        written: &'a ReferenceOr<RequestBody>,
        at: &Pointer,
        place: &Place,
    ) -> Option<Body> {
        let body = self.resolve(written, at, ("requestBodies", |c| &c.request_bodies))?;
        Some(Body {
            origin: Origin::at(&body.at),
            docs: Docs {
                description: body.value.description.clone().unwrap_or_default(),
                ..Docs::default()
            },
            required: body.value.required,
            content: self.media(&body.value.content, &body.at, place),
        })
    }

    /// The responses of an operation: codes, then ranges, then `default`.
    pub(super) fn responses(
        &mut self,
        written: &'a openapiv3::Responses,
        at: &Pointer,
        (operation, method): (usize, &Method),
    ) -> Vec<Response> {
        let mut responses = Vec::new();
        for (key, response) in &written.responses {
            let status = match key {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(digit) => Status::Range(*digit),
            };
            let at = at.child(status.to_string());
            responses.extend(self.response(status, response, &at, (operation, method)));
        }
        if let Some(response) = &written.default {
            let at = at.child("default");
            responses.extend(self.response(Status::Default, response, &at, (operation, method)));
        }
        responses.sort_by_key(|response| response.status);
        responses
    }

    fn response(
        &mut self,
        status: Status,
        written: &'a ReferenceOr<Written>,
        at: &Pointer,
        (operation, method): (usize, &Method),
    ) -> Option<Response> {
        let response = self.resolve(written, at, ("responses", |c| &c.responses))?;
        let place = Place::Response(operation, status);
        let content = if has_body(status, method) {
            self.media(&response.value.content, &response.at, &place)
        } else {
            if !response.value.content.is_empty() {
                let message = "a response of this status or method has no body";
                let help = "leave out its `content` (RFC 9110, section 6.4.1)";
                let at = response.at.child("content");
                self.diagnostics.warning(Code::Unused, &at, message, help);
            }
            Vec::new()
        };
        let links = response.value.extensions.get(LINKS);
        let links = links
            .and_then(|links| links.as_array())
            .into_iter()
            .flatten();
        let links = links.filter_map(|link| link.as_str());
        Some(Response {
            origin: Origin::at(&response.at),
            status,
            description: response.value.description.clone(),
            content,
            links: links.map(str::to_owned).collect(),
            headers: self.headers(&response.value.headers, &response.at, operation),
        })
    }

    /// The headers of a response or a part; `Content-Type` is ignored ("Response Object" and
    /// "Encoding Object", `headers`).
    fn headers(
        &mut self,
        written: &'a IndexMap<String, ReferenceOr<openapiv3::Header>>,
        at: &Pointer,
        operation: usize,
    ) -> Vec<Header> {
        let mut headers = Vec::new();
        for (name, written) in written {
            let at = at.child("headers").child(name);
            let header = self.resolve(written, &at, ("headers", |c| &c.headers));
            let Some(header) = header.filter(|_| !name.eq_ignore_ascii_case("content-type")) else {
                continue;
            };
            let place = Place::Parameter(operation, name.clone());
            let ty = match &header.value.format {
                ParameterSchemaOrContent::Schema(schema) => {
                    self.schema(schema, &header.at.child("schema"), place)
                }
                ParameterSchemaOrContent::Content(content) => {
                    let at = header.at.child("content");
                    self.content_parameter(content, &at, place).0
                }
            };
            headers.push(Header {
                origin: Origin::at(&header.at),
                name: name.clone(),
                required: header.value.required,
                ty,
                docs: Docs {
                    description: header.value.description.clone().unwrap_or_default(),
                    deprecated: header.value.deprecated.unwrap_or_default(),
                    example: example_of(header.value.example.as_ref(), &header.value.examples)
                        .cloned(),
                    ..Docs::default()
                },
            });
        }
        headers
    }

    fn media(&mut self, content: &'a Content, at: &Pointer, place: &Place) -> Vec<Media> {
        let at = at.child("content");
        let types = content.keys().map(|text| media_type(text));
        let types: Vec<MediaType> = types.collect();
        // What can be had as JSON is not asked for as XML.
        let has_json = types.iter().any(is_json);
        let mut list = Vec::new();
        for ((text, media), mut media_type) in content.iter().zip(types) {
            let at = at.child(text);
            let at_schema = at.child("schema");
            let schema = media.schema.as_ref();
            let ty = schema.map(|schema| self.schema(schema, &at_schema, place.clone()));
            if media_type.range == Range::All {
                media_type.codec = self.codec_of_anything(ty);
            }
            if media_type.codec == Codec::Form && ty.is_some_and(|id| self.has_no_names(id)) {
                let message = "a form has names, and nothing says how other values are written";
                let help = "describe an object; the body is passed as it is";
                self.diagnostics.warning(Code::Untyped, &at, message, help);
                media_type.codec = Codec::Bytes;
            }
            let is_own = matches!(schema, Some(openapiv3::ReferenceOr::Item(_)));
            let is_xml = media_type.codec == Codec::Xml && !has_json;
            let schema = schema.filter(|_| is_xml);
            let xml = schema.and_then(|schema| self.xml_root(schema, &at_schema));
            let (parts, encodings) = if let Place::Body(operation) = place {
                self.encoded(&media_type, media, ty, (*operation, &at))
            } else {
                Default::default()
            };
            list.push(Media {
                origin: Origin::at(&at),
                media_type,
                ty: ty.filter(|_| parts.is_empty()),
                is_own,
                xml,
                parts,
                encodings,
                example: media_example(media).cloned(),
            });
        }
        if let Place::Body(_) = place {
            // Of several, the one that every server reads is sent unless another is chosen.
            list.sort_by_key(|media| !is_plain_json(&media.media_type));
        }
        list
    }

    /// Whether values are no objects.
    fn has_no_names(&self, id: TypeId) -> bool {
        matches!(
            self.types.resolved_shape(id),
            Shape::Scalar(_) | Shape::Enum(_) | Shape::Array(_) | Shape::Tuple(_)
        )
    }

    /// What can have any media type is JSON, unless it is a string.
    fn codec_of_anything(&self, ty: Option<TypeId>) -> Codec {
        let format = ty.and_then(|id| self.types.resolved_shape(id).string_format());
        match format {
            None => Codec::Json,
            Some("binary") => Codec::Bytes,
            Some(_) => Codec::Text,
        }
    }

    /// The parts of a body, and how its properties are encoded.
    fn encoded(
        &mut self,
        media_type: &MediaType,
        media: &'a openapiv3::MediaType,
        ty: Option<TypeId>,
        (operation, at): (usize, &Pointer),
    ) -> (Vec<Property>, Vec<Encoding>) {
        let parts = match ty {
            Some(id) if media_type.codec.is_multipart() => self.parts(id),
            Some(_) | None => Vec::new(),
        };
        for part in &parts {
            self.stands_at(part.ty, Place::Parameter(operation, part.name.clone()));
        }
        let at = at.child("encoding");
        let mut encodings = Vec::new();
        for (property, written) in &media.encoding {
            let at = at.child(property);
            self.check_style(media_type, written, &at);
            let encoding = self.encoding((property, written), &at, operation);
            let part = parts.iter().find(|part| part.name == *property);
            self.check_content(part, &encoding, &at);
            encodings.push(encoding);
        }
        (parts, encodings)
    }

    /// The properties of an object. One that can be a file, or several files, is sent as such,
    /// whatever else it can be.
    fn parts(&mut self, id: TypeId) -> Vec<Property> {
        let object = self.types.resolved_shape(id).as_object();
        let mut properties = object.map_or_else(Vec::new, |object| object.properties.clone());
        for property in &mut properties {
            let Shape::Union(union) = self.types.resolved_shape(property.ty) else {
                continue;
            };
            let variants = union.variants.iter().map(|variant| variant.ty);
            let variants: Vec<TypeId> = variants.collect();
            let list = variants.iter().find(|id| self.is_list_of_files(**id));
            let file = list.or(variants.iter().find(|id| self.is_file(**id)));
            if let Some(file) = file {
                property.ty = *file;
            }
        }
        properties
    }

    fn is_file(&self, id: TypeId) -> bool {
        self.types.resolved_shape(id).is_binary()
    }

    fn is_list_of_files(&self, id: TypeId) -> bool {
        let shape = self.types.resolved_shape(id);
        matches!(shape, Shape::Array(item) if self.is_file(*item))
    }

    /// The value of a parameter that is described by its content: JSON is encoded, all else is
    /// passed as text. Returns whether it is JSON.
    pub(super) fn content_parameter(
        &mut self,
        content: &'a Content,
        at: &Pointer,
        place: Place,
    ) -> (TypeId, bool) {
        if let Some((text, media)) = content.first()
            && is_json(&media_type(text))
        {
            let at = at.child(text).child("schema");
            let ty = match &media.schema {
                Some(schema) => self.schema(schema, &at, place),
                None => self.add(Shape::Any, Docs::default()),
            };
            return (ty, true);
        }
        let help = "encode it before it is passed";
        let message = "a parameter whose `content` is not JSON is sent as text";
        self.diagnostics.warning(Code::Untyped, at, message, help);
        let text = self.add(Shape::string(), Docs::default());
        (text, false)
    }

    /// How an object is written that is not JSON is not said anywhere.
    fn check_content(&mut self, part: Option<&Property>, encoding: &Encoding, at: &Pointer) {
        let Some(part) = part.filter(|_| !encoding.media_types.is_empty()) else {
            return;
        };
        let shape = self.types.resolved_shape(part.ty);
        let is_object = matches!(shape, Shape::Object(_) | Shape::Map(_));
        if is_object && !encoding.media_types.iter().any(is_json) {
            let texts = encoding.media_types.iter().map(|ty| ty.text.as_str());
            let texts = texts.collect::<Vec<_>>().join(", ");
            let message = format!("nothing says how an object is written as `{texts}`");
            let help = "write it as JSON, or describe it as a string";
            let at = at.child("contentType");
            self.diagnostics.warning(Code::Untyped, &at, message, help);
        }
    }

    /// `style` is for forms, since 3.1 for `multipart/form-data`, too ("Encoding Object").
    fn check_style(&mut self, media_type: &MediaType, encoding: &Encoded, at: &Pointer) {
        if encoding.style.is_none() || media_type.codec == Codec::Form {
            return;
        }
        let at = at.child("style");
        if media_type.codec != Codec::FormData {
            let message = format!("`style` says nothing about `{media_type}`");
            let help = "leave it out";
            self.diagnostics.warning(Code::Unused, &at, message, help);
        } else if self.document.openapi.starts_with("3.0") {
            let message = "OpenAPI 3.0 ignores `style` in `multipart/form-data`; it is followed as 3.1 defines it";
            let help = "raise `openapi` to 3.1, or leave `style` out";
            self.diagnostics
                .violation(Code::InvalidValue, &at, message, help);
        }
    }

    fn encoding(
        &mut self,
        (property, written): (&str, &'a Encoded),
        at: &Pointer,
        operation: usize,
    ) -> Encoding {
        let style = written.style.as_ref().map(|style| match style {
            QueryStyle::Form => Style::Form,
            QueryStyle::SpaceDelimited => Style::SpaceDelimited,
            QueryStyle::PipeDelimited => Style::PipeDelimited,
            QueryStyle::DeepObject => Style::DeepObject,
        });
        Encoding {
            property: property.to_owned(),
            media_types: media_types(written.content_type.as_deref().unwrap_or_default()),
            style: style.map(|style| (style, written.explode)),
            allow_reserved: written.allow_reserved,
            headers: self.headers(&written.headers, at, operation),
        }
    }
}

/// Whether it is JSON without a doubt: no range, which may be anything.
fn is_json(media_type: &MediaType) -> bool {
    media_type.codec == Codec::Json && media_type.range == Range::Single
}

/// Whether it is JSON by its usual name.
fn is_plain_json(media_type: &MediaType) -> bool {
    is_json(media_type) && media_type.words == "json"
}

/// Whether a response can have a body (RFC 9110, section 6.4.1).
fn has_body(status: Status, method: &Method) -> bool {
    let never = matches!(
        status,
        Status::Code(100..=199 | 204 | 205 | 304) | Status::Range(1)
    );
    !never && *method != Method::Head
}
