//! The number of a source document.

/// A document, numbered by the order of its path among all documents of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(u32);

impl DocId {
    /// The document at `index` of the site's list. At most 100,000 files are read, so a `u32` never runs out.
    pub fn new(index: usize) -> DocId {
        DocId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The place in the site's list of documents.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
