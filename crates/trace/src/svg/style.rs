//! Colours and fonts: the style sheet that every picture carries.
//!
//! Invariant: a page's own properties win. A picture asks for `--trace-ink` before it
//! takes its own ink, on light paper and on dark. Every colour of a text has a contrast
//! of at least 4.5 to the paper and to the band; the first five tasks' colours are
//! Okabe's and Ito's, darkened or lightened until that holds.

use std::fmt::Write as _;

/// Tasks with a colour of their own. Lane, name and number tell the others apart.
pub(super) const COLOURS: usize = 8;

/// A property's name, and its colours on light and on dark paper.
const PALETTE: [(&str, &str, &str); 16] = [
    ("paper", "#ffffff", "#17181c"),
    ("ink", "#1d1d1f", "#ececf1"),
    ("muted", "#5c626b", "#a4a9b3"),
    ("rule", "#d5d9e0", "#3a3e48"),
    ("band", "#f1f4f8", "#22252b"),
    ("failed", "#b3261e", "#ff8a80"),
    ("loop", "#4b5563", "#b6bcc8"),
    ("on-task", "#ffffff", "#17181c"),
    ("task-1", "#0062a8", "#6cb6ff"),
    ("task-2", "#a94300", "#ff9d5c"),
    ("task-3", "#006f59", "#45cfa2"),
    ("task-4", "#a13a7a", "#f08cc6"),
    ("task-5", "#7a6000", "#e3c34a"),
    ("task-6", "#006b80", "#5cd3e8"),
    ("task-7", "#5b4ab8", "#b8abff"),
    ("task-8", "#6b5548", "#cdb9a6"),
];

/// What doesn't depend on the paper. Sizes are those that `words` measures by.
const RULES: &str = "\
.tr-picture{max-width:100%;height:auto;\
font-family:var(--trace-sans,system-ui,-apple-system,\"Segoe UI\",Roboto,Helvetica,Arial,sans-serif);\
font-size:12px;font-weight:400;letter-spacing:0}
.tr-paper{fill:var(--tr-paper)}
.tr-band{fill:var(--tr-band)}
.tr-rule{stroke:var(--tr-rule);stroke-dasharray:1 3;fill:none}
.tr-c0{color:var(--tr-loop)}
.tr-more{color:var(--tr-muted)}
.tr-bar,.tr-head{fill:currentColor}
.tr-hollow{fill:var(--tr-paper);stroke:currentColor;stroke-width:2}
.tr-line,.tr-dots,.tr-wake{stroke:currentColor;stroke-width:2;fill:none}
.tr-dots{stroke-linecap:round;stroke-dasharray:.1 5}
.tr-thin .tr-line,.tr-thin .tr-wake,.tr-thin .tr-hollow{stroke-width:1}
.tr-thin .tr-dots{stroke-width:1.5}
.tr-cross{stroke:var(--tr-failed);stroke-width:2.5;stroke-linecap:round;fill:none}
.tr-num{fill:var(--tr-on-task);font-size:10px;font-weight:700;text-anchor:middle}
.tr-time{fill:var(--tr-muted);text-anchor:end;font-variant-numeric:tabular-nums}
.tr-said,.tr-time{font-family:var(--trace-mono,ui-monospace,SFMono-Regular,Menlo,Consolas,\
\"Liberation Mono\",monospace)}
.tr-said{fill:var(--tr-ink);font-size:13px}
.tr-note{fill:var(--tr-muted)}
.tr-failed{fill:var(--tr-failed);font-weight:600}
.tr-who{fill:currentColor;font-size:13px;font-weight:600}
";

/// The whole sheet. It is the same in every picture, so that those of one page agree.
pub(super) fn css() -> String {
    let (mut light, mut dark) = (String::new(), String::new());
    for (name, on_light, on_dark) in PALETTE {
        let _ = write!(light, "--tr-{name}:var(--trace-{name},{on_light});");
        let _ = write!(dark, "--tr-{name}:var(--trace-{name},{on_dark});");
    }
    let mut css = format!(
        ".tr-picture{{{light}}}\n\
         @media (prefers-color-scheme:dark){{.tr-picture{{{dark}}}}}\n{RULES}"
    );
    for colour in 1..=COLOURS {
        let _ = writeln!(css, ".tr-c{colour}{{color:var(--tr-task-{colour})}}");
    }
    css
}
