//! What a card says: words of one published document and of the campaign, and nothing else.

use unicode_normalization::UnicodeNormalization;

use super::fonts::Fonts;
use crate::base::Colour;
use crate::model::{
    Card, Days, Details, Issuer, Location, LocationStatus, Occurrence, OccurrenceStatus, PhaseName, Shift,
    ShiftHours, Side, Statement, Texts, Union,
};
use crate::output::view::View;

/// The background where campaign.yaml names no colour: that of the default theme's picture.
const RED: Colour = Colour::new([0x8a, 0x1c, 0x1c]);

/// The background of what the employer says: the union does not lend it its colour.
const GREY: Colour = Colour::new([0x4b, 0x4a, 0x48]);

/// The most shifts that a card tells.
const SHIFTS: usize = 2;

/// What a card says, where it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Says {
    /// Above the headline: the campaign, or whose words these are.
    pub(super) kicker: Option<String>,
    pub(super) headline: Option<String>,
    /// Below the headline.
    pub(super) under: Option<String>,
    /// The union's name, and the short one.
    pub(super) union: Vec<String>,
    /// Beside the union's name: the date, or the hours.
    pub(super) note: Option<String>,
    /// The background. White can be read on it.
    pub(super) colour: Colour,
    /// Whether it is the union that speaks, alone or with others: then a picket sign stands behind its words.
    pub(super) is_ours: bool,
    /// Whether the language is written from right to left.
    pub(super) is_rtl: bool,
}

impl Says {
    /// What the card of a document says.
    pub(super) fn of(card: &Card, view: &View<'_>) -> Says {
        let texts = view.texts;
        let accent = view.campaign.theme.accent.as_deref().and_then(Colour::parse);
        let mut says = Says {
            kicker: Some(texts.title.clone()),
            headline: Some(card.title.clone()),
            under: None,
            union: unions(texts),
            note: None,
            colour: accent.unwrap_or(RED).readable_on_white(),
            is_ours: true,
            is_rtl: view.is_rtl(),
        };
        match &card.details {
            Details::Home => {
                says.kicker = None;
                says.under.clone_from(&texts.tagline);
                says.note = phase(view);
            }
            Details::Statement(statement) => says.take_statement(statement, view),
            Details::Location(location) => {
                says.under = view.address(location);
                says.note = hours(card, location, view);
            }
            Details::Event(_) | Details::Timeline(_) | Details::Page => {}
        }
        says
    }

    fn take_statement(&mut self, statement: &Statement, view: &View<'_>) {
        self.note = Some(view.date(statement.date));
        let Some(Issuer { name, side, .. }) = &statement.issuer else { return };
        let word = match side {
            Side::Employer => "statement_of_employer",
            Side::Ally => "statement_of_ally",
            Side::Joint => "statement_joint",
            Side::Union => return,
        };
        self.kicker = Some(view.word(word).replace("{name}", name));
        if *side == Side::Employer {
            (self.colour, self.is_ours) = (GREY, false);
        }
    }

    /// Without what cannot be drawn. A card without its headline is the union's plain one: it bears the name of the campaign or
    /// the union, or no words at all.
    pub(super) fn drawable(self, fonts: &Fonts) -> Says {
        let can = |text: Option<String>| {
            text.map(|text| plain(&text)).filter(|text| !text.is_empty() && fonts.lacks(text).is_none())
        };
        let kicker = can(self.kicker);
        let union: Vec<String> = self.union.into_iter().filter_map(|name| can(Some(name))).collect();
        let headline = can(self.headline);
        let is_plain = headline.is_none();
        let instead = || kicker.clone().or_else(|| union.first().cloned());
        Says {
            headline: headline.or_else(instead),
            kicker: kicker.filter(|_| !is_plain),
            under: can(self.under).filter(|_| !is_plain),
            note: can(self.note),
            union,
            ..self
        }
    }
}

/// A text without what no font of words has and nobody misses: pictographs and their like. Letters that are put together of
/// several characters are taken for one, as fonts have them.
pub(super) fn plain(text: &str) -> String {
    let is_left_out = |letter: &char| {
        matches!(letter, '\u{ad}' | '\u{200d}' | '\u{20e3}' | '\u{2600}'..='\u{27bf}' | '\u{fe00}'..='\u{fe0f}')
            || matches!(letter, '\u{1f000}'..='\u{1faff}' | '\u{e0000}'..='\u{e007f}')
    };
    let letters = text.nfc().filter(|letter| !is_left_out(letter)).map(|letter| match letter {
        // Which looks the same, and which fonts rather have.
        '\u{2bb}' => '‘',
        '\u{2bc}' => '’',
        letter => letter,
    });
    letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// “National Union of Healthcare Workers” and “NUHW”; several by their short names.
fn unions(texts: &Texts) -> Vec<String> {
    let short = |union: &Union| union.short.clone().unwrap_or_else(|| union.name.clone());
    let shorts = texts.unions.iter().map(short).collect::<Vec<_>>().join(" · ");
    match texts.unions.as_slice() {
        [one] => vec![one.name.clone(), shorts],
        _ => vec![shorts],
    }
}

/// “On strike since October 21, 2024”.
fn phase(view: &View<'_>) -> Option<String> {
    let (Some(phase), _) = view.reader.phase() else { return None };
    let label = view.word(&format!("phase_{}", phase.name.word()));
    let since = view.word("since").replace("{date}", &view.date(phase.from.first().date()));
    Some(match phase.name {
        PhaseName::Settled => format!("{label} · {}", view.date(phase.from.first().date())),
        _ => format!("{label} {since}"),
    })
}

/// The hours of a location: those of every week where there are such, for others keep a picture longer than a day; else those of
/// the next day on which something is planned.
fn hours(card: &Card, location: &Location, view: &View<'_>) -> Option<String> {
    match location.status {
        LocationStatus::Exempt => return Some(view.word("status_exempt")),
        LocationStatus::Closed => return Some(view.word("status_closed")),
        LocationStatus::Active => {}
    }
    let plan = view.reader.plan(card.id);
    let clock = view.reader.clock();
    let planned = |one: &&Occurrence| one.status == OccurrenceStatus::Planned && !clock.has_come(one.over);
    let known = |hours: &ShiftHours| matches!(hours, ShiftHours::Known(_));
    let next = plan.occurrences.iter().filter(planned).find(|one| known(&one.hours))?;
    let weekly = |shift: &&Shift| known(&shift.hours) && !matches!(shift.days, Days::Dates(_));
    let told: Vec<String> = plan.shifts.iter().filter(weekly).map(|shift| view.shift(shift)).collect();
    match told.len() {
        1..=SHIFTS if told.len() == plan.shifts.len() => Some(told.join(" · ")),
        _ => Some(format!("{}, {}", view.date(next.date), view.hours(next))),
    }
}
