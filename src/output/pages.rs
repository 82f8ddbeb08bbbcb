//! HTML pages: a page of the theme with its structured data, and the stubs of redirects.

use super::{Bytes, Presenter, json_ld};
use crate::diagnostics::Checked;
use crate::model::{Page, Reader};

/// A page.
pub(super) fn page(page: &Page, reader: &Reader<'_>, presenter: &dyn Presenter) -> Checked<Bytes> {
    made(presenter.page(page, reader, &|| json_ld::page(page, reader, presenter)))
}

/// The stub that stands at a former address, for hosts that know no redirects.
pub(super) fn redirect(index: usize, reader: &Reader<'_>, presenter: &dyn Presenter) -> Checked<Bytes> {
    made(presenter.redirect(index, reader))
}

fn made(html: Checked<String>) -> Checked<Bytes> {
    Checked { value: Bytes::Made(html.value.into_bytes()), findings: html.findings }
}
