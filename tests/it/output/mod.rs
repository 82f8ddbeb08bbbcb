//! What outputs write, against hand-made sites and a theme that only pretends.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod escaping;
mod feeds;
mod hosts;
mod maps;
mod sites;
mod structured;

use handbill::base::OutPath;
use handbill::model::{Fact, LanguageId, Reader, Route, Site, Term};
use handbill::output::photo::Darkroom;
use handbill::output::{Bytes, render};

use sites::{Fake, out};

const ENGLISH: LanguageId = LanguageId(0);
const SPANISH: LanguageId = LanguageId(1);

/// One output's bytes and the facts that it read; findings fail the test.
fn rendered(site: &Site, path: &str, route: &Route) -> (Bytes, Vec<Fact>) {
    let reader = Reader::new(site);
    let checked = render(&out(path), route, &reader, &Fake, &Darkroom::default());
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    (checked.value, reader.facts())
}

/// How long an output holds, as far as it depends on the moment.
fn term(site: &Site, path: &str, route: &Route) -> Term {
    let reader = Reader::new(site);
    render(&out(path), route, &reader, &Fake, &Darkroom::default());
    reader.clock().term()
}

/// One output's text.
fn text(site: &Site, path: &str, route: &Route) -> String {
    String::from_utf8(rendered(site, path, route).0.to_vec()).unwrap()
}

/// The route that a site has at a path.
fn route<'a>(site: &'a Site, path: &str) -> &'a Route {
    &site.routes[&OutPath::new(path).unwrap()]
}
