//! Locations: picket lines, halls and other places that last; what a shift is, and a change of plan.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{DateRange, Days, Hours, When};

/// What a location says of itself.
#[derive(Debug, Clone)]
pub struct Location {
    /// Street and number.
    pub address: Option<String>,
    /// Part of the city.
    pub district: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// State, province or county.
    pub region: Option<String>,
    /// The postal code, as text.
    pub postal_code: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// What it is.
    pub kind: LocationType,
    /// The employer's short name, where there are several.
    pub employer: Option<String>,
    /// The local, where there are several.
    pub local: Option<String>,
    /// From when to when the site takes part, as its front matter says.
    pub stay: Stay,
    /// Whether it takes part at all.
    pub status: LocationStatus,
    /// Gates, corners, second addresses.
    pub entrances: Vec<String>,
    /// Where on the map.
    pub coordinates: Option<Coordinates>,
    /// The zone of its clock times.
    pub zone: TimeZone,
    /// The IANA name of that zone.
    pub zone_name: String,
    /// Where online it is.
    pub url: Option<String>,
    /// Short practical texts.
    pub practical: Practical,
}

impl std::hash::Hash for Location {
    /// Everything but the zone itself, which its name stands for.
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let place =
            (&self.address, &self.district, &self.city, &self.region, &self.postal_code, &self.country);
        place.hash(state);
        (self.kind, &self.employer, &self.local, self.stay, self.status, &self.entrances).hash(state);
        (self.coordinates, &self.zone_name, &self.url, &self.practical).hash(state);
    }
}

/// Short practical texts, each optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Practical {
    /// Where exactly people meet.
    pub meet_at: Option<String>,
    /// Where to park.
    pub parking: Option<String>,
    /// Buses and trains.
    pub transit: Option<String>,
    /// Steps, toilets, seats, interpreters.
    pub access: Option<String>,
    /// What to bring.
    pub bring: Option<String>,
}

/// From when to when a site takes part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Stay {
    /// When it joins; `None` follows the campaign's strike.
    pub from: Option<When>,
    /// When it leaves; `None` likewise.
    pub to: Option<When>,
}

/// What a location is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LocationType {
    /// A picket line.
    #[default]
    Picket,
    /// A place of rallies.
    Rally,
    /// Where the sides meet.
    Bargaining,
    /// A hall or office.
    Hall,
    /// Nowhere but online.
    Online,
    /// Something else.
    Other,
}

impl LocationType {
    /// All types and their words in front matter.
    pub const ALL: [(&str, LocationType); 6] = [
        ("picket", LocationType::Picket),
        ("rally", LocationType::Rally),
        ("bargaining", LocationType::Bargaining),
        ("hall", LocationType::Hall),
        ("online", LocationType::Online),
        ("other", LocationType::Other),
    ];
}

/// Whether a location takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LocationStatus {
    /// It does.
    #[default]
    Active,
    /// It is exempt: shown and mapped, without hours.
    Exempt,
    /// It is closed.
    Closed,
}

impl LocationStatus {
    /// All and their words in front matter.
    pub const ALL: [(&str, LocationStatus); 3] = [
        ("active", LocationStatus::Active),
        ("exempt", LocationStatus::Exempt),
        ("closed", LocationStatus::Closed),
    ];
}

/// A place on the earth in degrees (WGS 84), kept as integers of 10⁻⁷ degrees so that it compares and prints exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Coordinates {
    latitude: i32,
    longitude: i32,
}

/// Units of [`Coordinates`] in a degree: about a centimetre each.
const PER_DEGREE: f64 = 1e7;

impl Coordinates {
    /// A place; `None` outside -90 to 90 and -180 to 180 degrees.
    pub fn new(latitude: f64, longitude: f64) -> Option<Coordinates> {
        let fits = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        #[expect(clippy::cast_possible_truncation, reason = "at most 1.8 · 10⁹, which an i32 holds")]
        let whole = |degrees: f64| (degrees * PER_DEGREE).round() as i32;
        fits.then(|| Coordinates { latitude: whole(latitude), longitude: whole(longitude) })
    }

    /// Degrees north.
    pub fn latitude(self) -> f64 {
        f64::from(self.latitude) / PER_DEGREE
    }

    /// Degrees east.
    pub fn longitude(self) -> f64 {
        f64::from(self.longitude) / PER_DEGREE
    }
}

/// A line of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Shift {
    /// On which days.
    pub days: Days,
    /// At what hours.
    pub hours: ShiftHours,
    /// What it is called; `None` is the theme's word for a picket.
    pub label: Option<String>,
    /// From when on; `None` follows the location.
    pub from: Option<When>,
    /// Until when; `None` follows the location.
    pub to: Option<When>,
    /// Days left out.
    pub except: Vec<Date>,
}

/// What is known of a shift's hours.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ShiftHours {
    /// The hours.
    Known(Hours),
    /// Words in place of hours.
    Note(String),
    /// To be announced.
    Open,
}

/// A change of plan. `R` is a name as typed, or the document once it is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Change<R> {
    /// The days that change.
    pub dates: DateRange,
    /// The event that changes; `None` changes all shifts of those days.
    pub title: Option<String>,
    /// What happens.
    pub status: ChangeStatus,
    /// Where it moves.
    pub to: Option<R>,
    /// To which day it moves.
    pub to_date: Option<Date>,
    /// To which hours it moves.
    pub hours: Option<Hours>,
    /// Why.
    pub note: Option<String>,
}

/// What a change of plan does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeStatus {
    /// It does not take place.
    Cancelled,
    /// It takes place elsewhere or at another time.
    Moved,
}

impl ChangeStatus {
    /// All and their words in front matter.
    pub const ALL: [(&str, ChangeStatus); 2] =
        [("cancelled", ChangeStatus::Cancelled), ("moved", ChangeStatus::Moved)];
}
