//! What is said about an operation.

use super::links::Links;
use super::markdown::{self, cell, in_cell, paragraphs, table};
use crate::emit::rust::example;
use crate::plan::{
    Argument, Call, Content, Docs, Documented, Kind, Next, Operation, Passed, Pattern, Plan,
    RustType, Set, Tag,
};

/// How many lines an example of a body may have.
const MOST_LINES: usize = 80;

/// The name of the function that is called as a rule, and what is said about it.
pub(super) fn usual(operation: &Operation) -> Option<(&str, &Docs)> {
    let call = operation.calls.first()?;
    let (ident, docs) = call.usual();
    Some((ident.as_str(), docs))
}

/// Everything about an operation, in blocks.
pub(super) fn section(
    plan: &Plan,
    (tag, operation): (&Tag, &Operation),
    links: &Links<'_>,
    path: &str,
) -> Vec<String> {
    let Some((name, docs)) = usual(operation) else {
        return Vec::new();
    };
    let mut blocks = vec![format!("## `{name}`")];
    if operation.deprecated {
        blocks.push("**Deprecated.**".to_owned());
    }
    blocks.push(paragraphs(docs));
    if let Some(program) = example::program(plan, tag, operation) {
        blocks.push("### Example usage".to_owned());
        blocks.push(format!("```rust,no_run\n{}\n```", program.trim_end()));
    }
    let place = (tag.module.as_str(), path);
    for call in &operation.calls {
        blocks.extend(parameters(call, operation.calls.len() > 1, links, place));
    }
    blocks.extend(responses(operation, links, place));
    blocks.extend(errors(operation, links, place));
    blocks.extend(security(plan, operation));
    blocks.extend(more(operation));
    blocks
}

/// The parameters of a way to call the operation.
fn parameters(
    call: &Call,
    is_one_of_several: bool,
    links: &Links<'_>,
    (module, path): (&str, &str),
) -> Vec<String> {
    let content = call.content.as_ref();
    let row = |argument: &Argument, required: &str| {
        let mut docs = argument.docs.clone();
        if content.is_some_and(|content| content.origin == argument.origin) {
            docs.facts.clear();
        }
        vec![
            format!("`{}`", argument.ident.as_str()),
            passed(&argument.passed, links, module, path),
            required.to_owned(),
            cell(&docs),
        ]
    };
    let required = call.taken().map(|argument| row(argument, "yes"));
    let optional = call.setters.iter();
    let optional = optional.map(|setter| {
        let mut row = row(&setter.argument, "no");
        if setter.deprecated {
            row[3].insert_str(0, "**Deprecated.** ");
        }
        row
    });
    let rows: Vec<_> = required.chain(optional).collect();
    let heading = if is_one_of_several {
        format!("### Parameters of `{}`", call.usual().0.as_str())
    } else {
        "### Parameters".to_owned()
    };
    let table = table(&["Parameter", "Type", "Required", "Description"], &rows);
    let sent = content.map(|content| {
        let media_type = markdown::code(&content.media_type);
        let sent = format!("The body is sent as {media_type}.");
        let heading = format!("{sent} For example:");
        body(&heading, content).unwrap_or(sent)
    });
    if table.is_empty() && sent.is_none() {
        Vec::new()
    } else {
        [heading, table].into_iter().chain(sent).collect()
    }
}

/// The type of what a function takes.
fn passed(passed: &Passed, links: &Links<'_>, module: &str, path: &str) -> String {
    match passed {
        Passed::Value(ty) | Passed::Reference(ty) => links.ty(ty, module, path),
        Passed::Slice(ty) => links.ty(&RustType::Vec(Box::new(ty.clone())), module, path),
        Passed::Str | Passed::Url => "`&str`".to_owned(),
        Passed::Texts | Passed::Field(_, Set::Texts) => "texts".to_owned(),
        Passed::Field(kind, Set::Plain(ty) | Set::Into(ty) | Set::Boxed(ty)) => {
            let ty = match kind {
                Kind::Nullable => &RustType::Nullable(Box::new(ty.clone())),
                Kind::Required | Kind::Optional | Kind::Anything => ty,
            };
            links.ty(ty, module, path)
        }
        Passed::Field(_, Set::Constant(..) | Set::ByHand) => String::new(),
        Passed::Body => "`Body`".to_owned(),
        Passed::Part => "`Part`".to_owned(),
        Passed::Parts => "`Vec<Part>`".to_owned(),
        Passed::AllParts => "`Vec<(&str, Part)>`".to_owned(),
    }
}

/// What comes back.
fn responses(
    operation: &Operation,
    links: &Links<'_>,
    (module, path): (&str, &str),
) -> Vec<String> {
    let outcome = &operation.outcome;
    let ty = links.ty(&outcome.success, module, path);
    let successes: Vec<&Documented> = outcome
        .documented
        .iter()
        .filter(|of| !of.is_error)
        .collect();
    let rows: Vec<_> = successes
        .iter()
        .map(|of| row(of, links, (module, path)))
        .collect();
    let table = table(&["Value", "Status", "Content type", "Description"], &rows);
    let mut blocks = vec!["### Response".to_owned(), ty, table];
    blocks.extend(headers(&successes));
    blocks.extend(bodies(&successes));
    blocks
}

/// What goes wrong: the documented errors, and everything else.
fn errors(operation: &Operation, links: &Links<'_>, (module, path): (&str, &str)) -> Vec<String> {
    let outcome = &operation.outcome;
    let errors: Vec<&Documented> = outcome.documented.iter().filter(|of| of.is_error).collect();
    let mut rows: Vec<_> = errors
        .iter()
        .map(|of| row(of, links, (module, path)))
        .collect();
    let rest = [
        "`Error::UnexpectedStatus`",
        "any other",
        "any",
        "A status that the document does not list.",
    ];
    if !errors.iter().any(|of| of.pattern == Pattern::OtherError) {
        rows.push(rest.map(str::to_owned).to_vec());
    }
    let table = table(&["Error", "Status", "Content type", "Description"], &rows);
    let is_documented = outcome.error != RustType::Infallible;
    let ty = is_documented.then(|| links.ty(&outcome.error, module, path));
    let mut blocks = vec!["### Errors".to_owned()];
    blocks.extend(ty);
    blocks.push(table);
    blocks.extend(headers(&errors));
    blocks.extend(bodies(&errors));
    blocks
}

/// The document's examples of the bodies of responses.
fn bodies<'a>(responses: &'a [&Documented]) -> impl Iterator<Item = String> + use<'a> {
    responses.iter().filter_map(|of| {
        let content = of.content.as_ref()?;
        let heading = format!("Example of {}:", status(of.pattern));
        body(&heading, content)
    })
}

/// The document's example of a body, unless it is too long to be read.
fn body(heading: &str, content: &Content) -> Option<String> {
    let example = content.example.as_deref()?.trim();
    let is_short = example.lines().count() <= MOST_LINES;
    let language = if content.is_text { "text" } else { "json" };
    is_short.then(|| format!("{heading}\n\n{}", markdown::block(language, example)))
}

/// A response: its value, status, content type and description.
fn row(of: &Documented, links: &Links<'_>, (module, path): (&str, &str)) -> Vec<String> {
    let body = of.body.as_ref().map(|ty| links.ty(ty, module, path));
    let value = match (&of.variant, body) {
        (Some(variant), body) => {
            let variant = format!("`{}`", variant.as_str());
            body.map_or(variant.clone(), |body| format!("{variant}: {body}"))
        }
        (None, Some(body)) => body,
        (None, None) => "`()`".to_owned(),
    };
    vec![
        value,
        status(of.pattern),
        of.content
            .as_ref()
            .map_or_else(String::new, |content| markdown::code(&content.media_type)),
        in_cell(&markdown::text(&of.about)),
    ]
}

fn status(pattern: Pattern) -> String {
    match pattern {
        Pattern::Code(code) => code.to_string(),
        Pattern::Hundred(code) => format!("{}XX", code / 100),
        Pattern::OtherSuccess => "any other success".to_owned(),
        Pattern::OtherError => "any other".to_owned(),
    }
}

/// The headers of responses.
fn headers(responses: &[&Documented]) -> Option<String> {
    let rows = responses.iter().flat_map(|of| {
        let rows = of.headers.iter();
        rows.map(|header| {
            vec![
                status(of.pattern),
                header.subject.to_string(),
                cell(&header.docs),
            ]
        })
    });
    let table = table(
        &["Status", "Header", "Description"],
        &rows.collect::<Vec<_>>(),
    );
    (!table.is_empty()).then_some(table)
}

/// The credentials that are sent.
fn security(plan: &Plan, operation: &Operation) -> Option<String> {
    let client = plan.client.as_ref()?;
    let alternatives = operation.security.iter().map(|needed| {
        let setters: Vec<String> = client
            .credentials_of(needed)
            .map(|of| format!("`{}`", of.setter.as_str()))
            .collect();
        if setters.is_empty() {
            "nothing".to_owned()
        } else {
            setters.join(" and ")
        }
    });
    let alternatives: Vec<String> = alternatives.collect();
    let text = format!(
        "### Security\n\nThe client needs {}.",
        alternatives.join(", or ")
    );
    (!alternatives.is_empty()).then_some(text)
}

/// How the response can be read otherwise.
fn more(operation: &Operation) -> Vec<String> {
    let mut blocks = Vec::new();
    let streams = operation.calls.iter().filter(|call| call.stream.is_some());
    for call in streams {
        blocks.push(format!(
            "### Streaming\n\n`{}` reads the response item by item. `reconnect` goes on after the last event when the connection is lost, where the items are events with an `id`.",
            call.ident.as_str()
        ));
    }
    let mut pages = operation
        .calls
        .iter()
        .filter_map(|call| call.pages.as_ref());
    if let Some(pages) = pages.next() {
        let next = next(&pages.pagination.next);
        blocks.push(format!(
            "### Pagination\n\n`items` of the call reads the items of all pages, one after the other. {next}"
        ));
    }
    let sections = usual(operation)
        .into_iter()
        .flat_map(|(_, docs)| &docs.sections);
    let links = sections.filter(|section| section.heading == "Links");
    blocks.extend(links.map(|section| format!("### Links\n\n{}", markdown::text(&section.text))));
    blocks
}

/// How a page leads to the next one.
fn next(next: &Next) -> String {
    let path = |names: &[String]| markdown::code(&names.join("."));
    match next {
        Next::Link => "The next page is where the header `Link` of a response says.".to_owned(),
        Next::Url(from) => format!("The next page is where {} of a response says.", path(from)),
        Next::Cursor { parameter, from } => format!(
            "{} of a response is the {} of the next page.",
            path(from),
            markdown::code(parameter)
        ),
        Next::Last {
            parameter,
            property,
        } => format!(
            "{} of the last item is the {} of the next page.",
            markdown::code(property),
            markdown::code(parameter)
        ),
        Next::Offset { parameter } => format!(
            "{} of the next page is the number of items so far.",
            markdown::code(parameter)
        ),
        Next::Page { parameter, .. } => {
            format!("{} is the number of the page.", markdown::code(parameter))
        }
    }
}
