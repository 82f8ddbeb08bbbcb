//! Every finding that Handbill can make: one named function each. Codes are grouped by where the mistake is:
//! 01xx files, 02xx front matter, 03xx Markdown, 04xx what documents say of each other, 05xx the theme, 09xx us.

mod dates;
mod fields;
mod files;
mod front_matter;
mod plans;
mod references;
mod text;
mod theme;
mod yaml;

use super::{Code, Edit, Finding, Place, Severity};
use crate::base::SourcePath;

pub use dates::*;
pub use fields::*;
pub use files::*;
pub use front_matter::*;
pub use plans::*;
pub use references::*;
pub use text::*;
pub use theme::*;
pub use yaml::*;

fn error(code: u16, place: Place, title: String, label: &str) -> Finding {
    let place = Some(place);
    let severity = Severity::Error;
    Finding {
        code: Code(code),
        severity,
        place,
        title,
        label: label.to_owned(),
        help: None,
        related: None,
        fix: Vec::new(),
    }
}

fn warning(code: u16, place: Place, title: String, label: &str) -> Finding {
    Finding { severity: Severity::Warning, ..error(code, place, title, label) }
}

impl Finding {
    fn cure(self, help: impl Into<String>) -> Finding {
        Finding { help: Some(help.into()), ..self }
    }

    /// With the corrections that put it right without changing what anybody meant.
    #[must_use]
    pub fn corrected_by(self, fix: Vec<Edit>) -> Finding {
        Finding { fix, ..self }
    }

    /// With what was being rendered: the output and, where it is a document's page, the document's file.
    #[must_use]
    pub fn while_rendering(self, output: &str, source: Option<&SourcePath>) -> Finding {
        match source {
            Some(file) => self.with(Place::file(file), &format!("{output} was being rendered from it")),
            None => Finding { label: format!("{output} was being rendered"), ..self },
        }
    }

    /// Whether a render of one page found it, so that others may find the same.
    pub fn is_of_a_page(&self) -> bool {
        matches!(self.code.0, 428 | 504 | 508)
    }

    /// Whether it tells that a field is absent.
    pub fn tells_of_absence(&self) -> bool {
        matches!(self.code.0, 210 | 414)
    }

    /// Whether it tells that a document's address is another's already.
    pub fn is_of_taken_address(&self) -> bool {
        matches!(self.code.0, 407 | 408 | 419)
    }

    /// Whether it only matters in what is published.
    pub fn is_of_publishing(&self) -> bool {
        self.code.0 == 318
    }

    /// Whether nothing was read because of it, so that everything seems to be missing.
    pub fn hides_all_files(&self) -> bool {
        self.code.0 == 125
    }

    /// Whether a file that is there counts as absent because of it.
    pub fn hides_its_file(&self) -> bool {
        self.code.0 == 287
    }

    /// Whether it tells that a file is absent.
    pub fn tells_of_absent_file(&self) -> bool {
        self.code.0 == 401
    }

    /// Whether it can only be told where all of a file's shifts and hours were read.
    pub fn follows_from_fields(&self) -> bool {
        matches!(self.code.0, 412 | 413 | 425 | 426)
    }

    /// Whether it tells of a field, or of a value that cannot be read.
    pub fn is_of_fields(&self) -> bool {
        (200..300).contains(&self.code.0) && self.severity == Severity::Error
    }

    /// Whether it tells that none of a file's fields can be read.
    pub fn hides_all_fields(&self) -> bool {
        matches!(self.code.0, 201..=205)
    }

    fn with(self, place: Place, why: &str) -> Finding {
        Finding { related: Some((place, why.to_owned())), ..self }
    }
}

/// “a”, “b” or “c”, as many as `most` of them.
fn choices<'a>(words: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("“{word}”")).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some(_) if words.len() > most => {
            format!("{} and {} more", words[..most].join(", "), words.len() - most)
        }
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

fn did_you_mean(nearest: Option<&str>, otherwise: String) -> String {
    nearest.map_or(otherwise, |word| format!("did you mean “{word}”?"))
}
