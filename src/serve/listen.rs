//! Doors and what comes through them: listening, accepting, and the end.

use std::io;
use std::net::{IpAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::Service as _;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, oneshot};
use tokio_io_timeout::TimeoutStream;

use super::connections::{Connection, Connections, GRACE, HEAD, HEAD_BYTES, HEADERS, STALLED};
use super::guard::Guard;
use super::{Live, Preview, STREAMS, Shared, Token, aids, app};

/// How many ports are tried, from the one that was asked for.
const PORTS: u16 = 50;

/// An address at which the preview answers.
#[derive(Debug)]
pub struct Door {
    /// Where it listens.
    pub listener: TcpListener,
    /// What opens it, where it is open to others on the network.
    pub token: Option<Token>,
}

/// Listens at one port on all of these addresses: the one that was asked for, else the next that is free. Port 0 is any.
///
/// # Errors
/// The system's reason, where none of the ports can be had.
pub fn bind(addresses: &[IpAddr], port: u16) -> io::Result<Vec<TcpListener>> {
    let last = port.saturating_add(if port == 0 { 0 } else { PORTS });
    let mut refused = None;
    for port in port..=last {
        match all_at(addresses, port) {
            Ok(listeners) => return Ok(listeners),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => refused = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(refused.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
}

fn all_at(addresses: &[IpAddr], port: u16) -> io::Result<Vec<TcpListener>> {
    let mut port = port;
    let mut listeners = Vec::new();
    for address in addresses {
        let listener = TcpListener::bind((*address, port))?;
        port = listener.local_addr()?.port();
        listeners.push(listener);
    }
    Ok(listeners)
}

/// Serves until the user ends it (Ctrl-C, or the system's request to end). `ready` is called once requests are answered and
/// an end would be a good one.
///
/// # Errors
/// The system's reason, where it does not let us listen.
pub fn run(doors: Vec<Door>, preview: Arc<dyn Preview>, live: Live, ready: impl FnOnce()) -> io::Result<()> {
    // One thread for all connections. Rendering happens in others, few enough to leave room for what else is at work.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .max_blocking_threads(RENDERERS)
        .build()?;
    let shared = Shared {
        preview,
        live,
        scripts: Arc::new(aids::Scripts::new()),
        streams: Arc::new(Semaphore::new(STREAMS)),
    };
    runtime.block_on(async {
        let end = end()?;
        for Door { listener, token } in doors {
            let guard = Guard::new(listener.local_addr()?, token);
            listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(listener)?;
            tokio::spawn(accept(listener, app(shared.clone(), guard)));
        }
        ready();
        end.await;
        io::Result::Ok(())
    })?;
    // What is being rendered or streamed need not be waited for.
    runtime.shutdown_background();
    Ok(())
}

/// How many pages are rendered at the same time.
const RENDERERS: usize = 4;

/// Listens for the end from now on.
#[cfg(unix)]
fn end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Listens for the end from now on.
#[cfg(windows)]
fn end() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

/// Takes connections for as long as the program runs.
async fn accept(listener: tokio::net::TcpListener, app: Router) {
    let connections = Connections::new();
    while let Some(permit) = connections.room().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                let (connection, ended) = connections.begin(permit);
                tokio::spawn(serve(stream, app.clone(), connection, ended));
            }
            // The client is gone already, or the system has no file left for it: both pass.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Serves one connection to its end, or until it has to make room for others.
async fn serve(stream: TcpStream, app: Router, connection: Connection, ended: oneshot::Receiver<()>) {
    // Answers are whole; waiting for more of them to send together would only be waiting. Where it cannot be set, it is slower.
    let _slower = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(STALLED));
    let app = TowerToHyperService::new(app);
    let service = hyper::service::service_fn(|request| {
        connection.spoke();
        app.call(request)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_headers(HEADERS)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    let mut served = pin!(served);
    // Malformed requests, and clients that went away, are nothing to tell anybody.
    tokio::select! {
        _ = &mut served => {}
        Ok(()) = ended => {
            let is_open = tokio::time::timeout(GRACE, &mut served).await.is_err();
            if is_open && connection.has_spoken() {
                let _nothing_to_tell = served.await;
            }
        }
    }
}
