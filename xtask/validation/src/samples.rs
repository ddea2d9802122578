//! The call of an operation as code, with values made from the document's schemas.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt::Write as _;

use butler_codegen::api::Location;
use butler_codegen::plan::{
    self, Argument, Origin, ParameterEncoding, Passed, Payload, Section, Step,
};
use butler_codegen::pointer::Pointer;
use serde_json::Value;

use crate::fields;
use crate::validator::{Validators, made_plain, made_sent};
use butler_codegen::sample::resolve;

/// Values for one operation.
pub struct Samples<'a> {
    /// The name of the crate, as code.
    pub krate: &'a str,
    pub tree: &'a Value,
    pub validators: Option<&'a Validators>,
    pub seed: usize,
    /// The names in the query that are taken: an object may be written with its properties' names,
    /// and two of one name cannot be told apart.
    pub taken: RefCell<HashSet<String>>,
    /// The names of the properties of objects that are written with them alone: what is sent under such
    /// a name is read as the property, too.
    pub spread: HashSet<String>,
}

impl Samples<'_> {
    /// The usual call of an operation as code; or why there is none.
    pub fn call(&self, tag: &plan::Tag, operation: &plan::Operation) -> Result<String, String> {
        let call = operation
            .calls
            .first()
            .ok_or("there is no way to call it")?;
        let is_of = |argument: &Argument, step: &Step| step.argument() == Some(&argument.ident);
        let value = |argument: &Argument| {
            let step = call.steps.iter().find(|step| is_of(argument, step));
            self.argument(argument, step.ok_or("an argument is not used")?)
        };
        let mut setters = String::new();
        for setter in &call.setters {
            if let Step::Parameter(parameter, _) = &setter.step
                && parameter.location == Location::Query
                && self.spread.contains(&parameter.name)
            {
                continue;
            }
            // What is optional is left out where no value is found.
            if let Ok(value) = self.argument(&setter.argument, &setter.step) {
                let _ = write!(setters, ".{}({value})", setter.argument.ident.as_str());
            }
        }
        // Every other body is given by its fields, where it can be.
        let by_fields = call.short.as_ref().filter(|_| self.seed.is_multiple_of(2));
        let by_fields = by_fields.and_then(|short| {
            let step = call.steps.iter().find(|step| step.payload().is_some())?;
            let body = call.arguments.iter().find(|of| is_of(of, step))?;
            let body = self.value(&self.schema(&body.origin)?, step).ok()?;
            let (fields, more) = fields::written(self.krate, call, short, &body)?;
            Some((short, fields, more))
        });
        let (function, arguments) = match by_fields {
            Some((short, fields, more)) => {
                setters.push_str(&more);
                let shared: Result<Vec<_>, _> = short.shared.iter().map(value).collect();
                (&short.ident, [shared?, fields].concat())
            }
            None => {
                let arguments: Result<_, _> = call.arguments.iter().map(value).collect();
                (&call.ident, arguments?)
            }
        };
        let is_asked = self.asks_for_authorization(&operation.origin);
        let authorization = if is_asked && operation.security.is_empty() {
            ".header(\"authorization\", \"secret\")"
        } else {
            ""
        };
        let (module, function) = (tag.module.as_str(), function.as_str());
        let arguments = arguments.join(", ");
        Ok(format!(
            "see(client.{module}().{function}({arguments}){setters}{authorization}.header(\"prefer\", prefer).await)"
        ))
    }

    /// The value of what is set once for all calls.
    pub fn global(&self, argument: &Argument) -> Result<String, String> {
        let validators = self.validators.ok_or("the schemas cannot be compiled")?;
        let place = self.schema(&argument.origin).ok_or("no schema")?;
        let values = made_plain(self.tree, validators, &place, self.seed);
        let value = values.into_iter().next().ok_or("no value")?;
        Ok(match (&argument.passed, value.as_str()) {
            (Passed::Str, Some(text)) => format!("{text:?}"),
            (Passed::Reference(_), _) => format!("&from({:?})", value.to_string()),
            (Passed::Texts, _) => format!("from::<Vec<String>>({:?})", value.to_string()),
            (_, _) => format!("from({:?})", value.to_string()),
        })
    }

    fn argument(&self, argument: &Argument, step: &Step) -> Result<String, String> {
        let place = match step {
            Step::Parameter(..)
            | Step::Body(..)
            | Step::Draft(..)
            | Step::Field(..)
            | Step::Part(_, Section::Field(_) | Section::Styled(_), _) => {
                self.schema(&argument.origin).unwrap_or_default()
            }
            Step::Part(..) | Step::PartHeader(..) => String::new(),
            Step::Path(_)
            | Step::Query(_)
            | Step::Server(_)
            | Step::Globals(_)
            | Step::Multipart(_)
            | Step::Flag(_)
            | Step::Accept(_)
            | Step::IdempotencyKey(_)
            | Step::Retries(_)
            | Step::BaseUrl(_) => return Err("no value".to_owned()),
        };
        Ok(match &argument.passed {
            // What is no string is sent as JSON.
            Passed::Field(..) => return Err("it is in the body".to_owned()),
            Passed::Body => match self.value(&place, step) {
                Ok(Value::String(_)) | Err(_) => "file()".to_owned(),
                Ok(value) => format!("{:?}", value.to_string()),
            },
            Passed::Part => PART.to_owned(),
            Passed::Parts => format!("vec![{PART}]"),
            Passed::AllParts => format!("vec![(\"file\", {PART})]"),
            Passed::Url => return Err("the address is Prism's".to_owned()),
            Passed::Str => {
                let value = self.value(&place, step)?;
                let text = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                format!("{text:?}")
            }
            Passed::Value(_) => format!("from({:?})", self.value(&place, step)?.to_string()),
            Passed::Reference(_) => format!("&from({:?})", self.value(&place, step)?.to_string()),
            Passed::Texts => format!(
                "from::<Vec<String>>({:?})",
                self.value(&place, step)?.to_string()
            ),
            Passed::Slice(_) if matches!(step, Step::Body(Payload::Lines(_), _)) => {
                format!("&[from({:?})]", self.value(&place, step)?.to_string())
            }
            Passed::Slice(_) => {
                format!(
                    "&from::<Vec<_>>({:?})",
                    self.value(&place, step)?.to_string()
                )
            }
        })
    }

    /// Where the schema of what is passed stands: that of a parameter or of a content, or the
    /// schema itself. Nothing stands there where nothing declares a parameter of the path.
    fn schema(&self, origin: &Origin) -> Option<String> {
        let at = origin.pointer()?;
        let described = at.find(self.tree)?;
        if let Some(content) = described["content"].as_object() {
            let content = content.keys().next()?;
            return Some(
                at.child("content")
                    .child(content)
                    .child("schema")
                    .to_string(),
            );
        }
        let is_schema = described.get("schema").is_none();
        Some(
            if is_schema {
                at.clone()
            } else {
                at.child("schema")
            }
            .to_string(),
        )
    }

    /// Whether the operation asks for the header `Authorization` by a parameter, which the
    /// specification rules out, and Prism insists on.
    fn asks_for_authorization(&self, operation: &Origin) -> bool {
        let Some(at) = operation.pointer() else {
            return false;
        };
        let tokens = at.tokens();
        let item: Pointer = tokens[..tokens.len().saturating_sub(1)]
            .iter()
            .copied()
            .collect();
        let owners = [at.find(self.tree), item.find(self.tree)]
            .into_iter()
            .flatten();
        let parameters = owners
            .filter_map(|owner| owner["parameters"].as_array())
            .flatten();
        let mut parameters = parameters.filter_map(|parameter| match parameter["$ref"].as_str() {
            Some(reference) => resolve(self.tree, reference),
            None => Some(parameter),
        });
        parameters.any(|parameter| {
            let name = parameter["name"].as_str().unwrap_or_default();
            parameter["in"] == "header" && name.eq_ignore_ascii_case("authorization")
        })
    }

    /// Leaves out of objects in the query what another parameter has the name of.
    fn without_taken(&self, step: &Step, values: &mut [Value]) {
        if let Step::Parameter(parameter, _) = step
            && parameter.location == Location::Query
            && parameter.encoding == ParameterEncoding::Usual
        {
            let mut taken = self.taken.borrow_mut();
            for value in values.iter_mut().filter_map(Value::as_object_mut) {
                value.retain(|name, _| !taken.contains(name));
            }
            let names = values.iter().filter_map(Value::as_object);
            taken.extend(names.flat_map(|properties| properties.keys().cloned()));
        }
    }

    /// A valid value of the schema; one that can stand in a path or a header where it has to.
    fn value(&self, place: &str, step: &Step) -> Result<Value, String> {
        // What the document does not describe is text.
        let is_body = step.payload().is_some();
        if place.is_empty() || resolve(self.tree, place).is_none() && is_body {
            return Ok(Value::from("text"));
        }
        let validators = self.validators.ok_or("the schemas cannot be verdict")?;
        let is_parameter = matches!(step, Step::Parameter(..));
        let made = if is_parameter { made_plain } else { made_sent };
        let mut values = made(self.tree, validators, place, self.seed);
        let parent = place
            .strip_suffix("/schema")
            .and_then(|p| resolve(self.tree, p));
        let example = parent.and_then(|parent| parent.get("example"));
        let validator = validators.validator(place);
        let is_valid = |value: &&Value| validator.as_ref().is_some_and(|v| v.is_valid(value));
        values.extend(example.filter(is_valid).cloned());
        self.without_taken(step, &mut values);
        // The fullest first, except where text stands in a line.
        if is_body {
            values.sort_by_key(|value| std::cmp::Reverse(value.to_string().len()));
        }
        let is_empty = |value: &Value| match value {
            Value::String(text) => text.is_empty() || text.contains(char::is_control),
            Value::Array(items) => items.is_empty(),
            Value::Object(properties) => properties.is_empty(),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        };
        values.retain(|value| !is_parameter || !is_empty(value));
        let value = values.into_iter().next();
        let mut value = value.ok_or_else(|| format!("no value of {place}"))?;
        if matches!(step.payload(), Some(Payload::Form(..))) {
            without_objects_in_arrays(&mut value, validators, place);
        }
        Ok(value)
    }
}

/// Leaves out what Prism cannot read in a form, where it may be missing.
fn without_objects_in_arrays(value: &mut Value, validators: &Validators, place: &str) {
    let mut less = value.clone();
    if let Value::Object(properties) = &mut less {
        let has_objects = |value: &Value| {
            let mut items = value.as_array().into_iter().flatten();
            items.any(Value::is_object)
        };
        properties.retain(|_, property| !has_objects(property));
    }
    let validator = validators.validator(place);
    if validator.is_some_and(|validator| validator.is_valid(&less)) {
        *value = less;
    }
}

const PART: &str = "Part::new(file()).file_name(\"a.bin\")";
