//! Which module is a type in? Where they are many, those that one tag alone uses stand together, and so
//! do those that are called alike.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Field, Model};
use crate::api::{Api, TypeId};
use crate::plan::names::{Ident, Names, Scope, reserved};
use crate::plan::words::{Docs, Text};
use crate::text::singular;

/// A module within `types`.
#[derive(Debug, Clone, PartialEq)]
pub struct TypesModule {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// The names of its types, in their order.
    pub types: Vec<Ident>,
}

/// About how many lines are read in one file.
const MOST: usize = 2500;

/// How many words types are told apart by.
const DEEPEST: usize = 3;

/// The modules of these types; none where they are few. What is in none stands in `types` itself.
pub(in crate::plan) fn modules(api: &Api, names: &Names, models: &[Model]) -> Vec<TypesModule> {
    if models.iter().map(lines).sum::<usize>() <= MOST {
        return Vec::new();
    }
    let words: Vec<String> = models.iter().map(|m| words(m.ident())).collect();
    let only = only_tags(api, names);
    let tags = Tags::of(names);
    let mut by_tag: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut others = Vec::new();
    for (index, model) in models.iter().enumerate() {
        let tag = only.get(model.ident()).copied();
        match tag.or_else(|| tags.called(&words[index])) {
            Some(tag) => by_tag.entry(tag).or_default().push(index),
            None => others.push(index),
        }
    }
    let by_tag = by_tag.into_iter().map(|(tag, types)| {
        let module = &names.tags()[tag].module;
        let about = Text::own("The types of ").and(&Text::module_link(module));
        (module.clone(), about, types)
    });
    let mut by_word = Vec::new();
    by_words(models, &words, others, 1, &mut by_word);
    let by_word = by_word.into_iter().map(|(start, types)| {
        let name = Ident::type_name(start);
        let about = Text::own("The types whose names start with ");
        (
            Ident::value_name(start),
            about.code_then(name.as_str(), ""),
            types,
        )
    });
    let taken: Vec<&str> = models.iter().map(|model| model.ident().as_str()).collect();
    let mut scope =
        Scope::with(&[&taken[..], &reserved::TYPES_MODULES, &reserved::DEVICES].concat());
    let modules = by_tag
        .chain(by_word)
        .map(|(ident, about, types)| TypesModule {
            ident: scope.take(&[ident.clone(), ident.with("_types")]),
            docs: Docs::of(about.then(".")),
            types: types
                .iter()
                .map(|index| models[*index].ident().clone())
                .collect(),
        });
    let mut modules: Vec<TypesModule> = modules.collect();
    modules.sort_by(|a, b| a.ident.cmp(&b.ident));
    modules
}

/// Gives those of these types that start with as many words alike modules of their own, until about as
/// many lines are left as are read in one file. What starts with a word and is too much goes on to the
/// next word.
fn by_words<'a>(
    models: &[Model],
    words: &'a [String],
    types: Vec<usize>,
    depth: usize,
    modules: &mut Vec<(&'a str, Vec<usize>)>,
) {
    let size = |types: &[usize]| -> usize { types.iter().map(|i| lines(&models[*i])).sum() };
    let mut left = size(&types);
    let mut starts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for index in types {
        starts
            .entry(start(&words[index], depth))
            .or_default()
            .push(index);
    }
    let mut starts: Vec<(&str, Vec<usize>)> = starts.into_iter().collect();
    starts.sort_by_key(|(start, types)| (std::cmp::Reverse(size(types)), *start));
    for (start, types) in starts {
        if left <= MOST || types.len() < 2 {
            break;
        }
        left -= size(&types);
        if size(&types) > MOST && depth < DEEPEST {
            let mut within = Vec::new();
            by_words(models, words, types.clone(), depth + 1, &mut within);
            let moved = within.iter().flat_map(|(_, types)| types);
            let moved: HashSet<usize> = moved.copied().collect();
            let stay = types.into_iter().filter(|index| !moved.contains(index));
            within.push((start, stay.collect()));
            within.retain(|(_, types)| !types.is_empty());
            modules.extend(within);
        } else {
            modules.push((start, types));
        }
    }
}

/// The first words, or all where there are fewer.
fn start(words: &str, count: usize) -> &str {
    let mut ends = words.match_indices('_').map(|(end, _)| end);
    ends.nth(count - 1).map_or(words, |end| &words[..end])
}

fn words(ident: &Ident) -> String {
    heck::ToSnakeCase::to_snake_case(ident.as_str().trim_start_matches("r#"))
}

/// The words that tags are called, each in both numbers.
struct Tags(HashMap<String, usize>);

impl Tags {
    fn of(names: &Names) -> Self {
        let mut tags = HashMap::new();
        for (index, tag) in names.tags().iter().enumerate() {
            let name = words(&tag.module);
            tags.entry(singular(&name)).or_insert(index);
            tags.entry(name).or_insert(index);
        }
        Self(tags)
    }

    /// The tag that these words start with; the one with the most words.
    fn called(&self, words: &str) -> Option<usize> {
        let ends = words.match_indices('_').map(|(end, _)| end);
        let starts = ends.chain([words.len()]).map(|end| &words[..end]);
        let mut found = starts.filter_map(|start| self.0.get(start).copied());
        found.next_back()
    }
}

/// Which tags reach a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reached {
    Not,
    Once(usize),
    Often,
}

/// The types that the operations of one tag alone reach, by their names.
fn only_tags<'a>(api: &Api, names: &'a Names) -> HashMap<&'a Ident, usize> {
    let tags = api.tags.iter().enumerate();
    let tags: HashMap<&str, usize> = tags.map(|(index, tag)| (&*tag.name, index)).collect();
    let untagged = api.tags.len();
    let mut waiting: Vec<(TypeId, Reached)> = Vec::new();
    for operation in &api.operations {
        let tag = operation.tag.as_deref().and_then(|tag| tags.get(tag));
        let tag = Reached::Once(tag.copied().unwrap_or(untagged));
        waiting.extend(operation.types().into_iter().map(|id| (id, tag)));
    }
    let payloads = api.webhooks.iter().flat_map(|webhook| &webhook.content);
    let payloads = payloads.flat_map(crate::api::Media::types);
    waiting.extend(payloads.map(|id| (id, Reached::Often)));
    let mut reached = vec![Reached::Not; api.types.len()];
    while let Some((id, tag)) = waiting.pop() {
        let known = &mut reached[id.index()];
        let now = match *known {
            Reached::Not => tag,
            known if known == tag => known,
            Reached::Once(_) | Reached::Often => Reached::Often,
        };
        if now != *known {
            *known = now;
            let parts = api.types[id].shape.parts().into_iter();
            waiting.extend(parts.map(|part| (part, now)));
        }
    }
    let only = api
        .types
        .iter()
        .filter_map(|(id, _)| match reached[id.index()] {
            Reached::Once(tag) => Some((names.of(id)?, tag)),
            Reached::Not | Reached::Often => None,
        });
    only.collect()
}

/// About how many lines a type takes.
fn lines(model: &Model) -> usize {
    const HEAD: usize = 8;
    let field = |field: &Field| field.docs.lines() + 2;
    HEAD + match model {
        Model::Struct(model) => model.docs.lines() + model.fields.iter().map(field).sum::<usize>(),
        Model::Enum(model) => model.docs.lines() + 3 * model.variants.len(),
        Model::Union(model) => model.docs.lines() + 4 * model.variants.len(),
        Model::Alias(model) => model.docs.lines(),
    }
}
