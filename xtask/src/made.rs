//! The call of an operation as code, with values made from the document's schemas.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt::Write as _;

use butler_codegen::api::Location;
use butler_codegen::plan::{self, Argument, Passed, Payload, Section, Spelling, Step};
use serde_json::Value;

use crate::judge::{Judge, made_plain, made_sent};
use crate::values::resolve;

/// Values for one operation.
pub struct Made<'a> {
    pub tree: &'a Value,
    pub judge: Option<&'a Judge>,
    pub place: &'a str,
    pub seed: usize,
    /// The names in the query that are taken: an object may be spelled with its members' names,
    /// and two of one name cannot be told apart.
    pub taken: RefCell<HashSet<String>>,
    /// The names of the members of objects that are spelled with them alone: what is sent under such
    /// a name is read as the member, too.
    pub spread: HashSet<String>,
}

impl Made<'_> {
    /// The call of an operation as code; or why there is none.
    pub fn call(&self, group: &plan::Group, operation: &plan::Operation) -> Result<String, String> {
        let mut arguments = Vec::new();
        for argument in &operation.arguments {
            let step = operation.steps.iter().find(|step| names(step, argument));
            let step = step.ok_or("an argument is not used")?;
            arguments.push(self.argument(argument, step)?);
        }
        let mut setters = String::new();
        for setter in &operation.setters {
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
        // A parameter that the specification rules out, and Prism asks for.
        let is_asked = self.parameter_at("header", "authorization").is_some();
        let authorization = if is_asked && operation.security.is_empty() {
            ".header(\"authorization\", \"secret\")"
        } else {
            ""
        };
        let (module, method) = (group.module.as_str(), operation.method.as_str());
        let arguments = arguments.join(", ");
        Ok(format!(
            "see(client.{module}().{method}({arguments}){setters}{authorization}.header(\"prefer\", prefer).await)"
        ))
    }

    /// The value of what is set once for all calls, by the place of its schema.
    pub fn global(&self, argument: &Argument, place: &str) -> Result<String, String> {
        let judge = self.judge.ok_or("the schemas cannot be judged")?;
        let values = made_plain(self.tree, judge, place, self.seed);
        let value = values.into_iter().next().ok_or("no value")?;
        Ok(match (&argument.passed, value.as_str()) {
            (Passed::Str, Some(text)) => format!("{text:?}"),
            (Passed::Reference(_), _) => format!("&from({:?})", value.to_string()),
            (_, _) => format!("from({:?})", value.to_string()),
        })
    }

    fn argument(&self, argument: &Argument, step: &Step) -> Result<String, String> {
        let place = match step {
            Step::Parameter(parameter, _) => self.parameter(parameter),
            Step::Body(..) => self.body(None)?,
            Step::Part((_, name), Section::Field(_) | Section::Styled(_), _) => {
                self.body(Some(name))?
            }
            Step::Part(..) | Step::PartHeader(..) => String::new(),
            Step::Path(_)
            | Step::Query(_)
            | Step::Server(_)
            | Step::Globals(_)
            | Step::Multipart(_)
            | Step::Flag(_)
            | Step::Accept(_)
            | Step::BaseUrl(_) => return Err("no value".to_owned()),
        };
        Ok(match &argument.passed {
            // What is no string is sent as JSON.
            Passed::Body => match self.value(&self.body(None)?, step) {
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

    /// Where the schema of a parameter stands. A path parameter that nothing declares is a string.
    fn parameter(&self, parameter: &plan::Parameter) -> String {
        let place = match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        self.parameter_at(place, &parameter.name)
            .unwrap_or_default()
    }

    /// The same for the parameter of this name in this place.
    fn parameter_at(&self, place: &str, name: &str) -> Option<String> {
        let (item, _) = self.place.rsplit_once('/')?;
        for owner in [self.place, item] {
            let list = resolve(self.tree, owner).and_then(|owner| owner["parameters"].as_array());
            for (index, written) in list.into_iter().flatten().enumerate() {
                let mut at = format!("{owner}/parameters/{index}");
                let mut written = written;
                while let Some(reference) = written["$ref"].as_str() {
                    reference.clone_into(&mut at);
                    written = resolve(self.tree, reference)?;
                }
                let found = written["name"].as_str().unwrap_or_default();
                if written["in"] == place && found.eq_ignore_ascii_case(name) {
                    let content = written["content"].as_object();
                    let content = content.and_then(|content| content.keys().next());
                    return Some(match content {
                        Some(content) => {
                            format!("{at}/content/{}/schema", content.replace('/', "~1"))
                        }
                        None => format!("{at}/schema"),
                    });
                }
            }
        }
        None
    }

    /// Where the schema of the body stands, or of one of its parts.
    fn body(&self, part: Option<&str>) -> Result<String, String> {
        let mut at = format!("{}/requestBody", self.place);
        let mut written = resolve(self.tree, &at).ok_or("no body")?;
        while let Some(reference) = written["$ref"].as_str() {
            reference.clone_into(&mut at);
            written = resolve(self.tree, reference).ok_or("a reference leads nowhere")?;
        }
        let content = written["content"].as_object().ok_or("no content")?;
        let json = content.keys().find(|name| name.contains("json"));
        let chosen = json.or(content.keys().next()).ok_or("no content")?;
        at = format!(
            "{at}/content/{}/schema",
            chosen.replace('/', "~1").replace('%', "%25")
        );
        let Some(part) = part else { return Ok(at) };
        self.property(&at, part)
            .ok_or_else(|| format!("no schema of the part `{part}`"))
    }

    /// Where the schema of a property stands, that of a part of an `allOf` too.
    fn property(&self, at: &str, name: &str) -> Option<String> {
        let schema = resolve(self.tree, at)?;
        if let Some(reference) = schema["$ref"].as_str() {
            return self.property(reference, name);
        }
        if schema["properties"].get(name).is_some() {
            let name = name.replace('~', "~0").replace('/', "~1");
            return Some(format!("{at}/properties/{}", name.replace('%', "%25")));
        }
        let parts = schema["allOf"].as_array()?.len();
        (0..parts).find_map(|index| self.property(&format!("{at}/allOf/{index}"), name))
    }

    /// A valid value of the schema; one that can stand in a path or a header where it has to.
    fn value(&self, place: &str, step: &Step) -> Result<Value, String> {
        // What the document does not describe is text.
        if place.is_empty() || resolve(self.tree, place).is_none() && matches!(step, Step::Body(..))
        {
            return Ok(Value::from("text"));
        }
        let judge = self.judge.ok_or("the schemas cannot be judged")?;
        let mut values = match step {
            Step::Parameter(..) => made_plain(self.tree, judge, place, self.seed),
            Step::Path(_)
            | Step::Query(_)
            | Step::Server(_)
            | Step::Globals(_)
            | Step::Body(..)
            | Step::Part(..)
            | Step::PartHeader(..)
            | Step::Multipart(_)
            | Step::Flag(_)
            | Step::Accept(_)
            | Step::BaseUrl(_) => made_sent(self.tree, judge, place, self.seed),
        };
        let parent = place
            .strip_suffix("/schema")
            .and_then(|p| resolve(self.tree, p));
        let example = parent.and_then(|parent| parent.get("example"));
        let validator = judge.validator(place);
        let is_valid = |value: &&Value| validator.as_ref().is_some_and(|v| v.is_valid(value));
        values.extend(example.filter(is_valid).cloned());
        if let Step::Parameter(parameter, _) = step
            && parameter.location == Location::Query
            && parameter.spelling == Spelling::Usual
        {
            let mut taken = self.taken.borrow_mut();
            for value in values.iter_mut().filter_map(Value::as_object_mut) {
                value.retain(|name, _| !taken.contains(name));
            }
            let names = values.iter().filter_map(Value::as_object);
            taken.extend(names.flat_map(|members| members.keys().cloned()));
        }
        // The fullest first, except where text stands in a line.
        if matches!(step, Step::Body(..)) {
            values.sort_by_key(|value| std::cmp::Reverse(value.to_string().len()));
        }
        let is_empty = |value: &Value| match value {
            Value::String(text) => text.is_empty() || text.contains(char::is_control),
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        };
        let is_parameter = matches!(step, Step::Parameter(..));
        values.retain(|value| !is_parameter || !is_empty(value));
        let value = values.into_iter().next();
        let mut value = value.ok_or_else(|| format!("no value of {place}"))?;
        if matches!(step, Step::Body(Payload::Form(..), _)) {
            without_objects_in_arrays(&mut value, judge, place);
        }
        Ok(value)
    }
}

/// Leaves out what Prism cannot read in a form, where it may be missing.
fn without_objects_in_arrays(value: &mut Value, judge: &Judge, place: &str) {
    let mut less = value.clone();
    if let Value::Object(members) = &mut less {
        let has_objects = |value: &Value| {
            let mut items = value.as_array().into_iter().flatten();
            items.any(Value::is_object)
        };
        members.retain(|_, member| !has_objects(member));
    }
    let validator = judge.validator(place);
    if validator.is_some_and(|validator| validator.is_valid(&less)) {
        *value = less;
    }
}

const PART: &str = "Part::new(file()).file_name(\"a.bin\")";

fn names(step: &Step, argument: &Argument) -> bool {
    match step {
        Step::Parameter(_, ident)
        | Step::Body(_, ident)
        | Step::Part(_, _, ident)
        | Step::PartHeader(_, _, ident) => *ident == argument.ident,
        Step::Path(_)
        | Step::Query(_)
        | Step::Server(_)
        | Step::Globals(_)
        | Step::Multipart(_)
        | Step::Flag(_)
        | Step::Accept(_)
        | Step::BaseUrl(_) => false,
    }
}
