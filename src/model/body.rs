//! Prose: HTML with holes where something is only known once all documents are.

use crate::base::Html;
use crate::diagnostics::At;

/// A document's text, or a single line of Markdown from its front matter, ready but for its references.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// The HTML and its holes, in order.
    pub pieces: Vec<Piece>,
    /// What the holes refer to; pieces count into this list.
    pub references: Vec<Reference>,
    /// The headings, in order, for links to them.
    pub headings: Vec<Heading>,
    /// The first paragraph as plain text, for descriptions; empty where there is none.
    pub lead: String,
}

/// A stretch of HTML, or a hole. Numbers count into [`Body::references`] where nothing else is said.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Finished HTML.
    Html(Html),
    /// The URL of what is referred to, inside an `href`.
    Url(usize),
    /// The title of the document that is referred to: the words of `[[slug]]`.
    Title(usize),
    /// The card of the document that is referred to: `![[slug]]`.
    Embed(usize),
    /// A picture on its own: a whole `<figure>`.
    Figure(usize),
    /// A picture within a line: an `<img>`.
    Picture(usize),
    /// The anchor of a heading that has another one where the text is German; the number counts into
    /// [`Body::headings`].
    Anchor(usize),
    /// The beginning of a link within the text, up to its `#`: elsewhere than on its own page, that page's URL.
    Own,
    /// A word of the theme, escaped: `alert_note`.
    Word(&'static str),
    /// A word of the theme with a number for its `{n}`, escaped.
    WordWith(&'static str, usize),
}

/// Something that a text refers to, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// What it refers to.
    pub target: Target,
    /// The heading on that page, without `#`.
    pub anchor: Option<String>,
    /// Where it was typed.
    pub at: Typed,
}

/// Where something was typed. It never takes part in comparison: a text that only moved has not changed.
#[derive(Debug, Clone)]
pub struct Typed(pub At);

impl PartialEq for Typed {
    fn eq(&self, _: &Typed) -> bool {
        true
    }
}

impl Eq for Typed {}

impl std::hash::Hash for Typed {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

/// What a reference can lead to. Full URLs are no references: they are written into the HTML at once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// The document itself: `[words](#heading)`.
    Own,
    /// A document by its name: `[[slug]]`, `[[statements/slug]]`.
    Name(String),
    /// A document, page or file by a path as in a link: `other.md`, `../locations/x.md`, `/statements/x/`, `media/a.pdf`.
    Path(String),
    /// A picture: `![alt](../media/photo.jpg "credit")` with its own words, or `![[photo.jpg]]` with those of `media.yaml`.
    Picture(Figure),
}

/// A picture as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// The path as in a link, or the bare name of a file somewhere below `content/`.
    pub file: String,
    /// Whether it is a bare name, as in `![[photo.jpg]]`.
    pub by_name: bool,
    /// What it shows; `None` where `media.yaml` says it.
    pub alt: Option<String>,
    /// Who made it; `None` where `media.yaml` says it.
    pub credit: Option<String>,
}

/// A heading and its anchor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// The anchor, unique in its document.
    pub id: String,
    /// The anchor where the text is German, if that is another one: a file alone does not say its language.
    pub german_id: Option<String>,
    /// The words, without markup.
    pub text: String,
}

impl Heading {
    /// The anchor in a text that is German or not.
    pub fn anchor(&self, german: bool) -> &str {
        self.german_id.as_deref().filter(|_| german).unwrap_or(&self.id)
    }
}
