//! The campaign: who, whom, when, where, in which languages, and what to do now.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::{Picture, When};
use crate::base::url::BaseUrl;
use crate::base::{DocId, LanguageTag, OutPath};

/// A language of the campaign, counted from its default language, 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LanguageId(pub u8);

impl LanguageId {
    /// The language at `index` of the campaign's list.
    pub fn new(index: usize) -> LanguageId {
        LanguageId(u8::try_from(index).unwrap_or(u8::MAX))
    }

    /// The place in the campaign's list.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// What holds for the campaign in every language.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// Where the site will stand.
    pub base: BaseUrl,
    /// The zone of every clock time that has no other.
    pub zone: TimeZone,
    /// The IANA name of that zone.
    pub zone_name: String,
    /// Its languages; the first is the default, at `/`.
    pub languages: Vec<LanguageTag>,
    /// Other hosts from which the theme may load something.
    pub hosts: Vec<String>,
    /// The look.
    pub theme: ThemeSettings,
    /// What is not made beside pages.
    pub left_out: Vec<Beside>,
    /// The font of social cards in each language, where it has one of its own.
    pub card_fonts: Vec<Option<Arc<Font>>>,
    /// Its phases, in order.
    pub phases: Vec<Phase>,
    /// Its texts, one set for each language.
    pub texts: Vec<Texts>,
}

impl Campaign {
    /// Whether something of this kind is made beside pages.
    pub fn has(&self, beside: Beside) -> bool {
        !self.left_out.contains(&beside)
    }

    /// What a page may load (CSP Level 3): scripts, style sheets, pictures, fonts, data and the manifest of this site and
    /// of the hosts that campaign.yaml allows, and nothing else; nothing inline.
    pub fn policy(&self) -> String {
        let hosts: String = self.hosts.iter().map(|host| format!(" https://{host}")).collect();
        let mut policy = "default-src 'none'".to_owned();
        for kind in ["script", "style", "img", "font", "connect"] {
            policy.push_str(&format!("; {kind}-src 'self'{hosts}"));
        }
        if !hosts.is_empty() {
            policy.push_str(&format!("; frame-src{hosts}; media-src 'self'{hosts}"));
        }
        policy + "; manifest-src 'self'; base-uri 'none'; form-action 'none'"
    }
}

/// The look.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ThemeSettings {
    /// The theme's name.
    pub name: String,
    /// The colour of accents, as `#rrggbb`.
    pub accent: Option<String>,
    /// A logo.
    pub logo: Option<Picture>,
}

/// What is made beside pages, and can be left out of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Beside {
    /// The calendar of each location and event.
    Calendars,
    /// Social cards.
    Cards,
    /// The flyer of each location.
    Flyers,
    /// Each statement as plain text.
    Texts,
    /// The entries of each timeline as JSON.
    Timelines,
}

impl Beside {
    /// All kinds and their words in campaign.yaml.
    pub const ALL: [(&str, Beside); 5] = [
        ("calendars", Beside::Calendars),
        ("cards", Beside::Cards),
        ("flyers", Beside::Flyers),
        ("texts", Beside::Texts),
        ("timelines", Beside::Timelines),
    ];
}

/// A font that lies in the campaign's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Font {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub digest: String,
}

impl std::hash::Hash for Font {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}

/// The campaign's words in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Texts {
    /// The campaign's title.
    pub title: String,
    /// A line under it.
    pub tagline: Option<String>,
    /// The unions.
    pub unions: Vec<Union>,
    /// The employers.
    pub employers: Vec<Employer>,
    /// What the campaign asks for at this moment.
    pub action: Option<Action>,
    /// What stands on top of every page at this moment.
    pub alerts: Vec<Alert>,
    /// Whom the press may ask.
    pub press: Option<Contact>,
    /// Whom else it may ask.
    pub spokespeople: Vec<Contact>,
    /// The menu.
    pub menu: Vec<MenuEntry>,
}

impl Texts {
    /// No texts.
    pub const fn none() -> Texts {
        Texts {
            title: String::new(),
            tagline: None,
            unions: Vec::new(),
            employers: Vec::new(),
            action: None,
            alerts: Vec::new(),
            press: None,
            spokespeople: Vec::new(),
            menu: Vec::new(),
        }
    }
}

/// A union.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Union {
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short: Option<String>,
    /// Its local.
    pub local: Option<String>,
    /// Its site.
    pub url: Option<String>,
    /// Its logo.
    pub logo: Option<Picture>,
    /// The boilerplate paragraph of a release.
    pub about: Option<String>,
}

/// An employer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Employer {
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short: Option<String>,
}

/// A stretch of the campaign.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phase {
    /// Which.
    pub name: PhaseName,
    /// From when on.
    pub from: When,
    /// The employer that it is about, where there are several.
    pub employer: Option<String>,
}

/// The phases of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhaseName {
    /// Members organize.
    Organizing,
    /// The sides bargain.
    Bargaining,
    /// Members vote.
    Vote,
    /// A strike of fixed length, as a warning.
    WarningStrike,
    /// A strike.
    Strike,
    /// A lockout.
    Lockout,
    /// There is a tentative agreement.
    Tentative,
    /// It is settled; the site is a record.
    Settled,
}

impl PhaseName {
    /// All phases and their words in campaign.yaml.
    pub const ALL: [(&str, PhaseName); 8] = [
        ("organizing", PhaseName::Organizing),
        ("bargaining", PhaseName::Bargaining),
        ("vote", PhaseName::Vote),
        ("warning_strike", PhaseName::WarningStrike),
        ("strike", PhaseName::Strike),
        ("lockout", PhaseName::Lockout),
        ("tentative", PhaseName::Tentative),
        ("settled", PhaseName::Settled),
    ];

    /// Its word in campaign.yaml.
    pub fn word(self) -> &'static str {
        PhaseName::ALL.iter().find(|(_, name)| *name == self).map_or("", |(word, _)| word)
    }

    /// Whether pickets stand in it.
    pub fn pickets(self) -> bool {
        matches!(self, PhaseName::Strike | PhaseName::WarningStrike | PhaseName::Lockout)
    }
}

/// The one thing that a campaign asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Action {
    /// The words on the button.
    pub label: String,
    /// Where it leads.
    pub to: Destination,
}

/// A bar on every page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Alert {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub to: Option<Destination>,
}

/// Where a link of campaign.yaml leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Destination {
    /// A document.
    Document(DocId),
    /// An address below the site's root.
    Address(String),
    /// Another site, an e-mail address or a telephone number.
    Elsewhere(String),
}

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MenuEntry {
    /// Its words.
    pub label: MenuLabel,
    /// Where it leads.
    pub to: Destination,
}

/// The words of a menu's line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MenuLabel {
    /// As campaign.yaml says.
    Text(String),
    /// A word of the theme, where campaign.yaml leaves the menu to us.
    Word(&'static str),
}

/// Whom to ask.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Contact {
    /// The name of a person or desk.
    pub name: Option<String>,
    /// Office.
    pub role: Option<String>,
    /// Telephone, as it is shown.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// A short or former address that leads elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Redirect {
    /// The file that answers where the host knows no redirects.
    pub out: OutPath,
    /// Where it leads.
    pub to: Destination,
    /// The language of its page.
    pub language: LanguageId,
    /// Whether it is meant to be typed, and not merely where something was: it stands in campaign.yaml.
    pub is_short: bool,
}
