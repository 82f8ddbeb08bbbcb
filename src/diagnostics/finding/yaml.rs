//! Findings about what YAML takes for its own, each with the line to write instead: 02xx.

use super::error;
use crate::diagnostics::{Finding, Place};

fn instead(line: &str) -> String {
    format!("write: {line}")
}

/// A text with a colon in it.
pub fn colon_in_text(place: Place, line: &str) -> Finding {
    error(224, place, "a text with a colon needs quotes".to_owned(), "this text").cure(instead(line))
}

/// A text that begins with a mark that YAML keeps for itself.
pub fn mark_before_text(place: Place, mark: char, line: &str) -> Finding {
    error(225, place, format!("a text that begins with “{mark}” needs quotes"), "this text")
        .cure(instead(line))
}

/// A text that begins with `!`, and would lose its first word without a word.
pub fn tag(place: Place, line: &str) -> Finding {
    let title = "a text that begins with “!” needs quotes, or its first word is lost";
    error(226, place, title.to_owned(), "this text").cure(instead(line))
}

/// ` #word`: YAML takes it and the rest of the line for a comment.
pub fn hash_in_text(place: Place, line: &str) -> Finding {
    error(
        227,
        place,
        "the words from “#” on are lost: YAML takes them for a comment".to_owned(),
        "these words",
    )
    .cure(format!("write: {line}; or give the comment a line of its own"))
}

/// A tab in the indentation.
pub fn tab(place: Place) -> Finding {
    error(228, place, "a line begins with a tab, which YAML does not allow".to_owned(), "this tab")
        .cure("delete the tab, and type two spaces for each step")
}

/// A quotation mark without its other half.
pub fn unclosed_quote(place: Place, line: &str) -> Finding {
    error(229, place, "a quotation mark is opened but never closed".to_owned(), "opened here")
        .cure(instead(line))
}

/// `"Enough" say nurses`, `'Don't wait'`.
pub fn words_after_quote(place: Place, line: &str) -> Finding {
    error(230, place, "the words behind the second quotation mark cannot be read".to_owned(), "this text")
        .cure(instead(line))
}

/// A bracket without its other half.
pub fn unclosed_bracket(place: Place, line: &str) -> Finding {
    error(231, place, "a bracket is opened but never closed".to_owned(), "opened here").cure(instead(line))
}

/// A bracket that closes nothing.
pub fn bracket_too_many(place: Place, line: &str) -> Finding {
    error(232, place, "there is one bracket too many".to_owned(), "this one").cure(instead(line))
}

/// `{ name: x side: union }`.
pub fn no_comma(place: Place, key: &str, line: &str) -> Finding {
    error(233, place, format!("there is no comma before “{key}:”"), "this field").cure(instead(line))
}

/// `date:2024-10-22`.
pub fn no_space_after_colon(place: Place, key: &str, line: &str) -> Finding {
    error(234, place, format!("there is no space after “{key}:”"), "here").cure(instead(line))
}

/// `-The line is up`.
pub fn no_space_after_dash(place: Place, line: &str) -> Finding {
    error(235, place, "there is no space after the dash, so this is no list".to_owned(), "this dash")
        .cure(instead(line))
}

/// `summary The line is up`, `title = Day 2`.
pub fn no_colon(place: Place, key: &str, line: &str) -> Finding {
    error(236, place, format!("there is no colon after “{key}”"), "this line").cure(instead(line))
}

/// A line that is no field at all.
pub fn no_field(place: Place) -> Finding {
    let cure = if place.file.extension() == "md" {
        "put it below the second “---” where it is a part of the text, or write it as a field: “summary: …”"
    } else {
        "write it as a field, such as “title: …”, or put “# ” in front of it, where it is a note of yours"
    };
    error(237, place, "this line is no field".to_owned(), "this line").cure(cure)
}

/// A line that does not begin where its neighbours do.
pub fn out_of_line(place: Place, further: bool, spaces: usize) -> Finding {
    let title = if further {
        "this line stands further in than the one above it"
    } else {
        "this line does not begin where those that it belongs to do"
    };
    let cure = match spaces {
        0 => "delete the spaces in front of it".to_owned(),
        1 => "begin it with one space".to_owned(),
        several => format!("begin it with {several} spaces"),
    };
    error(238, place, title.to_owned(), "this line").cure(cure)
}

/// A value between curly quotation marks, where it is no text that people read.
pub fn curly_quotes(place: Place, line: &str) -> Finding {
    error(239, place, "YAML knows straight quotation marks only, not curly ones".to_owned(), "these marks")
        .cure(instead(line))
}

/// A text between curly quotation marks.
pub fn curly_quotes_shown(place: Place, line: &str) -> Finding {
    super::warning(
        240,
        place,
        "these curly quotation marks will be shown, for YAML's own are straight".to_owned(),
        "this text",
    )
    .cure(format!("write: {line}; where they are to be shown, put straight ones around them"))
}

/// A no-break space and the like where YAML wants a plain one, or nothing.
pub fn odd_space(place: Place, what: &str) -> Finding {
    error(241, place, format!("there is {what} here, which is not read as a space"), "here")
        .cure("delete it, and type a plain space where one belongs")
}

/// `title：Day 2`.
pub fn wide_colon(place: Place, line: &str) -> Finding {
    error(242, place, "this colon is a full-width one, which YAML does not know".to_owned(), "this colon")
        .cure(instead(line))
}

/// A line that cannot be read, for a reason that cannot be told.
pub fn unreadable_line(place: Place, help: &str) -> Finding {
    error(206, place, "this line cannot be read".to_owned(), "here").cure(help)
}

/// A text with a comma between braces, where a comma begins the next field.
pub fn cut_at_comma(place: Place, rest: &str, line: &str) -> Finding {
    error(286, place, format!("“{rest}” is cut off: a comma ends a value between {{ and }}"), "this")
        .cure(instead(line))
}

/// `* One`, `• One`: marks of lists that YAML does not know.
pub fn list_mark(place: Place, mark: &str, line: &str) -> Finding {
    error(288, place, format!("“{mark}” does not begin an entry of a list here, only “- ” does"), "this mark")
        .cure(instead(line))
}

/// `- title: Day 2`, which begins a list where fields are wanted.
pub fn dash_before_field(place: Place) -> Finding {
    error(
        289,
        place,
        "a field does not begin with a dash; a dash begins an entry of a list".to_owned(),
        "this dash",
    )
    .cure("delete the dashes in front of the fields, and the space behind each")
}

/// `- days: mon, hours: 6am-2pm`.
pub fn fields_in_a_row(place: Place, second: &str) -> Finding {
    error(291, place, "several fields stand in one line without braces around them".to_owned(), "this line")
        .cure(format!("begin a new line before “{second}:”, as far in as the field before it"))
}

/// `- 2024-10-21: The strike begins`.
pub fn date_as_key(place: Place, date: &str) -> Finding {
    error(292, place, format!("“{date}” stands where the name of a field must"), "this date")
        .cure(format!("write: date: {date}, and what happened in a line below it: title: …"))
}
