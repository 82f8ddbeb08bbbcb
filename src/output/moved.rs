//! Short and former addresses, and where each leads, for the files that tell hosts.

use super::view::View;
use crate::base::OutPath;
use crate::base::url::{Scheme, scheme};
use crate::model::{Destination, Redirect};

/// An address that leads elsewhere.
pub(super) struct Moved<'v> {
    /// From the root of the host, without a slash at its end: hosts take it for `/old/` as well, and a person types it like
    /// this.
    pub(super) from: String,
    /// From the root of the host, or a whole URL.
    pub(super) to: String,
    /// Where its stub is written.
    pub(super) stub: &'v OutPath,
}

/// Every redirect but those whose target is not shown, that lead to themselves, or to no page (`tel:`).
pub(super) fn moved<'v>(view: &'v View<'_>) -> impl Iterator<Item = Moved<'v>> + use<'v> {
    view.reader.redirects().iter().filter_map(|redirect| of(redirect, view))
}

fn of<'v>(redirect: &'v Redirect, view: &View<'_>) -> Option<Moved<'v>> {
    let base = &view.campaign.base;
    let from = base.local(redirect.out.address().trim_end_matches('/'));
    let to = match &redirect.to {
        Destination::Document(id) => base.local(&view.reader.link(*id)?.1.address()),
        Destination::Address(address) => base.local(address.trim_start_matches('/')),
        Destination::Elsewhere(url) if matches!(scheme(url), Scheme::Allowed("https" | "http")) => {
            url.clone()
        }
        Destination::Elsewhere(_) => return None,
    };
    let itself = from.trim_end_matches('/') == to.trim_end_matches('/');
    (!itself).then_some(Moved { from, to, stub: &redirect.out })
}
