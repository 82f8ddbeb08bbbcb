//! Links, pictures and contacts as templates see them.

use tera::Value;

use super::Scene;
use super::value::{list, record, text};
use crate::base::url::BaseUrl;
use crate::base::url::{encode_query, encode_url};
use crate::base::{DocId, OutPath, Slug};
use crate::model::{
    Colour, Contact, Coordinates, Destination, Kind, LanguageId, Listing, Picture, Size, Source, Tag,
};
use crate::theme::address::Address;

/// A link.
pub(super) fn link(title: &str, url: &str) -> Value {
    let external = url.starts_with("https:") || url.starts_with("http:");
    record([("title", title.into()), ("url", url.into()), ("external", external.into())])
}

/// A source of facts.
pub(super) fn source(source: &Source) -> Value {
    link(&source.title, &encode_url(&source.url))
}

/// A link that is called after the host it leads to.
pub(super) fn by_host(url: &str) -> Value {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or(host);
    link(host.strip_prefix("www.").unwrap_or(host), &encode_url(url))
}

/// Somebody to ask.
pub(super) fn contact(contact: &Contact) -> Value {
    let dial = |phone: &String| {
        let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        format!("tel:{digits}")
    };
    record([
        ("name", text(contact.name.as_deref())),
        ("role", text(contact.role.as_deref())),
        ("phone", text(contact.phone.as_deref())),
        ("phone_url", contact.phone.as_ref().map(dial).into()),
        ("email", text(contact.email.as_deref())),
        ("email_url", contact.email.as_ref().map(|email| format!("mailto:{}", encode_url(email))).into()),
    ])
}

/// A place on the earth.
pub(super) fn coordinates(coordinates: Coordinates) -> Value {
    let (latitude, longitude) = (coordinates.latitude(), coordinates.longitude());
    record([
        ("latitude", latitude.into()),
        ("longitude", longitude.into()),
        ("text", format!("{latitude}, {longitude}").into()),
    ])
}

/// A calendar: to take in once, and to subscribe to. `webcal:` opens the calendar of the device.
pub(super) fn calendar(base: &BaseUrl, address: &str) -> Value {
    let whole = base.absolute(address);
    let subscribe = whole.split_once("://").map_or("", |(_, rest)| rest);
    record([("url", base.local(address).into()), ("subscribe", format!("webcal://{subscribe}").into())])
}

impl Scene<'_> {
    /// Links that show the way in the programs for it; none where nothing is known of the place. `geo:` (RFC 5870, with
    /// the label that Android's programs read) opens the device's own.
    pub(super) fn directions(&self, name: &str, place: &Address<'_>) -> Value {
        let address = place.line().map(|line| encode_query(&line));
        let (apple, google, open, own) = match (place.coordinates, address) {
            (Some(at), address) => {
                let (latitude, longitude) = (at.latitude(), at.longitude());
                let at = format!("{latitude},{longitude}");
                let label = address.unwrap_or_else(|| encode_query(name));
                (
                    format!("q={label}&ll={at}"),
                    at.clone(),
                    format!("?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"),
                    Some(format!("geo:{at}?q={at}({})", encode_query(name))),
                )
            }
            (None, Some(address)) => {
                (format!("q={address}"), address.clone(), format!("search?query={address}"), None)
            }
            (None, None) => return list([]),
        };
        let programs = [
            link("Apple Maps", &format!("https://maps.apple.com/?{apple}")),
            link("Google Maps", &format!("https://www.google.com/maps/dir/?api=1&destination={google}")),
            link("OpenStreetMap", &format!("https://www.openstreetmap.org/{open}")),
        ];
        let own = own.map(|url| link(self.words.get("directions_own"), &url));
        list(programs.into_iter().chain(own))
    }

    /// The root-relative URL of a file that is written.
    pub(super) fn url(&self, out: &OutPath) -> String {
        self.campaign.base.local(&out.address())
    }

    /// The root-relative URL of a language's home page.
    pub(super) fn home(&self, language: LanguageId) -> String {
        self.campaign.base.local(&self.campaign.language_prefix(language))
    }

    /// The address of a page of a list, below the site's root.
    pub(super) fn list_address(&self, listing: &Listing) -> String {
        self.address_in(listing, self.language)
    }

    /// The address of a page of a list in a language, below the site's root.
    pub(super) fn address_in(&self, listing: &Listing, language: LanguageId) -> String {
        listing.out(self.campaign, language).map_or_else(String::new, |out| out.address())
    }

    /// The root-relative URL of a page of a list.
    pub(super) fn list_url(&self, listing: &Listing) -> String {
        self.campaign.base.local(&self.list_address(listing))
    }

    /// A link to the list of a kind.
    pub(super) fn list_link(&self, kind: Kind) -> Value {
        let title = self.words.get(list_title(kind));
        link(title, &self.list_url(&Listing::Kind { kind, number: 1 }))
    }

    /// Links to the pages of tags.
    pub(super) fn tags(&self, tags: &[Tag]) -> Value {
        list(tags.iter().map(|tag| link(&tag.name, &self.tag_url(&tag.slug))))
    }

    fn tag_url(&self, tag: &Slug) -> String {
        self.list_url(&Listing::Tag { tag: tag.clone(), number: 1 })
    }

    /// The root-relative URL of a document that is shown, in the scene's language where it exists in it.
    pub(in crate::theme) fn document_url(&self, id: DocId) -> Option<String> {
        let (_, page) = self.reader.link(self.version(id))?;
        Some(self.url(page))
    }

    /// Where a link of campaign.yaml leads.
    pub(super) fn destination(&self, to: &Destination) -> String {
        match to {
            Destination::Document(id) => self.document_url(*id).unwrap_or_else(|| self.home(self.language)),
            Destination::Address(address) => self.campaign.base.local(address),
            Destination::Elsewhere(url) => encode_url(url),
        }
    }

    /// A picture.
    pub(super) fn picture(&self, picture: &Picture) -> Value {
        let size = |size: fn(crate::model::Dimensions) -> u32| picture.dimensions.map(size);
        let colour = self.reader.colour(picture);
        record([
            ("url", self.url(picture.usual()).into()),
            ("srcset", text(self.source_set(picture).as_deref())),
            ("largest", self.url(&picture.out).into()),
            ("absolute", self.campaign.base.absolute(&picture.out.address()).into()),
            ("colour", colour.map(|colour| colour.to_string()).into()),
            ("tone", text(colour.map(tone).as_deref())),
            ("alt", picture.alt.as_str().into()),
            ("credit", picture.credit.as_str().into()),
            ("caption", text(picture.caption.as_deref())),
            ("width", size(|size| size.width).into()),
            ("height", size(|size| size.height).into()),
        ])
    }

    /// All sizes of a photo, for `srcset`; `None` where there is only one.
    pub(in crate::theme) fn source_set(&self, picture: &Picture) -> Option<String> {
        let size = |size: &Size| format!("{} {}w", self.url(&size.out), size.width);
        let sizes: Vec<String> = picture.sizes.iter().map(size).collect();
        (sizes.len() > 1).then(|| sizes.join(", "))
    }

    /// A picture, or `none`.
    pub(super) fn picture_or_none(&self, picture: Option<&Picture>) -> Value {
        picture.map_or_else(Value::none, |picture| self.picture(picture))
    }
}

/// The classes of a colour, as near as 16 steps of red, green and blue come to it: `ra g7 b5`. A style sheet may stand in a
/// page's head, but a policy that lets nothing in between run or load forbids `style="…"` (CSP Level 3 §6.7.3.3).
pub(in crate::theme) fn tone(colour: Colour) -> String {
    let [red, green, blue] = colour.rgb.map(|value| (u16::from(value) + 8) / 17);
    format!("r{red:x} g{green:x} b{blue:x}")
}

/// The word for the title of a kind's list.
pub(super) fn list_title(kind: Kind) -> &'static str {
    match kind {
        Kind::Statement => "statements_title",
        Kind::Location => "locations_title",
        Kind::Event => "events_title",
        Kind::Timeline => "timelines_title",
        Kind::Home | Kind::Page => "home",
    }
}
