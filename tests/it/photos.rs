//! Photos as they are published: upright, in several sizes, and with nothing of the file but the picture.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::process::Command;
use std::sync::Arc;

use handbill::base::{Change, File, Tree};
use handbill::diagnostics::stops;
use handbill::engine::Engine;
use handbill::model::Colours;
use handbill::output::photo::{Darkroom, Patience};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::{Png, PngChunk};
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF, ImageICC};

use super::support::{self, Memory, Outputs, at, build, out, source};

const MOMENT: &str = "2024-10-22T12:00:00-07:00";

/// What stands in all metadata of all photos here.
const SECRET: &str = "Maria's phone";

/// Red above, blue below, and a green corner at the top on the left.
fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 4 && y < height / 4, y < height / 2) {
        (true, _) => Rgb([20, 160, 40]),
        (_, true) => Rgb([200, 30, 30]),
        (_, false) => Rgb([30, 40, 200]),
    })
}

/// An EXIF block with an orientation, a maker, and a latitude.
fn exif(orientation: u8) -> Bytes {
    let mut exif = b"II*\0\x08\0\0\0\x03\0".to_vec();
    exif.extend([0x0f, 0x01, 2, 0, 14, 0, 0, 0, 50, 0, 0, 0]);
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 64, 0, 0, 0]);
    exif.extend([0; 4]);
    exif.extend(SECRET.as_bytes());
    exif.push(0);
    exif.extend([1, 0, 2, 0, 5, 0, 3, 0, 0, 0, 82, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend([34u8, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 21, 0, 0, 0, 1, 0, 0, 0]);
    Bytes::from(exif)
}

fn xmp() -> Vec<u8> {
    format!("<x:xmpmeta><rdf:Description exif:GPSLatitude=\"34,4.35N\" tiff:Make=\"{SECRET}\"/></x:xmpmeta>")
        .into()
}

fn encoded(picture: RgbImage, format: ImageFormat) -> Bytes {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut bytes, format).unwrap();
    Bytes::from(bytes.into_inner())
}

fn plain_jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = (picture.width().try_into().unwrap(), picture.height().try_into().unwrap());
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.encode(picture, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// A JPEG as phones write them, stored in the way that `orientation` says.
fn jpeg(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut jpeg = Jpeg::from_bytes(Bytes::from(plain_jpeg(picture))).unwrap();
    jpeg.set_exif(Some(exif(orientation)));
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0", &xmp()[..]].concat();
    let iptc = format!("Photoshop 3.0\0{SECRET}").into_bytes();
    for (marker, segment) in [(markers::APP1, xmp), (markers::APP13, iptc), (markers::COM, SECRET.into())] {
        jpeg.segments_mut().insert(1, JpegSegment::new_with_contents(marker, Bytes::from(segment)));
    }
    [&jpeg.encoder().bytes()[..], SECRET.as_bytes()].concat()
}

fn png(picture: RgbImage) -> Vec<u8> {
    let mut png = Png::from_bytes(encoded(picture, ImageFormat::Png)).unwrap();
    png.set_exif(Some(exif(1)));
    let text = |name: &str, text: &[u8]| Bytes::from([name.as_bytes(), text].concat());
    png.chunks_mut().insert(1, PngChunk::new(*b"tEXt", text("Author\0", SECRET.as_bytes())));
    png.chunks_mut().insert(1, PngChunk::new(*b"iTXt", text("XML:com.adobe.xmp\0\0\0\0\0", &xmp())));
    png.encoder().bytes().to_vec()
}

fn webp(picture: RgbImage) -> Vec<u8> {
    let mut webp = WebP::from_bytes(encoded(picture, ImageFormat::WebP)).unwrap();
    webp.set_exif(Some(exif(1)));
    webp.encoder().bytes().to_vec()
}

const CAMPAIGN: &str = "title: Care can't wait\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
                        union: { name: United Nurses }\nleave_out: cards\n";

/// A campaign whose page shows, links and leads with these photos.
fn site(photos: &[(&str, Vec<u8>)]) -> Tree {
    let mut text = "---\ntitle: Care can't wait\n---\nWords.\n".to_owned();
    for (name, _) in photos {
        text += &format!("\n![Nurses](media/{name} \"Maria Lopez\")\n\n[The picture](media/{name})\n");
    }
    let mut tree: Tree =
        [("content/campaign.yaml", CAMPAIGN), ("content/index.md", text.as_str())].into_iter().collect();
    for (name, bytes) in photos {
        tree.insert(source(&format!("content/media/{name}")), File::new(bytes.clone()));
    }
    tree
}

fn codes(tree: &Tree) -> Vec<u16> {
    build(tree, at(MOMENT)).findings.iter().map(|finding| finding.code.0).collect()
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

/// What is published of photos, by the names of the files.
fn published(outputs: &Outputs) -> BTreeMap<&str, &[u8]> {
    let media = outputs.iter().filter_map(|(path, bytes)| {
        path.as_str().strip_prefix("media/").map(|name| (name, bytes.as_slice()))
    });
    media.collect()
}

#[test]
fn nothing_of_a_photo_but_the_picture_is_published() {
    let photos = [
        ("phone.jpg", jpeg(&picture(1200, 900), 1)),
        ("screen.png", png(picture(700, 300))),
        ("web.webp", webp(picture(640, 480))),
    ];
    let mut tree = site(&photos);
    tree.insert(source("content/media/nobody.jpg"), File::new(jpeg(&picture(50, 40), 1)));
    for (name, bytes) in &photos {
        assert!(holds(bytes, SECRET.as_bytes()), "{name} has nothing to hide");
    }
    let built = build(&tree, at(MOMENT));
    assert!(!stops(&built.findings), "{}", built.report);
    let media = published(&built.outputs);
    for stem in ["phone.", "screen.", "web."] {
        assert!(media.keys().any(|name| name.starts_with(stem)), "{stem} is not among {:?}", media.keys());
    }
    assert!(!media.keys().any(|name| name.starts_with("nobody")), "what nobody refers to is published");
    let originals: Vec<&[u8]> = photos.iter().map(|(_, bytes)| bytes.as_slice()).collect();
    for (name, bytes) in &built.outputs {
        for what in [SECRET.as_bytes(), b"GPSLatitude", b"Exif", b"eXIf", b"II*\0", b"xap/1.0", b"Photoshop"]
        {
            assert!(!holds(bytes, what), "{name} holds {}", String::from_utf8_lossy(what));
        }
        assert!(!originals.contains(&bytes.as_slice()), "{name} is an original");
    }
}

#[test]
fn a_photo_is_upright_in_every_size_and_the_page_says_how_large_it_is() {
    // Each way of storing the same picture, by how it was turned.
    let upright = DynamicImage::from(picture(1100, 800));
    let stored = [
        (1, upright.clone()),
        (2, upright.fliph()),
        (3, upright.rotate180()),
        (4, upright.flipv()),
        (5, upright.rotate90().fliph()),
        (6, upright.rotate270()),
        (7, upright.rotate270().fliph()),
        (8, upright.rotate90()),
    ];
    for (orientation, stored) in stored {
        let built = build(&site(&[("a.jpg", jpeg(&stored.into_rgb8(), orientation))]), at(MOMENT));
        let media = published(&built.outputs);
        let widths: Vec<u32> = media
            .iter()
            .map(|(name, bytes)| {
                let print = zune_jpeg::JpegDecoder::new(Cursor::new(bytes)).decode().unwrap();
                let width: u32 = name.rsplit_once('-').unwrap().1.trim_end_matches(".jpg").parse().unwrap();
                let height = u32::try_from(print.len()).unwrap() / 3 / width;
                assert_eq!(height, (width * 800 + 550) / 1100, "{name}");
                let print = RgbImage::from_raw(width, height, print).unwrap();
                let colour = |x: u32, y: u32| print.get_pixel(width * x / 100, height * y / 100).0;
                let [corner, top, foot] = [colour(5, 5), colour(80, 10), colour(10, 90)];
                let is_right = corner[1] > 130 && corner[0] < 80 && top[0] > 150 && foot[2] > 150;
                assert!(is_right, "{name}, stored as {orientation}: {corner:?} {top:?} {foot:?}");
                width
            })
            .collect();
        assert_eq!(widths.into_iter().collect::<std::collections::BTreeSet<_>>(), [480, 960, 1100].into());
        let html = built.text("index.html");
        assert!(html.contains("width=\"1100\" height=\"800\""), "{html}");
    }
}

#[test]
fn a_page_lets_the_browser_choose_and_shows_the_colour_first() {
    let built = build(&site(&[("a.jpg", plain_jpeg(&picture(1000, 500)))]), at(MOMENT));
    let html = built.text("index.html");
    let image = html.split("<img").find(|part| part.contains("alt=\"Nurses\"")).unwrap();
    let image = image.split('>').next().unwrap();
    let digest =
        published(&built.outputs).keys().next().unwrap().split(['.', '-']).nth(1).unwrap().to_owned();
    let set = format!("srcset=\"/media/a.{digest}-480.jpg 480w, /media/a.{digest}-1000.jpg 1000w\" sizes=\"");
    assert!(image.contains(&set), "{image}");
    assert!(image.contains(&format!("src=\"/media/a.{digest}-1000.jpg\"")), "{image}");
    // (200·7 + 30·8 + 20) / 16 and so on: a dark purple.
    assert!(image.contains("class=\"tone r6 g3 b7\""), "{image}");
    let style = built.outputs.iter().find(|(path, _)| path.as_str().starts_with("assets/style.")).unwrap().1;
    assert!(holds(style, b"img.tone") && holds(style, b".r6 {") && holds(style, b".bf {"));
    assert!(!html.contains("style=\""), "the policy of the site forbids it");
}

#[test]
fn what_can_be_seen_through_stays_so_and_drawings_stay_as_they_are() {
    let mut glass = DynamicImage::from(picture(900, 300)).into_rgba8();
    glass.put_pixel(899, 299, image::Rgba([0; 4]));
    let mut bytes = Cursor::new(Vec::new());
    glass.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let built = build(&site(&[("a.png", bytes.into_inner())]), at(MOMENT));
    let media = published(&built.outputs);
    assert_eq!(media.len(), 2);
    for (name, bytes) in media {
        let print = image::load_from_memory_with_format(bytes, ImageFormat::Png).unwrap();
        assert!(print.color().has_alpha(), "{name}");
        let corner = (print.width() - 1, print.height() - 1);
        assert!(print.into_rgba8().get_pixel(corner.0, corner.1).0[3] < 200, "{name}");
    }
    assert!(!built.text("index.html").contains("class=\"tone"), "a colour would be seen through it");
    let drawing = support::folder(&support::root());
    let drawing = drawing.get(&source("content/media/votes.png")).unwrap().bytes().unwrap().to_vec();
    let built = build(&site(&[("votes.png", drawing.clone())]), at(MOMENT));
    let media = published(&built.outputs);
    assert_eq!(media.len(), 1, "a drawing of few colours has one size");
    assert!(media.values().next().unwrap().len() <= drawing.len());
}

/// A small profile as phones write them, and one that says sRGB.
#[test]
fn colours_keep_their_meaning_without_their_maker() {
    let mut profile = vec![0; 128];
    profile[16..20].copy_from_slice(b"RGB ");
    profile[48..56].copy_from_slice(b"MariasPh");
    profile.extend(b"Display P3");
    let mut jpeg = Jpeg::from_bytes(Bytes::from(plain_jpeg(&picture(500, 300)))).unwrap();
    jpeg.set_icc_profile(Some(Bytes::from(profile)));
    let built = build(&site(&[("a.jpg", jpeg.encoder().bytes().to_vec())]), at(MOMENT));
    let media = published(&built.outputs);
    assert_eq!(media.len(), 1);
    for (name, bytes) in media {
        assert!(holds(bytes, b"Display P3") && !holds(bytes, b"MariasPh"), "{name}");
    }
}

#[test]
fn a_photo_with_a_position_in_static_stops_the_build() {
    let clean = plain_jpeg(&picture(40, 30));
    let heic = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", &b"Exif\0\0"[..], &exif(1)].concat();
    let cases = [
        ("line.jpg", jpeg(&picture(40, 30), 1), true),
        ("line.JPG", jpeg(&picture(40, 30), 1), true),
        ("line.png", png(picture(40, 30)), true),
        ("line.webp", webp(picture(40, 30)), true),
        ("line.dat", jpeg(&picture(40, 30), 1), true),
        ("line.heic", heic, true),
        ("line.mov", b"\0\0\0\x14ftypqt  \0\0\0\0qt  \xa9xyz+34.07-117.43/".to_vec(), true),
        ("line.jpg", clean, false),
        ("notes.txt", b"GPSLatitude is a word of EXIF".to_vec(), false),
    ];
    for (name, bytes, is_told) in cases {
        let mut tree = site(&[]);
        tree.insert(source(&format!("static/{name}")), File::new(bytes));
        assert_eq!(codes(&tree), if is_told { vec![109] } else { vec![] }, "{name}");
    }
}

#[test]
fn names_that_say_something_else_are_told() {
    let cases = [
        ("a.png", jpeg(&picture(40, 30), 1), 114),
        ("a.jpg", png(picture(40, 30)), 114),
        ("a.pdf", jpeg(&picture(40, 30), 1), 114),
        ("a.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), 114),
        ("a.jpg", b"\0\0\0\x14ftypqt  \0\0\0\0qt  ".to_vec(), 114),
        ("a.jpg", b"<!DOCTYPE html>".to_vec(), 110),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), 112),
        ("a.mov", b"\0\0\0\x14ftypqt  \0\0\0\0qt  ".to_vec(), 112),
    ];
    for (name, bytes, code) in cases {
        let told = codes(&site(&[(name, bytes)]));
        assert!(
            told.contains(&code) && told.iter().all(|told| [code, 110].contains(told)),
            "{name}: {told:?}"
        );
    }
}

#[test]
fn what_is_cut_off_is_told_wherever_it_ends() {
    let whole = [
        ("a.jpg", plain_jpeg(&picture(90, 60))),
        ("a.png", encoded(picture(90, 60), ImageFormat::Png).to_vec()),
        ("a.webp", encoded(picture(90, 60), ImageFormat::WebP).to_vec()),
    ];
    for (name, bytes) in whole {
        assert_eq!(codes(&site(&[(name, bytes.clone())])), [0u16; 0], "{name}");
        // The last twelve bytes of a PNG are its mark of the end, after the picture.
        let last = if name.ends_with("png") { bytes.len() - 12 } else { bytes.len() };
        for end in (0..last).step_by(last / 23) {
            let built = build(&site(&[(name, bytes[..end].to_vec())]), at(MOMENT));
            let told: Vec<u16> = built.findings.iter().map(|finding| finding.code.0).collect();
            let is_told = !told.is_empty() && told.iter().all(|code| [110, 115].contains(code));
            assert!(is_told, "{name} of {end} bytes: {told:?}");
            assert!(built.outputs.is_empty());
        }
    }
}

/// What is published of it has other bytes than the file, so it is known by what it was made of.
#[test]
fn a_photo_of_a_draft_is_known_under_another_name() {
    let photo = jpeg(&picture(500, 400), 1);
    let mut tree = site(&[("b.jpg", photo.clone())]);
    assert_eq!(codes(&tree), [0u16; 0]);
    tree.insert(source("content/media/a.jpg"), File::new(photo));
    let draft =
        "---\ntitle: A plan\ndraft: true\nimage: { file: a.jpg, alt: Us, credit: Maria Lopez }\n---\nText.\n";
    tree.insert(source("content/plan.md"), File::new(draft.as_bytes()));
    let told = codes(&tree);
    assert!(!told.is_empty() && told.iter().all(|code| *code == 428), "{told:?}");
}

fn engine_with(tree: &Tree, shelf: &Arc<Memory>, patience: Patience) -> Engine {
    let darkroom = Darkroom::new(Some(Arc::<Memory>::clone(shelf)), patience);
    support::engine(tree, at(MOMENT)).with_darkroom(Arc::new(darkroom))
}

fn several() -> Tree {
    site(&[
        ("a.jpg", jpeg(&picture(1500, 900), 6)),
        ("b.jpg", jpeg(&picture(700, 500), 1)),
        ("c.png", png(picture(600, 200))),
        ("d.webp", webp(picture(520, 400))),
    ])
}

#[test]
fn cache_and_threads_make_no_difference() {
    let tree = several();
    let with = |threads: usize, engine: &Engine| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| support::finish(engine).outputs)
    };
    let alone = || support::engine(&tree, at(MOMENT)).with_darkroom(Arc::default());
    let expected = with(1, &alone());
    assert_eq!(published(&expected).len(), 7);
    assert_eq!(with(8, &alone()), expected, "on 8 threads");
    let shelf = Arc::default();
    assert_eq!(with(8, &engine_with(&tree, &shelf, Patience::Waits)), expected, "with an empty cache");
    assert_eq!(shelf.counts().1, 11, "each size and each colour is put away once");
    assert_eq!(with(8, &engine_with(&tree, &shelf, Patience::Waits)), expected, "with a full cache");
    assert_eq!(shelf.counts().1, 0, "what lies there is not made again");
}

#[test]
fn an_edit_of_a_text_makes_no_photo_again() {
    let (tree, shelf) = (several(), Arc::default());
    let mut engine = engine_with(&tree, &shelf, Patience::Waits);
    support::finish(&engine);
    engine.apply(&[]);
    shelf.counts();
    let path = source("content/index.md");
    let text = tree.text(&path).unwrap().replace("Words.", "Other words.");
    let update = engine.apply(&[Change { path, now: Some(File::new(text.into_bytes())) }]);
    let stale: Vec<&str> = update.stale.iter().map(|(path, _)| path.as_str()).collect();
    assert!(
        stale.contains(&"index.html") && !stale.iter().any(|path| path.starts_with("media/")),
        "{stale:?}"
    );
    let paths: Vec<_> = update.stale.iter().map(|(path, _)| path).collect();
    let (rendered, _) = support::render(&engine, &paths);
    assert!(holds(&rendered[&out("index.html")], b"class=\"tone "));
    assert_eq!(shelf.counts(), (0, 0));
}

#[test]
fn a_preview_waits_for_no_photo() {
    let (tree, shelf) = (several(), Arc::default());
    let engine = engine_with(&tree, &shelf, Patience::Hurries);
    let page = || {
        let (rendered, _) = support::render(&engine, &[&out("index.html")]);
        String::from_utf8(rendered[&out("index.html")].clone()).unwrap()
    };
    assert!(page().contains("srcset=") && !page().contains("class=\"tone "));
    assert_eq!((shelf.counts().1, engine.darkroom().done()), (0, 0), "a page made its photos");
    let photo = engine.outputs().find(|path| engine.is_photo(path)).unwrap().clone();
    let made = engine.exposure(&photo).unwrap().make();
    assert!(made.value.is_some_and(|bytes| !bytes.is_empty()) && made.findings.is_empty());
    assert_eq!(engine.darkroom().done(), 1);
    assert!(page().contains("class=\"tone "), "what is known by now is shown");
}

#[test]
fn a_look_makes_nothing() {
    let (tree, shelf) = (several(), Arc::default());
    let engine = engine_with(&tree, &shelf, Patience::Waits);
    assert_eq!(engine.examine().len(), 0);
    assert_eq!((shelf.counts().1, engine.darkroom().done()), (0, 4), "each was decoded, once");
}

/// The published names of photos say by which recipe they were made, and browsers keep them for ever.
#[test]
fn the_recipe_has_another_number_where_photos_come_out_otherwise() {
    let tree = site(&[
        ("a.jpg", plain_jpeg(&picture(1100, 700))),
        ("b.png", encoded(picture(600, 300), ImageFormat::Png).to_vec()),
    ]);
    let built = build(&tree, at(MOMENT));
    let all: Vec<&[u8]> = published(&built.outputs).into_values().collect();
    let digest = handbill::base::asset_digest(&all.concat());
    assert_eq!(
        (handbill::model::Photo::RECIPE, digest.as_str()),
        (1, "77daa20bc4"),
        "photos come out otherwise than before: raise Photo::RECIPE, and write the new digest here"
    );
}

/// A darkroom is asked for a colour by whoever renders a page.
#[test]
fn a_colour_is_the_mean_of_all_pixels() {
    let tree = site(&[("a.jpg", plain_jpeg(&RgbImage::from_pixel(30, 20, Rgb([200, 100, 50]))))]);
    let engine = support::engine(&tree, at(MOMENT));
    let html = String::from_utf8(support::finish(&engine).outputs[&out("index.html")].clone()).unwrap();
    assert!(html.contains("class=\"tone rc g6 b3\""), "{html}");
    fn is_shared<T: Colours + Sync>() {}
    is_shared::<Darkroom>();
}

#[test]
fn the_program_keeps_a_cache_that_may_be_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for (path, file) in several().iter() {
        let path = root.join(path.as_str());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.bytes().unwrap()).unwrap();
    }
    let run = |threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
        command.args(["build", "--as-of", "2024-10-22", "--root"]).arg(root);
        command.env_remove("HANDBILL_BASE_URL").env("RAYON_NUM_THREADS", threads);
        let done = command.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let read = |path: std::path::PathBuf| (path.clone(), fs::read(path).unwrap());
        support::files(&root.join("public")).into_iter().map(read).collect::<BTreeMap<_, _>>()
    };
    let cache = root.join(".handbill/cache/pictures");
    let first = run("8");
    assert_eq!(support::files(&cache).len(), 11);
    fs::remove_dir_all(root.join("public")).unwrap();
    assert_eq!(run("1"), first, "from the cache");
    for file in support::files(&cache) {
        fs::write(file, "damaged").unwrap();
    }
    fs::remove_dir_all(root.join("public")).unwrap();
    assert_eq!(run("1"), first, "from a damaged cache");
    fs::remove_dir_all(root.join(".handbill")).unwrap();
    assert_eq!(run("2"), first, "without a cache");
    fs::write(root.join("content/index.md"), "---\ntitle: Care can't wait\n---\nNo photo any more.\n")
        .unwrap();
    fs::remove_file(root.join("content/media/a.jpg")).unwrap();
    run("2");
    assert_eq!(support::files(&cache).len(), 8, "what was made of a photo that is gone is removed");
    assert!(!support::files(&root.join("public")).iter().any(|path| path.ends_with("media")));
}
