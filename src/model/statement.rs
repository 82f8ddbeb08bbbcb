//! Statements: releases, updates, advisories, letters, reports.

use jiff::civil::Date;

use super::{Contact, Linked, Source};
use crate::base::{DocId, OutPath};

/// What a statement says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Statement {
    /// The day that it bears.
    pub date: Date,
    /// Its type.
    pub kind: StatementType,
    /// Who speaks; `None` is the union.
    pub issuer: Option<Issuer>,
    /// Where it stands in full.
    pub source: Option<Source>,
    /// The place in front of a release's text: “Los Angeles”.
    pub dateline: Option<String>,
    /// Who is quoted or was present.
    pub speakers: Vec<Speaker>,
    /// The locations that it speaks of.
    pub locations: Vec<DocId>,
    /// The timeline that it belongs to.
    pub timeline: Option<DocId>,
    /// What was corrected since.
    pub corrections: Vec<Correction>,
    /// Whom the press may ask; `None` is the campaign's contact.
    pub contact: Option<Contact>,
}

/// The types of statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum StatementType {
    /// A press release.
    #[default]
    Release,
    /// News for members.
    Update,
    /// An invitation to the press.
    Advisory,
    /// A letter.
    Letter,
    /// A report.
    Report,
}

impl Statement {
    /// On whose side it is.
    pub fn side(&self) -> Side {
        self.issuer.as_ref().map_or(Side::Union, |issuer| issuer.side)
    }

    /// Whether the union issues it, alone or with others.
    pub fn is_ours(&self) -> bool {
        matches!(self.side(), Side::Union | Side::Joint)
    }

    /// Where a statement stands as plain text: beside its page.
    pub fn text_of(page: &OutPath) -> Option<OutPath> {
        OutPath::new(&format!("{}index.txt", page.address()))
    }
}

impl StatementType {
    /// All types and their words in front matter.
    pub const ALL: [(&str, StatementType); 5] = [
        ("release", StatementType::Release),
        ("update", StatementType::Update),
        ("advisory", StatementType::Advisory),
        ("letter", StatementType::Letter),
        ("report", StatementType::Report),
    ];
}

/// Who issued a statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Issuer {
    /// The name as it is shown.
    pub name: String,
    /// On which side.
    pub side: Side,
}

/// The sides of a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Side {
    /// The union's.
    #[default]
    Union,
    /// The employer's.
    Employer,
    /// Somebody who stands with the union.
    Ally,
    /// Both together.
    Joint,
}

impl Side {
    /// All sides and their words in front matter.
    pub const ALL: [(&str, Side); 4] =
        [("union", Side::Union), ("employer", Side::Employer), ("ally", Side::Ally), ("joint", Side::Joint)];
}

/// Somebody who speaks or is quoted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Speaker {
    /// The name.
    pub name: String,
    /// Office, trade or place.
    pub role: Option<String>,
    /// On which side, where it is not the union's.
    pub side: Option<Side>,
    /// What the person said, word for word.
    pub quote: Option<String>,
}

/// A correction that a statement bears openly.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Correction {
    /// The day of the correction.
    pub date: Date,
    /// What was wrong and is right now.
    pub text: Linked,
}
