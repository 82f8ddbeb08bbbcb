//! Pages of the old site that are missed: they are not in the new one, and nothing says where their readers go now.

use std::collections::BTreeSet;

use super::Engine;
use crate::base::OutPath;
use crate::link::Linked;
use crate::model::Kind;

impl Engine {
    /// Whose site this is, for telling whether another one is a former state of it: its address. `None` for a preview, which
    /// nobody misses anything of.
    pub fn name(&self) -> Option<String> {
        let (site, _) = self.made()?;
        (!self.settings.drafts).then(|| site.campaign.base.absolute(""))
    }

    /// Those among vanished pages whose readers were told nothing. Left out are pages that campaign.yaml says are gone; those
    /// of documents that have expired, which was decided when that was written; and pages that follow from others and come and
    /// go by themselves: lists, and what is to be printed.
    pub fn missed<'p>(&self, vanished: &'p [OutPath]) -> Vec<&'p OutPath> {
        let Some((site, _)) = self.made().filter(|_| !self.settings.drafts) else { return Vec::new() };
        let prefixes: Vec<String> = site.campaign.languages.iter().map(|tag| format!("{tag}/")).collect();
        let gone: BTreeSet<&str> = site.gone.iter().map(String::as_str).collect();
        let expired = self.linked.as_ref().map(Linked::expired).unwrap_or_default();
        let is_missed = |path: &&OutPath| {
            let address = path.as_str().trim_end_matches("index.html").trim_end_matches('/');
            let below = prefixes.iter().find_map(|prefix| address.strip_prefix(prefix.as_str()));
            path.as_str().ends_with(".html")
                && !gone.contains(address)
                && !expired.contains(address)
                && !follows(below.unwrap_or(address))
        };
        vanished.iter().filter(is_missed).collect()
    }
}

/// Whether a page below its language's root follows from others.
fn follows(address: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let first = match address.rsplit_once("/page/") {
        Some((first, number)) if is_number(number) => first,
        _ => address,
    };
    match first.split('/').collect::<Vec<_>>().as_slice() {
        [list] => Kind::LISTED.iter().any(|kind| kind.folder() == *list),
        ["tags" | "print", _] => true,
        ["statements", year] => year.len() == 4 && is_number(year),
        ["locations", _, "flyer"] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::follows;

    #[test]
    fn lists_and_prints_follow_from_others() {
        for page in [
            "events",
            "statements/2024",
            "statements/2024/page/2",
            "statements/page/3",
            "tags/pay",
            "tags/pay/page/2",
            "print/schedule",
            "locations/gate-3/flyer",
        ] {
            assert!(follows(page), "{page}");
        }
        for page in
            ["about", "statements/vote", "locations/gate-3", "a/flyer", "guide/page/x", "2024", "404.html"]
        {
            assert!(!follows(page), "{page}");
        }
    }
}
