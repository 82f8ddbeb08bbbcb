//! Properties of the readers of hours, days and dates: what is written is read back, and nothing makes them panic.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use handbill::model::{DateRange, Days, Hours, WeekdaySet, When};
use handbill::parse::dates;
use handbill::parse::days;
use handbill::parse::hours;
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use proptest::prelude::*;

const WORDS: &[&str] = &[
    "6",
    "14",
    "0",
    "24",
    "25",
    "12",
    "06",
    "2",
    "9",
    "0600",
    "360",
    ":",
    "30",
    ".",
    "75",
    "am",
    "pm",
    "a.m.",
    "p. m.",
    "a",
    "p",
    "-",
    "–",
    " ",
    "\u{a0}",
    "to",
    "bis",
    "until",
    "h",
    "Uhr",
    "de",
    "las",
    "noon",
    "medianoche",
    "desde",
    "next day",
    "+1",
    ",",
    "and",
    "24/7",
    "/",
    "mon",
    "do",
    "lunes",
    "fri",
    "weekdays",
    "every",
    "thrusday",
    "2024-10-21",
    "2024-02-30",
    "2024",
    "10",
    "Nov",
    "24th",
    "T",
    "Z",
    "19:00",
];

fn scraps() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(WORDS), any::<bool>()), 0..12).prop_map(|words| {
        let parts = words.iter().flat_map(|(word, space)| [*word, if *space { " " } else { "" }]);
        parts.collect()
    })
}

fn time() -> impl Strategy<Value = Time> {
    (0i8..24, prop_oneof![Just(0i8), 0i8..60])
        .prop_map(|(hour, minute)| Time::new(hour, minute, 0, 0).unwrap())
}

fn valid_hours() -> impl Strategy<Value = Hours> {
    let span = (time(), time()).prop_filter_map("a span has a length", |(start, end)| {
        (start != end).then(|| Hours::Span { start, end, next_day: end < start })
    });
    prop_oneof![
        span,
        time().prop_map(Hours::From),
        time().prop_map(Hours::Until),
        time().prop_map(Hours::At),
        Just(Hours::AllDay)
    ]
}

fn day() -> impl Strategy<Value = Date> {
    (1000i16..=9990, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

fn weekday() -> impl Strategy<Value = Weekday> {
    (0i8..7).prop_map(|day| Weekday::from_monday_zero_offset(day).unwrap())
}

/// The time with am or pm.
fn twelve(time: Time) -> String {
    let hour = (time.hour() + 11) % 12 + 1;
    format!("{hour}:{:02} {}", time.minute(), if time.hour() < 12 { "a.m." } else { "p.m." })
}

fn nothing_panics(text: &str) {
    if let Err(error) = hours::parse(text) {
        let cure = error.cure(text);
        assert!(
            cure.split(" or ").all(|cure| hours::parse(cure).is_ok()),
            "{text:?}: {error:?} is not cured by {cure:?}"
        );
        assert!(!error.message(text).contains('\n'));
    } else if let Ok(read) = hours::parse(text) {
        assert_eq!(hours::parse(&read.to_string()), Ok(read), "{text:?}");
    }
    if let Err(error) = days::parse(&[text]) {
        assert!(!error.cure(text).is_empty() && !error.message(text).contains('\n'));
    }
    for error in
        [dates::parse_when(text).err(), dates::parse_day(text).err(), dates::parse_instant(text).err()]
            .into_iter()
            .flatten()
    {
        let cure = error.cure(text);
        let cured = |cure: &str| {
            cure.starts_with("YYYY") || dates::parse_instant(cure).is_ok() || dates::parse_when(cure).is_ok()
        };
        assert!(cure.split(" or ").all(cured), "{text:?}: {error:?} is not cured by {cure:?}");
        assert!(!error.message(text).contains('\n'));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_string_panics(text in any::<String>()) {
        nothing_panics(&text);
    }

    #[test]
    fn no_scraps_panic(text in scraps()) {
        nothing_panics(&text);
    }

    #[test]
    fn hours_are_read_back(hours in valid_hours()) {
        prop_assert_eq!(hours::parse(&hours.to_string()), Ok(hours));
    }

    #[test]
    fn both_clocks_agree(start in time(), end in time(), dash in prop::sample::select(&["-", "–", "—", " to ", " - ", "\u{a0}–\u{a0}", " until ", " bis ", " A "])) {
        let said = hours::parse(&format!("{}{dash}{}", twelve(start), twelve(end)));
        if start == end {
            prop_assert!(said.is_err());
        } else {
            prop_assert_eq!(said.clone(), Ok(Hours::Span { start, end, next_day: end < start }));
            let plain = hours::parse(&format!("{:02}:{:02}{dash}{:02}:{:02}", start.hour(), start.minute(), end.hour(), end.minute()));
            // From 12:00 to 10:00 may as well be ten in the evening, and is refused.
            let noon_to_ten = start.hour() == 12 && [10, 11].contains(&end.hour());
            if start < end || (start.hour() >= 12 && !noon_to_ten) {
                prop_assert_eq!(plain, said);
            }
        }
    }

    #[test]
    fn a_borrowed_half_gives_the_shorter_span(start in 1i8..=12, end in 1i8..=12, pm in any::<bool>()) {
        let half = if pm { "pm" } else { "am" };
        let read = hours::parse(&format!("{start}-{end}{half}")).unwrap();
        prop_assert!(read.minutes().unwrap() <= 12 * 60);
    }

    #[test]
    fn ranges_of_weekdays(first in weekday(), last in weekday()) {
        let range = WeekdaySet::range(first, last);
        prop_assert!(range.contains(first) && range.contains(last));
        prop_assert_eq!(range.len(), usize::try_from(first.until(last)).unwrap() + 1);
        prop_assert_eq!(range.iter().collect::<WeekdaySet>(), range);
        prop_assert_eq!(days::parse(&[&format!("{first:?}-{last:?}")]), Ok(Days::from(range)));
    }

    #[test]
    fn ranges_of_dates(first in day(), length in 0i64..days::MAX_DAYS, dash in prop::sample::select(&["-", " to ", " – ", "/", " bis ", " a "])) {
        let last = first.checked_add(length.days()).unwrap_or(first);
        let range = DateRange { first, last };
        prop_assert_eq!(days::parse(&[&range.to_string()]), Ok(Days::Dates(vec![range])));
        prop_assert_eq!(days::parse(&[&format!("{first}{dash}{last}")]), Ok(Days::Dates(vec![range])));
        prop_assert!(range.contains(last) && range.length() <= days::MAX_DAYS);
    }

    #[test]
    fn dates_are_read_back(day in day(), time in time(), second in 0i8..60) {
        let moment = day.to_datetime(time.with().second(second).build().unwrap());
        for when in [When::Year(day.year()), When::Month(day.year(), day.month()), When::Day(day), When::Moment(moment)] {
            prop_assert_eq!(dates::parse_when(&when.to_string()), Ok(when));
        }
        prop_assert_eq!(dates::parse_day(&day.to_string()), Ok(day));
    }
}

#[test]
fn long_texts_are_refused_at_once() {
    for text in [
        "6".repeat(100_000),
        "6am-".repeat(25_000),
        " ".repeat(100_000),
        "mon,".repeat(25_000),
        "é".repeat(50_000),
    ] {
        // Read whole, such a text would take minutes; a busy machine may still need a while.
        let start = std::time::Instant::now();
        nothing_panics(&text);
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}
