//! The published files of a theme: each with a digest of its bytes in its name, so that it may be cached for ever.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{OutPath, SourcePath, asset_digest};
use crate::model::Asset;

/// The style sheet that takes the campaign's accent colour.
const STYLE: &str = "style.css";

/// Publishes files by their names below `static/`. A style sheet's `url(…)` to another of them follows its new name.
pub(super) fn publish(files: &BTreeMap<String, Arc<[u8]>>, accent: Option<&str>) -> Vec<Asset> {
    let is_style = |name: &str| name.ends_with(".css");
    let plain = files.iter().filter(|(name, _)| !is_style(name));
    let mut assets: Vec<Asset> = plain.filter_map(|(name, bytes)| asset(name, bytes.clone())).collect();
    for (name, bytes) in files.iter().filter(|(name, _)| is_style(name)) {
        let mut style = follow_urls(name, &String::from_utf8_lossy(bytes), &assets);
        if let Some(accent) = accent.filter(|_| name == STYLE) {
            style.push_str(&format!(":root{{--accent:{accent}}}\n"));
        }
        assets.extend(asset(name, style.into_bytes().into()));
    }
    assets.sort_by(|a, b| a.name.cmp(&b.name));
    assets
}

fn asset(name: &str, bytes: Arc<[u8]>) -> Option<Asset> {
    let out = OutPath::new(&format!("assets/{}", with_digest(name, &asset_digest(&bytes))))?;
    Some(Asset { name: name.to_owned(), out, bytes })
}

/// `fonts/a.woff2` and `0a1b2c3d4e` give `fonts/a.0a1b2c3d4e.woff2`.
fn with_digest(name: &str, digest: &str) -> String {
    let file = name.rfind('/').map_or(0, |slash| slash + 1);
    match name[file..].rfind('.') {
        Some(dot) if dot > 0 => format!("{}.{digest}{}", &name[..file + dot], &name[file + dot..]),
        _ => format!("{name}.{digest}"),
    }
}

/// A style sheet whose relative `url(…)`s lead to the published names.
fn follow_urls(name: &str, style: &str, assets: &[Asset]) -> String {
    let sheet = SourcePath::new(name);
    let mut out = String::with_capacity(style.len() + 64);
    let mut rest = style;
    while let Some((before, opened)) = rest.split_once("url(") {
        out.push_str(before);
        out.push_str("url(");
        let Some(end) = opened.find(')') else {
            rest = opened;
            break;
        };
        let url = &opened[..end];
        let bare = url.trim().trim_matches(['"', '\'']);
        let target = sheet.as_ref().and_then(|sheet| sheet.join(bare));
        let asset = target.and_then(|target| assets.iter().find(|asset| asset.name == target.as_str()));
        match asset.and_then(|asset| asset.out.as_str().rsplit('/').next()) {
            Some(published) => {
                let folder = bare.rfind('/').map_or("", |slash| &bare[..=slash]);
                out.push_str(&format!("\"{folder}{published}\""));
            }
            None => out.push_str(url),
        }
        rest = &opened[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> BTreeMap<String, Arc<[u8]>> {
        files.iter().map(|(name, text)| ((*name).to_owned(), Arc::from(text.as_bytes()))).collect()
    }

    #[test]
    fn style_sheets_follow_the_names_of_what_they_load() {
        let files = files(&[
            ("css/a.css", "x{src:url('../fonts/b.woff2'),url(https://x/y)}"),
            ("fonts/b.woff2", "b"),
        ]);
        let assets = publish(&files, None);
        assert_eq!(assets[1].out.as_str(), "assets/fonts/b.3e23e81600.woff2");
        let style = std::str::from_utf8(&assets[0].bytes).unwrap();
        assert_eq!(style, "x{src:url(\"../fonts/b.3e23e81600.woff2\"),url(https://x/y)}");
    }

    #[test]
    fn the_accent_is_the_last_word_of_the_style_sheet() {
        let assets = publish(&files(&[("style.css", "a{}\n"), ("print.css", "")]), Some("#8a1c1c"));
        assert_eq!(&*assets[1].bytes, b"a{}\n:root{--accent:#8a1c1c}\n");
        assert!(assets[0].bytes.is_empty());
    }
}
