//! The default theme, `picket`, as part of the program. Each file is named, so that cargo notices when one changes;
//! a test holds the table against the folder.

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../themes/picket/", $path)).as_slice())),*]
    };
}

/// The name of the embedded theme.
pub const NAME: &str = "picket";

/// Every file of `themes/picket/`: its path below that folder and its bytes, in order of the paths.
pub const FILES: &[(&str, &[u8])] = files![
    "languages/de.yaml",
    "languages/en.yaml",
    "languages/es.yaml",
    "static/card.png",
    "static/copy.js",
    "static/icon-180.png",
    "static/icon-192.png",
    "static/icon-512.png",
    "static/icon.svg",
    "static/now.js",
    "static/print.css",
    "static/style.css",
    "templates/base.html",
    "templates/components.html",
    "templates/embed.html",
    "templates/event.html",
    "templates/events.html",
    "templates/flyer.html",
    "templates/footer.html",
    "templates/header.html",
    "templates/home.html",
    "templates/location.html",
    "templates/locations.html",
    "templates/not_found.html",
    "templates/page.html",
    "templates/press.html",
    "templates/print.html",
    "templates/redirect.html",
    "templates/schedule.html",
    "templates/signs.html",
    "templates/statement.html",
    "templates/statements.html",
    "templates/tag.html",
    "templates/timeline.html",
    "templates/timelines.html",
    "theme.yaml",
];

/// One of the theme's files.
pub(super) fn file(path: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(known, _)| *known == path).map(|(_, bytes)| *bytes)
}
