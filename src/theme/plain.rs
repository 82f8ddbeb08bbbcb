//! The template engine's messages as ours are: without the names of the machine's types, and with quotes that read well.

/// What the engine calls a number.
const NUMBERS: [&str; 9] = ["i64", "u64", "i128", "u128", "u32", "i32", "f64", "usize", "isize"];

/// A message without a full stop. `string`, `array` and `map` stay: the engine's manual calls them so.
pub(super) fn message(engines: &str) -> String {
    let quoted = engines.trim_end_matches('.').split('`').enumerate();
    let parts =
        quoted.map(|(index, part)| if index % 2 == 1 { format!("“{part}”") } else { part.to_owned() });
    let text = parts.collect::<String>().replace("map/struct", "map");
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let word = &rest[start..];
        let word = &word[..word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len())];
        plain.push_str(&rest[..start]);
        plain.push_str(if NUMBERS.contains(&word) { "number" } else { word });
        rest = &rest[start + word.len()..];
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_plain_names() {
        for (engines, plain) in [
            (
                "`+` requires both operands to be numbers, found `string` and `i64`.",
                "“+” requires both operands to be numbers, found “string” and “number”",
            ),
            ("Field `titel` is not defined", "Field “titel” is not defined"),
            ("Value of type u64 has no length", "Value of type number has no length"),
            ("maps, not on `map/struct`.", "maps, not on “map”"),
            ("", ""),
        ] {
            assert_eq!(message(engines), plain);
        }
    }
}
