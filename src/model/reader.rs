//! The only door through which rendering sees the site. Reading is recording.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::{
    Asset, AtLocation, Campaign, Card, Clock, Colour, Colours, Content, Destination, Kind, LanguageId,
    Listing, Media, Notice, Phase, Picture, Plan, Prints, Prose, Redirect, Route, Sign, Site, Term, Texts,
};
use crate::base::{DocId, Fingerprint, Fingerprinter, OutPath, Slug};

/// Something that a render read, by aspect, so that little is dirtied by a change.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    /// What a document is called and where it stands, in each language.
    Link(DocId),
    /// What lists show of a document, its title and address included.
    Card(DocId),
    /// When what happens at a document.
    Plan(DocId),
    /// A document's text.
    Prose(DocId),
    /// Which documents a list holds, and in which order.
    List(ListId),
    /// The campaign's texts in a language, its phase and its look.
    Campaign(LanguageId),
    /// The changes of plan in a language.
    Notices(LanguageId),
    /// The picket signs in a language.
    Signs(LanguageId),
    /// The words and names of the theme in a language.
    Words(LanguageId),
    /// The theme's templates and published files.
    Theme,
    /// The moment that pages bear.
    Stamp,
    /// The routes of all outputs.
    Routes,
    /// The short addresses.
    Redirects,
    /// The bytes of a picture or of a file copied as it is.
    File(OutPath),
}

/// A list of one language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ListId {
    /// All documents of a kind.
    Kind(LanguageId, Kind),
    /// The newest statements, as many as given.
    Newest(LanguageId, usize),
    /// The statements of a year.
    Year(LanguageId, i16),
    /// What bears a tag.
    Tag(LanguageId, Slug),
    /// Which years there are.
    Years(LanguageId),
    /// The statements before and after one.
    Around(LanguageId, DocId),
    /// What names a location.
    At(LanguageId, DocId),
    /// All documents that are shown.
    All,
}

/// The texts of a language that a campaign does not have.
static NO_TEXTS: Texts = Texts::none();

/// The plan of a document that is not shown.
static NO_PLAN: Plan = Plan::none();

/// A view of the site for one render. It notes each fact that is read, unless nobody will ask.
pub struct Reader<'s> {
    site: &'s Site,
    seen: Option<RefCell<Vec<Fact>>>,
    clock: Clock,
    colours: Option<&'s dyn Colours>,
}

impl<'s> Reader<'s> {
    /// A fresh view that has read nothing.
    pub fn new(site: &'s Site) -> Reader<'s> {
        Reader { site, seen: Some(RefCell::default()), clock: Clock::new(site.moment), colours: None }
    }

    /// The same for a render after which nothing changes: what it reads is not noted.
    pub fn unnoted(site: &'s Site) -> Reader<'s> {
        Reader { seen: None, ..Reader::new(site) }
    }

    /// The same, where somebody knows the colours of photos.
    pub fn with_colours(self, colours: &'s dyn Colours) -> Reader<'s> {
        Reader { colours: Some(colours), ..self }
    }

    /// All facts that were read and noted, each once and in order.
    pub fn facts(self) -> Vec<Fact> {
        let mut facts = self.seen.map(RefCell::into_inner).unwrap_or_default();
        facts.sort();
        facts.dedup();
        facts
    }

    /// Notes a fact that was read elsewhere: in a view that is shared, or in the theme.
    pub fn note(&self, fact: Fact) {
        if let Some(seen) = &self.seen {
            seen.borrow_mut().push(fact);
        }
    }

    /// Makes something that is shared, and tells what it read and how long it holds.
    pub fn watch<T>(&self, make: impl FnOnce() -> T) -> (T, Vec<Fact>, Term) {
        let Some(seen) = &self.seen else { return (make(), Vec::new(), Term::ALWAYS) };
        let start = seen.borrow().len();
        let (made, term) = self.clock.watch(make);
        (made, seen.borrow().get(start..).unwrap_or_default().to_vec(), term)
    }

    /// A document's card, where it is shown.
    pub fn card(&self, id: DocId) -> Option<&'s Card> {
        self.note(Fact::Card(id));
        self.site.card(id)
    }

    /// What a link shows of a document, where it is shown: its title and its page.
    pub fn link(&self, id: DocId) -> Option<(&'s str, &'s OutPath)> {
        self.note(Fact::Link(id));
        self.site.card(id).map(|card| (card.title.as_str(), &card.route))
    }

    /// What happens at a document and when; nothing for kinds without a plan.
    pub fn plan(&self, id: DocId) -> &'s Plan {
        self.note(Fact::Plan(id));
        let document = self.site.documents.get(id.index()).and_then(Option::as_ref);
        document.map_or(&NO_PLAN, |document| &document.plan)
    }

    /// A document's text, where it is shown.
    pub fn prose(&self, id: DocId) -> Option<&'s Prose> {
        self.note(Fact::Prose(id));
        Some(&self.site.documents.get(id.index())?.as_ref()?.prose)
    }

    /// A document's version in a language, or itself.
    pub fn version(&self, id: DocId, language: LanguageId) -> DocId {
        self.note(Fact::Link(id));
        self.site.version(id, language)
    }

    /// What holds for the campaign in every language.
    pub fn campaign(&self, language: LanguageId) -> (&'s Campaign, &'s Texts) {
        self.note(Fact::Campaign(language));
        let texts = &self.site.campaign.texts;
        (&self.site.campaign, texts.get(language.index()).unwrap_or(&NO_TEXTS))
    }

    /// The phase that holds, and whether the site is a record.
    pub fn phase(&self) -> (Option<&'s Phase>, bool) {
        self.note(Fact::Campaign(LanguageId::default()));
        (self.site.phase.as_ref(), self.site.record)
    }

    /// The changes of plan in a language, past ones too, the earliest first.
    pub fn notices(&self, language: LanguageId) -> &'s [Notice] {
        self.note(Fact::Notices(language));
        self.site.notices.get(language.index()).map_or(&[], Vec::as_slice)
    }

    /// The picket signs in a language.
    pub fn signs(&self, language: LanguageId) -> &'s [Sign] {
        self.note(Fact::Signs(language));
        self.site.signs.get(language.index()).map_or(&[], Vec::as_slice)
    }

    /// What can be asked of the moment.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The moment that a page bears as its own. It is another in every build, so that alone is no change of a page.
    pub fn stamp(&self) -> Timestamp {
        self.note(Fact::Stamp);
        self.site.stamp
    }

    /// The documents of a kind in a language.
    pub fn of_kind(&self, language: LanguageId, kind: Kind) -> &'s [DocId] {
        self.note(Fact::List(ListId::Kind(language, kind)));
        self.site.lists.get(language.index()).map_or(&[], |lists| lists.of(kind))
    }

    /// The newest statements in a language.
    pub fn newest(&self, language: LanguageId, most: usize) -> &'s [DocId] {
        self.note(Fact::List(ListId::Newest(language, most)));
        let statements = self.site.lists.get(language.index()).map_or(&[][..], |lists| &lists.statements);
        &statements[..most.min(statements.len())]
    }

    /// The documents on one page of a listing, and how many pages there are.
    pub fn listed(&self, language: LanguageId, listing: &Listing) -> (&'s [DocId], usize) {
        self.note(Fact::List(match listing {
            Listing::Kind { kind, .. } => ListId::Kind(language, *kind),
            Listing::Year { year, .. } => ListId::Year(language, *year),
            Listing::Tag { tag, .. } => ListId::Tag(language, tag.clone()),
        }));
        let all = self.site.listed(language, listing);
        let pages = self.site.pages_of(language, listing);
        if pages == 1 {
            return (all, 1);
        }
        let page = all.chunks(Listing::PER_PAGE).nth(listing.number() - 1).unwrap_or_default();
        (page, pages)
    }

    /// The years that have statements, the newest first.
    pub fn years(&self, language: LanguageId) -> Vec<i16> {
        self.note(Fact::List(ListId::Years(language)));
        let years = self.site.lists.get(language.index()).map_or(&[][..], |lists| &lists.years);
        years.iter().map(|(year, _)| *year).collect()
    }

    /// The statements before and after one in the list of all, the newer first.
    pub fn neighbours(&self, language: LanguageId, id: DocId) -> (Option<DocId>, Option<DocId>) {
        self.note(Fact::List(ListId::Around(language, id)));
        self.site.neighbours(language, id)
    }

    /// What names a location in a language.
    pub fn at_location(&self, language: LanguageId, id: DocId) -> &'s AtLocation {
        self.note(Fact::List(ListId::At(language, id)));
        self.site.at_location(language, id)
    }

    /// A tag's name as it was first written.
    pub fn tag_name(&self, language: LanguageId, tag: &Slug) -> &'s str {
        self.note(Fact::List(ListId::Tag(language, tag.clone())));
        let list = self.site.lists.get(language.index()).and_then(|lists| lists.tags.get(tag));
        list.map_or("", |list| &list.name)
    }

    /// The tags of a language.
    pub fn tags(&self, language: LanguageId) -> Vec<&'s Slug> {
        self.note(Fact::Routes);
        self.site.lists.get(language.index()).map_or_else(Vec::new, |lists| lists.tags.keys().collect())
    }

    /// All cards that are shown, in order of their numbers.
    pub fn all_cards(&self) -> Vec<&'s Card> {
        self.note(Fact::List(ListId::All));
        self.site
            .shown()
            .map(|document| &document.card)
            .inspect(|card| self.note(Fact::Card(card.id)))
            .collect()
    }

    /// A file that documents refer to.
    pub fn media(&self, path: &OutPath) -> Option<&'s Media> {
        self.note(Fact::File(path.clone()));
        self.site.media.get(path)
    }

    /// The colour of a photo as seen from far away. It follows from the photo's bytes, and so from its path.
    pub fn colour(&self, picture: &Picture) -> Option<Colour> {
        match &self.media(&picture.out)?.content {
            Content::Print(photo, _) => self.colours?.colour(photo),
            Content::Whole(_) => None,
        }
    }

    /// The theme's published files.
    pub fn assets(&self) -> &'s [Asset] {
        self.note(Fact::Theme);
        &self.site.assets
    }

    /// The site's redirects.
    pub fn redirects(&self) -> &'s [Redirect] {
        self.note(Fact::Routes);
        &self.site.redirects
    }

    /// The addresses of pages that were taken back.
    pub fn gone(&self) -> &'s [String] {
        self.note(Fact::Routes);
        &self.site.gone
    }

    /// The short address of something: the shortest that campaign.yaml gives it.
    pub fn short_address(&self, to: &Destination) -> Option<&'s OutPath> {
        self.note(Fact::Redirects);
        let there = self.site.redirects.iter().filter(|redirect| redirect.is_short && redirect.to == *to);
        there.map(|redirect| &redirect.out).min_by_key(|out| (out.as_str().len(), *out))
    }

    /// The routes of all outputs.
    pub fn routes(&self) -> &'s BTreeMap<OutPath, Route> {
        self.note(Fact::Routes);
        &self.site.routes
    }

    /// A static file's bytes.
    pub fn static_file(&self, path: &OutPath) -> Option<Arc<[u8]>> {
        self.note(Fact::File(path.clone()));
        self.site.statics.get(path).and_then(|(_, file)| file.bytes())
    }
}

impl Site {
    /// The fingerprint of a fact as it is now; `theme` answers for what the theme holds.
    pub fn fingerprint(&self, fact: &Fact, theme: &dyn Fn(&Fact) -> Fingerprint) -> Fingerprint {
        match fact {
            Fact::Link(id) => self.prints_of(*id).link,
            Fact::Card(id) => self.prints_of(*id).card,
            Fact::Plan(id) => self.prints_of(*id).plan,
            Fact::Prose(id) => self.prints_of(*id).prose,
            Fact::Notices(language) => {
                self.kept_print(fact, || Fingerprint::of(&self.notices.get(language.index())))
            }
            Fact::Signs(language) => Fingerprint::of(&self.signs.get(language.index())),
            Fact::List(short @ (ListId::Around(..) | ListId::At(..))) => self.list_fingerprint(short),
            Fact::List(list) => self.kept_print(fact, || self.list_fingerprint(list)),
            Fact::Campaign(language) => self.kept_print(fact, || self.campaign_fingerprint(*language)),
            Fact::Stamp => Fingerprint::of(&self.stamp),
            Fact::Routes => self.kept_print(fact, || self.routes_fingerprint()),
            Fact::Redirects => self.kept_print(fact, || Fingerprint::of(&self.redirects)),
            Fact::File(path) => {
                // The name of a picture has a digest of its bytes in it.
                let file = self.statics.get(path).map(|(_, file)| file.fingerprint);
                Fingerprint::of(&(self.media.contains_key(path), file))
            }
            Fact::Words(_) | Fact::Theme => theme(fact),
        }
    }

    fn prints_of(&self, id: DocId) -> Prints {
        self.prints.get(id.index()).copied().unwrap_or_default()
    }

    fn list_fingerprint(&self, list: &ListId) -> Fingerprint {
        let lists = |language: &LanguageId| self.lists.get(language.index());
        match list {
            ListId::Kind(language, kind) => Fingerprint::of(&lists(language).map(|lists| lists.of(*kind))),
            ListId::Newest(language, most) => Fingerprint::of(
                &lists(language).map(|lists| &lists.statements[..(*most).min(lists.statements.len())]),
            ),
            ListId::Year(language, year) => {
                Fingerprint::of(self.listed(*language, &Listing::Year { year: *year, number: 1 }))
            }
            ListId::Tag(language, tag) => {
                let list = lists(language).and_then(|lists| lists.tags.get(tag));
                Fingerprint::of(&list.map(|list| (&list.name, &list.documents)))
            }
            ListId::Years(language) => {
                let years = lists(language)
                    .map(|lists| lists.years.iter().map(|(year, _)| *year).collect::<Vec<_>>());
                Fingerprint::of(&years)
            }
            ListId::Around(language, id) => Fingerprint::of(&self.neighbours(*language, *id)),
            ListId::At(language, id) => Fingerprint::of(self.at_location(*language, *id)),
            ListId::All => {
                Fingerprint::of(&self.shown().map(|document| document.card.id).collect::<Vec<_>>())
            }
        }
    }

    fn campaign_fingerprint(&self, language: LanguageId) -> Fingerprint {
        let mut print = Fingerprinter::default();
        let campaign = &self.campaign;
        print.add(&(
            &campaign.base,
            &campaign.zone_name,
            &campaign.languages,
            &campaign.theme,
            &campaign.hosts,
            (&campaign.left_out, &campaign.card_fonts),
        ));
        print.add(&(&self.phase, self.record, campaign.texts.get(language.index())));
        print.finish()
    }

    fn routes_fingerprint(&self) -> Fingerprint {
        let mut print = Fingerprinter::default();
        print.add(&self.routes);
        print.add(&(&self.redirects, &self.gone));
        print.finish()
    }
}
