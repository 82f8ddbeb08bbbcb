//! Reads picket hours as people write them: `6am-2pm`, `9.30 Uhr`, `de 6 a 14 h`, `de 6h à 14h`.

mod clocks;
mod spans;

use super::words::{either, fold, list, quoted};
use clocks::{mended, tokens};
use jiff::SignedDuration;
use jiff::civil::Time;
use spans::{DAY, NOON, forward, resolve};
use std::borrow::Cow;
use std::fmt;

use crate::model::Hours;

/// Longer texts are refused unread.
pub const MAX_CHARS: usize = 100;

/// Why a text gives no hours. Each reason has a sentence for people and the text to type instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoursError {
    /// It is not hours.
    Unreadable,
    /// More than [`MAX_CHARS`] characters.
    TooLong,
    /// No clock shows this time: `25:00`, `6:75`, `13am`, and `24:00` as a start.
    NoSuchTime(String),
    /// Morning or evening: `9-5`, `2-6`, `from 6`.
    Ambiguous {
        /// What could be meant, ready to type, joined by ` or `.
        reading: String,
    },
    /// It would cross midnight, and does not say so: `14-6`, `6:00-2:00`.
    EndsBeforeStart {
        /// What could be meant, ready to type, joined by ` or `.
        reading: String,
    },
    /// Start and end are one time: `6am-6am`.
    NoLength {
        /// What could be meant, ready to type, joined by ` or `.
        reading: String,
    },
    /// Two spans in one text: `6am-10am, 2pm-6pm`.
    Several,
}

/// Reads hours. Without am, pm, `h` or `Uhr`, minutes on both sides or an hour that only a 24-hour clock shows (`0`, `06`, `14`) make
/// it the 24-hour clock. What could be morning or evening is refused.
///
/// # Errors
/// Says why the text gives no hours; see [`HoursError::message`] and [`HoursError::cure`].
pub fn parse(text: &str) -> Result<Hours, HoursError> {
    if text.chars().nth(MAX_CHARS).is_some() {
        return Err(HoursError::TooLong);
    }
    let folded = fold(text);
    let several = || {
        let parts = list(&folded, &['/']);
        parts.len() > 1 && parts.iter().all(|part| read(part).is_ok())
    };
    match read(&folded) {
        Err(HoursError::Unreadable) if several() => Err(HoursError::Several),
        result => result,
    }
}

impl Hours {
    /// How long a span lasts, in minutes of clock time, 1 to 1440; none where an end is open.
    #[must_use]
    pub fn minutes(&self) -> Option<u16> {
        match *self {
            Hours::Span { start, end, .. } => Some(forward(minute_of(start), minute_of(end))),
            Hours::AllDay => Some(DAY),
            Hours::From(_) | Hours::Until(_) | Hours::At(_) => None,
        }
    }

    /// As typed with am and pm: `6am-2pm`, or on the 24-hour clock: `06:00-14:00`.
    fn spelled(self, twelve: bool) -> String {
        let clock = |time: Time| {
            if twelve { twelve_hours(time) } else { format!("{:02}:{:02}", time.hour(), time.minute()) }
        };
        let ending = |time: Time| {
            if twelve || time != Time::midnight() { clock(time) } else { "24:00".to_owned() }
        };
        match self {
            Hours::Span { start, end, next_day } => {
                let told = twelve || !next_day || end == Time::midnight() || minute_of(start) >= 13 * 60;
                format!("{}-{}{}", clock(start), ending(end), if told { "" } else { " next day" })
            }
            Hours::From(time) => format!("from {}", clock(time)),
            Hours::Until(time) => format!("until {}", ending(time)),
            Hours::At(time) => clock(time),
            Hours::AllDay => "round the clock".to_owned(),
        }
    }
}

/// The canonical form, on the 24-hour clock; [`parse`] reads it back to the same value.
impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelled(false))
    }
}

impl HoursError {
    /// One plain sentence about the text as it was written.
    #[must_use]
    pub fn message(&self, text: &str) -> String {
        let text = quoted(text);
        match self {
            HoursError::Unreadable => format!("{text} cannot be read as hours"),
            HoursError::TooLong => {
                format!("{text} is too long for hours, which take {MAX_CHARS} characters at most")
            }
            HoursError::NoSuchTime(time) => {
                format!("{text} names a time that no clock shows, {time}")
            }
            HoursError::Ambiguous { .. } => {
                format!("{text} does not say whether it is morning or evening")
            }
            HoursError::EndsBeforeStart { .. } => format!("{text} ends before it starts"),
            HoursError::NoLength { .. } => format!("{text} starts and ends at the same time"),
            HoursError::Several => format!("{text} is more than one span; give each its own entry"),
        }
    }

    /// What to type instead of `original`: one text, or several joined by ` or `. Each can be read.
    #[must_use]
    pub fn cure(&self, original: &str) -> String {
        let folded = fold(&original.chars().take(MAX_CHARS).collect::<String>());
        let example = "6am-2pm".to_owned();
        match self {
            HoursError::Ambiguous { reading }
            | HoursError::EndsBeforeStart { reading }
            | HoursError::NoLength { reading } => reading.clone(),
            HoursError::Several => list(&folded, &['/']).into_iter().next().unwrap_or(example),
            HoursError::NoSuchTime(_) => mended(&folded)
                .and_then(|tokens| resolve(&tokens, false).ok())
                .map_or(example, |hours| hours.to_string()),
            HoursError::Unreadable | HoursError::TooLong => {
                number(&folded).or_else(|| within(&folded)).unwrap_or(example)
            }
        }
    }
}

/// What a lone number may stand for: an hour, minutes behind a lost colon (`630`), `6:00` as YAML counts it (`360`), `9.30` as YAML rounds it.
fn number(folded: &str) -> Option<String> {
    if let Some((hour, tens)) = folded.split_once('.').filter(|(_, tens)| tens.len() == 1) {
        let minute = format!("{hour:0>2}:{tens}0");
        return read(&minute).is_ok().then_some(minute);
    }
    let number: u16 = folded.trim_end_matches(['h', ' ']).parse().ok()?;
    let at = |minutes: u16| Hours::At(time(minutes)).spelled(true);
    match number {
        0..13 => Some(either(&[at(number * 60), at(number * 60 + NOON)])),
        13..24 => Some(Hours::At(time(number * 60)).to_string()),
        _ => {
            let typed = ((100..2400).contains(&number) && number % 100 < 60)
                .then(|| at(number / 100 * 60 + number % 100));
            let counted = (60..DAY).contains(&number).then(|| at(number));
            let both: Vec<String> = typed.into_iter().chain(counted).collect();
            (!both.is_empty()).then(|| either(&both))
        }
    }
}

/// The longest start or end of the text, in whole words, that can be read by itself: `6am-2pm` in `6am-2pm sharp`.
fn within(folded: &str) -> Option<String> {
    let spaces: Vec<usize> = folded.match_indices(' ').map(|(at, _)| at).collect();
    let starts = spaces.iter().rev().filter_map(|at| folded.get(..*at));
    let ends = spaces.iter().filter_map(|at| folded.get(at + 1..));
    let readable = starts.chain(ends).filter(|part| read(part).is_ok());
    readable.max_by_key(|part| part.len()).map(|part| part.trim_matches(' ').to_owned())
}

/// Whole sentences come first, then `next day` at the end, then clock times.
fn read(folded: &str) -> Result<Hours, HoursError> {
    if ALL_DAY.contains(&folded.trim_end_matches('.')) {
        return Ok(Hours::AllDay);
    }
    let plain = french(folded);
    let folded = &*plain;
    let tail = NEXT_DAY.iter().find_map(|tail| folded.strip_suffix(tail));
    let tokens = tokens(tail.unwrap_or(folded)).ok_or(HoursError::Unreadable)?;
    resolve(&tokens, tail.is_some())
}

/// French sayings of several words, and one with an apostrophe, as one word each.
fn french(folded: &str) -> Cow<'_, str> {
    if !folded.contains([' ', '\'', '’', '‘']) {
        return Cow::Borrowed(folded);
    }
    let plain = folded.replace(['’', '‘'], "'").replace("jusqu'a", "jusque");
    Cow::Owned(plain.replace("a partir de", "des").replace("a compter de", "des"))
}

fn time(minutes: u16) -> Time {
    Time::midnight().wrapping_add(SignedDuration::from_mins(i64::from(minutes)))
}

fn minute_of(time: Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

fn twelve_hours(time: Time) -> String {
    let half = if time.hour() < 12 { "am" } else { "pm" };
    let hour = (time.hour() + 11) % 12 + 1;
    if time.minute() == 0 { format!("{hour}{half}") } else { format!("{hour}:{:02}{half}", time.minute()) }
}

/// Folded texts for the whole day.
const ALL_DAY: &[&str] = &[
    "round the clock",
    "around the clock",
    "round-the-clock",
    "around-the-clock",
    "all day",
    "all day and night",
    "day and night",
    "24 hours",
    "24 hours a day",
    "24 hrs",
    "24h",
    "24 h",
    "24/7",
    "rund um die uhr",
    "ganztagig",
    "ganztags",
    "den ganzen tag",
    "tag und nacht",
    "24 stunden",
    "24 std",
    "las 24 horas",
    "24 horas",
    "las 24 horas del dia",
    "las 24 h",
    "todo el dia",
    "dia y noche",
    "24h/24",
    "24 h/24",
    "24 heures sur 24",
    "24 h sur 24",
    "jour et nuit",
    "toute la journee",
];
/// Folded endings that put the end on the day after.
const NEXT_DAY: &[&str] = &[
    "(next day)",
    "the next day",
    "next day",
    "+1",
    "am nachsten tag",
    "del dia siguiente",
    "al dia siguiente",
    "le lendemain",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line: a canonical form, then spellings of it between bars.
    const READ: &str = "
        06:00-14:00: 6am-2pm | 6 a.m. to 2 p.m. | 6 a.m.–2 p.m. | 06:00-14:00 | 6-2pm | 6am-2 | 6-14 | de 6 a 14 h | 6 a 14 h | de 6:00 a 14:00
        06:00-14:00: de 6 a. m. a 2 p. m. | 6 AM — 2 PM | 6A-2P | 0600-1400 | 06-14 | 6\u{a0}am\u{2009}to\u{202f}2 pm | from 6am until 2pm | 6-14 Uhr
        06:00-14:00: 6am till 2pm | von 6 bis 14 Uhr | de las 6 a las 14 horas | 06:00 AM - 02:00 PM | 6h-14h | 6.00−14.00 Uhr | 6am thru 2pm
        06:30-12:00: 6:30am–noon | 6.30 bis 12 Uhr | 6:30-12:00 | 6:30 a.m. to 12 noon | 630am-12pm | 6h30 a mediodía | 6:30am al mediodía
        09:30-12:00: 9.30 bis 12 Uhr
        09:00-17:00: 9-17 Uhr | 9-5pm | 9am-5
        12:00-13:00: noon-1pm | 12pm-1pm | 12-1pm | 12:00-13:00 | noon-1
        13:00-15:00: 1-3pm
        23:00-01:00: 11-1am
        06:00-18:00: 6-6pm
        00:00-06:00: midnight-6am | 0:00-6:00 | 12am-6am | medianoche a 6 am | 0-6 Uhr | Mitternacht bis 6 Uhr
        22:00-06:00: 10pm-6am | 22:00-06:00 | 22:00-6:00 | 22-6 Uhr | 22-6 next day
        06:00-02:00 next day: 6am-2am | 06:00-02:00 (next day)
        18:00-24:00: 18:00-0:00 | 18:00-24:00 | 6pm-midnight | 18-24 | 18-0 Uhr | 6-12am | 18 h a medianoche
        06:00-14:00: de 6h à 14h | 6 h à 14 h | de 6 heures à 14 heures | 6h - 14h | de 6h00 à 14h00
        09:30-11:30: 9.30-11.30 Uhr | 9h30-11h30 | 9.30 bis 11.30 Uhr
        18:00-24:00: de 18h à minuit
        06:00-12:00: de 6h à midi
        from 10:00: dès 10h | à partir de 10h | À partir de 10 h
        until 11:00: jusqu’à 11h | jusqu'à 11 h
        round the clock: 24h/24 | jour et nuit
        from 10:00: from 10am | ab 10 Uhr | desde las 10 | desde las 10 h | From 10:00 | ab 10 | from 10 a.m.
        until 11:00: until 11am | bis 11 Uhr | hasta las 11 | hasta las 11 h | till 11 am
        until 24:00: until midnight | until 24:00 | bis 0 Uhr | hasta la medianoche
        11:00: a las 11 h | 11 Uhr | 11am | um 11 Uhr | at 11 a.m. | 11:00 | a las 11
        09:30: 9.30 Uhr
        11:15: 11:15am | 11:15
        12:00: noon | mediodía | medi\u{6f}di\u{301}a | 12 noon | Mittag
        00:00: midnight | medianoche
        round the clock: Round the clock | rund um die Uhr | las 24 horas | 24 hours | 0:00-24:00 | 24/7 | 0-24 Uhr | midnight-24:00";

    /// Each line: a text that is refused, and the cure.
    const REFUSED: &str = "
        14-6 => 14:00-18:00 or 14:00-06:00
        6-2 => 6am-2pm or 6pm-2am
        9-5 => 9am-5pm or 9pm-5am
        2-6 => 2pm-6pm or 2am-6am
        9 bis 5 => 09:00-17:00 or 21:00-05:00
        6:00-2:00 => 6am-2pm
        06:00-02:00 => 06:00-14:00
        3:00-5:00 => 3pm-5pm or 3am-5am
        12:00-1:00 => 12pm-1pm or 12am-1am
        6am-6am => 6am-6pm or round the clock
        0:00-0:00 => 00:00-12:00 or round the clock
        from 6 => from 6am or from 6pm
        desde las 2 => from 02:00 or from 14:00
        6am-14pm => 06:00-14:00
        24:00-6:00 => 00:00-06:00
        25:00 => 6am-2pm
        6:75 => 6am-2pm
        360 => 6am
        630 => 6:30am or 10:30am
        8 => 8am or 8pm
        8 h => 8am or 8pm
        14 => 14:00
        9.3 => 09:30
        6am-2pm sharp => 6am-2pm
        6am-10am, 2pm-6pm => 6am-10am
        2024-10-21 => 6am-2pm
         => 6am-2pm";

    #[test]
    fn reads_what_people_write() {
        for line in READ.lines().skip(1) {
            let (canonical, spellings) = line.trim().split_once(": ").unwrap();
            for spelling in spellings.split(" | ").chain([canonical]) {
                assert_eq!(
                    parse(spelling).map(|hours| hours.to_string()).as_deref(),
                    Ok(canonical),
                    "{spelling}"
                );
            }
        }
    }

    #[test]
    fn refuses_with_a_cure() {
        for line in REFUSED.lines().skip(1) {
            let (text, cure) = line.strip_prefix("        ").unwrap().split_once(" => ").unwrap();
            let error = parse(text).unwrap_err();
            assert_eq!(error.cure(text), cure, "{text}: {error:?}");
            for alternative in cure.split(" or ") {
                assert!(parse(alternative).is_ok(), "{alternative}");
            }
        }
        assert_eq!(parse("14-6").unwrap_err().message("14-6"), "“14-6” ends before it starts");
        assert_eq!(parse("25:00"), Err(HoursError::NoSuchTime("25:00".to_owned())));
        assert_eq!(parse("360"), Err(HoursError::Unreadable));
        assert_eq!(parse(&"6".repeat(100_000)), Err(HoursError::TooLong));
    }
}
