//! The program on a terminal, where there is somebody to ask: a pseudo-terminal that types an answer.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::process::Command;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::cli::Campaign;

const SLIPPED: &str = "---\ntitle: About us: nurses\n---\nWe are nurses.\n";
const MENDED: &str = "---\ntitle: \"About us: nurses\"\n---\nWe are nurses.\n";

/// Runs the program on a terminal on which `typed` is typed. Gives its exit status and what the screen shows.
fn on_terminal(campaign: &Campaign, arguments: &[&str], typed: &str, no_color: bool) -> (i32, String) {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    let name = ptsname(&ours, Vec::new()).unwrap();
    let open = || File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    command.args(arguments).current_dir(campaign.folder.path()).env("TERM", "xterm-256color");
    command.env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR").env_remove("SOURCE_DATE_EPOCH");
    if no_color {
        command.env("NO_COLOR", "1");
    }
    let mut child = command.stdin(open()).stdout(open()).stderr(open()).spawn().unwrap();
    drop(command);
    let mut terminal = File::from(ours);
    terminal.write_all(typed.as_bytes()).unwrap();
    let mut shown = Vec::new();
    let mut piece = [0; 4096];
    // The other end hangs up, which is an error here, once the program has ended.
    while let Ok(count @ 1..) = terminal.read(&mut piece) {
        shown.extend_from_slice(&piece[..count]);
    }
    (child.wait().unwrap().code().unwrap(), String::from_utf8(shown).unwrap().replace("\r\n", "\n"))
}

fn slipped() -> Campaign {
    let campaign = Campaign::new();
    campaign.put("content/about.md", SLIPPED);
    campaign
}

#[test]
fn a_correction_is_made_after_a_yes_alone() {
    for (typed, status, says, after) in [
        ("y\n", 0, "Made 1 correction in 1 file.", MENDED),
        ("Ja\n", 0, "Made 1 correction in 1 file.", MENDED),
        ("n\n", 1, "Nothing was changed.", SLIPPED),
        ("\n", 1, "Nothing was changed.", SLIPPED),
        ("what?\n", 1, "Nothing was changed.", SLIPPED),
        // The end of the input: Ctrl-D.
        ("\u{4}", 1, "Nothing was changed.", SLIPPED),
    ] {
        let campaign = slipped();
        let (exited, shown) = on_terminal(&campaign, &["check", "--fix"], typed, true);
        assert!(shown.contains("Make 1 correction in 1 file? [y/N] "), "{typed:?}: {shown}");
        assert!(shown.contains(says), "{typed:?}: {shown}");
        assert_eq!(exited, status, "{typed:?}: {shown}");
        assert_eq!(fs::read_to_string(campaign.path("content/about.md")).unwrap(), after, "{typed:?}");
    }
}

#[test]
fn whoever_waits_for_photos_is_told_how_far_they_are() {
    let campaign = Campaign::new();
    let mut text = "---\ntitle: About us\n---\n".to_owned();
    for number in 0..6 {
        let photo = image::RgbImage::from_fn(2000, 1500, |x, y| image::Rgb([x as u8, y as u8, number * 40]));
        let mut bytes = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
        encoder.encode(&photo, 2000, 1500, jpeg_encoder::ColorType::Rgb).unwrap();
        fs::create_dir_all(campaign.path("content/media")).unwrap();
        fs::write(campaign.path(&format!("content/media/{number}.jpg")), bytes).unwrap();
        text += &format!("\n![Nurses](media/{number}.jpg \"Maria Lopez\")\n");
    }
    campaign.put("content/about.md", &text);
    let (status, shown) = on_terminal(&campaign, &["build"], "", true);
    assert_eq!(status, 0, "{shown}");
    assert!(shown.contains(" of 7 ") && shown.contains("\rPictures: "), "{shown:?}");
    let (_, again) = on_terminal(&campaign, &["build"], "", true);
    assert!(!again.contains("Pictures: "), "what is in the cache takes no time: {again:?}");
}

#[test]
fn a_terminal_has_colours_unless_they_are_refused() {
    let campaign = slipped();
    let (_, coloured) = on_terminal(&campaign, &["check"], "", false);
    assert!(coloured.contains("\u{1b}[") && coloured.contains("HB0224"), "{coloured:?}");
    for arguments in [&["check"][..], &["check", "--plain"]] {
        let (_, shown) = on_terminal(&campaign, arguments, "", arguments.len() == 1);
        assert!(!shown.contains('\u{1b}') && shown.contains("HB0224"), "{arguments:?}: {shown:?}");
    }
}

#[test]
fn a_new_campaign_is_asked_for() {
    let campaign = Campaign::empty();
    let answers = "xx\nes\nFrente común\nSindicato\n\nMars\nEurope/Berlin\nhttps://x.example/\nrsync\n";
    let (exited, shown) = on_terminal(&campaign, &["init", "site"], answers, true);
    assert_eq!(exited, 0, "{shown}");
    assert!(shown.contains("Language of the site (en, es, de) [en] "), "{shown}");
    assert!(shown.contains("“xx” will not do: it can be en, es or de"), "{shown}");
    assert!(shown.contains("What is the campaign called? [Nuestra campaña] "), "{shown}");
    let settings = fs::read_to_string(campaign.path("site/content/campaign.yaml")).unwrap();
    for line in
        ["title: \"Frente común\"", "time_zone: Europe/Berlin", "base_url: https://x.example/", "# employer:"]
    {
        assert!(settings.contains(&format!("{line}\n")), "{settings}");
    }
    assert!(fs::read_to_string(campaign.path("site/.github/workflows/site.yml")).unwrap().contains("rsync"));
}
