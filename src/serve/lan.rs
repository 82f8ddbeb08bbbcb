//! The secret that opens a preview to others on the same network.

use std::fmt;

/// 128 bits from the operating system, as 32 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// Where the operating system has no randomness to give.
    pub fn new() -> std::io::Result<Token> {
        let mut bits = [0; 16];
        getrandom::fill(&mut bits).map_err(std::io::Error::other)?;
        Ok(Token(bits.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text is this token. It takes as long for a text that is nearly right as for one that is not at all.
    pub(super) fn is(&self, text: &str) -> bool {
        let same =
            self.0.bytes().zip(text.bytes()).fold(0, |different, (own, other)| different | (own ^ other));
        self.0.len() == text.len() && same == 0
    }
}

impl fmt::Debug for Token {
    /// Never the digits: what is printed for finding mistakes is kept and shown around.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_nothing_but_itself() {
        let token = Token::new().unwrap();
        assert_eq!(token.as_str().len(), 32);
        assert!(token.is(token.as_str()));
        assert!(
            !token.is(Token::new().unwrap().as_str()) && !token.is("") && !token.is(&token.as_str()[1..])
        );
        assert!(!token.is(&format!("{}0", token.as_str())));
        assert_eq!(format!("{token:?}"), "Token(…)");
    }
}
