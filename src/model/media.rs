//! Pictures and files that content refers to.

use std::sync::Arc;

use crate::base::{OutPath, SourcePath};

/// A file below `content/` that some published document refers to.
#[derive(Debug, Clone)]
pub struct Media {
    /// Where it is read.
    pub source: SourcePath,
    /// Where it is published: its name with a digest of its bytes.
    pub out: OutPath,
    /// What is published: without position, name or device.
    pub bytes: Arc<[u8]>,
    /// Width and height, for a picture.
    pub dimensions: Option<Dimensions>,
}

/// Width and height in CSS pixels, as it is shown upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dimensions {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// A file of the theme that is published: a style sheet, an icon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// How templates call it: its path below the theme's `static/`.
    pub name: String,
    /// Where it is published, with a digest of its bytes in the name.
    pub out: OutPath,
    /// What is published.
    pub bytes: Arc<[u8]>,
}
