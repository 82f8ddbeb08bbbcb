//! Pictures and files: found by path or by name, with their words, and published only where something refers to them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::Files;
use super::told::{Notes, tell};
use crate::base::{FieldPath, OutPath, Slug, SourcePath, asset_digest};
use crate::diagnostics::{At, Place, finding, nearest};
use crate::model::{Content, Dimensions, Figure, Media, Photo, Picture, Size};
use crate::parse::{ImageField, MediaFile, PICTURES};

/// Endings of what cameras write and no page shows.
pub(super) const CAMERA: [&str; 12] =
    ["heic", "heif", "avif", "tif", "tiff", "dng", "raw", "mov", "mp4", "m4v", "3gp", "avi"];

/// Where a file is published.
pub(super) struct Published {
    /// Where, a photo at its widest.
    pub(super) out: OutPath,
    dimensions: Option<Dimensions>,
    sizes: Vec<Size>,
}

/// All files below `content/` that are no documents.
pub(super) struct Pictures<'a> {
    files: &'a Files,
    by_name: BTreeMap<&'a str, Vec<&'a SourcePath>>,
}

impl<'a> Pictures<'a> {
    pub(super) fn new(files: &'a Files) -> Pictures<'a> {
        let mut by_name: BTreeMap<&str, Vec<&SourcePath>> = BTreeMap::new();
        for path in files.media.keys() {
            by_name.entry(path.name()).or_default().push(path);
        }
        Pictures { files, by_name }
    }

    /// A file by its path; from then on it is published.
    pub(super) fn publish(&self, path: &SourcePath, notes: &mut Notes) -> Option<Published> {
        let (path, file) = self.files.media.get_key_value(path)?;
        let (stem, extension) = path.name().rsplit_once('.').unwrap_or((path.name(), "bin"));
        let stem = Slug::make(stem, false).map_or_else(|| "file".to_owned(), |slug| slug.to_string());
        let mut put = |name: &str, content: Content| {
            let out = OutPath::new(&format!("media/{name}"))?;
            notes.media.insert(out.clone(), Media { source: path.clone(), out: out.clone(), content });
            Some(out)
        };
        match &**file {
            MediaFile::Whole { bytes, digest, dimensions } => {
                let name = format!("{stem}.{digest}.{}", extension.to_lowercase());
                let out = put(&name, Content::Whole(Arc::clone(bytes)))?;
                Some(Published { out, dimensions: *dimensions, sizes: Vec::new() })
            }
            MediaFile::Photo(photo) => {
                // What is published changes with the photo and with how photos are made, and so does its name.
                let digest = asset_digest(format!("{} {}", Photo::RECIPE, photo.digest).as_bytes());
                let size = |width: u32| {
                    let name = format!("{stem}.{digest}-{width}.{}", photo.extension());
                    Some(Size { out: put(&name, Content::Print(Arc::clone(photo), width))?, width })
                };
                let sizes: Vec<Size> = photo.widths().into_iter().filter_map(size).collect();
                let widest = sizes.last()?;
                let (out, dimensions) = (widest.out.clone(), Some(photo.at(widest.width)));
                Some(Published { out, dimensions, sizes })
            }
            // It stands there, so nobody is told that there is no such file; and nothing will be published.
            MediaFile::Unfit => Some(Published {
                out: OutPath::new(&format!("media/{stem}"))?,
                dimensions: None,
                sizes: Vec::new(),
            }),
        }
    }

    /// The picture of a Markdown reference.
    pub(super) fn figure(
        &self,
        own: &SourcePath,
        place: &Place,
        figure: &Figure,
        language: Option<&str>,
        notes: &mut Notes,
    ) -> Option<Picture> {
        let field = ImageField {
            file: Some(figure.file.clone()),
            alt: figure.alt.clone(),
            credit: figure.credit.clone(),
            caption: None,
        };
        self.field(own, place, &field, language, notes)
    }

    /// The picture of a field: by its path below `content/` or beside the document, or by its name alone.
    pub(super) fn field(
        &self,
        own: &SourcePath,
        place: &Place,
        field: &ImageField,
        language: Option<&str>,
        notes: &mut Notes,
    ) -> Option<Picture> {
        let Some(file) = &field.file else {
            tell(&mut notes.findings, finding::missing_field(place.clone(), "file", "media/photo.jpg"));
            return None;
        };
        let Some(path) = self.find(own, file) else {
            let near = self.nearest(file);
            tell(&mut notes.findings, finding::missing_media(named(place), file, near.as_deref()));
            return None;
        };
        let extension = path.extension();
        if !PICTURES.contains(&extension.as_str()) {
            let told = match CAMERA.contains(&extension.as_str()) {
                true => finding::camera_format(place.clone(), path),
                false => finding::unreadable_picture(place.clone(), path),
            };
            tell(&mut notes.findings, told);
            return None;
        }
        let said = self.said(path, language);
        let pick = |own: &Option<String>, said: Option<&String>| own.clone().or_else(|| said.cloned());
        let (alt, credit) = (pick(&field.alt, said.alt.as_ref()), pick(&field.credit, said.credit.as_ref()));
        if alt.is_none() {
            tell(&mut notes.findings, finding::picture_without_alt(place.clone()));
        }
        if credit.is_none() {
            tell(&mut notes.findings, finding::picture_without_credit(place.clone()));
        }
        let Published { out, dimensions, sizes } = self.publish(path, notes)?;
        Some(Picture {
            out,
            dimensions,
            sizes,
            alt: alt?,
            credit: credit?,
            caption: pick(&field.caption, said.caption.as_ref()),
        })
    }

    /// What may be meant by the name of a file that there is not.
    pub(super) fn nearest(&self, file: &str) -> Option<String> {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let near = nearest::nearest(name, self.by_name.keys().copied())?;
        Some(if folder.is_empty() { near.to_owned() } else { format!("{folder}/{near}") })
    }

    /// What is known of a file.
    pub(super) fn file(&self, path: &SourcePath) -> Option<&'a MediaFile> {
        self.files.media.get(path).map(|file| &**file)
    }

    /// The photo that stands for the campaign.
    pub(super) fn campaigns(&self, language: Option<&str>, notes: &mut Notes) -> Option<Picture> {
        let campaign = &self.files.campaign;
        let photo = campaign.theme.as_ref()?.photo.as_ref()?;
        let place = Place::field(&campaign.file, FieldPath::of("theme").key("photo"));
        self.field(&campaign.file, &place, photo, language, notes)
    }

    /// What media.yaml says of a file in a language.
    fn said(&self, path: &SourcePath, language: Option<&str>) -> ImageField {
        let below = path.below("content/media").unwrap_or(path.name());
        let Some(words) = self.files.words(below).or_else(|| self.files.words(path.name())) else {
            return ImageField::default();
        };
        let mut said = words.plain.clone();
        if let Some(other) = language.and_then(|language| words.languages.get(language)) {
            said.alt = other.alt.clone().or(said.alt);
            said.credit = other.credit.clone().or(said.credit);
            said.caption = other.caption.clone().or(said.caption);
        }
        said
    }

    /// The file that is meant: beside the document, below `content/`, below `content/media/`, or by its bare name.
    pub(super) fn find(&self, own: &SourcePath, file: &str) -> Option<&'a SourcePath> {
        let known = |path: Option<SourcePath>| {
            path.and_then(|path| self.files.media.get_key_value(&path)).map(|(path, _)| path)
        };
        let file = file.trim_start_matches('/');
        let beside = known(own.join(file));
        let below = || known(SourcePath::new(&format!("content/{file}")));
        let media = || known(SourcePath::new(&format!("content/media/{file}")));
        let named = || match self.by_name.get(file).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        };
        beside.or_else(below).or_else(media).or_else(named)
    }
}

/// Where a picture's file is named, in a group or by itself.
fn named(place: &Place) -> Place {
    match &place.at {
        At::Field(path) => Place::field(&place.file, path.key("file")),
        At::File | At::Span(_) | At::Key(_) => place.clone(),
    }
}
