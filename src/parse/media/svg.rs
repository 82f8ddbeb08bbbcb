//! Drawings: published as they are, so they may hold nothing that runs or loads.

use crate::base::SourcePath;
use crate::diagnostics::{Finding, Place, finding};
use crate::model::Dimensions;

/// Checks a drawing, which a browser would run: no script, no event handler, nothing from elsewhere.
pub(super) fn check(path: &SourcePath, bytes: &[u8]) -> Result<Dimensions, Finding> {
    let broken = || finding::unreadable_picture(Place::file(path), path);
    let text = std::str::from_utf8(bytes).map_err(|_| broken())?;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut dimensions = None;
    loop {
        use quick_xml::events::Event;
        match reader.read_event().map_err(|_| broken())? {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => {
                let checked = svg_element(&element).map_err(|what| finding::unsafe_svg(path, &what))?;
                dimensions = dimensions.or(checked);
            }
            Event::Text(text) if style_loads(&text) => {
                return Err(finding::unsafe_svg(path, "a style that loads something from elsewhere"));
            }
            Event::CData(text) if style_loads(&text) => {
                return Err(finding::unsafe_svg(path, "a style that loads something from elsewhere"));
            }
            Event::DocType(_) | Event::PI(_) => {
                return Err(finding::unsafe_svg(path, "a document type or instruction"));
            }
            _ => {}
        }
    }
    dimensions.ok_or_else(broken)
}

fn style_loads(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("@import")
        || text
            .replace(' ', "")
            .replace(['"', '\''], "")
            .split("url(")
            .skip(1)
            .any(|url| !url.starts_with('#'))
}

/// The size where it is the root; an error says what is not allowed.
fn svg_element(element: &quick_xml::events::BytesStart<'_>) -> Result<Option<Dimensions>, String> {
    let name = element.local_name().as_ref().to_lowercase();
    if matches!(name.as_str(), "script" | "foreignobject" | "iframe" | "object" | "embed" | "audio" | "video")
    {
        return Err(format!("a <{name}>"));
    }
    let mut size = (None, None, None);
    for attribute in element.attributes().flatten() {
        let key = attribute.key.local_name().as_ref().to_lowercase();
        let value = attribute.value.trim().to_owned();
        if key.starts_with("on") {
            return Err(format!("the event handler “{key}”"));
        }
        if key == "href" && !value.starts_with('#') && !value.starts_with("data:image/") {
            return Err(format!("a reference to “{value}”"));
        }
        if style_loads(&value) {
            return Err("a style that loads something from elsewhere".to_owned());
        }
        match key.as_str() {
            "width" => size.0 = length(&value),
            "height" => size.1 = length(&value),
            "viewbox" => size.2 = view_box(&value),
            _ => {}
        }
    }
    if name != "svg" {
        return Ok(None);
    }
    let dimensions = size.0.zip(size.1).map(|(width, height)| Dimensions { width, height });
    Ok(dimensions.or(size.2))
}

fn length(text: &str) -> Option<u32> {
    whole(text.strip_suffix("px").unwrap_or(text).parse().ok()?)
}

fn view_box(text: &str) -> Option<Dimensions> {
    let numbers: Vec<f64> =
        text.split([' ', ',']).filter(|part| !part.is_empty()).filter_map(|part| part.parse().ok()).collect();
    let &[_, _, width, height] = numbers.as_slice() else { return None };
    Some(Dimensions { width: whole(width)?, height: whole(height)? })
}

fn whole(number: f64) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be within 1 and 100,000"
    )]
    (1.0..=100_000.0).contains(&number).then(|| number.round() as u32)
}
