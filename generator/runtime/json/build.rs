//! Values that are put together: a function that takes what has to be there, and a setter for each
//! member that may be absent.

/// What `object!` makes of its arguments and members.
///
/// - `value`: a value of which nothing is set but what is given; where nothing is, no member needs a macro.
/// - `initial`: the value of a field before anything is set.
/// - `argument`: the type of an argument for a value of the type.
/// - `given`: the value that an argument stands for.
macro_rules! build {
    (value () $(optional $field:ident $how:tt,)*) => {
        Self { $($field: ::std::option::Option::None),* }
    };
    (value ($($argument:ident)*) $($kind:ident $field:ident ($($how:tt)*),)* $(; $rest:ident)?) => {
        Self {
            $($field: $crate::runtime::json::build::build!(initial $kind $field $($how)*),)*
            $($rest: ::std::collections::BTreeMap::new(),)?
        }
    };
    (initial required $field:ident) => {
        $field
    };
    (initial constant $field:ident $value:expr) => {
        $value
    };
    (initial nullable $field:ident $($how:tt)*) => {
        $crate::runtime::Nullable::Absent
    };
    (initial $kind:ident $field:ident $($how:tt)*) => {
        ::std::option::Option::None
    };
    (argument plain $ty:ty) => { $ty };
    (argument into $ty:ty) => { impl ::std::convert::Into<$ty> };
    (argument boxed $ty:ty) => { $ty };
    (argument texts) => { impl ::std::iter::IntoIterator<Item: ::std::convert::AsRef<str>> };
    (given plain $value:ident) => {
        $value
    };
    (given into $value:ident) => {
        $value.into()
    };
    (given boxed $value:ident) => {
        ::std::boxed::Box::new($value)
    };
    (given texts $value:ident) => {
        $crate::runtime::json::build::texts($value)
    };
}
pub(crate) use build;

/// The setter of a member that may be absent; those that are many come first.
macro_rules! setter {
    (optional $field:ident into $ty:ty) => {
        /// Sets the member of this name.
        #[must_use]
        pub fn $field(mut self, $field: impl ::std::convert::Into<$ty>) -> Self {
            $crate::runtime::json::build::set(&mut self.$field, $field.into());
            self
        }
    };
    (optional $field:ident plain $ty:ty) => {
        /// Sets the member of this name.
        #[must_use]
        pub fn $field(mut self, $field: $ty) -> Self {
            $crate::runtime::json::build::set(&mut self.$field, $field);
            self
        }
    };
    (optional $field:ident boxed $ty:ty) => {
        /// Sets the member of this name.
        #[must_use]
        pub fn $field(mut self, $field: $ty) -> Self {
            $crate::runtime::json::build::set(&mut self.$field, ::std::boxed::Box::new($field));
            self
        }
    };
    (optional $field:ident texts) => {
        /// Sets the member of this name.
        #[must_use]
        pub fn $field(
            mut self,
            $field: impl ::std::iter::IntoIterator<Item: ::std::convert::AsRef<str>>,
        ) -> Self {
            let value = $crate::runtime::json::build::texts($field);
            $crate::runtime::json::build::set(&mut self.$field, value);
            self
        }
    };
    (nullable $field:ident into $ty:ty) => {
        /// Sets the member of this name to a value. For null, assign `Nullable::Null`.
        #[must_use]
        pub fn $field(mut self, $field: impl ::std::convert::Into<$ty>) -> Self {
            self.$field = $crate::runtime::Nullable::Value($field.into());
            self
        }
    };
    (nullable $field:ident $how:ident $ty:ty) => {
        /// Sets the member of this name to a value, or to null.
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
        /// Sets the member of this name.
        #[must_use]
        pub fn $field(mut self, $field: impl ::std::convert::Into<$ty>) -> Self {
            $crate::runtime::json::build::set(&mut self.$field, $field.into());
            self
        }
    };
    (required $field:ident) => {};
    (constant $field:ident $value:expr) => {};
    ($kind:ident $field:ident) => {};
}
pub(crate) use setter;

/// Sets what may be absent. A call is compiled faster than an assignment, which drops what was there.
pub(crate) fn set<T>(member: &mut Option<T>, value: T) {
    *member = Some(value);
}

/// A list of texts.
pub(crate) fn texts(texts: impl IntoIterator<Item: AsRef<str>>) -> Vec<String> {
    let texts = texts.into_iter();
    texts.map(|text| text.as_ref().to_owned()).collect()
}
