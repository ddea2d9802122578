//! The elements of contents in XML, each a static.

use std::collections::{BTreeMap, BTreeSet};

use super::codec::{Decoder, Payload};
use super::operation::{Call, Operation, Tag};
use super::step::Step;
use crate::api::{Api, XmlElement};
use crate::plan::names::{Ident, Names};

/// The statics of a crate, and the components by their statics.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Xml {
    /// The elements of components that others refer to.
    pub components: BTreeMap<String, Ident>,
    /// All elements.
    pub elements: Vec<(Ident, XmlElement)>,
}

/// Decides the statics: those that the operations name, and those that these are made of.
pub(in crate::plan) fn xml(api: &Api, names: &Names, tags: &[Tag]) -> Xml {
    let operations = tags.iter().flat_map(|tag| &tag.operations);
    let used: BTreeSet<&Ident> = operations.flat_map(named).collect();
    let roots = names.xml().roots();
    let roots = roots.filter(|(_, ident)| used.contains(ident));
    let roots = roots.map(|(element, ident)| (ident.clone(), element.clone()));
    let mut elements: Vec<(Ident, XmlElement)> = roots.collect();
    let mut components = BTreeMap::new();
    let mut next = 0;
    while let Some((_, element)) = elements.get(next) {
        let mut found = Vec::new();
        element
            .node
            .for_each_component(&mut |name| found.push(name.to_owned()));
        for name in found {
            if let (Some(ident), Some(element)) = (names.xml().component(&name), api.xml.get(&name))
                && components.insert(name, ident.clone()).is_none()
            {
                elements.push((ident.clone(), element.clone()));
            }
        }
        next += 1;
    }
    elements.sort_by(|(a, _), (b, _)| a.as_str().cmp(b.as_str()));
    Xml {
        components,
        elements,
    }
}

/// The statics that an operation names.
fn named(operation: &Operation) -> impl Iterator<Item = &Ident> {
    let steps = operation.calls.iter().flat_map(Call::all_steps);
    let sent = steps.filter_map(|step| {
        let Step::Body(Payload::Xml(_, ident), _) = step else {
            return None;
        };
        Some(ident)
    });
    let arms = operation.outcome.arms.iter();
    let read = arms.filter_map(|arm| {
        let Decoder::Xml(ident) = &arm.decoder else {
            return None;
        };
        Some(ident)
    });
    sent.chain(read)
}
