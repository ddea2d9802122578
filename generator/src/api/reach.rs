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

    /// For each type, by its index, whether it is one of these or made of one of them.
    pub fn leading_to(&self, targets: Vec<TypeId>) -> Vec<bool> {
        let mut holders = vec![Vec::new(); self.len()];
        for (id, ty) in self.iter() {
            for part in ty.shape.parts() {
                holders[part.index()].push(id);
            }
        }
        let mut leading = vec![false; self.len()];
        let mut waiting = targets;
        while let Some(id) = waiting.pop() {
            if !std::mem::replace(&mut leading[id.index()], true) {
                waiting.extend(&holders[id.index()]);
            }
        }
        leading
    }
}
