//! Bodies that the setters of a call can still change.

use std::any::Any;

use http::header::CONTENT_TYPE;

use crate::runtime::send::request::{Request, Unfinished};

/// A body until it is sent.
struct Draft<T> {
    body: T,
    is_sent: bool,
    media_type: &'static str,
    send: Send<T>,
}

/// How a body is made that of a request.
type Send<T> = fn(&mut Request, &'static str, &T);

impl<T: Clone + std::marker::Send + Sync + 'static> Unfinished for Draft<T> {
    fn finish(self: Box<Self>, request: &mut Request) {
        if self.is_sent {
            let own = request.head.headers.remove(CONTENT_TYPE);
            (self.send)(request, self.media_type, &self.body);
            if let Some(own) = own {
                request.head.headers.insert(CONTENT_TYPE, own);
            }
        }
    }

    fn hold_back(&mut self) {
        self.is_sent = false;
    }

    fn try_clone(&self) -> Option<Box<dyn Unfinished>> {
        Some(Box::new(Self {
            body: self.body.clone(),
            ..*self
        }))
    }
}

impl Request {
    /// Sends `body`, as setters leave it, with this media type.
    pub(crate) fn draft<T>(&mut self, media_type: &'static str, body: T, send: Send<T>)
    where
        T: Clone + std::marker::Send + Sync + 'static,
    {
        self.unfinished = Some(Box::new(Draft {
            body,
            is_sent: true,
            media_type,
            send,
        }));
    }

    /// Sends no body until one of its fields is set.
    pub(crate) fn hold_back(&mut self) {
        if let Some(body) = &mut self.unfinished {
            body.hold_back();
        }
    }

    /// The body, to be changed.
    pub(crate) fn draft_mut<T: 'static>(&mut self) -> &mut T {
        let body = self.unfinished.as_deref_mut();
        let draft = body.and_then(|body| (body as &mut dyn Any).downcast_mut::<Draft<T>>());
        let draft = draft.expect("the function that makes the call has put the body there");
        draft.is_sent = true;
        &mut draft.body
    }
}
