//! Calls with setters of their own, for operations with optional parameters.

/// Makes a struct around a [`Call`](super::Call) a call itself: for operations with setters of their own.
macro_rules! call {
    ($call:ident -> StreamCall<$($ty:ty),*>) => {
        call! { $call => StreamCall<$($ty),*> }

        impl $call<'_> {
            /// Connects again when the connection ends or breaks off, and goes on after the last
            /// event: see [`StreamCall::reconnect`](crate::StreamCall::reconnect).
            #[inline]
            pub fn reconnect(self) -> Self {
                Self(self.0.reconnect())
            }

            /// Goes on after the event with this id (`Last-Event-ID`).
            #[inline]
            pub fn last_event_id(self, id: &str) -> Self {
                Self(self.0.last_event_id(id))
            }
        }
    };
    ($call:ident -> $inner:ident<$($ty:ty),*>) => {
        call! { $call => $inner<$($ty),*> }
    };
    ($call:ident => $inner:ident<$($ty:ty),*>) => {
        impl $call<'_> {
            /// How long this call may take, its answer's body included.
            #[inline]
            pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// Sends one more header with this call; the same name given again replaces it.
            #[inline]
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.header(name, value))
            }
        }

        impl<'a> ::std::future::IntoFuture for $call<'a> {
            type Output = <$crate::runtime::$inner<'a, $($ty),*> as IntoFuture>::Output;
            type IntoFuture = <$crate::runtime::$inner<'a, $($ty),*> as IntoFuture>::IntoFuture;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.0.into_future()
            }
        }
    };
}
pub(crate) use call;
