//! Real disks: one that is full, and one that cannot be written.

use std::path::Path;
use std::process::Command;

use super::{Pair, site};

/// Runs in a name space of its own, in which it may mount. For each number of free KiB: a small disk, the old site on it, the
/// disk filled up, a build of the new site, room again, and one more build. What each leaves is copied out.
const SCRIPT: &str = r#"
set -eu
for free in $FREE; do
  out="$OUT/$free"
  mkdir -p "$out" "$OUT/disk"
  mount -t tmpfs -o size=4m tmpfs "$OUT/disk"
  cp -r "$OLD/content" "$OLD/static" "$OUT/disk/"
  "$HANDBILL" build --root "$OUT/disk" --as-of 2024-10-22 >/dev/null
  rm -r "$OUT/disk/content"
  cp -r "$NEW/content" "$OUT/disk/"
  dd if=/dev/zero of="$OUT/disk/fill" bs=1024 2>/dev/null || true
  truncate -s "-${free}K" "$OUT/disk/fill"
  status=0
  "$HANDBILL" build --root "$OUT/disk" --as-of 2024-10-22 >"$out/said" 2>&1 || status=$?
  echo "$status" >"$out/status"
  cp -r "$OUT/disk/public" "$out/first"
  rm "$OUT/disk/fill"
  "$HANDBILL" build --root "$OUT/disk" --as-of 2024-10-22 >/dev/null
  cp -r "$OUT/disk/public" "$out/second"
  ls "$OUT/disk/.handbill/publish/public" >"$out/beside"
  umount "$OUT/disk"
done
"#;

/// Whether this user may mount in a name space of their own. Containers often forbid it; the tests in which calls fail show the
/// same there.
fn may_mount(folder: &Path) -> bool {
    let tried = Command::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "tmpfs"]).arg(folder).output();
    tried.is_ok_and(|output| output.status.success())
}

/// Runs a script with both states of a campaign.
fn run(script: &str, pair: &Pair, folder: &Path, free: &str) {
    let (old, new) = (folder.join("old"), folder.join("new"));
    for (which, to) in [(0, &old), (1, &new)] {
        pair.turn_to(which);
        let copied = Command::new("cp").arg("-r").arg(pair.campaign.folder.path()).arg(to).status().unwrap();
        assert!(copied.success());
    }
    let mut unshare = Command::new("unshare");
    unshare.args(["-rm", "sh", "-c", script]).env("OUT", folder).env("OLD", &old).env("NEW", &new);
    let ran = unshare.env("HANDBILL", env!("CARGO_BIN_EXE_handbill")).env("FREE", free).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn a_small_disk_that_is_full_keeps_one_whole_site() {
    let folder = tempfile::tempdir().unwrap();
    if !may_mount(folder.path()) {
        return super::errors::full_after_bytes();
    }
    let pair = Pair::new(16);
    let free = [0, 8, 16, 32, 48, 64, 96, 128, 192, 256, 384, 1024];
    run(SCRIPT, &pair, folder.path(), &free.map(|free| free.to_string()).join(" "));
    let mut full = 0;
    for free in free {
        let out = folder.path().join(free.to_string());
        let text = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
        let what = format!("{free} KiB are free: {}", text("said"));
        let stands = pair.which(&site(&out.join("first")), &what);
        match text("status").trim() {
            "0" => assert_eq!(stands, 1, "{what}"),
            "3" => {
                assert_eq!(stands, 0, "{what}");
                assert!(text("said").contains("no space left"), "{what}");
                full += 1;
            }
            status => panic!("{what}: it ends with {status}"),
        }
        assert_eq!(pair.which(&site(&out.join("second")), &what), 1, "{what}");
        let beside = text("beside");
        assert!(beside == "lock\nsighted\n", "{what}: {beside}");
    }
    assert!(full > 2 && full < free.len(), "{full} of {} disks were full", free.len());
}

/// A disk that becomes read-only, as a broken one does.
const READ_ONLY: &str = r#"
set -eu
mkdir -p "$OUT/disk"
mount -t tmpfs tmpfs "$OUT/disk"
cp -r "$OLD/content" "$OLD/static" "$OUT/disk/"
"$HANDBILL" build --root "$OUT/disk" --as-of 2024-10-22 >/dev/null
rm -r "$OUT/disk/content"
cp -r "$NEW/content" "$OUT/disk/"
mount -o remount,ro "$OUT/disk"
status=0
"$HANDBILL" build --root "$OUT/disk" --as-of 2024-10-22 >"$OUT/said" 2>&1 || status=$?
echo "$status" >"$OUT/status"
cp -r "$OUT/disk/public" "$OUT/first"
mount -o remount,rw "$OUT/disk"
"$HANDBILL" build --root "$OUT/disk" --as-of 2024-10-22 >/dev/null
cp -r "$OUT/disk/public" "$OUT/second"
"#;

#[test]
fn a_disk_that_became_read_only_is_told_and_keeps_the_old_site() {
    let folder = tempfile::tempdir().unwrap();
    if !may_mount(folder.path()) {
        return super::errors::read_only();
    }
    let pair = Pair::new(16);
    run(READ_ONLY, &pair, folder.path(), "");
    let text = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let said = text("said");
    assert_eq!(text("status").trim(), "3", "{said}");
    let cure = "help: choose another folder with --output";
    assert!(said.contains("read-only file system. Nothing was published: ") && said.contains(cure), "{said}");
    assert_eq!(pair.which(&site(&folder.path().join("first")), &said), 0);
    assert_eq!(pair.which(&site(&folder.path().join("second")), &said), 1);
}
