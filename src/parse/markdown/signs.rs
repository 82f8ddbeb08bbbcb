//! What a text may hold, by one look at each of its bytes: most texts hold nothing of what is looked for in them, and are
//! done with after it.

/// The signs that a text has; each is a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signs(u8);

impl Signs {
    /// `[`
    pub(super) const OPEN: Signs = Signs(1);
    /// `]`
    pub(super) const CLOSE: Signs = Signs(1 << 1);
    /// `{`
    pub(super) const BRACE: Signs = Signs(1 << 2);
    /// `*`
    pub(super) const STAR: Signs = Signs(1 << 3);
    /// `:`
    pub(super) const COLON: Signs = Signs(1 << 4);
    /// `@`
    pub(super) const AT: Signs = Signs(1 << 5);
    /// `.`
    pub(super) const DOT: Signs = Signs(1 << 6);
    /// A byte that is, or begins, a control character other than line feed and tab: U+0080 to U+009F begin with 0xC2.
    pub(super) const CONTROL: Signs = Signs(1 << 7);
    /// One that every link has, but for those with `www.`.
    pub(super) const LINK: Signs = Signs::COLON.or(Signs::AT);
    /// One that every slip has, but for words that stand for others.
    pub(super) const SLIP: Signs =
        Signs::OPEN.or(Signs::CLOSE).or(Signs::BRACE).or(Signs::STAR).or(Signs::COLON);

    /// Those of a text.
    pub(super) fn of(text: &str) -> Signs {
        Signs(text.bytes().fold(0, |signs, byte| signs | OF_BYTE[usize::from(byte)]))
    }

    /// Whether one of these is among them.
    pub(super) fn have(self, any: Signs) -> bool {
        self.0 & any.0 != 0
    }

    const fn or(self, other: Signs) -> Signs {
        Signs(self.0 | other.0)
    }

    const fn of_byte(byte: u8) -> Signs {
        match byte {
            b'[' => Signs::OPEN,
            b']' => Signs::CLOSE,
            b'{' => Signs::BRACE,
            b'*' => Signs::STAR,
            b':' => Signs::COLON,
            b'@' => Signs::AT,
            b'.' => Signs::DOT,
            b'\n' | b'\t' => Signs(0),
            ..b' ' | 0x7f | 0xc2 => Signs::CONTROL,
            _ => Signs(0),
        }
    }
}

static OF_BYTE: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = Signs::of_byte(byte as u8).0;
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_tells_its_sign() {
        for (text, sign) in [
            ("[", Signs::OPEN),
            ("a]", Signs::CLOSE),
            ("{a", Signs::BRACE),
            ("é*", Signs::STAR),
            ("a:b", Signs::COLON),
            ("a@b", Signs::AT),
            ("w.", Signs::DOT),
            ("\u{8d}", Signs::CONTROL),
            ("\u{7f}", Signs::CONTROL),
            ("\0", Signs::CONTROL),
        ] {
            assert_eq!(Signs::of(text), sign, "{text:?}");
        }
        assert_eq!(Signs::of("Año nuevo, “two”\n\tlines; (a) #1 & <b> 'c' \"d\""), Signs(0));
        assert!(Signs::of("a: b").have(Signs::LINK) && !Signs::of("a [b] {c} *d*").have(Signs::LINK));
    }
}
