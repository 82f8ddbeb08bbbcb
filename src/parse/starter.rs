//! What new documents are made of: texts as YAML takes them, and what of a document is to be translated.

use super::front_matter;
use super::yaml;
use crate::base::SourcePath;

/// The fields whose words differ from language to language.
const WORDS: [&str; 4] = ["title", "name", "summary", "key_points"];

/// A text as a value of YAML, between quotation marks.
pub fn yaml_text(text: &str) -> String {
    yaml::quoted(text)
}

/// The fields of a document that are to be translated, as lines of YAML, and its text; `None` where it has no front
/// matter that can be read.
pub fn translatable<'t>(file: &SourcePath, text: &'t str) -> Option<(String, &'t str)> {
    let split = front_matter::split(file, text);
    let parts = split.parts.filter(|_| split.findings.is_empty())?;
    let mut fields = String::new();
    let mut wanted = false;
    for line in text[parts.yaml].lines() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if !line.starts_with([' ', '\t', '-']) {
            wanted = line.split_once(':').is_some_and(|(key, _)| WORDS.contains(&key.trim_end()));
        }
        if wanted {
            fields.push_str(line.trim_end());
            fields.push('\n');
        }
    }
    Some((fields, &text[parts.body..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_over_and_facts_are_not() {
        let file = SourcePath::new("content/a.md").unwrap();
        let text = "---\r\ntitle: Day 2\r\n# a remark\r\ndate: 2024-10-22\r\nkey_points:\r\n  - One\r\n- Two\r\ntags: [x]\r\n---\r\nWords.\r\n";
        let (fields, body) = translatable(&file, text).unwrap();
        assert_eq!(fields, "title: Day 2\nkey_points:\n  - One\n- Two\n");
        assert_eq!(body, "Words.\r\n");
        assert_eq!(translatable(&file, "no front matter"), None);
        assert_eq!(yaml_text("Day \"2\": x"), "'Day \"2\": x'");
    }
}
