//! A look at the text of templates: which names, fields, words, files and components they mention, and where.
//! Tera knows which variables a template names, but not which fields, and not what components need.

use std::collections::BTreeSet;

use crate::base::Span;

/// What one template mentions.
#[derive(Debug, Default)]
pub(super) struct Scan<'t> {
    /// Every name that stands at the beginning of an expression.
    pub(super) names: Vec<(&'t str, Span)>,
    /// `root.field` and `root["field"]`.
    pub(super) fields: Vec<Field<'t>>,
    /// Calls of components: in which component's body, if any, and of which.
    pub(super) calls: Vec<(Option<&'t str>, &'t str)>,
    /// The templates that it extends or includes.
    pub(super) templates: Vec<&'t str>,
    /// Whether it extends another one.
    pub(super) extends: bool,
    /// Names that it gives to values of its own.
    pub(super) locals: BTreeSet<&'t str>,
    /// The components that it defines.
    pub(super) defines: Vec<&'t str>,
    /// Every name behind a dot, and every text: what a field can be called that it asks for, of whatever it may be.
    pub(super) asks: BTreeSet<&'t str>,
    /// Whether it may ask for other fields as well, whose names it does not say: `card[name]`, `card | pairs`.
    pub(super) is_curious: bool,
}

/// Filters that show all of a record, or what is not named in the template.
const CURIOUS: [&str; 5] = ["get", "keys", "pairs", "str", "values"];

/// Words between values: what stands behind them in brackets is a list.
const BETWEEN: [&str; 6] = ["and", "else", "if", "in", "not", "or"];

/// `root.field`.
#[derive(Debug)]
pub(super) struct Field<'t> {
    pub(super) root: &'t str,
    pub(super) field: &'t str,
    pub(super) span: Span,
    /// The component in whose body it stands.
    pub(super) component: Option<&'t str>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token<'t> {
    Name(&'t str),
    Text(&'t str),
    Sign(u8),
}

type Tokens<'t> = Vec<(Token<'t>, usize)>;

/// Reads a template's text. It never fails: what Tera cannot parse is Tera's to tell.
pub(super) fn scan(text: &str) -> Scan<'_> {
    let mut scan = Scan::default();
    let mut component = None;
    let mut at = 0;
    while let Some(found) = next_tag(text, at) {
        let (tokens, end) = tokens(text, found + 2);
        at = end;
        let first = tokens.first().map(|(token, _)| *token);
        match (text.as_bytes()[found + 1], first, tokens.get(1).map(|(token, _)| *token)) {
            (b'#', ..) => {
                at = text[found..].find("#}").map_or(text.len(), |length| found + length + 2);
                continue;
            }
            (b'%', Some(Token::Name("raw")), _) => {
                at = text[end..].find("endraw").map_or(text.len(), |length| end + length);
                continue;
            }
            (b'%', Some(Token::Name("component")), Some(Token::Name(name))) => {
                component = Some(name);
                scan.defines.push(name);
                continue;
            }
            (b'%', Some(Token::Name("endcomponent")), _) => component = None,
            _ => {}
        }
        scan.tag(&tokens, component);
    }
    scan
}

/// Where the next tag begins: `{{`, `{%` or `{#`.
fn next_tag(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len().saturating_sub(1)).find(|&at| bytes[at] == b'{' && b"{%#".contains(&bytes[at + 1]))
}

/// The tokens of a tag from `start` to its end, and where the text goes on.
fn tokens(text: &str, start: usize) -> (Tokens<'_>, usize) {
    let bytes = text.as_bytes();
    let (mut tokens, mut at) = (Tokens::new(), start);
    while at < bytes.len() {
        let byte = bytes[at];
        if b"}%".contains(&byte) && bytes.get(at + 1) == Some(&b'}') {
            return (tokens, at + 2);
        }
        let length = match byte {
            b'"' | b'\'' | b'`' => {
                let inner = text[at + 1..].find(byte as char).unwrap_or(text.len() - at - 1);
                tokens.push((Token::Text(&text[at + 1..at + 1 + inner]), at));
                inner + 2
            }
            _ if byte.is_ascii_alphabetic() || byte == b'_' => {
                let word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
                let length = bytes[at..].iter().take_while(word).count();
                tokens.push((Token::Name(&text[at..at + length]), at));
                length
            }
            _ => {
                if !byte.is_ascii_whitespace() {
                    tokens.push((Token::Sign(byte), at));
                }
                1
            }
        };
        at += length;
    }
    (tokens, bytes.len())
}

impl<'t> Scan<'t> {
    /// Takes in the tokens of one tag.
    fn tag(&mut self, tokens: &Tokens<'t>, component: Option<&'t str>) {
        let token = |index: usize| tokens.get(index).map(|(token, _)| *token);
        for (index, (current, at)) in tokens.iter().enumerate() {
            let before = index.checked_sub(1).and_then(token);
            self.is_curious |= is_unnamed(before, *current, token(index + 1));
            if let Token::Text(text) = *current {
                self.asks.insert(text);
            }
            let Token::Name(name) = *current else { continue };
            match (name, token(index + 1)) {
                ("extends" | "include", Some(Token::Text(template))) if index == 0 => {
                    self.templates.push(template);
                    self.extends |= name == "extends";
                }
                ("set" | "set_global", Some(Token::Name(local))) if index == 0 => {
                    self.locals.insert(local);
                }
                ("for", Some(Token::Name(local))) => {
                    self.locals.insert(local);
                    if let (Some(Token::Sign(b',')), Some(Token::Name(second))) =
                        (token(index + 2), token(index + 3))
                    {
                        self.locals.insert(second);
                        self.is_curious = true;
                    }
                }
                _ => {}
            }
            match before {
                Some(Token::Sign(b'.')) => {
                    self.asks.insert(name);
                    continue;
                }
                Some(Token::Sign(b'|')) => {
                    self.is_curious |= CURIOUS.contains(&name);
                    continue;
                }
                Some(Token::Sign(b'<')) if tokens[index - 1].1 + 1 == *at => {
                    self.calls.push((component, name));
                }
                _ => {}
            }
            self.names.push((name, *at..*at + name.len()));
            let next = index + 1 + usize::from(token(index + 1) == Some(Token::Sign(b'?')));
            let field = match (token(next), token(next + 1), token(next + 2)) {
                (Some(Token::Sign(b'.')), Some(Token::Name(field)), _) => field,
                (Some(Token::Sign(b'[')), Some(Token::Text(field)), Some(Token::Sign(b']'))) => field,
                _ => continue,
            };
            let start = tokens[next + 1].1 + usize::from(matches!(token(next + 1), Some(Token::Text(_))));
            self.fields.push(Field { root: name, field, span: start..start + field.len(), component });
        }
    }
}

/// Whether a bracket asks for something by a name that does not stand in it.
fn is_unnamed(before: Option<Token<'_>>, current: Token<'_>, next: Option<Token<'_>>) -> bool {
    let of_value = match before {
        Some(Token::Name(name)) => !BETWEEN.contains(&name),
        Some(Token::Sign(sign)) => b"])?".contains(&sign),
        Some(Token::Text(_)) | None => false,
    };
    let is_said =
        matches!(next, Some(Token::Text(_))) || matches!(next, Some(Token::Sign(b'0'..=b'9' | b':')));
    current == Token::Sign(b'[') && of_value && !is_said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_files_and_calls_are_found() {
        let scan = scan(
            "{% extends \"base.html\" %}{# words.no #}{% raw %}{{ words.no }}{% endraw %}\
             {{ assets[\"a.css\"] }}{{ words?[\"x\" ~ y] or page?.title | fill(n=campaign.phase.day) }}\
             {% component card(card, @words) %}{{ <tag name={words.today} /> }}{% endcomponent card %}\
             {{ <card card={page} /> }}{% for a, b in list.items %}{% set z = 1 %}{% endfor %}",
        );
        let fields: Vec<_> = scan.fields.iter().map(|field| (field.root, field.field)).collect();
        let expected = [
            ("assets", "a.css"),
            ("page", "title"),
            ("campaign", "phase"),
            ("words", "today"),
            ("list", "items"),
        ];
        assert_eq!(fields, expected);
        assert_eq!(scan.calls, [(Some("card"), "tag"), (None, "card")]);
        assert_eq!(scan.templates, ["base.html"]);
        assert_eq!(scan.locals.into_iter().collect::<Vec<_>>(), ["a", "b", "z"]);
        assert_eq!(scan.defines, ["card"]);
        let asks = ["a.css", "base.html", "day", "items", "phase", "title", "today", "x"];
        assert_eq!(scan.asks.into_iter().collect::<Vec<_>>(), asks);
    }

    #[test]
    fn what_asks_without_saying_is_known() {
        for text in [
            "{{ card[name] }}",
            "{{ cards[0][name] }}",
            "{{ card?[name] }}",
            "{% for key, value in card %}{% endfor %}",
            "{{ card | pairs }}",
            "{{ f(x=card)[key] }}",
        ] {
            assert!(scan(text).is_curious, "{text}");
        }
        for text in [
            "{{ cards[0].title }}",
            "{{ cards[:3] }}",
            "{{ card[\"title\"] }}",
            "{% if card.type in [a, b] %}{% endif %}",
            "{% set all = [c for c in cards if c.date] %}",
            "{{ card.title | upper }}",
        ] {
            assert!(!scan(text).is_curious, "{text}");
        }
    }
}
