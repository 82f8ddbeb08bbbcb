//! The fonts of social cards, as campaign.yaml and its translations name them.

use std::sync::Arc;

use skrifa::{FontRef, MetadataProvider};

use super::files::Files;
use super::references::Scope;
use super::told::tell;
use crate::base::FieldPath;
use crate::diagnostics::{Finding, Place, finding};
use crate::model::{Beside, Font};
use crate::parse::{CampaignDoc, MediaFile};

/// The font of social cards in each language: a translation's own, else that of campaign.yaml, where there is any.
pub(super) fn fonts(files: &Files, scope: &Scope<'_>, findings: &mut Vec<Finding>) -> Vec<Option<Arc<Font>>> {
    let frame = scope.frame;
    if !frame.has(Beside::Cards) {
        return Vec::new();
    }
    let plain = font(&files.campaign, scope, findings);
    let fonts = frame.languages.iter().map(|tag| {
        let other = files.translation(Some(tag)).filter(|other| other.card_font.is_some());
        other.map_or_else(|| plain.clone(), |other| font(other, scope, findings))
    });
    fonts.collect()
}

/// The font that a file names. Nothing of it is published.
fn font(doc: &CampaignDoc, scope: &Scope<'_>, findings: &mut Vec<Finding>) -> Option<Arc<Font>> {
    let name = doc.card_font.as_ref()?;
    let place = Place::field(&doc.file, FieldPath::of("card_font"));
    let Some(path) = scope.pictures.find(&doc.file, name) else {
        tell(findings, finding::missing_media(place, name, scope.pictures.nearest(name).as_deref()));
        return None;
    };
    match scope.pictures.file(path) {
        Some(MediaFile::Whole { bytes, .. }) if is_font(bytes) => {
            let digest = crate::base::digest(bytes);
            Some(Arc::new(Font { bytes: Arc::clone(bytes), digest }))
        }
        _ => {
            tell(findings, finding::not_a_font(place, path));
            None
        }
    }
}

/// Whether these are the bytes of a TrueType or OpenType font, or a collection of them, that tells which letters it has.
fn is_font(bytes: &[u8]) -> bool {
    FontRef::from_index(bytes, 0)
        .is_ok_and(|font| font.charmap().has_map() && font.outline_glyphs().format().is_some())
}
