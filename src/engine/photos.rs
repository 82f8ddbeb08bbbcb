//! The photos and social cards of a site, apart from its pages: making one takes as long as hundreds of pages do.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::Engine;
use super::rendering::panicked;
use crate::base::{OutPath, SourcePath};
use crate::diagnostics::Checked;
use crate::model::{Content, Fact, Photo, Route, Term};
use crate::output::photo::Darkroom;
use crate::output::{self, Bytes, SocialCard};
use crate::parse::{MediaFile, Parsed};

/// A picture that is still to be made. It is a thing of its own, so that the site can change meanwhile.
pub struct Exposure {
    darkroom: Arc<Darkroom>,
    subject: Subject,
}

/// What is to be made.
enum Subject {
    /// A photo at a width.
    Print(Arc<Photo>, u32),
    /// A social card.
    Card(Box<SocialCard>),
}

impl Exposure {
    /// The bytes; `None` where it cannot be made: then the findings say why.
    pub fn make(&self) -> Checked<Option<Bytes>> {
        let make = || match &self.subject {
            Subject::Print(photo, width) => output::print(photo, *width, &*self.darkroom),
            Subject::Card(card) => output::social_card(card, &*self.darkroom),
        };
        match catch_unwind(AssertUnwindSafe(make)) {
            Ok(made) => Checked { value: Some(made.value), findings: made.findings },
            Err(_) => panicked(Some(self.source())),
        }
    }

    /// Whether nothing is to be told of it that is not told of others: then nobody need make it who does not want to see it.
    pub fn can_wait(&self) -> bool {
        matches!(self.subject, Subject::Card(_))
    }

    fn source(&self) -> &SourcePath {
        match &self.subject {
            Subject::Print(photo, _) => &photo.source,
            Subject::Card(card) => card.source(),
        }
    }
}

impl Engine {
    /// Whether an output is a photo.
    pub fn is_photo(&self, path: &OutPath) -> bool {
        let media = self.made().and_then(|(site, _)| site.media.get(path));
        media.is_some_and(|media| matches!(media.content, Content::Print(..)))
    }

    /// The photo or card that an output is, where it is one. That it was asked for is noted, as if it had been rendered.
    pub fn exposure(&self, path: &OutPath) -> Option<Exposure> {
        let (site, theme) = self.made()?;
        let subject = match site.routes.get(path)? {
            Route::SocialCard(_) => Subject::Card(Box::new(self.rendering()?.social_card(path)?)),
            _ => match &site.media.get(path)?.content {
                Content::Print(photo, width) => Subject::Print(Arc::clone(photo), *width),
                Content::Whole(_) => return None,
            },
        };
        if let Subject::Print(..) = subject {
            let fact = Fact::File(path.clone());
            let fingerprint = site.fingerprint(&fact, &|fact| theme.fingerprint(fact));
            self.traces.note(path.clone(), vec![(fact, fingerprint)], Term::ALWAYS);
        }
        Some(Exposure { darkroom: Arc::clone(&self.darkroom), subject })
    }

    /// Where photos are developed.
    pub fn darkroom(&self) -> &Darkroom {
        &self.darkroom
    }

    /// What was made of the campaign's photos, published or not, and the cards that were asked for: the digests of what they
    /// are made of.
    pub fn pictures(&self) -> BTreeSet<String> {
        let files = self.parsed.values().filter_map(|(_, parsed)| match parsed {
            Parsed::Media(file) => Some(&**file),
            Parsed::Document(_) | Parsed::Campaign(_) | Parsed::MediaWords(_) | Parsed::Loads(_) => None,
        });
        let photos = files.filter_map(|file| match file {
            MediaFile::Photo(photo) => Some(photo.digest.clone()),
            MediaFile::Whole { .. } | MediaFile::Unfit => None,
        });
        let mut pictures = self.darkroom.asked();
        pictures.extend(photos);
        pictures
    }

    /// How many photos and cards are published.
    pub fn published_pictures(&self) -> usize {
        let Some((site, _)) = self.made() else { return 0 };
        let photos = site.media.values().filter_map(|media| match &media.content {
            Content::Print(photo, _) => Some(photo.digest.as_str()),
            Content::Whole(_) => None,
        });
        let cards = site.routes.values().filter(|route| matches!(route, Route::SocialCard(_)));
        photos.collect::<BTreeSet<_>>().len() + cards.count()
    }
}
