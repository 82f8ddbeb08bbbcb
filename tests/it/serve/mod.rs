//! The preview as a process: what it answers, what it survives, and what it never gives away.

mod answers;
mod flood;
mod life;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub(crate) const CAMPAIGN: &str = "title: Care can't wait\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
    union: { name: United Nurses }\n";

/// A campaign in a folder of its own.
pub(crate) struct Campaign {
    pub(crate) folder: TempDir,
}

impl Campaign {
    pub(crate) fn new() -> Campaign {
        let campaign = Campaign { folder: tempfile::tempdir().unwrap() };
        campaign.put("content/campaign.yaml", CAMPAIGN);
        campaign.put("content/index.md", "---\ntitle: Care can't wait\n---\nWe strike.\n");
        campaign.put("content/about.md", "---\ntitle: About us\n---\nWe are nurses.\n");
        campaign
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// `handbill serve`, ended with the test.
struct Preview {
    process: Child,
    address: SocketAddr,
    /// What it printed until it was ready, and what comes after.
    said: String,
}

impl Preview {
    fn start(campaign: &Campaign, options: &[&str]) -> Preview {
        Preview::start_at(campaign, 0, options)
    }

    fn start_at(campaign: &Campaign, port: u16, options: &[&str]) -> Preview {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
        command.arg("serve").arg("--root").arg(campaign.folder.path()).args(["--port", &port.to_string()]);
        command.args(options).env_remove("SOURCE_DATE_EPOCH").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut said = String::new();
        let address = loop {
            let start = said.len();
            assert!(lines.read_line(&mut said).unwrap() > 0, "the preview ended: {said}");
            if let Some((_, rest)) = said[start..].split_once("The preview is at http://") {
                break rest.split('/').next().unwrap().parse().unwrap();
            }
        };
        // Whatever it says later must not fill the pipe.
        let wants_more = options.iter().any(|option| option.starts_with("--lan"));
        if wants_more {
            lines.read_line(&mut said).unwrap();
        }
        std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
        Preview { process, address, said }
    }

    /// An answer to a request for a path, with more headers.
    fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        Answer::to(self.address, format!("{head}\r\n").as_bytes())
    }

    fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    /// Waits until a page says something; the preview has to be at the true state within two seconds.
    #[track_caller]
    fn says(&self, path: &str, is_so: impl Fn(&Answer) -> bool) {
        let start = Instant::now();
        let mut last = self.get(path);
        while !is_so(&last) {
            let limit = Duration::from_secs(2);
            assert!(start.elapsed() < limit, "{path} after 2 s: {} {}", last.status, last.body);
            std::thread::sleep(Duration::from_millis(20));
            last = self.get(path);
        }
    }

    /// Asks it to end as Ctrl-C does.
    #[cfg(unix)]
    fn interrupt(&mut self) -> ExitStatus {
        let pid = rustix::process::Pid::from_child(&self.process);
        rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
        self.process.wait().unwrap()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended already, which is what some tests are about.
        let _ended = self.process.kill();
        let _ended = self.process.wait();
    }
}

/// An answer as it comes over the line.
#[derive(Debug, Default)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    /// Sends bytes and reads until the other side closes.
    fn to(address: SocketAddr, bytes: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        // A refused request is answered before all of it is read.
        let _closed = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _reset = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")))
    }
}
