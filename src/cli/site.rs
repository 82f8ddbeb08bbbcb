//! What every command that makes a site begins with: the folder, its files, and the engine over them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
#[cfg(feature = "serve")]
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::args::{Shared, Site};
use super::{Failure, moment, root};
use crate::base::Tree;
use crate::base::url::BaseUrl;
use crate::diagnostics::{Checked, Finding};
#[cfg(feature = "serve")]
use crate::disk::Eyes;
use crate::disk::{self, Cache, ReadOptions};
use crate::engine::{Engine, Settings};
use crate::output::photo::{Darkroom, Patience};

/// How often `--poll` looks.
#[cfg(feature = "serve")]
const POLL: Duration = Duration::from_secs(1);

/// How changes are seen, with `--poll` and without.
#[cfg(feature = "serve")]
pub(super) fn eyes(poll: bool) -> Eyes {
    if poll { Eyes::Poll(POLL) } else { Eyes::Events }
}

/// What was asked for, before anything is read.
pub(super) struct Wanted {
    /// The campaign's folder.
    pub(super) root: PathBuf,
    base: Option<BaseUrl>,
    as_of: Option<String>,
    drafts: bool,
}

impl Wanted {
    /// Finds the campaign's folder, and reads the options.
    pub(super) fn of(shared: &Shared, site: &Site) -> Result<Wanted, Failure> {
        let root = root::find(shared.root.as_deref())?;
        Ok(Wanted { root, base: base_url(site)?, as_of: site.as_of.clone(), drafts: site.drafts })
    }

    /// The files of the campaign. A link into `output` is not followed. `remembers` is for commands that may write.
    pub(super) fn read(&self, output: &Path, remembers: bool) -> Result<Checked<Tree>, Failure> {
        let options = ReadOptions { output: Some(output), remembers, ..ReadOptions::new(&self.root) };
        Ok(disk::read(&options)?)
    }

    /// An engine over files, and the moment and zone as of which it holds.
    pub(super) fn engine(&self, tree: Tree) -> Result<(Engine, Timestamp, TimeZone), Failure> {
        let zone = Engine::zone(&tree);
        let moment = moment::moment(self.as_of.as_deref(), &zone)?;
        let settings = Settings { moment, base: self.base.clone(), drafts: self.drafts };
        let engine = Engine::new(tree, settings).with_darkroom(darkroom(&self.root, Patience::Waits));
        Ok((engine, moment, zone))
    }

    /// What stands before the paths of files, counted from the folder in which the command was called: programs that
    /// read a report stand there. Empty where the campaign's folder is that folder or around it.
    pub(super) fn prefix(&self) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        let below = self.root.strip_prefix(&here).unwrap_or(&self.root);
        let parts = below.components().filter(|part| !matches!(part, std::path::Component::CurDir));
        let mut prefix = String::new();
        for part in parts {
            let std::path::Component::Normal(name) = part else { return String::new() };
            prefix.push_str(&name.to_string_lossy());
            prefix.push('/');
        }
        prefix
    }
}

/// Where the photos of a campaign are developed.
pub(super) fn darkroom(root: &Path, patience: Patience) -> Arc<Darkroom> {
    Arc::new(Darkroom::new(Some(Arc::new(Cache::of(root))), patience))
}

fn base_url(site: &Site) -> Result<Option<BaseUrl>, Failure> {
    let Some(text) = &site.base_url else { return Ok(None) };
    let base = BaseUrl::parse(text);
    let says = || format!("“{text}” is not an address where a site can stand");
    base.map(Some).ok_or_else(|| Failure::usage(says(), "write --base-url https://our-campaign.example/"))
}

/// All that was found while files were read and looked at, in the order in which it is told.
pub(super) fn together(read: Vec<Finding>, mut rest: Vec<Finding>) -> Vec<Finding> {
    rest.extend(read);
    crate::diagnostics::settle(&mut rest);
    rest
}
