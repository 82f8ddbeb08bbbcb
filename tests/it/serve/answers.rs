//! What the preview answers at which address, and to whom.

#[cfg(target_os = "linux")]
use std::net::TcpStream;

use super::{Answer, Campaign, Preview};

#[test]
fn addresses_are_those_of_the_published_site() {
    let campaign = Campaign::new();
    campaign.put("static/leaflet.txt", "0123456789");
    campaign.put("content/campaign.yaml", &format!("{}redirects: {{ us: about }}\n", super::CAMPAIGN));
    campaign.put("static/es/404.html", "<!doctype html><title>404</title><p>No hay nada.");
    let preview = Preview::start(&campaign, &[]);
    let home = preview.get("/");
    assert_eq!(home.status, 200);
    assert!(home.body.contains("We strike.") && home.body.contains("/_handbill/bar.js"), "{}", home.body);
    for (path, to) in [("/about", "/about/"), ("/about/index.html", "/about/"), ("/about?a=b", "/about/?a=b")]
    {
        let moved = preview.get(path);
        assert_eq!((moved.status, moved.header("location")), (307, Some(to)), "{path}");
    }
    // As hosts do it, the nearest one.
    assert!(preview.get("/es/nada/").body.contains("No hay nada."));
    let missing = preview.get("/nowhere/");
    assert_eq!(missing.status, 404);
    assert!(missing.header("content-type").unwrap().starts_with("text/html"), "{}", missing.head);
    assert!(preview.get("/us/").body.contains("/about/"), "a redirect is a page");
    for (path, kind) in [
        ("/atom.xml", "application/atom+xml; charset=utf-8"),
        ("/locations.geojson", "application/geo+json; charset=utf-8"),
        ("/leaflet.txt", "text/plain; charset=utf-8"),
    ] {
        assert_eq!(preview.get(path).header("content-type"), Some(kind), "{path}");
    }
    let part = preview.get_with("/leaflet.txt", &[("Range", "bytes=2-4")]);
    assert_eq!((part.status, part.body.as_str()), (206, "234"));
    assert_eq!(part.header("content-range"), Some("bytes 2-4/10"));
    let head = format!("HEAD /about/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", preview.address);
    let head = Answer::to(preview.address, head.as_bytes());
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let length = preview.get("/about/").body.len().to_string();
    assert_eq!(head.header("content-length"), Some(length.as_str()));
}

#[test]
fn every_answer_is_private() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &[]);
    for path in
        ["/", "/nowhere/", "/about", "/_handbill/bar.js", "/_handbill/state?page=/", "/_handbill/moment"]
    {
        let answer = preview.get(path);
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
        assert!(
            answer.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert!(!answer.head.contains("access-control-"), "{path}");
    }
}

#[test]
fn a_script_of_the_theme_gets_a_page_as_it_is_published() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &[]);
    let fetched = [("Sec-Fetch-Dest", "empty"), ("Sec-Fetch-Site", "same-origin")];
    assert!(!preview.get_with("/", &fetched).body.contains("_handbill"));
}

#[test]
fn a_build_knows_nothing_of_the_preview() {
    let campaign = Campaign::new();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_handbill"));
    let built = command.arg("build").arg("--root").arg(campaign.folder.path()).output().unwrap();
    assert!(built.status.success());
    let files = crate::support::files(&campaign.path("public"));
    assert!(files.len() > 10);
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let found = bytes.windows(9).any(|window| window == b"_handbill");
        assert!(!found, "{} holds something of the preview", file.display());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_network_gets_in_by_the_token_only() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &["--lan=127.0.0.2"]);
    assert_eq!(preview.get("/").status, 200, "this machine needs no token");
    let said = preview.hears(|said| said.contains("http://127.0.0.2:") && said.ends_with("/\n"));
    let (_, link) = said.split_once("http://127.0.0.2:").unwrap();
    let (port, token) = link.trim().trim_end_matches('/').split_once('/').unwrap();
    assert_eq!(token.len(), 32);
    let address = format!("127.0.0.2:{port}").parse().unwrap();
    let get = |path: &str, more: &str| {
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.2:{port}\r\nConnection: close\r\n{more}\r\n");
        Answer::to(address, head.as_bytes())
    };
    let refused = get("/about/", "");
    assert_eq!(refused.status, 403);
    assert!(!refused.body.contains("nurses"), "{}", refused.body);
    let entered = get(&format!("/{token}/about/"), "");
    assert_eq!((entered.status, entered.header("location")), (303, Some("/about/")));
    let cookie = entered.header("set-cookie").unwrap();
    assert!(cookie.contains("httponly") && cookie.contains("samesite=lax"), "{cookie}");
    let cookie = format!("Cookie: handbill-preview={token}\r\n");
    assert!(get("/about/", &cookie).body.contains("We are nurses."));
    assert_eq!(get("/_handbill/state?page=/", "").status, 403);
    // Another run has another token, and without the option there is no such door.
    let again = Preview::start(&campaign, &["--lan=127.0.0.2"]);
    assert!(!again.hears(|said| said.contains("http://127.0.0.2:")).contains(token));
    let closed = Preview::start(&campaign, &[]);
    assert!(TcpStream::connect(("127.0.0.2", closed.address.port())).is_err());
}
