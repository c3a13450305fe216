//! How a page shows pictures: drawn, and with what a script needs to step through them.
//!
//! Invariant: a picture is whole without the script. What the script gets stands in the
//! figure as data, out of sight of readers and of the book's search.

use trace::{Picture, Trace};

use crate::Error;
use crate::directive::Run;
use crate::facts::described;
use crate::html::{code, embedded, escaped};
use crate::player::{MOST, OnPage, Side, data, room};
use crate::render::{Rendered, Renderer};
use crate::stage_diff::check_both;

impl Renderer<'_> {
    /// The picture of a recording, up to a time.
    pub(crate) fn picture(
        self,
        of: &Run,
        until: Option<&(u64, String)>,
        on_page: &mut OnPage,
    ) -> Result<Rendered, Error> {
        let (chapter, trace) = self.recording(of)?;
        let trace = beginning(&trace, until);
        let (wide, narrow) = (trace.to_picture(), trace.to_picture_narrow());
        let drawing = format!(
            "<div class=\"drawing\">\n<div class=\"wide\">\n{}\n</div>\n\
             <div class=\"narrow\">\n{}\n</div>\n</div>",
            embedded(&wide.svg),
            embedded(&narrow.svg),
        );
        let said = format!("{} in {}", code(&of.scenario), code(&chapter));
        let (text, svg) = (format!("{}\n", described(&wide.svg)), wide.svg.clone());
        let side = Side { trace: &trace, pictures: vec![&wide, &narrow] };
        let id = format!("play-{chapter}-{}", of.scenario);
        let caption = said + &part(until);
        let markdown = self.figure("picture", &id, &caption, &drawing, &[side], on_page);
        Ok(Rendered { markdown, text, svg: Some(svg) })
    }

    /// The pictures of one scenario in two chapters, side by side.
    pub(crate) fn beside(
        self,
        (from, to): (&str, &str),
        scenario: &str,
        until: Option<&(u64, String)>,
        on_page: &mut OnPage,
    ) -> Result<Rendered, Error> {
        let (from, to) = (self.sources.chapter(from)?, self.sources.chapter(to)?);
        let (from, to) = (from.name, to.name);
        check_both(self.programs, &from, &to, scenario)?;
        let trace = |chapter| self.programs.trace(chapter, scenario);
        let (old, new) =
            (beginning(&trace(&from)?, until), beginning(&trace(&to)?, until));
        let (a, b) = (old.to_picture_narrow(), new.to_picture_narrow());
        let body = format!("{}\n{}", half(&from, &a), half(&to, &b));
        let (code_from, code_to) = (code(&from), code(&to));
        let caption =
            format!("{} in {code_from} and in {code_to}{}", code(scenario), part(until));
        let sides = [(&old, &a), (&new, &b)];
        let sides = sides.map(|(trace, it)| Side { trace, pictures: vec![it] });
        let id = format!("play-{from}-{to}-{scenario}");
        let body = format!("<div class=\"drawings\">\n{body}\n</div>");
        let markdown = self.figure("beside", &id, &caption, &body, &sides, on_page);
        let text = format!("{}\n{}\n", described(&a.svg), described(&b.svg));
        Ok(Rendered { markdown, text, svg: Some(body) })
    }

    /// A figure, with what makes it a player unless its recordings are too long.
    fn figure(
        self,
        class: &str,
        id: &str,
        caption: &str,
        body: &str,
        sides: &[Side<'_>],
        on_page: &mut OnPage,
    ) -> String {
        let id = escaped(&on_page.id(id));
        let is_long = sides.iter().any(|side| side.trace.events.len() > MOST);
        let is_empty = sides.iter().any(|side| side.trace.events.is_empty());
        let player = match is_long || is_empty {
            true => String::new(),
            false => player(sides, &data(self, sides, on_page)),
        };
        let class = match player.is_empty() {
            true => class.to_owned(),
            false => format!("{class} player"),
        };
        format!(
            "<figure class=\"{class}\" id=\"{id}\">\n<figcaption>{caption}</figcaption>\n\n\
             {body}\n{player}\n</figure>"
        )
    }
}

/// One of two drawings, under the name of its chapter.
fn half(chapter: &str, picture: &Picture) -> String {
    let svg = embedded(&picture.svg);
    format!(
        "<div class=\"half\">\n<p>{}</p>\n<div class=\"drawing\">\n{svg}\n</div>\n</div>",
        code(chapter)
    )
}

/// What the script fills, and what with: `json`.
fn player(sides: &[Side<'_>], json: &str) -> String {
    let (rows, tasks) = room(sides);
    format!(
        "<div class=\"panel\" style=\"--rows:{rows};--tasks:{tasks}\"></div>\n\
         <script type=\"application/json\">{json}</script>\n"
    )
}

fn beginning(trace: &Trace, until: Option<&(u64, String)>) -> Trace {
    let last = until.map_or(u64::MAX, |(ns, _)| *ns);
    trace.filtered(|event| event.t_ns <= last)
}

fn part(until: Option<&(u64, String)>) -> String {
    until.map(|(_, said)| format!(", until {}", escaped(said))).unwrap_or_default()
}
