//! What the home page says first: where to be on the next day on which anything is on.

use jiff::civil::Date;
use tera::Value;

use super::occurrence::{Spot, state_name};
use super::value::{list, record};
use super::{Scene, Shared};
use crate::base::DocId;
use crate::model::{Details, Kind, Occurrence, State};

/// An occurrence and the document that has it.
struct Candidate<'a> {
    id: DocId,
    occurrence: &'a Occurrence,
    state: State,
    /// On which day's board it stands: its own, but today's while it goes on.
    day: Date,
}

impl<'a> Scene<'a> {
    /// `next_up`.
    pub(in crate::theme) fn next_up(&self) -> Value {
        self.shared(Shared::NextUp, || self.make_next_up())
    }

    fn make_next_up(&self) -> Value {
        let all = self.candidates();
        let ahead = all.iter().filter(|one| one.state != State::Over).map(|one| one.day);
        let Some(day) = ahead.clone().min() else { return Value::none() };
        let mut of_day: Vec<&Candidate<'a>> = all.iter().filter(|one| one.day == day).collect();
        of_day.sort_by_key(|one| {
            let occurrence = one.occurrence;
            (one.state == State::Over, occurrence.start.is_none(), occurrence.start, occurrence.end)
        });
        let (_, today) = self.reader.moment();
        record([
            ("date", self.date(day)),
            ("is_today", (day == today).into()),
            ("groups", self.groups(&of_day)),
            ("later", ahead.clone().any(|other| other > day).into()),
        ])
    }

    /// Everything that happens, at every location and event of the language.
    fn candidates(&self) -> Vec<Candidate<'a>> {
        let kinds = [Kind::Location, Kind::Event];
        let ids = kinds.into_iter().flat_map(|kind| self.reader.of_kind(self.language, kind));
        let mut all = Vec::new();
        for id in ids.copied() {
            let Some(card) = self.card(id) else { continue };
            let spot = match &card.details {
                Details::Location(location) => Spot::of(self, location),
                Details::Event(event) => self.event_zone(event),
                _ => continue,
            };
            all.extend(self.reader.plan(id).occurrences.iter().map(|occurrence| {
                let state = spot.state(occurrence);
                let day = if state == State::Now { occurrence.date.max(spot.today) } else { occurrence.date };
                Candidate { id, occurrence, state, day }
            }));
        }
        all
    }

    /// Occurrences of a board that share their day, hours and title: the night that ends is not the one that begins.
    fn groups(&self, of_day: &[&Candidate<'a>]) -> Value {
        let mut groups: Vec<(Date, String, Value, State, Vec<Value>)> = Vec::new();
        for one in of_day {
            let date = one.occurrence.date;
            let hours = self.words.shift_hours(&one.occurrence.hours);
            let item = self.item(one);
            let title = item.get_from_path("title").cloned().unwrap_or_else(Value::none);
            match groups.iter_mut().find(|group| group.0 == date && group.1 == hours && group.2 == title) {
                Some(group) => {
                    group.3 = livelier(group.3, one.state);
                    group.4.push(item);
                }
                None => groups.push((date, hours, title, one.state, vec![item])),
            }
        }
        list(groups.into_iter().map(|(_, hours, title, state, items)| {
            record([
                ("hours", hours.into()),
                ("title", title),
                ("state", state_name(state).into()),
                ("items", list(items)),
            ])
        }))
    }

    fn item(&self, one: &Candidate<'a>) -> Value {
        match self.card(one.id).map(|card| (card, &card.details)) {
            Some((_, Details::Location(location))) => {
                let spot = Spot { location: self.full_card(one.id), ..Spot::of(self, location) };
                self.occurrence(one.occurrence, &spot)
            }
            Some((card, Details::Event(event))) => {
                let spot = self.event_spot(event, card, false);
                let title = one.occurrence.title.as_deref().unwrap_or(&card.title);
                super::value::with(&self.occurrence(one.occurrence, &spot), [("title", title.into())])
            }
            _ => Value::none(),
        }
    }
}

/// The state of a group: places in several zones may differ.
fn livelier(a: State, b: State) -> State {
    let rank = |state| match state {
        State::Now => 0,
        State::Today => 1,
        State::Later => 2,
        State::Over => 3,
    };
    if rank(a) <= rank(b) { a } else { b }
}
