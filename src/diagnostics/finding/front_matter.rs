//! Findings about front matter and YAML, before any field is understood: 02xx.

use super::{choices, did_you_mean, error};
use crate::base::SourcePath;
use crate::diagnostics::{Finding, Place};

/// A document that does not begin with `---`.
pub fn no_front_matter(file: &SourcePath) -> Finding {
    error(201, Place::span(file, 0..0), "this file has no front matter".to_owned(), "it must begin with ---").cure(
        "begin the file with three lines: “---”, then “title: …”, then “---”; the text follows below them",
    )
}

/// Front matter whose closing `---` is missing; `line` is the number of the last line of its fields.
pub fn unclosed_front_matter(place: Place, line: usize) -> Finding {
    error(202, place, "the front matter is not closed".to_owned(), "opened here")
        .cure(format!("add a line with only “---” below line {line}, between the fields and the text"))
}

/// `----`, `--`, `—`.
pub fn fence_mistyped(place: Place, typed: &str) -> Finding {
    let title = match typed {
        "---" => "there are spaces in front of “---”".to_owned(),
        other => format!("“{other}” stands where the line “---” must"),
    };
    error(247, place, title, "this line").cure("write three hyphens, and nothing else, in this line")
}

/// Blank lines in front of the first `---`.
pub fn lines_before_fence(place: Place) -> Finding {
    error(248, place, "front matter must begin in the first line".to_owned(), "this line is empty")
        .cure("delete the empty lines in front of “---”")
}

/// Fields without a `---` above them; `last` is the number of the last of their lines, where there is none below either.
pub fn no_first_fence(place: Place, last: Option<usize>) -> Finding {
    let (what, below) = match last {
        None => ("the line above the fields is missing", String::new()),
        Some(line) => ("the lines around the fields are missing", format!(", and another below line {line}")),
    };
    error(249, place, what.to_owned(), "it must begin with ---")
        .cure(format!("add a line with only “---” above this one{below}"))
}

/// Front matter in the form of another generator: TOML, JSON.
pub fn front_matter_in_another_form(place: Place, form: &str) -> Finding {
    error(290, place, format!("this front matter is {form}, and Handbill reads YAML"), "here").cure(
        "begin with a line “---”, write each field in a line of its own as “title: …”, and end with a line “---”",
    )
}

/// Two versions of a file, as a program for versions leaves them side by side.
pub fn unsettled_conflict(place: Place) -> Finding {
    error(287, place, "two versions of this file stand side by side from here on".to_owned(), "here").cure(
        "keep one of the two, and delete the other and the lines that begin with <<<<<<<, ======= and >>>>>>>",
    )
}

/// `---` twice at the top.
pub fn fence_twice(place: Place) -> Finding {
    error(250, place, "“---” is written twice, so that no field is read".to_owned(), "the second one")
        .cure("delete this line")
}

/// Front matter over 64 KiB, or a text over 1 MiB.
pub fn too_long(place: Place, what: &str, limit: &str) -> Finding {
    error(203, place, format!("{what} is longer than {limit}"), "this is where it begins")
        .cure("split it into several documents")
}

/// YAML nested too deeply.
pub fn nested_too_deeply(place: Place, limit: usize) -> Finding {
    error(204, place, format!("this is nested more than {limit} levels deep"), "here")
        .cure("write it in fewer levels; no field needs more than six")
}

/// A text that begins like a reference to another value: YAML's anchors and aliases, which are refused.
pub fn reference(place: Place, mark: char, line: &str) -> Finding {
    error(
        205,
        place,
        format!("a text may not begin with “{mark}”, which YAML takes for a reference"),
        "this text",
    )
    .cure(format!("write: {line}"))
}

/// A key that no field has.
pub fn unknown_key(place: Place, key: &str, nearest: Option<&str>, known: &[String]) -> Finding {
    let listed = format!("what can stand here: {}", choices(known.iter().map(String::as_str), 8));
    error(207, place, format!("“{key}” is not a field that Handbill knows here"), "this key")
        .cure(did_you_mean(nearest, listed))
}

/// A key with capital letters, spaces or hyphens.
pub fn key_case(place: Place, key: &str, right: &str) -> Finding {
    error(
        243,
        place,
        format!("“{key}” is not written as fields are: small letters, and “_” for a space"),
        "this key",
    )
    .cure(format!("write “{right}”"))
}

/// A key that another kind of document, or a group of fields, has.
pub fn key_of_another_kind(place: Place, key: &str, whose: &[&str]) -> Finding {
    let owners = whose.join(" or ");
    error(244, place, format!("“{key}” is a field of {owners}, not of this document"), "this key")
        .cure("put it where it belongs, or delete the line")
}

/// A key that stands twice.
pub fn duplicate_key(place: Place, key: &str) -> Finding {
    error(208, place, format!("“{key}” is written twice"), "the second one")
        .cure("keep one of the two, and delete the other")
}

/// A value of the wrong shape: a list for a text and the like. `group` is a group of fields as it would stand there.
pub fn wrong_type(place: Place, field: &str, expected: &str, group: &str, value: &str) -> Finding {
    let cure = match expected {
        "a text" if value.starts_with(['[', '{']) => {
            "take the brackets out, or put the whole value in quotes".to_owned()
        }
        "a text" => format!("write one text after “{field}:”"),
        "a list" => format!("write each entry on a line of its own below “{field}:”, beginning with “- ”"),
        "a group of fields" => format!("write it like this: {field}: {group}"),
        _ => format!("write {expected} after “{field}:”"),
    };
    error(209, place, format!("“{field}” should be {expected}"), "this value").cure(cure)
}

/// `draft: yes`.
pub fn not_true_or_false(place: Place, field: &str, word: &str) -> Finding {
    error(245, place, format!("“{field}” should be true or false"), "this value")
        .cure(format!("write: {field}: {word}"))
}

/// `tags: 1.10`, which is 1.1 to a computer.
pub fn number_without_quotes(place: Place, value: &str, quoted: &str) -> Finding {
    error(
        246,
        place,
        format!("“{value}” needs quotes here, or a computer takes it for something else"),
        "this value",
    )
    .cure(format!("write: {quoted}"))
}
