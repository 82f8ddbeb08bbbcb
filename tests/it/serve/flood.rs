//! A flood: slow connections, many requests, malformed and foreign ones. Nothing leaks, nothing hangs.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::{Answer, Campaign, Preview};

/// More than a connection keeps of what nobody reads.
const LARGE: usize = 24 * 1024 * 1024;

/// Resident memory in KiB and open descriptors of a process.
#[cfg(target_os = "linux")]
fn usage(preview: &Preview) -> (usize, usize) {
    let folder = format!("/proc/{}", preview.process.id());
    let status = std::fs::read_to_string(format!("{folder}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    let memory = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    (memory, std::fs::read_dir(format!("{folder}/fd")).unwrap().count())
}

/// How many requests share a connection.
const SHARED: usize = 20;

/// Many requests over a few connections; every one has to be answered in full.
fn requests(preview: &Preview, path: &str, number: usize) {
    let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
    let whole = preview.get(path).body.len();
    for _ in 0..number / SHARED {
        let mut stream = BufReader::new(connect(preview));
        for _ in 0..SHARED {
            stream.get_mut().write_all(head.as_bytes()).unwrap();
            let mut lines = stream.by_ref().lines().map(Result::unwrap);
            assert_eq!(lines.next().as_deref(), Some("HTTP/1.1 200 OK"));
            let lines: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            assert!(lines.contains(&format!("content-length: {whole}")), "{lines:?}");
            stream.read_exact(&mut vec![0; whole]).unwrap();
        }
    }
}

fn connect(preview: &Preview) -> TcpStream {
    let stream = TcpStream::connect(preview.address).unwrap();
    stream.set_nodelay(true).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// A connection that sends this and then neither says nor reads anything more.
fn silent(preview: &Preview, bytes: &str) -> TcpStream {
    let mut stream = connect(preview);
    // Those that came first may have had to make room already.
    let _closed = stream.write_all(bytes.as_bytes());
    stream
}

/// Whether the other side has ended a connection, and how much came over it.
fn rest(mut stream: TcpStream) -> (bool, usize) {
    let mut rest = Vec::new();
    let ended = stream.read_to_end(&mut rest);
    let is_reset = ended.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset);
    (ended.is_ok() || is_reset, rest.len())
}

/// 48 ways to write a way up.
fn ways_up() -> Vec<String> {
    let dots = ["..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%c0%ae%c0%ae", "..%00", "%uff0e%uff0e"];
    let slashes = ["/", "%2f", "%5c", "\\", "%252f", "//"];
    dots.iter().flat_map(|dots| slashes.map(|slash| format!("{dots}{slash}"))).collect()
}

fn hostile(preview: &Preview) {
    let host = preview.address;
    let bytes = [
        "GET / HTTP/1.1\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        "\0\0\0\0\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 99999999999\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n"),
        format!(
            "POST /_handbill/moment HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "a".repeat(100_000)),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n{}\r\n", "X: a\r\n".repeat(1000)),
        format!("GET /{} HTTP/1.1\r\nHost: {host}\r\n\r\n", "a".repeat(100_000)),
        "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".to_owned(),
        format!("GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
        format!(
            "GET / HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n"
        ),
        format!("GET /_handbill/events HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: cross-site\r\n\r\n"),
    ];
    for request in bytes {
        let answer = Answer::to(host, request.as_bytes());
        let shown: String = request.chars().take(60).collect();
        assert!(answer.status == 0 || answer.status >= 400, "{shown:?}: {}", answer.status);
        assert!(!answer.body.contains("We strike."), "{shown:?}");
    }
    let ways = ways_up();
    assert_eq!(ways.len(), 48);
    for up in ways {
        // Out of the campaign, and to what is not published of it: both files are there.
        for path in [format!("/{}etc/passwd", up.repeat(8)), format!("/assets/{up}{up}content/campaign.yaml")]
        {
            let answer = preview.get(&path);
            assert!([0, 307, 400, 404].contains(&answer.status), "{path}: {}", answer.status);
            assert!(!answer.body.contains("root:") && !answer.body.contains("time_zone:"), "{path}");
        }
    }
}

#[test]
fn a_flood_leaks_nothing_and_hangs_nothing() {
    let campaign = Campaign::new();
    campaign.put("static/large.bin", &"x".repeat(LARGE));
    let preview = Preview::start(&campaign, &[]);
    let start = Instant::now();
    // What is made only once is made before anything is measured.
    requests(&preview, "/about/", 200);
    hostile(&preview);
    assert_eq!(preview.get("/large.bin").body.len(), LARGE);
    std::thread::sleep(Duration::from_millis(500));
    #[cfg(target_os = "linux")]
    let before = usage(&preview);
    let unread = format!("GET /large.bin HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
    let unread: Vec<TcpStream> = (0..10).map(|_| silent(&preview, &unread)).collect();
    // A head that never ends.
    let slow: Vec<TcpStream> = (0..200).map(|_| silent(&preview, "GET / HTTP/1.1\r\nHost: ")).collect();
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| requests(&preview, "/about/", 1000));
        }
        scope.spawn(|| hostile(&preview));
    });
    // Still somebody writes, and still it is shown.
    campaign.put("content/about.md", "---\ntitle: About us\n---\nAfter the flood.\n");
    preview.says("/about/", |page| page.body.contains("After the flood."));
    // Those that say nothing are shown out, and so are those that do not read what they asked for.
    for stream in slow {
        assert!(rest(stream).0, "a connection is open that says nothing");
    }
    let left = Duration::from_secs(25).saturating_sub(start.elapsed());
    std::thread::sleep(left);
    for stream in unread {
        let (ended, read) = rest(stream);
        assert!(ended && read < LARGE, "{read} bytes were still sent to somebody who did not read them");
    }
    #[cfg(target_os = "linux")]
    {
        let settled =
            |(memory, files): (usize, usize)| files <= before.1 + 1 && memory <= before.0 + 8 * 1024;
        let mut now = usage(&preview);
        while !settled(now) && start.elapsed() < Duration::from_secs(50) {
            std::thread::sleep(Duration::from_millis(200));
            now = usage(&preview);
        }
        assert!(settled(now), "memory (KiB) and descriptors: {before:?} before, {now:?} after");
    }
    assert!(start.elapsed() < Duration::from_secs(60), "it took {:?}", start.elapsed());
}

/// More than may be silent, and all of them at once.
#[test]
fn many_that_ask_at_once_are_all_answered() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &[]);
    let ask = format!("GET /about/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", preview.address);
    let asking: Vec<TcpStream> = (0..90).map(|_| silent(&preview, &ask)).collect();
    for mut stream in asking {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("We are nurses."), "{answer}");
    }
}

#[test]
fn event_streams_are_counted_and_given_back() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &[]);
    let listen = format!("GET /_handbill/events HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
    let status = |stream: &mut TcpStream| {
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        String::from_utf8_lossy(&start[9..]).into_owned()
    };
    for _ in 0..3 {
        let mut streams: Vec<TcpStream> = (0..70).map(|_| silent(&preview, &listen)).collect();
        let answers: Vec<String> = streams.iter_mut().map(status).collect();
        assert_eq!(answers.iter().filter(|status| *status == "200").count(), 64, "{answers:?}");
        assert_eq!(answers.iter().filter(|status| *status == "503").count(), 6, "{answers:?}");
        drop(streams);
        // Their places are free once it is seen that they are gone.
        preview.says("/", |_| status(&mut silent(&preview, &listen)) == "200");
    }
}
