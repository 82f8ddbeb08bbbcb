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
