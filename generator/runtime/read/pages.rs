//! Items that the server gives page by page.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use http::StatusCode;
use http::header::{HeaderMap, LINK};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::runtime::auth::security::Security;
use crate::runtime::encode::parameter::Parameter;
use crate::runtime::exchange::call::Call;
use crate::runtime::exchange::core::Core;
use crate::runtime::exchange::error::Error;
use crate::runtime::exchange::outcome::Outcome;
use crate::runtime::receive::error::DecodeError;
use crate::runtime::receive::raw::{RawResponse, Undecodable};
use crate::runtime::send::request::Request;
use crate::runtime::wire::failure::Failure;

/// How pages are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paging {
    /// The names of the members that lead to the items.
    pub(crate) items: &'static [&'static str],
    pub(crate) next: Next,
    /// The names of the members that lead to whether there is more.
    pub(crate) more: &'static [&'static str],
}

/// How the next page is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Next {
    /// By the address in the header `Link` with `rel="next"` (RFC 8288).
    Link,
    /// By the address there.
    Url(&'static [&'static str]),
    /// With this parameter, by the text there.
    Cursor(&'static str, &'static [&'static str]),
    /// With this parameter, by this member of the last item.
    Last(&'static str, &'static str),
    /// With this parameter, by the number of items so far.
    Offset(&'static str),
    /// With this parameter, by the number of the page; that of the first one.
    Page(&'static str, u64),
}

/// The items of all pages. `T` is an item, `E` lists the documented errors; `S` is what the
/// operation succeeds with.
///
/// [`next`](Self::next) gives them one by one, and asks for a page when it is needed; it is a
/// `futures` `Stream`, too. After an error there are no more items.
pub struct Items<T, S, E> {
    core: Core,
    security: Security,
    read: fn(&RawResponse) -> Outcome<S, E>,
    paging: Paging,
    page: vec::IntoIter<T>,
    /// The status and the headers of the page.
    head: Option<(StatusCode, HeaderMap)>,
    /// The request for the next page.
    request: Option<Request>,
    /// Why there is no next page, behind the items of this one.
    lost: Option<Error<E>>,
    /// What has been asked for.
    asked: HashSet<u64>,
    /// How many pages in a row had no items.
    empty: usize,
    /// The page before.
    before: Option<u64>,
    /// The page that is awaited, and the request for the one after it.
    awaited: Option<(Awaited, Option<Request>)>,
}

type Awaited = Pin<Box<dyn Future<Output = Result<RawResponse, Failure>> + Send>>;

impl<T: DeserializeOwned + 'static, S, E: 'static> Items<T, S, E> {
    pub(crate) fn new(call: Call<S, E>, paging: Paging) -> Self {
        let read = call.read;
        let (core, request, security) = call.into_parts();
        Self {
            core,
            security,
            read,
            paging,
            page: Vec::new().into_iter(),
            head: None,
            request: Some(request),
            lost: None,
            asked: HashSet::new(),
            empty: 0,
            before: None,
            awaited: None,
        }
    }

    /// Returns the next item, or `None` at the end.
    ///
    /// # Errors
    ///
    /// A page could not be had, for the reasons for which the call itself fails.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Waits for the next item: `None` at the end.
    ///
    /// # Errors
    ///
    /// Those of [`next`](Self::next).
    ///
    /// # Panics
    ///
    /// It is called within an asynchronous context.
    #[cfg(feature = "blocking")]
    pub fn blocking_next(&mut self) -> Option<Result<T, Error<E>>> {
        crate::runtime::exchange::blocking::wait(self.next())
    }

    /// Returns the status of the latest page; `None` before the first one.
    pub fn status(&self) -> Option<StatusCode> {
        self.head.as_ref().map(|(status, _)| *status)
    }

    /// Returns the headers of the latest page; `None` before the first one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.head.as_ref().map(|(_, headers)| headers)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            if let Some((awaited, _)) = &mut self.awaited {
                let response = ready!(awaited.as_mut().poll(context));
                let after = self.awaited.take().and_then(|(_, after)| after);
                match response
                    .map_err(Error::from)
                    .and_then(|response| self.opened(response, after))
                {
                    Ok(page) => self.page = page.into_iter(),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                }
            } else {
                let Some(mut request) = self.request.take() else {
                    return Poll::Ready(self.lost.take().map(Err));
                };
                #[cfg(feature = "mock")]
                match self.core.answer::<Vec<T>, E>(&mut request, true) {
                    Some(Ok(response)) => {
                        self.head = Some((response.status(), response.headers().clone()));
                        self.page = response.into_inner().into_iter();
                        continue;
                    }
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => {}
                }
                let after = request.try_clone();
                let (core, security) = (self.core.clone(), self.security);
                let awaited = Box::pin(async move { core.send(&mut request, security).await });
                self.awaited = Some((awaited, after));
            }
        }
    }

    /// The items of a page; makes `after` the request for the next one, where there is one.
    fn opened(
        &mut self,
        response: RawResponse,
        after: Option<Request>,
    ) -> Result<Vec<T>, Error<E>> {
        if !response.status().is_success() {
            let outcome = (self.read)(&response).into_result(response);
            return outcome.map(|_| Vec::new());
        }
        self.head = Some((response.status, response.headers.clone()));
        if response.body().is_empty() {
            return Ok(Vec::new());
        }
        let body: Value = match response.read_json() {
            Ok(body) => body,
            Err(why) => return Err(Error::Decode(DecodeError::new(why, response))),
        };
        let items = at(&body, self.paging.items);
        let items = match Option::<Vec<T>>::deserialize(items) {
            Ok(items) => items.unwrap_or_default(),
            Err(error) => {
                let why = Undecodable::custom(error);
                return Err(Error::Decode(DecodeError::new(why, response)));
            }
        };
        if let Some(mut after) = after {
            self.asked.insert(after.page());
            if self
                .paging
                .goes_on(&response, &body, items.len(), &mut after)
            {
                let Some((reason, is_over)) = self.is_lost(&response, items.len(), &after) else {
                    self.request = Some(after);
                    return Ok(items);
                };
                let why = Undecodable::custom(reason);
                let error = Error::Decode(DecodeError::new(why, response));
                if is_over {
                    return Err(error);
                }
                self.lost = Some(error);
            }
        }
        Ok(items)
    }

    /// Why there would be no end, where the server goes round in circles, and whether it has given the items
    /// of this page before.
    fn is_lost(
        &mut self,
        response: &RawResponse,
        count: usize,
        after: &Request,
    ) -> Option<(&'static str, bool)> {
        let page = hashed(response.body());
        let is_again = self.before.replace(page) == Some(page) && count > 0;
        self.empty = if count == 0 { self.empty + 1 } else { 0 };
        if self.asked.contains(&after.page()) {
            Some(("the page leads to one that was there before", is_again))
        } else if is_again {
            Some(("the page is the same as the one before", true))
        } else {
            let is_empty = self.empty > MOST_EMPTY;
            is_empty.then_some(("too many pages in a row have no items", true))
        }
    }
}

/// How many pages in a row may have no items.
const MOST_EMPTY: usize = 20;

fn hashed(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Paging {
    /// Makes `request`, which was the last one, the request for the next page. `false` when there
    /// is none.
    fn goes_on(
        &self,
        response: &RawResponse,
        body: &Value,
        count: usize,
        request: &mut Request,
    ) -> bool {
        if !self.more.is_empty() && at(body, self.more) != &Value::Bool(true) {
            return false;
        }
        let items = at(body, self.items);
        match self.next {
            Next::Link => {
                let links = response.headers().get_all(LINK).iter();
                let links = links.filter_map(|value| value.to_str().ok());
                links
                    .into_iter()
                    .find_map(next_link)
                    .is_some_and(|url| request.follow(url))
            }
            Next::Url(path) => text(at(body, path)).is_some_and(|url| request.follow(&url)),
            Next::Cursor(parameter, path) => {
                text(at(body, path)).is_some_and(|cursor| request.turn(parameter, &cursor))
            }
            Next::Last(parameter, member) => {
                let last = items.as_array().and_then(|items| items.last());
                let last = last.and_then(|last| text(&last[member]));
                last.is_some_and(|last| request.turn(parameter, &last))
            }
            Next::Offset(parameter) => {
                let offset = request.number(parameter).unwrap_or(0);
                let next = offset + u64::try_from(count).unwrap_or_default();
                count > 0 && request.turn(parameter, &next.to_string())
            }
            Next::Page(parameter, first) => {
                let next = request.number(parameter).unwrap_or(first) + 1;
                count > 0 && request.turn(parameter, &next.to_string())
            }
        }
    }
}

fn at<'v>(body: &'v Value, path: &[&str]) -> &'v Value {
    path.iter().fold(body, |value, name| &value[name])
}

/// Text or a number; not an empty one.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

/// The target with `rel="next"` ("Link", RFC 8288, section 3).
fn next_link(header: &str) -> Option<&str> {
    header.split('<').skip(1).find_map(|link| {
        let (url, parameters) = link.split_once('>')?;
        let mut parameters = parameters.split([';', ',']);
        let is_next = parameters.any(|parameter| {
            let (name, relation) = parameter.split_once('=').unwrap_or_default();
            let mut relations = relation.trim().trim_matches('"').split(' ');
            name.trim().eq_ignore_ascii_case("rel")
                && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
        });
        is_next.then_some(url)
    })
}

impl Request {
    /// Asks for another page; `false` where it is the same.
    fn turn(&mut self, name: &'static str, value: &str) -> bool {
        let parameter = Parameter::query(name);
        let written = parameter.encode(value).unwrap_or_default();
        let is_same = self.head.query.iter().any(|(_, known)| *known == written);
        self.place(parameter, &written);
        !is_same
    }

    /// Asks for the page at this address; `false` where it is the same.
    fn follow(&mut self, url: &str) -> bool {
        let is_same = self.head.urls.last().is_some_and(|last| last == url);
        self.head.query.clear();
        // The address has those that are needed.
        self.head.globals = self.head.globals.map(|_| &[][..]);
        // A relative one is relative to that of the page (RFC 3986, section 5.1.3).
        let replaces = |last: &String| {
            let is_query = last.starts_with('?') && url.starts_with('?');
            is_query || last == url
        };
        if url.starts_with('/') || Url::parse(url).is_ok() {
            self.head.urls.clear();
        } else if self.head.urls.last().is_some_and(replaces) {
            self.head.urls.pop();
        }
        self.head.urls.push(url.to_owned());
        !is_same
    }

    /// Which page it asks for.
    fn page(&self) -> u64 {
        hashed((&self.head.urls, &self.head.query))
    }

    /// The number that a parameter has.
    fn number(&self, name: &str) -> Option<u64> {
        let (_, pair) = self.head.query.iter().find(|(known, _)| *known == name)?;
        let url = Url::parse(&format!("http://localhost/?{pair}")).ok()?;
        let (_, value) = url.query_pairs().next()?;
        value.parse().ok()
    }
}

impl<T: DeserializeOwned + Unpin + 'static, S, E: 'static> Stream for Items<T, S, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T, S, E> fmt::Debug for Items<T, S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}
