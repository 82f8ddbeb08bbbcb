//! Civil moments in digits, as machines read them. There are many on every page, and a general formatter is dear.

use jiff::civil::DateTime;

/// Where the year begins, the month, the day, the hour, the minute and the second, in what [`extended`] writes and in what
/// [`basic`] does.
const EXTENDED: [usize; 6] = [0, 5, 8, 11, 14, 17];
const BASIC: [usize; 6] = [0, 4, 6, 9, 11, 13];

/// Adds a moment as RFC 3339 and ISO 8601 write it for people, too: `2024-10-24T05:40:00`.
pub fn extended(civil: DateTime, out: &mut String) {
    put(civil, *b"0000-00-00T00:00:00", EXTENDED, "%Y-%m-%dT%H:%M:%S", out);
}

/// Adds a moment as iCalendar writes it: `20241024T054000`.
pub fn basic(civil: DateTime, out: &mut String) {
    put(civil, *b"00000000T000000", BASIC, "%Y%m%dT%H%M%S", out);
}

/// The same moment with how far its clocks are from UTC, in seconds, of which whole minutes are told:
/// `2024-10-24T05:40:00-07:00`.
pub fn with_offset(civil: DateTime, seconds: i32) -> String {
    let mut out = String::with_capacity("2024-10-24T05:40:00-07:00".len());
    extended(civil, &mut out);
    out.push(if seconds < 0 { '-' } else { '+' });
    let minutes = seconds.unsigned_abs() / 60;
    let mut offset = *b"00:00";
    digits(minutes / 60, &mut offset[..2]);
    digits(minutes % 60, &mut offset[3..]);
    out.push_str(std::str::from_utf8(&offset).unwrap_or_default());
    out
}

/// Fills the zeros of a text; `format` is the same for a year that they can't hold.
fn put<const N: usize>(civil: DateTime, mut text: [u8; N], at: [usize; 6], format: &str, out: &mut String) {
    let Ok(year) = u32::try_from(civil.year()) else {
        return out.push_str(&civil.strftime(format).to_string());
    };
    digits(year, &mut text[at[0]..at[0] + 4]);
    let parts = [civil.month(), civil.day(), civil.hour(), civil.minute(), civil.second()];
    for (at, part) in at.into_iter().skip(1).zip(parts) {
        digits(u32::from(part.unsigned_abs()), &mut text[at..at + 2]);
    }
    out.push_str(std::str::from_utf8(&text).unwrap_or_default());
}

/// A number's last digits, as many as there is room for.
fn digits(mut number: u32, room: &mut [u8]) {
    for place in room.iter_mut().rev() {
        *place = b"0123456789"[(number % 10) as usize];
        number /= 10;
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn moments_are_written_as_a_general_formatter_writes_them() {
        for moment in [
            date(2024, 10, 24).at(5, 40, 0, 0),
            date(7, 1, 2).at(23, 59, 59, 999_999_999),
            date(9999, 12, 31).at(0, 0, 1, 0),
            date(0, 2, 29).at(12, 0, 0, 0),
            date(-44, 3, 15).at(11, 30, 0, 0),
        ] {
            let (mut long, mut short) = (String::new(), String::new());
            extended(moment, &mut long);
            basic(moment, &mut short);
            assert_eq!(long, moment.strftime("%Y-%m-%dT%H:%M:%S").to_string());
            assert_eq!(short, moment.strftime("%Y%m%dT%H%M%S").to_string());
        }
    }

    #[test]
    fn offsets_are_told_in_minutes() {
        let moment = date(2024, 10, 24).at(5, 40, 0, 0);
        assert_eq!(with_offset(moment, -25_200), "2024-10-24T05:40:00-07:00");
        assert_eq!(with_offset(moment, 20_700), "2024-10-24T05:40:00+05:45");
        assert_eq!(with_offset(moment, -2_670), "2024-10-24T05:40:00-00:44");
    }
}
