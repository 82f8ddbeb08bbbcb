//! `VEVENT` components (RFC 5545 §3.6.1): the series of a document's plan, and the days that differ.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::lines::{Lines, quoted, utc};
use super::places::Spot;
use super::series::{self, Rule, Series};
use super::zones::Zones;
use crate::base::DocId;
use crate::model::{Card, Details, Occurrence, OccurrenceStatus, ShiftHours, When};
use crate::output::json::degrees;
use crate::output::view::View;

/// A component, and what the calendar that holds it has to know.
pub(super) struct Entry {
    pub(super) lines: Lines,
    /// The location to which it moved.
    pub(super) moved_to: Option<DocId>,
    zones: Zones,
}

impl Entry {
    /// The zones that it names.
    pub(super) fn zones(&self) -> &Zones {
        &self.zones
    }
}

/// The entries of a document's plan; none for a kind without one.
pub(super) fn of_document(card: &Card, view: &View<'_>) -> Vec<Entry> {
    let plan = view.reader.plan(card.id);
    let Some(spot) = Spot::of_document(card, view) else { return Vec::new() };
    let all = match &card.details {
        Details::Event(event) => series::of_event(plan, &event.gathering, &spot.zone),
        _ => series::of_plan(plan, &spot.zone),
    };
    let teller = Teller { card, view, spot: &spot };
    all.iter().flat_map(|series| teller.series(series)).collect()
}

struct Teller<'a> {
    card: &'a Card,
    view: &'a View<'a>,
    spot: &'a Spot,
}

impl Teller<'_> {
    fn series(&self, series: &Series<'_>) -> Vec<Entry> {
        let Some(rule) = &series.rule else {
            return series.days.iter().map(|one| self.day(series, one, None)).collect();
        };
        let differ = series.days.iter().filter(|one| !rule.has(one, &self.spot.zone));
        let differ = differ.map(|one| self.day(series, one, Some(rule)));
        series.days.first().map(|first| self.whole(series, first, rule)).into_iter().chain(differ).collect()
    }

    /// All the days of a rule.
    fn whole(&self, series: &Series<'_>, first: &Occurrence, rule: &Rule) -> Entry {
        let spot = self.spot;
        let mut zones = Zones::default();
        let instant = spot.zone.to_timestamp(rule.first).unwrap_or(first.over);
        match rule.until {
            Some(until) => [instant, until + SignedDuration::from_hours(48)]
                .iter()
                .for_each(|at| zones.need(&spot.zone_name, &spot.zone, *at)),
            None => zones.need_from(
                &spot.zone_name,
                &spot.zone,
                series.days.last().map_or(instant, |one| one.over),
            ),
        }
        zones.need(&spot.zone_name, &spot.zone, instant);
        let lines = self.component(series, |lines| {
            lines.zoned("DTSTART", &spot.zone_name, [rule.first]);
            if let Some(end) = rule.length.and_then(|length| rule.first.checked_add(length).ok()) {
                lines.zoned("DTEND", &spot.zone_name, [end]);
            }
            lines.raw("RRULE", &rule.text());
            if !rule.except.is_empty() {
                lines.zoned("EXDATE", &spot.zone_name, rule.except.iter().copied());
            }
            let planned = Occurrence { note: None, status: OccurrenceStatus::Planned, ..first.clone() };
            self.texts(lines, &planned, spot, 0);
        });
        Entry { lines, moved_to: None, zones }
    }

    /// One day: by itself, or in place of the one that a rule has.
    fn day(&self, series: &Series<'_>, planned: &Occurrence, rule: Option<&Rule>) -> Entry {
        let (now, target) = self.now(planned);
        let moved =
            target.and_then(|id| Some((id, Spot::of_document(self.view.reader.card(id)?, self.view)?)));
        let (moved_to, moved) = moved.map_or((None, None), |(id, spot)| (Some(id), Some(spot)));
        let spot = moved.map(|other| if self.spot.is_event { self.spot.at(other) } else { other });
        let spot = spot.as_ref().unwrap_or(self.spot);
        let mut zones = Zones::default();
        for at in [now.start, now.end].into_iter().flatten() {
            zones.need(&spot.zone_name, &spot.zone, at);
        }
        let lines = self.component(series, |lines| {
            if let Some(rule) = rule {
                let id = rule.start(planned.planned);
                lines.zoned("RECURRENCE-ID", &self.spot.zone_name, [id]);
                let at = self.spot.zone.to_timestamp(id).unwrap_or(planned.over);
                zones.need(&self.spot.zone_name, &self.spot.zone, at);
            }
            times(lines, now, spot);
            self.texts(lines, now, spot, now.revision);
        });
        Entry { lines, moved_to, zones }
    }

    /// What became of an occurrence, and where it is, if not where it was. Changes may follow one another: it is where
    /// the last of them took it. What moved to nowhere is cancelled.
    fn now<'o>(&'o self, planned: &'o Occurrence) -> (&'o Occurrence, Option<DocId>) {
        if !moved(planned) {
            return (planned, planned.at);
        }
        let reader = self.view.reader;
        let version = |id| reader.version(id, self.view.language);
        let is_it = |one: &&Occurrence| {
            let of = |document| self.card.versions.contains(&Some(document));
            one.origin.as_ref().is_some_and(|was| of(was.document) && was.planned == planned.planned)
                && (one.kind, one.line) == (planned.kind, planned.line)
        };
        let arrived = |at: DocId| reader.plan(at).occurrences.iter().filter(is_it);
        if let Some(one) = arrived(self.card.id).find(|one| !moved(one)) {
            return (one, one.at.map(version));
        }
        let moves = [planned].into_iter().chain(arrived(self.card.id));
        let targets = moves.filter_map(|one| match one.status {
            OccurrenceStatus::Moved(target) => target.map(version),
            OccurrenceStatus::Planned | OccurrenceStatus::Cancelled => None,
        });
        let mut there =
            targets.filter_map(|target| Some((arrived(target).find(|one| !moved(one))?, Some(target))));
        there.next().unwrap_or((planned, None))
    }

    fn component(&self, series: &Series<'_>, inside: impl FnOnce(&mut Lines)) -> Lines {
        let mut lines = Lines::default();
        lines.component("VEVENT", |lines| {
            lines.raw("UID", &self.uid(&series.key));
            inside(lines);
        });
        lines
    }

    /// An identifier that stays (RFC 7986 §5.3): the page's address, the series' key, the host. A document that stands
    /// in for a missing translation has other words there, and so is another event.
    fn uid(&self, key: &str) -> String {
        let (view, card) = (self.view, self.card);
        let page = view.campaign.base.local(&card.route.address());
        let page = page.trim_matches('/').replace('/', "-");
        let lent = if card.language == view.language {
            String::new()
        } else {
            format!("-{}", view.tag(view.language))
        };
        format!("{page}-{key}{lent}@{}", view.campaign.base.host())
    }

    /// What is said of an occurrence at a place.
    fn texts(&self, lines: &mut Lines, one: &Occurrence, spot: &Spot, revision: u32) {
        let view = self.view;
        let gone = one.status != OccurrenceStatus::Planned;
        lines.raw("DTSTAMP", &utc(self.stamp((revision > 0).then_some(one.date))));
        lines.raw("SEQUENCE", &revision.to_string());
        lines.text("SUMMARY", &self.summary(one, spot, gone));
        lines.text("DESCRIPTION", &self.description(one, spot));
        lines.text("LOCATION", &spot.line(view));
        if let Some(place) = spot.coordinates {
            let (latitude, longitude) = degrees(place);
            lines.raw("GEO", &format!("{latitude};{longitude}"));
        }
        lines.raw("URL", &spot.page);
        lines.text("CATEGORIES", &spot.label);
        lines.raw("STATUS", if gone { "CANCELLED" } else { "CONFIRMED" });
        lines.raw("TRANSP", if one.start.is_some() && !gone { "OPAQUE" } else { "TRANSPARENT" });
        self.organizer(lines);
    }

    /// The first union, by its site: the address of a person is nobody's business here.
    fn organizer(&self, lines: &mut Lines) {
        let texts = self.view.texts;
        let union = texts.unions.first();
        let name = union.map_or(&texts.title, |union| &union.name);
        let url = union.and_then(|union| union.url.clone()).unwrap_or_else(|| self.view.home());
        lines.raw(&format!("ORGANIZER;CN={}", quoted(name)), &crate::base::url::encode_url(&url));
    }

    fn summary(&self, one: &Occurrence, spot: &Spot, gone: bool) -> String {
        let title = one.title.as_deref().unwrap_or(&self.spot.label);
        let named = match &spot.name {
            Some(name) if !self.spot.is_event => format!("{title}: {name}"),
            _ => title.to_owned(),
        };
        let vague = one.start.is_none() && !gone;
        let hours = if vague { format!(" ({})", self.view.hours(one)) } else { String::new() };
        let cancelled = if gone { format!("{}: ", self.view.word("cancelled")) } else { String::new() };
        format!("{cancelled}{named}{hours}")
    }

    fn description(&self, one: &Occurrence, spot: &Spot) -> String {
        let known = matches!(&one.hours, ShiftHours::Known(_)) && one.end.is_some() && one.start.is_some();
        let hours = (!known).then(|| self.view.hours(one));
        let speakers: Vec<&str> = one.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
        let speakers = (!speakers.is_empty())
            .then(|| format!("{}: {}", self.view.word("speakers"), speakers.join(", ")));
        let note = one.note.as_deref().map(str::to_owned);
        let parts = note.into_iter().chain(hours).chain(speakers).chain(spot.practical.iter().cloned());
        parts.chain([spot.page.clone()]).collect::<Vec<_>>().join("\n")
    }

    /// When what is said was last revised, as far as the content tells: at the campaign's first phase, at the end of
    /// an embargo, at `updated:`, or on the eve of a day that changed. Never the moment of the build.
    fn stamp(&self, changed: Option<Date>) -> Timestamp {
        let zone = &self.view.campaign.zone;
        let midnight = |day: Date| When::Day(day).begins(zone);
        let phase = self.view.campaign.phases.first().map(|phase| phase.from.begins(zone));
        let eve = changed.map(|day| midnight(day.checked_sub(1.day()).unwrap_or(day)));
        let updated = self.card.updated.map(midnight);
        let known = [phase, self.card.published, updated, eve].into_iter().flatten();
        known.max().unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

fn moved(one: &Occurrence) -> bool {
    matches!(one.status, OccurrenceStatus::Moved(_))
}

/// When an occurrence is: from its start to its end, from its start on, or some time on its day.
fn times(lines: &mut Lines, one: &Occurrence, spot: &Spot) {
    let civil = |at: Timestamp| [spot.zone.to_datetime(at)];
    let Some(start) = one.start else {
        lines.raw("DTSTART;VALUE=DATE", &one.date.strftime("%Y%m%d").to_string());
        return;
    };
    lines.zoned("DTSTART", &spot.zone_name, civil(start));
    if let Some(end) = one.end.filter(|end| *end > start) {
        lines.zoned("DTEND", &spot.zone_name, civil(end));
    }
}
