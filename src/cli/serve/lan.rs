//! The preview for others on the network: at which address, and the code that a phone scans.

use std::io;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};

use qrcodegen::{QrCode, QrCodeEcc};

use crate::cli::Failure;

const CURE: &str = "name the address that this machine has in your network: --lan=192.168.1.5";

/// The address to answer at: the one that was named, else the one by which this machine reaches others.
pub(super) fn address(named: Option<IpAddr>) -> Result<IpAddr, Failure> {
    let Some(address) = named.or_else(|| outward().ok()) else {
        return Err(Failure::usage("this machine's address in the network cannot be found".to_owned(), CURE));
    };
    if is_private(address) {
        return Ok(address);
    }
    Err(Failure::usage(format!("{address} is no address in a network of your own"), CURE))
}

/// The address that was named is another machine's, or nobody's.
pub(super) fn not_ours(address: IpAddr) -> Failure {
    Failure::usage(format!("this machine does not have the address {address}"), CURE)
}

/// The address that packets to elsewhere would bear. Nothing is sent: a UDP socket only asks the system for the way. The
/// address is one that is nobody's (RFC 5737).
fn outward() -> io::Result<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
    Ok(socket.local_addr()?.ip())
}

/// Whether an address is one of a private network (RFC 1918, RFC 3927, RFC 6598, RFC 4193) or of this machine. All others can
/// be reached from everywhere, where no wall stands between.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            let carrier = first == 100 && second & 0b1100_0000 == 64;
            address.is_private() || address.is_link_local() || address.is_loopback() || carrier
        }
        IpAddr::V6(address) => address.is_unique_local() || address.is_loopback(),
    }
}

/// A QR code in half blocks, two rows of modules in a line. Where colours may be shown it is black on white, as scanners want
/// it, whatever the terminal's colours are; else its light modules are drawn, for terminals are dark more often than not.
pub(super) fn code(text: &str, colours: bool) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    // The quiet zone has four modules (ISO/IEC 18004 §6.3.8).
    let (from, to) = (-4, code.size() + 4);
    let mut drawn = String::new();
    for y in (from..to).step_by(2) {
        drawn.push_str(if colours { "\u{1b}[30;107m" } else { "" });
        for x in from..to {
            // Past the last line nothing is drawn in either way.
            let (upper, lower) = (code.get_module(x, y) == colours, code.get_module(x, y + 1) == colours);
            drawn.push(match (upper, lower && y + 1 < to) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        drawn.push_str(if colours { "\u{1b}[0m\n" } else { "\n" });
    }
    Some(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_private_networks_are_taken() {
        for private in
            ["192.168.1.5", "10.0.0.1", "172.16.3.4", "169.254.7.7", "100.64.0.9", "127.0.0.2", "fd00::1"]
        {
            assert!(address(Some(private.parse().unwrap())).is_ok(), "{private}");
        }
        for open in ["0.0.0.0", "8.8.8.8", "172.32.0.1", "100.128.0.1", "::", "2001:db8::1"] {
            assert!(address(Some(open.parse().unwrap())).is_err(), "{open}");
        }
    }

    #[test]
    fn a_code_can_be_scanned_as_it_is_drawn() {
        let text = "http://192.168.1.5:4000/0123456789abcdef0123456789abcdef/";
        for colours in [true, false] {
            let drawn = code(text, colours).unwrap();
            let plain = drawn.replace("\u{1b}[30;107m", "").replace("\u{1b}[0m", "");
            let lines: Vec<Vec<char>> = plain.lines().map(|line| line.chars().collect()).collect();
            let side = lines[0].len();
            // Each module, dark or light, as a scanner sees it: four pixels wide.
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * 4, side * 4, |x, y| {
                let (x, y) = (x / 4, y / 4);
                let drawn = match lines[y / 2][x] {
                    '█' => true,
                    '▀' => y % 2 == 0,
                    '▄' => y % 2 == 1,
                    _ => false,
                };
                if drawn == colours { 0 } else { 255 }
            });
            let grids = image.detect_grids();
            assert_eq!(grids.len(), 1, "no code is seen");
            assert_eq!(grids[0].decode().unwrap().1, text);
        }
    }
}
