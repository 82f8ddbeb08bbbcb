//! Other hosts: what the theme or a file of `static/` would load from one, and whether campaign.yaml allows that.

use super::campaign::{Frame, theme_settings};
use super::files::Files;
use super::told::tell;
use crate::diagnostics::{Finding, Place, finding};

/// Tells what the theme in use and the files of `static/` would load from hosts that campaign.yaml does not allow.
pub(super) fn foreign_loads(files: &Files, frame: &Frame, findings: &mut Vec<Finding>) {
    let theme = theme_settings(Some(&files.campaign)).name;
    let allowed = |host: &str| {
        host == frame.base.host()
            || files.campaign.allowed_hosts.iter().flatten().any(|allowed| allowed == host)
    };
    for (path, loads) in &files.loads {
        let other = path.below("themes").is_some_and(|below| below.split('/').next() != Some(theme.as_str()));
        for load in loads.iter().filter(|load| !other && !allowed(&load.host)) {
            tell(findings, finding::loads_from_elsewhere(Place::span(path, load.span.clone()), &load.host));
        }
    }
}
