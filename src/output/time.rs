//! Moments as machines read them, and when a document was published and changed.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use crate::base::stamp;
use crate::model::{Card, Details, Statement, When};

/// When a statement was published and when it last changed; never changed before it was published.
pub(super) struct Dates {
    /// When it was published: at its embargo's end, else at the midnight at which its date begins.
    pub(super) published: Timestamp,
    /// When it last changed in substance: at `updated:` or at its latest correction.
    pub(super) updated: Timestamp,
}

/// The dates of a statement. Days are those of the campaign's `zone`.
pub(super) fn of_statement(card: &Card, statement: &Statement, zone: &TimeZone) -> Dates {
    let midnight = |day: Date| When::Day(day).begins(zone);
    let published = card.published.unwrap_or_else(|| midnight(statement.date));
    let changed = changes(card).max().map(midnight);
    Dates { published, updated: changed.map_or(published, |changed| changed.max(published)) }
}

/// The day on which a document's page last changed in substance, where that is known.
pub(super) fn last_change(card: &Card, zone: &TimeZone) -> Option<Date> {
    let published = card.published.map(|published| zone.to_datetime(published).date());
    let dated = match &card.details {
        Details::Statement(statement) => Some(statement.date),
        Details::Home | Details::Page | Details::Location(_) | Details::Event(_) | Details::Timeline(_) => {
            None
        }
    };
    changes(card).chain(published).chain(dated).max()
}

/// The days on which a document says that it was changed.
fn changes(card: &Card) -> impl Iterator<Item = Date> {
    let corrections = match &card.details {
        Details::Statement(statement) => &statement.corrections[..],
        Details::Home | Details::Page | Details::Location(_) | Details::Event(_) | Details::Timeline(_) => {
            &[]
        }
    };
    card.updated.into_iter().chain(corrections.iter().map(|correction| correction.date))
}

/// An instant with its zone's offset (RFC 3339 §5.6): `2024-10-21T06:00:00-07:00`. That format has no seconds in
/// offsets, so an old zone that has some is given in UTC.
pub(super) fn rfc3339(instant: Timestamp, zone: &TimeZone) -> String {
    let offset = zone.to_offset(instant);
    if offset.seconds() % 60 != 0 {
        let mut utc = String::new();
        stamp::extended(Offset::UTC.to_datetime(instant), &mut utc);
        utc.push('Z');
        return utc;
    }
    stamp::with_offset(offset.to_datetime(instant), offset.seconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_have_no_seconds() {
        let zone = |name: &str| TimeZone::get(name).unwrap_or(TimeZone::UTC);
        let instant = Timestamp::from_second(1_729_515_600).unwrap_or_default();
        assert_eq!(rfc3339(instant, &zone("America/Los_Angeles")), "2024-10-21T06:00:00-07:00");
        assert_eq!(rfc3339(instant, &TimeZone::UTC), "2024-10-21T13:00:00+00:00");
        let old = Timestamp::from_second(-1_300_000_000).unwrap_or_default();
        assert_eq!(rfc3339(old, &zone("Africa/Monrovia")), "1928-10-21T16:53:20Z");
    }
}
