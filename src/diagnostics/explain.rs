//! The chapters about findings: why each is made, a wrong example and a right one. They are the cases that the tests run,
//! so that no example is out of date.

/// The files of chapters, in the order of a manual.
const FILES: [&str; 8] = [
    include_str!("../../tests/diagnostics/files.md"),
    include_str!("../../tests/diagnostics/front-matter.md"),
    include_str!("../../tests/diagnostics/fields.md"),
    include_str!("../../tests/diagnostics/days-and-hours.md"),
    include_str!("../../tests/diagnostics/text.md"),
    include_str!("../../tests/diagnostics/references.md"),
    include_str!("../../tests/diagnostics/campaign.md"),
    include_str!("../../tests/diagnostics/theme.md"),
];

/// What there is to say about a kind of finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its code: 224 for HB0224.
    pub code: u16,
    /// What it is about, in a few words.
    pub title: &'static str,
    /// Why it is told, in one paragraph or several.
    pub words: String,
    /// Files in which it is found.
    pub wrong: Vec<Example>,
    /// What is told of them, as a terminal shows it.
    pub report: String,
    /// The same files as they should be; a file of which nothing is said here stays as it is.
    pub right: Vec<Example>,
}

/// A file of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Its path, and what else is to be said of it: `content/about.md`.
    pub path: String,
    /// Its text; `None` where there is to be no such file.
    pub text: Option<String>,
}

/// The chapter about a code.
pub fn chapter(code: u16) -> Option<Chapter> {
    let heading = format!("## HB{code:04} ");
    let file =
        FILES.iter().find_map(|file| file.split_once(&format!("\n{heading}")).map(|(_, rest)| rest))?;
    Some(read(code, file))
}

/// The codes and titles of all chapters, by their codes.
pub fn titles() -> Vec<(u16, &'static str)> {
    let headings = FILES.iter().flat_map(|file| file.lines()).filter_map(|line| line.strip_prefix("## HB"));
    let mut titles: Vec<(u16, &'static str)> = headings
        .filter_map(|heading| {
            let (code, title) = heading.split_once(' ')?;
            Some((code.parse().ok()?, title))
        })
        .collect();
    titles.sort_unstable();
    titles
}

/// Reads a chapter from its heading's words on.
fn read(code: u16, file: &'static str) -> Chapter {
    let (title, rest) = file.split_once('\n').unwrap_or((file, ""));
    let mut chapter = Chapter {
        code,
        title,
        words: String::new(),
        wrong: Vec::new(),
        report: String::new(),
        right: Vec::new(),
    };
    let mut lines = rest.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            break;
        }
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks < 3 {
            // “Right:” stands above the right example.
            if line != "Right:" {
                chapter.words.push_str(line);
                chapter.words.push('\n');
            }
            continue;
        }
        let text: String = lines
            .by_ref()
            .take_while(|inner| *inner != &line[..ticks])
            .flat_map(|inner| [inner, "\n"])
            .collect();
        keep(&mut chapter, &line[ticks..], text);
    }
    chapter.words = chapter.words.trim().to_owned();
    chapter
}

/// Keeps a block, by what stands behind its backticks: `markdown content/about.md right`.
fn keep(chapter: &mut Chapter, head: &str, text: String) {
    let mut words: Vec<&str> = head.split_whitespace().collect();
    match words.as_slice() {
        ["text"] => chapter.report = text,
        ["limits", ..] | [] => {}
        _ => {
            let right = words.contains(&"right");
            let absent = words.contains(&"absent");
            words.retain(|word| !["right", "absent", "disk"].contains(word));
            let path = match &words[1..] {
                [path, "link", ..] => format!("{path} (a link)"),
                [path, flag, ..] => format!("{path} ({flag})"),
                [path] => (*path).to_owned(),
                [] => return,
            };
            let example = Example { path, text: (!absent).then_some(text) };
            if right { chapter.right.push(example) } else { chapter.wrong.push(example) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_has_words_and_examples() {
        let colon = chapter(224).unwrap();
        assert_eq!(colon.title, "A colon in a text");
        assert!(colon.words.starts_with("The commonest mistake of all"), "{}", colon.words);
        assert_eq!(colon.wrong.len(), 1);
        assert!(colon.report.starts_with("error[HB0224]"));
        assert!(colon.right[0].text.as_ref().unwrap().contains("\"Day 2: Bakersfield joins\""));
        assert_eq!(chapter(1), None);
    }

    /// One is read by itself: “Likewise.” says nothing to who asks about this code alone.
    #[test]
    fn each_chapter_says_something_by_itself() {
        for (code, _) in titles() {
            let words = chapter(code).unwrap().words;
            let words = words.strip_prefix("A warning").unwrap_or(&words);
            let number = words.split_whitespace().count();
            let leans = ["With the nearest", "Likewise", "To a ", "On the same"];
            assert!(number > 3, "HB{code:04}: {words}");
            assert!(!leans.iter().any(|start| words.starts_with(start)), "HB{code:04}: {words}");
        }
    }

    #[test]
    fn all_chapters_are_listed_once() {
        let titles = titles();
        assert!(titles.len() > 100);
        assert!(titles.windows(2).all(|two| two[0].0 < two[1].0));
    }
}
