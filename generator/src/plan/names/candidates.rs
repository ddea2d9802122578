//! What could an inline type be called?

use std::collections::HashMap;

use super::distinction::{distinctions, spoken};
use super::ident::Ident;
use super::reserved;
use crate::api::{Api, Place, Shape, Status, TypeId};

/// Finds names for the types that have none of their own.
pub(super) struct Candidates<'a> {
    api: &'a Api,
    /// The words that tell the variants of each union apart.
    differences: HashMap<TypeId, Vec<Vec<String>>>,
}

impl<'a> Candidates<'a> {
    /// Compares the variants of every union.
    pub(super) fn new(api: &'a Api) -> Self {
        let unions = api.types.iter();
        let unions = unions.filter_map(|(id, ty)| Some((id, ty.shape.as_union()?)));
        let differences = unions.map(|(id, union)| (id, distinctions(api, union)));
        Self {
            api,
            differences: differences.collect(),
        }
    }

    /// The names an inline type could have, best first: the author's own, its title, then those of
    /// its places, shortest first. What all its places agree on comes before what one of them says.
    pub(super) fn of(&self, id: TypeId) -> Vec<Ident> {
        let api = self.api;
        let name = &api.types[id].name;
        let mut words: Vec<String> = Vec::new();
        let own = name.given.iter().chain(&name.title);
        words.extend(own.cloned());
        if let (Shape::Enum(listed), Some(Place::Variant(..))) =
            (&api.types[id].shape, name.places.first())
            && let [only] = &listed.values[..]
        {
            words.push(spoken(only));
        }
        let places: Vec<Vec<String>> = name.places.iter().map(|p| self.place_words(p, 0)).collect();
        if let Some(first) = places.first() {
            let agreed = |words: &&String| places.iter().all(|other| other.contains(words));
            words.extend(first.iter().filter(agreed).cloned());
        }
        words.extend(places.into_iter().flatten());
        if let (Some(own), Some(last)) = (words.first().cloned(), words.last().cloned()) {
            words.push(format!("{last} {own}"));
        }
        let names = words.iter().map(|words| Ident::type_name(words));
        let (mut names, long): (Vec<_>, Vec<_>) =
            names.partition(|name| name.as_str().len() <= LONGEST);
        if !long.is_empty() {
            let short = api.types[id].name.places.iter();
            let short = short.filter_map(|place| outermost_words(api, place));
            let short = short.map(|words| Ident::type_name(&words));
            names.extend(short.filter(|name| name.as_str().len() <= LONGEST));
        }
        names.extend(long);
        names
    }

    fn place_words(&self, place: &Place, depth: usize) -> Vec<String> {
        if depth > FARTHEST {
            return Vec::new();
        }
        match place {
            Place::Property(owner, name) => {
                let mut words = vec![name.clone()];
                words.extend(
                    self.owner_words(*owner, depth)
                        .map(|owner| format!("{owner} {name}")),
                );
                words
            }
            Place::Item(owner) | Place::Value(owner) => self.item_words(*owner, depth),
            Place::Variant(owner, index) => self.variant_words(*owner, *index, depth),
            Place::Parameter(operation, name) => {
                vec![
                    name.clone(),
                    format!("{} {name}", self.api.operations[*operation].id),
                ]
            }
            Place::Webhook(index) => vec![format!("{} payload", self.api.webhooks[*index].name)],
            Place::Body(operation) => {
                vec![format!("{} request", self.api.operations[*operation].id)]
            }
            Place::Response(operation, status) => {
                let id = &self.api.operations[*operation].id;
                match status {
                    Status::Code(200..=299) | Status::Range(2) => {
                        vec![
                            format!("{id} response"),
                            format!("{id} {} response", status.words()),
                        ]
                    }
                    Status::Code(_) | Status::Range(_) | Status::Default => {
                        vec![format!("{id} {}", status.words())]
                    }
                }
            }
        }
    }

    /// An item is named after its list.
    fn item_words(&self, owner: TypeId, depth: usize) -> Vec<String> {
        let whole = self.api.types[owner].name.places.first();
        let whole = whole.map(|place| {
            if let Place::Variant(union, _) = place {
                // The array has no name, so that its items are those of the union.
                self.owner_words(*union, depth).collect()
            } else {
                self.place_words(place, depth + 1)
            }
        });
        let mut words: Vec<String> = Vec::new();
        for whole in whole.unwrap_or_default() {
            let one = singular(&whole);
            if !reserved::ROOT.contains(&Ident::type_name(&one).as_str()) {
                words.push(one.clone());
            }
            words.push(format!("{one} item"));
        }
        match &self.api.types[owner].name.component {
            Some(component) => vec![singular(component), format!("{component} item")],
            None => words,
        }
    }

    /// A variant is named after its union and what tells it from the others, or its position.
    fn variant_words(&self, owner: TypeId, index: usize, depth: usize) -> Vec<String> {
        let owners: Vec<String> = self.owner_words(owner, depth).collect();
        let Some(differences) = self.differences.get(&owner) else {
            // It was the only one, and stands for the union.
            return owners;
        };
        let mut differences = differences.get(index).cloned().unwrap_or_default();
        if differences.is_empty() {
            differences.push(format!("variant {}", index + 1));
        }
        let join = |difference: String| {
            let owners = owners.clone().into_iter();
            owners.map(move |owner| format!("{owner} {difference}"))
        };
        differences.into_iter().flat_map(join).collect()
    }

    /// The words of an object that a property is qualified with, shortest first.
    fn owner_words(&self, owner: TypeId, depth: usize) -> impl Iterator<Item = String> + use<> {
        let name = &self.api.types[owner].name;
        let own = name.component.iter().chain(&name.given).chain(&name.title);
        let own: Vec<String> = own.take(1).cloned().collect();
        let places = name
            .places
            .iter()
            .flat_map(|p| self.place_words(p, depth + 1));
        own.into_iter().chain(places.collect::<Vec<_>>())
    }
}

/// Names beyond this length are only taken when there is no other.
const LONGEST: usize = 60;

/// A property's name behind that of the component or operation it belongs to, without what is
/// between them.
fn outermost_words(api: &Api, place: &Place) -> Option<String> {
    let Place::Property(owner, name) = place else {
        return None;
    };
    let mut owner = *owner;
    for _ in 0..FARTHEST {
        let above = &api.types[owner].name;
        if let Some(component) = &above.component {
            return Some(format!("{component} {name}"));
        }
        match above.places.first()? {
            Place::Property(id, _) | Place::Item(id) | Place::Value(id) | Place::Variant(id, _) => {
                owner = *id;
            }
            Place::Parameter(operation, _)
            | Place::Body(operation)
            | Place::Response(operation, _) => {
                return Some(format!("{} {name}", api.operations[*operation].id));
            }
            Place::Webhook(index) => {
                return Some(format!("{} {name}", api.webhooks[*index].name));
            }
        }
    }
    None
}

/// How far up a name looks for words to tell it from others.
const FARTHEST: usize = 6;

/// One of several.
fn singular(words: &str) -> String {
    let lower = words.to_ascii_lowercase();
    let cut = |end: usize| &words[..words.len() - end];
    let in_f = [
        "shelves", "leaves", "halves", "wolves", "selves", "thieves", "loaves",
    ];
    if in_f.iter().any(|end| lower.ends_with(end)) {
        return format!("{}f", cut(3));
    }
    if lower.ends_with("ies") && lower.len() > 4 {
        format!("{}y", cut(3))
    } else if ["sses", "shes", "ches", "xes"]
        .iter()
        .any(|end| lower.ends_with(end))
    {
        cut(2).to_owned()
    } else if lower.ends_with('s') && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) {
        cut(1).to_owned()
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn one_of_several_is_called_by_its_singular() {
        for (several, one) in [
            ("pets", "pet"),
            ("shelves", "shelf"),
            ("entries", "entry"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("sheep", "sheep"),
        ] {
            assert_eq!(singular(several), one, "{several}");
        }
    }
}
