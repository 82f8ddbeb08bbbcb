//! The domain as it is once everything is known. No parsing, no templates.

mod body;
mod campaign;
mod clock;
mod document;
mod event;
mod hours;
mod index;
mod location;
mod media;
mod notice;
mod occurrence;
mod plan;
mod reader;
mod site;
mod statement;
mod timeline;
mod when;

pub use body::{Body, Figure, Heading, Piece, Reference, Target, Typed};
pub use campaign::{
    Action, Alert, Beside, Campaign, Contact, Destination, Employer, Font, LanguageId, MenuEntry, MenuLabel,
    Phase, PhaseName, Redirect, Texts, ThemeSettings, Union,
};
pub use clock::{Clock, Term};
pub use document::{
    Card, Details, Document, Kind, Linked, Picture, Prose, Resolved, Size, Source, Tag, Visibility,
};
pub use event::{Event, EventStatus, Gathering, Place, Venue};
pub use hours::{Days, Hours, WeekdaySet};
pub use index::{AtLocation, Index};
pub use location::{
    Change, ChangeStatus, Coordinates, Location, LocationStatus, LocationType, Practical, Shift, ShiftHours,
    Stay,
};
pub use media::{Asset, Colour, Colours, Content, Dimensions, GoesAs, Media, Photo, PhotoFormat};
pub use notice::Notice;
pub use occurrence::{Occurrence, OccurrenceKind, OccurrenceStatus, Origin, State};
pub use plan::Plan;
pub use reader::{Fact, ListId, Reader};
pub use site::{Listing, Lists, Page, Print, Prints, Route, Sign, SignSize, Site, TagList};
pub use statement::{Correction, Issuer, Side, Speaker, Statement, StatementType};
pub use timeline::{LinkedEvent, Timeline, TimelineEvent};
pub use when::{DateRange, When};
