//! Programs that people write with generated clients: short, and checked by the tests beside them.

pub mod assistant;
pub mod checkout;
pub mod notebook;
pub mod tracker;
