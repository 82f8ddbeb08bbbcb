//! Findings about files: 01xx, and 09xx where the mistake is ours.

use super::{error, warning};
use crate::base::SourcePath;
use crate::diagnostics::{Finding, Place};

/// A link, or a folder behind a link, that leads out of the project.
pub fn leaves_root(file: &SourcePath) -> Finding {
    error(
        101,
        Place::file(file),
        format!("{file} is a link that leads out of this folder, so it was not read"),
        "",
    )
    .cure("copy the file itself to this place, and delete the link")
}

/// A FIFO, socket or device where a file should be.
pub fn not_a_regular_file(file: &SourcePath) -> Finding {
    error(102, Place::file(file), format!("{file} is not an ordinary file, so it was not read"), "")
        .cure("delete it, or move it out of this folder")
}

/// The system refuses to open or read a file.
pub fn unreadable(file: &SourcePath, reason: &str) -> Finding {
    error(103, Place::file(file), format!("{file} cannot be read: {reason}"), "")
        .cure("check the file's permissions, and whether another program holds it open")
}

/// A text file that is not UTF-8. `offset` is the first byte that is wrong.
pub fn not_utf8(file: &SourcePath, line: usize) -> Finding {
    error(
        104,
        Place::file(file),
        format!("{file} is not saved as UTF-8: line {line} has a character that cannot be read"),
        "",
    )
    .cure("in your editor choose “Save with encoding” and “UTF-8”, and save the file again")
}

/// A file over the size that is read.
pub fn file_too_large(file: &SourcePath, mebibytes: u64, limit: u64) -> Finding {
    error(
        105,
        Place::file(file),
        format!("{file} has {mebibytes} MiB, and the most that is read is {limit} MiB"),
        "",
    )
    .cure("make it smaller, or keep it elsewhere and link to it")
}

/// More files than are read.
pub fn too_many_files(folder: &SourcePath, limit: usize) -> Finding {
    error(
        106,
        Place::file(folder),
        format!("there are more than {limit} files, so reading stopped at {folder}"),
        "",
    )
    .cure("move what is no part of the site out of content/, themes/ and static/")
}

/// Two names that another system takes for one.
pub fn names_collide(file: &SourcePath, other: &SourcePath) -> Finding {
    error(107, Place::file(file), format!("{file} and {other} have the same name on Windows and macOS"), "")
        .cure("rename one of the two so that they differ in more than capital letters or accents' encoding")
}

/// A name that Windows cannot store.
pub fn name_not_portable(file: &SourcePath, reason: &str) -> Finding {
    error(108, Place::file(file), format!("the name {file} cannot exist on Windows: {reason}"), "")
        .cure("rename the file; letters, digits, “-” and “_” are always safe")
}

/// A photo in `static/` that says where it was taken.
pub fn position_in_photo(file: &SourcePath) -> Finding {
    error(
        109,
        Place::file(file),
        format!("{file} says where it was taken, and would be published with that"),
        "",
    )
    .cure("move it to content/media/, where positions are removed, or export it again without location data")
}

/// A media file that is not what its name says, or is broken.
pub fn unreadable_picture(place: Place, file: &SourcePath) -> Finding {
    error(110, place, format!("{file} cannot be read as a picture"), "used here")
        .cure("open it in a picture program and save it again as JPEG, PNG, WebP or SVG")
}

/// A picture with more pixels than anybody's device should unpack.
pub fn too_many_pixels(file: &SourcePath, width: u64, height: u64) -> Finding {
    let title = format!("{file} is {width} by {height} pixels, and 64 million in all are the most");
    error(113, Place::file(file), title, "")
        .cure("scale it down: 2,000 pixels in width are plenty for a page")
}

/// A photo or film as cameras write them, which may say where it was taken.
pub fn camera_format(place: Place, file: &SourcePath) -> Finding {
    error(
        112,
        place,
        format!("{file} may say where it was taken, and cannot be cleaned of that"),
        "this file",
    )
    .cure("export a photo as JPEG; put a film on a video site of your choice, and link to it there")
}

/// A picture of another kind than its name says. `ending` is what its name should end in, where it can be published.
pub fn mislabelled_picture(file: &SourcePath, what: &str, ending: Option<&str>) -> Finding {
    let stem = file.name().rsplit_once('.').map_or(file.name(), |(stem, _)| stem);
    let cure = match ending {
        Some(ending) => format!("rename it to {stem}.{ending}, here and where it is referred to"),
        None => "export it as JPEG: another name does not change what it is".to_owned(),
    };
    error(114, Place::file(file), format!("{file} is {what}, whatever its name says"), "").cure(cure)
}

/// A photo whose first bytes are right, and whose rest is missing or wrong.
pub fn damaged_photo(file: &SourcePath) -> Finding {
    error(115, Place::file(file), format!("{file} is damaged: a part of it is missing or cannot be read"), "")
        .cure("copy it here again from where it came from, or take it out")
}

/// A photo that is not what it was when reading began.
pub fn changed_meanwhile(file: &SourcePath) -> Finding {
    error(116, Place::file(file), format!("{file} was changed or deleted while the site was being made"), "")
        .cure("wait until it is saved or copied as a whole, and build again")
}

/// An SVG with a script or an outside reference.
pub fn unsafe_svg(file: &SourcePath, what: &str) -> Finding {
    error(111, Place::file(file), format!("{file} holds {what}, which a published drawing must not"), "")
        .cure("export it as “plain SVG”, or use a PNG")
}

/// A link that leads back to a folder around it, or to itself.
pub fn link_loop(file: &SourcePath) -> Finding {
    error(120, Place::file(file), format!("{file} is a link that leads round in a circle"), "")
        .cure("delete the link")
}

/// A link whose target does not exist.
pub fn broken_link(file: &SourcePath) -> Finding {
    error(121, Place::file(file), format!("{file} is a link that leads nowhere"), "")
        .cure("copy the file itself to this place, or delete the link")
}

/// A link to what is never published: a hidden file such as `.git/config`, or the site that was built before.
pub fn link_to_hidden(file: &SourcePath, what: &str) -> Finding {
    error(122, Place::file(file), format!("{file} is a link to {what}, so it was not read"), "")
        .cure("copy the file itself to this place, and delete the link")
}

/// A name whose bytes are not UTF-8. `file` shows it with the wrong bytes replaced.
pub fn name_not_utf8(file: &SourcePath) -> Finding {
    error(123, Place::file(file), format!("the name {file} has characters that cannot be read"), "")
        .cure("rename the file; letters, digits, “-” and “_” are always safe")
}

/// A file where the folder `content`, `themes` or `static` should be.
pub fn not_a_folder(file: &SourcePath) -> Finding {
    error(124, Place::file(file), format!("{file} is not a folder"), "")
        .cure(format!("rename it, and make a folder “{file}” in its place"))
}

/// Files that together are larger than memory should be.
pub fn too_much_in_all(folder: &SourcePath, limit: u64) -> Finding {
    error(
        125,
        Place::file(folder),
        format!("the files have more than {limit} MiB together, so none was read"),
        "",
    )
    .cure("keep videos and archives elsewhere, and link to them")
}

/// More folders than are read.
pub fn too_many_folders(folder: &SourcePath, limit: usize) -> Finding {
    error(
        126,
        Place::file(folder),
        format!("there are more than {limit} folders, so reading stopped at {folder}"),
        "",
    )
    .cure("move what is no part of the site out of content/, themes/ and static/, and look for links between folders")
}

/// The system cannot tell of changes, so all files are looked at again and again.
pub fn cannot_watch(folder: &SourcePath, reason: &str) -> Finding {
    warning(
        127,
        Place::file(folder),
        format!("the system cannot tell of changes: {reason}; so all files are looked at every second"),
        "",
    )
    .cure("use --poll to ask for that, or allow more: on Linux with sysctl fs.inotify.max_user_watches")
}

/// A panic: always our mistake, never the user's.
pub fn our_bug(file: &SourcePath, what: &str) -> Finding {
    error(901, Place::file(file), format!("Handbill itself failed on {file}: {what}"), "")
        .cure("this is a bug of ours, not a mistake of yours: please report it together with this file")
}
