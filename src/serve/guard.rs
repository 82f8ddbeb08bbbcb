//! What a request must be to be answered, and what is sent along with every answer.
//!
//! A preview shows drafts, and any page in the same browser can send requests to it. So: `GET` and `HEAD` only; a `Host`
//! that is ours (against DNS rebinding); nothing that another site asked for, but for links that somebody follows; a
//! header that no other site can send where state changes; on the network, nothing without the token.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::RESERVED;
use super::lan::Token;

/// The header that the aids send where they change something. Another site's page would have to ask first, by `OPTIONS`,
/// and that is refused.
pub(super) const AIDS: &str = "x-handbill";

/// Where state changes.
const CHANGES: &str = "/_handbill/moment";

/// The cookie that keeps the token. Cookies know no ports, so the name is one that nothing else has.
const COOKIE: &str = "handbill-preview";

/// Sent with every answer.
const EVERYWHERE: [(HeaderName, &str); 7] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// The rules of one door.
#[derive(Debug)]
pub(super) struct Guard {
    /// What `Host` may be, with its port; the first is what people are told.
    hosts: Vec<String>,
    /// What opens it, where it is open to others.
    token: Option<Token>,
}

/// What becomes of a request.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Pass,
    /// Not answered, and why.
    Refuse(StatusCode, String),
    /// The token is in the address: it goes into a cookie, and the address on.
    Enter(String),
}

impl Guard {
    /// The rules for a door at an address.
    pub(super) fn new(address: SocketAddr, token: Option<Token>) -> Guard {
        let port = address.port();
        let mut hosts = vec![address.to_string()];
        if address.ip().is_loopback() && token.is_none() {
            hosts.extend(["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}")));
        }
        if port == 80 {
            // Browsers leave the default port out (RFC 9110 §4.2.3).
            let bare: Vec<String> =
                hosts.iter().map(|host| host.trim_end_matches(":80").to_owned()).collect();
            hosts.extend(bare);
        }
        Guard { hosts, token }
    }

    fn is_ours(&self, host: &str) -> bool {
        self.hosts.iter().any(|ours| ours.eq_ignore_ascii_case(host))
    }

    fn judge(&self, request: &Request) -> Verdict {
        let headers = request.headers();
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return refuse(StatusCode::METHOD_NOT_ALLOWED, "The preview answers GET and HEAD only.");
        }
        if has_body(headers) {
            return refuse(StatusCode::BAD_REQUEST, "The preview takes no bodies.");
        }
        if !self.host_fits(request) {
            let text = format!("This preview answers at http://{}/ only.", self.hosts[0]);
            return Verdict::Refuse(StatusCode::MISDIRECTED_REQUEST, text);
        }
        if !self.origin_fits(headers) || !site_fits(request) {
            return refuse(
                StatusCode::FORBIDDEN,
                "Another site asked for this, and the preview is not for it.",
            );
        }
        if request.uri().path() == CHANGES && !headers.contains_key(AIDS) {
            return refuse(StatusCode::FORBIDDEN, "Only the preview's own bar may do this.");
        }
        self.let_in(request)
    }

    /// Whether every name under which the request knows us is ours.
    fn host_fits(&self, request: &Request) -> bool {
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        let whole = request.uri().authority().is_none_or(|authority| self.is_ours(authority.as_str()));
        whole && hosts.next().is_none() && host.is_some_and(|host| self.is_ours(host))
    }

    /// Whether the request comes from a page of ours, where it says from where.
    fn origin_fits(&self, headers: &HeaderMap) -> bool {
        let mut origins = headers.get_all(header::ORIGIN).iter();
        origins.all(|origin| {
            let host = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
            host.is_some_and(|host| self.is_ours(host))
        })
    }

    fn let_in(&self, request: &Request) -> Verdict {
        let Some(token) = &self.token else { return Verdict::Pass };
        // A request may name a host and no path at all (RFC 9112 §3.2.3), so that there is not even a slash.
        let path = request.uri().path();
        let path = path.strip_prefix('/').unwrap_or(path);
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        if token.is(first) {
            // `//other.example` would lead to another host.
            return Verdict::Enter(format!("/{}", rest.trim_start_matches(['/', '\\'])));
        }
        let cookies = request.headers().get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut cookies =
            cookies.flat_map(|line| line.split(';')).filter_map(|one| one.trim().split_once('='));
        if cookies.any(|(name, value)| name == COOKIE && token.is(value)) {
            return Verdict::Pass;
        }
        refuse(
            StatusCode::FORBIDDEN,
            "This preview opens with the address that it printed when it started: scan its code again.",
        )
    }
}

fn refuse(status: StatusCode, why: &str) -> Verdict {
    Verdict::Refuse(status, why.to_owned())
}

fn has_body(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).is_some_and(|length| length.as_bytes() != b"0");
    length || headers.contains_key(header::TRANSFER_ENCODING)
}

/// Whether a page of ours or the user asked for it, as far as the browser says so (Fetch Metadata,
/// <https://www.w3.org/TR/fetch-metadata/>). A link that somebody follows from elsewhere is fine for pages, and for
/// nothing else. Programs, and browsers on addresses without TLS in the network, say nothing.
fn site_fits(request: &Request) -> bool {
    let says = |name: &str| request.headers().get(name).map(HeaderValue::as_bytes);
    match says("sec-fetch-site") {
        None | Some(b"same-origin") => true,
        Some(site) => {
            let followed =
                says("sec-fetch-mode") == Some(b"navigate") && says("sec-fetch-dest") == Some(b"document");
            !request.uri().path().starts_with(RESERVED) && (site == b"none" || followed)
        }
    }
}

/// The middleware: judges, answers or passes on, and sends along what every answer has.
pub(super) async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let mut response = match guard.judge(&request) {
        Verdict::Pass => next.run(request).await,
        Verdict::Refuse(status, why) => refused(status, why),
        Verdict::Enter(address) => entered(guard.token.as_ref(), &address),
    };
    let headers = response.headers_mut();
    for (name, value) in &EVERYWHERE {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // The theme's own policy stands in its pages; this one only adds what no page can say of itself.
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("frame-ancestors 'none'"));
    response
}

fn refused(status: StatusCode, why: String) -> Response {
    let mut response = (status, why + "\n").into_response();
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    // A body that nobody reads would be taken for the next request.
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

fn entered(token: Option<&Token>, address: &str) -> Response {
    let token = token.map_or("", Token::as_str);
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax");
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    for (name, value) in [(header::LOCATION, address), (header::SET_COOKIE, &cookie)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOPBACK: ([u8; 4], u16) = ([127, 0, 0, 1], 4000);

    fn request(path: &str, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).unwrap()
    }

    fn status(guard: &Guard, path: &str, headers: &[(&str, &str)]) -> u16 {
        match guard.judge(&request(path, headers)) {
            Verdict::Pass => 200,
            Verdict::Refuse(status, _) => status.as_u16(),
            Verdict::Enter(_) => 303,
        }
    }

    #[test]
    fn only_our_own_names_are_hosts() {
        let guard = Guard::new(LOOPBACK.into(), None);
        for host in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000", "[::1]:4000"] {
            assert_eq!(status(&guard, "/", &[("host", host)]), 200, "{host}");
        }
        for host in [
            "127.0.0.1",
            "127.0.0.1:4001",
            "evil.example",
            "evil.example:4000",
            "localhost.evil.example:4000",
            "",
        ] {
            assert_eq!(status(&guard, "/", &[("host", host)]), 421, "{host}");
        }
        assert_eq!(status(&guard, "/", &[]), 421);
        let two = [("host", "localhost:4000"), ("host", "evil.example")];
        assert_eq!(status(&guard, "/", &two), 421);
        assert_eq!(status(&guard, "http://evil.example/", &two[..1]), 421);
        let default_port = Guard::new(([127, 0, 0, 1], 80).into(), None);
        assert_eq!(status(&default_port, "/", &[("host", "localhost")]), 200);
    }

    #[test]
    fn what_another_site_asks_for_is_refused() {
        let guard = Guard::new(LOOPBACK.into(), None);
        let with = |path: &str, more: &[(&str, &str)]| {
            let mut headers = vec![("host", "localhost:4000")];
            headers.extend(more);
            status(&guard, path, &headers)
        };
        for origin in ["http://evil.example", "null", "https://localhost:4000", "http://localhost:3000"] {
            assert_eq!(with("/_handbill/events", &[("origin", origin)]), 403, "{origin}");
        }
        assert_eq!(with("/_handbill/events", &[("origin", "http://localhost:4000")]), 200);
        for site in ["cross-site", "same-site", "something-new"] {
            assert_eq!(with("/", &[("sec-fetch-site", site)]), 403, "{site}");
            let followed =
                [("sec-fetch-site", site), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
            assert_eq!(with("/", &followed), 200, "a link from elsewhere");
            assert_eq!(with("/_handbill/state", &followed), 403, "{site}");
            let framed = [followed[0], followed[1], ("sec-fetch-dest", "iframe")];
            assert_eq!(with("/", &framed), 403, "{site}");
        }
        assert_eq!(with("/", &[("sec-fetch-site", "none")]), 200);
        assert_eq!(with("/_handbill/events", &[("sec-fetch-site", "none")]), 403);
        assert_eq!(with("/_handbill/events", &[("sec-fetch-site", "same-origin")]), 200);
    }

    #[test]
    fn state_changes_for_the_bar_only() {
        let guard = Guard::new(LOOPBACK.into(), None);
        let host = ("host", "localhost:4000");
        assert_eq!(status(&guard, "/_handbill/moment?to=2024", &[host]), 403);
        assert_eq!(status(&guard, "/_handbill/moment?to=2024", &[host, (AIDS, "bar")]), 200);
        let foreign = [host, (AIDS, "bar"), ("origin", "http://evil.example")];
        assert_eq!(status(&guard, "/_handbill/moment?to=2024", &foreign), 403);
    }

    #[test]
    fn bodies_and_other_methods_are_refused() {
        let guard = Guard::new(LOOPBACK.into(), None);
        let host = ("host", "localhost:4000");
        assert_eq!(status(&guard, "/", &[host, ("content-length", "0")]), 200);
        assert_eq!(status(&guard, "/", &[host, ("content-length", "7")]), 400);
        assert_eq!(status(&guard, "/", &[host, ("transfer-encoding", "chunked")]), 400);
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::CONNECT] {
            let mut request = request("/", &[host]);
            *request.method_mut() = method;
            assert!(matches!(guard.judge(&request), Verdict::Refuse(StatusCode::METHOD_NOT_ALLOWED, _)));
        }
    }

    #[test]
    fn the_network_needs_the_token() {
        let token = Token::new().unwrap();
        let digits = token.as_str().to_owned();
        let guard = Guard::new(([192, 168, 1, 5], 4000).into(), Some(token));
        let host = ("host", "192.168.1.5:4000");
        assert_eq!(status(&guard, "/", &[host]), 403);
        assert_eq!(status(&guard, "/_handbill/state", &[host, (AIDS, "bar")]), 403);
        assert_eq!(status(&guard, &format!("/?{digits}"), &[host]), 403);
        assert_eq!(status(&guard, "/", &[("host", "localhost:4000")]), 421);
        for bare in ["192.168.1.5:4000", "*"] {
            assert_eq!(status(&guard, bare, &[host]), 403, "{bare}");
        }
        for (path, to) in [("", "/"), ("/", "/"), ("/a/b/", "/a/b/"), ("//evil.example/", "/evil.example/")] {
            let judged = guard.judge(&request(&format!("/{digits}{path}"), &[host]));
            assert_eq!(judged, Verdict::Enter(to.to_owned()), "{path}");
        }
        let cookie = format!("a=b; {COOKIE}={digits}");
        assert_eq!(status(&guard, "/", &[host, ("cookie", &cookie)]), 200);
        let wrong = format!("{COOKIE}={}", Token::new().unwrap().as_str());
        assert_eq!(status(&guard, "/", &[host, ("cookie", &wrong)]), 403);
    }
}
