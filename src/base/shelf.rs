//! Where things lie that cost time to make: safe to lose, for they can be made again.

/// A place for bytes by name. Whatever happens to it, nothing changes but how long it takes.
pub trait Shelf: std::fmt::Debug + Send + Sync {
    /// What was put under a name; `None` where there is nothing, or not what was put there.
    fn get(&self, name: &str) -> Option<Vec<u8>>;

    /// Puts bytes under a name. Says whether they will be found there.
    fn put(&self, name: &str, bytes: &[u8]) -> bool;
}
