//! The manifest in a site's folder: the marker that says that Handbill wrote it, and the list of what it wrote.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{self, Read};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::base::OutPath;

/// The manifest's name in the output folder.
pub const MANIFEST: &str = ".handbill-site.json";

const GENERATOR: &str = "handbill";
const VERSION: u32 = 1;

/// One written file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Its length.
    pub(super) bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub(super) sha256: String,
}

impl Entry {
    pub(super) fn of(bytes: &[u8]) -> Entry {
        Entry { bytes: bytes.len() as u64, sha256: hexadecimal(&Sha256::digest(bytes)) }
    }
}

/// What a site's folder says of itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// The folder is being filled; everything in it is Handbill's.
    Unfinished,
    /// The folder is a whole site.
    Complete(Whole),
}

/// A whole site.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Whole {
    /// Whose site it is: two of one name are two states of the same. Empty where that is of no matter.
    pub(super) of: String,
    /// All of its files.
    pub(super) files: Manifest,
}

/// All files of a site, by path.
pub(super) type Manifest = BTreeMap<OutPath, Entry>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    generator: String,
    version: u32,
    complete: bool,
    #[serde(default)]
    of: String,
    files: BTreeMap<String, Entry>,
}

/// The marker of a folder that is being filled.
pub(super) fn unfinished() -> String {
    write(false, "", &Manifest::new())
}

/// The manifest as text: one line for each file, and nothing that another machine or hour would make different.
pub(super) fn complete(of: &str, files: &Manifest) -> String {
    write(true, of, files)
}

fn write(complete: bool, of: &str, files: &Manifest) -> String {
    let of = serde_json::Value::from(of);
    let mut text = format!(
        "{{\n\"generator\": \"{GENERATOR}\",\n\"version\": {VERSION},\n\"complete\": {complete},\n\"of\": {of},\n\"files\": {{"
    );
    let mut separator = "\n";
    for (path, entry) in files {
        let path = serde_json::Value::from(path.as_str());
        // Writing to a `String` cannot fail.
        let _ = write!(
            text,
            "{separator}{path}: {{\"bytes\": {}, \"sha256\": \"{}\"}}",
            entry.bytes, entry.sha256
        );
        separator = ",\n";
    }
    text.push_str("\n}\n}\n");
    text
}

/// Reads a marker; otherwise says what is wrong with it.
pub(super) fn parse(bytes: &[u8]) -> Result<Marker, String> {
    let written: Written = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if written.generator != GENERATOR {
        return Err(format!("it is of “{}”", written.generator));
    }
    if written.version != VERSION {
        return Err(format!("it has version {}, and this Handbill knows version {VERSION}", written.version));
    }
    if !written.complete {
        return Ok(Marker::Unfinished);
    }
    let file = |(path, entry): (String, Entry)| match OutPath::new(&path) {
        Some(path) => Ok((path, entry)),
        None => Err(format!("it lists “{}”, which is no path of a site", path.escape_debug())),
    };
    let files = written.files.into_iter().map(file).collect::<Result<Manifest, String>>()?;
    Ok(Marker::Complete(Whole { of: written.of, files }))
}

/// The SHA-256 of what is still to read, in hexadecimal digits.
pub(super) fn digest(mut from: impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(hexadecimal(&hasher.finalize())),
            Ok(length) => hasher.update(&buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut files = Manifest::new();
        files.insert(OutPath::new("b/é \"x\".html").unwrap(), Entry::of(b"b"));
        files.insert(OutPath::new("a.html").unwrap(), Entry::of(b""));
        let of = "https://x.example/\"".to_owned();
        assert_eq!(parse(complete(&of, &files).as_bytes()), Ok(Marker::Complete(Whole { of, files })));
        let none = complete("", &Manifest::new());
        assert_eq!(parse(none.as_bytes()), Ok(Marker::Complete(Whole::default())));
        let nameless = none.replace("\"of\": \"\",\n", "");
        assert_eq!(parse(nameless.as_bytes()), parse(none.as_bytes()));
        assert_ne!(nameless, none);
        assert_eq!(parse(unfinished().as_bytes()), Ok(Marker::Unfinished));
        assert_eq!(digest(&b"abc"[..]).unwrap(), Entry::of(b"abc").sha256);
    }

    #[test]
    fn no_manifest_leads_out_of_its_folder() {
        let entry = Entry::of(b"");
        for path in ["../x", "/etc/passwd", "a//b", ""] {
            let text = complete("", &Manifest::from([(OutPath::new("x").unwrap(), entry.clone())]));
            assert!(parse(text.replace("\"x\"", &format!("\"{path}\"")).as_bytes()).is_err(), "{path}");
        }
        for text in ["", "{}", "[]", "null"] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(parse(unfinished().replace("handbill", "other").as_bytes()).is_err());
        assert!(parse(unfinished().replace(": 1", ": 2").as_bytes()).is_err());
    }
}
