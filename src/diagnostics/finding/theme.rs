//! Findings about the theme: 05xx.

use super::{choices, did_you_mean, error};
use crate::diagnostics::{Finding, Place};

/// A theme that is neither built in nor in `themes/`.
pub fn unknown_theme(place: Place, name: &str, nearest: Option<&str>) -> Finding {
    let otherwise = "write “theme: picket”, or make the folder themes/ with that name".to_owned();
    error(501, place, format!("there is no theme “{name}”"), "this name")
        .cure(did_you_mean(nearest, otherwise))
}

/// A template that cannot be read.
pub fn template_syntax(place: Place, message: &str) -> Finding {
    error(502, place, format!("this template cannot be read: {message}"), "here")
}

/// A variable that no template can see.
pub fn unknown_variable(place: Place, name: &str, nearest: Option<&str>) -> Finding {
    let otherwise = "the README lists what a template can use".to_owned();
    error(503, place, format!("templates have no variable “{name}”"), "")
        .cure(did_you_mean(nearest, otherwise))
}

/// A template that fails while it renders.
pub fn template_failed(place: Place, message: &str) -> Finding {
    error(504, place, format!("this template fails: {message}"), "here")
        .cure("look up in the README what this name holds, and whether it can be absent on this page")
}

/// A language without a word list.
pub fn language_without_words(place: Place, language: &str) -> Finding {
    error(505, place, format!("the theme has no words in “{language}”"), "").cure(format!(
        "copy languages/en.yaml of the theme to themes/picket/languages/{language}.yaml and translate it"
    ))
}

/// A word that a language lacks.
pub fn missing_word(place: Place, language: &str, word: &str) -> Finding {
    error(506, place, format!("“{word}” is missing from the words in “{language}”"), "it belongs here")
        .cure(format!("add a line “{word}: …”"))
}

/// Several words that a language lacks, in one finding.
pub fn missing_words(place: Place, language: &str, words: &[String]) -> Finding {
    let listed = choices(words.iter().map(String::as_str), 6).replace(" or ", " and ");
    let lines: Vec<String> = words.iter().map(|word| format!("{word}: …")).collect();
    let cure = match words.len() {
        ..=8 => format!("add these lines and translate them: {}", lines.join("; ")),
        _ => "copy what is missing from the theme's languages/en.yaml, and translate it".to_owned(),
    };
    error(509, place, format!("{listed} are missing from the words in “{language}”"), "they belong here")
        .cure(cure)
}

/// A word with a `{name}` that it is never given.
pub fn unknown_placeholder(place: Place, word: &str, name: &str, known: &[&str]) -> Finding {
    let cure = if known.is_empty() {
        format!("take “{{{name}}}” out; nothing is put into “{word}”")
    } else {
        format!("write {{{}}}, which is what is put into “{word}”", known.join("}, {"))
    };
    error(510, place, format!("“{word}” has no value for {{{name}}}"), "this word").cure(cure)
}

/// A layout that the theme does not have.
pub fn unknown_layout(place: Place, name: &str, nearest: Option<&str>) -> Finding {
    let otherwise = format!("make themes/<theme>/templates/{name}.html, or delete this line");
    error(507, place, format!("the theme has no layout “{name}”"), "this name")
        .cure(did_you_mean(nearest, otherwise))
}

/// A render that goes on for too long or grows too large.
pub fn render_limit(place: Place, limit: &str) -> Finding {
    error(508, place, format!("this template was stopped at {limit}"), "")
        .cure("look for a loop in it, or in what it includes, that never ends")
}

/// A file of a theme or of `static/` that would make every reader's browser ask another host.
pub fn loads_from_elsewhere(place: Place, host: &str) -> Finding {
    error(511, place, format!("this would be loaded from {host}"), "this address").cure(format!(
        "put a copy into the theme's static/, so that the site tells no third party who reads it; or allow it in \
         campaign.yaml: allowed_hosts: [{host}]"
    ))
}
