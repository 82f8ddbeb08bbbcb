//! What hosts, browsers and robots read: headers, redirects, robots, sitemap, manifest, plain files.

use std::sync::Arc;

use handbill::base::{File, SourcePath};
use handbill::model::{
    Asset, Content, Destination, Details, Kind, Listing, Media, Page, Reader, Redirect, Route, Site,
};
use handbill::output::photo::Darkroom;
use handbill::output::{Bytes, render};
use handbill::theme::embedded;
use jiff::civil::date;
use serde_json::{Value, json};

use super::sites::{
    Fake, add, card, change, empty, out, pair, release, shared, site, statement, with_spanish,
};
use super::{ENGLISH, SPANISH, rendered, route, text};

fn with_files(mut site: Site) -> Site {
    for (path, route) in [
        ("404.html", Route::Page(Page::NotFound(ENGLISH))),
        ("atom.xml", Route::Atom(ENGLISH)),
        ("feed.json", Route::JsonFeed(ENGLISH)),
        ("locations.geojson", Route::GeoJson),
        ("manifest.webmanifest", Route::Manifest(ENGLISH)),
        ("old/index.html", Route::Redirect(0)),
    ] {
        site.routes.insert(out(path), route);
    }
    site
}

const HEADERS: &str = "\
/*
  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()
  Referrer-Policy: same-origin
  X-Content-Type-Options: nosniff
  Strict-Transport-Security: max-age=31536000
/assets/*
  Cache-Control: public, max-age=31536000, immutable
/media/*
  Cache-Control: public, max-age=31536000, immutable
/atom.xml
  Content-Type: application/atom+xml; charset=utf-8
/feed.json
  Content-Type: application/feed+json; charset=utf-8
/locations.geojson
  Content-Type: application/geo+json; charset=utf-8
/manifest.webmanifest
  Content-Type: application/manifest+json; charset=utf-8
";

#[test]
fn pages_repeat_the_policy_for_hosts_that_know_no_headers() {
    let policy = HEADERS.lines().find_map(|line| line.strip_prefix("  Content-Security-Policy: ")).unwrap();
    // A browser minds this one in a header only (CSP Level 3, §3.3).
    assert_eq!(policy.strip_suffix("; frame-ancestors 'none'").unwrap(), site().campaign.policy());
    let meta = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ campaign.policy }}\">";
    for name in ["templates/base.html", "templates/redirect.html"] {
        let (_, template) = embedded::FILES.iter().find(|(path, _)| *path == name).unwrap();
        let template = std::str::from_utf8(template).unwrap();
        let (before, _) = template.split_once(meta).unwrap_or_else(|| panic!("{name} lacks {meta}"));
        assert!(before.trim_end().ends_with("<meta charset=\"utf-8\">"), "{name}");
    }
}

#[test]
fn a_host_that_is_allowed_is_in_the_policy() {
    let mut site = site();
    site.campaign.hosts = vec!["maps.example".to_owned(), "fonts.example".to_owned()];
    let policy = site.campaign.policy();
    for part in [
        "script-src 'self' https://maps.example https://fonts.example; ",
        "frame-src https://maps.example https://fonts.example; ",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(policy.starts_with("default-src 'none'; ") && policy.ends_with("form-action 'none'"), "{policy}");
}

#[test]
fn headers_are_strict_and_carry_the_base_path() {
    assert_eq!(text(&with_files(site()), "_headers", &Route::Headers), HEADERS);
    let below = text(&with_files(empty("https://org.example/campaign")), "_headers", &Route::Headers);
    let paths: Vec<&str> = below.lines().filter(|line| line.starts_with('/')).collect();
    assert_eq!(paths[..2], ["/campaign/*", "/campaign/assets/*"]);
    assert!(paths.iter().all(|path| path.starts_with("/campaign/")));
    assert!(!below.contains("Strict-Transport-Security"), "the host is shared");
}

fn redirect(from: &str, to: Destination) -> Redirect {
    Redirect { out: out(&format!("{from}/index.html")), to, language: ENGLISH, is_short: true }
}

#[test]
fn redirects_are_plain_lines() {
    let mut site = empty("https://org.example/campaign/");
    let vote = add(&mut site, release("vote", "Vote", date(2024, 10, 21)));
    site.redirects = vec![
        redirect("strikepay", Destination::Elsewhere("https://pay.example/a b?x=1".to_owned())),
        redirect("old path/é*:x", Destination::Document(vote)),
        redirect("map", Destination::Address("locations/".to_owned())),
        redirect("call", Destination::Elsewhere("tel:+15551234".to_owned())),
        redirect("locations", Destination::Address("locations/".to_owned())),
        redirect("bad", Destination::Elsewhere("javascript:alert(1)".to_owned())),
    ];
    let expected = "\
/campaign/strikepay https://pay.example/a%20b?x=1 301
/campaign/old%20path/%C3%A9%2A%3Ax /campaign/statements/vote/ 301
/campaign/map /campaign/locations/ 301
";
    assert_eq!(text(&site, "_redirects", &Route::Redirects), expected);
}

#[test]
fn apache_is_told_of_moved_and_gone_addresses() {
    let mut site = empty("https://org.example/campaign/");
    let vote = add(&mut site, release("vote", "Vote", date(2024, 10, 21)));
    site.redirects = vec![
        redirect("old path/é+", Destination::Document(vote)),
        redirect("strikepay", Destination::Elsewhere("https://pay.example/a?x=$1".to_owned())),
        redirect("variable", Destination::Elsewhere("https://pay.example/$1/%{HTTP_HOST}".to_owned())),
        redirect("call", Destination::Elsewhere("tel:+15551234".to_owned())),
    ];
    site.gone = vec!["statements/day-2".to_owned(), "a.b".to_owned()];
    let apache = text(&site, ".htaccess", &Route::Htaccess);
    let expected = "\
ErrorDocument 404 \"/campaign/404.html\"
ErrorDocument 410 \"/campaign/404.html\"
<IfModule mod_alias.c>
  RedirectMatch 301 \"^/campaign/old path/é\\+/?$\" \"/campaign/statements/vote/\"
  RedirectMatch 301 \"^/campaign/strikepay/?$\" \"https://pay.example/a?x=%241\"
  RedirectMatch 410 \"^/campaign/statements/day-2/?$\"
  RedirectMatch 410 \"^/campaign/a\\.b/?$\"
</IfModule>
";
    assert!(apache.starts_with(expected), "{apache}");
    assert!(apache.contains("  Header always set X-Content-Type-Options \"nosniff\"\n"), "{apache}");
    assert!(
        apache.contains("  <If \"%{REQUEST_URI} =~ m#^(/campaign/assets/|/campaign/media/)#\">\n"),
        "{apache}"
    );
}

#[test]
fn a_bucket_is_told_of_moved_addresses_below_which_nothing_stands() {
    let mut site = empty("https://org.example/campaign/");
    let vote = add(&mut site, release("vote", "Vote", date(2024, 10, 21)));
    site.redirects = vec![
        redirect("old path/é+", Destination::Document(vote)),
        redirect("strikepay", Destination::Elsewhere("https://pay.example/a?x=$1".to_owned())),
        redirect("call", Destination::Elsewhere("tel:+15551234".to_owned())),
        redirect("statements", Destination::Elsewhere("https://pay.example/".to_owned())),
    ];
    for redirect in &site.redirects {
        site.routes.entry(redirect.out.clone()).or_insert(Route::Redirect(0));
    }
    let json = |site: &Site| -> serde_json::Value {
        serde_json::from_str(&text(site, "_s3-website.json", &Route::S3Website)).unwrap()
    };
    let expected = serde_json::json!({
        "IndexDocument": { "Suffix": "index.html" },
        "ErrorDocument": { "Key": "campaign/404.html" },
        "RoutingRules": [
            {
                "Condition": { "KeyPrefixEquals": "campaign/old path/é+/" },
                "Redirect": { "HttpRedirectCode": "301", "ReplaceKeyWith": "campaign/statements/vote/" },
            },
            {
                "Condition": { "KeyPrefixEquals": "campaign/strikepay/" },
                "Redirect": {
                    "Protocol": "https", "HostName": "pay.example", "HttpRedirectCode": "301",
                    "ReplaceKeyWith": "a?x=$1",
                },
            },
        ],
    });
    assert_eq!(json(&site), expected);
    site.redirects.clear();
    assert_eq!(json(&site).get("RoutingRules"), None, "an empty list is refused");
    let many = |number| redirect(&format!("r{number}x"), Destination::Document(vote));
    site.redirects = (0..60).map(many).collect();
    assert_eq!(json(&site)["RoutingRules"].as_array().map(Vec::len), Some(50), "a bucket takes no more");
}

#[test]
fn robots_may_read_everything() {
    let expected = "User-agent: *\nAllow: /\n\nSitemap: https://union.example/sitemap.xml\n";
    assert_eq!(text(&site(), "robots.txt", &Route::Robots), expected);
}

const SITEMAP: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
  <url>
    <loc>https://union.example/about/</loc>
  </url>
  <url>
    <loc>https://union.example/es/statements/huelga/</loc>
    <lastmod>2024-10-21</lastmod>
    <xhtml:link rel="alternate" hreflang="en" href="https://union.example/statements/strike/"/>
    <xhtml:link rel="alternate" hreflang="es" href="https://union.example/es/statements/huelga/"/>
    <xhtml:link rel="alternate" hreflang="x-default" href="https://union.example/statements/strike/"/>
  </url>
  <url>
    <loc>https://union.example/es/statements/</loc>
    <xhtml:link rel="alternate" hreflang="en" href="https://union.example/statements/"/>
    <xhtml:link rel="alternate" hreflang="es" href="https://union.example/es/statements/"/>
    <xhtml:link rel="alternate" hreflang="x-default" href="https://union.example/statements/"/>
  </url>
  <url>
    <loc>https://union.example/statements/</loc>
    <xhtml:link rel="alternate" hreflang="en" href="https://union.example/statements/"/>
    <xhtml:link rel="alternate" hreflang="es" href="https://union.example/es/statements/"/>
    <xhtml:link rel="alternate" hreflang="x-default" href="https://union.example/statements/"/>
  </url>
  <url>
    <loc>https://union.example/statements/strike/</loc>
    <lastmod>2024-10-22</lastmod>
    <xhtml:link rel="alternate" hreflang="en" href="https://union.example/statements/strike/"/>
    <xhtml:link rel="alternate" hreflang="es" href="https://union.example/es/statements/huelga/"/>
    <xhtml:link rel="alternate" hreflang="x-default" href="https://union.example/statements/strike/"/>
  </url>
</urlset>
"#;

#[test]
fn the_sitemap_knows_every_page_and_its_translations() {
    let mut site = with_files(with_spanish(site()));
    let english = add(&mut site, release("strike", "Strike", date(2024, 10, 21)));
    change(&mut site, english, |card| card.updated = Some(date(2024, 10, 22)));
    let details = Details::Statement(Box::new(statement(date(2024, 10, 21))));
    let spanish = add(&mut site, card(SPANISH, "huelga", "Huelga", details));
    pair(&mut site, english, spanish);
    add(&mut site, card(ENGLISH, "about", "About", Details::Page));
    let draft = add(&mut site, card(ENGLISH, "draft", "Draft", Details::Page));
    change(&mut site, draft, |card| card.unpublished = true);
    assert_eq!(text(&site, "sitemap.xml", &Route::Sitemap), SITEMAP);
}

#[test]
fn a_manifest_speaks_its_language() {
    let mut site = with_spanish(empty("https://org.example/campaign"));
    let manifest: Value =
        serde_json::from_str(&text(&site, "es/manifest.webmanifest", &Route::Manifest(SPANISH))).unwrap();
    assert_eq!(
        manifest,
        json!({
            "name": "La salud no espera",
            "short_name": "UN",
            "description": "Safe staffing & fair pay",
            "id": "/campaign/es/",
            "start_url": "/campaign/es/",
            "scope": "/campaign/",
            "display": "browser",
            "lang": "es",
            "dir": "ltr",
            "theme_color": "#8a1c1c",
            "background_color": "#ffffff",
            "icons": [
                { "src": "https://union.example/assets/icon.svg", "sizes": "any", "type": "image/svg+xml" },
                { "src": "https://union.example/assets/icon-192.png", "sizes": "192x192", "type": "image/png" },
                { "src": "https://union.example/assets/icon-512.png", "sizes": "512x512", "type": "image/png" },
            ],
        })
    );
    site.campaign.languages[1] = handbill::base::LanguageTag::parse("ar").unwrap();
    let arabic = text(&site, "ar/manifest.webmanifest", &Route::Manifest(SPANISH));
    assert!(arabic.contains(r#""dir":"rtl""#), "{arabic}");
}

#[test]
fn files_are_shared_and_not_copied() {
    let mut site = site();
    let [style, photo, keys] = ["body{}", "photo", "keys"].map(shared);
    site.assets.push(Asset { name: "style.css".to_owned(), out: out("assets/s.css"), bytes: style.clone() });
    let source = SourcePath::new("content/media/p.jpg").unwrap();
    let media =
        Media { source: source.clone(), out: out("media/p.pdf"), content: Content::Whole(photo.clone()) };
    site.media.insert(out("media/p.pdf"), media);
    site.statics.insert(out("keys.txt"), (source, File::new(keys.clone())));
    for (path, route, bytes) in [
        ("assets/s.css", Route::Asset(0), style),
        ("media/p.pdf", Route::Media, photo),
        ("keys.txt", Route::Static, keys),
    ] {
        match rendered(&site, path, &route).0 {
            Bytes::Shared(same) => assert!(Arc::ptr_eq(&same, &bytes), "{path}"),
            Bytes::Made(_) => panic!("{path} was copied"),
        }
    }
}

#[test]
fn a_route_without_its_file_is_our_bug() {
    let site = site();
    let reader = Reader::new(&site);
    let findings =
        render(&out("media/gone.jpg"), &Route::Media, &reader, &Fake, &Darkroom::default()).findings;
    assert_eq!(findings.iter().map(|finding| finding.code.0).collect::<Vec<_>>(), [901]);
}

#[test]
fn pages_come_from_the_theme() {
    let site = with_files(site());
    assert_eq!(text(&site, "404.html", route(&site, "404.html")), "NotFound(LanguageId(0))\n");
    assert_eq!(text(&site, "old/index.html", route(&site, "old/index.html")), "redirect 0");
    let listing = Listing::Kind { kind: Kind::Statement, number: 1 };
    let list = text(&site, "statements/index.html", &Route::Page(Page::List(ENGLISH, listing)));
    assert!(list.contains(r#""@type":"CollectionPage""#), "{list}");
}
