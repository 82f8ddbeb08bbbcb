//! Where a site may be written: the look at the place itself, before anybody looks at what stands there.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::{WriteError, on};
use super::identity::{Identity, identity, is_mount_point};
use super::names::folded;
use super::refusal::Refusal;

/// What a build never writes to, below the root.
const OWN: [&str; 5] = ["content", "themes", "static", ".git", ".handbill"];

/// A place where a site may be written. It need not exist.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The output folder, with no link left in its path.
    pub(super) output: PathBuf,
    /// The folder around it.
    pub(super) parent: PathBuf,
    /// Its name there.
    pub(super) name: OsString,
}

impl Place {
    /// The folder in which a new site is made.
    pub(super) fn workshop(&self) -> PathBuf {
        self.parent.join(".handbill").join("publish").join(&self.name)
    }

    /// Checks a place. A relative `output` counts from `root`.
    pub(super) fn check(root: &Path, output: &Path, home: Option<&Path>) -> Result<Place, WriteError> {
        let root = fs::canonicalize(root).map_err(on(root))?;
        let asked = root.join(output);
        let refuse = |reason| WriteError::Refused { path: asked.clone(), reason };
        let output = resolve(&root, &asked)?;
        let (Some(parent), Some(name)) = (output.parent(), output.file_name()) else {
            return Err(refuse(Refusal::SystemRoot));
        };
        if let Some(reason) = around(&output, &root, home).or_else(|| inside(&output, &root)) {
            return Err(refuse(reason));
        }
        if is_mount_point(&output) {
            return Err(refuse(Refusal::MountPoint));
        }
        Ok(Place { parent: parent.to_owned(), name: name.to_owned(), output: output.clone() })
    }
}

/// Whether the output is, or holds, the project or the home folder.
fn around(output: &Path, root: &Path, home: Option<&Path>) -> Option<Refusal> {
    let own = identity(output);
    let holds = |inner: &Path| {
        inner.starts_with(output)
            || (own.is_some() && inner.ancestors().any(|folder| identity(folder) == own))
    };
    if output == root || (own.is_some() && own == identity(root)) {
        return Some(Refusal::Root);
    }
    if holds(root) {
        return Some(Refusal::AroundRoot);
    }
    let home = home.filter(|home| !home.as_os_str().is_empty())?;
    let real = fs::canonicalize(home).unwrap_or_else(|_| home.to_owned());
    holds(&real).then_some(Refusal::Home)
}

/// Whether the output is, or is inside, a folder that a build never writes to. Identities see through links and
/// capital letters; names are compared too, without regard to capitals, for what does not exist yet.
fn inside(output: &Path, root: &Path) -> Option<Refusal> {
    let around: Vec<Identity> = output.ancestors().filter_map(identity).collect();
    let is = |name: &str| identity(&root.join(name)).is_some_and(|own| around.contains(&own));
    if let Some(name) = OWN.into_iter().find(|name| is(name)) {
        return Some(Refusal::Inside(name));
    }
    let parts = |path: &Path| -> Vec<String> {
        path.components().map(|part| folded(&part.as_os_str().to_string_lossy())).collect()
    };
    let below = output.strip_prefix(root).map(parts).unwrap_or_default();
    let all = parts(output);
    let named = |name: &&str| {
        below.first().is_some_and(|first| first == name)
            || (name.starts_with('.') && all.iter().any(|part| part == name))
    };
    OWN.into_iter().find(named).map(Refusal::Inside)
}

/// The path without `.`, `..` and links. A link at its end, or below the root, is refused; one further up (as
/// macOS's `/tmp` is) is followed.
fn resolve(root: &Path, asked: &Path) -> Result<PathBuf, WriteError> {
    let refuse = |reason| WriteError::Refused { path: asked.to_owned(), reason };
    let mut real = PathBuf::new();
    let mut parts = asked.components().peekable();
    while let Some(part) = parts.next() {
        match part {
            Component::Prefix(_) | Component::RootDir => real.push(part),
            Component::CurDir => {}
            Component::ParentDir => {
                real.pop();
            }
            Component::Normal(name) => {
                let below_root = real.starts_with(root);
                real.push(name);
                match fs::symlink_metadata(&real) {
                    Ok(found) if found.is_dir() => {}
                    Ok(found) if found.is_symlink() && (below_root || parts.peek().is_none()) => {
                        return Err(refuse(Refusal::Link(real)));
                    }
                    Ok(found) if found.is_symlink() => real = fs::canonicalize(&real).map_err(on(&real))?,
                    Ok(_) => return Err(refuse(Refusal::NotAFolder)),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => return Err(on(&real)(error)),
                }
            }
        }
    }
    Ok(real)
}
