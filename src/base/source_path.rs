//! Paths of what is read: relative to the root, `/` between parts, never `..`.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A file below the project's root, such as `content/statements/2024-10-21-strike.md`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Checks a path; `None` where it is absolute, empty, or has an empty, `.` or `..` part or a backslash.
    pub fn new(path: &str) -> Option<SourcePath> {
        let safe =
            |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0']);
        path.split('/').all(safe).then(|| SourcePath(Arc::from(path)))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path below `folder`, or `None` where it is elsewhere.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// The folder that holds the file, without a slash at its end; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// What follows the last dot of the name, in lower case; empty where there is none.
    pub fn extension(&self) -> String {
        self.name().rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase())
    }

    /// Follows a relative link from this file's folder. `None` where it leaves the root.
    pub fn join(&self, relative: &str) -> Option<SourcePath> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        SourcePath::new(&parts.join("/"))
    }
}

impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_root() {
        for bad in ["", "/etc/passwd", "a//b", "a/../b", "..", "a/.", "a\\b"] {
            assert!(SourcePath::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn joins_stay_inside() {
        let page = SourcePath::new("content/statements/a.md").unwrap();
        assert_eq!(page.join("../media/x.jpg").unwrap().as_str(), "content/media/x.jpg");
        assert!(page.join("../../../x").is_none());
        assert_eq!(
            (page.folder(), page.name(), page.extension().as_str()),
            ("content/statements", "a.md", "md")
        );
    }
}
