//! Values that are put together: a function that takes what has to be there, and a setter for each
//! member that may be absent.

/// The type of an argument for a value of the type.
macro_rules! argument {
    (plain $ty:ty) => { $ty };
    (into $ty:ty) => { impl ::std::convert::Into<$ty> };
    (boxed $ty:ty) => { impl ::std::convert::Into<$ty> };
    (texts) => { impl ::std::iter::IntoIterator<Item: ::std::convert::AsRef<str>> };
}
pub(crate) use argument;

/// The value that an argument stands for.
macro_rules! given {
    (plain $value:ident) => {
        $value
    };
    (into $value:ident) => {
        ::std::convert::Into::into($value)
    };
    (boxed $value:ident) => {
        ::std::boxed::Box::new(::std::convert::Into::into($value))
    };
    (texts $value:ident) => {
        $crate::runtime::json::build::texts($value)
    };
}
pub(crate) use given;

/// The value of a field before anything is set.
macro_rules! initial {
    (required $field:ident) => {
        $field
    };
    (constant $field:ident $value:expr) => {
        $value
    };
    (optional $field:ident $($how:tt)*) => {
        ::std::option::Option::None
    };
    (nullable $field:ident $($how:tt)*) => {
        $crate::runtime::Nullable::Absent
    };
    (anything $field:ident $($how:tt)*) => {
        ::std::option::Option::None
    };
}
pub(crate) use initial;

/// The setter of a member that may be absent.
macro_rules! setter {
    (required $field:ident) => {};
    (constant $field:ident $value:expr) => {};
    ($kind:ident $field:ident) => {};
    (optional $field:ident $how:ident $($ty:ty)?) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $field(
            mut self,
            $field: $crate::runtime::json::build::argument!($how $($ty)?),
        ) -> Self {
            let value = $crate::runtime::json::build::given!($how $field);
            self.$field = ::std::option::Option::Some(value);
            self
        }
    };
    (nullable $field:ident $how:ident $ty:ty) => {
        #[doc = concat!("Sets `", stringify!($field), "`: to a value, or to null.")]
        #[must_use]
        pub fn $field(
            mut self,
            $field: impl ::std::convert::Into<$crate::runtime::Nullable<$ty>>,
        ) -> Self {
            self.$field = $field.into();
            self
        }
    };
    (anything $field:ident $how:ident $ty:ty) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $field(mut self, $field: impl ::std::convert::Into<$ty>) -> Self {
            self.$field = ::std::option::Option::Some($field.into());
            self
        }
    };
}
pub(crate) use setter;

/// A list of texts.
pub(crate) fn texts(texts: impl IntoIterator<Item: AsRef<str>>) -> Vec<String> {
    let texts = texts.into_iter();
    texts.map(|text| text.as_ref().to_owned()).collect()
}
