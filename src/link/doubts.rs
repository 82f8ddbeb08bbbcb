//! What can be, and is surely not what was meant: an embargo of last year, a pin on the other side of the world.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::campaign::Frame;
use super::files::Files;
use super::names::{Found, Names};
use super::overlaps::overlaps;
use super::told::tell;
use crate::base::FieldPath;
use crate::diagnostics::{Finding, Place, finding};
use crate::model::{Coordinates, Days, Kind, LocationStatus, LocationType, Shift, When};
use crate::parse::{Doc, EventFields, Fields, LocationFields, StatementFields};

/// An embargo may end some weeks before the day of a statement, but not a year.
const LONGEST_LEAD: i32 = 60;
/// A statement may look back on the pickets of its week.
const LOOKING_BACK: i32 = 7;
/// How far a place may lie from the middle of its time zone: more than Spain and Argentina do, less than a wrong sign.
const FARTHEST: f64 = 36.0;

/// The doubts about a group, as its original gives rise to them, be it shown or still to come. Translations would only
/// repeat them.
pub(super) fn doubts(group: usize, files: &Files, names: &Names, frame: &Frame) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(doc) = original(group, files, names).filter(|doc| doc.common.draft != Some(true)) else {
        return findings;
    };
    let mut doubter = Doubter { doc, files, names, frame, findings: &mut findings };
    match &*doc.fields {
        Fields::Statement(fields) => doubter.statement(fields),
        Fields::Location(fields) => doubter.location(fields),
        Fields::Event(fields) => doubter.event(fields),
        Fields::Page | Fields::Timeline(_) => {}
    }
    findings
}

fn original<'a>(group: usize, files: &'a Files, names: &Names) -> Option<&'a Doc> {
    files.doc(names.groups().get(group)?.original).map(|doc| &**doc)
}

/// The last day of a shift; `None` where it goes on.
fn last_day(shift: &Shift, location: Option<When>) -> Option<Date> {
    match &shift.days {
        Days::Dates(ranges) => ranges.iter().map(|range| range.last).max(),
        Days::Every | Days::Weekdays(_) => shift.to.or(location).map(When::last_day),
    }
}

struct Doubter<'a> {
    doc: &'a Doc,
    files: &'a Files,
    names: &'a Names,
    frame: &'a Frame,
    findings: &'a mut Vec<Finding>,
}

impl Doubter<'_> {
    fn tell(&mut self, finding: Finding) {
        tell(self.findings, finding);
    }

    fn place(&self, field: FieldPath) -> Place {
        Place::field(&self.doc.file, field)
    }

    fn statement(&mut self, fields: &StatementFields) {
        let Some(date) = fields.date else { return };
        if let Some(publish) = self.doc.common.publish {
            let lead = days_between(publish.first().date(), date);
            if lead > LONGEST_LEAD {
                let place = self.place(FieldPath::of("publish"));
                let meant = in_year_of(publish, date).map(|meant| meant.to_string());
                self.tell(finding::embargo_long_ago(place, lead, meant.as_deref()));
            }
        }
        for (index, name) in fields.locations.iter().flatten().enumerate() {
            let Found::Group(group) = self.names.find(name, Some(Kind::Location)) else { continue };
            let Some(last) = self.picket_ends(group).filter(|_| self.pickets_on(date)) else { continue };
            if days_between(last, date) > LOOKING_BACK {
                let place = self.place(FieldPath::of("locations").index(index));
                self.tell(finding::shifts_are_over(place, name, &last.to_string()));
            }
        }
    }

    /// The last day of a picket's shifts; `None` where there is no end, or no shift.
    fn picket_ends(&self, group: usize) -> Option<Date> {
        let Fields::Location(fields) = &*original(group, self.files, self.names)?.fields else { return None };
        let active = fields.status.unwrap_or_default() == LocationStatus::Active;
        let picket = fields.kind.unwrap_or_default() == LocationType::Picket;
        let schedules = &self.files.campaign.schedules;
        let shared = fields.schedule.as_ref().and_then(|name| schedules.as_ref()?.get(name));
        let shifts = shared.into_iter().chain(&fields.shifts).flatten();
        let mut days: Vec<Date> = shifts.map(|shift| last_day(shift, fields.to)).collect::<Option<_>>()?;
        days.extend(fields.events.iter().flatten().map(|event| event.dates.last));
        days.into_iter().max().filter(|_| active && picket)
    }

    /// Whether pickets stand on a day; in a campaign without phases, nobody knows better.
    fn pickets_on(&self, day: Date) -> bool {
        let mut begun = self.frame.phases.iter().filter(|phase| phase.from.first().date() <= day);
        begun.next_back().map_or(self.frame.phases.is_empty(), |phase| phase.name.pickets())
    }

    fn location(&mut self, fields: &LocationFields) {
        let campaign = &self.files.campaign;
        let online = fields.kind == Some(LocationType::Online);
        self.address(
            &FieldPath::default(),
            fields.place.address.is_some(),
            fields.place.city.is_some() || online,
        );
        let zone = fields
            .zone
            .as_ref()
            .map_or((&self.frame.zone, &self.frame.zone_name), |(zone, name)| (zone, name));
        if let Some(coordinates) = fields.place.coordinates {
            let (zone, name) = (zone.0.clone(), zone.1.clone());
            self.coordinates(&FieldPath::of("coordinates"), coordinates, &zone, &name);
        }
        let shared = |name: &String| Some((name.clone(), campaign.schedules.as_ref()?.get(name)?));
        let mut shifts: Vec<(Place, &Shift)> = Vec::new();
        if let Some((name, shared)) = fields.schedule.as_ref().and_then(shared) {
            let at = |index| FieldPath::of("schedules").key(&name).index(index);
            let place = |index| Place::field(&campaign.file, at(index));
            shifts.extend(shared.iter().enumerate().map(|(index, shift)| (place(index), shift)));
        }
        let own = fields.shifts.iter().flatten().enumerate();
        shifts.extend(own.map(|(index, shift)| (self.place(FieldPath::of("shifts").index(index)), shift)));
        let frame = self.frame;
        let from = || fields.from.map_or_else(|| frame.clock.today(&frame.zone), |from| from.first().date());
        self.findings.extend(overlaps(&shifts, &from));
    }

    fn event(&mut self, fields: &EventFields) {
        let at = FieldPath::of("place");
        if let Some(place) = &fields.place {
            self.address(&at, place.address.is_some(), place.city.is_some());
            if let Some(coordinates) = place.coordinates {
                let (zone, name) = (self.frame.zone.clone(), self.frame.zone_name.clone());
                self.coordinates(&at.key("coordinates"), coordinates, &zone, &name);
            }
        }
        let (dates, publish) = (fields.dates, self.doc.common.publish);
        if dates.zip(publish).is_some_and(|(dates, publish)| dates.last < publish.first().date()) {
            let place = self.place(FieldPath::of("publish"));
            self.tell(finding::published_when_over(place));
        }
    }

    fn address(&mut self, at: &FieldPath, has_address: bool, has_city: bool) {
        if has_address && !has_city {
            let place = self.place(at.key("address"));
            self.tell(finding::address_without_city(place));
        }
    }

    /// A place that is far from where its time zone is: the sign of the longitude is missing, or the two are the wrong
    /// way round and happen to be possible.
    fn coordinates(&mut self, at: &FieldPath, typed: Coordinates, zone: &TimeZone, name: &str) {
        let Some(middle) = self.middle_of(zone, name) else { return };
        let fits = |place: &Coordinates| {
            let apart = (place.longitude() - middle).abs() % 360.0;
            apart.min(360.0 - apart) <= FARTHEST
        };
        if fits(&typed) {
            return;
        }
        let (latitude, longitude) = (typed.latitude(), typed.longitude());
        let swapped = Coordinates::new(longitude, latitude).filter(fits);
        let mirrored = Coordinates::new(latitude, -longitude).filter(fits);
        let meant = mirrored.or(swapped).map(|place| format!("{}, {}", place.latitude(), place.longitude()));
        let place = self.place(at.clone());
        self.tell(finding::coordinates_far_away(place, name, meant.as_deref()));
    }

    /// The longitude in the middle of a time zone in winter, when no country moves its clocks; none for UTC, which is
    /// nobody's.
    fn middle_of(&self, zone: &TimeZone, name: &str) -> Option<f64> {
        if !name.contains('/') || name.starts_with("Etc/") {
            return None;
        }
        let year = self.frame.clock.year(&self.frame.zone);
        let offset = |month| {
            let noon = Date::new(year, month, 1).ok()?.at(12, 0, 0, 0);
            Some(zone.to_zoned_datetime(noon).ok()?.offset().seconds())
        };
        let seconds = offset(1)?.min(offset(7)?);
        Some(f64::from(seconds) / 240.0)
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The same day and time in the year in which it lies near another day.
fn in_year_of(when: When, near: Date) -> Option<When> {
    let years = [near.year(), near.year() + 1, near.year() - 1];
    let moved = |year: i16| {
        Some(match when {
            When::Day(day) => When::Day(day.with().year(year).build().ok()?),
            When::Moment(moment) => When::Moment(moment.with().year(year).build().ok()?),
            When::Month(..) | When::Year(_) => return None,
        })
    };
    let near = |when: &When| days_between(when.first().date(), near).abs() <= LONGEST_LEAD;
    years.into_iter().filter_map(moved).find(near)
}
