//! Two versions of a file side by side, as Git leaves them where it cannot tell which one is meant. Nothing else of such a
//! file is read: all that could be told would follow from it.

use crate::base::SourcePath;
use crate::diagnostics::{Finding, Place, finding};

/// The lines at which two versions begin to differ; none in a file that is whole.
pub(super) fn conflicts(file: &SourcePath, text: &str) -> Vec<Finding> {
    const BEGIN: &str = "<<<<<<< ";
    if !text.contains(BEGIN) || !text.contains("\n>>>>>>> ") {
        return Vec::new();
    }
    let marks = text.match_indices(BEGIN).map(|(at, _)| at);
    let begins = marks.filter(|at| *at == 0 || text[..*at].ends_with('\n'));
    begins.map(|at| finding::unsettled_conflict(Place::span(file, at..at + BEGIN.len() - 1))).collect()
}
