//! `handbill next`: when the website changes next by itself, for whoever has to build it then.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::args::{Moments, Next, OUTPUT, Shared};
use super::report::{self, Telling};
use super::site::{Wanted, together};
use super::{DONE, FINDINGS, Failure, moment};
use crate::diagnostics::{Checked, stops, text};
use crate::theme::rfc3339;

/// Says when the next build will be another than one of this moment; for programs, nothing where none will.
pub(super) fn run(shared: &Shared, args: &Next) -> Result<u8, Failure> {
    let wanted = Wanted::of(shared, &args.site)?;
    let Checked { value: tree, findings: read } = wanted.read(&wanted.root.join(OUTPUT), false)?;
    let (engine, now, zone) = wanted.engine(tree.clone())?;
    let telling = Telling::People(false);
    let all = together(read, engine.examine());
    if stops(&all) {
        report::findings(telling, &all, &tree);
        let says = format!("{}. What cannot be published does not change.", text::summary(&all));
        return Err(Failure { says, cure: None, status: FINDINGS });
    }
    let coming = engine.next_change();
    if let Some(coming) = coming.as_ref().filter(|coming| !coming.errors.is_empty()) {
        report::findings(telling, &coming.errors, &tree);
        let moment = moment::text(coming.moment, &zone);
        report::warn(&format!("from {moment} on these stop publishing; the site stays as it is until then."));
    }
    if let Some(line) = line(args.format, coming.map(|coming| coming.moment), now, &zone) {
        report::say(&line);
    }
    Ok(DONE)
}

fn line(form: Moments, next: Option<Timestamp>, now: Timestamp, zone: &TimeZone) -> Option<String> {
    match form {
        Moments::Iso => next.map(|next| rfc3339(next, zone)),
        Moments::Unix => next.map(|next| next.as_second().to_string()),
        Moments::Text => Some(match next {
            Some(next) => {
                format!("The website changes next at {}, in {}.", moment::text(next, zone), ahead(next, now))
            }
            None => "The website does not change any more by itself.".to_owned(),
        }),
    }
}

/// How far away a moment is, as precise as people want it: “3 hours and 20 minutes”.
fn ahead(next: Timestamp, now: Timestamp) -> String {
    let seconds = next.duration_since(now).as_secs();
    let parts = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
    let mut left = seconds;
    let mut counts = Vec::new();
    for (length, name) in parts {
        let count = left / length;
        left %= length;
        counts.push((count, name));
    }
    let first = counts.iter().position(|(count, _)| *count > 0).unwrap_or(counts.len() - 1);
    let words: Vec<String> = counts[first..]
        .iter()
        .take(2)
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    if words.is_empty() { "less than a second".to_owned() } else { words.join(" and ") }
}

#[cfg(test)]
mod tests {
    use super::ahead;
    use jiff::Timestamp;

    #[test]
    fn what_is_ahead_is_told_in_two_words_at_most() {
        let after = |seconds| ahead(Timestamp::from_second(seconds).unwrap(), Timestamp::UNIX_EPOCH);
        assert_eq!(after(0), "less than a second");
        assert_eq!(after(61), "1 minute and 1 second");
        assert_eq!(after(3_600), "1 hour");
        assert_eq!(after(2 * 86_400 + 3 * 3_600 + 59), "2 days and 3 hours");
        assert_eq!(after(86_400 + 59 * 60), "1 day");
    }
}
