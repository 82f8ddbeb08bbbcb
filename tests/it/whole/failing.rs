//! The library that makes calls of the system fail: `tests/whole/fail.c`, made anew for each run of the tests.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::OnceLock;

use super::Pair;
use crate::cli::Ran;

/// `ENOSPC`, `EIO`, `EACCES`, `EROFS`, by their numbers on Linux.
pub(super) const FULL: u32 = 28;
pub(super) const READ_ONLY: u32 = 30;
pub(super) const ERRORS: [u32; 4] = [FULL, 5, 13, READ_ONLY];

/// In place of an error: the program is killed.
pub(super) const KILL: u32 = 0;

/// The call that exchanges two folders.
pub(super) const EXCHANGE: u16 = if cfg!(target_arch = "x86_64") { 316 } else { 276 };

fn library() -> &'static PathBuf {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (draft, library) =
            (folder.join(format!("fail-{}.so", std::process::id())), folder.join("fail.so"));
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/whole/fail.c");
        let made =
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&draft).arg(source).output();
        let made = made.expect(
            "there is no C compiler “cc”: install gcc and libc6-dev, without which these tests say nothing",
        );
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        // Other tests may be using one of that name.
        std::fs::rename(&draft, &library).unwrap();
        library
    })
}

/// Builds with calls that fail as `settings` say.
pub(super) fn build(pair: &Pair, settings: &[(&str, String)]) -> (Option<i32>, Ran) {
    let mut command = pair.command();
    command.env("LD_PRELOAD", library()).envs(settings.iter().map(|(name, value)| (*name, value)));
    let output = command.output().unwrap();
    let status = output.status.code();
    assert_ne!(status, Some(99), "{}", String::from_utf8_lossy(&output.stderr));
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status, Ran { status: status.unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) })
}

/// Runs another program whose calls fail as `settings` say.
pub(super) fn preloaded(program: &str, arguments: &[&str], settings: &[(&str, String)]) -> ExitStatus {
    let mut command = Command::new(program);
    command.args(arguments).env("LD_PRELOAD", library());
    command.envs(settings.iter().map(|(name, value)| (*name, value))).output().unwrap().status
}

/// The calls that a build makes which change something, by their numbers.
pub(super) fn calls(pair: &Pair, settings: &[(&str, String)]) -> Vec<u16> {
    let log = pair.campaign.path("calls");
    let settings = [settings, &[("FAIL_LOG", log.to_str().unwrap().to_owned())]].concat();
    build(pair, &settings).1.exits_with(0);
    let bytes = std::fs::read(&log).unwrap();
    bytes.chunks_exact(2).map(|two| u16::from_ne_bytes([two[0], two[1]])).collect()
}
