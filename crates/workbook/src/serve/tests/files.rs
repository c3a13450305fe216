//! What a browser gets.

use std::fs;

use super::{LONG, Running, long};

fn get(target: &str, more: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: {{host}}\r\n{more}Connection: close\r\n\r\n")
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next().unwrap();
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(given, _)| *given == name).map(|(_, value)| value)
}

#[test]
fn a_file_comes_whole_and_with_its_type() {
    let server = Running::start();
    for (target, kind, body) in [
        ("/", "text/html; charset=utf-8", "<h1>The book</h1>"),
        ("/index.html", "text/html; charset=utf-8", "<h1>The book</h1>"),
        ("/index.html?theme=dark", "text/html; charset=utf-8", "<h1>The book</h1>"),
        ("/ch01/with%20space.html", "text/html; charset=utf-8", "spacious"),
        ("/book.js", "text/javascript; charset=utf-8", "console.log('book')"),
        ("/picture.svg", "image/svg+xml", "<svg/>"),
    ] {
        let answer = server.ask(&get(target, ""));
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert_eq!(header(&answer, "content-type"), Some(kind));
        let length = body.len().to_string();
        assert_eq!(header(&answer, "content-length"), Some(length.as_str()));
        assert!(answer.ends_with(&format!("\r\n\r\n{body}")), "{answer}");
    }
}

#[test]
fn a_long_file_loses_no_byte() {
    let server = Running::start();
    let request = get("/long.txt", "").replace("{host}", &server.address.to_string());
    let answer = server.send(request.as_bytes());
    assert!(answer.len() > LONG);
    assert!(answer.ends_with(long()));
}

#[test]
fn a_head_has_the_headers_of_the_file_and_no_body() {
    let server = Running::start();
    let whole = server.ask(&get("/", ""));
    let head = server.ask(&get("/", "").replacen("GET", "HEAD", 1));
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && head.ends_with("\r\n\r\n"));
    for name in ["content-length", "content-type", "etag"] {
        assert_eq!(header(&head, name), header(&whole, name), "{name}");
    }
    let missing = server.ask(&get("/none", "").replacen("GET", "HEAD", 1));
    assert!(missing.starts_with("HTTP/1.1 404 ") && missing.ends_with("\r\n\r\n"));
}

#[test]
fn a_file_that_the_browser_has_is_not_sent_again() {
    let server = Running::start();
    let first = server.ask(&get("/", ""));
    let tag = header(&first, "etag").unwrap();
    for known in [tag, &format!("W/{tag}"), &format!("\"x\", {tag}"), "*"] {
        let again = server.ask(&get("/", &format!("If-None-Match: {known}\r\n")));
        assert!(again.starts_with("HTTP/1.1 304 "), "{again}");
        assert!(again.ends_with("\r\n\r\n"), "{again}");
        assert_eq!(header(&again, "etag"), Some(tag));
        assert_eq!(
            header(&again, "content-security-policy"),
            header(&first, "content-security-policy")
        );
    }
    for other in ["\"x\"", tag.trim_matches('"'), ""] {
        let again = server.ask(&get("/", &format!("If-None-Match: {other}\r\n")));
        assert!(again.starts_with("HTTP/1.1 200 "), "{again}");
    }
    let other = server.ask(&get("/ch01/", ""));
    assert_ne!(header(&other, "etag"), Some(tag));
}

#[test]
fn a_directory_is_its_first_page_and_never_a_list() {
    let server = Running::start();
    let page = server.ask(&get("/ch01/", ""));
    assert!(page.starts_with("HTTP/1.1 200 ") && page.contains("<h1>One</h1>"), "{page}");
    let moved = server.ask(&get("/ch01", ""));
    assert!(moved.starts_with("HTTP/1.1 308 "), "{moved}");
    assert_eq!(header(&moved, "location"), Some("/ch01/"));
    for none in ["/ch02/", "/ch01/x/", "/index.html/"] {
        let missing = server.ask(&get(none, ""));
        assert!(missing.starts_with("HTTP/1.1 404 "), "{missing}");
        assert!(missing.ends_with("<h1>Not here</h1>"), "{missing}");
    }
}

#[test]
fn a_page_may_run_its_own_scripts_and_no_others() {
    let server = Running::start();
    let policy = |target: &str| {
        let answer = server.ask(&get(target, ""));
        header(&answer, "content-security-policy").unwrap().to_owned()
    };
    // The digest of `page()`, as `openssl dgst -sha256 -binary | base64` has it.
    let digest = "'sha256-piUNRj01n+hTo+pnthBY6P38CNukLgjZT+mSJ4I5u6U='";
    assert!(policy("/ch01/").contains(&format!("script-src 'self' {digest};")));
    assert!(policy("/").contains("script-src 'self';"));
    assert!(!policy("/ch01/").contains("script-src 'unsafe-inline'"));
}

#[test]
fn a_connection_serves_one_request_after_another() {
    let server = Running::start();
    let first = get("/", "").replace("Connection: close\r\n", "");
    let both = format!("{first}{first}{}", get("/book.js", ""));
    let answers = server.ask(&both);
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 3, "{answers}");
    assert!(answers.ends_with("console.log('book')"), "{answers}");
}

#[test]
fn an_old_client_is_answered_and_hung_up_on() {
    let server = Running::start();
    let answer = server.ask("GET /book.js HTTP/1.0\r\nHost: {host}\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.0 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with("console.log('book')"), "{answer}");
}

#[test]
fn what_changes_on_disk_afterwards_is_not_served() {
    let dir = tempfile::TempDir::new().unwrap();
    fs::write(dir.path().join("a.html"), "before").unwrap();
    let site = super::Site::read(dir.path()).unwrap();
    fs::write(dir.path().join("a.html"), "after").unwrap();
    fs::write(dir.path().join("b.html"), "new").unwrap();
    let super::super::site::Found::File(file) = site.find("a.html") else {
        panic!("it is there")
    };
    assert_eq!(&file.bytes[..], b"before");
    assert!(matches!(site.find("b.html"), super::super::site::Found::Nothing));
}
