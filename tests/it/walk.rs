//! The README's ten minutes from nothing to published, typed as they stand there: what it shows is what is said.

use std::fs;

use super::cli::{Campaign, Ran};
use super::support;

/// The fenced blocks of the chapter, each with its language.
fn blocks(chapter: &str) -> Vec<(&str, &str)> {
    let fences: Vec<&str> = chapter.split("\n```").collect();
    assert_eq!(fences.len() % 2, 1, "a block does not end");
    fences.iter().skip(1).step_by(2).map(|fence| fence.split_once('\n').unwrap()).collect()
}

/// The words of a command line, as a shell takes them.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (number, piece) in line.replace("\\\n", " ").split('"').enumerate() {
        if number % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn the_ten_minutes_of_the_readme_are_as_it_says() {
    let readme = fs::read_to_string(support::root().join("README.md")).unwrap();
    let chapter = readme.split("\n## Ten minutes from nothing to published\n").nth(1).unwrap();
    let blocks = blocks(chapter.split("\n## ").next().unwrap());
    let command = |starts: &str| {
        let found = blocks.iter().find(|(language, text)| *language == "sh" && text.starts_with(starts));
        let text = found.unwrap_or_else(|| panic!("the chapter has no “{starts}”")).1;
        words(text.split("\ncd ").next().unwrap())
    };
    let campaign = Campaign::empty();
    let run = |starts: &str, more: &[&str]| -> Ran {
        let typed = command(starts);
        let typed: Vec<&str> = typed.iter().skip(1).map(String::as_str).chain(more.iter().copied()).collect();
        campaign.run(&typed)
    };
    let shown: Vec<&str> =
        blocks.iter().filter(|(language, _)| *language == "text").map(|(_, text)| *text).collect();
    let [end_of_init, made, mistake, published] = shown.as_slice() else { panic!("{shown:?}") };
    let root = ["--root", "fair-schedules"];

    let begun = run("handbill init", &[]).exits_with(0);
    assert!(begun.out.ends_with(&format!("\n{end_of_init}\n")), "{}", begun.out);
    assert_eq!(run("handbill new", &root).exits_with(0).out, format!("{made}\n"));

    let (_, gate) = blocks.iter().find(|(language, _)| *language == "markdown").unwrap();
    campaign.put("fair-schedules/content/locations/gate-3.md", &format!("{gate}\n"));
    assert_eq!(run("handbill check", &root).exits_with(1).out, format!("{mistake}\n"));

    campaign.put("fair-schedules/content/locations/gate-3.md", &gate.replace("6-2", "6am-2pm"));
    let right = run("handbill check", &root).exits_with(0);
    assert!(right.out.starts_with("Nothing is wrong"), "{}", right.out);
    let built = campaign.run(&["build", "--root", "fair-schedules"]).exits_with(0);
    // Times and numbers are those of that day; the words are those of every day.
    let wording = |line: &str| line.replace(|c: char| c.is_ascii_digit(), "");
    let sentence = |line: &str| wording(line).split(" as of ").next().unwrap().to_owned();
    let built = built.out.replace("fair-schedules/", "");
    assert_eq!(sentence(&built), sentence(published));
    // As many files as it says, on any day.
    let count = |line: &str| line.split(' ').nth(1).unwrap().to_owned();
    assert_eq!(count(&built), count(published));
}
