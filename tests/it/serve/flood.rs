//! A flood: slow connections, many requests, malformed and foreign ones. Nothing leaks, nothing hangs.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::{Answer, Campaign, Preview};

/// Resident memory in KiB and open descriptors of a process.
#[cfg(target_os = "linux")]
fn usage(preview: &Preview) -> (usize, usize) {
    let folder = format!("/proc/{}", preview.process.id());
    let status = std::fs::read_to_string(format!("{folder}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    let memory = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    (memory, std::fs::read_dir(format!("{folder}/fd")).unwrap().count())
}

/// Many requests over one connection; every one has to be answered.
fn requests(preview: &Preview, path: &str, number: usize) {
    let mut stream = TcpStream::connect(preview.address).unwrap();
    stream.set_nodelay(true).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!("HEAD {path} HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
    let mut buffer = [0; 4096];
    for _ in 0..number {
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            let read = stream.read(&mut buffer).unwrap();
            assert!(read > 0, "the connection was closed");
            answer.extend_from_slice(&buffer[..read]);
        }
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    }
}

/// 48 ways to write a way up, in front of a file that is there.
fn ways_up() -> Vec<String> {
    let dots = ["..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%c0%ae%c0%ae", "..%00", "%uff0e%uff0e"];
    let slashes = ["/", "%2f", "%5c", "\\", "%252f", "//"];
    dots.iter()
        .flat_map(|dots| slashes.map(|slash| format!("/{}etc/passwd", format!("{dots}{slash}").repeat(8))))
        .collect()
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
    for path in ways {
        let answer = preview.get(&path);
        assert!([0, 307, 400, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.body.contains("root:"), "{path}");
    }
}

#[test]
fn a_flood_leaks_nothing_and_hangs_nothing() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &[]);
    let start = Instant::now();
    // What is made only once is made before anything is measured.
    requests(&preview, "/about/", 200);
    hostile(&preview);
    std::thread::sleep(Duration::from_millis(500));
    #[cfg(target_os = "linux")]
    let before = usage(&preview);
    let slow: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = TcpStream::connect(preview.address).unwrap();
            // A head that never ends; those that came first may have had to make room already.
            let _closed = stream.write_all(b"GET / HTTP/1.1\r\nHost: ");
            stream
        })
        .collect();
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| requests(&preview, "/about/", 1000));
        }
        scope.spawn(|| hostile(&preview));
    });
    // Still somebody writes, and still it is shown.
    campaign.put("content/about.md", "---\ntitle: About us\n---\nAfter the flood.\n");
    preview.says("/about/", |page| page.body.contains("After the flood."));
    // Those that say nothing are shown out.
    for mut stream in slow {
        stream.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
        let mut rest = Vec::new();
        let ended = stream.read_to_end(&mut rest);
        let is_reset = ended.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset);
        assert!(ended.is_ok() || is_reset, "a slow connection is still open: {ended:?}");
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
