//! From a layout to pixels.

use image::RgbaImage;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Node, Tree};

use super::fonts::Fonts;
use super::layout::{HEIGHT, Layout, WIDTH};

/// Draws a layout without its photo. `Err` tells by which factor the widest line is too wide for its room: letters that are
/// joined, or stand apart, are not as wide together as each by itself.
pub(super) fn draw(layout: &Layout, fonts: &Fonts) -> Option<Result<RgbaImage, f32>> {
    let tree = Tree::from_str(&layout.svg(), &fonts.options()).ok()?;
    let widest = widths(&tree, layout).fold(0.0, f32::max);
    if widest > 1.0 {
        return Some(Err(widest));
    }
    let mut pixmap = Pixmap::new(WIDTH, HEIGHT)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    // All of it is opaque, so that there is nothing to undo of its premultiplied colours.
    RgbaImage::from_raw(WIDTH, HEIGHT, pixmap.take()).map(Ok)
}

/// How wide lines came out, as parts of their room.
fn widths(tree: &Tree, layout: &Layout) -> impl Iterator<Item = f32> {
    tree.root().children().iter().filter_map(|node| {
        let Node::Text(text) = node else { return None };
        let line = layout.lines.get(text.id().parse::<usize>().ok()?)?;
        Some(text.abs_bounding_box().width() / line.room)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::Colour;
    use crate::model::Font;
    use crate::output::social::says::Says;

    fn says(headline: &str, is_rtl: bool) -> Says {
        let text = |text: &str| Some(text.to_owned());
        Says {
            kicker: text("Statement of the Donaudampfschifffahrtsgesellschaft, which employs them all"),
            headline: text(headline),
            under: text(
                "9961 Sierra Avenue, at the corner of Valley Boulevard and Marygold, Fontana, CA 92335-1234",
            ),
            union: vec!["National Union of Healthcare Workers and All Who Stand With Them".to_owned()],
            note: text("Wednesday, September 24, 2024, 6:30 a.m.–2:30 p.m. · Sat, Sun, 10 a.m.–noon"),
            colour: Colour::new([138, 28, 28]),
            is_ours: true,
            is_rtl,
        }
    }

    /// Draws it, and fails where a line is wider than its room, or stands outside of the card, the photo's part included.
    fn fits(says: &Says, fonts: &Fonts, has_photo: bool) {
        let layout = Layout::of(says, fonts, has_photo, 1.0);
        let drawn = draw(&layout, fonts).unwrap();
        assert!(drawn.is_ok(), "{:?}: {drawn:?}", says.headline);
        let tree = Tree::from_str(&layout.svg(), &fonts.options()).unwrap();
        let boxes: Vec<_> = tree
            .root()
            .children()
            .iter()
            .filter_map(|node| match node {
                Node::Text(text) => Some(text.abs_bounding_box()),
                Node::Group(_) | Node::Path(_) | Node::Image(_) => None,
            })
            .collect();
        assert_eq!(boxes.len(), layout.lines.len(), "each line is drawn");
        let band = 526.0;
        let column = match (has_photo, says.is_rtl) {
            (false, _) => 60.0..1140.0,
            (true, false) => 60.0..750.0,
            (true, true) => 450.0..1140.0,
        };
        for (drawn, line) in boxes.iter().zip(&layout.lines) {
            let column = if drawn.bottom() > band { 60.0..1140.0 } else { column.clone() };
            let stands = drawn.left() >= column.start && drawn.right() <= column.end;
            assert!(stands && drawn.top() >= 30.0 && drawn.bottom() <= 630.0, "{}: {drawn:?}", line.text);
            assert!(
                drawn.bottom() <= band + 6.0 || drawn.top() >= band,
                "{} stands on the edge: {drawn:?}",
                line.text
            );
        }
    }

    #[test]
    fn no_title_is_too_long_for_a_card() {
        let fonts = Fonts::new(None);
        let sentence = "Nurses, therapists and social workers walk out for patients ".repeat(4);
        let word = "Streikversammlungsortsbekanntmachung".repeat(3);
        let titles = [
            "We won",
            &sentence[..200],
            &word[..80],
            &word,
            "W",
            &"W".repeat(80),
            &"i".repeat(200),
            &"AVATAR ToTo ".repeat(12),
            "Bốn nghìn công nhân đình công",
            "Мы бастуем: четыре тысячи медсестёр",
            "שביתה",
            &"fi ffi ".repeat(30),
        ];
        for title in titles {
            for (has_photo, is_rtl) in [(false, false), (true, false), (false, true), (true, true)] {
                fits(&says(title, is_rtl), &fonts, has_photo);
            }
        }
    }

    #[test]
    fn joined_letters_of_a_named_font_fit_from_the_right() {
        let bytes: Arc<[u8]> = include_bytes!("../../../tests/fonts/arabic.ttf").as_slice().into();
        let fonts = Fonts::new(Some(Arc::new(Font { bytes, digest: String::new() })));
        let title = "أربعة آلاف ممرضة في إضراب";
        assert_eq!(fonts.lacks(title), None);
        assert_eq!(fonts.lacks("NUHW 2024 – Мы"), None, "ours are there for what it lacks");
        fits(&says(title, true), &fonts, true);
        fits(&says(&[title; 6].join(" "), true), &fonts, false);
        let layout = Layout::of(&says(title, true), &fonts, false, 1.0);
        assert!(layout.svg().contains("text-anchor=\"end\"") && !layout.svg().contains("x=\"72\""));
    }

    #[test]
    fn lines_that_come_out_too_wide_are_told() {
        let fonts = Fonts::new(None);
        // As if our own measure were far off.
        let layout = Layout::of(&says("Nurses walk out", false), &fonts, true, 3.0);
        assert!(matches!(draw(&layout, &fonts).unwrap(), Err(factor) if factor > 1.0));
    }

    #[test]
    fn what_is_written_is_drawn_and_not_read() {
        let fonts = Fonts::new(None);
        let title = "<image href=\"x\"/> & ]]> 'a' \"b\" &lt;";
        fits(&says(title, false), &fonts, false);
        let plain = Layout::of(&says("<", false), &fonts, false, 1.0);
        assert!(plain.lines.iter().any(|line| line.text == "<"));
    }
}
