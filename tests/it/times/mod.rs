//! What is typed once is right everywhere: a change of plan on every page, in its row, in feeds, calendars and
//! structured data.

mod agree;
mod changes;
mod next;
mod script;
mod timelines;
