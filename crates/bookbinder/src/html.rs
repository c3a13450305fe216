//! The HTML that pages get: figures with their captions, and boxes of code.
//!
//! Invariant: what is made here is a block of Markdown by itself. A page's Markdown can't
//! break it, nor it the page's: no line inside is blank but in `<pre>`.

use std::fmt::Write as _;

use pulldown_cmark::{Event, Parser};

/// `text` as it stands in HTML, between tags or in an attribute.
pub(crate) fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

/// `text` as code in a line of HTML.
pub(crate) fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// A figure of class `class`: `caption` is HTML, and `body` a block of Markdown.
pub(crate) fn figure(class: &str, caption: &str, body: &str) -> String {
    format!(
        "<figure class=\"{class}\">\n<figcaption>{caption}</figcaption>\n\n{body}\n\n</figure>"
    )
}

/// The same, closed until the reader opens it.
pub(crate) fn folded(class: &str, summary: &str, body: &str) -> String {
    format!(
        "<figure class=\"{class}\">\n<details>\n<summary>{summary}</summary>\n\n\
         {body}\n\n</details>\n</figure>"
    )
}

/// A box of code. It may be wider than the page: so it can be reached and scrolled by
/// keyboard, and says what it is, which is `label`. With `ignore`, mdBook adds neither a
/// `main` nor a button that would send the code away.
pub(crate) fn code_box(language: &str, label: &str, text: &str) -> String {
    let (class, text) = match language {
        "rust" => ("language-rust ignore".to_owned(), unhidden(text)),
        _ => (format!("language-{language}"), text.to_owned()),
    };
    format!(
        "<pre><code class=\"{class}\" tabindex=\"0\" role=\"group\" \
         aria-label=\"{}\">{}</code></pre>",
        escaped(label),
        escaped(&text)
    )
}

/// mdBook hides lines of Rust that begin with `# `, unless the `#` is doubled.
fn unhidden(text: &str) -> String {
    let mut shown = String::new();
    for line in text.split_inclusive('\n') {
        let start = line.len() - line.trim_start().len();
        let (blank, rest) = line.split_at(start);
        let is_hidden = matches!(rest.trim_end(), "#" | "##") || rest.starts_with("# ");
        let mark = if is_hidden || rest.starts_with("##") { "#" } else { "" };
        let _ = write!(shown, "{blank}{mark}{rest}");
    }
    shown
}

/// An SVG that can stand in a page: without a prologue, and no line of it blank.
pub(crate) fn embedded(svg: &str) -> String {
    let start = svg.find("<svg").unwrap_or(0);
    let lines = svg[start..].lines().filter(|line| !line.trim().is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// `text` in a line of Markdown, so that it reads as it is.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if "\\`*_[]|~#".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// `1 line`, `2 lines`.
pub(crate) fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The text of a line of Markdown, as it is read.
pub(crate) fn read(markdown: &str) -> String {
    let parts = Parser::new(markdown).map(|event| match event {
        Event::Text(text) | Event::Code(text) => text.into_string(),
        _ => String::new(),
    });
    parts.collect()
}
