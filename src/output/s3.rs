//! `_s3-website.json`: the website configuration of a bucket, with a rule for each former address
//! (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html>). Where a bucket does not have it, the
//! stubs lead on.

use serde_json::{Value, json};

use super::json;
use super::moved::{Moved, moved};
use super::view::View;
use crate::base::OutPath;
use crate::base::url::{decode, encode_url};

/// As many rules as a bucket takes. For further addresses there are the stubs.
const MOST: usize = 50;

/// The configuration.
pub(super) fn render(_: &OutPath, view: &View<'_>) -> Vec<u8> {
    let base = decode(view.campaign.base.path());
    let base = base.trim_start_matches('/');
    let rules: Vec<Value> = moved(view)
        .filter(|moved| is_alone(moved, view))
        .take(MOST)
        .map(|moved| rule(&moved, base))
        .collect();
    json::file(&json::compact(json!({
        "IndexDocument": { "Suffix": "index.html" },
        "ErrorDocument": { "Key": format!("{base}404.html") },
        "RoutingRules": rules,
    })))
}

/// The beginning of all keys below an address: `old/` or `old.html`.
fn prefix(stub: &OutPath) -> &str {
    stub.as_str().strip_suffix("index.html").unwrap_or(stub.as_str())
}

/// Whether nothing else of the site begins with the same address. A rule holds for all that does.
fn is_alone(moved: &Moved<'_>, view: &View<'_>) -> bool {
    let prefix = prefix(moved.stub);
    let bare = prefix.trim_end_matches('/');
    let Some(first) = OutPath::new(bare) else { return false };
    let near = view.reader.routes().range(first..).map(|(path, _)| path);
    let mut near = near.take_while(|path| path.as_str().starts_with(bare));
    near.all(|path| path == moved.stub || !path.as_str().starts_with(prefix))
}

fn rule(Moved { to, stub, .. }: &Moved<'_>, base: &str) -> Value {
    let whole = to.split_once("://").map(|(scheme, rest)| {
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        (scheme, host, path)
    });
    let (protocol, host, key) = match whole {
        Some((scheme, host, path)) => (Some(scheme), Some(host), path),
        None => (None, None, to.as_str()),
    };
    json!({
        "Condition": { "KeyPrefixEquals": format!("{base}{}", prefix(stub)) },
        "Redirect": {
            "Protocol": protocol,
            "HostName": host,
            "HttpRedirectCode": "301",
            "ReplaceKeyWith": encode_url(key.trim_start_matches('/')),
        },
    })
}
