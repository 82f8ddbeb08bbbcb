//! What a file is by its first bytes, whatever its name says.

/// What cameras, phones and picture programs write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    WebP,
    Gif,
    /// HEIC and AVIF: still pictures in a box for films.
    Heif,
    /// TIFF, and the raw formats that are made of it.
    Tiff,
    Film,
}

/// What a file is; `None` for all else, such as drawings and documents.
pub(super) fn of(bytes: &[u8]) -> Option<Kind> {
    let starts = |with: &[u8]| bytes.starts_with(with);
    match bytes {
        _ if starts(b"\xff\xd8\xff") => Some(Kind::Jpeg),
        _ if starts(b"\x89PNG\r\n\x1a\n") => Some(Kind::Png),
        _ if starts(b"GIF87a") || starts(b"GIF89a") => Some(Kind::Gif),
        _ if starts(b"II*\0") || starts(b"MM\0*") => Some(Kind::Tiff),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::WebP),
        // The first box of ISO 14496-12 names the brand.
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4)? {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" | b"avif"
            | b"avis" => Some(Kind::Heif),
            // Sound alone.
            b"M4A " | b"M4B " | b"M4P " => None,
            _ => Some(Kind::Film),
        },
        _ => None,
    }
}

impl Kind {
    /// What a file should be by its extension.
    pub(super) fn named(extension: &str) -> Option<Kind> {
        match extension {
            "jpg" | "jpeg" => Some(Kind::Jpeg),
            "png" => Some(Kind::Png),
            "webp" => Some(Kind::WebP),
            "gif" => Some(Kind::Gif),
            "heic" | "heif" | "avif" => Some(Kind::Heif),
            "tif" | "tiff" | "dng" | "raw" => Some(Kind::Tiff),
            "mov" | "mp4" | "m4v" | "3gp" => Some(Kind::Film),
            _ => None,
        }
    }

    /// Whether another extension than its own hides what it is: a name that is nobody's is no matter for a film, which
    /// programs write under many.
    pub(super) fn must_be_named(self, extension: &str) -> bool {
        self != Kind::Film || super::PICTURES.contains(&extension)
    }

    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Jpeg => "a JPEG picture",
            Kind::Png => "a PNG picture",
            Kind::WebP => "a WebP picture",
            Kind::Gif => "a GIF picture",
            Kind::Heif => "a HEIC picture",
            Kind::Tiff => "a TIFF picture",
            Kind::Film => "a film",
        }
    }

    /// The extension under which it can be published; `None` where it cannot.
    pub(super) fn ending(self) -> Option<&'static str> {
        match self {
            Kind::Jpeg => Some("jpg"),
            Kind::Png => Some("png"),
            Kind::WebP => Some("webp"),
            Kind::Gif => Some("gif"),
            Kind::Heif | Kind::Tiff | Kind::Film => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        assert_eq!(of(b"\xff\xd8\xff\xe1"), Some(Kind::Jpeg));
        assert_eq!(of(b"\0\0\0\x18ftypheic\0\0\0\0"), Some(Kind::Heif));
        assert_eq!(of(b"\0\0\0\x14ftypqt  \0\0\0\0"), Some(Kind::Film));
        assert_eq!(of(b"\0\0\0\x14ftypM4A \0\0\0\0"), None);
        assert_eq!(of(b"RIFF\0\0\0\0WEBPVP8 "), Some(Kind::WebP));
        for other in [&b""[..], b"RIFF\0\0\0\0WAVE", b"%PDF-1.7", b"\0\0\0\x14ftyp", b"<svg/>"] {
            assert_eq!(of(other), None, "{other:?}");
        }
    }
}
