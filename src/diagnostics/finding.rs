//! Every finding that Handbill can make: one named function each. Codes are grouped by where the mistake is:
//! 01xx files, 02xx front matter, 03xx Markdown, 04xx what documents say of each other, 05xx the theme, 09xx us.

use super::{At, Code, Finding, Place, Severity};
use crate::base::{SourcePath, Step};

fn error(code: u16, place: Place, title: String, label: &str) -> Finding {
    let place = Some(place);
    let severity = Severity::Error;
    Finding { code: Code(code), severity, place, title, label: label.to_owned(), help: None, related: None }
}

fn warning(code: u16, place: Place, title: String, label: &str) -> Finding {
    Finding { severity: Severity::Warning, ..error(code, place, title, label) }
}

impl Finding {
    fn cure(self, help: impl Into<String>) -> Finding {
        Finding { help: Some(help.into()), ..self }
    }

    /// Whether it tells that a field is absent.
    pub fn tells_of_absence(&self) -> bool {
        matches!(self.code.0, 210 | 414)
    }

    /// Whether it tells that none of a file's fields can be read.
    pub fn hides_all_fields(&self) -> bool {
        matches!(self.code.0, 201..=206)
    }

    fn with(self, place: Place, why: &str) -> Finding {
        Finding { related: Some((place, why.to_owned())), ..self }
    }
}

/// “a”, “b” or “c”, as many as `most` of them.
fn choices<'a>(words: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("“{word}”")).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some(_) if words.len() > most => {
            format!("{} and {} more", words[..most].join(", "), words.len() - most)
        }
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

fn did_you_mean(nearest: Option<&str>, otherwise: String) -> String {
    nearest.map_or(otherwise, |word| format!("did you mean “{word}”?"))
}

/// What stands before a cure: where the text says nothing at all, the cure is only an example.
fn write(message: &str) -> &'static str {
    if message.ends_with("cannot be read as a date") || message.ends_with("cannot be read as hours") {
        "write it like this:"
    } else {
        "write"
    }
}

// 01xx: files

/// A link, or a folder behind a link, that leads out of the project.
pub fn leaves_root(file: &SourcePath) -> Finding {
    error(
        101,
        Place::file(file),
        format!("{file} is a link that leads out of this folder, so it was not read"),
        "",
    )
    .cure("copy the file itself to this place, and delete the link")
}

/// A FIFO, socket or device where a file should be.
pub fn not_a_regular_file(file: &SourcePath) -> Finding {
    error(102, Place::file(file), format!("{file} is not an ordinary file, so it was not read"), "")
        .cure("delete it, or move it out of this folder")
}

/// The system refuses to open or read a file.
pub fn unreadable(file: &SourcePath, reason: &str) -> Finding {
    error(103, Place::file(file), format!("{file} cannot be read: {reason}"), "")
        .cure("check the file's permissions, and whether another program holds it open")
}

/// A text file that is not UTF-8. `offset` is the first byte that is wrong.
pub fn not_utf8(file: &SourcePath, line: usize) -> Finding {
    error(
        104,
        Place::file(file),
        format!("{file} is not saved as UTF-8: line {line} has a character that cannot be read"),
        "",
    )
    .cure("in your editor choose “Save with encoding” and “UTF-8”, and save the file again")
}

/// A file over the size that is read.
pub fn file_too_large(file: &SourcePath, mebibytes: u64, limit: u64) -> Finding {
    error(
        105,
        Place::file(file),
        format!("{file} has {mebibytes} MiB, and the most that is read is {limit} MiB"),
        "",
    )
    .cure("make it smaller, or keep it elsewhere and link to it")
}

/// More files than are read.
pub fn too_many_files(folder: &SourcePath, limit: usize) -> Finding {
    error(
        106,
        Place::file(folder),
        format!("there are more than {limit} files, so reading stopped at {folder}"),
        "",
    )
    .cure("move what is no part of the site out of content/, themes/ and static/")
}

/// Two names that another system takes for one.
pub fn names_collide(file: &SourcePath, other: &SourcePath) -> Finding {
    error(107, Place::file(file), format!("{file} and {other} have the same name on Windows and macOS"), "")
        .cure("rename one of the two so that they differ in more than capital letters or accents' encoding")
}

/// A name that Windows cannot store.
pub fn name_not_portable(file: &SourcePath, reason: &str) -> Finding {
    error(108, Place::file(file), format!("the name {file} cannot exist on Windows: {reason}"), "")
        .cure("rename the file; letters, digits, “-” and “_” are always safe")
}

/// A photo in `static/` that says where it was taken.
pub fn position_in_photo(file: &SourcePath) -> Finding {
    error(
        109,
        Place::file(file),
        format!("{file} says where it was taken, and would be published with that"),
        "",
    )
    .cure("move it to content/media/, where positions are removed, or export it again without location data")
}

/// A media file that is not what its name says, or is broken.
pub fn unreadable_picture(place: Place, file: &SourcePath) -> Finding {
    error(110, place, format!("{file} cannot be read as a picture"), "used here")
        .cure("open it in a picture program and save it again as JPEG, PNG, WebP or SVG")
}

/// A picture with more pixels than anybody's device should unpack.
pub fn too_many_pixels(file: &SourcePath, width: u32, height: u32) -> Finding {
    let title = format!("{file} is {width} by {height} pixels, and 64 million in all are the most");
    error(113, Place::file(file), title, "")
        .cure("scale it down: 2,000 pixels in width are plenty for a page")
}

/// A photo or film as cameras write them, which may say where it was taken.
pub fn camera_format(place: Place, file: &SourcePath) -> Finding {
    error(
        112,
        place,
        format!("{file} may say where it was taken, and cannot be cleaned of that"),
        "this file",
    )
    .cure("export a photo as JPEG; put a film on a video site of your choice, and link to it there")
}

/// An SVG with a script or an outside reference.
pub fn unsafe_svg(file: &SourcePath, what: &str) -> Finding {
    error(111, Place::file(file), format!("{file} holds {what}, which a published drawing must not"), "")
        .cure("export it as “plain SVG”, or use a PNG")
}

/// A link that leads back to a folder around it, or to itself.
pub fn link_loop(file: &SourcePath) -> Finding {
    error(120, Place::file(file), format!("{file} is a link that leads round in a circle"), "")
        .cure("delete the link")
}

/// A link whose target does not exist.
pub fn broken_link(file: &SourcePath) -> Finding {
    error(121, Place::file(file), format!("{file} is a link that leads nowhere"), "")
        .cure("copy the file itself to this place, or delete the link")
}

/// A link to what is never published: a hidden file such as `.git/config`, or the site that was built before.
pub fn link_to_hidden(file: &SourcePath, what: &str) -> Finding {
    error(122, Place::file(file), format!("{file} is a link to {what}, so it was not read"), "")
        .cure("copy the file itself to this place, and delete the link")
}

/// A name whose bytes are not UTF-8. `file` shows it with the wrong bytes replaced.
pub fn name_not_utf8(file: &SourcePath) -> Finding {
    error(123, Place::file(file), format!("the name {file} has characters that cannot be read"), "")
        .cure("rename the file; letters, digits, “-” and “_” are always safe")
}

/// A file where the folder `content`, `themes` or `static` should be.
pub fn not_a_folder(file: &SourcePath) -> Finding {
    error(124, Place::file(file), format!("{file} is not a folder"), "")
        .cure(format!("rename it, and make a folder “{file}” in its place"))
}

/// Files that together are larger than memory should be.
pub fn too_much_in_all(folder: &SourcePath, limit: u64) -> Finding {
    error(
        125,
        Place::file(folder),
        format!("the files have more than {limit} MiB together, so none was read"),
        "",
    )
    .cure("keep videos and archives elsewhere, and link to them")
}

/// More folders than are read.
pub fn too_many_folders(folder: &SourcePath, limit: usize) -> Finding {
    error(
        126,
        Place::file(folder),
        format!("there are more than {limit} folders, so reading stopped at {folder}"),
        "",
    )
    .cure("move what is no part of the site out of content/, themes/ and static/, and look for links between folders")
}

/// The system cannot tell of changes, so all files are looked at again and again.
pub fn cannot_watch(folder: &SourcePath, reason: &str) -> Finding {
    warning(
        127,
        Place::file(folder),
        format!("the system cannot tell of changes: {reason}; so all files are looked at every second"),
        "",
    )
    .cure("use --poll to ask for that, or allow more: on Linux with sysctl fs.inotify.max_user_watches")
}

// 02xx: front matter and YAML

/// A document that does not begin with `---`.
pub fn no_front_matter(file: &SourcePath) -> Finding {
    error(201, Place::span(file, 0..0), "this file has no front matter".to_owned(), "it must begin with ---").cure(
        "begin the file with three lines: “---”, then “title: …”, then “---”; the text follows below them",
    )
}

/// Front matter whose closing `---` is missing.
pub fn unclosed_front_matter(place: Place) -> Finding {
    error(202, place, "the front matter is not closed".to_owned(), "opened here")
        .cure("add a line with only “---” between the fields and the text")
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

/// YAML anchors and aliases.
pub fn alias(place: Place, mark: char, quoted: &str) -> Finding {
    error(
        205,
        place,
        format!("a value may not begin with “{mark}”, which YAML takes for a reference"),
        "this value",
    )
    .cure(format!("put the whole value in quotes: {quoted}"))
}

/// YAML that cannot be read.
pub fn yaml_syntax(place: Place, title: &str, label: &str, help: Option<String>) -> Finding {
    Finding { help, ..error(206, place, title.to_owned(), label) }
}

/// A key that no field has.
pub fn unknown_key(place: Place, key: &str, nearest: Option<&str>, known: &[String]) -> Finding {
    let listed = format!("what can stand here: {}", choices(known.iter().map(String::as_str), 30));
    error(207, place, format!("“{key}” is not a field that Handbill knows here"), "this key")
        .cure(did_you_mean(nearest, listed))
}

/// A text with a comma between braces, where a comma begins the next field.
pub fn cut_at_comma(place: Place, rest: &str, field: &str, whole: &str) -> Finding {
    error(
        224,
        place,
        format!("“{rest}” is cut off from “{field}”: a comma ends a value between {{ and }}"),
        "this",
    )
    .cure(format!("write: {field}: {whole}"))
}

/// A key that stands twice.
pub fn duplicate_key(place: Place, key: &str) -> Finding {
    error(208, place, format!("“{key}” is written twice"), "the second one")
        .cure("keep one of the two, and delete the other")
}

/// A value of the wrong shape: a list for a text and the like.
pub fn wrong_type(place: Place, field: &str, expected: &str) -> Finding {
    let cure = match expected {
        "a text" => "take the brackets out, or put the whole value in quotes".to_owned(),
        "a list" => format!("write each entry on a line of its own below “{field}:”, beginning with “- ”"),
        _ => format!("write {expected} after “{field}:”"),
    };
    error(209, place, format!("“{field}” should be {expected}"), "this value").cure(cure)
}

/// A required field that is absent or empty.
pub fn missing_field(place: Place, field: &str, example: &str) -> Finding {
    let own = Step::Key(field.to_owned());
    let within = match &place.at {
        At::Field(path) | At::Key(path) => path.steps().len() > 1 || path.steps().first() != Some(&own),
        At::File | At::Span(_) => false,
    };
    let (label, add) =
        if within { ("it belongs in here", "add") } else { ("it belongs here", "add a line such as") };
    error(210, place, format!("“{field}” is missing"), label).cure(format!("{add} “{field}: {example}”"))
}

/// A day, month or moment that cannot be read.
pub fn bad_date(place: Place, message: &str, cure: &str) -> Finding {
    let year = if cure.contains("YYYY") { ", with the year in place of YYYY" } else { "" };
    error(211, place, message.to_owned(), "this date").cure(format!("{} {cure}{year}", write(message)))
}

/// Hours that cannot be read or cannot be.
pub fn bad_hours(place: Place, message: &str, cure: &str) -> Finding {
    error(212, place, message.to_owned(), "these hours").cure(format!("{} {cure}", write(message)))
}

/// Days that cannot be read.
pub fn bad_days(place: Place, message: &str, cure: &str) -> Finding {
    error(213, place, message.to_owned(), "these days").cure(format!("{} {cure}", write(message)))
}

/// Coordinates that cannot be.
pub fn bad_coordinates(place: Place, text: &str, swapped: Option<&str>) -> Finding {
    let otherwise = "write latitude, then longitude, as maps print them: 34.0726, -117.4343".to_owned();
    error(214, place, format!("“{text}” is not a place on the earth"), "these coordinates")
        .cure(swapped.map_or(otherwise, |swapped| format!("latitude comes first: {swapped}")))
}

/// A time zone that does not exist.
pub fn unknown_time_zone(place: Place, name: &str, nearest: Option<&str>) -> Finding {
    let otherwise = "write a name such as America/Los_Angeles or Europe/Berlin".to_owned();
    error(215, place, format!("there is no time zone “{name}”"), "this name")
        .cure(did_you_mean(nearest, otherwise))
}

/// Text that is no language tag.
pub fn bad_language(place: Place, text: &str) -> Finding {
    error(216, place, format!("“{text}” is not a language code"), "this code")
        .cure("write a code such as en, es, de, fil or pt-BR")
}

/// A URL whose scheme is not allowed.
pub fn forbidden_scheme(place: Place, scheme: &str) -> Finding {
    let title = match scheme {
        "//" => "an address may not begin with “//”".to_owned(),
        other => format!("an address may not begin with “{other}:”"),
    };
    error(217, place, title, "this address")
        .cure("use an address that begins with https://, mailto:, tel: or geo:")
}

/// A field that wants a full URL.
pub fn not_a_url(place: Place, text: &str) -> Finding {
    let cure = if text.contains('.') && !text.contains(' ') && !text.starts_with('/') {
        format!("write https://{text}")
    } else {
        "write a full address: https://…".to_owned()
    };
    error(218, place, format!("“{text}” is not a web address"), "this address").cure(cure)
}

/// A word that is none of those that may stand here.
pub fn unknown_choice(
    place: Place,
    field: &str,
    word: &str,
    nearest: Option<&str>,
    known: &[&str],
) -> Finding {
    let listed = format!("write {}", choices(known.iter().copied(), 12));
    error(219, place, format!("“{word}” is not a {field} that Handbill knows"), "this word")
        .cure(did_you_mean(nearest, listed))
}

/// A slug with characters that an address cannot have.
pub fn bad_slug(place: Place, text: &str, better: Option<&str>) -> Finding {
    let cure =
        better.map_or("use small letters, digits and hyphens".to_owned(), |slug| format!("write “{slug}”"));
    error(220, place, format!("“{text}” cannot be a slug"), "this slug").cure(cure)
}

/// Two fields that exclude or need each other.
pub fn fields_disagree(place: Place, title: &str, cure: &str) -> Finding {
    error(221, place, title.to_owned(), "here").cure(cure)
}

/// A picture without the words that it needs.
pub fn picture_without(place: Place, what: &str) -> Finding {
    let in_text = matches!(place.at, At::Span(_));
    let why = match (what, in_text) {
        ("alt", false) => {
            "say what the picture shows, for those who cannot see it: alt: Nurses with signs at the gate"
        }
        ("alt", true) => {
            "say what the picture shows, for those who cannot see it: ![Nurses with signs at the gate](…), or once for all in content/media/media.yaml"
        }
        (_, false) => "say who made it: credit: Maria Lopez for Local 12",
        (_, true) => {
            "say who made it, in quotes behind the file's name: ![…](photo.jpg \"Maria Lopez\"), or once for all in content/media/media.yaml"
        }
    };
    error(222, place, format!("this picture has no “{what}”"), "this picture").cure(why)
}

/// A file that holds no usable campaign.
pub fn unknown_file(file: &SourcePath) -> Finding {
    warning(223, Place::file(file), format!("{file} is not used: Handbill does not know what it is for"), "")
        .cure("documents end in .md and pictures lie in a media folder; move the file to static/ to publish it as it is")
}

// 03xx: Markdown

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

/// A heading or footnote in the text of a timeline's entry.
pub fn block_in_entry(place: Place, what: &str) -> Finding {
    let cure = match what {
        "a heading" => "make it **bold**, or give it an entry of its own",
        _ => "write its words into the text, or put where it is told into “source”",
    };
    error(318, place, format!("{what} cannot stand in an entry of a timeline"), "here").cure(cure)
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

// 04xx: what documents say of each other

/// No `content/campaign.yaml`.
pub fn missing_campaign(file: &SourcePath) -> Finding {
    error(401, Place::file(file), format!("there is no {file}"), "").cure(
        "make that file with these lines: “title: …”, “base_url: https://…”, “time_zone: America/Los_Angeles”, “union: { name: … }”",
    )
}

/// A slug that no document has.
pub fn unknown_slug(place: Place, slug: &str, what: &str, nearest: Option<&str>, known: &[&str]) -> Finding {
    let listed = match known {
        [] => format!("there is no {what} yet; make one first"),
        [only] => format!("there is only “{only}”"),
        several => format!("there are {}", choices(several.iter().copied(), 12).replace(" or ", " and ")),
    };
    error(402, place, format!("there is no {what} called “{slug}”"), "this name")
        .cure(did_you_mean(nearest, listed))
}

/// A reference to a document that is a draft, embargoed or expired while this one is published.
pub fn refers_to_unpublished(place: Place, slug: &str, why: &str) -> Finding {
    let cure = match why {
        "a draft" => "take the link out, or publish that document too: delete its “draft: true”",
        "no longer shown" => "take the link out, or correct that document's “expires”",
        _ => "publish both at the same time, or take the link out until then",
    };
    error(403, place, format!("“{slug}” is {why}, so nothing published can link to it"), "this name")
        .cure(cure)
}

/// A link to a page or file of the site that does not exist.
pub fn dead_link(place: Place, target: &str, nearest: Option<&str>) -> Finding {
    let ending = target.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    let otherwise = match (&place.at, ending) {
        (_, Some(ending)) if ending != "md" => "put the file into content/media/, or correct its name",
        (At::Span(_), _) => "check the spelling; a link to another document can be written [[its-name]]",
        _ => {
            "write a document's name, one of statements, locations, timelines and events, or an address that begins with https://"
        }
    };
    let otherwise = otherwise.to_owned();
    error(404, place, format!("the link “{target}” leads nowhere"), "this link")
        .cure(did_you_mean(nearest, otherwise))
}

/// A link to a heading that does not exist.
pub fn dead_anchor(place: Place, anchor: &str, nearest: Option<&str>) -> Finding {
    let otherwise = "link to the page without “#”, or to one of its headings".to_owned();
    let nearest = nearest.map(|heading| format!("#{heading}"));
    error(405, place, format!("there is no heading “#{anchor}” on that page"), "this link")
        .cure(did_you_mean(nearest.as_deref(), otherwise))
}

/// A picture or file that does not exist.
pub fn missing_media(place: Place, name: &str, nearest: Option<&str>) -> Finding {
    let otherwise = "put the file into content/media/ and write its name exactly".to_owned();
    error(406, place, format!("there is no file “{name}”"), "this name")
        .cure(did_you_mean(nearest, otherwise))
}

/// Two outputs at one address.
pub fn address_taken(place: Place, address: &str, other: Place) -> Finding {
    error(407, place, format!("two pages want the address /{address}"), "")
        .with(other, "the other one")
        .cure("give one of them another name, or a “slug:” of its own")
}

/// A file or page at an address that Handbill fills itself.
pub fn address_is_ours(place: Place, address: &str) -> Finding {
    error(419, place, format!("/{address} is an address that Handbill itself fills"), "")
        .cure("give it another name")
}

/// A campaign without a home page.
pub fn no_home_page(place: Place) -> Finding {
    error(420, place, "there is no content/index.md, the first page that people see".to_owned(), "")
        .cure("make that file, or publish it where it is a draft or embargoed: every page links to it")
}

/// A home page that a language of the campaign lacks.
pub fn home_not_translated(place: Place, language: &str) -> Finding {
    warning(
        421,
        place,
        format!("the home page is not translated into “{language}”, and stands there as it is"),
        "",
    )
    .cure(format!("make the file content/index.{language}.md"))
}

/// Two documents of one slug and kind.
pub fn slug_taken(place: Place, slug: &str, other: Place) -> Finding {
    error(408, place, format!("two documents are called “{slug}”"), "")
        .with(other, "the other one")
        .cure("give one of them another file name, or a “slug:” of its own")
}

/// A name that several documents have, so that a link can't tell which is meant.
pub fn ambiguous_slug(place: Place, slug: &str, choices_: &[&str]) -> Finding {
    error(409, place, format!("several documents are called “{slug}”"), "this name")
        .cure(format!("write {}", choices(choices_.iter().copied(), 6)))
}

/// `name.es.md` without `name.md`.
pub fn translation_without_original(file: &SourcePath, original: &str) -> Finding {
    error(410, Place::file(file), format!("{file} is a translation, but there is no {original}"), "")
        .cure("make the original first, or take the language out of the file's name")
}

/// A translation into a language that the campaign does not list.
pub fn language_not_listed(place: Place, language: &str) -> Finding {
    error(411, place, format!("“{language}” is not among the campaign's languages"), "")
        .cure(format!("add “{language}” to “languages:” in content/campaign.yaml, or rename the file"))
}

/// A change of plan on a day without a shift.
pub fn change_without_shift(place: Place, day: &str, location: &str) -> Finding {
    error(
        412,
        place,
        format!("nothing is planned at “{location}” on {day}, so nothing can change"),
        "this change",
    )
    .cure("correct the date, or delete the change")
}

/// A shift that is cut because its site joins later or leaves earlier.
pub fn shift_cut(place: Place, day: &str) -> Finding {
    warning(
        413,
        place,
        format!("a shift on {day} lies outside the time in which this site takes part, and is cut"),
        "this shift",
    )
    .cure("correct the shift, or the location's “from” and “to”")
}

/// A picket without a pin.
pub fn no_coordinates(place: Place) -> Finding {
    warning(414, place, "this picket has no coordinates, so no map can show it".to_owned(), "it belongs here")
        .cure("add a line such as “coordinates: 34.0726, -117.4343” (in a map program, right-click the place to copy it)")
}

/// A redirect that cannot be.
pub fn bad_redirect(place: Place, path: &str) -> Finding {
    error(415, place, format!("“{path}” cannot be an address of this site"), "this address")
        .cure("use letters, digits, hyphens and slashes: strikepay, old/path")
}

/// A translation that repeats a fact and gets it wrong.
pub fn translation_differs(place: Place, field: &str) -> Finding {
    warning(416, place, format!("“{field}” differs from the original's"), "this value")
        .cure("delete the line: a translation inherits hours, dates, places and pictures")
}

/// A list that a schedule's name should lead to.
pub fn unknown_schedule(place: Place, name: &str, nearest: Option<&str>) -> Finding {
    let otherwise = "add it under “schedules:” in content/campaign.yaml".to_owned();
    error(417, place, format!("there is no schedule “{name}”"), "this name")
        .cure(did_you_mean(nearest, otherwise))
}

/// A clock time that the change to summer time leaves out.
pub fn no_such_clock_time(place: Place, day: &str, time: &str) -> Finding {
    error(418, place, format!("{time} does not exist on {day}: the clocks go forward then"), "these hours")
        .cure("write a time before or after the hour that is left out")
}

// 05xx: the theme

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

/// A template that fails while it renders a document.
pub fn template_failed(place: Place, message: &str, output: &str) -> Finding {
    error(504, place, format!("{message} (while rendering {output})"), "here")
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
        ..=12 => format!("add these lines and translate them: {}", lines.join("; ")),
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
pub fn render_limit(place: Place, output: &str, limit: &str) -> Finding {
    error(508, place, format!("rendering {output} was stopped at {limit}"), "")
        .cure("look for a loop in the theme's templates that never ends")
}

// 09xx: us

/// A panic: always our mistake, never the user's.
pub fn our_bug(file: &SourcePath, what: &str) -> Finding {
    error(901, Place::file(file), format!("Handbill itself failed on {file}: {what}"), "")
        .cure("this is a bug of ours, not a mistake of yours: please report it together with this file")
}
