//! The theme: loading and its findings, and every kind of page from a site made by hand.

mod contract;
mod findings;
mod site;
mod views;

use handbill::base::{DocId, OutPath, Tree};
use handbill::diagnostics::text;
use handbill::model::{Kind, LanguageId, Listing, Page, Reader, Site};
use handbill::theme::{Session, Theme, embedded};
use jiff::civil::{DateTime, date};
use site::*;

const EN: LanguageId = LanguageId(0);
const ES: LanguageId = LanguageId(1);

fn morning() -> DateTime {
    date(2024, 10, 24).at(5, 40, 0, 0)
}

fn page(site: &Site, theme: &Theme, page: &Page) -> String {
    let session = Session::new(site, theme);
    let reader = Reader::new(site);
    let rendered = session.page(page, &reader, &|| "{\"@type\":\"WebPage\"}".to_owned());
    let told: Vec<String> =
        rendered.findings.iter().map(|one| text::render(one, &Tree::default(), false)).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    rendered.value
}

fn document(id: usize) -> Page {
    Page::Document(DocId::new(id))
}

fn list(language: LanguageId, kind: Kind) -> Page {
    Page::List(language, Listing::Kind { kind, number: 1 })
}

/// Every page of the site.
fn pages() -> Vec<Page> {
    let mut pages: Vec<Page> = (HOME..=ABOUT).map(document).collect();
    for language in [EN, ES] {
        pages.extend(Kind::LISTED.map(|kind| list(language, kind)));
        pages.push(Page::List(language, Listing::Year { year: 2024, number: 1 }));
        pages.push(Page::List(language, Listing::Tag { tag: slug("strike"), number: 1 }));
        pages.push(Page::NotFound(language));
    }
    pages
}

#[test]
fn the_table_of_embedded_files_equals_the_folder() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/picket");
    let mut on_disk = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { on_disk.push(path) }
        }
    }
    on_disk.sort();
    let names: Vec<String> = on_disk
        .iter()
        .map(|path| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"))
        .collect();
    let table: Vec<&str> = embedded::FILES.iter().map(|(path, _)| *path).collect();
    assert_eq!(table, names);
    for ((_, bytes), path) in embedded::FILES.iter().zip(&on_disk) {
        assert_eq!(*bytes, std::fs::read(path).unwrap(), "{}", path.display());
    }
}

/// The anchors of texts begin with a letter or a number, so that `## Hours` on a location's page meets no id of the
/// theme's.
#[test]
fn ids_of_templates_are_none_that_a_heading_can_have() {
    let mut ids = 0;
    for (path, bytes) in embedded::FILES.iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = std::str::from_utf8(bytes).unwrap();
        for id in text.split(" id=\"").skip(1) {
            ids += 1;
            assert!(id.starts_with(['_', '{']), "{path} has the id {}", id.split('"').next().unwrap());
        }
    }
    assert!(ids > 10, "only {ids} ids were found");
}

#[test]
fn every_kind_of_page_renders() {
    let theme = theme_of(&Tree::default());
    let site = site(&theme, morning());
    for one in pages() {
        let html = page(&site, &theme, &one);
        assert!(html.starts_with("<!DOCTYPE html>"), "{one:?}");
        if let Ok(folder) = std::env::var("HANDBILL_SHOW") {
            let name = format!("{one:?}").replace(|c: char| !c.is_alphanumeric(), "-");
            std::fs::write(format!("{folder}/{name}.html"), html).unwrap();
        }
    }
    let session = Session::new(&site, &theme);
    let reader = Reader::new(&site);
    let stub = session.redirect(&site.redirects[0], &reader);
    assert_eq!(stub.findings, []);
    assert!(stub.value.contains("url=/campaign/about/\""), "{}", stub.value);
}

/// Adds statements to a site, each a copy of the first.
fn grow(site: &mut Site, statements: usize) {
    for number in 0..statements {
        let id = site.documents.len();
        let mut copy = site.documents[STRIKE].clone().unwrap();
        copy.card.id = DocId::new(id);
        copy.card.route = OutPath::page(&format!("statements/s{number}")).unwrap();
        copy.card.title = format!("Statement {number}");
        copy.card.versions = vec![Some(DocId::new(id)), None];
        site.prints.push(Default::default());
        site.documents.push(Some(copy));
        for lists in &mut site.lists {
            lists.statements.push(DocId::new(id));
            lists.years[0].1.push(DocId::new(id));
        }
    }
}
