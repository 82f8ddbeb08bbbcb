//! Changes of plan in words, for the bar on every page and for feeds; and how far away a day is.

use super::words::Words;
use crate::model::{ChangeStatus, DateRange, Notice};

/// More places than these are counted and not named.
const MOST_NAMED: usize = 3;

/// A change of plan in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What changes: “Cancelled: Fontana, Thursday, Oct 24”.
    pub title: String,
    /// What it becomes: “Now October 25, 7 a.m.–3 p.m., Anaheim”. `None` where it does not take place.
    pub now: Option<String>,
}

impl Words {
    /// A change of plan. `year` writes its day with the year, for where it may be read later.
    pub fn notice(&self, notice: &Notice, year: bool) -> Told {
        let key = match notice.status {
            ChangeStatus::Cancelled => "notice_cancelled",
            ChangeStatus::Moved => "notice_moved",
        };
        let date = self.days_of(notice.dates, year);
        let title = self.fill(key, &[("what", &self.what(notice)), ("date", &date)]);
        let day = notice.to_date.map(|day| self.days_of(DateRange::day(day), year));
        let hours = notice.hours.as_ref().map(|hours| self.hours(hours));
        let parts: Vec<String> = [day, hours, notice.to.clone()].into_iter().flatten().collect();
        let now = (!parts.is_empty()).then(|| self.fill("notice_now", &[("plan", &parts.join(", "))]));
        Told { title, now }
    }

    /// “in 3 days”, “tomorrow”, “24 days ago”.
    pub fn ago(&self, days: i64) -> String {
        let key = match days {
            -1 => "ago_yesterday",
            0 => "ago_today",
            1 => "ago_tomorrow",
            ..0 => "days_ago",
            _ => "in_days",
        };
        self.fill(key, &[("n", &days.abs().to_string())])
    }

    /// What changes, and where.
    fn what(&self, notice: &Notice) -> String {
        let places = match notice.places.len() {
            0 => self.get("everywhere").to_owned(),
            1..=MOST_NAMED => self.list(&notice.places),
            many => self.fill("n_places", &[("n", &many.to_string())]),
        };
        match &notice.title {
            Some(title) => format!("{title}, {places}"),
            None => places,
        }
    }

    fn days_of(&self, dates: DateRange, year: bool) -> String {
        match (dates.first == dates.last, year) {
            (true, true) => self.date_long(dates.first),
            (true, false) => {
                let values = [
                    ("weekday", self.weekday(dates.first.weekday())),
                    ("date", &self.date_short(dates.first)),
                ];
                self.fill("weekday_date", &values)
            }
            (false, _) => self.range(dates),
        }
    }
}
