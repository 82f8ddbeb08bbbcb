//! The whole input: texts in memory, photos where they can be fetched from.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use super::{Fingerprint, SourcePath, digest};

/// One file: its bytes, or where they are, and their fingerprint.
#[derive(Debug, Clone)]
pub struct File {
    body: Body,
    /// The fingerprint of the bytes.
    pub fingerprint: Fingerprint,
}

#[derive(Debug, Clone)]
enum Body {
    Here(Arc<[u8]>),
    There(Arc<dyn Store>),
}

/// Where the bytes of a large file are while nobody needs them. `disk` makes them for photos.
pub trait Store: std::fmt::Debug + Send + Sync {
    /// The first bytes, at most so many; none where the file cannot be read any more.
    fn head(&self, most: usize) -> Vec<u8>;

    /// All bytes; `None` where they are not what they were when the file was first read.
    fn bytes(&self) -> Option<Arc<[u8]>>;

    /// How many bytes there are.
    fn size(&self) -> u64;

    /// The SHA-256 of the bytes, in hexadecimal digits.
    fn digest(&self) -> &str;
}

impl File {
    /// A file of these bytes.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> File {
        let bytes = bytes.into();
        File { fingerprint: Fingerprint::of(&bytes[..]), body: Body::Here(bytes) }
    }

    /// A file whose bytes are fetched when they are needed.
    pub fn stored(store: Arc<dyn Store>) -> File {
        File { fingerprint: Fingerprint::of(store.digest()), body: Body::There(store) }
    }

    /// The bytes; `None` where they were to be fetched and are not any more what they were.
    pub fn bytes(&self) -> Option<Arc<[u8]>> {
        match &self.body {
            Body::Here(bytes) => Some(Arc::clone(bytes)),
            Body::There(store) => store.bytes(),
        }
    }

    /// The first bytes, at most so many where they have to be fetched. What they say holds only as far as [`File::bytes`]
    /// has not failed since.
    pub fn head(&self, most: usize) -> Arc<[u8]> {
        match &self.body {
            Body::Here(bytes) => Arc::clone(bytes),
            Body::There(store) => store.head(most).into(),
        }
    }

    /// How many bytes there are.
    pub fn size(&self) -> u64 {
        match &self.body {
            Body::Here(bytes) => bytes.len() as u64,
            Body::There(store) => store.size(),
        }
    }

    /// The SHA-256 of the bytes, in hexadecimal digits.
    pub fn digest(&self) -> String {
        match &self.body {
            Body::Here(bytes) => digest(bytes),
            Body::There(store) => store.digest().to_owned(),
        }
    }

    /// The text, where the bytes are UTF-8. A byte order mark, if any, is still there, so that offsets hold.
    pub fn text(&self) -> Option<&str> {
        match &self.body {
            Body::Here(bytes) => std::str::from_utf8(bytes).ok(),
            Body::There(_) => None,
        }
    }
}

/// Every file that a build reads, by its path. `disk::read` makes one; a test writes one by hand.
#[derive(Debug, Clone, Default)]
pub struct Tree(BTreeMap<SourcePath, File>);

impl Tree {
    /// Adds or replaces a file.
    pub fn insert(&mut self, path: SourcePath, file: File) {
        self.0.insert(path, file);
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &SourcePath) {
        self.0.remove(path);
    }

    /// One file.
    pub fn get(&self, path: &SourcePath) -> Option<&File> {
        self.0.get(path)
    }

    /// One file, and its path as the tree has it.
    pub fn get_key_value(&self, path: &SourcePath) -> Option<(&SourcePath, &File)> {
        self.0.get_key_value(path)
    }

    /// One file's text; `None` where there is no such file or it is not text.
    pub fn text(&self, path: &SourcePath) -> Option<&str> {
        self.0.get(path)?.text()
    }

    /// All files, in order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &File)> {
        self.0.iter()
    }

    /// What has to happen to these files so that they are as `now`.
    pub fn changes_to(&self, now: &Tree) -> Vec<Change> {
        let print = |tree: &Tree, path: &SourcePath| tree.get(path).map(|file| file.fingerprint);
        let gone = self.0.keys().filter(|path| now.get(path).is_none());
        let touched = now.0.iter().filter(|(path, file)| print(self, path) != Some(file.fingerprint));
        let mut changes: Vec<Change> = gone.map(|path| Change { path: path.clone(), now: None }).collect();
        changes.extend(touched.map(|(path, file)| Change { path: path.clone(), now: Some(file.clone()) }));
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        changes
    }

    /// The files below a folder (no slash at its end), in order.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a SourcePath, &'a File)> {
        let first = format!("{folder}/");
        let from = (Bound::Included(first.as_str()), Bound::Unbounded);
        self.0.range::<str, _>(from).take_while(move |(path, _)| path.below(folder).is_some())
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Tree {
    /// Files by path and text; a path that is no [`SourcePath`] is left out.
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(files: I) -> Tree {
        let file = |(path, text): (&str, &str)| Some((SourcePath::new(path)?, File::new(text.as_bytes())));
        Tree(files.into_iter().filter_map(file).collect())
    }
}

/// What happened to one file.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which file.
    pub path: SourcePath,
    /// What it is now; `None` where it is gone.
    pub now: Option<File>,
}
