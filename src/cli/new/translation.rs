//! A translation to begin with: the words of the original, to be written over.

use std::path::{Component, Path, PathBuf};

use super::super::Failure;
use super::super::args::Translation;
use crate::base::{LanguageTag, SourcePath, Tree};
use crate::engine::Engine;
use crate::parse;

/// The path and the text of a translation.
pub(super) fn translation(
    args: &Translation,
    root: &Path,
    tree: &Tree,
) -> Result<(SourcePath, String), Failure> {
    let languages = Engine::languages(tree);
    let (default, others) =
        languages.split_first().map_or((None, &[][..]), |(first, rest)| (Some(first), rest));
    let language =
        LanguageTag::parse(&args.language).filter(|tag| others.contains(tag)).ok_or_else(|| {
            let says = match default.filter(|tag| tag.as_str() == args.language) {
                Some(_) => format!("“{}” is the language of the originals", args.language),
                None => format!("“{}” is not among the campaign's languages", args.language),
            };
            let cure = match others {
                [] => "add it under “languages:” in content/campaign.yaml".to_owned(),
                others => format!("write {}, or add it in content/campaign.yaml", listed(others)),
            };
            Failure::usage(says, &cure)
        })?;
    let original = find(&args.file, root, tree)?;
    let stem = original.as_str().trim_end_matches(".md");
    if others.iter().any(|tag| stem.ends_with(&format!(".{tag}"))) {
        return Err(Failure::usage(
            format!("{original} is a translation itself"),
            "name the file that it translates",
        ));
    }
    let text = tree.text(&original).and_then(|text| parse::translatable(&original, text));
    let (fields, body) = text.ok_or_else(|| {
        Failure::usage(
            format!("{original} cannot be read"),
            "correct it first: handbill check says what is wrong",
        )
    })?;
    let name = original.name();
    let text = format!(
        "---\n# The translation of {name}. Write over what stands here; all else is taken from there.\n\
         {fields}draft: true # delete this line to publish\n---\n{body}"
    );
    let file = SourcePath::new(&format!("{stem}.{language}.md"));
    file.map(|file| (file, text)).ok_or_else(|| missing(&args.file))
}

/// The codes of languages, one of which is to be written: `es or de`.
fn listed(languages: &[LanguageTag]) -> String {
    languages.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}

/// The document that is meant: as it is seen from here, or from the campaign's folder.
fn find(typed: &Path, root: &Path, tree: &Tree) -> Result<SourcePath, Failure> {
    let here = std::env::current_dir().unwrap_or_default();
    let from_here = plain(&here.join(typed)).strip_prefix(plain(&here.join(root))).map(Path::to_owned).ok();
    let candidates = [from_here, Some(typed.to_owned()), Some(Path::new("content").join(typed))];
    let paths = candidates.into_iter().flatten().filter_map(|path| {
        let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
        SourcePath::new(&parts?.join("/"))
    });
    let found = paths.filter(|path| path.extension() == "md").find(|path| tree.get(path).is_some());
    found.ok_or_else(|| missing(typed))
}

fn missing(typed: &Path) -> Failure {
    Failure::usage(
        format!("there is no document {}", typed.display()),
        "name the original's file, such as content/statements/2024-10-21-strike.md",
    )
}

/// A path without `.` and `..`, as far as names tell.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            other => plain.push(other),
        }
    }
    plain
}
