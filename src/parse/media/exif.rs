//! What is asked of an EXIF block: which way is up, and whether it says where (Exif 3.0 §4.6; TIFF 6.0 §2).

/// The tag that counts which way is up.
const ORIENTATION: u16 = 274;

/// The tag that leads to the directory of the position, and two tags of that: latitude and longitude.
const POSITION: u16 = 34853;
const LATITUDE: u16 = 2;
const LONGITUDE: u16 = 4;

/// An EXIF block, which is a TIFF file of its own.
pub(super) struct Exif<'a> {
    bytes: &'a [u8],
    is_little: bool,
}

impl<'a> Exif<'a> {
    /// A block; `None` where it is none.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Exif<'a>> {
        match bytes.get(..4)? {
            b"II*\0" => Some(Exif { bytes, is_little: true }),
            b"MM\0*" => Some(Exif { bytes, is_little: false }),
            _ => None,
        }
    }

    /// Which way is up: 1 to 8.
    pub(super) fn orientation(&self) -> Option<u8> {
        let at = self.entry(self.long(4)?, ORIENTATION)?;
        u8::try_from(self.short(at + 8)?).ok().filter(|turn| (1..=8).contains(turn))
    }

    /// Whether it says where the picture was taken.
    pub(super) fn has_position(&self) -> bool {
        let first = self.long(4);
        let there = first.and_then(|first| self.entry(first, POSITION)).and_then(|at| self.long(at + 8));
        there.is_some_and(|there| [LATITUDE, LONGITUDE].iter().any(|tag| self.entry(there, *tag).is_some()))
    }

    /// Where an entry of a directory stands.
    fn entry(&self, directory: usize, tag: u16) -> Option<usize> {
        let entries = usize::from(self.short(directory)?);
        let mut all = (0..entries).map(|index| directory.saturating_add(2 + index * 12));
        all.find(|at| self.short(*at) == Some(tag))
    }

    fn short(&self, at: usize) -> Option<u16> {
        let pair: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let quad: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let long = if self.is_little { u32::from_le_bytes(quad) } else { u32::from_be_bytes(quad) };
        usize::try_from(long).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One directory at 8 that holds an orientation and leads to an empty one, or to one with a latitude.
    fn block(latitude: bool) -> Vec<u8> {
        let mut exif = b"MM\0*\0\0\0\x08\0\x02".to_vec();
        exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
        exif.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0");
        exif.extend([0, u8::from(latitude)]);
        exif.extend(b"\0\x02\0\x05\0\0\0\x03\0\0\0\0\0\0\0\0");
        exif
    }

    #[test]
    fn a_position_is_one_only_where_it_is_said() {
        assert!(Exif::of(&block(true)).unwrap().has_position());
        assert!(!Exif::of(&block(false)).unwrap().has_position());
        assert_eq!(Exif::of(&block(false)).unwrap().orientation(), Some(6));
        // What is cut off at any place says nothing, and does no harm.
        for end in 0..block(true).len() {
            let some = block(true);
            let said = Exif::of(&some[..end]).map(|exif| (exif.orientation(), exif.has_position()));
            assert!(end >= 4 || said.is_none());
        }
    }
}
