//! One file at a time, pure: front matter, hours, dates, Markdown. References are still words.

pub mod markdown;
