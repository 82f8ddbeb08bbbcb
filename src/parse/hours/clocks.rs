//! Cuts hours as people write them into clock times and the words between, in English, German, Spanish and French.

use super::HoursError;
use std::fmt;

/// Morning or afternoon. Midnight is 12 am, noon is 12 pm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
}

/// A clock time as written, perhaps one that no clock shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) hour: u16,
    pub(super) minute: Option<u16>,
    /// Written `06`.
    pub(super) zero: bool,
    /// Written `0600`.
    pub(super) packed: bool,
    pub(super) half: Option<Half>,
    pub(super) mark: Option<Mark>,
    /// After `las`.
    pub(super) article: bool,
}

/// What follows an hour of the 24-hour clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Uhr,
    /// Which may count hours instead.
    H,
}

/// A clock time, or what a word does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token {
    Moment(Clock),
    To,
    /// `a`
    ToOrAt,
    Until {
        foreign: bool,
    },
    From {
        foreign: bool,
    },
    /// `de`, `von`: opens a span only.
    Begin,
    At {
        foreign: bool,
    },
    Article,
    Half(Half),
    Mark(Mark),
}

impl Clock {
    fn new(hour: u16, minute: Option<u16>) -> Clock {
        Clock { hour, minute, zero: false, packed: false, half: None, mark: None, article: false }
    }

    /// The minute of the day, 0 to 1440, where there is such a time.
    pub(super) fn checked(&self) -> Result<u16, HoursError> {
        let minute = self.minute.unwrap_or_default();
        let hours = if self.half.is_some() { 1..=12 } else { 0..=24 };
        if minute < 60 && hours.contains(&self.hour) && self.minutes() <= 24 * 60 {
            return Ok(self.minutes());
        }
        Err(HoursError::NoSuchTime(self.to_string()))
    }

    /// The minute of the day, on the clock that it was written for.
    pub(super) fn minutes(&self) -> u16 {
        self.half.map_or(self.hour * 60 + self.minute.unwrap_or_default(), |half| self.minutes_in(half))
    }

    /// The minute of the day in this half of it.
    pub(super) fn minutes_in(&self, half: Half) -> u16 {
        self.hour % 12 * 60 + self.minute.unwrap_or_default() + if half == Half::Pm { 12 * 60 } else { 0 }
    }

    /// Whether the writing itself says that it is the 24-hour clock.
    pub(super) fn is_24_hours(&self) -> bool {
        self.zero || self.mark.is_some() || !self.borrows()
    }

    /// Whether it may take am or pm from the other side.
    pub(super) fn borrows(&self) -> bool {
        (1..=12).contains(&self.hour) && self.mark.is_none()
    }

    /// `0600`: a time only beside another such.
    pub(super) fn lacks_colon(&self) -> bool {
        self.packed && self.half.is_none()
    }

    /// Whether it is a time without any word before it: not `8`, nor `8 h`, which may be how long.
    pub(super) fn stands_alone(&self) -> bool {
        self.half.is_some() || self.minute.is_some() || self.article || self.mark == Some(Mark::Uhr)
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.hour)?;
        self.minute.map_or(Ok(()), |minute| write!(f, ":{minute:02}"))?;
        f.write_str(self.half.map_or("", |half| if half == Half::Am { "am" } else { "pm" }))
    }
}

impl Token {
    /// Whether it speaks German, Spanish or French, hence of the 24-hour clock.
    pub(super) fn is_foreign(&self) -> bool {
        match self {
            Token::Moment(clock) => clock.article || clock.mark.is_some(),
            Token::At { foreign } | Token::Until { foreign } | Token::From { foreign } => *foreign,
            Token::ToOrAt | Token::Begin => true,
            _ => false,
        }
    }
}

/// The tokens of a folded text, each clock time with its am, pm, `Uhr`, `h` and `las`; none where something is not known.
pub(super) fn tokens(folded: &str) -> Option<Vec<Token>> {
    let mut joined: Vec<Token> = Vec::new();
    for token in cut(folded)? {
        match (joined.last_mut(), token) {
            (Some(Token::Moment(clock)), Token::Half(half))
                if clock.half.is_none() && clock.mark.is_none() =>
            {
                clock.half = Some(half);
            }
            (Some(Token::Moment(clock)), Token::Mark(mark))
                if clock.half.is_none() && clock.mark.is_none() =>
            {
                clock.mark = Some(mark);
            }
            (Some(Token::Moment(clock)), Token::Moment(named))
                if clock.minutes() == 12 * 60 && named.half.is_some() =>
            {
                *clock = named;
            }
            (Some(last @ Token::Article), Token::Moment(clock)) => {
                *last = Token::Moment(Clock { article: true, ..clock });
            }
            (_, Token::Half(_) | Token::Mark(_)) => return None,
            _ => joined.push(token),
        }
    }
    Some(joined)
}

/// The tokens again, with times that no clock shows put right where only one is near: `14pm`, `24:30`.
pub(super) fn mended(folded: &str) -> Option<Vec<Token>> {
    let mend = |token| match token {
        Token::Moment(clock) if clock.hour > 12 && clock.half.is_some() => {
            Token::Moment(Clock { half: None, minute: clock.minute.or(Some(0)), ..clock })
        }
        Token::Moment(clock) if clock.hour == 24 || (clock.hour == 0 && clock.half.is_some()) => {
            Token::Moment(Clock { hour: 0, half: None, minute: clock.minute.or(Some(0)), ..clock })
        }
        token => token,
    };
    Some(tokens(folded)?.into_iter().map(mend).collect())
}

fn cut(folded: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let glued = !tokens.is_empty()
            && folded.len() > rest.len()
            && !folded.get(..folded.len() - rest.len())?.ends_with(' ');
        let (token, after) = match first {
            '-' => (Token::To, rest.get(1..)?),
            '0'..='9' => number(rest)?,
            _ => {
                half(rest, glued && matches!(tokens.last(), Some(Token::Moment(_)))).or_else(|| word(rest))?
            }
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Some(tokens)
}

/// `6`, `06`, `6:30`, `6.30`, `6h30`, `0630`.
fn number(text: &str) -> Option<(Token, &str)> {
    let (digits, after) = digits(text)?;
    let (hour, minute, rest) = match digits.len() {
        1 | 2 => match after
            .strip_prefix([':', '.', 'h'])
            .and_then(self::digits)
            .filter(|(minute, _)| minute.len() == 2)
        {
            Some((minute, rest)) => (digits, Some(minute), rest),
            None => (digits, None, after),
        },
        3 | 4 => (digits.get(..digits.len() - 2)?, digits.get(digits.len() - 2..), after),
        _ => return None,
    };
    let mut clock = Clock::new(hour.parse().ok()?, minute.map(str::parse).transpose().ok()?);
    clock.zero = hour.len() == 2 && hour.starts_with('0');
    clock.packed = digits.len() > 2;
    Some((Token::Moment(clock), rest))
}

/// `am`, `a.m.`, `a. m.`, and behind a number `6a`.
fn half(text: &str, glued: bool) -> Option<(Token, &str)> {
    let half = if text.starts_with('a') { Half::Am } else { Half::Pm };
    let after = text.strip_prefix(['a', 'p'])?;
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let dotted = after.strip_prefix('.').unwrap_or(after).trim_start();
    let rest = match dotted.strip_prefix('m').filter(|rest| ends(rest)) {
        Some(rest) => rest.strip_prefix('.').unwrap_or(rest),
        None if glued && ends(after) => after,
        None => return None,
    };
    Some((Token::Half(half), rest))
}

/// A word that is known, with or without its full stop.
fn word(text: &str) -> Option<(Token, &str)> {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (word, after) = text.split_at_checked(end)?;
    let token = match word {
        "to" | "thru" | "through" => Token::To,
        "a" | "al" => Token::ToOrAt,
        "until" | "till" | "til" => Token::Until { foreign: false },
        "bis" | "hasta" | "jusque" => Token::Until { foreign: true },
        "from" => Token::From { foreign: false },
        "ab" | "desde" | "des" => Token::From { foreign: true },
        "de" | "von" => Token::Begin,
        "at" => Token::At { foreign: false },
        "um" => Token::At { foreign: true },
        "las" | "la" | "el" => Token::Article,
        "h" | "hs" | "hrs" | "hours" | "horas" | "heure" | "heures" => Token::Mark(Mark::H),
        "uhr" => Token::Mark(Mark::Uhr),
        "noon" | "midday" | "mittag" | "mittags" | "mediodia" | "midi" => {
            Token::Moment(Clock { half: Some(Half::Pm), ..Clock::new(12, None) })
        }
        "midnight" | "mitternacht" | "medianoche" | "minuit" => {
            Token::Moment(Clock { half: Some(Half::Am), ..Clock::new(12, None) })
        }
        _ => return None,
    };
    Some((token, after.strip_prefix('.').unwrap_or(after)))
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).filter(|(digits, _)| !digits.is_empty())
}
