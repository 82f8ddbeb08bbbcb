//! What is typed once is right everywhere: a change of plan on every page, in its row, in feeds, calendars and
//! structured data.

mod agree;
mod changes;
mod next;
mod script;
mod timelines;

/// How many random campaigns are looked at: `CAMPAIGNS=300 cargo test campaigns`, as `.ci/run` does.
pub(crate) fn seeds() -> u64 {
    std::env::var("CAMPAIGNS").map_or(60, |campaigns| campaigns.parse().unwrap())
}
