//! What leads to what: the types that others are made of.

use super::{TypeId, Types};

impl Types {
    /// For each type, by its index, whether one of the roots is made of it.
    pub fn reached(&self, roots: Vec<TypeId>) -> Vec<bool> {
        let mut reached = vec![false; self.len()];
        let mut waiting = roots;
        while let Some(id) = waiting.pop() {
            if !std::mem::replace(&mut reached[id.index()], true) {
                waiting.extend(self[id].shape.parts());
            }
        }
        reached
    }
}
