//! Clients that answer from memory, with the cargo feature `mock`.

use std::any::Any;
use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use http::{HeaderMap, Request as HttpRequest, StatusCode};

use crate::runtime::exchange::error::Error;
use crate::runtime::receive::error::ApiError;
use crate::runtime::receive::raw::RawResponse;
use crate::runtime::receive::response::Response;
use crate::runtime::send::body::Body;
use crate::runtime::send::recorded::RecordedCall;
use crate::runtime::wire::failure::{Phase, TransportError};
use crate::runtime::wire::transport::{Sending, Transport};

/// A test double of the API: the clients that are made of it answer from memory.
///
/// It has a function for each tag, and these one for each operation, which say what is answered. No
/// credentials are needed, no middleware is run, and nothing is sent again.
///
/// # Panics
///
/// A call panics that there is no answer for. Dropping it panics if an operation was called less often than
/// [`Answer::times`] says.
#[derive(Default)]
pub struct Mock(pub(crate) Arc<Answers>);

impl Mock {
    /// Creates one without any answer.
    pub fn new() -> Self {
        Self(Arc::default())
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").finish_non_exhaustive()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        if thread::panicking() {
            return;
        }
        let state = self.0.state();
        let missed = state.answers.iter().find_map(Rule::missed);
        drop(state);
        assert!(missed.is_none(), "{}", missed.unwrap_or_default());
    }
}

/// What an operation answers: `T` is its success, `E` its documented errors.
pub struct MockCall<T, E> {
    answers: Arc<Answers>,
    subject: Subject,
    like: Option<RecordedCall>,
    success: fn(&T) -> u16,
    error: fn(&E) -> u16,
}

/// An operation, and whether its response is read item by item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) operation: &'static str,
    pub(crate) by_item: bool,
}

/// Makes a response for a call.
type Respond<T, E> = Box<dyn Fn(&RecordedCall) -> Result<Response<T>, Error<E>> + Send + Sync>;

impl<T: 'static, E: 'static> MockCall<T, E> {
    /// Answers of the operation with this `operationId`, and the statuses of its successes and errors.
    pub(crate) fn new(
        mock: &Mock,
        operation: &'static str,
        success: fn(&T) -> u16,
        error: fn(&E) -> u16,
    ) -> Self {
        Self {
            answers: mock.0.clone(),
            subject: Subject {
                operation,
                by_item: false,
            },
            like: None,
            success,
            error,
        }
    }

    /// The same operation, with items in place of a success.
    pub(crate) fn items<I: 'static>(&self) -> MockCall<Vec<I>, E> {
        MockCall {
            answers: self.answers.clone(),
            subject: Subject {
                by_item: true,
                ..self.subject
            },
            like: self.like.clone(),
            success: |_| 200,
            error: self.error,
        }
    }

    /// Only what is called with the arguments of this call, which any client of this crate makes.
    #[must_use]
    pub fn with(&self, call: impl Into<RecordedCall>) -> Self {
        Self {
            answers: self.answers.clone(),
            like: Some(call.into()),
            ..*self
        }
    }

    /// Answers with a success.
    pub fn returns(&self, value: T) -> Answer
    where
        T: Clone + Send + Sync,
    {
        let status = self.success;
        self.responds(move |_| {
            let status = known(status(&value));
            Ok(Response::new(value.clone(), status, HeaderMap::new()))
        })
    }

    /// Answers with an error that the document describes.
    pub fn fails(&self, error: E) -> Answer
    where
        E: Clone + Send + Sync,
    {
        let (status, operation) = (self.error, self.subject.operation);
        self.responds(move |_| {
            let response = RawResponse {
                operation,
                ..RawResponse::new(known(status(&error)), HeaderMap::new(), [])
            };
            Err(Error::Api(Box::new(ApiError::new(error.clone(), response))))
        })
    }

    /// Answers with what this makes of a call: an error of the connection, a success that depends on the
    /// arguments.
    pub fn responds<F>(&self, respond: F) -> Answer
    where
        F: Fn(&RecordedCall) -> Result<Response<T>, Error<E>> + Send + Sync + 'static,
    {
        let respond: Respond<T, E> = Box::new(respond);
        let mut state = self.answers.state();
        state.answers.push(Rule {
            subject: self.subject,
            like: self.like.clone(),
            times: None,
            given: 0,
            respond: Arc::new(respond),
        });
        Answer {
            answers: self.answers.clone(),
            index: state.answers.len() - 1,
        }
    }

    /// Returns the calls so far, in their order.
    pub fn calls(&self) -> Vec<RecordedCall> {
        let is_one = |call: &&RecordedCall| {
            call.operation == self.subject.operation
                && self.like.as_ref().is_none_or(|like| like == *call)
        };
        let state = self.answers.state();
        state.calls.iter().filter(is_one).cloned().collect()
    }
}

impl<I: 'static, E: 'static> MockCall<Vec<I>, E> {
    /// Answers of an operation whose response is read item by item.
    pub(crate) fn by_item(mock: &Mock, operation: &'static str, error: fn(&E) -> u16) -> Self {
        MockCall::<(), E>::new(mock, operation, |()| 200, error).items()
    }
}

impl<T, E> fmt::Debug for MockCall<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MockCall")
            .field(&self.subject.operation)
            .finish()
    }
}

/// An answer of a test double. Of several for the same call, the first holds until it has been given as often as
/// [`times`](Self::times) says.
#[derive(Debug)]
pub struct Answer {
    answers: Arc<Answers>,
    index: usize,
}

impl Answer {
    /// Sets how often it is given, exactly. Default: any number of times.
    pub fn times(self, times: usize) {
        if let Some(rule) = self.answers.state().answers.get_mut(self.index) {
            rule.times = Some(times);
        }
    }
}

/// What a test double answers, and what it was asked.
#[derive(Default)]
pub(crate) struct Answers(Mutex<State>);

#[derive(Default)]
struct State {
    answers: Vec<Rule>,
    calls: Vec<RecordedCall>,
}

/// What is answered to which calls.
struct Rule {
    subject: Subject,
    like: Option<RecordedCall>,
    times: Option<usize>,
    given: usize,
    /// A [`Respond`] of the types of the operation.
    respond: Arc<dyn Any + Send + Sync>,
}

impl Rule {
    fn is_for(&self, subject: Subject, call: &RecordedCall) -> bool {
        self.subject == subject
            && self.like.as_ref().is_none_or(|like| like == call)
            && self.times.is_none_or(|times| self.given < times)
    }

    /// That it was given less often than it was to be.
    fn missed(&self) -> Option<String> {
        let times = self.times.filter(|times| self.given < *times)?;
        let with = self.like.as_ref();
        let with = with.map_or_else(String::new, |like| format!(" with {like:?}"));
        let (operation, given) = (self.subject.operation, self.given);
        Some(format!(
            "expected {times} calls of `{operation}`{with}, got {given}"
        ))
    }
}

impl Answers {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a call, and answers it.
    #[allow(clippy::panic, reason = "what a test does not expect fails it")]
    pub(crate) fn answer<T: 'static, E: 'static>(
        &self,
        subject: Subject,
        call: &RecordedCall,
    ) -> Result<Response<T>, Error<E>> {
        let mut state = self.state();
        state.calls.push(call.clone());
        let mut rules = state.answers.iter_mut();
        let found = rules.find_map(|rule| {
            let respond = rule.respond.clone().downcast::<Respond<T, E>>().ok()?;
            rule.is_for(subject, call).then(|| {
                rule.given += 1;
                respond
            })
        });
        drop(state);
        match found {
            Some(respond) => respond(call),
            None => panic!(
                "the test double has no answer for `{}`: {call:?}",
                subject.operation
            ),
        }
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answers").finish_non_exhaustive()
    }
}

/// What would be sent all the same is refused.
impl Transport for Answers {
    fn send(&self, _: HttpRequest<Body>) -> Sending {
        let error = TransportError::new(Phase::Connect, "a test double sends nothing");
        Box::pin(async move { Err(error) })
    }
}

/// What has a status: the enums of successes and errors.
pub(crate) trait HasStatus {
    fn status(&self) -> u16;
}

impl HasStatus for Infallible {
    fn status(&self) -> u16 {
        match *self {}
    }
}

fn known(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or_default()
}
