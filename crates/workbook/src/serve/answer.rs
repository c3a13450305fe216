//! From a request to its answer.
//!
//! Invariant: it depends on the request's head and the site alone. What is refused is
//! refused before anything is looked up, and of what was sent only the
//! name of a directory that is there is ever sent back.

use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};

use super::body::Whole;
use super::site::{File, Found, Site};
use super::{policy, target};

/// The names that a server answers to: a page of another site that makes its own name
/// mean this machine asks under that name.
pub(crate) struct Hosts(Vec<String>);

impl Hosts {
    /// Those of a server on `port`.
    pub(crate) fn new(port: u16) -> Self {
        let names = ["127.0.0.1", "localhost"];
        let mut hosts = names.map(|name| format!("{name}:{port}")).to_vec();
        // Browsers leave this one out.
        if port == 80 {
            hosts.extend(names.map(str::to_owned));
        }
        Hosts(hosts)
    }

    fn check(&self, headers: &HeaderMap) -> Result<(), StatusCode> {
        let mut given = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (given.next(), given.next()) else {
            return Err(StatusCode::BAD_REQUEST);
        };
        let host = host.as_bytes();
        let is_own = self.0.iter().any(|own| own.as_bytes().eq_ignore_ascii_case(host));
        is_own.then_some(()).ok_or(StatusCode::MISDIRECTED_REQUEST)
    }
}

/// Answers a request.
pub(crate) fn answer(site: &Site, hosts: &Hosts, request: &Parts) -> Response<Whole> {
    let mut response = match check(hosts, request) {
        Err(status) => refusal(status),
        Ok(name) => match site.find(&name) {
            Found::File(file) => shown(file, &request.headers),
            Found::Directory => moved(request.uri.path()),
            Found::Nothing => missing(site),
        },
    };
    if !response.headers().contains_key(header::CONTENT_SECURITY_POLICY) {
        policy::add(response.headers_mut(), &policy::of_page(""));
    }
    response
}

/// What the request names, if it is one that this server answers.
fn check(hosts: &Hosts, request: &Parts) -> Result<String, StatusCode> {
    hosts.check(&request.headers)?;
    if ![Method::GET, Method::HEAD].contains(&request.method) {
        return Err(StatusCode::METHOD_NOT_ALLOWED);
    }
    // Who asks to read sends nothing. What proxies disagree about is not read at all.
    let length = request.headers.get(header::CONTENT_LENGTH);
    let is_empty = length.is_none_or(|it| it == "0");
    if !is_empty || request.headers.contains_key(header::TRANSFER_ENCODING) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    // The target of a proxy, `http://...`: this is none.
    if request.uri.authority().is_some() {
        return Err(StatusCode::BAD_REQUEST);
    }
    target::name(request.uri.path()).ok_or(StatusCode::BAD_REQUEST)
}

fn with(status: StatusCode, bytes: Bytes) -> Response<Whole> {
    let mut response = Response::new(Whole(bytes));
    *response.status_mut() = status;
    response
}

/// A refused connection may hold more that isn't worth reading.
fn refusal(status: StatusCode) -> Response<Whole> {
    let mut response = with(status, format!("{status}\n").into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// The file, unless the browser has it.
fn shown(file: &File, headers: &HeaderMap) -> Response<Whole> {
    let mut response = match is_known(file, headers) {
        true => with(StatusCode::NOT_MODIFIED, Bytes::new()),
        false => of_file(StatusCode::OK, file),
    };
    policy::add(response.headers_mut(), &file.policy);
    response.headers_mut().insert(header::ETAG, file.tag.clone());
    response
}

fn of_file(status: StatusCode, file: &File) -> Response<Whole> {
    let mut response = with(status, file.bytes.clone());
    let kind = HeaderValue::from_static(file.kind);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    policy::add(response.headers_mut(), &file.policy);
    response
}

/// Whether one of the tags that the browser has is the file's.
fn is_known(file: &File, headers: &HeaderMap) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter();
    let tags = known.flat_map(|it| it.as_bytes().split(|byte| *byte == b','));
    let tags = tags.map(<[u8]>::trim_ascii);
    let mut strong = tags.map(|tag| tag.strip_prefix(b"W/").unwrap_or(tag));
    strong.any(|tag| tag == b"*" || tag == file.tag.as_bytes())
}

/// A directory's pages link to each other by names relative to it.
fn moved(path: &str) -> Response<Whole> {
    let mut response = with(StatusCode::PERMANENT_REDIRECT, Bytes::new());
    let place = HeaderValue::try_from(format!("{path}/")).ok();
    response.headers_mut().extend(place.map(|it| (header::LOCATION, it)));
    response
}

/// The book's own page about that, if it has one.
fn missing(site: &Site) -> Response<Whole> {
    match site.find("404.html") {
        Found::File(file) => of_file(StatusCode::NOT_FOUND, file),
        _ => with(StatusCode::NOT_FOUND, "404 Not Found\n".into()),
    }
}
