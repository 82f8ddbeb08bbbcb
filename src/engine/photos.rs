//! The photos of a site, apart from its pages: making one takes as long as hundreds of pages do.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::Engine;
use super::rendering::panicked;
use crate::base::OutPath;
use crate::diagnostics::Checked;
use crate::model::{Content, Fact, Photo, Term};
use crate::output::photo::Darkroom;
use crate::output::{self, Bytes};
use crate::parse::{MediaFile, Parsed};

/// A photo at a width that is still to be made. It is a thing of its own, so that the site can change meanwhile.
pub struct Exposure {
    darkroom: Arc<Darkroom>,
    photo: Arc<Photo>,
    width: u32,
}

impl Exposure {
    /// The bytes; `None` where it cannot be made: then the findings say why.
    pub fn make(&self) -> Checked<Option<Bytes>> {
        let print = || output::print(&self.photo, self.width, &*self.darkroom);
        match catch_unwind(AssertUnwindSafe(print)) {
            Ok(made) => Checked { value: Some(made.value), findings: made.findings },
            Err(_) => panicked(Some(&self.photo.source)),
        }
    }
}

impl Engine {
    /// Whether an output is a photo.
    pub fn is_photo(&self, path: &OutPath) -> bool {
        let media = self.made().and_then(|(site, _)| site.media.get(path));
        media.is_some_and(|media| matches!(media.content, Content::Print(..)))
    }

    /// The photo that an output is made of, where it is one. That it was asked for is noted, as if it had been rendered.
    pub fn exposure(&self, path: &OutPath) -> Option<Exposure> {
        let (site, theme) = self.made()?;
        let Content::Print(photo, width) = &site.media.get(path)?.content else { return None };
        let fact = Fact::File(path.clone());
        let fingerprint = site.fingerprint(&fact, &|fact| theme.fingerprint(fact));
        self.traces.note(path.clone(), vec![(fact, fingerprint)], Term::ALWAYS);
        Some(Exposure { darkroom: Arc::clone(&self.darkroom), photo: Arc::clone(photo), width: *width })
    }

    /// Where photos are developed.
    pub fn darkroom(&self) -> &Darkroom {
        &self.darkroom
    }

    /// The photos of the campaign, published or not, by the digests of their bytes.
    pub fn photos(&self) -> BTreeSet<&str> {
        let files = self.parsed.values().filter_map(|(_, parsed)| match parsed {
            Parsed::Media(file) => Some(&**file),
            Parsed::Document(_) | Parsed::Campaign(_) | Parsed::MediaWords(_) | Parsed::Loads(_) => None,
        });
        let photos = files.filter_map(|file| match file {
            MediaFile::Photo(photo) => Some(photo.digest.as_str()),
            MediaFile::Whole { .. } | MediaFile::Unfit => None,
        });
        photos.collect()
    }

    /// How many photos are published.
    pub fn published_photos(&self) -> usize {
        let media = self.made().into_iter().flat_map(|(site, _)| site.media.values());
        let photos = media.filter_map(|media| match &media.content {
            Content::Print(photo, _) => Some(photo.digest.as_str()),
            Content::Whole(_) => None,
        });
        photos.collect::<BTreeSet<_>>().len()
    }
}
