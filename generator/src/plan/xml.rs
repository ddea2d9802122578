//! The elements of contents in XML, each a static.

use std::collections::BTreeMap;

use super::ident::{Ident, Scope};
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

/// Decides the statics.
pub(super) fn xml(api: &Api, names: &XmlNames) -> Xml {
    let components = api.xml.iter().filter_map(|(name, element)| {
        let ident = names.components.get(name)?;
        Some((ident.clone(), element.clone()))
    });
    let roots = names.roots.iter();
    let roots = roots.map(|(element, ident)| (ident.clone(), element.clone()));
    let mut elements: Vec<(Ident, XmlElement)> = components.chain(roots).collect();
    elements.sort_by(|(a, _), (b, _)| a.as_str().cmp(b.as_str()));
    Xml {
        components: names.components.clone(),
        elements,
    }
}
