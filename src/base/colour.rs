//! Colours of sRGB, and how well words can be read in them (WCAG 2.2).

use std::fmt;

/// A colour, written `#8a1c1c`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour([u8; 3]);

/// The least contrast of words with what is behind them (WCAG 2.2, success criterion 1.4.3, level AA).
pub const LEAST_CONTRAST: f64 = 4.5;

impl Colour {
    /// A colour of red, green and blue.
    pub const fn new(parts: [u8; 3]) -> Colour {
        Colour(parts)
    }

    /// White.
    pub const WHITE: Colour = Colour([255; 3]);

    /// A colour from `#` and six hexadecimal digits; `None` where it is anything else.
    pub fn parse(text: &str) -> Option<Colour> {
        let is_whole = |digits: &&str| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let digits = text.strip_prefix('#').filter(is_whole)?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Colour([part(0)?, part(2)?, part(4)?]))
    }

    /// The contrast of two colours, from 1 to 21 (WCAG 2.2, “contrast ratio”).
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The nearest colour of the same hue whose contrast with white is enough: itself, or a darker one.
    pub fn readable_on_white(self) -> Colour {
        if self.contrast(Colour::WHITE) >= LEAST_CONTRAST {
            return self;
        }
        // By halves: 30 of them are finer than any digit.
        let (mut dark, mut pale) = (0.0, 1.0);
        for _ in 0..30 {
            let middle = f64::midpoint(dark, pale);
            let enough = self.darkened(middle).contrast(Colour::WHITE) >= LEAST_CONTRAST;
            *(if enough { &mut dark } else { &mut pale }) = middle;
        }
        self.darkened(dark)
    }

    /// The colour with a part of its light, from 0 to 1.
    pub fn darkened(self, part: f64) -> Colour {
        Colour(self.0.map(|channel| coded(linear(channel) * part)))
    }

    /// WCAG 2.2, “relative luminance”.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// The light of a channel, from 0 to 1 (IEC 61966-2-1).
fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
}

/// The channel of a light, rounded towards the dark.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255 by the clamp")]
fn coded(light: f64) -> u8 {
    let value =
        if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 };
    (value * 255.0 + 1e-9).floor().clamp(0.0, 255.0) as u8
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn only_whole_colours_are_read() {
        assert_eq!(colour("#8A1C1c").to_string(), "#8a1c1c");
        for wrong in ["red", "8a1c1c", "#8a1", "#8a1c1g", "#+a1c1c", "#é1c1c", "#8a1c1c00", ""] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let near = |one: &str, other: &str, ratio: f64| {
            let found = colour(one).contrast(colour(other));
            assert!((found - ratio).abs() < 0.01, "{one} on {other}: {found}");
        };
        near("#000000", "#ffffff", 21.0);
        near("#ffffff", "#ffffff", 1.0);
        // The palest grey that is said to pass, and the next one.
        near("#767676", "#ffffff", 4.54);
        near("#777777", "#ffffff", 4.48);
        near("#ffff00", "#ffffff", 1.07);
    }

    #[test]
    fn the_nearest_that_passes_is_just_dark_enough() {
        for text in ["#f0c000", "#ff0000", "#00aaff", "#777777", "#ffffff", "#00ff00"] {
            let found = colour(text).readable_on_white();
            let contrast = found.contrast(Colour::WHITE);
            assert!((LEAST_CONTRAST..4.75).contains(&contrast), "{text}: {found} has {contrast}");
        }
        assert_eq!(colour("#8a1c1c").readable_on_white(), colour("#8a1c1c"));
        assert_eq!(colour("#777777").readable_on_white().to_string(), "#767676");
    }
}
