//! What the preview says in the terminal.

use std::fs;
use std::net::TcpListener;
use std::process::Output;

use super::{Campaign, Preview};

#[test]
fn where_it_is_and_as_of_when() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &[]);
    assert!(
        preview.said.contains("/ (as of now, ") && preview.said.contains("Ctrl-C ends it."),
        "{}",
        preview.said
    );
    let preview = Preview::start(&campaign, &["--as-of", "2024-10-24T18:01"]);
    assert!(preview.said.contains("/ (as of Thu 24 Oct 2024, 18:01 PDT)"), "{}", preview.said);
}

#[test]
fn a_port_that_is_taken_is_told_and_the_next_one_is_used() {
    let campaign = Campaign::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let preview = Preview::start_at(&campaign, port, &[]);
    assert!(preview.address.port() > port);
    let told = format!("Port {port} is taken, so this is port {}.", preview.address.port());
    assert!(preview.said.contains(&told), "{}", preview.said);
}

#[test]
fn mistakes_are_told_once_and_so_is_that_they_are_mended() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &[]);
    campaign.put("content/about.md", "---\ntitel: About us\n---\nWe are nurses.\n");
    let told = preview.hears(|said| said.contains("help: ") && said.contains("The preview goes on."));
    assert!(told.contains(" --> content/about.md:2:1\n") && told.contains("did you mean “title”?"), "{told}");
    assert!(!told.contains('\u{1b}'), "colours where there is no terminal: {told:?}");
    // Another mistake: the first one was told already.
    campaign.put("content/about.md", "---\ntitel: About us\n---\nWe are [[nobody]].\n");
    let told = preview.hears(|said| said.contains("nobody") && said.contains("The preview goes on."));
    assert!(told.contains("2 errors. The preview goes on.") && !told.contains("HB0207"), "{told}");
    campaign.put("content/about.md", "---\ntitle: About us\n---\nWe are nurses.\n");
    preview.hears(|said| said.contains("All is mended.\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_phone_reads_the_address_from_the_terminal() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &["--lan=127.0.0.2"]);
    // An empty line ends the code.
    let said = preview.hears(|said| said.ends_with("\n\n"));
    let (first, code) = said.split_once('\n').unwrap();
    let (_, link) = first.split_once("until you end it: ").unwrap();
    let lines: Vec<Vec<char>> = code.trim_end().lines().map(|line| line.chars().collect()).collect();
    // Without colours the light modules are drawn; each line has two rows of them.
    let is_light = |x: usize, y: usize| match lines[y / 2].get(x) {
        Some('█') => true,
        Some('▀') => y.is_multiple_of(2),
        Some('▄') => !y.is_multiple_of(2),
        _ => false,
    };
    let side = lines[0].len() * 4;
    let light = |x: usize, y: usize| if is_light(x / 4, y / 4) { 255 } else { 0 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, light);
    assert_eq!(image.detect_grids()[0].decode().unwrap().1, link);
}

/// A folder with a program in it that would open a browser.
#[cfg(target_os = "linux")]
fn browser(script: &str) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("xdg-open");
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

#[cfg(target_os = "linux")]
#[test]
fn a_browser_is_opened_where_it_is_asked_for_and_not_waited_for() {
    let campaign = Campaign::new();
    let program = browser("#!/bin/sh\necho \"$1\" >\"$0.opened\"\nexec /bin/sleep 5\n");
    let opened = program.path().join("xdg-open.opened");
    let start = |options: &[&str]| {
        let mut command = Preview::command(&campaign, 0, options);
        command.env("PATH", program.path());
        Preview::start_as(command)
    };
    let preview = start(&["--open"]);
    preview.says("/", |page| page.status == 200);
    let address = format!("http://{}/\n", preview.address);
    preview.says("/", |_| fs::read_to_string(&opened).is_ok_and(|opened| opened == address));
    fs::remove_file(&opened).unwrap();
    let preview = start(&[]);
    preview.says("/", |page| page.status == 200);
    assert!(!opened.exists(), "nobody asked for a browser");
}

#[cfg(target_os = "linux")]
#[test]
fn that_there_is_no_browser_is_told_and_stops_nothing() {
    let campaign = Campaign::new();
    let program = browser("#!/bin/sh\nexit 3\n");
    let mut command = Preview::command(&campaign, 0, &["--open"]);
    let preview = Preview::start_as({
        command.env("PATH", program.path());
        command
    });
    let told = format!("No browser could be opened: open http://{}/ yourself.\n", preview.address);
    preview.hears(|said| said.contains(&told));
    preview.says("/", |page| page.status == 200);
}

#[test]
fn an_address_that_is_not_this_machines_is_told() {
    let campaign = Campaign::new();
    let refused = |options: &[&str], says: &str| {
        let Output { status, stderr, .. } = Preview::command(&campaign, 0, options).output().unwrap();
        assert_eq!(String::from_utf8(stderr).unwrap(), says);
        assert_eq!(status.code(), Some(2));
    };
    let help = "  help: name the address that this machine has in your network: --lan=192.168.1.5\n";
    // RFC 3927 §2.1: the last 256 addresses of this block are nobody's.
    let not_ours = format!("error: this machine does not have the address 169.254.255.1\n{help}");
    refused(&["--lan=169.254.255.1"], &not_ours);
    refused(&["--lan=8.8.8.8"], &format!("error: 8.8.8.8 is no address in a network of your own\n{help}"));
}
