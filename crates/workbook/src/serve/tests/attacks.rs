//! What a hostile page, program or user may send, and what it gets.

use super::{Running, SECRET};

/// Whose answer it is, and which. hyper's own are empty.
#[derive(Clone, Copy, Debug)]
enum Answer {
    Ours(u16),
    Hypers(u16),
    /// The connection is closed without one.
    None,
}

use Answer::{Hypers, None, Ours};

/// A request for `target`, that gives `host` as its name for the server.
fn get(host: &str, target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
}

/// A request with more in its head.
fn with(more: &str) -> String {
    format!("GET / HTTP/1.1\r\nHost: {{host}}\r\n{more}\r\nConnection: close\r\n\r\n")
}

fn check(server: &Running, about: &str, request: &str, expected: Answer) {
    let answer = server.ask(request);
    let shown: String = answer.chars().take(400).collect();
    let lower = answer.to_lowercase();
    let status = answer.split(' ').nth(1).and_then(|it| it.parse().ok());
    let (Ours(wanted) | Hypers(wanted)) = expected else {
        return assert_eq!(answer, "", "{about}: expected no answer");
    };
    assert_eq!(status, Some(wanted), "{about}: {shown}");
    assert!(!answer.contains(SECRET), "{about}: {shown}");
    assert!(!lower.contains("access-control-"), "{about}: {shown}");
    assert!(!lower.contains("evil"), "{about}: nothing is echoed: {shown}");
    assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{about}: one answer: {shown}");
    match expected {
        Ours(_) => {
            assert!(lower.contains("x-content-type-options: nosniff"), "{about}");
            assert!(lower.contains("content-security-policy: default-src 'none'"));
            assert!(lower.contains("cross-origin-resource-policy: same-origin"));
        }
        _ => assert!(lower.contains("content-length: 0\r\n"), "{about}: {shown}"),
    }
    let is_book = answer.contains("<h1>The book");
    assert_eq!(is_book, wanted == 200, "{about}: {shown}");
}

fn check_all<'a>(rows: impl IntoIterator<Item = (&'a str, String, Answer)>) {
    let server = Running::start();
    for (about, request, expected) in rows {
        check(&server, about, &request, expected);
    }
    // And it still serves.
    check(&server, "afterwards", &get("{host}", "/"), Ours(200));
}

#[test]
fn it_answers_to_its_own_name_only() {
    let named = |host: &str| get(host, "/");
    check_all([
        ("its address", named("{host}"), Ours(200)),
        ("its name", named("localhost:{port}"), Ours(200)),
        ("names have no case", named("LocalHost:{port}"), Ours(200)),
        ("DNS rebinding", named("evil.example"), Ours(421)),
        ("the right port", named("evil.example:{port}"), Ours(421)),
        ("as a prefix", named("localhost.evil.example:{port}"), Ours(421)),
        ("a name for every address", named("127.0.0.1.nip.io:{port}"), Ours(421)),
        ("a final dot", named("localhost.:{port}"), Ours(421)),
        ("the wrong port", named("localhost:1"), Ours(421)),
        ("no port", named("localhost"), Ours(421)),
        ("as a number", named("2130706433:{port}"), Ours(421)),
        ("in hexadecimal", named("0x7f.1:{port}"), Ours(421)),
        ("mapped into IPv6", named("[::ffff:127.0.0.1]:{port}"), Ours(421)),
        ("any address", named("0.0.0.0:{port}"), Ours(421)),
        ("with a user", named("localhost:{port}@evil.example"), Ours(421)),
        ("two names in one", named("{host}, evil.example"), Ours(421)),
        ("an empty name", named(""), Ours(421)),
        ("two names", with("Host: evil.example"), Ours(400)),
        ("the same name twice", with("Host: {host}"), Ours(400)),
        ("no name", "GET / HTTP/1.1\r\n\r\n".into(), Ours(400)),
        (
            "a forwarded name",
            get("evil.example", "/").replace("Conn", "X-Forwarded-Host: {host}\r\nConn"),
            Ours(421),
        ),
    ]);
}

#[test]
fn it_has_no_way_out_of_the_book() {
    let at = |target: &str| get("{host}", target);
    check_all([
        ("up", at("/../secret.html"), Ours(404)),
        ("up, from below", at("/ch01/../../secret.html"), Ours(404)),
        ("up, to where one is", at("/ch01/../index.html"), Ours(404)),
        ("up, coded", at("/%2e%2e/secret.html"), Ours(404)),
        ("up, half coded", at("/.%2E/secret.html"), Ours(404)),
        ("a coded slash", at("/..%2fsecret.html"), Ours(404)),
        ("coded twice", at("/%252e%252e%252fsecret.html"), Ours(404)),
        ("doubled dots", at("/....//secret.html"), Ours(404)),
        ("parameters", at("/..;/secret.html"), Ours(404)),
        ("backslashes", at("/..\\secret.html"), Ours(400)),
        ("backslashes, coded", at("/..%5csecret.html"), Ours(400)),
        ("an overlong dot", at("/%c0%ae%c0%ae/secret.html"), Ours(400)),
        ("an overlong slash", at("/..%c0%afsecret.html"), Ours(400)),
        ("a longer slash", at("/..%e0%80%afsecret.html"), Ours(400)),
        ("wide dots", at("/%ef%bc%8e%ef%bc%8e/secret.html"), Ours(404)),
        ("no hexadecimal", at("/%zz"), Ours(400)),
        ("%u, of other times", at("/%u002e%u002e/secret.html"), Ours(400)),
        ("a NUL", at("/index.html%00.png"), Ours(400)),
        ("a line end", at("/%0d%0aSet-Cookie:evil"), Ours(400)),
        ("an absolute path", at("//etc/passwd"), Ours(404)),
        ("another site", at("//evil.example/"), Ours(404)),
        ("a dotfile", at("/.env"), Ours(404)),
        ("a dotfile, coded", at("/%2eenv"), Ours(404)),
        ("a dot directory", at("/ch01/.git/config"), Ours(404)),
        ("a link", at("/link.html"), Ours(404)),
        ("a linked directory", at("/up/secret.html"), Ours(404)),
        ("another stream", at("/index.html::$DATA"), Ours(404)),
        ("no such page", at("/<script>evil"), Hypers(400)),
        ("a query", at("/?search=<script>evil</script>"), Hypers(400)),
        ("a query that asks for a file", at("/?raw=../secret.html"), Ours(200)),
        ("a proxy's target", at("http://evil.example/"), Ours(400)),
        ("its own, as a proxy's", at("http://{host}/index.html"), Ours(400)),
        ("a file's address", at("file:///etc/passwd"), Hypers(400)),
        ("no slash", at("index.html"), Ours(400)),
    ]);
}

#[test]
fn it_only_shows() {
    let method =
        |name: &str, target: &str| get("{host}", target).replacen("GET", name, 1);
    check_all([
        ("to post", method("POST", "/"), Ours(405)),
        ("to put", method("PUT", "/index.html"), Ours(405)),
        ("to delete", method("DELETE", "/index.html"), Ours(405)),
        ("to ask beforehand", method("OPTIONS", "/"), Ours(405)),
        ("to ask about all", method("OPTIONS", "*"), Ours(405)),
        ("to echo", method("TRACE", "/"), Ours(405)),
        ("to tunnel", method("CONNECT", "evil.example:443"), Ours(405)),
        ("to do something", method("EVIL", "/"), Ours(405)),
        ("lower case", method("get", "/"), Ours(405)),
        ("to post, by a header", with("X-HTTP-Method-Override: POST"), Ours(200)),
        ("another site's page", with("Origin: http://evil.example"), Ours(200)),
        ("to upgrade", with("Connection: upgrade\r\nUpgrade: evil"), Ours(200)),
        ("with a body", with("Content-Length: 4") + "evil", Ours(413)),
        (
            "with a chunked body",
            with("Transfer-Encoding: chunked") + "0\r\n\r\n",
            Ours(413),
        ),
        ("with a promise", with("Content-Length: 9\r\nExpect: 100-continue"), Ours(413)),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".into(), None),
    ]);
}

#[test]
fn it_reads_what_is_well_formed() {
    let many = |count: usize| {
        let lines: Vec<_> = (0..count).map(|i| format!("X-{i}: evil")).collect();
        with(&lines.join("\r\n"))
    };
    let smuggled = "GET /smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n";
    check_all([
        ("as many headers as it takes", many(62), Ours(200)),
        ("one too many", many(63), Hypers(431)),
        ("100,000 headers", many(100_000), Hypers(431)),
        ("15 KiB", with(&format!("X: {}", "evil".repeat(15 * 256))), Ours(200)),
        ("17 KiB", with(&format!("X: {}", "evil".repeat(17 * 256))), Hypers(431)),
        ("1 MiB", with(&format!("X: {}", "evil".repeat(256 * 1024))), Hypers(431)),
        (
            "a long target",
            get("{host}", &format!("/{}", "a".repeat(20_000))),
            Hypers(431),
        ),
        ("no HTTP", "\x16\x03\x01\x02evil\r\n\r\n".into(), Hypers(400)),
        ("HTTP/3", "GET / HTTP/3.0\r\nHost: {host}\r\n\r\n".into(), Hypers(400)),
        ("a space before the colon", with("X : evil"), Hypers(400)),
        ("a folded line", with("X: a\r\n evil"), Hypers(400)),
        ("a NUL in a value", with("X: \0evil"), Hypers(400)),
        ("a CR in a value", with("X: a\revil: b"), Hypers(400)),
        ("a space in a name", with("X Y: evil"), Hypers(400)),
        ("no colon", with("evil"), Hypers(400)),
        (
            "two lengths",
            with("Content-Length: 0\r\nContent-Length: 50") + smuggled,
            Hypers(400),
        ),
        ("two lengths in one", with("Content-Length: 0, 50") + smuggled, Hypers(400)),
        ("a signed length", with("Content-Length: +50") + smuggled, Hypers(400)),
        ("a negative length", with("Content-Length: -1"), Hypers(400)),
        (
            "a length and chunks",
            with("Content-Length: 5\r\nTransfer-Encoding: chunked")
                + "0\r\n\r\n"
                + smuggled,
            Ours(413),
        ),
        (
            "chunks of another name",
            with("Transfer-Encoding: xchunked") + smuggled,
            Hypers(400),
        ),
    ]);
}

#[test]
fn a_refusal_says_what_is_allowed_instead() {
    let server = Running::start();
    let answer =
        server.ask("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\n\r\n{}");
    assert!(answer.contains("\r\nallow: GET, HEAD\r\n"), "{answer}");
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
}
