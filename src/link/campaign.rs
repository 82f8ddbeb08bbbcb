//! The campaign as of the moment: its frame first, and its texts once all names are known.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::files::Files;
use super::merge::Shown;
use super::names::Found;
use super::overlay::{overlay_action, overlay_alert, overlay_contacts, overlay_employers, pick};
use super::references::Scope;
use super::told::{Notes, tell};
use super::{Inputs, cards};
use crate::base::url::BaseUrl;
use crate::base::{FieldPath, LanguageTag};
use crate::diagnostics::{Finding, Place, finding};
use crate::model::{
    Action, Alert, Beside, Campaign, Clock, Kind, LanguageId, Lists, MenuEntry, MenuLabel, Phase, PhaseName,
    Texts, ThemeSettings, Union, When,
};
use crate::parse::{ActionField, CampaignDoc, Doc, ImageField};

/// What everything else needs to know of the campaign.
pub(super) struct Frame {
    pub(super) base: BaseUrl,
    pub(super) zone: TimeZone,
    pub(super) zone_name: String,
    pub(super) languages: Vec<LanguageTag>,
    pub(super) phases: Vec<Phase>,
    /// What is not made beside pages.
    pub(super) left_out: Vec<Beside>,
    /// What can be asked of the moment.
    pub(super) clock: Clock,
    /// The campaign's title in each language: that of a home page that has none of its own.
    pub(super) titles: Vec<String>,
}

impl Frame {
    /// Whether something of this kind is made beside pages.
    pub(super) fn has(&self, beside: Beside) -> bool {
        !self.left_out.contains(&beside)
    }

    /// The phase that holds at the moment: the last that has begun.
    pub(super) fn phase(&self) -> Option<&Phase> {
        self.phases.iter().rev().find(|phase| self.clock.has_come(phase.from.begins(&self.zone)))
    }

    /// Whether all is settled, and the site a record.
    pub(super) fn is_record(&self) -> bool {
        self.phase().is_some_and(|phase| phase.name == PhaseName::Settled)
    }

    /// The same at another moment of its term.
    pub(super) fn at(&self, moment: Timestamp) -> Frame {
        Frame {
            base: self.base.clone(),
            zone: self.zone.clone(),
            zone_name: self.zone_name.clone(),
            languages: self.languages.clone(),
            phases: self.phases.clone(),
            left_out: self.left_out.clone(),
            clock: Clock::within(moment, self.clock.term()),
            titles: self.titles.clone(),
        }
    }

    /// What stands before every address of a language.
    pub(super) fn prefix(&self, language: LanguageId) -> String {
        match self.languages.get(language.index()) {
            Some(tag) if language.index() > 0 => format!("{tag}/"),
            _ => String::new(),
        }
    }

    /// All languages, the default one first.
    pub(super) fn language_ids(&self) -> impl Iterator<Item = LanguageId> + use<> {
        (0..self.languages.len()).map(LanguageId::new)
    }

    /// The number of a language, where the campaign has it.
    pub(super) fn language(&self, tag: &LanguageTag) -> Option<LanguageId> {
        self.languages.iter().position(|other| other == tag).map(LanguageId::new)
    }

    /// The language of what stands in a document's file.
    pub(super) fn language_of(&self, doc: &Doc) -> LanguageId {
        doc.language.as_ref().and_then(|tag| self.language(tag)).unwrap_or_default()
    }

    /// Whether a language is German, which makes other addresses of its letters.
    pub(super) fn is_german(&self, language: LanguageId) -> bool {
        self.languages.get(language.index()).is_some_and(LanguageTag::is_german)
    }

    /// With the campaign's title in each language.
    fn titled(self, files: &Files) -> Frame {
        let title = |language: &LanguageTag| {
            let other = files.translation(Some(language));
            pick(&files.campaign.title, other.map(|other| &other.title)).unwrap_or_default()
        };
        let titles = self.languages.iter().map(title).collect();
        Frame { titles, ..self }
    }
}

/// The theme that campaign.yaml asks for, known before anything is linked. Its logo comes later.
pub fn theme_settings(campaign: Option<&CampaignDoc>) -> ThemeSettings {
    let theme = campaign.and_then(|campaign| campaign.theme.as_ref());
    let name = theme.and_then(|theme| theme.name.clone()).unwrap_or_else(|| "picket".to_owned());
    ThemeSettings { name, accent: theme.and_then(|theme| theme.accent.clone()), logo: None }
}

pub(super) fn frame(files: &Files, inputs: &Inputs<'_>, findings: &mut Vec<Finding>) -> Frame {
    let campaign = &files.campaign;
    let mut missing = |key: &str, example: &str| {
        let place = Place::field(&campaign.file, FieldPath::of(key));
        tell(findings, finding::missing_field(place, key, example));
    };
    if campaign.title.is_none() {
        missing("title", "Care can't wait");
    }
    if campaign.unions.as_ref().is_none_or(|unions| unions.iter().any(|(union, _)| union.name.is_empty())) {
        missing("union", "{ name: National Union of Healthcare Workers, short: NUHW }");
    }
    let base = inputs.base.clone().or_else(|| campaign.base.clone());
    if base.is_none() {
        missing("base_url", "https://our-campaign.example/");
    }
    if campaign.zone.is_none() {
        missing("time_zone", "America/Los_Angeles");
    }
    let (zone, zone_name) = campaign.zone.clone().unwrap_or_else(|| (TimeZone::UTC, "UTC".to_owned()));
    let languages = campaign.languages.clone().unwrap_or_default();
    let english = LanguageTag::parse("en").into_iter().collect();
    Frame {
        base: base.unwrap_or_default(),
        zone,
        zone_name,
        languages: if languages.is_empty() { english } else { languages },
        phases: campaign.phases.clone().unwrap_or_default(),
        left_out: campaign.leave_out.clone().unwrap_or_default(),
        clock: Clock::new(inputs.moment),
        titles: Vec::new(),
    }
    .titled(files)
}

/// The whole campaign, with its texts in every language.
pub(super) fn campaign(
    files: &Files,
    shown: &Shown,
    scope: &Scope<'_>,
    lists: &[Lists],
    notes: &mut Notes,
) -> Campaign {
    let frame = scope.frame;
    for translation in &files.translations {
        let known = translation.language.as_ref().is_some_and(|tag| frame.language(tag).is_some());
        if let (false, Some(tag)) = (known, &translation.language) {
            tell(
                &mut notes.findings,
                finding::language_not_listed(Place::file(&translation.file), tag.as_str()),
            );
        }
    }
    let texts = frame.language_ids().map(|language| {
        let tag = frame.languages.get(language.index());
        let translation = files.translation(tag);
        let mut teller = Teller { shown, scope, language, notes };
        teller.texts(&files.campaign, translation, lists.get(language.index()))
    });
    let texts = texts.collect();
    let mut theme = theme_settings(Some(&files.campaign));
    let logo = files.campaign.theme.as_ref().and_then(|theme| theme.logo.as_ref());
    let mut teller = Teller { shown, scope, language: LanguageId::default(), notes };
    theme.logo =
        logo.and_then(|logo| teller.logo(&files.campaign, &FieldPath::of("theme").key("logo"), logo));
    Campaign {
        base: frame.base.clone(),
        zone: frame.zone.clone(),
        zone_name: frame.zone_name.clone(),
        languages: frame.languages.clone(),
        hosts: files.campaign.allowed_hosts.clone().unwrap_or_default(),
        theme,
        left_out: frame.left_out.clone(),
        card_fonts: cards::fonts(files, scope, &mut notes.findings),
        phases: frame.phases.clone(),
        texts,
    }
}

/// Puts together the texts of one language.
struct Teller<'a, 'f> {
    shown: &'a Shown,
    scope: &'a Scope<'a>,
    language: LanguageId,
    notes: &'f mut Notes,
}

impl Teller<'_, '_> {
    fn texts(&mut self, plain: &CampaignDoc, other: Option<&CampaignDoc>, lists: Option<&Lists>) -> Texts {
        let (clock, zone) = (&self.scope.frame.clock, &self.scope.frame.zone);
        let action = overlay_action(plain.action.as_ref(), other.and_then(|other| other.action.as_ref()));
        let current =
            action.filter(|action| action.until.is_none_or(|until| !clock.has_come(until.ends(zone))));
        let mut contacts =
            overlay_contacts(plain.press.as_ref(), other.and_then(|other| other.press.as_ref())).into_iter();
        Texts {
            title: pick(&plain.title, other.map(|other| &other.title)).unwrap_or_default(),
            tagline: pick(&plain.tagline, other.map(|other| &other.tagline)),
            unions: self.unions(plain, other),
            employers: overlay_employers(
                plain.employers.as_ref(),
                other.and_then(|other| other.employers.as_ref()),
            ),
            action: current.and_then(|action| self.action(plain, action)),
            alerts: self.alerts(plain, other),
            press: contacts.next(),
            spokespeople: contacts.collect(),
            menu: self.menu(plain, other, lists),
        }
    }

    fn action(&mut self, plain: &CampaignDoc, action: ActionField) -> Option<Action> {
        let at = FieldPath::of("action");
        let has_label = action.label.is_some();
        let (Some(label), Some(url)) = (action.label, action.url) else {
            let (key, example) = if has_label { ("url", "locations") } else { ("label", "Join the line") };
            let place = Place::field(&plain.file, at.key(key));
            tell(&mut self.notes.findings, finding::missing_field(place, key, example));
            return None;
        };
        let to = self.scope.destination(
            &Place::field(&plain.file, at.key("url")),
            &url,
            self.language,
            self.notes,
        )?;
        Some(Action { label, to })
    }

    fn alerts(&mut self, plain: &CampaignDoc, other: Option<&CampaignDoc>) -> Vec<Alert> {
        let frame = self.scope.frame;
        let alerts = plain.alerts.as_deref().unwrap_or_default();
        let others = other.and_then(|other| other.alerts.as_deref()).unwrap_or_default();
        let mut shown = Vec::new();
        for (index, plain_alert) in alerts.iter().enumerate() {
            let alert = overlay_alert(plain_alert, others.get(index));
            let begun = |from: When| frame.clock.has_come(from.begins(&frame.zone));
            let ended = |until: When| frame.clock.has_come(until.ends(&frame.zone));
            let holds = || alert.from.is_none_or(begun) && !alert.until.is_some_and(ended);
            let Some(text) = alert.text.clone().filter(|_| holds()) else { continue };
            let at = Place::field(&plain.file, FieldPath::of("alert").index(index).key("link"));
            let to =
                alert.link.and_then(|link| self.scope.destination(&at, &link, self.language, self.notes));
            shown.push(Alert { text, to });
        }
        shown
    }

    fn unions(&mut self, plain: &CampaignDoc, other: Option<&CampaignDoc>) -> Vec<Union> {
        let others = other.and_then(|other| other.unions.as_deref()).unwrap_or_default();
        let mut unions = Vec::new();
        for (index, (union, logo)) in plain.unions.iter().flatten().enumerate() {
            let other = others.get(index).map(|(union, _)| union);
            let at = FieldPath::of("union").index(index).key("logo");
            let logo = logo.as_ref().and_then(|logo| self.logo(plain, &at, logo));
            unions.push(Union {
                name: other
                    .map(|other| &other.name)
                    .filter(|name| !name.is_empty())
                    .unwrap_or(&union.name)
                    .clone(),
                short: pick(&union.short, other.map(|other| &other.short)),
                local: pick(&union.local, other.map(|other| &other.local)),
                url: pick(&union.url, other.map(|other| &other.url)),
                about: pick(&union.about, other.map(|other| &other.about)),
                logo,
            });
        }
        unions
    }

    /// A logo says the name of what it stands for, so it needs neither credit nor, where that is plain, a text.
    fn logo(
        &mut self,
        plain: &CampaignDoc,
        at: &FieldPath,
        logo: &ImageField,
    ) -> Option<crate::model::Picture> {
        let mut named = logo.clone();
        named.alt = named.alt.or_else(|| plain.title.clone());
        named.credit = named.credit.or_else(|| Some(String::new()));
        let place = Place::field(&plain.file, at.clone());
        self.scope.pictures.field(&plain.file, &place, &named, self.tag().as_deref(), self.notes)
    }

    fn tag(&self) -> Option<String> {
        self.scope.frame.languages.get(self.language.index()).map(ToString::to_string)
    }

    fn menu(
        &mut self,
        plain: &CampaignDoc,
        other: Option<&CampaignDoc>,
        lists: Option<&Lists>,
    ) -> Vec<MenuEntry> {
        let Some(menu) = &plain.menu else { return self.sensible_menu(lists) };
        let others = other.and_then(|other| other.menu.as_deref()).unwrap_or_default();
        let mut entries = Vec::new();
        for (index, (label, to)) in menu.iter().enumerate() {
            let Some(to) = to else { continue };
            let place = Place::field(&plain.file, FieldPath::of("menu").index(index).key("to"));
            // A translation says which line it means by where that leads, or else by its place.
            let same = others.iter().find(|(_, other)| other.as_ref() == Some(to));
            let other = same.or_else(|| others.get(index).filter(|(_, other)| other.is_none()));
            let label = pick(label, other.map(|(label, _)| label));
            let Some(destination) = self.scope.destination(&place, to, self.language, self.notes) else {
                continue;
            };
            let label = match label {
                Some(label) => MenuLabel::Text(label),
                None => self.label_of(to),
            };
            entries.push(MenuEntry { label, to: destination });
        }
        entries
    }

    /// The words for what a menu's line leads to, where it has none of its own.
    fn label_of(&self, to: &str) -> MenuLabel {
        if let Some(kind) = Kind::LISTED.into_iter().find(|kind| kind.folder() == to) {
            return MenuLabel::Word(kind.list_word());
        }
        let names = self.scope.names;
        let title = match names.find(to, None) {
            Found::Group(group) => names.version(group, self.language).map(|id| self.shown.title(id)),
            Found::Hidden(_) | Found::Ambiguous(_) | Found::Nothing => None,
        };
        MenuLabel::Text(title.unwrap_or_else(|| to.to_owned()))
    }

    /// Lists that have something in them, then the pages of the top folder.
    fn sensible_menu(&self, lists: Option<&Lists>) -> Vec<MenuEntry> {
        let frame = self.scope.frame;
        let filled =
            Kind::LISTED.into_iter().filter(|kind| lists.is_some_and(|lists| !lists.of(*kind).is_empty()));
        let list = |kind: Kind| MenuEntry {
            label: MenuLabel::Word(kind.list_word()),
            to: crate::model::Destination::Address(format!(
                "{}{}/",
                frame.prefix(self.language),
                kind.folder()
            )),
        };
        let mut menu: Vec<MenuEntry> = filled.map(list).collect();
        let pages = self.shown.all().iter().filter(|one| {
            one.kind() == Kind::Page && one.doc.folder.is_empty() && one.language == LanguageId::default()
        });
        for page in pages.take(6) {
            let id = self.scope.names.version(page.group, self.language).unwrap_or(page.id);
            let title = self.shown.title(id);
            menu.push(MenuEntry {
                label: MenuLabel::Text(title),
                to: crate::model::Destination::Document(id),
            });
        }
        menu
    }
}
