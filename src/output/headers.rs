//! `_headers`: what Netlify and Cloudflare Pages send along
//! (<https://docs.netlify.com/manage/routing/headers/>).

use std::fmt::Write as _;

use super::sent::{FOR_EVER, content_type, everywhere};
use super::view::View;
use crate::base::OutPath;

/// The rules for all files, for fingerprinted ones, and for those whose type hosts do not know.
pub(super) fn render(_: &OutPath, view: &View<'_>) -> Vec<u8> {
    let base = &view.campaign.base;
    let mut out = String::new();
    rule(&mut out, &base.local("*"), &everywhere(view));
    rule(&mut out, &base.local("assets/*"), &[FOR_EVER]);
    rule(&mut out, &base.local("media/*"), &[FOR_EVER]);
    for (path, route) in view.reader.routes() {
        if let Some(kind) = content_type(route) {
            rule(&mut out, &base.local(&path.address()), &[("Content-Type", kind)]);
        }
    }
    out.into_bytes()
}

fn rule<T: AsRef<str>>(out: &mut String, path: &str, headers: &[(&str, T)]) {
    let _infallible = writeln!(out, "{path}");
    for (name, value) in headers {
        let _infallible = writeln!(out, "  {name}: {}", value.as_ref());
    }
}
