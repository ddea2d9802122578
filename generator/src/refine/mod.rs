//! Simplifies an API, one question a pass.

mod alias;
mod alike;
mod bodies;
mod formats;
mod groups;
mod prune;
mod relax;
mod share;
mod sides;
mod unions;
mod words;

use crate::api::Api;
use crate::settings::Settings;

/// Runs all passes.
pub fn refine(api: &mut Api, settings: &Settings) {
    relax::relax(api, settings);
    formats::replace(api, settings);
    groups::decide(api, settings.group_by);
    sides::decide(api);
    bodies::drop_empty(api);
    words::settle(api);
    share::share(api);
    unions::simplify(api);
    prune::prune(api, settings.all_types);
    alias::share(api);
}
