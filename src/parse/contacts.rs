//! Phone numbers and e-mail addresses: whether they can be any, and what was meant where they cannot.

/// Why a text is no phone number; in digits, where letters stand for them.
pub(super) fn phone(text: &str) -> Result<(), Option<String>> {
    let lower = text.to_lowercase();
    let number =
        ["ext", " x"].iter().find_map(|mark| lower.split_once(mark)).map_or(lower.as_str(), |(n, _)| n);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let plain = number.chars().all(|c| c.is_ascii_digit() || " +()-./\u{a0}–‑".contains(c));
    if plain
        && (3..=15).contains(&digits)
        && number.rfind('+').is_none_or(|at| at == 0 || number[..at].trim() == "(")
    {
        return Ok(());
    }
    let dialled: String = number.trim().chars().map(key).collect();
    let letters = number.chars().filter(char::is_ascii_lowercase).count();
    let vanity = letters >= 3 && digits >= 1 && phone(&dialled).is_ok();
    Err(vanity.then_some(dialled))
}

/// The digit on whose key a letter stands (ITU-T E.161).
fn key(letter: char) -> char {
    match letter {
        'a'..='c' => '2',
        'd'..='f' => '3',
        'g'..='i' => '4',
        'j'..='l' => '5',
        'm'..='o' => '6',
        'p'..='s' => '7',
        't'..='v' => '8',
        'w'..='z' => '9',
        other => other,
    }
}

/// Why a text is no e-mail address, with the one that was meant, where that can be told.
pub(super) fn email(text: &str) -> Result<(), Option<String>> {
    if is_email(text) {
        return Ok(());
    }
    let lower = text
        .trim()
        .trim_start_matches("mailto:")
        .trim_end_matches(['.', ',', ';', '>'])
        .trim_start_matches('<');
    let mut meant = lower.to_owned();
    for (typed, right) in [
        (" at ", "@"),
        (" (at) ", "@"),
        ("(at)", "@"),
        ("[at]", "@"),
        (" dot ", "."),
        ("@@", "@"),
        ("..", "."),
    ] {
        meant = meant.replace(typed, right);
    }
    if let Some((local, domain)) = meant.clone().split_once('@') {
        meant = format!("{}@{}", local.trim(), domain.trim().replace([',', ' '], "."));
    }
    Err(is_email(&meant).then_some(meant))
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let fits = |part: &str, also: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_alphanumeric() || also.contains(c))
            && !part.contains("..")
    };
    let labels: Vec<&str> = domain.split('.').collect();
    let top = labels.last().copied().unwrap_or_default();
    fits(local, ".!#$%&'*+/=?^_`{|}~-")
        && !local.starts_with('.')
        && !local.ends_with('.')
        && labels.len() >= 2
        && labels.iter().all(|label| fits(label, "-"))
        && top.chars().count() >= 2
        && top.starts_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers() {
        for right in [
            "555-0100",
            "+1 (510) 555-0100",
            "(510) 555-0100 ext. 12",
            "510.555.0100 x12",
            "+49 30/123456",
            "311",
        ] {
            assert_eq!(phone(right), Ok(()), "{right}");
        }
        for (wrong, meant) in [
            ("1-800-UNION-NOW", Some("1-800-86466-669")),
            ("55", None),
            ("call us", None),
            ("+1 510 555 0100 555 0100", None),
            ("555-010O", None),
            ("ask for Maria", None),
        ] {
            assert_eq!(phone(wrong), Err(meant.map(str::to_owned)), "{wrong}");
        }
    }

    #[test]
    fn email_addresses() {
        for right in ["press@union.example", "ana.lopez+x@a-b.example", "öffentlich@gewerkschaft.example"] {
            assert_eq!(email(right), Ok(()), "{right}");
        }
        for (wrong, meant) in [
            ("press@union", None),
            ("press@union,example", Some("press@union.example")),
            ("mailto:press@union.example", Some("press@union.example")),
            ("press at union.example", Some("press@union.example")),
            ("press@@union.example", Some("press@union.example")),
            ("press@union.example.", Some("press@union.example")),
            ("press@ union.example", Some("press@union.example")),
            ("union.example", None),
            ("a b@union.example", None),
        ] {
            assert_eq!(email(wrong), Err(meant.map(str::to_owned)), "{wrong}");
        }
    }
}
