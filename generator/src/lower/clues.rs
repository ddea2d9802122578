//! Do the names of parameters and members show that an operation is paged?

use crate::api::{Location, Method, Operation, PaginationHint, PaginationStyle, Parameter, Shape};

/// Members in which answers say how they go on, beside the top level.
const WITHIN: [&str; 8] = [
    "meta",
    "metadata",
    "pagination",
    "paging",
    "page_info",
    "pageInfo",
    "response_metadata",
    "links",
];

/// Parameters and the members of answers that hold their next values.
const CURSORS: [(&str, &[&str]); 10] = [
    ("page", &["next_page", "nextPage"]),
    ("marker", &["next_marker", "nextMarker"]),
    ("cursor", &["next_cursor", "nextCursor", "cursor_next"]),
    ("page_cursor", &["next_page_cursor", "next_cursor"]),
    ("page_token", &["next_page_token"]),
    ("pageToken", &["nextPageToken"]),
    ("next_token", &["next_token"]),
    ("nextToken", &["nextToken"]),
    (
        "continuation_token",
        &["continuation_token", "next_continuation_token"],
    ),
    (
        "continuationToken",
        &["continuationToken", "nextContinuationToken"],
    ),
];

/// Members of answers that hold the address of the next page.
const ADDRESSES: [&str; 6] = [
    "next_page_url",
    "next_page_uri",
    "nextPageUrl",
    "next_url",
    "nextUrl",
    "nextLink",
];

/// Parameters that say how many items a page has.
const SIZES: [&str; 7] = [
    "limit",
    "per_page",
    "perPage",
    "page_size",
    "pageSize",
    "pagesize",
    "size",
];

/// What the names show; `shape` tells what is at a path in the answer, and `is_number` whether a
/// parameter counts.
pub(super) fn found(
    operation: &Operation,
    shape: &dyn Fn(&[&str]) -> Option<Shape>,
    is_number: &dyn Fn(&Parameter) -> bool,
) -> Option<PaginationHint> {
    if operation.method != Method::Get {
        return None;
    }
    let query = |name: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.find(|p| p.location == Location::Query && p.name == name)
    };
    let size = SIZES.into_iter().find(|name| query(name).is_some());
    let turns = ["page", "offset", "cursor", "after", "since"];
    let is_list = matches!(shape(&[]), Some(Shape::Array(_)));
    let is_paged = is_list || size.is_some() || turns.iter().any(|name| query(name).is_some());
    if has_link(operation) && is_paged {
        return Some(PaginationHint::new(PaginationStyle::Link));
    }
    let has_more = shape(&["has_more"]).is_some_and(|shape| shape.is_boolean());
    let has_more = has_more.then(|| "has_more".to_owned());
    let is_text = |path: &[&str]| shape(path).is_some_and(|shape| shape.string_format().is_some());
    for (parameter, members) in CURSORS {
        if query(parameter).is_none() {
            continue;
        }
        if let Some(from) = anywhere(members, &is_text) {
            return Some(PaginationHint {
                parameter: Some(parameter.to_owned()),
                from: Some(from),
                more: has_more,
                ..PaginationHint::new(PaginationStyle::Cursor)
            });
        }
    }
    if has_more.is_some() && query("after").is_some() && is_text(&["last_id"]) {
        return Some(PaginationHint {
            parameter: Some("after".to_owned()),
            from: Some("last_id".to_owned()),
            more: has_more,
            ..PaginationHint::new(PaginationStyle::Cursor)
        });
    }
    if has_more.is_some() && query("starting_after").is_some() {
        return Some(PaginationHint {
            parameter: Some("starting_after".to_owned()),
            more: has_more,
            ..PaginationHint::new(PaginationStyle::Last)
        });
    }
    if let Some(from) = anywhere(&ADDRESSES, &is_text) {
        return Some(PaginationHint {
            from: Some(from),
            ..PaginationHint::new(PaginationStyle::Url)
        });
    }
    let number = |name: &str| {
        let parameter = query(name)?;
        is_number(parameter).then_some(parameter)
    };
    let numbered = |name: &str| number(name).map(|parameter| parameter.name.clone());
    if let Some(offset) = numbered("offset").or(numbered("skip"))
        && (size.is_some() || query("take").is_some() || query("top").is_some())
    {
        return Some(PaginationHint {
            parameter: Some(offset),
            ..PaginationHint::new(PaginationStyle::Offset)
        });
    }
    let page = number("page").filter(|_| size.is_some())?;
    let first = first(page)?;
    Some(PaginationHint {
        parameter: Some(page.name.clone()),
        first,
        ..PaginationHint::new(PaginationStyle::Page)
    })
}

/// A member of one of the names, at the top or where such members often stand.
fn anywhere(names: &[&str], is_text: &dyn Fn(&[&str]) -> bool) -> Option<String> {
    let top = names.iter().find(|name| is_text(&[name]));
    let top = top.map(|&name| name.to_owned());
    top.or_else(|| {
        let mut paths = WITHIN
            .iter()
            .flat_map(|&within| names.iter().map(move |&name| [within, name]));
        paths.find(|path| is_text(path)).map(|path| path.join("."))
    })
}

/// Whether a success has the header `Link` (RFC 8288).
fn has_link(operation: &Operation) -> bool {
    operation.successes().any(|response| {
        let mut headers = response.headers.iter();
        headers.any(|header| header.name.eq_ignore_ascii_case("link"))
    })
}

/// The number of the first page: zero where that is the default. Where only the least number is
/// zero, nothing says which it is.
fn first(page: &Parameter) -> Option<u64> {
    match &page.default {
        Some(default) => Some(u64::from(*default != 0)),
        None => (page.minimum != Some(0)).then_some(1),
    }
}
