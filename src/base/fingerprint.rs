//! Short digests: one to compare values within a run, one to name published files.

use std::hash::{DefaultHasher, Hash, Hasher};

use sha2::{Digest, Sha256};

/// A 64-bit digest of a value, for "is it still the same?" within one run. Never written to a file: the
/// algorithm is the standard library's, which may change between compilers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of one value.
    pub fn of<T: Hash + ?Sized>(value: &T) -> Fingerprint {
        let mut all = Fingerprinter::default();
        all.add(value);
        all.finish()
    }
}

/// Gathers several values into one fingerprint.
#[derive(Default)]
pub struct Fingerprinter(DefaultHasher);

impl Fingerprinter {
    /// Adds a value; order matters.
    pub fn add<T: Hash + ?Sized>(&mut self, value: &T) {
        value.hash(&mut self.0);
    }

    /// The fingerprint of all that was added.
    pub fn finish(&self) -> Fingerprint {
        Fingerprint(self.0.finish())
    }
}

/// The first ten hexadecimal digits of the SHA-256 of a file, for its published name (`style.0a1b2c3d4e.css`).
pub fn asset_digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(5).map(|byte| format!("{byte:02x}")).collect()
}
