//! The moment as of which a site is built: asked once, here, and passed on.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::Failure;
use crate::parse::dates::{InstantText, parse_instant};

/// `--as-of`, else `SOURCE_DATE_EPOCH` (reproducible-builds.org: seconds since 1970 in UTC), else now. Clock times
/// without an offset are read in `zone`, the campaign's.
pub(super) fn moment(as_of: Option<&str>, zone: &TimeZone) -> Result<Timestamp, Failure> {
    if let Some(text) = as_of {
        return read(text, zone);
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => {
            let parsed = seconds.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
            parsed.ok_or_else(|| {
                let says = format!("SOURCE_DATE_EPOCH is “{seconds}”, which is no number of seconds");
                Failure::usage(says, "set it to seconds since 1970, such as 1729773600, or unset it")
            })
        }
        Err(_) => Ok(Timestamp::now()),
    }
}

/// A moment as results name it: `2024-10-24 05:40 PDT`.
pub(super) fn text(moment: Timestamp, zone: &TimeZone) -> String {
    moment.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// Whether the moment was named, and does not follow the clock.
#[cfg(feature = "serve")]
pub(super) fn is_named(as_of: Option<&str>) -> bool {
    as_of.is_some() || std::env::var_os("SOURCE_DATE_EPOCH").is_some()
}

/// A moment as people type it, in a zone where it names none.
pub(super) fn read(text: &str, zone: &TimeZone) -> Result<Timestamp, Failure> {
    let parsed = parse_instant(text).map_err(|error| {
        Failure::usage(format!("--as-of: {}", error.message(text)), &format!("write {}", error.cure(text)))
    })?;
    let civil = match parsed {
        InstantText::Exact(instant) => return Ok(instant),
        InstantText::Day(day) => day.to_datetime(Time::midnight()),
        InstantText::Moment(moment) => moment,
    };
    zone.to_timestamp(civil)
        .map_err(|error| Failure::usage(format!("--as-of: {error}"), "write 2024-10-24T05:40"))
}
