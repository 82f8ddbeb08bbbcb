//! A request's answer: pages with their aids, files with their media types and ranges.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::identity::{Identity, with_aids};
use super::{Answer, Content, Shared, Shown};
use crate::base::url;

/// Answers for every address that is not reserved.
pub(super) async fn answer(State(shared): State<Shared>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let Ok(address) = percent_encoding::percent_decode_str(path.trim_start_matches('/')).decode_utf8() else {
        return (StatusCode::BAD_REQUEST, "This address is not UTF-8.\n").into_response();
    };
    let address = address.into_owned();
    let preview = shared.preview.clone();
    let found = tokio::task::spawn_blocking(move || preview.answer(&address)).await;
    match found {
        Ok(Answer::Content(content)) => {
            let version = shared.live.version(content.generation);
            content_response(&request, content, &version)
        }
        Ok(Answer::Elsewhere(address)) => moved(&address, &query),
        // The task panicked: this request fails, and the next one may not.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Temporary: tomorrow something else may stand there, and a browser keeps a lasting one for ever.
fn moved(address: &str, query: &str) -> Response {
    let location = format!("/{}{query}", url::encode_path(address));
    let location = HeaderValue::from_str(&location).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response()
}

fn content_response(request: &Request, content: Content, version: &str) -> Response {
    let media_type = media_type(&content);
    let bytes = if is_html(&media_type) && is_document(request.headers()) {
        with_aids(&content.bytes, &Identity::of(&content.bytes).digest, version, content.shown)
    } else {
        content.bytes
    };
    let status = match content.shown {
        Shown::Fresh | Shown::Kept => StatusCode::OK,
        Shown::Missing => StatusCode::NOT_FOUND,
        Shown::Nothing => StatusCode::SERVICE_UNAVAILABLE,
    };
    let head = *request.method() == Method::HEAD;
    let mut response = if status == StatusCode::OK {
        ranged(request.headers(), bytes, head)
    } else {
        whole(status, bytes, head)
    };
    let media_type = HeaderValue::from_str(&media_type);
    let unknown = HeaderValue::from_static("application/octet-stream");
    response.headers_mut().insert(header::CONTENT_TYPE, media_type.unwrap_or(unknown));
    response
}

/// Whether the browser wants it as a page. A script of the theme that fetches a page gets it as it is published.
fn is_document(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-dest").is_none_or(|destination| destination == "document")
}

fn is_html(media_type: &str) -> bool {
    media_type.starts_with("text/html")
}

/// The media type: the one that goes with the output, else by the path's ending. Texts are UTF-8.
fn media_type(content: &Content) -> String {
    if let Some(known) = content.media_type {
        return known.to_owned();
    }
    let name = content.path.rsplit('/').next().unwrap_or_default();
    let guess = match name {
        // What hosts read beside the site, such as `_headers`.
        name if name.starts_with('_') && !name.contains('.') => mime_guess::mime::TEXT_PLAIN,
        name => mime_guess::from_path(name).first_or_octet_stream(),
    };
    let text =
        guess.type_() == mime_guess::mime::TEXT || matches!(guess.subtype().as_str(), "json" | "javascript");
    if text { format!("{guess}; charset=utf-8") } else { guess.to_string() }
}

/// All of it, or the one range that was asked for (RFC 9110 §14.2). Several ranges at once get all of it, as a server may do;
/// so does `If-Range`, for nothing here has a validator.
fn ranged(headers: &HeaderMap, bytes: Bytes, head: bool) -> Response {
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let range = range.filter(|_| !headers.contains_key(header::IF_RANGE));
    let length = bytes.len() as u64;
    let mut response = match range.and_then(|range| http_range_header::parse_range_header(range).ok()) {
        None => whole(StatusCode::OK, bytes, head),
        Some(parsed) => match parsed.validate(length) {
            Ok(ranges) if ranges.len() == 1 => {
                let (first, last) = (*ranges[0].start(), *ranges[0].end());
                let part = bytes.slice(first as usize..=last as usize);
                let mut response = whole(StatusCode::PARTIAL_CONTENT, part, head);
                insert(&mut response, header::CONTENT_RANGE, &format!("bytes {first}-{last}/{length}"));
                response
            }
            Ok(_) => whole(StatusCode::OK, bytes, head),
            Err(_) => {
                let mut response = whole(StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), head);
                insert(&mut response, header::CONTENT_RANGE, &format!("bytes */{length}"));
                response
            }
        },
    };
    insert(&mut response, header::ACCEPT_RANGES, "bytes");
    response
}

fn whole(status: StatusCode, bytes: Bytes, head: bool) -> Response {
    let length = bytes.len();
    let mut response = Response::new(if head { Body::empty() } else { Body::from(bytes) });
    *response.status_mut() = status;
    insert(&mut response, header::CONTENT_LENGTH, &length.to_string());
    response
}

fn insert(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_of(path: &str) -> String {
        let content = Content {
            shown: Shown::Fresh,
            generation: 0,
            path: path.to_owned(),
            media_type: None,
            bytes: Bytes::new(),
        };
        media_type(&content)
    }

    #[test]
    fn media_types_follow_from_endings() {
        for (path, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("assets/style.0a1b.css", "text/css; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("_headers", "text/plain; charset=utf-8"),
            ("script.js", "text/javascript; charset=utf-8"),
            ("feed.json", "application/json; charset=utf-8"),
            ("icon.svg", "image/svg+xml"),
            ("photo.webp", "image/webp"),
            ("leaflet.pdf", "application/pdf"),
            ("font.woff2", "font/woff2"),
            ("sitemap.xml", "text/xml; charset=utf-8"),
            ("data.unknown-to-all", "application/octet-stream"),
        ] {
            assert_eq!(type_of(path), expected, "{path}");
        }
    }

    #[test]
    fn one_range_is_answered_and_others_are_not() {
        let answer = |headers: &[(&str, &str)]| {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.insert(header::HeaderName::try_from(*name).unwrap(), value.parse().unwrap());
            }
            let response = ranged(&map, Bytes::from_static(b"0123456789"), false);
            let range =
                response.headers().get(header::CONTENT_RANGE).map(|value| value.to_str().unwrap().to_owned());
            (
                response.status().as_u16(),
                range,
                response.headers()[header::CONTENT_LENGTH].to_str().unwrap().to_owned(),
            )
        };
        let part = |range: &str, length: &str| (206, Some(range.to_owned()), length.to_owned());
        assert_eq!(answer(&[("range", "bytes=2-4")]), part("bytes 2-4/10", "3"));
        assert_eq!(answer(&[("range", "bytes=7-")]), part("bytes 7-9/10", "3"));
        assert_eq!(answer(&[("range", "bytes=-3")]), part("bytes 7-9/10", "3"));
        assert_eq!(answer(&[("range", "bytes=20-")]), (416, Some("bytes */10".to_owned()), "0".to_owned()));
        let all = (200, None, "10".to_owned());
        assert_eq!(answer(&[]), all);
        assert_eq!(answer(&[("range", "bytes=0-1,4-5")]), all);
        assert_eq!(answer(&[("range", "lines=1-2")]), all);
        assert_eq!(answer(&[("range", "bytes=2-4"), ("if-range", "\"x\"")]), all);
    }
}
