//! The elements of contents in XML, each a static.

use std::collections::{BTreeMap, BTreeSet};

use super::content::Decoder;
use super::ident::{Ident, Scope};
use super::operation::{Group, Operation};
use super::payload::Payload;
use super::request::Step;
use crate::api::{Api, Media, XmlElement};

/// The names of the statics.
#[derive(Debug, Default)]
pub(super) struct XmlNames {
    components: BTreeMap<String, Ident>,
    roots: Vec<(XmlElement, Ident)>,
}

/// The statics of a crate, and the components by their statics.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Xml {
    /// The elements of components that others refer to.
    pub components: BTreeMap<String, Ident>,
    /// All elements.
    pub elements: Vec<(Ident, XmlElement)>,
}

impl XmlNames {
    /// The static of a content's root element.
    pub(super) fn root(&self, media: &Media) -> Option<&Ident> {
        let element = media.xml.as_ref()?;
        let (_, ident) = self.roots.iter().find(|(known, _)| known == element)?;
        Some(ident)
    }
}

/// Components keep their names; other roots are called after the first operation they belong to.
pub(super) fn names(api: &Api) -> XmlNames {
    let mut scope = Scope::default();
    let mut names = XmlNames::default();
    for name in api.xml.keys() {
        let ident = scope.take(&[Ident::constant(name)]);
        names.components.insert(name.clone(), ident);
    }
    for operation in &api.operations {
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let bodies = bodies.map(|media| (media, "request".to_owned()));
        let responses = operation.responses.iter().flat_map(|response| {
            let content = response.content.iter();
            content.map(move |media| (media, response.status.to_string()))
        });
        for (media, words) in bodies.chain(responses) {
            let Some(element) = &media.xml else { continue };
            if names.roots.iter().all(|(known, _)| known != element) {
                let words = format!("{} {words}", operation.id);
                let ident = scope.take(&[Ident::constant(&words)]);
                names.roots.push((element.clone(), ident));
            }
        }
    }
    names
}

/// Decides the statics: those that the operations name, and those that these are made of.
pub(super) fn xml(api: &Api, names: &XmlNames, groups: &[Group]) -> Xml {
    let used: BTreeSet<&Ident> = groups
        .iter()
        .flat_map(|group| &group.operations)
        .flat_map(named)
        .collect();
    let roots = names.roots.iter();
    let roots = roots.filter(|(_, ident)| used.contains(ident));
    let mut elements: Vec<(Ident, XmlElement)> = roots
        .map(|(element, ident)| (ident.clone(), element.clone()))
        .collect();
    let mut components = BTreeMap::new();
    let mut next = 0;
    while let Some((_, element)) = elements.get(next) {
        let mut found = Vec::new();
        element
            .node
            .for_each_component(&mut |name| found.push(name.to_owned()));
        for name in found {
            if let (Some(ident), Some(element)) = (names.components.get(&name), api.xml.get(&name))
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
    let setters = operation.setters.iter().map(|setter| &setter.step);
    let steps = operation.steps.iter().chain(setters);
    let sent = steps.filter_map(|step| {
        let Step::Body(Payload::Xml(_, ident), _) = step else {
            return None;
        };
        Some(ident)
    });
    let arms = operation.answer.arms.iter();
    let read = arms.filter_map(|arm| {
        let Decoder::Xml(ident) = &arm.decoder else {
            return None;
        };
        Some(ident)
    });
    sent.chain(read)
}
