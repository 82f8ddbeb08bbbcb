//! The preview as a process: what it answers, what it survives, and what it never gives away.

mod answers;
mod flood;
mod life;
mod terminal;
mod told;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use super::cli::{CAMPAIGN, Campaign};

/// `handbill serve`, ended with the test.
struct Preview {
    process: Child,
    address: SocketAddr,
    /// What it printed until it was ready.
    said: String,
    lines: Mutex<Receiver<String>>,
}

impl Preview {
    fn start(campaign: &Campaign, options: &[&str]) -> Preview {
        Preview::start_at(campaign, 0, options)
    }

    fn start_at(campaign: &Campaign, port: u16, options: &[&str]) -> Preview {
        Preview::start_as(Preview::command(campaign, port, options))
    }

    fn command(campaign: &Campaign, port: u16, options: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
        command.arg("serve").arg("--root").arg(campaign.folder.path()).args(["--port", &port.to_string()]);
        command.args(options).env_remove("SOURCE_DATE_EPOCH");
        command
    }

    fn start_as(mut command: Command) -> Preview {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (send, lines) = mpsc::channel();
        forward(process.stdout.take().unwrap(), send.clone());
        forward(process.stderr.take().unwrap(), send);
        let said = hear(&lines, |said| said.contains("The preview is at http://"));
        let (_, address) = said.split_once("The preview is at http://").unwrap();
        let address = address.split('/').next().unwrap().parse().unwrap();
        Preview { process, address, said, lines: Mutex::new(lines) }
    }

    /// What it prints from here on until that is what is waited for.
    #[track_caller]
    fn hears(&self, is_all: impl Fn(&str) -> bool) -> String {
        hear(&self.lines.lock().unwrap(), is_all)
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

/// Sends on what is printed, line by line, so that nothing that is printed has to wait.
fn forward(stream: impl Read + Send + 'static, send: Sender<String>) {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            // Nobody listens any more once the test has ended.
            let _ended = send.send(line.unwrap() + "\n");
        }
    });
}

#[track_caller]
fn hear(lines: &Receiver<String>, is_all: impl Fn(&str) -> bool) -> String {
    let mut heard = String::new();
    while !is_all(&heard) {
        match lines.recv_timeout(Duration::from_secs(10)) {
            Ok(line) => heard.push_str(&line),
            Err(why) => panic!("{why}; it said: {heard}"),
        }
    }
    heard
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
