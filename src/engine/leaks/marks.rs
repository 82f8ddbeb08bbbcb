//! What would betray an unpublished document where it stands: runs of its words, its titles, names and addresses.

use std::collections::{HashMap, HashSet};

use super::words::{Ear, End, Form, Stream, Word, tell};

/// How many words in a row are taken for a document's own.
pub(super) const RUN: usize = 10;
/// How many of them have to be more than a number or a letter: “Monday, October 21, 2024, 6 a.m. – 2 p.m.” is a time.
const TELLING: usize = 6;
/// Up to how many words a title may have to be looked for only where it stands for itself.
const SHORT: usize = 3;
/// How many words of a title are compared.
const LONGEST: usize = 24;

/// All that betrays.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The document of each run of words.
    runs: HashMap<u64, usize>,
    phrases: Vec<Phrase>,
    /// Phrases by their last word.
    by_last: HashMap<u64, Vec<usize>>,
}

/// Some words that betray.
#[derive(Debug)]
struct Phrase {
    owner: usize,
    words: Vec<u64>,
    kind: Kind,
}

/// What a phrase is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A title.
    Title,
    /// A name as in addresses, which has to be written like this.
    Name(String),
    /// An address below the root of the host, without slashes at its ends; and the origin that may stand before it.
    Address(String, String),
}

/// One of the marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    Run(u64),
    Phrase(usize),
}

/// A mark in a text.
#[derive(Debug)]
pub(super) struct Hit {
    pub(super) mark: Mark,
    /// The document that is betrayed.
    pub(super) owner: usize,
    /// Where it stands.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// How closely is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// At an output: a short title has to stand for itself, an address to be one.
    Output,
    /// At what may be said: words are enough.
    Said,
}

impl Marks {
    /// Adds all runs of a text.
    pub(super) fn add_runs(&mut self, owner: usize, text: &str, form: Form) {
        let mut runs = Runs { marks: self, owner, states: Default::default() };
        tell(text, form, &mut runs);
    }

    /// Adds a title, where it says enough to be known again.
    pub(super) fn add_title(&mut self, owner: usize, title: &str) {
        let (words, telling) = listed(title);
        let has_numbers = telling < words.len();
        if telling >= SHORT || (telling > 0 && !has_numbers) {
            let first = words.into_iter().take(LONGEST).collect();
            self.add(Phrase { owner, words: first, kind: Kind::Title });
        }
    }

    /// Adds a name of at least three words; shorter ones are looked for in whole addresses only, for style sheets are full
    /// of their like.
    pub(super) fn add_name(&mut self, owner: usize, name: &str) {
        let (words, telling) = listed(name);
        if telling > 1 && words.len() >= SHORT && words.len() <= LONGEST {
            self.add(Phrase { owner, words, kind: Kind::Name(name.to_owned()) });
        }
    }

    /// Adds an address.
    pub(super) fn add_address(&mut self, owner: usize, address: &str, origin: &str) {
        let address = address.trim_matches('/');
        let (words, _) = listed(address);
        if !words.is_empty() && words.len() <= LONGEST {
            self.add(Phrase { owner, words, kind: Kind::Address(address.to_owned(), origin.to_owned()) });
        }
    }

    fn add(&mut self, phrase: Phrase) {
        if let Some(last) = phrase.words.last() {
            self.by_last.entry(*last).or_default().push(self.phrases.len());
            self.phrases.push(phrase);
        }
    }

    /// Whether a mark is a title of few words.
    pub(super) fn is_short(&self, mark: Mark) -> bool {
        matches!(mark, Mark::Phrase(at) if self.phrases.get(at).is_some_and(Phrase::is_short))
    }

    /// All marks that stand in a text.
    pub(super) fn find(&self, text: &str, form: Form, look: Look) -> Vec<Hit> {
        let mut finder = Finder { marks: self, text, look, states: Default::default(), hits: Vec::new() };
        tell(text, form, &mut finder);
        finder.hits
    }

    /// The marks among some hits.
    pub(super) fn of(hits: &[Hit]) -> HashSet<Mark> {
        hits.iter().map(|hit| hit.mark).collect()
    }
}

/// The words of a phrase, and how many of them are telling.
fn listed(text: &str) -> (Vec<u64>, usize) {
    let mut list = List::default();
    tell(text, Form::Plain, &mut list);
    (list.words, list.telling)
}

#[derive(Default)]
struct List {
    words: Vec<u64>,
    telling: usize,
}

impl Ear for List {
    fn word(&mut self, _: Stream, word: Word) {
        self.words.push(word.hash);
        self.telling += usize::from(word.is_telling);
    }

    fn ends(&mut self, _: Stream, _: End) {}
}

/// The words since a sentence began, and since a stretch of it did.
#[derive(Debug, Default)]
struct State {
    words: Vec<Word>,
    stretch: usize,
}

impl State {
    /// The digest of the last ten words, where they say enough.
    fn run(&self) -> Option<(u64, &[Word])> {
        let last = self.words.len().checked_sub(RUN).map(|from| &self.words[from..])?;
        if last.iter().filter(|word| word.is_telling).count() < TELLING {
            return None;
        }
        let add =
            |sum: u64, word: &Word| (sum.rotate_left(7) ^ word.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Some((last.iter().fold(0, add), last))
    }

    fn ends(&mut self, end: End) {
        if end == End::Sentence {
            self.words.clear();
        }
        self.stretch = self.words.len();
    }
}

/// The words of text and those of attributes within it, each for itself.
type States = [State; 2];

fn state(states: &mut States, stream: Stream) -> &mut State {
    match stream {
        Stream::Text | Stream::Drawn => &mut states[0],
        Stream::Value | Stream::Code => &mut states[1],
    }
}

struct Runs<'m> {
    marks: &'m mut Marks,
    owner: usize,
    states: States,
}

impl Ear for Runs<'_> {
    fn word(&mut self, stream: Stream, word: Word) {
        let state = state(&mut self.states, stream);
        state.words.push(word);
        if let Some((run, _)) = state.run() {
            self.marks.runs.entry(run).or_insert(self.owner);
        }
    }

    fn ends(&mut self, stream: Stream, end: End) {
        state(&mut self.states, stream).ends(end);
    }
}

struct Finder<'m> {
    marks: &'m Marks,
    text: &'m str,
    look: Look,
    states: States,
    hits: Vec<Hit>,
}

impl Ear for Finder<'_> {
    fn word(&mut self, stream: Stream, word: Word) {
        let state = state(&mut self.states, stream);
        state.words.push(word);
        if let Some((run, words)) = state.run()
            && let Some(owner) = self.marks.runs.get(&run)
            && let [first, .., last] = words
        {
            self.hits.push(Hit { mark: Mark::Run(run), owner: *owner, from: first.from, to: last.to });
        }
        for at in self.marks.by_last.get(&word.hash).into_iter().flatten() {
            let Some(phrase) = self.marks.phrases.get(*at) else { continue };
            let is_by_itself = self.look == Look::Output && phrase.is_short();
            if !is_by_itself
                && let Some((from, to)) = phrase.ends(&state.words)
                && (self.look == Look::Said || phrase.is_written(self.text, from, to))
            {
                self.hits.push(Hit { mark: Mark::Phrase(*at), owner: phrase.owner, from, to });
            }
        }
    }

    fn ends(&mut self, stream: Stream, end: End) {
        let state = state(&mut self.states, stream);
        if self.look == Look::Output && stream != Stream::Drawn {
            let stretch = state.words.get(state.stretch..).unwrap_or_default();
            self.hits.extend(self.marks.alone(stretch, stream));
        }
        state.ends(end);
    }
}

impl Marks {
    /// The short title that a stretch is, and nothing else. A single word is one only where it is read to people: data and
    /// code are full of them.
    fn alone(&self, stretch: &[Word], stream: Stream) -> Option<Hit> {
        let last = stretch.last().filter(|_| stretch.len() <= SHORT)?;
        if stretch.len() == 1 && stream == Stream::Code {
            return None;
        }
        let is_it = |phrase: &Phrase| phrase.is_short() && phrase.words.len() == stretch.len();
        self.by_last.get(&last.hash)?.iter().find_map(|at| {
            let phrase = self.phrases.get(*at).filter(|phrase| is_it(phrase))?;
            let (from, to) = phrase.ends(stretch)?;
            Some(Hit { mark: Mark::Phrase(*at), owner: phrase.owner, from, to })
        })
    }
}

impl Phrase {
    fn is_short(&self) -> bool {
        self.kind == Kind::Title && self.words.len() <= SHORT
    }

    /// Where it stands at the end of some words.
    fn ends(&self, words: &[Word]) -> Option<(usize, usize)> {
        let from = words.len().checked_sub(self.words.len())?;
        let last = &words[from..];
        let same = last.iter().map(|word| word.hash).eq(self.words.iter().copied());
        same.then(|| Some((last.first()?.from, last.last()?.to))).flatten()
    }

    /// Whether what stands there is written as it has to be.
    fn is_written(&self, text: &str, from: usize, to: usize) -> bool {
        let (before, after) = (&text[..from], &text[to..]);
        let goes_on = |next: char| next.is_alphanumeric() || matches!(next, '-' | '_');
        let ends = !after.starts_with(goes_on);
        match &self.kind {
            Kind::Title => true,
            Kind::Name(name) => ends && !before.ends_with(goes_on) && text[from..to] == **name,
            Kind::Address(address, origin) => {
                let root = before.strip_suffix('/');
                let begins = |root: &str| {
                    root.ends_with(origin.as_str())
                        || root.ends_with(|c: char| c.is_whitespace() || "\"'(>=,".contains(c))
                        || root.is_empty()
                };
                ends && !after.starts_with('.') && text[from..to] == **address && root.is_some_and(begins)
            }
        }
    }
}
