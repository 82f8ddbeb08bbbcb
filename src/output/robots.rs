//! `robots.txt` (RFC 9309): everything may be read, and the sitemap is there.

use super::view::View;
use crate::base::OutPath;

/// The rules for robots, and the sitemap's address.
pub(super) fn render(_: &OutPath, view: &View<'_>) -> Vec<u8> {
    let base = &view.campaign.base;
    let sitemap = base.absolute("sitemap.xml");
    format!("User-agent: *\nAllow: {}\n\nSitemap: {sitemap}\n", base.path()).into_bytes()
}
