//! Enumerations of integers that a server may extend.

/// States the values of an enum of integers: its variants, their numbers on the wire, and the
/// variant that keeps any other number.
macro_rules! open_integer {
    ($name:ident: $number:ty { $($variant:ident = $value:literal,)* } else $other:ident) => {
        impl $name {
            /// All values that the document lists.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the number that is sent and received.
            pub fn value(self) -> $number {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$other(number) => number,
                }
            }
        }

        impl ::std::convert::From<$number> for $name {
            fn from(number: $number) -> Self {
                match number {
                    $($value => Self::$variant,)*
                    other => Self::$other(other),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.value(), serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <$number as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
}
pub(crate) use open_integer;
