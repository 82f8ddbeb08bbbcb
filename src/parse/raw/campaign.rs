//! campaign.yaml and media.yaml. What stands above a field is what its JSON Schema says of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::documents::{RawChange, RawContact, RawImage, RawShift};
use super::{Many, TextOr, fields};
use crate::model::PhaseName;

fields! {
    /// campaign.yaml: who, whom, when, where, and in which languages. campaign.es.yaml says what differs in Spanish.
    struct RawCampaign {
        /// The title of the campaign, not of the union. Required.
        title: String,
        /// A line under the title.
        tagline: String,
        /// Where the site will stand: https://example.org/. Required, unless --base-url says it.
        base_url: String,
        /// The IANA time zone of every clock time that has no other: America/Los_Angeles. Required.
        time_zone: String,
        /// Codes of languages; the first is the default.
        languages: Many<String>,
        /// The theme's name, or a group.
        theme: TextOr<RawTheme>,
        /// The union, or several. Required.
        union: Many<RawUnion>,
        /// The employer, or several.
        employer: Many<RawEmployer>,
        /// What holds from when on.
        phases: Vec<RawPhase>,
        /// The one thing that the campaign asks for now.
        action: RawAction,
        /// A bar on every page, or several.
        alert: Many<RawAlert>,
        /// Lists of shifts by a name, for hours that many locations share.
        schedules: BTreeMap<String, Vec<RawShift>>,
        /// Changes of plan at many places.
        changes: Vec<RawChange>,
        /// Whom the press may ask, or several: the first stands under releases.
        press: Many<RawContact>,
        /// The menu; without it, the lists that have something in them, and some pages.
        menu: Vec<RawMenuEntry>,
        /// What is printed on picket signs: texts, or groups.
        signs: Vec<TextOr<RawSign>>,
        /// What is not made beside pages: one or several of calendars, cards, flyers, texts, timelines.
        leave_out: Many<String>,
        /// A TrueType or OpenType font below content/ for the words of social cards, in whose letters ours are not.
        card_font: String,
        /// Short addresses for print, and moved pages: strikepay: https://…
        redirects: BTreeMap<String, String>,
        /// Addresses of pages that were taken back: statements/day-2. They answer “gone” where the host can.
        gone: Many<String>,
        /// Hosts from which the theme may load something, although that tells them who reads the site.
        allowed_hosts: Vec<String>,
    }

    /// The look.
    struct RawTheme {
        /// The theme's name; picket is built in.
        name: String,
        /// A colour such as "#8a1c1c", in quotes.
        #[schemars(extend("pattern" = "^#[0-9A-Fa-f]{6}$"))]
        accent: String,
        /// A picture.
        logo: TextOr<RawImage>,
        /// The photo that stands for the campaign, where a page has none of its own.
        photo: TextOr<RawImage>,
    }

    /// A union.
    struct RawUnion {
        /// Its name. Required.
        name: String,
        /// Its short name.
        short: String,
        /// The local.
        local: String,
        /// Its website.
        url: String,
        /// Its logo.
        logo: TextOr<RawImage>,
        /// The boilerplate paragraph of a release.
        about: String,
    }

    /// An employer.
    struct RawEmployer {
        /// Its name. Required.
        name: String,
        /// Its short name.
        short: String,
    }

    /// What holds from a day or a moment on.
    struct RawPhase {
        /// What holds.
        #[schemars(extend("enum" = super::names(&PhaseName::ALL)))]
        phase: String,
        /// From when.
        from: String,
        /// The employer's short name, where there are several.
        employer: String,
    }

    /// What the campaign asks for now.
    struct RawAction {
        /// The words of the button.
        label: String,
        /// Where it leads: a slug, an address of the site, or a URL.
        url: String,
        /// The last day, or a moment.
        until: String,
    }

    /// A bar on every page.
    struct RawAlert {
        /// Its words.
        text: String,
        /// Where it leads.
        link: String,
        /// From when it is shown.
        from: String,
        /// The last day, or a moment.
        until: String,
    }

    /// A picket sign.
    struct RawSign {
        /// What it says. Required.
        text: String,
        /// Where its QR code leads: a slug, an address of the site, or a URL. Without it, the home page.
        link: String,
    }

    /// An entry of the menu.
    struct RawMenuEntry {
        /// Its words; without them, the title of what it leads to.
        label: String,
        /// Where it leads: a slug, statements, locations, timelines, events, or a URL.
        to: String,
    }

    /// What is said of a picture in another language.
    struct RawMediaWords {
        /// What it shows.
        alt: String,
        /// Who made it.
        credit: String,
        /// What to say about it.
        caption: String,
    }
}

/// What is said of a picture once for all, with texts in other languages below their codes.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::parse) struct RawMedia {
    /// What it shows, for those who cannot see it.
    pub(in crate::parse) alt: Option<String>,
    /// Who made it.
    pub(in crate::parse) credit: Option<String>,
    /// What to say about it.
    pub(in crate::parse) caption: Option<String>,
    #[serde(flatten)]
    pub(in crate::parse) languages: BTreeMap<String, RawMediaWords>,
}
