//! Paths of what is written, and the URLs they answer to.

use std::fmt;
use std::sync::Arc;

/// A file below the output folder, such as `statements/strike/index.html`. Only `link::routes` and the asset
/// tables make one, so two outputs at one path meet there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Arc<str>);

impl OutPath {
    /// Checks a path; `None` where it could lead out of the output folder.
    pub fn new(path: &str) -> Option<OutPath> {
        let safe =
            |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0']);
        path.split('/').all(safe).then(|| OutPath(Arc::from(path)))
    }

    /// The page of a folder: `statements/strike` gives `statements/strike/index.html`, and an empty folder `index.html`.
    pub fn page(folder: &str) -> Option<OutPath> {
        let folder = folder.trim_matches('/');
        if folder.is_empty() {
            OutPath::new("index.html")
        } else {
            OutPath::new(&format!("{folder}/index.html"))
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address below the site's root, percent-encoded, without a slash in front: `statements/strike/`.
    pub fn address(&self) -> String {
        let path = match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        };
        super::url::encode_path(path)
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_clean_addresses() {
        assert_eq!(OutPath::page("").unwrap().address(), "");
        assert_eq!(OutPath::page("/statements/x/").unwrap().address(), "statements/x/");
        assert_eq!(OutPath::new("myindex.html").unwrap().address(), "myindex.html");
        assert_eq!(OutPath::new("a b.pdf").unwrap().address(), "a%20b.pdf");
        assert!(OutPath::page("../x").is_none());
    }
}
