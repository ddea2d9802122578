//! The names of the statics that describe elements of XML.

use std::collections::{BTreeMap, HashMap};

use super::ident::{Ident, Scope};
use crate::api::{Api, Media, XmlElement};

/// The names of the statics.
#[derive(Debug, Default)]
pub struct XmlNames {
    components: BTreeMap<String, Ident>,
    roots: HashMap<XmlElement, Ident>,
}

impl XmlNames {
    /// The static of a content's root element.
    pub fn root(&self, media: &Media) -> Option<&Ident> {
        self.roots.get(media.xml.as_ref()?)
    }

    /// The static of a component's element.
    pub fn component(&self, name: &str) -> Option<&Ident> {
        self.components.get(name)
    }

    /// The root elements and their statics.
    pub fn roots(&self) -> impl Iterator<Item = (&XmlElement, &Ident)> {
        self.roots.iter()
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
            if !names.roots.contains_key(element) {
                let words = format!("{} {words}", operation.id);
                let ident = scope.take(&[Ident::constant(&words)]);
                names.roots.insert(element.clone(), ident);
            }
        }
    }
    names
}
