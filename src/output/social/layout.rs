//! What stands where on a card, as SVG.

use std::fmt::Write as _;
use std::ops::Range;

use quick_xml::escape::escape;

use super::fonts::{Fonts, Weight};
use super::says::Says;
use super::wrap::{Fitted, LEADING, Room, cut};

/// The size of a card in pixels: that for which Facebook, LinkedIn, Mastodon and X ask.
pub(super) const WIDTH: u32 = 1200;
pub(super) const HEIGHT: u32 = 630;

/// How far words stand from the edges.
const MARGIN: f32 = 72.0;

/// How wide a photo is.
const PHOTO: u32 = 440;

/// How high the band with the union's name is.
const BAND: u32 = 104;

/// The ink of what stands on the band beside the union's name.
const INK: &str = "#33302c";

/// The sizes of headlines. Half of the smallest is what a telephone shows, and can still be read.
const HEADLINE: [f32; 12] = [124.0, 108.0, 94.0, 84.0, 76.0, 68.0, 62.0, 56.0, 50.0, 44.0, 40.0, 36.0];

/// The sizes of what stands below them, and how far below.
const UNDER: [f32; 3] = [34.0, 30.0, 26.0];
const GAP: f32 = 22.0;

const WHITE: &str = "#ffffff";

/// A part of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Area {
    /// Its rows.
    pub(super) fn rows(&self) -> Range<u32> {
        self.y..self.y + self.height
    }

    /// Its columns.
    pub(super) fn columns(&self) -> Range<usize> {
        self.x as usize..(self.x + self.width) as usize
    }
}

/// A line of words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Where it begins, or ends.
    x: f32,
    /// Where its letters stand.
    y: f32,
    size: f32,
    weight: Weight,
    colour: String,
    /// Whether it ends at `x`.
    ends: bool,
    /// How wide it may be.
    pub(super) room: f32,
}

/// A card before it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) lines: Vec<Line>,
    /// Where the photo stands.
    pub(super) photo: Option<Area>,
    colour: String,
    /// The colour of the picket sign behind the words, where there is one.
    sign: Option<String>,
    is_rtl: bool,
}

impl Layout {
    /// Sets what a card says. `squeeze` is the part of the width that lines may take by our own measure; less than 1 where
    /// they came out wider.
    pub(super) fn of(says: &Says, fonts: &Fonts, has_photo: bool, squeeze: f32) -> Layout {
        let beside = if has_photo { PHOTO as f32 } else { 0.0 };
        let end = WIDTH as f32 - MARGIN - if has_photo { beside - 24.0 } else { 0.0 };
        let column = Column { says, fonts, left: MARGIN, right: end, squeeze };
        let photo = has_photo.then_some(Area {
            x: if says.is_rtl { 0 } else { WIDTH - PHOTO },
            y: 0,
            width: PHOTO,
            height: HEIGHT - BAND,
        });
        let mut lines = column.words();
        lines.extend(Column { right: WIDTH as f32 - MARGIN, ..column }.band());
        if says.is_rtl {
            lines.iter_mut().for_each(Line::mirror);
        }
        let sign = (says.is_ours && !has_photo).then(|| says.colour.darkened(0.72).to_string());
        Layout { lines, photo, colour: says.colour.to_string(), sign, is_rtl: says.is_rtl }
    }

    /// The card without its photo.
    pub(super) fn svg(&self) -> String {
        let band = HEIGHT - BAND;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\">\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{}\"/>",
            self.colour
        );
        if let Some(shade) = &self.sign {
            svg.push_str(&sign(shade, self.is_rtl));
        }
        let _infallible =
            write!(svg, "<rect y=\"{band}\" width=\"{WIDTH}\" height=\"{BAND}\" fill=\"{WHITE}\"/>");
        for (index, line) in self.lines.iter().enumerate() {
            let _infallible = write!(
                svg,
                "<text id=\"{index}\" xml:space=\"preserve\" x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"{}\" fill=\"{}\" text-anchor=\"{}\">{}</text>",
                line.x,
                line.y,
                line.size,
                line.weight.number(),
                line.colour,
                if line.ends { "end" } else { "start" },
                escape(&line.text)
            );
        }
        svg + "</svg>"
    }
}

impl Line {
    fn mirror(&mut self) {
        self.x = WIDTH as f32 - self.x;
        self.ends = !self.ends;
    }
}

/// A picket sign in the dark of the background, where lines end.
fn sign(shade: &str, is_rtl: bool) -> String {
    let (x, turn) = if is_rtl {
        (210, "matrix(.985 .174 -.174 .985 0 0)")
    } else {
        (990, "matrix(.985 -.174 .174 .985 0 0)")
    };
    format!(
        "<path transform=\"translate({x} 240) {turn}\" fill=\"{shade}\" d=\"M-200-150h400v290h-182v400h-36v-400h-182z\"/>"
    )
}

/// The column of words.
#[derive(Clone, Copy)]
struct Column<'c> {
    says: &'c Says,
    fonts: &'c Fonts,
    left: f32,
    right: f32,
    squeeze: f32,
}

impl Column<'_> {
    fn width(&self) -> f32 {
        self.right - self.left
    }

    fn line(&self, text: String, y: f32, size: f32, weight: Weight, colour: &str) -> Line {
        let colour = colour.to_owned();
        Line { text, x: self.left, y, size, weight, colour, ends: false, room: self.width() }
    }

    /// One line at most, cut where it is too wide.
    fn single(&self, text: &str, y: f32, size: f32, colour: &str) -> Option<Line> {
        let ruler = self.fonts.ruler(Weight::Small);
        let text = cut(text, &ruler, self.width() * self.squeeze / size);
        (!text.is_empty()).then(|| self.line(text, y, size, Weight::Small, colour))
    }

    /// What stands above the band: whose words these are on top, and the words themselves at the foot.
    fn words(&self) -> Vec<Line> {
        let kicker = self.says.kicker.as_ref();
        let mut lines: Vec<Line> =
            kicker.and_then(|text| self.single(text, MARGIN + 22.0, 30.0, WHITE)).into_iter().collect();
        let top = if lines.is_empty() { MARGIN } else { MARGIN + 66.0 };
        let bottom = (HEIGHT - BAND) as f32 - 48.0;
        let width = self.width() * self.squeeze;
        let under = self.says.under.as_ref().map(|text| {
            let room = Room { width, height: 136.0, sizes: &UNDER };
            room.fit(text, &self.fonts.ruler(Weight::Small))
        });
        let below = under.as_ref().map_or(0.0, |under| GAP + under.height());
        let headline = self.says.headline.as_ref().map(|text| {
            let room = Room { width, height: bottom - top - below, sizes: &HEADLINE };
            room.fit(text, &self.fonts.ruler(Weight::Large))
        });
        if let Some(headline) = headline {
            let y = bottom - below - headline.height();
            lines.extend(self.set(&headline, y, Weight::Large));
        }
        lines.extend(under.iter().flat_map(|under| self.set(under, bottom - under.height(), Weight::Small)));
        lines
    }

    /// Lines below each other, from `top` on.
    fn set(&self, fitted: &Fitted, top: f32, weight: Weight) -> Vec<Line> {
        let size = fitted.size;
        // Capitals and what stands on them have about eight tenths of the size.
        let at = |index: usize| top + size * (0.8 + LEADING * index as f32);
        let lines = fitted.lines.iter().enumerate();
        lines.map(|(index, text)| self.line(text.clone(), at(index), size, weight, WHITE)).collect()
    }

    /// The union's name, and beside it the date or the hours; below it where both are long.
    fn band(&self) -> Vec<Line> {
        let middle = (HEIGHT - BAND / 2) as f32;
        let colour = self.says.colour.to_string();
        let ruler = self.fonts.ruler(Weight::Small);
        let note = self.says.note.as_deref();
        // A name that would be cut gives way to the short one.
        let fits = |name: &&String| ruler.width(name) * 32.0 <= self.width() * self.squeeze;
        let names = &self.says.union;
        let union = names.iter().find(fits).or(names.last()).map(String::as_str);
        let wide = |text: Option<&str>, size: f32| text.map_or(0.0, |text| ruler.width(text) * size);
        let gap = 40.0;
        let beside = wide(union, 32.0) + gap + wide(note, 28.0) <= self.width() * self.squeeze;
        match (union, note) {
            (Some(union), Some(note)) if beside => {
                let mut note = self.single(note, middle + 11.0, 28.0, INK);
                note.iter_mut().for_each(|note| (note.x, note.ends) = (self.right, true));
                self.single(union, middle + 11.0, 32.0, &colour).into_iter().chain(note).collect()
            }
            (Some(union), Some(note)) => {
                let union = self.single(union, middle - 9.0, 30.0, &colour);
                union.into_iter().chain(self.single(note, middle + 30.0, 26.0, INK)).collect()
            }
            (Some(only), None) => self.single(only, middle + 11.0, 32.0, &colour).into_iter().collect(),
            (None, Some(only)) => self.single(only, middle + 11.0, 30.0, INK).into_iter().collect(),
            (None, None) => Vec::new(),
        }
    }
}
