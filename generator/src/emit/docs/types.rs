//! The pages of types.

use super::links::{Links, relative};
use super::markdown::{cell, code, in_cell, paragraphs, summary, table, text};
use crate::plan::{Alias, Enum, Kind, Model, Plan, Struct, Union};

/// A page for each module of types, and one for those that are in none.
pub(super) fn pages(plan: &Plan, links: &Links<'_>) -> Vec<(String, String)> {
    let in_modules: Vec<(String, String, Vec<&Model>)> = plan
        .modules
        .iter()
        .filter_map(|module| {
            let path = links.page_of(module.types.first()?).to_owned();
            let about = paragraphs(&module.docs);
            let models = module.types.iter().filter_map(|ident| {
                let at = plan
                    .models
                    .binary_search_by_key(&ident, Model::ident)
                    .ok()?;
                Some(&plan.models[at])
            });
            Some((path, about, models.collect()))
        })
        .collect();
    let root = "docs/types.md";
    let own = plan
        .models
        .iter()
        .filter(|model| links.page_of(model.ident()) == root);
    let own: Vec<&Model> = own.collect();
    let about = "The types of requests and responses.";
    let mut pages: Vec<(String, String)> = in_modules
        .iter()
        .map(|(path, about, models)| (path.clone(), page(path, about, models, links)))
        .collect();
    if !plan.models.is_empty() {
        let modules = in_modules.iter().zip(&plan.modules);
        let modules = modules.map(|((path, ..), module)| {
            let name = module.ident.as_str();
            format!("* [`{name}`]({})", relative(root, path))
        });
        let modules = modules.collect::<Vec<_>>().join("\n");
        let about = format!("{about}\n\n{modules}");
        pages.push((root.to_owned(), page(root, about.trim_end(), &own, links)));
    }
    pages
}

fn page(path: &str, about: &str, models: &[&Model], links: &Links<'_>) -> String {
    let mut blocks = vec!["# Types".to_owned(), about.to_owned()];
    for model in models {
        blocks.push(format!("## `{}`", model.ident().as_str()));
        blocks.extend(match model {
            Model::Struct(model) => structure(model, links, path),
            Model::Enum(model) => enumeration(model),
            Model::Union(model) => union(model, links, path),
            Model::Alias(model) => alias(model, links, path),
        });
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n")
}

/// What says that something should no longer be used.
fn deprecation(deprecated: bool) -> String {
    if deprecated {
        "**Deprecated.**".to_owned()
    } else {
        String::new()
    }
}

fn structure(model: &Struct, links: &Links<'_>, path: &str) -> Vec<String> {
    let rows = model.fields.iter().map(|field| {
        let about = [deprecation(field.deprecated), cell(&field.docs)];
        let about: Vec<String> = about.into_iter().filter(|text| !text.is_empty()).collect();
        vec![
            format!("`{}`", field.ident.as_str()),
            links.ty(&field.ty, "types", path),
            if field.kind == Kind::Required {
                "yes"
            } else {
                "no"
            }
            .to_owned(),
            about.join(" "),
        ]
    });
    let mut rows: Vec<_> = rows.collect();
    rows.extend(model.rest.as_ref().map(|(ident, ty)| {
        vec![
            format!("`{}`", ident.as_str()),
            format!("`BTreeMap<String, _>` of {}", links.ty(ty, "types", path)),
            "no".to_owned(),
            "Additional properties.".to_owned(),
        ]
    }));
    vec![
        deprecation(model.deprecated),
        paragraphs(&model.docs),
        table(&["Field", "Type", "Required", "Description"], &rows),
    ]
}

fn enumeration(model: &Enum) -> Vec<String> {
    let rows = model.variants.iter().map(|variant| {
        let value = code(&variant.value);
        let about = in_cell(&text(&variant.docs));
        vec![
            format!("`{}`", variant.ident.as_str()),
            value.clone(),
            if about == value { String::new() } else { about },
        ]
    });
    vec![
        deprecation(model.deprecated),
        paragraphs(&model.docs),
        table(
            &["Variant", "Value", "Description"],
            &rows.collect::<Vec<_>>(),
        ),
        format!(
            "`{}` keeps a value that the document does not list.",
            model.other.as_str()
        ),
    ]
}

fn union(model: &Union, links: &Links<'_>, path: &str) -> Vec<String> {
    let rows = model.variants.iter().map(|variant| {
        vec![
            format!("`{}`", variant.ident.as_str()),
            links.ty(&variant.ty, "types", path),
            summary(&variant.docs),
        ]
    });
    vec![
        deprecation(model.deprecated),
        paragraphs(&model.docs),
        table(
            &["Variant", "Type", "Description"],
            &rows.collect::<Vec<_>>(),
        ),
        format!("`{}` keeps anything else.", model.other.as_str()),
    ]
}

fn alias(model: &Alias, links: &Links<'_>, path: &str) -> Vec<String> {
    let ty = links.ty(&model.ty, "types", path);
    vec![paragraphs(&model.docs), format!("Another name for {ty}.")]
}
