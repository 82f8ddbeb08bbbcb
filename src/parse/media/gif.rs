//! Takes GIF pictures apart to leave out all but the picture (GIF89a §15 to §27).

/// The picture, and how often it is repeated; no comments, no other program's data. `None` where it is broken.
pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + table(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let from = at;
        match bytes.get(at)? {
            b',' => {
                at = blocks(bytes, at + 11 + table(*bytes.get(at + 9)?))?;
                out.extend(bytes.get(from..at)?);
            }
            b'!' => {
                let label = *bytes.get(at + 1)?;
                at = blocks(bytes, at + 2)?;
                let block = bytes.get(from..at)?;
                let repeats = block.get(3..14) == Some(b"NETSCAPE2.0");
                if label == 0xf9 || (label == 0xff && repeats) {
                    out.extend(block);
                }
            }
            b';' => {
                out.push(b';');
                return Some(out);
            }
            _ => return None,
        }
    }
}

/// The end of blocks that each begin with their length; an empty one is the last.
fn blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match usize::from(*bytes.get(at)?) {
            0 => return Some(at + 1),
            length => at += 1 + length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_what_programs_add_are_left_out() {
        let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
        let comment = b"!\xfe\x05Maria\0";
        let repeats = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
        let xmp = b"!\xff\x0bXMP DataXMP\x03gps\0";
        let control = b"!\xf9\x04\0\0\0\0\0";
        let image = b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0";
        let join = |parts: &[&[u8]]| parts.concat();
        let all = join(&[head, comment, repeats, xmp, control, image, b";", b"after the end"]);
        assert_eq!(strip(&all), Some(join(&[head, repeats, control, image, b";"])));
        for end in 0..all.len() - b";after the end".len() {
            assert_eq!(strip(&all[..end]), None, "{end}");
        }
    }
}
