//! `handbill serve`: the engine, the watcher and the server, put together.

mod kept;
mod lan;
mod site;
mod stage;
mod time;
mod told;

use std::io::{ErrorKind, IsTerminal as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anstream::ColorChoice;

use super::args::{OUTPUT, Serve, Shared};
use super::report::{self, Telling};
use super::site::{darkroom, eyes};
use super::{DONE, Failure, root};
use crate::base::url::BaseUrl;
use crate::diagnostics::{Finding, text};
use crate::disk::{ReadOptions, Watch, Woken};
use crate::engine::{Engine, Settings};
use crate::output::photo::Patience;
use crate::serve::{self, Door, Live, Token};
use site::Site;
use stage::{Ahead, Stage};
use time::{Chosen, Time};

/// How long it may take until the clock is looked at again, while something will change by itself.
const LOOK_AHEAD: Duration = Duration::from_secs(5);

/// How long pages that nobody looks at wait while somebody waits for an answer.
const REST: Duration = Duration::from_millis(50);

/// Serves the site until the user ends it.
pub(super) fn run(shared: &Shared, args: &Serve) -> Result<u8, Failure> {
    let root = root::find(shared.root.as_deref())?;
    let lan = args.lan.map(lan::address).transpose()?;
    let listeners = bind(args.port, lan)?;
    let here = listeners.first().and_then(|listener| listener.local_addr().ok());
    let here = here.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, args.port)));
    let output = root.join(OUTPUT);
    let (watch, tree) =
        Watch::start(&ReadOptions { output: Some(&output), ..ReadOptions::new(&root) }, eyes(args.poll))?;
    let time = Time::new(Chosen::by_command(args.as_of.as_deref(), &Engine::zone(&tree.value))?);
    let base = BaseUrl::parse(&format!("http://{here}/"));
    let settings = Settings { moment: time.moment(), base, drafts: true };
    let darkroom = darkroom(&root, Patience::Hurries);
    let token = || Token::new().map_err(|error| machine("the system has no randomness to give", &error));
    let live = Live::new(&token()?);
    let stage = Arc::new(Stage::new(Site::new(tree, settings, time, darkroom), live.clone()));
    let mut doors = Vec::new();
    for (number, listener) in listeners.into_iter().enumerate() {
        // The first door is this machine's own; any other is open to others, and never without a token.
        let token = if number == 0 { None } else { Some(token()?) };
        doors.push(Door { listener, token });
    }
    let links: Vec<String> = doors.iter().filter_map(link).collect();
    let ready = || {
        let told = welcome(args, here, &stage, &links);
        follow(watch, Arc::clone(&stage), told);
        render_ahead(Arc::clone(&stage));
        if args.open {
            open(here);
        }
    };
    serve::run(doors, stage.clone(), live, ready)
        .map_err(|error| machine("the preview cannot answer", &error))?;
    Ok(DONE)
}

fn machine(what: &str, error: &std::io::Error) -> Failure {
    Failure { says: format!("{what}: {error}"), cure: None, status: 3 }
}

fn bind(port: u16, lan: Option<IpAddr>) -> Result<Vec<TcpListener>, Failure> {
    let mut addresses = vec![IpAddr::from(Ipv4Addr::LOCALHOST)];
    addresses.extend(lan);
    let refused = |says| Failure { says, cure: Some("name another one: --port 8080".to_owned()), status: 3 };
    serve::bind(&addresses, port).map_err(|error| match (error.kind(), lan) {
        (ErrorKind::AddrNotAvailable, Some(lan)) => lan::not_ours(lan),
        (ErrorKind::PermissionDenied, _) => refused(format!("the system does not let you have port {port}")),
        _ => refused(format!("no port from {port} on can be had: {error}")),
    })
}

/// The address that lets others in, where a door is open to them.
fn link(door: &Door) -> Option<String> {
    let address = door.listener.local_addr().ok()?;
    Some(format!("http://{address}/{}/", door.token.as_ref()?.as_str()))
}

/// Says where the preview is, and what there is to tell of the site.
fn welcome(args: &Serve, here: SocketAddr, stage: &Stage, links: &[String]) -> Vec<Finding> {
    if args.port != 0 && here.port() != args.port {
        report::say(&format!("Port {} is taken, so this is port {}.", args.port, here.port()));
    }
    let site = stage.site();
    let moment = site.time.told(&site.zone);
    let told = tell(&[], &site);
    report::say(&format!("The preview is at http://{here}/ (as of {moment}). Ctrl-C ends it."));
    for link in links {
        report::say(&format!("For phones in your network, until you end it: {link}"));
        let colours = std::io::stdout().is_terminal()
            && anstream::AutoStream::choice(&std::io::stdout()) != ColorChoice::Never;
        if let Some(code) = lan::code(link, colours) {
            report::say(&code);
        }
    }
    told
}

/// Tells of findings that are new, and gives all that there are.
fn tell(before: &[Finding], site: &Site) -> Vec<Finding> {
    let mut now = site.findings();
    text::sort(&mut now);
    now.dedup();
    let news = told::news(before, &now);
    report::findings(Telling::People(false), &news, site.engine.tree());
    if news.is_empty() && !before.is_empty() && now.is_empty() {
        report::say("All is mended.");
    } else if !news.is_empty() {
        report::say(&format!("{}. The preview goes on.", text::summary(&now)));
    }
    now
}

/// Follows the disk and the clock, in a thread of its own that nothing ends: whatever a change does to us, the next one may
/// mend it.
fn follow(mut watch: Watch, stage: Arc<Stage>, mut told: Vec<Finding>) {
    thread::spawn(move || {
        loop {
            // A page that is rendered meanwhile may change sooner than those before it.
            let next = stage.until_next().map(|next| next.min(LOOK_AHEAD));
            let woken = watch.next(next);
            if matches!(woken, Woken::Stopped) {
                break;
            }
            let followed = catch_unwind(AssertUnwindSafe(|| match woken {
                Woken::Changed(disk) => stage.apply(&disk.value, disk.findings),
                Woken::TimedOut | Woken::Stopped => stage.move_on(),
            }));
            match followed {
                Ok(()) => told = tell(&told, &stage.site()),
                Err(_) => report::say("That was a mistake of ours; the preview goes on with what it had."),
            }
        }
    });
}

/// Renders what nobody looks at, one page at a time and only while nobody waits, so that what there is to tell of it is known.
fn render_ahead(stage: Arc<Stage>) {
    thread::spawn(move || {
        loop {
            let did = catch_unwind(AssertUnwindSafe(|| {
                let ahead = stage.render_ahead();
                if matches!(ahead, Ahead::Done) {
                    stage.ask_build();
                }
                ahead
            }));
            match did {
                Ok(Ahead::Rendered) => {}
                Ok(Ahead::Busy) => thread::sleep(REST),
                Ok(Ahead::Done) | Err(_) => stage.wait_for_work(),
            }
        }
    });
}

/// Opens the browser. That there is none is no reason to stop: the address is printed.
fn open(here: SocketAddr) {
    if open::that_detached(format!("http://{here}/")).is_err() {
        report::say(&format!("No browser could be opened: open http://{here}/ yourself."));
    }
}
