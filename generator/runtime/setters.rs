//! Calls with setters of their own, for operations with optional parameters.

/// Makes a struct around a [`Call`](super::Call) a call itself: for operations with setters of their own.
macro_rules! call {
    ($call:ident -> $inner:ident<$($ty:ty),*>) => {
        impl $call<'_> {
            /// How long this call may take, its answer's body included.
            pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// Sends one more header with this call; the same name given again replaces it.
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.header(name, value))
            }
        }

        impl<'a> ::std::future::IntoFuture for $call<'a> {
            type Output = <$crate::runtime::$inner<'a, $($ty),*> as IntoFuture>::Output;
            type IntoFuture = <$crate::runtime::$inner<'a, $($ty),*> as IntoFuture>::IntoFuture;

            fn into_future(self) -> Self::IntoFuture {
                self.0.into_future()
            }
        }
    };
}
pub(crate) use call;
