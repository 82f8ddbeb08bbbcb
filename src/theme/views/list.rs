//! A page of a list: `list`.

use tera::Value;

use super::Scene;
use super::value::{list, record, text};
use crate::model::{Kind, Listing};

/// Up to so many pages of a list, all are linked; of more, the first, the last and those around.
const ALL_LINKED: usize = 15;
/// How many pages before and after are linked where not all are.
const AROUND: usize = 3;

impl Scene<'_> {
    /// `list`.
    pub(in crate::theme) fn list(&self, listing: &Listing) -> Value {
        let (ids, pages) = self.reader.listed(self.language, listing);
        let number = listing.number();
        let url = |number: usize| Value::from(self.list_url(&listing.at(number)));
        let linked = (1..=pages).filter(|page| {
            pages <= ALL_LINKED || *page == 1 || *page == pages || page.abs_diff(number) <= AROUND
        });
        let links = linked.map(|page| {
            record([("number", page.into()), ("url", url(page)), ("current", (page == number).into())])
        });
        let (year, tag) = match listing {
            Listing::Year { year, .. } => (Some(year.to_string()), None),
            Listing::Tag { tag, .. } => (None, Some(self.reader.tag_name(self.language, tag))),
            Listing::Kind { .. } => (None, None),
        };
        let all = match listing {
            Listing::Year { .. } => Listing::Kind { kind: Kind::Statement, number: 1 },
            Listing::Kind { .. } | Listing::Tag { .. } => listing.at(1),
        };
        record([
            ("items", self.cards(ids.iter().copied())),
            ("number", number.into()),
            ("of", pages.into()),
            ("newer", if number > 1 { url(number - 1) } else { Value::none() }),
            ("older", if number < pages { url(number + 1) } else { Value::none() }),
            ("pages", list(links)),
            ("years", self.years(listing)),
            ("all_url", self.list_url(&all).into()),
            ("year", year.into()),
            ("tag", text(tag)),
        ])
    }

    /// The years that have statements, for lists of statements.
    fn years(&self, listing: &Listing) -> Value {
        let of_statements =
            matches!(listing, Listing::Kind { kind: Kind::Statement, .. } | Listing::Year { .. });
        if !of_statements {
            return list([]);
        }
        list(self.reader.years(self.language).into_iter().map(|year| {
            let current = matches!(listing, Listing::Year { year: shown, .. } if *shown == year);
            record([
                ("year", year.to_string().into()),
                ("url", self.list_url(&Listing::Year { year, number: 1 }).into()),
                ("current", current.into()),
            ])
        }))
    }
}
