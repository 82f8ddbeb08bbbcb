//! A plan as calendars repeat it: each shift and event as a rule (RFC 5545 §3.3.10) and the days that differ from it.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::lines::utc;
use crate::base::Slug;
use crate::model::{
    DateRange, Days, Gathering, Hours, Occurrence, OccurrenceKind, OccurrenceStatus, Plan, Shift, ShiftHours,
    WeekdaySet,
};

/// More days than these left out in a row end a rule, and another begins after them.
const MOST_LEFT_OUT: usize = 7;

/// A shift or an event on the days on which one rule has it.
#[derive(Debug)]
pub(super) struct Series<'a> {
    /// What tells it from the others of its document. It does not depend on hours, on words or on changes, so that
    /// what somebody has in their calendar is brought up to date and not doubled.
    pub(super) key: String,
    /// The days, in order of the plan; at least one.
    pub(super) days: Vec<&'a Occurrence>,
    /// How it repeats; `None` for a single day.
    pub(super) rule: Option<Rule>,
}

/// How a series repeats.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) pattern: WeekdaySet,
    /// The civil moments at which the plan has its days.
    pub(super) first: DateTime,
    /// How long each lasts; `None` where no end is known.
    pub(super) length: Option<SignedDuration>,
    /// The instant of its last day; `None` for a rule without an end.
    pub(super) until: Option<Timestamp>,
    /// The days that the pattern has and the plan has not.
    pub(super) except: Vec<DateTime>,
}

/// What a series is made of: the days of a shift or an event that follow one pattern.
struct Line<'a> {
    key: String,
    hours: &'a ShiftHours,
    pattern: WeekdaySet,
    /// Whether no end is known.
    open: bool,
    days: Vec<&'a Occurrence>,
}

/// The days on which the clocks of a zone may be changed while a plan lasts, and those just before and after.
struct Turns(Vec<DateRange>);

impl Turns {
    fn of(plan: &Plan, zone: &TimeZone) -> Turns {
        let days = plan.occurrences.iter().map(|one| one.planned);
        let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return Turns(Vec::new()) };
        let shifted = |day: Date, days: i64| day.saturating_add(days.days());
        // A day of a plan lasts into the next but one at most, and clocks are a day away from UTC at most.
        let instant = |day: Date| Offset::UTC.to_timestamp(day.to_datetime(Time::midnight()));
        let (from, to) = (instant(shifted(first, -3)), instant(shifted(last, 5)));
        let from = from.unwrap_or(Timestamp::MIN);
        let until = to.unwrap_or(Timestamp::MAX);
        let turns = zone.following(from).map(|turn| turn.timestamp()).take_while(|turn| *turn <= until);
        let turns = turns.map(|turn| Offset::UTC.to_datetime(turn).date());
        Turns(turns.map(|day| DateRange { first: shifted(day, -5), last: shifted(day, 3) }).collect())
    }

    /// Whether clocks may be changed on a day of the plan: where not, each of its clock times is there, and once.
    fn may_touch(&self, day: Date) -> bool {
        self.0.iter().any(|days| days.contains(day))
    }
}

/// The series of a location's plan. What has words in place of hours is in no calendar.
pub(super) fn of_plan<'a>(plan: &'a Plan, zone: &TimeZone) -> Vec<Series<'a>> {
    let shifts = plan.shifts.iter().enumerate().flat_map(|(line, shift)| lines_of_shift(plan, line, shift));
    let events = plan.events.iter().enumerate().map(|(line, event)| line_of_event(plan, line, event));
    split(shifts.chain(events), plan, zone)
}

/// The series of an event with a page of its own.
pub(super) fn of_event<'a>(plan: &'a Plan, gathering: &'a Gathering, zone: &TimeZone) -> Vec<Series<'a>> {
    let line = Line { key: "event".to_owned(), ..line_of_event(plan, 0, gathering) };
    split([line].into_iter(), plan, zone)
}

fn planned(plan: &Plan, kind: OccurrenceKind, line: usize) -> impl Iterator<Item = &Occurrence> {
    plan.occurrences.iter().filter(move |one| one.kind == kind && one.line == line && one.origin.is_none())
}

fn lines_of_shift<'a>(plan: &'a Plan, line: usize, shift: &'a Shift) -> Vec<Line<'a>> {
    let days = |within: &dyn Fn(Date) -> bool| {
        planned(plan, OccurrenceKind::Shift, line).filter(|one| within(one.planned)).collect()
    };
    let weekly = |name: String, pattern: WeekdaySet| {
        let since = shift.from.map_or_else(String::new, |from| format!("-from-{}", from.first().date()));
        Line {
            key: format!("{name}{since}"),
            hours: &shift.hours,
            pattern,
            open: plan.ends.is_none() && shift.to.is_none(),
            days: days(&|_| true),
        }
    };
    match &shift.days {
        Days::Every => vec![weekly("daily".to_owned(), WeekdaySet::ALL)],
        Days::Weekdays(set) => {
            let names: Vec<&str> = set.iter().map(weekday).collect();
            vec![weekly(names.join("-").to_lowercase(), *set)]
        }
        Days::Dates(ranges) => {
            // A day that two ranges name stands in the first of them.
            let earlier = |index: usize, day| ranges.iter().take(index).any(|other| other.contains(day));
            let of = |(index, range): (usize, &DateRange)| Line {
                key: range.first.to_string(),
                hours: &shift.hours,
                pattern: WeekdaySet::ALL,
                open: false,
                days: days(&|day| range.contains(day) && !earlier(index, day)),
            };
            ranges.iter().enumerate().map(of).collect()
        }
    }
}

fn line_of_event<'a>(plan: &'a Plan, line: usize, event: &'a Gathering) -> Line<'a> {
    let name = Slug::make(&event.title, false).map_or_else(|| "event".to_owned(), |slug| slug.to_string());
    Line {
        key: format!("event-{name}"),
        hours: &event.hours,
        pattern: WeekdaySet::ALL,
        open: false,
        days: planned(plan, OccurrenceKind::Event, line).collect(),
    }
}

/// Cuts lines into series, and numbers those that would have one key.
fn split<'a>(lines: impl Iterator<Item = Line<'a>>, plan: &Plan, zone: &TimeZone) -> Vec<Series<'a>> {
    let turns = Turns::of(plan, zone);
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for mut line in lines {
        let number = used.entry(line.key.clone()).or_default();
        *number += 1;
        if *number > 1 {
            line.key = format!("{}-{number}", line.key);
        }
        if !matches!(line.hours, ShiftHours::Note(_)) {
            line.days.sort_by_key(|one| one.planned);
            all.extend(line.series(zone, &turns));
        }
    }
    all
}

impl<'a> Line<'a> {
    fn series(&self, zone: &TimeZone, turns: &Turns) -> Vec<Series<'a>> {
        let repeats = |day: Date| !turns.may_touch(day) || self.repeats(day, zone);
        let (odd, even): (Vec<&Occurrence>, Vec<&Occurrence>) =
            self.days.iter().copied().partition(|one| !repeats(one.planned));
        let alone = |one: &'a Occurrence| Series {
            key: format!("{}-{}", self.key, one.planned),
            days: vec![one],
            rule: None,
        };
        let mut all: Vec<Series<'a>> = odd.into_iter().map(alone).collect();
        let runs: Vec<&[&Occurrence]> =
            even.chunk_by(|a, b| self.between(a.planned, b.planned).len() <= MOST_LEFT_OUT).collect();
        for (index, run) in runs.iter().enumerate() {
            let (Some(first), open) = (run.first(), self.open && index + 1 == runs.len()) else { continue };
            let key = match index {
                0 => self.key.clone(),
                _ => format!("{}-{}", self.key, first.planned),
            };
            let rule = (run.len() > 1 || open).then(|| self.rule(run, open, zone)).flatten();
            match rule {
                None if run.len() > 1 => all.extend(run.iter().copied().map(alone)),
                rule => all.push(Series { key, days: run.to_vec(), rule }),
            }
        }
        all
    }

    /// Whether a day is like any other: its clock times exist, and it is as long as its hours say. On a night on which
    /// the clocks change, calendars disagree about what a rule means, so that such a day stands for itself.
    fn repeats(&self, day: Date, zone: &TimeZone) -> bool {
        let Some((start, length)) = nominal(self.hours) else { return true };
        let civil = day.to_datetime(start);
        let there = |civil: DateTime| {
            let instant = zone.to_timestamp(civil).ok()?;
            (zone.to_datetime(instant) == civil).then_some(instant)
        };
        let Some(from) = there(civil) else { return false };
        let Some(length) = length else { return true };
        civil.checked_add(length).ok().and_then(there).is_some_and(|to| to.duration_since(from) == length)
    }

    fn rule(&self, run: &[&Occurrence], open: bool, zone: &TimeZone) -> Option<Rule> {
        let (start, length) = nominal(self.hours)?;
        let at = |day: Date| day.to_datetime(start);
        let (first, last) = (run.first()?.planned, run.last()?.planned);
        let gaps = run.windows(2).flat_map(|pair| self.between(pair[0].planned, pair[1].planned));
        let until = if open { None } else { Some(zone.to_timestamp(at(last)).ok()?) };
        Some(Rule { pattern: self.pattern, first: at(first), length, until, except: gaps.map(at).collect() })
    }

    /// The days of the pattern between two days, as far as it counts how many they are.
    fn between(&self, first: Date, last: Date) -> Vec<Date> {
        let (mut day, mut weekday) = (first, first.weekday());
        let inner = std::iter::from_fn(|| {
            // To go on by one is cheaper than to ask each day for its place in the week.
            (day, weekday) = (day.tomorrow().ok()?, weekday.next());
            (day < last).then_some((day, weekday))
        });
        let of_pattern = inner.filter(|(_, weekday)| self.pattern.contains(*weekday));
        of_pattern.map(|(day, _)| day).take(MOST_LEFT_OUT + 1).collect()
    }
}

/// The clock time at which hours begin, and how long they last by the clock. `None` where no beginning is known.
fn nominal(hours: &ShiftHours) -> Option<(Time, Option<SignedDuration>)> {
    let ShiftHours::Known(known) = hours else { return None };
    match known {
        Hours::Span { start, .. } => {
            Some((*start, known.minutes().map(|minutes| SignedDuration::from_mins(i64::from(minutes)))))
        }
        Hours::AllDay => Some((Time::midnight(), Some(SignedDuration::from_hours(24)))),
        Hours::From(time) | Hours::At(time) => Some((*time, None)),
        Hours::Until(_) => None,
    }
}

impl Rule {
    /// Whether an occurrence is as the rule has it.
    pub(super) fn has(&self, one: &Occurrence, zone: &TimeZone) -> bool {
        let start = self.start(one.planned);
        let instant = zone.to_timestamp(start).ok();
        let end = instant.zip(self.length).and_then(|(from, length)| from.checked_add(length).ok());
        one.status == OccurrenceStatus::Planned && (one.start, one.end) == (instant, end)
    }

    /// The civil moment at which the rule has a day.
    pub(super) fn start(&self, day: Date) -> DateTime {
        day.to_datetime(self.first.time())
    }

    /// The value of `RRULE`.
    pub(super) fn text(&self) -> String {
        let mut text = match self.pattern == WeekdaySet::ALL {
            true => "FREQ=DAILY".to_owned(),
            false => {
                let days: Vec<String> = self.pattern.iter().map(|day| weekday(day)[..2].to_owned()).collect();
                format!("FREQ=WEEKLY;BYDAY={}", days.join(","))
            }
        };
        if let Some(until) = self.until {
            text.extend([";UNTIL=", &utc(until)]);
        }
        text
    }
}

fn weekday(day: jiff::civil::Weekday) -> &'static str {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    match day {
        Monday => "MON",
        Tuesday => "TUE",
        Wednesday => "WED",
        Thursday => "THU",
        Friday => "FRI",
        Saturday => "SAT",
        Sunday => "SUN",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn occurrence(day: Date) -> Occurrence {
        Occurrence {
            date: day,
            hours: ShiftHours::Open,
            start: None,
            end: None,
            over: Timestamp::UNIX_EPOCH,
            title: None,
            kind: OccurrenceKind::Shift,
            status: OccurrenceStatus::Planned,
            note: None,
            speakers: std::sync::Arc::default(),
            line: 0,
            planned: day,
            at: None,
            origin: None,
            revision: 0,
        }
    }

    #[test]
    fn days_that_clocks_cannot_touch_are_like_any_other() {
        let night = |start: i8| Hours::Span {
            start: time(start, 30, 0, 0),
            end: time(start, 15, 0, 0),
            next_day: true,
        };
        let all = [night(0), night(2), night(23), Hours::AllDay, Hours::At(time(1, 59, 0, 0))];
        let mut touched = 0;
        // In the last one a whole day was left out, the 30th of December.
        for (name, year) in [
            ("America/New_York", 2025),
            ("Australia/Lord_Howe", 2026),
            ("Europe/Copenhagen", 2040),
            ("Pacific/Apia", 2011),
        ] {
            let zone = TimeZone::get(name).unwrap();
            let year = DateRange { first: date(year, 1, 1), last: date(year, 12, 31) };
            let plan = Plan { occurrences: year.days().map(occurrence).collect(), ..Plan::default() };
            let turns = Turns::of(&plan, &zone);
            for hours in all.map(ShiftHours::Known) {
                let (key, pattern, days) = (String::new(), WeekdaySet::ALL, Vec::new());
                let line = Line { key, hours: &hours, pattern, open: false, days };
                for day in year.days() {
                    let repeats = line.repeats(day, &zone);
                    assert!(repeats || turns.may_touch(day), "{name} {day} {hours:?}");
                    touched += usize::from(!repeats);
                }
            }
        }
        assert!(touched > 30, "{touched}");
    }
}
