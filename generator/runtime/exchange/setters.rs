//! Calls with setters of their own, for operations with optional parameters.

/// Makes a struct around a [`Call`](super::Call) a call itself: for operations with setters of their own.
macro_rules! call {
    ($call:ident -> StreamCall<$($ty:ty),*>) => {
        call! { $call => StreamCall<$($ty),*> }

        impl $call {
            /// Reconnects when the connection is lost, and goes on after the last event: see [`StreamCall::reconnect`](crate::StreamCall::reconnect).
            #[inline]
            pub fn reconnect(self) -> Self {
                Self(self.0.reconnect())
            }

            /// Starts after the event with this id (`Last-Event-ID`).
            #[inline]
            pub fn last_event_id(self, id: &str) -> Self {
                Self(self.0.last_event_id(id))
            }
        }
    };
    ($call:ident -> Call<$($ty:ty),*>) => {
        call! { $call => Call<$($ty),*> }

        impl $call {
            /// Keeps the body of a success as it arrived, for [`Response::raw`](crate::Response::raw).
            #[inline]
            pub fn with_raw(self) -> Self {
                Self(self.0.with_raw())
            }
        }
    };
    ($call:ident => $inner:ident<$($ty:ty),*>) => {
        impl $call {
            /// Sets the time limit of this call, including its response's body.
            #[inline]
            pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// Adds a header to this call. A second one of the same name replaces the first.
            #[inline]
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.header(name, value))
            }

            /// Clones the call, so that it can be sent again; `None` where its body is a stream.
            #[inline]
            pub fn try_clone(&self) -> ::std::option::Option<Self> {
                self.0.try_clone().map(Self)
            }
        }

        impl ::std::future::IntoFuture for $call {
            type Output = <$crate::runtime::$inner<$($ty),*> as IntoFuture>::Output;
            type IntoFuture = <$crate::runtime::$inner<$($ty),*> as IntoFuture>::IntoFuture;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.0.into_future()
            }
        }
    };
}
pub(crate) use call;
