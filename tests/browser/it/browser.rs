//! A headless Chromium, driven by its driver: one call after the other, no `async`.
//!
//! Invariant: whatever it starts ends with it, and its profile is new and goes with it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use url::{ParseError, Url};

use crate::site::root;

/// No sandbox: containers have none. The rest keeps Chromium at home, and quiet.
const ARGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
];

/// A browser with one page.
pub(crate) struct Browser {
    /// What the client's calls wait in.
    runtime: Runtime,
    /// The session; taken when it ends.
    client: Option<Client>,
    /// `chromedriver`.
    driver: Child,
    /// The browser's memory of this session.
    _profile: TempDir,
}

/// A command that only Chromium's driver knows.
#[derive(Debug)]
struct Own {
    /// Its path below the session's.
    path: &'static str,
    /// What it takes.
    body: Value,
}

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// What is left out where `what` is missing: a failure where nothing may be.
pub(crate) fn skip(what: &str) {
    let is_strict = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(!is_strict, "CI=true needs {what}: `.ci/run` installs it");
    // Not `eprintln!`: the harness would keep the line to itself.
    let _ = writeln!(std::io::stderr(), "skipped: no {what} here");
}

impl Browser {
    /// A browser, or none and a line that says so.
    pub(crate) fn start() -> Option<Self> {
        let Ok(mut driver) = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
        else {
            skip("chromedriver (Debian: `apt-get install chromium chromium-driver`)");
            return None;
        };
        let port = port(&mut driver);
        let profile = tempfile::tempdir().expect("a temporary directory");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime of one thread");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(&profile));
        let client =
            runtime.block_on(builder.connect(&format!("http://127.0.0.1:{port}")));
        let client =
            Some(client.expect("chromedriver starts the Chromium that it is for"));
        let browser = Browser { runtime, client, driver, _profile: profile };
        // Away from the page for new tabs, which is busy.
        browser.open("about:blank");
        Some(browser)
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("the session lasts as long as the browser")
    }

    /// Loads a page, to the end.
    pub(crate) fn open(&self, address: &str) {
        self.runtime.block_on(self.client().goto(address)).expect("the page loads");
    }

    /// What the body of a function returns, in the page.
    pub(crate) fn run(&self, script: &str) -> Value {
        let result = self.runtime.block_on(self.client().execute(script, Vec::new()));
        result.unwrap_or_else(|e| panic!("{script:.200}: {e}"))
    }

    /// What the body of a function gives to its last argument, in the page.
    pub(crate) fn wait(&self, script: &str, args: Vec<Value>) -> Value {
        let result = self.runtime.block_on(self.client().execute_async(script, args));
        result.unwrap_or_else(|e| panic!("{script:.200}: {e}"))
    }

    /// Whether what should come about does, before the driver's patience ends: the script
    /// calls its last argument then.
    pub(crate) fn try_wait(&self, script: &str) -> bool {
        let result = self.client().execute_async(script, Vec::new());
        self.runtime.block_on(result).is_ok()
    }

    /// Makes the page so wide, whatever the window is.
    pub(crate) fn width(&self, width: u32) {
        let size = json!({
            "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false
        });
        self.devtools("Emulation.setDeviceMetricsOverride", &size);
    }

    /// A command of Chromium's developer tools.
    pub(crate) fn devtools(&self, command: &str, params: &Value) -> Value {
        self.own("goog/cdp/execute", json!({ "cmd": command, "params": params }))
    }

    /// What a log holds since it was asked for last: `browser` or `performance`.
    pub(crate) fn log(&self, kind: &str) -> Vec<Value> {
        let log = self.own("se/log", json!({ "type": kind }));
        log.as_array().cloned().expect("a log is a list")
    }

    fn own(&self, path: &'static str, body: Value) -> Value {
        let result = self.runtime.block_on(self.client().issue_cmd(Own { path, body }));
        result.unwrap_or_else(|e| panic!("{path}: {e}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let _ = self.runtime.block_on(client.close());
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Presses and lets go of a key, as a keyboard does.
pub(crate) fn press(browser: &Browser, key: &str, code: u32) {
    let mut event =
        json!({ "type": "keyDown", "key": key, "windowsVirtualKeyCode": code });
    event["code"] = json!(if key == " " { "Space" } else { key });
    // These are characters too: a form is sent by one, and a choice made by the other.
    match key {
        "Enter" => event["text"] = json!("\r"),
        " " => event["text"] = json!(" "),
        _ => {}
    }
    browser.devtools("Input.dispatchKeyEvent", &event);
    event["type"] = json!("keyUp");
    browser.devtools("Input.dispatchKeyEvent", &event);
}

/// The port that the driver chose: it says so in its third line or so.
fn port(driver: &mut Child) -> u16 {
    let stdout = driver.stdout.take().expect("it is piped");
    let lines = BufReader::new(stdout).lines().map_while(Result::ok);
    let mut ports = lines.filter_map(|line| {
        let port = line.split("started successfully on port ").nth(1)?;
        port.trim_end_matches('.').parse().ok()
    });
    ports.next().expect("chromedriver says its port")
}

fn capabilities(profile: &TempDir) -> serde_json::Map<String, Value> {
    let profile = format!("--user-data-dir={}", profile.path().display());
    let args: Vec<_> = ARGS.into_iter().chain([profile.as_str()]).collect();
    let all = json!({
        "goog:chromeOptions": { "args": args },
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        "timeouts": { "script": 120_000 },
    });
    all.as_object().cloned().expect("it is written as one")
}

/// A file of a package in `target/tools`, where `.ci/run` puts what checks the book.
pub(crate) fn tool(name: &str) -> Option<PathBuf> {
    let lib = root().join("target/tools/lib");
    let pythons = lib.read_dir().ok()?.filter_map(Result::ok);
    let mut places = pythons.map(|it| it.path().join("site-packages").join(name));
    places.find(|place| place.is_file())
}
