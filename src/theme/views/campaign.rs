//! What every page may show of the campaign: `campaign`, `language`, `menu`, `assets`, `feeds`.

use tera::value::Key;
use tera::{Map, Value};

use super::value::{list, record, text};
use super::{Scene, Shared, dates, links};
use crate::base::{OutPath, integrity};
use crate::model::{LanguageId, MenuLabel, Union};
use crate::theme::rfc3339;

impl Scene<'_> {
    /// `campaign`.
    pub(in crate::theme) fn campaign_value(&self) -> Value {
        self.shared(Shared::Campaign, || self.make_campaign())
    }

    fn make_campaign(&self) -> Value {
        let (campaign, texts) = (self.campaign, self.texts);
        let (_, record_only) = self.reader.phase();
        let year = || self.reader.clock().year(&campaign.zone);
        let zone = record([
            ("name", campaign.zone_name.as_str().into()),
            ("label", self.words.zone_label(&campaign.zone_name, &campaign.zone, year).into()),
        ]);
        let alerts = texts.alerts.iter().map(|alert| {
            let url = alert.to.as_ref().map(|to| self.destination(to));
            let external = url.as_deref().is_some_and(|url| url.starts_with("http"));
            record([
                ("text", alert.text.as_str().into()),
                ("url", text(url.as_deref())),
                ("external", external.into()),
            ])
        });
        let action =
            texts.action.as_ref().map(|action| links::link(&action.label, &self.destination(&action.to)));
        let employers = texts.employers.iter().map(|employer| {
            record([("name", employer.name.as_str().into()), ("short", text(employer.short.as_deref()))])
        });
        record([
            ("title", texts.title.as_str().into()),
            ("tagline", text(texts.tagline.as_deref())),
            ("url", campaign.base.absolute(&campaign.language_prefix(self.language)).into()),
            ("unions", list(texts.unions.iter().map(|union| self.union(union)))),
            ("employers", list(employers)),
            ("press", texts.press.as_ref().map(links::contact).into()),
            ("spokespeople", list(texts.spokespeople.iter().map(links::contact))),
            ("phase", self.phase()),
            ("record", record_only.into()),
            ("policy", self.campaign.policy().into()),
            ("action", action.into()),
            ("alerts", list(alerts)),
            ("time_zone", zone),
            ("as_of", dates::moment(self.words, self.reader.stamp(), &campaign.zone)),
            ("logo", self.picture_or_none(campaign.theme.logo.as_ref())),
        ])
    }

    fn union(&self, union: &Union) -> Value {
        record([
            ("name", union.name.as_str().into()),
            ("short", text(union.short.as_deref())),
            ("local", text(union.local.as_deref())),
            ("url", text(union.url.as_deref())),
            ("about", text(union.about.as_deref())),
            ("logo", self.picture_or_none(union.logo.as_ref())),
        ])
    }

    /// The phase that holds; while pickets stand, with the number of its day. A record counts no days.
    fn phase(&self) -> Value {
        let (Some(phase), record_only) = self.reader.phase() else { return Value::none() };
        let days =
            || dates::between(phase.from.first().date(), self.reader.clock().today(&self.campaign.zone));
        let since = (!record_only).then(days);
        let day = since.map(|since| since + 1).filter(|_| phase.name.pickets());
        let name = phase.name.word();
        record([
            ("name", name.into()),
            ("label", self.words.get(&format!("phase_{name}")).into()),
            ("since", dates::when(self.words, phase.from, None).0),
            ("day", day.into()),
            ("ago", since.map(|since| self.words.ago(-since)).into()),
            ("days", since.map(|since| -since).into()),
        ])
    }

    /// `notices`: the changes of plan that are not over, the earliest first.
    pub(in crate::theme) fn notices(&self) -> Value {
        self.shared(Shared::Notices, || {
            let clock = self.reader.clock();
            let all = self.reader.notices(self.language).iter();
            let current = all.filter(|notice| !clock.has_come(notice.until));
            list(current.map(|notice| {
                let told = self.words.notice(notice, false);
                record([
                    ("title", told.title.into()),
                    ("now", told.now.into()),
                    ("note", text(notice.note.as_deref())),
                    ("url", self.url(&notice.page).into()),
                    ("until_iso", rfc3339(notice.until, &self.campaign.zone).into()),
                ])
            }))
        })
    }

    /// `language`.
    pub(in crate::theme) fn language_value(&self) -> Value {
        self.shared(Shared::Language, || {
            record([
                ("code", self.words.code().into()),
                ("name", self.words.name().into()),
                ("direction", self.words.direction().into()),
                ("home", self.home(self.language).into()),
            ])
        })
    }

    /// `menu`.
    pub(in crate::theme) fn menu(&self) -> Value {
        self.shared(Shared::Menu, || {
            list(self.texts.menu.iter().map(|entry| {
                let label = match &entry.label {
                    MenuLabel::Text(text) => text,
                    MenuLabel::Word(word) => self.words.get(word),
                };
                links::link(label, &self.destination(&entry.to))
            }))
        })
    }

    /// `assets`: the theme's files by name, and those of the site's `static/` that templates look up.
    pub(in crate::theme) fn assets(&self) -> Value {
        self.shared(Shared::Assets, || {
            let own = self.theme.0.looked_up.iter().filter_map(|name| {
                let out = OutPath::new(name)?;
                self.reader.static_file(&out)?;
                Some((name.as_str(), self.url(&out)))
            });
            let assets = self.reader.assets().iter();
            let all = assets.map(|asset| (asset.name.as_str(), self.url(&asset.out))).chain(own);
            let map: Map = all.map(|(name, url)| (Key::from(name.to_owned()), Value::from(url))).collect();
            Value::from(map)
        })
    }

    /// `integrity`: what a browser checks the theme's files against, by name (Subresource Integrity).
    pub(in crate::theme) fn integrity(&self) -> Value {
        self.shared(Shared::Integrity, || {
            let assets = self.reader.assets().iter();
            let all = assets.map(|asset| (asset.name.clone(), integrity(&asset.bytes)));
            let map: Map = all.map(|(name, digest)| (Key::from(name), Value::from(digest))).collect();
            Value::from(map)
        })
    }

    /// `feeds`.
    pub(in crate::theme) fn feeds(&self) -> Value {
        self.shared(Shared::Feeds, || {
            let addresses = self.views.feeds.get(self.language.index());
            let address = |index: usize| addresses.map_or("", |addresses| addresses[index].as_str());
            let url = |index: usize| Value::from(self.campaign.base.local(address(index)));
            let calendar = links::calendar(&self.campaign.base, address(3));
            record([("atom", url(0)), ("json", url(1)), ("manifest", url(2)), ("calendar", calendar)])
        })
    }

    /// A language's tag.
    pub(super) fn code(&self, language: LanguageId) -> &str {
        self.campaign.languages.get(language.index()).map_or("", |tag| tag.as_str())
    }
}
