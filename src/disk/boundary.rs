//! What may be read: what lies below the root and is neither hidden nor a site that was built before.

use std::path::{Component, Path, PathBuf};

/// The border around a project's readable files. All its paths are canonical.
#[derive(Debug, Clone)]
pub(super) struct Boundary {
    root: PathBuf,
    output: Option<PathBuf>,
}

/// Why a place may not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trespass {
    /// It is outside the root.
    LeavesRoot,
    /// It, or a folder around it, begins with a dot: `.git/config` may hold a password.
    Hidden,
    /// It is in the output folder.
    Output,
}

impl Boundary {
    /// The border of a root; both paths are canonical.
    pub(super) fn new(root: PathBuf, output: Option<PathBuf>) -> Boundary {
        Boundary { root, output }
    }

    /// The canonical root.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a place may be read. `real` is where it really is, with no link left in it.
    pub(super) fn judge(&self, real: &Path) -> Result<(), Trespass> {
        let below = real.strip_prefix(&self.root).map_err(|_| Trespass::LeavesRoot)?;
        if below.components().any(is_hidden) {
            return Err(Trespass::Hidden);
        }
        match &self.output {
            Some(output) if real.starts_with(output) => Err(Trespass::Output),
            _ => Ok(()),
        }
    }
}

/// `.well-known` is made to be published (RFC 8615); the walk takes it in `static/` only.
fn is_hidden(component: Component<'_>) -> bool {
    let name = component.as_os_str().as_encoded_bytes();
    name.starts_with(b".") && name != b".well-known"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_border_is_where_it_should_be() {
        let border = Boundary::new("/site".into(), Some("/site/public".into()));
        let judge = |path: &str| border.judge(Path::new(path));
        assert_eq!(judge("/site/content/a.md"), Ok(()));
        assert_eq!(judge("/site/static/.well-known/x"), Ok(()));
        assert_eq!(judge("/site/publicity/a.md"), Ok(()));
        assert_eq!(judge("/site2/content/a.md"), Err(Trespass::LeavesRoot));
        assert_eq!(judge("/etc/passwd"), Err(Trespass::LeavesRoot));
        assert_eq!(judge("/site/.git/config"), Err(Trespass::Hidden));
        assert_eq!(judge("/site/content/.env"), Err(Trespass::Hidden));
        assert_eq!(judge("/site/public/index.html"), Err(Trespass::Output));
    }
}
