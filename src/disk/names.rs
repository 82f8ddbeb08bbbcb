//! Names that travel: what is skipped, what Windows cannot store, and when two names are one.

use unicode_normalization::UnicodeNormalization;

/// Whether a name is no part of a site: hidden, or left over by an editor or a file manager. `folder` is where it
/// stands, as a [`crate::base::SourcePath`] shows it.
pub(super) fn is_skipped(folder: &str, name: &str, is_folder: bool) -> bool {
    if name.starts_with('.') {
        return (folder, name) != ("static", ".well-known");
    }
    !is_folder && is_leftover(name)
}

/// Whether a file of this name comes and goes while an editor saves another one.
#[cfg(feature = "serve")]
pub(super) fn is_passing(name: &str) -> bool {
    (name.starts_with('.') && name != ".well-known") || is_leftover(name)
}

fn is_leftover(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
        || [".swp", ".tmp"].iter().any(|end| lower.ends_with(end))
        || ["thumbs.db", "desktop.ini"].contains(&lower.as_str())
}

/// The name in Unicode's composed form (NFC), in which most keyboards write it.
pub(super) fn composed(name: &str) -> String {
    if name.is_ascii() { name.to_owned() } else { name.nfc().collect() }
}

/// What two names have in common that are one name on Windows or macOS. Upper case comes first because some
/// letters meet there only (`ß` and `ss`, `ς` and `σ`), which is all but Unicode's full case folding.
pub(super) fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect()
}

/// Why a name cannot exist on Windows, or is not safe to show; `None` where all is well. The rules are those of
/// Microsoft's “Naming Files, Paths, and Namespaces”.
pub fn why_not_portable(name: &str) -> Option<String> {
    if let Some(character) = name.chars().find(|&character| is_forbidden(character)) {
        return Some(match character.is_control() {
            true => "it has a control character".to_owned(),
            false => format!("it has “{character}”"),
        });
    }
    if name.ends_with(' ') {
        return Some("it ends with a space".to_owned());
    }
    if name.ends_with('.') {
        return Some("it ends with a full stop".to_owned());
    }
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    is_device(stem).then(|| format!("“{stem}” is the name of a device there"))
}

fn is_forbidden(character: char) -> bool {
    character.is_control() || "<>:\"|?*\\".contains(character)
}

fn is_device(stem: &str) -> bool {
    let upper = stem.to_uppercase();
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&upper.as_str()) {
        return true;
    }
    let number = upper.strip_prefix("COM").or_else(|| upper.strip_prefix("LPT"));
    number.is_some_and(|number| {
        let mut digits = number.chars();
        matches!((digits.next(), digits.next()), (Some('1'..='9' | '¹' | '²' | '³'), None))
    })
}

/// A name that is safe to show and to make a path of: what is not is replaced by `�`.
pub(super) fn presentable(name: &str) -> String {
    name.chars()
        .map(|character| match character {
            '\\' | '/' => '\u{fffd}',
            other if other.is_control() => '\u{fffd}',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_skipped_and_their_likes_are_not() {
        for name in [".git", ".DS_Store", "a.md~", "#a.md#", "4913", ".a.md.swp", "a.TMP", "Thumbs.db"] {
            assert!(is_skipped("content", name, false), "{name}");
        }
        for name in ["a.md", "4913.md", "#a.md", "swp", "temp", "desktop.ini.md"] {
            assert!(!is_skipped("content", name, false), "{name}");
        }
        assert!(!is_skipped("static", ".well-known", true));
        assert!(is_skipped("static/a", ".well-known", true));
        assert!(is_skipped("content", ".well-known", true));
        assert!(!is_skipped("content", "x.tmp", true), "a folder may be called anything");
    }

    #[test]
    fn names_that_windows_cannot_store_are_known() {
        for name in
            ["con", "NUL.txt", "Lpt9.md", "com¹", "aux .md", "a.", "a ", "a:b", "a\\b", "q?", "a\u{7}b"]
        {
            assert!(why_not_portable(name).is_some(), "{name}");
        }
        for name in ["contact.md", "com10.md", "com.md", "nulls", "a.b.c", "a b", "señal.md", "com0"] {
            assert_eq!(why_not_portable(name), None, "{name}");
        }
    }

    #[test]
    fn names_fold_as_other_systems_fold_them() {
        for (a, b) in [("A.md", "a.MD"), ("e\u{301}", "É"), ("Straße", "STRASSE"), ("ΟΔΟΣ", "οδος")]
        {
            assert_eq!(folded(a), folded(b), "{a} {b}");
        }
        assert_ne!(folded("e"), folded("é"));
    }
}
