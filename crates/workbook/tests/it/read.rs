//! `read`, up to the browser: the address, the page behind it, and the end.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use crate::fixture::{run, tool, workspace};

/// The tool, serving.
struct Reading {
    child: Child,
    /// `127.0.0.1:PORT`.
    address: String,
}

impl Reading {
    fn start(args: &[&str]) -> Self {
        let args = [&["read", "--no-open"], args].concat();
        let mut command = tool(workspace(), &args);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let built = lines.next().unwrap().unwrap();
        assert!(built.starts_with("the book: ") && built.contains("index.html"));
        let served = lines.next().unwrap().unwrap();
        let address = served.strip_prefix("served at http://").unwrap();
        let address = address.strip_suffix("/ until Ctrl-C").unwrap().to_owned();
        Reading { child, address }
    }

    fn get(&self, target: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = format!("Host: {}\r\nConnection: close", self.address);
        write!(stream, "GET {target} HTTP/1.1\r\n{host}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn end(mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_book_is_served_until_ctrl_c() {
    let reading = Reading::start(&["--port", "0"]);
    let page = reading.get("/");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert!(page.contains("Hello."), "{page}");
    assert!(reading.get("/.unrolled-book").starts_with("HTTP/1.1 404 "));
    // Somebody who asks nothing doesn't keep it.
    let _silent = TcpStream::connect(&reading.address).unwrap();
    assert_eq!(reading.end("-INT"), Some(0));
    let reading = Reading::start(&["--port", "0"]);
    assert_eq!(reading.end("-TERM"), Some(0));
}

#[test]
fn a_port_that_is_taken_is_said_and_another_is_taken_only_if_none_was_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let done = run(&["read", "--no-open", "--port", &port]);
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    let problem = format!("error: 127.0.0.1:{port} is in use");
    assert!(done.stderr.contains(&problem), "{}", done.stderr);
    assert!(done.stderr.contains("`--port 0`"), "{}", done.stderr);
    // Whoever has it now: it is not free.
    let _usual = TcpListener::bind("127.0.0.1:7007");
    let reading = Reading::start(&[]);
    assert_ne!(reading.address, "127.0.0.1:7007");
    assert!(reading.get("/").contains("Hello."));
}
