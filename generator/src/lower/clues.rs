//! Do the names of parameters and properties show that an operation is paged?

use crate::api::{Location, Method, Operation, PaginationHint, PaginationStyle, Parameter, Shape};

/// Properties in which responses say how they go on, beside the top level.
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

/// Parameters and the properties of responses that hold their next values.
const CURSORS: [(&str, &[&str]); 10] = [
    ("page", &["next_page", "nextPage"]),
    ("marker", &["next_marker", "nextMarker"]),
    ("cursor", &["next_cursor", "nextCursor", "cursor_next"]),
    ("page_cursor", &["next_page_cursor", "next_cursor"]),
    ("page_token", &["next_page_token", "next_page"]),
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

/// Properties of responses that hold the address of the next page.
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

/// What the names show; `shape` tells what is at a path in the response, and `is_number` whether a
/// parameter counts.
pub(super) fn found(
    operation: &Operation,
    shape: &dyn Fn(&[&str]) -> Option<Shape>,
    is_number: &dyn Fn(&Parameter) -> bool,
) -> Option<PaginationHint> {
    if operation.method != Method::Get {
        return None;
    }
    let clues = Clues {
        operation,
        shape,
        is_number,
    };
    let rules = [
        Clues::link,
        Clues::cursor,
        Clues::last,
        Clues::address,
        Clues::offset,
        Clues::page,
    ];
    rules.iter().find_map(|rule| rule(&clues))
}

/// The names of an operation.
struct Clues<'a> {
    operation: &'a Operation,
    shape: &'a dyn Fn(&[&str]) -> Option<Shape>,
    is_number: &'a dyn Fn(&Parameter) -> bool,
}

impl<'a> Clues<'a> {
    /// A header `Link`, where the operation shows that it is paged.
    fn link(&self) -> Option<PaginationHint> {
        let turns = ["page", "offset", "cursor", "after", "since"];
        let is_list = matches!((self.shape)(&[]), Some(Shape::Array(_)));
        let has_turn = turns.iter().any(|name| self.query(name).is_some());
        let is_paged = is_list || self.has_size() || has_turn;
        (has_link(self.operation) && is_paged).then(|| PaginationHint::new(PaginationStyle::Link))
    }

    /// A parameter, and a property that holds its next value.
    fn cursor(&self) -> Option<PaginationHint> {
        let known = CURSORS
            .iter()
            .filter(|(name, _)| self.query(name).is_some());
        let mut known =
            known.filter_map(|(name, properties)| Some((*name, self.anywhere(properties)?)));
        let last_id = || {
            let is_last = self.has_more().is_some() && self.is_text(&["last_id"]);
            is_last.then(|| self.query("after"))??;
            Some(("after", "last_id".to_owned()))
        };
        let (parameter, from) = known.next().or_else(last_id)?;
        Some(PaginationHint {
            parameter: Some(parameter.to_owned()),
            from: Some(from),
            more: self.has_more(),
            ..PaginationHint::new(PaginationStyle::Cursor)
        })
    }

    /// A parameter that takes the last item.
    fn last(&self) -> Option<PaginationHint> {
        let parameter = self.query("starting_after")?;
        Some(PaginationHint {
            parameter: Some(parameter.name.clone()),
            more: Some(self.has_more()?),
            ..PaginationHint::new(PaginationStyle::Last)
        })
    }

    /// A property that holds the address of the next page.
    fn address(&self) -> Option<PaginationHint> {
        Some(PaginationHint {
            from: Some(self.anywhere(&ADDRESSES)?),
            ..PaginationHint::new(PaginationStyle::Url)
        })
    }

    /// A parameter that counts items, and one that says how many there are to be.
    fn offset(&self) -> Option<PaginationHint> {
        let offset = self.number("offset").or_else(|| self.number("skip"))?;
        let mut others = ["take", "top"].iter();
        let has_size = self.has_size() || others.any(|name| self.query(name).is_some());
        has_size.then(|| PaginationHint {
            parameter: Some(offset.name.clone()),
            ..PaginationHint::new(PaginationStyle::Offset)
        })
    }

    /// A parameter that counts pages, and one that says how many items each is to have.
    fn page(&self) -> Option<PaginationHint> {
        let page = self.number("page").filter(|_| self.has_size())?;
        Some(PaginationHint {
            parameter: Some(page.name.clone()),
            first: first(page)?,
            ..PaginationHint::new(PaginationStyle::Page)
        })
    }

    fn query(&self, name: &str) -> Option<&'a Parameter> {
        let mut parameters = self.operation.parameters.iter();
        parameters.find(|p| p.location == Location::Query && p.name == name)
    }

    fn number(&self, name: &str) -> Option<&'a Parameter> {
        self.query(name)
            .filter(|parameter| (self.is_number)(parameter))
    }

    /// Whether a parameter says how many items a page has.
    fn has_size(&self) -> bool {
        SIZES.iter().any(|name| self.query(name).is_some())
    }

    fn has_more(&self) -> Option<String> {
        let shape = (self.shape)(&["has_more"])?;
        shape.is_boolean().then(|| "has_more".to_owned())
    }

    fn is_text(&self, path: &[&str]) -> bool {
        (self.shape)(path).is_some_and(|shape| shape.string_format().is_some())
    }

    /// A property of one of the names, at the top or where such properties often stand.
    fn anywhere(&self, names: &[&str]) -> Option<String> {
        let top = names.iter().find(|name| self.is_text(&[name]));
        let top = top.map(|&name| name.to_owned());
        top.or_else(|| {
            let mut paths = WITHIN
                .iter()
                .flat_map(|&within| names.iter().map(move |&name| [within, name]));
            paths
                .find(|path| self.is_text(path))
                .map(|path| path.join("."))
        })
    }
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
