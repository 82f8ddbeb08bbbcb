//! `_s3-website.json`: the website configuration of a bucket, with a rule for each former address
//! (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html>). Where a bucket does not have it, the
//! stubs lead on.

use serde_json::{Value, json};

use super::json;
use super::moved::{Moved, moved};
use super::view::View;
use crate::base::OutPath;
use crate::base::url::encode_url;

/// As many rules as a bucket takes. For further addresses there are the stubs.
const MOST: usize = 50;

/// The configuration.
pub(super) fn render(_: &OutPath, view: &View<'_>) -> Vec<u8> {
    let rules: Vec<Value> = moved(view).take(MOST).map(|moved| rule(&moved)).collect();
    json::file(&json::compact(json!({
        "IndexDocument": { "Suffix": "index.html" },
        "ErrorDocument": { "Key": "404.html" },
        "RoutingRules": rules,
    })))
}

fn rule(Moved { to, stub, .. }: &Moved) -> Value {
    let whole = to.split_once("://").map(|(scheme, rest)| {
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        (scheme, host, path)
    });
    let (protocol, host, key) = match whole {
        Some((scheme, host, path)) => (Some(scheme), Some(host), path),
        None => (None, None, to.as_str()),
    };
    json!({
        "Condition": { "KeyPrefixEquals": stub },
        "Redirect": {
            "Protocol": protocol,
            "HostName": host,
            "HttpRedirectCode": "301",
            "ReplaceKeyWith": encode_url(key.trim_start_matches('/')),
        },
    })
}
