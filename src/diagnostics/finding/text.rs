//! Findings about texts in Markdown: 03xx.

use super::{did_you_mean, error, warning};
use crate::diagnostics::{Finding, Place};

/// HTML in Markdown.
pub fn raw_html(place: Place) -> Finding {
    error(301, place, "HTML is not used in texts, only Markdown".to_owned(), "this HTML").cure(
        "write it in Markdown (**bold**, [words](address)), or put \\ before “<” to show it as it stands",
    )
}

/// A first-level heading in a text: the title is the page's only one.
pub fn heading_too_high(place: Place, words: &str) -> Finding {
    error(302, place, "“#” makes a second title on the page".to_owned(), "this heading")
        .cure(format!("write “## {words}”"))
}

/// A heading that skips a level.
pub fn heading_skips(place: Place, from: u8, to: u8) -> Finding {
    let (right, wrong) = ("#".repeat(usize::from(from) + 1), "#".repeat(usize::from(to)));
    warning(
        303,
        place,
        format!("this heading skips a level: “{wrong}” after “{}”", "#".repeat(usize::from(from))),
        "this heading",
    )
    .cure(format!("begin it with “{right}”"))
}

/// A reference `[words][name]` or footnote `[^1]` whose definition is missing.
pub fn undefined_reference(place: Place, name: &str) -> Finding {
    error(304, place, format!("nothing says where “[{name}]” leads"), "this reference").cure(format!(
        "add a line such as “[{name}]: …” at the end of the text, or put \\ before the bracket"
    ))
}

/// A paragraph that Markdown reads as a list because it begins like `2. Dezember`.
pub fn list_from_date(place: Place, cure: &str) -> Finding {
    warning(305, place, "Markdown reads this line as a numbered list".to_owned(), "this line")
        .cure(format!("write “{cure}”"))
}

/// A link without words, or without an address.
pub fn empty_link(place: Place, what: &str) -> Finding {
    error(306, place, format!("this link has no {what}"), "this link")
        .cure("write [the words to show](the address)")
}

/// Markdown nested too deeply.
pub fn markdown_too_deep(place: Place, limit: usize) -> Finding {
    error(307, place, format!("lists and quotations are nested more than {limit} levels deep"), "here")
        .cure("write it in fewer levels")
}

/// A block where one line of text is wanted.
pub fn block_in_line(place: Place, what: &str) -> Finding {
    error(308, place, format!("{what} cannot stand in a field that holds one line"), "here").cure(
        "write one line of words here (**bold**, *italic* and [links](address) are fine), and put the rest into the text; where it only looks like that, put \\ before the first mark",
    )
}

/// An embedded card in a heading, a footnote mark in a link, and the like.
pub fn misplaced(place: Place, what: &str, within: &str) -> Finding {
    error(309, place, format!("{what} cannot stand within {within}"), "here")
        .cure("move it out of there; a card stands best in a paragraph of its own")
}

/// A footnote without a mark in the text.
pub fn unused_footnote(place: Place, name: &str) -> Finding {
    warning(310, place, format!("nothing in the text refers to the footnote “[^{name}]”"), "this footnote")
        .cure(format!("write “[^{name}]” where the footnote belongs, or delete it"))
}

/// `> [!FOO]`.
pub fn unknown_alert(place: Place, name: &str, nearest: Option<&str>, known: &[&str]) -> Finding {
    let listed = format!("write [!{}]", known.join("], [!"));
    error(311, place, format!("there is no alert “[!{name}]”"), "this alert")
        .cure(did_you_mean(nearest.map(|word| format!("[!{word}]")).as_deref(), listed))
}

/// `> [!NOTE] words`: GitHub and we want the words below.
pub fn words_after_alert(place: Place, name: &str) -> Finding {
    error(312, place, format!("“[!{name}]” must stand alone on its line"), "this alert")
        .cure("put the words on a line of their own below, which begins with “> ” too")
}

/// A picture that another server would have to send to every reader.
pub fn picture_elsewhere(place: Place, url: &str) -> Finding {
    error(313, place, format!("this picture would be loaded from elsewhere: {url}"), "this picture").cure(
        "save it in content/media/ and name it there, so that the site tells no third party who reads it",
    )
}

/// `<!--` without `-->`.
pub fn unclosed_comment(place: Place) -> Finding {
    error(
        314,
        place,
        "this comment never ends, so the rest of the text is not shown".to_owned(),
        "opened here",
    )
    .cure("write “-->” where the comment ends")
}

/// `<!-- comment --> words`, which Markdown takes for HTML as a whole.
pub fn words_after_comment(place: Place) -> Finding {
    error(315, place, "words on the line where a comment ends are not shown".to_owned(), "these words")
        .cure("begin a new line after “-->”")
}

/// `##` and nothing.
pub fn empty_heading(place: Place) -> Finding {
    warning(316, place, "this heading has no words".to_owned(), "this heading")
        .cure("write its words, or delete the line")
}

/// `## Words {.class key=value}`.
pub fn heading_attributes(place: Place) -> Finding {
    warning(317, place, "a heading takes no classes or attributes".to_owned(), "this heading")
        .cure("leave only the words and, if you like, an anchor: “## Words {#anchor}”")
}

/// `[LINK]`, lorem ipsum and their like: words that stand for words to come.
pub fn placeholder(place: Place, word: &str) -> Finding {
    error(318, place, format!("“{word}” stands for words that are still to come"), "this placeholder")
        .cure("write them; or keep the document back with “draft: true” until they are known")
}

/// `[click here](…)`: words that say nothing of where the link leads.
pub fn vague_link(place: Place, words: &str) -> Finding {
    warning(319, place, format!("“{words}” does not say where this link leads"), "this link").cure(
        "write what is behind it: many listen to a page's links one by one, without the text around them",
    )
}

/// `##Our demands`.
pub fn heading_without_space(place: Place, hashes: &str) -> Finding {
    warning(320, place, format!("there is no space after “{hashes}”, so this is no heading"), "here")
        .cure(format!("write “{hashes} ”, and then the words"))
}

/// `-one`, `• one`.
pub fn list_without_space(place: Place, mark: &str) -> Finding {
    warning(321, place, format!("“{mark}” makes no list as it stands"), "here")
        .cure("begin each entry with a hyphen and a space: - one")
}

/// `[words] (address)` and its like: something that was meant as a link and is none.
pub fn broken_link_syntax(place: Place, reason: &str, right: Option<&str>) -> Finding {
    let cure = right.map_or("write [words](address)".to_owned(), |right| format!("write {right}"));
    error(322, place, format!("this is no link, for {reason}"), "this").cure(cure)
}

/// A heading or footnote in the text of a timeline's entry.
pub fn block_in_entry(place: Place, what: &str) -> Finding {
    let cure = match what {
        "a heading" => "make it **bold**, or give it an entry of its own",
        _ => "write its words into the text, or put where it is told into “source”",
    };
    error(323, place, format!("{what} cannot stand in an entry of a timeline"), "here").cure(cure)
}

/// `{{ … }}`, as other generators read it.
pub fn code_in_text(place: Place, mark: &str) -> Finding {
    warning(
        324,
        place,
        format!("“{mark}” is no code in a text: it will be shown as it stands"),
        "these words",
    )
    .cure("take it out; a text is Markdown, and templates are files of the theme")
}

/// `**` that makes nothing bold.
pub fn asterisks_shown(place: Place) -> Finding {
    warning(325, place, "“**” makes nothing bold here, and will be shown".to_owned(), "these two")
        .cure("put “**” right before the first bold word and right after the last, in one paragraph; or take it out")
}

/// Lines with `|` at both ends, and none that parts the heads from the rest.
pub fn table_without_line(place: Place, line: &str) -> Finding {
    warning(
        326,
        place,
        "this is no table yet: the line below its heads is missing".to_owned(),
        "its first line",
    )
    .cure(format!("add a line below it: {line}"))
}

/// A block of code that goes on to the end of the text.
pub fn unclosed_code(place: Place, mark: &str) -> Finding {
    error(
        327,
        place,
        "this block of code never ends, so that all below it is code".to_owned(),
        "it begins here",
    )
    .cure(format!("add a line with only “{mark}” where it ends, or delete this line"))
}

/// A paragraph with four spaces or a tab in front of it.
pub fn indented_code(place: Place) -> Finding {
    warning(329, place, "four spaces or a tab in front make this a block of code".to_owned(), "these lines")
        .cure("delete the white space in front; where code is meant, put lines with only “```” around it")
}
