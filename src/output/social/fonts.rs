//! The fonts of social cards: which letters they have, how wide words are in them, and how resvg finds them.
//!
//! resvg draws a box for a letter that no font has, and says nothing; so it is asked here before anything is drawn.

use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::{Database, ID, Source};
use resvg::usvg::{FontResolver, Options};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use crate::model::Font;

/// Open Sans (SIL Open Font License 1.1, `fonts/OFL.txt`): all of Latin, Vietnamese, Greek, Cyrillic and Hebrew in 130 kB.
const SMALL: &[u8] = include_bytes!("fonts/OpenSans-SemiBold.ttf");
const LARGE: &[u8] = include_bytes!("fonts/OpenSans-ExtraBold.ttf");

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Those of headlines.
    Large,
    /// Those of all else.
    Small,
}

impl Weight {
    /// Both.
    const ALL: [Weight; 2] = [Weight::Large, Weight::Small];

    /// As CSS counts.
    pub(super) fn number(self) -> u16 {
        match self {
            Weight::Large => 800,
            Weight::Small => 600,
        }
    }

    fn bytes(self) -> &'static [u8] {
        match self {
            Weight::Large => LARGE,
            Weight::Small => SMALL,
        }
    }
}

/// The fonts of a language: its own, where campaign.yaml names one, and ours for what that does not have.
#[derive(Debug)]
pub struct Fonts {
    own: Option<Arc<Font>>,
    loaded: OnceLock<Loaded>,
}

/// The fonts as resvg has them.
#[derive(Debug)]
struct Loaded {
    database: Arc<Database>,
    /// For each weight, the fonts to try, in order.
    chains: [Vec<ID>; 2],
}

impl Fonts {
    /// The fonts of a language.
    pub fn new(own: Option<Arc<Font>>) -> Fonts {
        Fonts { own, loaded: OnceLock::new() }
    }

    fn load(&self) -> Loaded {
        let mut database = Database::new();
        let mut load = |bytes: Arc<dyn AsRef<[u8]> + Send + Sync>| {
            database.load_font_source(Source::Binary(bytes)).first().copied()
        };
        let chains = Weight::ALL.map(|weight| {
            // Once for each weight, so that what is missing in it comes in that weight.
            let own = self.own.as_ref().and_then(|font| load(Arc::new(Arc::clone(&font.bytes))));
            own.into_iter().chain(load(Arc::new(weight.bytes()))).collect()
        });
        Loaded { database: Arc::new(database), chains }
    }

    /// The first letter of a text that none of the fonts has.
    pub fn lacks(&self, text: &str) -> Option<char> {
        // Both weights have the same letters.
        let ruler = self.ruler(Weight::Small);
        let mut letters = text.chars().filter(|letter| !letter.is_ascii() && !is_unseen(*letter));
        letters.find(|letter| ruler.find(*letter).is_none())
    }

    /// The digest of the language's own font, where it has one.
    pub(super) fn digest(&self) -> &str {
        self.own.as_ref().map_or("", |font| &font.digest)
    }

    /// What measures words of a weight.
    pub(super) fn ruler(&self, weight: Weight) -> Ruler<'_> {
        let own = self.own.as_ref().map(|font| &*font.bytes);
        let fonts = own.into_iter().chain([weight.bytes()]);
        Ruler { faces: fonts.filter_map(Face::new).collect() }
    }

    /// What resvg has to know of the fonts.
    pub(super) fn options(&self) -> Options<'_> {
        let Loaded { database, chains } = self.loaded.get_or_init(|| self.load());
        let of = |weight: u16| &chains[usize::from(weight < Weight::Large.number())];
        let next = |letter: char, used: &[ID], database: &mut Arc<Database>| {
            let chain = chains.iter().find(|chain| used.first().is_some_and(|id| chain.contains(id)))?;
            let has = |id: &&ID| !used.contains(id) && has(database, **id, letter);
            chain.iter().find(has).copied()
        };
        let font_resolver = FontResolver {
            select_font: Box::new(move |font, _| of(font.weight()).first().copied()),
            select_fallback: Box::new(next),
        };
        Options { fontdb: Arc::clone(database), font_resolver, ..Options::default() }
    }
}

fn has(database: &Database, id: ID, letter: char) -> bool {
    let looked = database.with_face_data(id, |bytes, index| {
        FontRef::from_index(bytes, index).is_ok_and(|font| font.charmap().map(letter).is_some())
    });
    looked.unwrap_or(false)
}

/// Whether a character shows nothing, so that no font need have it: spaces, joiners, marks of direction, variants.
fn is_unseen(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{2066}'..='\u{2069}')
}

/// Measures words.
pub(super) struct Ruler<'f> {
    faces: Vec<Face<'f>>,
}

struct Face<'f> {
    map: Charmap<'f>,
    metrics: GlyphMetrics<'f>,
}

impl<'f> Face<'f> {
    fn new(bytes: &'f [u8]) -> Option<Face<'f>> {
        let font = FontRef::from_index(bytes, 0).ok()?;
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        Some(Face { map: font.charmap(), metrics })
    }
}

impl Ruler<'_> {
    /// The width of a letter of size 1.
    fn find(&self, letter: char) -> Option<f32> {
        self.faces.iter().find_map(|face| face.metrics.advance_width(face.map.map(letter)?))
    }

    /// The width of a text whose letters have size 1, set beside each other without kerning.
    pub(super) fn width(&self, text: &str) -> f32 {
        text.chars().filter(|letter| !is_unseen(*letter) || *letter == ' ').filter_map(|c| self.find(c)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_no_font_has_are_known() {
        let fonts = Fonts::new(None);
        for text in
            ["Bốn nghìn người đình công", "Мы бастуем", "Απεργία", "שביתה", "¿Qué? “So” – ½ · 5 € — œ"]
        {
            assert_eq!(fonts.lacks(text), None, "{text}");
        }
        assert_eq!(fonts.lacks("NUHW 日本"), Some('日'));
        assert_eq!(fonts.lacks("إضراب"), Some('إ'));
        assert_eq!(fonts.lacks("a\u{200d}b\u{a0}c"), None);
    }

    #[test]
    fn both_weights_have_the_same_letters() {
        let letters = |weight: Weight| {
            let font = FontRef::from_index(weight.bytes(), 0).unwrap();
            font.charmap().mappings().map(|(letter, _)| letter).collect::<Vec<u32>>()
        };
        assert_eq!(letters(Weight::Large), letters(Weight::Small));
        assert!(letters(Weight::Small).len() > 900);
    }

    /// The licence asks that its text goes along, and that the fonts say under which they are.
    #[test]
    fn the_fonts_are_free() {
        let licence = include_str!("fonts/OFL.txt");
        assert!(licence.contains("SIL OPEN FONT LICENSE Version 1.1") && licence.contains("Open Sans"));
        for weight in Weight::ALL {
            let font = FontRef::from_index(weight.bytes(), 0).unwrap();
            let said = |id| font.localized_strings(id).english_or_first().map(|text| text.to_string());
            let said = said(skrifa::string::StringId::LICENSE_DESCRIPTION).unwrap_or_default();
            assert!(said.contains("SIL Open Font License, Version 1.1"), "{said}");
        }
    }
}
