//! Calls with setters of their own, for operations with optional parameters.

/// Makes a struct around a [`Call`](super::Call) a call itself: for operations with setters of their own.
///
/// What every call has is written out with the types of this one, and changes what is inside rather
/// than moving it: that is compiled the fastest.
macro_rules! call {
    ($call:ident -> StreamCall<$item:ty, $success:ty, $error:ty>) => {
        call! { $call: $crate::runtime::ResponseStream<$item>, $error;
            /// Reconnects when the connection is lost, and goes on after the last event: see [`StreamCall::reconnect`](crate::StreamCall::reconnect).
            #[inline]
            pub fn reconnect(self) -> Self {
                Self(self.0.reconnect())
            }

            /// Starts after the event with this id (`Last-Event-ID`).
            #[inline]
            pub fn last_event_id(self, id: &str) -> Self {
                self.header("last-event-id", id)
            }
        }
    };
    ($call:ident -> Call<$success:ty, $error:ty>) => {
        call! { $call: $success, $error;
            /// Keeps the body of a success as it arrived, for [`Response::raw`](crate::Response::raw).
            #[inline]
            pub fn with_raw(mut self) -> Self {
                self.0.keep_raw();
                self
            }
        }
    };
    ($call:ident: $success:ty, $error:ty; $($own:tt)*) => {
        impl $call {
            $($own)*

            /// Sets the time limit of this call, including its response's body.
            #[inline]
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.0.request().timeout(timeout);
                self
            }

            /// Sets how long the server may be silent within the response's body.
            #[inline]
            pub fn read_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.0.request().read_timeout(timeout);
                self
            }

            /// Sets how many bytes the response's body may have, or an item of a stream.
            #[inline]
            pub fn body_limit(mut self, bytes: usize) -> Self {
                self.0.request().body_limit(bytes);
                self
            }

            /// Sets when this call is sent again.
            #[inline]
            pub fn retry(mut self, retry: $crate::runtime::Retry) -> Self {
                self.0.request().retry(retry);
                self
            }

            /// Adds a header to this call. A second one of the same name replaces the first.
            #[inline]
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.0.request().header(name, value);
                self
            }

            /// Sends the call, and waits for its response.
            ///
            /// # Errors
            ///
            /// Those of the call.
            ///
            /// # Panics
            ///
            /// It is called within an asynchronous context.
            #[cfg(feature = "blocking")]
            pub fn blocking_send(
                self,
            ) -> ::std::result::Result<
                $crate::runtime::Response<$success>,
                $crate::runtime::Error<$error>,
            > {
                self.0.blocking_send()
            }

            /// Clones the call, so that it can be sent again; `None` where its body is a stream.
            #[inline]
            pub fn try_clone(&self) -> ::std::option::Option<Self> {
                self.0.try_clone().map(Self)
            }
        }

        #[cfg(feature = "mock")]
        impl ::std::convert::From<$call> for $crate::runtime::send::recorded::RecordedCall {
            fn from(call: $call) -> Self {
                call.0.into()
            }
        }

        impl ::std::fmt::Debug for $call {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl ::std::future::IntoFuture for $call {
            type Output = ::std::result::Result<
                $crate::runtime::Response<$success>,
                $crate::runtime::Error<$error>,
            >;
            type IntoFuture = $crate::runtime::exchange::call::CallFuture<$success, $error>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.0.into_future()
            }
        }
    };
}
pub(crate) use call;
