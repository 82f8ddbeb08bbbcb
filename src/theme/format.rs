//! How dates, hours and days read in a language: pure functions of its formats.

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

use super::words::{Words, fill};
use crate::base::stamp;
use crate::model::{DateRange, Days, Hours, ShiftHours, WeekdaySet, When};

impl Words {
    /// “Thursday, October 24, 2024”.
    pub fn date_long(&self, date: Date) -> String {
        self.date("date_long", date)
    }

    /// “October 24, 2024”.
    pub fn date_medium(&self, date: Date) -> String {
        self.date("date_medium", date)
    }

    /// “Oct 24”.
    pub fn date_short(&self, date: Date) -> String {
        self.date("date_short", date)
    }

    /// “October 2024”.
    pub fn month(&self, year: i16, month: i8) -> String {
        let values =
            [("month", named(&self.months, month)), ("month_short", named(&self.months_short, month))];
        fill(self.format("month"), &[values[0], values[1], ("year", &year.to_string())])
    }

    /// The name of a day of the week.
    pub fn weekday(&self, day: Weekday) -> &str {
        self.weekdays.get(weekday_index(day)).map_or("", String::as_str)
    }

    fn weekday_short(&self, day: Weekday) -> &str {
        self.weekdays_short.get(weekday_index(day)).map_or("", String::as_str)
    }

    /// A day by one of the formats for days.
    fn date(&self, format: &str, date: Date) -> String {
        let (day, year) = (date.day().to_string(), date.year().to_string());
        fill(
            self.format(format),
            &[
                ("weekday", self.weekday(date.weekday())),
                ("weekday_short", self.weekday_short(date.weekday())),
                ("month", named(&self.months, date.month())),
                ("month_short", named(&self.months_short, date.month())),
                ("day", &day),
                ("year", &year),
            ],
        )
    }

    /// “2023”, “October 2023”, “October 24, 2024”, or that with “, 5:40 a.m.”.
    pub fn when(&self, when: When) -> String {
        match when {
            When::Year(year) => year.to_string(),
            When::Month(year, month) => self.month(year, month),
            When::Day(day) => self.date_medium(day),
            When::Moment(moment) => {
                format!("{}, {}", self.date_medium(moment.date()), self.at(moment.time()))
            }
        }
    }

    /// “April 7–11, 2025”; a range of one day reads as that day.
    pub fn range(&self, range: DateRange) -> String {
        let (first, last) = (range.first, range.last);
        let format = if first == last {
            return self.date_medium(first);
        } else if (first.year(), first.month()) == (last.year(), last.month()) {
            "range_same_month"
        } else if first.year() == last.year() {
            "range_same_year"
        } else {
            "range"
        };
        let number = |number: i16| number.to_string();
        fill(
            self.format(format),
            &[
                ("day", &number(i16::from(first.day()))),
                ("month", named(&self.months, first.month())),
                ("year", &number(first.year())),
                ("day2", &number(i16::from(last.day()))),
                ("month2", named(&self.months, last.month())),
                ("year2", &number(last.year())),
            ],
        )
    }

    /// “6:30 a.m.”, “noon”, “18:30”: a clock time that stands among other words.
    pub fn clock(&self, time: Time) -> String {
        match self.named_time(time) {
            Some(name) => name.to_owned(),
            None if self.twelve() => self.time_12(time, self.meridiem(time)),
            None => self.time_24(time.hour(), time.minute()),
        }
    }

    /// A clock time on its own: “6:30 a.m.”, “18:30 Uhr”.
    pub fn at(&self, time: Time) -> String {
        fill(self.format("at"), &[("time", &self.clock(time))])
    }

    /// “6 a.m.–2 p.m.”, “1–3 p.m.”, “6:30 a.m.–noon”, “10 p.m.–6 a.m.”, “from 10 a.m.”, “round the clock”.
    pub fn hours(&self, hours: &Hours) -> String {
        match *hours {
            Hours::AllDay => self.get("all_day").to_owned(),
            Hours::From(time) => self.fill("from_hours", &[("time", &self.clock(time))]),
            Hours::Until(time) => self.fill("until_hours", &[("time", &self.clock(time))]),
            Hours::At(time) => self.at(time),
            Hours::Span { start, end, next_day } => self.span(start, end, next_day),
        }
    }

    fn span(&self, start: Time, end: Time, next_day: bool) -> String {
        let midnight = Time::midnight();
        if next_day && start == midnight && end == midnight {
            return self.get("all_day").to_owned();
        }
        let shared = self.twelve()
            && !next_day
            && (start.hour() < 12) == (end.hour() < 12)
            && self.named_time(start).is_none()
            && self.named_time(end).is_none()
            && self.format("time_12").ends_with("{meridiem}");
        let from = if shared { self.time_12(start, "") } else { self.clock(start) };
        let to =
            if next_day && end == midnight && !self.twelve() { self.time_24(24, 0) } else { self.clock(end) };
        fill(self.format("span"), &[("start", from.trim_end()), ("end", &to)])
    }

    /// What is known of a shift's hours: the hours, the words in their place, or “hours to be announced”.
    pub fn shift_hours(&self, hours: &ShiftHours) -> String {
        match hours {
            ShiftHours::Known(hours) => self.hours(hours),
            ShiftHours::Note(note) => note.clone(),
            ShiftHours::Open => self.get("hours_tba").to_owned(),
        }
    }

    /// “every day”, “Mon, Wed, Fri”, “Mon–Fri”, or dates.
    pub fn days(&self, days: &Days) -> String {
        match days {
            Days::Every => self.get("every_day").to_owned(),
            Days::Weekdays(set) => self.weekday_set(*set),
            Days::Dates(ranges) => match ranges.as_slice() {
                [one] if one.first == one.last => self.date_long(one.first),
                several => several.iter().map(|range| self.range(*range)).collect::<Vec<_>>().join("; "),
            },
        }
    }

    fn weekday_set(&self, set: WeekdaySet) -> String {
        let days: Vec<Weekday> = set.iter().collect();
        let name = |day: &Weekday| self.weekday_short(*day);
        match (days.first(), days.last()) {
            _ if days.len() == 7 => self.get("every_day").to_owned(),
            (Some(first), Some(last)) if days.len() > 2 && runs(&days) => {
                format!("{}–{}", name(first), name(last))
            }
            _ => days.iter().map(name).collect::<Vec<_>>().join(", "),
        }
    }

    /// Words in a row: “a, b and c”.
    pub fn list(&self, words: &[String]) -> String {
        match words.split_last() {
            Some((last, rest)) if !rest.is_empty() && !self.format("list_and").is_empty() => {
                format!("{} {} {last}", rest.join(", "), self.format("list_and"))
            }
            _ => words.join(", "),
        }
    }

    /// “Thursday, October 24, 2024, 5:40 a.m. PDT”.
    pub fn moment(&self, moment: Timestamp, zone: &TimeZone) -> String {
        let civil = zone.to_datetime(moment);
        fill(
            self.format("moment"),
            &[
                ("date", &self.date_long(civil.date())),
                ("time", &self.clock(civil.time())),
                ("zone", &abbreviation(zone, moment)),
            ],
        )
    }

    /// What a time zone is called all year round: the language file's name for it, else its abbreviations.
    /// It is asked for the `year` only where that counts.
    pub fn zone_label(&self, name: &str, zone: &TimeZone, year: impl FnOnce() -> i16) -> String {
        self.zones.get(name).cloned().unwrap_or_else(|| abbreviations(zone, year()))
    }

    fn twelve(&self) -> bool {
        self.format("clock") != "24"
    }

    /// The language's word for noon or midnight on a twelve-hour clock.
    fn named_time(&self, time: Time) -> Option<&str> {
        let key = match (time.hour(), time.minute()) {
            (0, 0) => "midnight",
            (12, 0) => "noon",
            _ => return None,
        };
        Some(self.format(key)).filter(|name| self.twelve() && !name.is_empty())
    }

    fn meridiem(&self, time: Time) -> &str {
        self.format(if time.hour() < 12 { "am" } else { "pm" })
    }

    fn time_12(&self, time: Time, meridiem: &str) -> String {
        let hour = match time.hour() % 12 {
            0 => 12,
            hour => hour,
        };
        let minutes = if time.minute() == 0 { String::new() } else { format!(":{:02}", time.minute()) };
        let values = [("hour", hour.to_string()), ("minutes", minutes), ("meridiem", meridiem.to_owned())];
        fill(self.format("time_12"), &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    fn time_24(&self, hour: i8, minute: i8) -> String {
        let (hour, minute) = (hour.to_string(), format!("{minute:02}"));
        fill(self.format("time_24"), &[("hour", &hour), ("minute", &minute)])
    }
}

fn named(names: &[String], month: i8) -> &str {
    let index = usize::try_from(month).unwrap_or(0).wrapping_sub(1);
    names.get(index).map_or("", String::as_str)
}

/// Whether days of the week follow each other without a gap.
fn runs(days: &[Weekday]) -> bool {
    days.windows(2).all(|pair| pair[0].next() == pair[1])
}

/// `PDT`; a zone that has only a number for itself reads `UTC-03`.
fn abbreviation(zone: &TimeZone, moment: Timestamp) -> String {
    let info = zone.to_offset_info(moment);
    match info.abbreviation() {
        number if number.starts_with(['+', '-']) => format!("UTC{number}"),
        name => name.to_owned(),
    }
}

/// `PST/PDT`: what stands beside hours of every season must not name that of the moment alone.
fn abbreviations(zone: &TimeZone, year: i16) -> String {
    let noon = |month| zone.to_timestamp(jiff::civil::date(year, month, 1).at(12, 0, 0, 0));
    let mut seasons: Vec<Timestamp> = [1, 7].into_iter().filter_map(|month| noon(month).ok()).collect();
    seasons.sort_by_key(|season| zone.to_offset(*season));
    let mut names: Vec<String> = seasons.into_iter().map(|season| abbreviation(zone, season)).collect();
    names.dedup();
    names.join("/")
}

/// A day of the week counted from Monday, 0.
fn weekday_index(day: Weekday) -> usize {
    usize::try_from(day.to_monday_zero_offset()).unwrap_or(0)
}

/// A moment by RFC 3339, with the zone's offset: `2024-10-24T05:40:00-07:00`.
pub fn rfc3339(moment: Timestamp, zone: &TimeZone) -> String {
    let offset = zone.to_offset(moment);
    stamp::with_offset(offset.to_datetime(moment), offset.seconds())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::{date, time};

    use super::*;
    use crate::base::{LanguageTag, SourcePath};
    use crate::diagnostics::Place;
    use crate::theme::languages;

    fn words() -> [Words; 3] {
        let tags: Vec<LanguageTag> =
            ["en", "es", "de"].iter().filter_map(|tag| LanguageTag::parse(tag)).collect();
        let named = Place::file(&SourcePath::new("content/campaign.yaml").unwrap());
        let loaded = languages::load(&BTreeMap::new(), &tags, &named);
        assert_eq!(loaded.findings, []);
        loaded.value.try_into().unwrap()
    }

    fn span(from: (i8, i8), to: (i8, i8)) -> Hours {
        let (start, end) = (time(from.0, from.1, 0, 0), time(to.0 % 24, to.1, 0, 0));
        Hours::Span { start, end, next_day: end <= start }
    }

    #[test]
    fn hours_read_as_people_say_them() {
        let [en, es, de] = words();
        let cases = [
            (span((6, 0), (14, 0)), "6 a.m.–2 p.m.", "6 a. m.–2 p. m.", "6:00–14:00 Uhr"),
            (span((13, 0), (15, 0)), "1–3 p.m.", "1–3 p. m.", "13:00–15:00 Uhr"),
            (span((7, 30), (11, 0)), "7:30–11 a.m.", "7:30–11 a. m.", "7:30–11:00 Uhr"),
            (span((6, 30), (12, 0)), "6:30 a.m.–noon", "6:30 a. m.–mediodía", "6:30–12:00 Uhr"),
            (span((12, 0), (13, 0)), "noon–1 p.m.", "mediodía–1 p. m.", "12:00–13:00 Uhr"),
            (span((12, 30), (13, 15)), "12:30–1:15 p.m.", "12:30–1:15 p. m.", "12:30–13:15 Uhr"),
            (span((0, 0), (6, 0)), "midnight–6 a.m.", "medianoche–6 a. m.", "0:00–6:00 Uhr"),
            (span((18, 0), (24, 0)), "6 p.m.–midnight", "6 p. m.–medianoche", "18:00–24:00 Uhr"),
            (span((22, 0), (6, 0)), "10 p.m.–6 a.m.", "10 p. m.–6 a. m.", "22:00–6:00 Uhr"),
            (span((6, 0), (6, 0)), "6 a.m.–6 a.m.", "6 a. m.–6 a. m.", "6:00–6:00 Uhr"),
            (span((0, 0), (24, 0)), "round the clock", "las 24 horas", "rund um die Uhr"),
            (Hours::AllDay, "round the clock", "las 24 horas", "rund um die Uhr"),
            (Hours::From(time(10, 0, 0, 0)), "from 10 a.m.", "desde 10 a. m.", "ab 10:00 Uhr"),
            (Hours::Until(time(12, 0, 0, 0)), "until noon", "hasta mediodía", "bis 12:00 Uhr"),
            (Hours::At(time(17, 5, 0, 0)), "5:05 p.m.", "5:05 p. m.", "17:05"),
        ];
        for (hours, english, spanish, german) in cases {
            assert_eq!(en.hours(&hours), english);
            let told = es.hours(&hours);
            let told = told.replace("desde las ", "desde ");
            assert_eq!(told, spanish);
            assert!(de.hours(&hours).starts_with(german), "{}", de.hours(&hours));
        }
    }

    #[test]
    fn dates_read_as_people_write_them() {
        let [en, es, de] = words();
        let day = date(2024, 10, 24);
        assert_eq!(en.date_long(day), "Thursday, October 24, 2024");
        assert_eq!(es.date_long(day), "jueves 24 de octubre de 2024");
        assert_eq!(de.date_medium(day), "24. Oktober 2024");
        assert_eq!(en.date_short(day), "Oct 24");
        assert_eq!(en.when(When::Month(2024, 10)), "October 2024");
        assert_eq!(en.when(When::Year(2028)), "2028");
        assert_eq!(en.when(When::Moment(day.at(6, 0, 0, 0))), "October 24, 2024, 6 a.m.");
        let range = |first, last| DateRange { first, last };
        assert_eq!(en.range(range(date(2025, 4, 7), date(2025, 4, 11))), "April 7–11, 2025");
        assert_eq!(en.range(range(day, date(2024, 12, 20))), "October 24 – December 20, 2024");
        assert_eq!(en.range(range(day, date(2025, 1, 2))), "October 24, 2024 – January 2, 2025");
        assert_eq!(en.range(DateRange::day(day)), "October 24, 2024");
        assert_eq!(es.range(range(date(2025, 4, 7), date(2025, 4, 11))), "7–11 de abril de 2025");
    }

    #[test]
    fn days_of_the_week_are_taken_together() {
        let [en, es, _] = words();
        let set = |days: &[Weekday]| Days::Weekdays(days.iter().copied().collect());
        use Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
        assert_eq!(en.days(&set(&[Monday, Wednesday, Friday])), "Mon, Wed, Fri");
        assert_eq!(en.days(&set(&[Monday, Tuesday, Wednesday, Thursday, Friday])), "Mon–Fri");
        assert_eq!(en.days(&set(&[Monday, Tuesday])), "Mon, Tue");
        assert_eq!(en.days(&Days::Weekdays(WeekdaySet::range(Monday, Weekday::Sunday))), "every day");
        assert_eq!(es.days(&Days::Every), "todos los días");
        let (first, last) = (date(2024, 10, 24), date(2024, 10, 25));
        assert_eq!(en.days(&Days::Dates(vec![DateRange::day(first)])), "Thursday, October 24, 2024");
        let several = Days::Dates(vec![DateRange { first, last }, DateRange::day(date(2024, 11, 2))]);
        assert_eq!(en.days(&several), "October 24–25, 2024; November 2, 2024");
    }

    #[test]
    fn moments_name_their_zone() {
        let [en, es, _] = words();
        let zone = TimeZone::get("America/Los_Angeles").unwrap();
        let moment = zone.to_timestamp(date(2024, 10, 24).at(5, 40, 0, 0)).unwrap();
        assert_eq!(en.moment(moment, &zone), "Thursday, October 24, 2024, 5:40 a.m. PDT");
        assert_eq!(es.moment(moment, &zone), "jueves 24 de octubre de 2024, 5:40 a. m. PDT");
        assert_eq!(rfc3339(moment, &zone), "2024-10-24T05:40:00-07:00");
        let numbered = TimeZone::get("America/Sao_Paulo").unwrap();
        assert_eq!(en.zone_label("America/Sao_Paulo", &numbered, || 2024), "UTC-03");
        assert_eq!(es.zone_label("America/Los_Angeles", &zone, || 2024), "hora del Pacífico");
        assert_eq!(en.zone_label("US/Pacific", &zone, || 2024), "PST/PDT");
        let southern = TimeZone::get("Australia/Sydney").unwrap();
        assert_eq!(en.zone_label("Australia/Sydney", &southern, || 2024), "AEST/AEDT");
        let kathmandu = TimeZone::get("Asia/Kathmandu").unwrap();
        assert_eq!(rfc3339(moment, &kathmandu), "2024-10-24T18:25:00+05:45");
    }

    #[test]
    fn words_in_a_row_end_in_and() {
        let [en, es, _] = words();
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(en.list(&list(&["a", "b", "c"])), "a, b and c");
        assert_eq!(es.list(&list(&["a", "b"])), "a y b");
        assert_eq!(en.list(&list(&["a"])), "a");
        assert_eq!(en.list(&[]), "");
    }
}
