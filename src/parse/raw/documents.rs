//! The front matter of each kind of document. What stands above a field is what its JSON Schema says of it.

use super::{Many, TextOr, fields, front_matter};
use crate::model::{ChangeStatus, LocationStatus, LocationType, Side, StatementType};

front_matter! {
    /// A page: any document that is of no other kind.
    RawPage {}

    /// A statement: a release, an update, an advisory, a letter or a report.
    RawStatement {
        /// The day of the statement: 2024-10-24. Required.
        date: String,
        /// What it is; a release, where nothing is said.
        #[schemars(extend("enum" = super::names(&StatementType::ALL)))]
        r#type: String,
        /// Who speaks, where it is not the union.
        issuer: RawIssuer,
        /// Where it stands in full. Give it for every statement that is another's.
        source: RawSource,
        /// The place in front of a release's text.
        dateline: String,
        /// Who is quoted: names, or groups with role, side and quote.
        speakers: Vec<TextOr<RawSpeaker>>,
        /// Slugs of the locations that it speaks of.
        locations: Many<String>,
        /// The slug of the timeline that it belongs to.
        timeline: String,
        /// What was put right after it was published.
        corrections: Vec<RawCorrection>,
        /// Whom the press may ask; without it, the campaign's press contact.
        contact: RawContact,
    }

    /// A location: a picket line, a hall, or another place that lasts.
    RawLocation {
        /// What the place is called. Required.
        name: String,
        /// Street and number.
        address: String,
        /// The part of the city.
        district: String,
        /// The city.
        city: String,
        /// The state, province or region.
        region: String,
        /// The postal code; it keeps its zero.
        postal_code: String,
        /// The country.
        country: String,
        /// What kind of place it is; a picket, where nothing is said.
        #[schemars(extend("enum" = super::names(&LocationType::ALL)))]
        r#type: String,
        /// The employer's short name, where there are several.
        employer: String,
        /// The local that is on strike here, where there are several.
        local: String,
        /// When this site joins: a day or a moment in its own zone.
        from: String,
        /// When it leaves: a day, which is the last one, or a moment.
        to: String,
        /// Whether it takes part; exempt and closed places are shown and have no hours.
        #[schemars(extend("enum" = super::names(&LocationStatus::ALL)))]
        status: String,
        /// Gates, corners, second addresses.
        entrances: Many<String>,
        /// Latitude, then longitude, as maps print them: 34.0726, -117.4343.
        coordinates: String,
        /// The IANA time zone, where it differs from the campaign's.
        time_zone: String,
        /// The name of one of the campaign's schedules; the location's own shifts are added to it.
        schedule: String,
        /// When people stand there.
        shifts: Vec<RawShift>,
        /// What happens here at a time.
        events: Vec<RawGathering>,
        /// Changes of plan.
        changes: Vec<RawChange>,
        /// Where online it is; required for the type online.
        url: String,
        /// Where people meet.
        meet_at: String,
        /// Where to park.
        parking: String,
        /// How to come by bus and train.
        transit: String,
        /// What those need to know who use a wheelchair, or cannot stand for long.
        access: String,
        /// What to bring.
        bring: String,
    }

    /// An event that has no lasting place here: a rally, a vote, a town hall.
    RawEvent {
        /// Its day, or { from, to }. Required.
        date: TextOr<RawRange>,
        /// Its hours: 6pm-8pm. Without them “hours to be announced”.
        hours: String,
        /// The slug of the location where it is.
        location: String,
        /// A place that has no page here.
        place: RawPlace,
        /// Where online it is.
        url: String,
        /// Who speaks: names, or groups with role, side and quote.
        speakers: Vec<TextOr<RawSpeaker>>,
        /// Changes of plan.
        changes: Vec<RawChange>,
    }

    /// A timeline: dated entries, shown in order.
    RawTimeline {
        /// The IANA time zone of its clock times, where an entry names no location and it is not the campaign's.
        time_zone: String,
        /// The entries; their order in the file is free. At least one.
        events: Vec<RawEntry>,
    }
}

fields! {
    /// What every document has.
    struct RawCommon {
        title: String,
        summary: String,
        key_points: Many<String>,
        slug: String,
        aliases: Many<String>,
        tags: Many<String>,
        image: TextOr<RawImage>,
        sources: Vec<RawSource>,
        draft: bool,
        publish: String,
        expires: String,
        updated: String,
        layout: String,
        language: String,
    }

    /// A picture.
    struct RawImage {
        /// The file below content/, or the name of one that media.yaml describes.
        file: String,
        /// What it shows, for those who cannot see it. Required, here or in media.yaml.
        alt: String,
        /// Who made it. Required, here or in media.yaml.
        credit: String,
        /// What to say about it.
        caption: String,
    }

    /// Where something stands.
    struct RawSource {
        /// Its title; without it, the name of the host is shown.
        title: String,
        /// Its address: https://…
        url: String,
    }

    /// Who speaks in a statement.
    struct RawIssuer {
        /// Their name.
        name: String,
        /// On which side they are; the union's, where nothing is said.
        #[schemars(extend("enum" = super::names(&Side::ALL)))]
        side: String,
    }

    /// Somebody who is quoted, or speaks.
    struct RawSpeaker {
        /// Their name.
        name: String,
        /// Who they are: nurse, bargaining committee.
        role: String,
        /// On which side they are.
        #[schemars(extend("enum" = super::names(&Side::ALL)))]
        side: String,
        /// What they say, without quotation marks.
        quote: String,
    }

    /// What was put right after a statement was published.
    struct RawCorrection {
        /// The day of the correction.
        date: String,
        /// What was wrong, and what is right: a line of Markdown.
        text: String,
    }

    /// Whom the press may ask.
    struct RawContact {
        /// Their name.
        name: String,
        /// Who they are.
        role: String,
        /// Their phone number: 555-0100, +1 510 555 0100.
        phone: String,
        /// Their e-mail address.
        email: String,
    }

    /// From one point of the calendar to another.
    struct RawRange {
        /// The first.
        from: String,
        /// The last.
        to: String,
    }

    /// When people stand somewhere.
    struct RawShift {
        /// Days of the week (mon-fri, every day) or dates (2024-10-21 to 2024-10-25), not both. Required.
        days: Many<String>,
        /// Hours: 6am-2pm. Without them “hours to be announced”.
        hours: String,
        /// Words in place of hours.
        hours_note: String,
        /// What the shift is called, where “Picket” (or the place's type) will not do.
        label: String,
        /// The first day of a weekly shift.
        from: String,
        /// The last day of a weekly shift.
        to: String,
        /// Dates on which it does not stand.
        except: Many<String>,
    }

    /// What happens at a location at a time.
    struct RawGathering {
        /// What it is. Required.
        title: String,
        /// Its day, or { from, to }. Required.
        date: TextOr<RawRange>,
        /// Its hours.
        hours: String,
        /// Words in place of hours.
        hours_note: String,
        /// Who speaks.
        speakers: Vec<TextOr<RawSpeaker>>,
    }

    /// A change of plan.
    struct RawChange {
        /// In campaign.yaml only: slugs of the locations that it concerns, or all.
        locations: Many<String>,
        /// Its day, or { from, to }. Required.
        date: TextOr<RawRange>,
        /// The event that changes; without it, all shifts of that day.
        title: String,
        /// What happens to it. Required.
        #[schemars(extend("enum" = super::names(&ChangeStatus::ALL)))]
        status: String,
        /// The slug of the location to which it moves.
        to: String,
        /// The day to which it moves.
        to_date: String,
        /// The hours to which it moves.
        hours: String,
        /// Why plans change: air quality, a storm.
        note: String,
    }

    /// A place that has no page here.
    struct RawPlace {
        /// What it is called.
        name: String,
        /// Street and number.
        address: String,
        /// The city.
        city: String,
        /// The state, province or region.
        region: String,
        /// The postal code.
        postal_code: String,
        /// The country.
        country: String,
        /// Latitude, then longitude: 34.0726, -117.4343.
        coordinates: String,
    }

    /// An entry of a timeline.
    struct RawEntry {
        /// A day, a month, a year, a moment, or { from, to } of these. Required.
        date: TextOr<RawRange>,
        /// What happened. Required.
        title: String,
        /// More about it, in Markdown.
        text: String,
        /// Where it stands.
        source: RawSource,
        /// The slug of a statement about it.
        statement: String,
        /// The slug of the location where it happened.
        location: String,
        /// A picture.
        image: TextOr<RawImage>,
        /// Whether the time is only roughly known.
        approximate: bool,
    }
}
