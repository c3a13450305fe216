//! What a directive stands for: fetched, and made into Markdown.
//!
//! Invariant: nothing here has words of its own but captions. Whatever a figure shows is
//! a file's lines, a program's output, or a recording's rendering.

use std::fs;

use trace::Trace;

use crate::chart;
use crate::claims::{self, Claim};
use crate::diffs::{self, changed, one_file};
use crate::directive::{Directive, Listing, Run, Spot};
use crate::facts::{assertions, fact, rows};
use crate::html::{code, code_box, counted, figure, folded, plain, read};
use crate::listing::Cut;
use crate::measured::Measured;
use crate::outline::{Stages, outline};
use crate::player::OnPage;
use crate::recorded::recorded;
use crate::sources::Sources;
use crate::{Error, Programs, Workspace, glossary, life, question, stage_diff};

/// A directive's expansion.
#[derive(Debug)]
pub(crate) struct Rendered {
    /// What takes the directive's place in the page.
    pub(crate) markdown: String,
    /// The same as plain text.
    pub(crate) text: String,
    /// The picture, if it is one.
    pub(crate) svg: Option<String>,
}

/// Where everything is fetched from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Renderer<'a> {
    /// The sources.
    pub(crate) sources: &'a Sources<'a>,
    /// The built programs.
    pub(crate) programs: &'a Programs,
    /// What outlines are made of.
    pub(crate) stages: &'a Stages,
}

impl Renderer<'_> {
    /// Fetches what `it` stands for, in a page that holds `on_page` before it.
    pub(crate) fn render(
        self,
        it: &Directive,
        on_page: &mut OnPage,
    ) -> Result<Rendered, Error> {
        let (ws, page) = (self.sources.workspace, &on_page.page.clone());
        match it {
            Directive::Listing(it) => self.listing(it),
            Directive::Trace { of, lines, is_folded } => {
                self.trace(of, *lines, *is_folded)
            }
            Directive::Picture { of, until } => self.picture(of, until.as_ref(), on_page),
            Directive::Beside { from, to, scenario, until } => {
                self.beside((from, to), scenario, until.as_ref(), on_page)
            }
            Directive::Output(line) => self.output(line),
            Directive::DiffCode { from, to, file } => {
                self.diff_code(from, to, file.as_deref())
            }
            Directive::DiffTrace { from, to, scenario } => {
                self.diff_trace(from, to, scenario)
            }
            Directive::DiffScenarios { chapter, scenarios: [from, to] } => {
                self.diff_scenarios(chapter, from, to)
            }
            Directive::DiffFiles { chapter, files: [from, to] } => {
                self.diff_files(chapter, from, to)
            }
            Directive::Fact { of, name } => {
                Ok(inline(&fact(&self.recording(of)?.1, name)))
            }
            Directive::Life(of) => {
                let (chapter, trace) = self.recording(of)?;
                Ok(life::figure_of(&chapter, &of.scenario, &trace))
            }
            Directive::Number { chapter, name } => self.number(chapter, name),
            Directive::Scenarios(chapter) => self.scenarios(chapter),
            Directive::Chart(name) => {
                Ok(chart::figure_of(&Measured::read(self.sources.workspace, name)?))
            }
            Directive::Measured { chart, of, by } => {
                self.measured(chart, of, by.as_ref())
            }
            Directive::Question(name) => question::render(self, name),
            Directive::Outline(chapter) => {
                Ok(listed(outline(ws, self.stages, page, chapter)?))
            }
            Directive::Claim(name) => {
                let claim = Claim::find(ws, name)?;
                Ok(block(claim.heading(), claim.heading_text()))
            }
            Directive::Verdict(name) => verdict(ws, page, name),
            Directive::Misconceptions(verdicts) => {
                Ok(listed(claims::index(ws, page, *verdicts)?))
            }
            Directive::Recorded { folder, name } => {
                Ok(listed(recorded(ws, folder, name)?))
            }
            Directive::Glossary => Ok(listed(glossary::list(ws, page)?)),
        }
    }

    fn listing(self, listing: &Listing) -> Result<Rendered, Error> {
        let cut = Cut::of(self.sources, listing)?;
        let file = format!("{}/{}", cut.chapter, cut.file);
        let names: Vec<String> = listing.items.iter().map(|it| code(it)).collect();
        let (names, spoken) = match names.is_empty() {
            true => (String::new(), String::new()),
            false => (format!(" › {}", names.join(", ")), listing.items.join(", ")),
        };
        let part = listing.lines.map(|(first, last)| format!(", lines {first}–{last}"));
        let part = part.unwrap_or_default();
        let caption = format!("{}{names}{part}", code(&file));
        let label = format!("{file} {spoken}{part}");
        let language = match cut.file.rsplit_once('.') {
            Some((_, "rs")) => "rust",
            Some((_, "toml")) => "toml",
            _ => "text",
        };
        let body = code_box(language, &label, &cut.text);
        Ok(block(figure("listing", &caption, &body), cut.text))
    }

    fn trace(
        self,
        of: &Run,
        lines: Option<(usize, usize)>,
        is_folded: bool,
    ) -> Result<Rendered, Error> {
        let (chapter, trace) = self.recording(of)?;
        let text = rows(&trace.to_text(), lines)?;
        let scenario = &of.scenario;
        let label = format!("Trace of {scenario} in {chapter}");
        let body = code_box("text", &label, &text);
        let command = code(&format!("cargo run -p {chapter} -- {scenario}"));
        let events = counted(trace.events.len(), "event");
        let summary = format!("Trace of {}: {events}, {command}", code(scenario));
        let markdown = match is_folded {
            true => folded("trace", &summary, &body),
            false => figure("trace", &command, &body),
        };
        Ok(block(markdown, text))
    }

    fn output(self, line: &str) -> Result<Rendered, Error> {
        let output = self.programs.command(line)?;
        if !output.success {
            let said = output.stderr.trim_end();
            return Err(Error::new(format!("`{line}` failed: {said}")));
        }
        let body = code_box("text", &format!("Output of {line}"), &output.stdout);
        let text = format!("$ {line}\n{}", output.stdout);
        Ok(block(figure("output", &code(line), &body), text))
    }

    fn diff_code(
        self,
        from: &str,
        to: &str,
        file: Option<&str>,
    ) -> Result<Rendered, Error> {
        let (from, to) = (self.sources.chapter(from)?, self.sources.chapter(to)?);
        let all = stage_diff::code(self.sources.workspace, &from.name, &to.name)?;
        let diff = match file {
            None => all,
            Some(file) => {
                if !from.dir.join(file).is_file() && !to.dir.join(file).is_file() {
                    return Err(Error::unknown("changed file", file, &changed(&all)));
                }
                one_file(&all, file)
            }
        };
        let what = file.map_or("Code".to_owned(), code);
        Ok(diffs::figure(&what, &from.name, &to.name, &diff))
    }

    fn diff_trace(self, from: &str, to: &str, scenario: &str) -> Result<Rendered, Error> {
        let (from, to) = (self.sources.chapter(from)?, self.sources.chapter(to)?);
        let diff = stage_diff::traces(self.programs, &from.name, &to.name, scenario)?;
        let what = format!("Trace of {}", code(scenario));
        Ok(diffs::figure(&what, &from.name, &to.name, &diff))
    }

    fn diff_scenarios(
        self,
        chapter: &str,
        from: &str,
        to: &str,
    ) -> Result<Rendered, Error> {
        let chapter = self.sources.chapter(chapter)?.name.clone();
        let diff = stage_diff::scenarios(self.programs, &chapter, from, to)?;
        Ok(diffs::figure("Trace", from, to, &diff))
    }

    fn diff_files(self, chapter: &str, from: &str, to: &str) -> Result<Rendered, Error> {
        let chapter = self.sources.chapter(chapter)?;
        let diff = stage_diff::files(&chapter, from, to)?;
        Ok(diffs::figure("Code", from, to, &diff))
    }

    /// `NAME = VALUE` in a chapter's snapshots of numbers.
    fn number(self, chapter: &str, name: &str) -> Result<Rendered, Error> {
        let chapter = self.sources.chapter(chapter)?;
        let dir = chapter.dir.join("tests/snapshots");
        let mut numbers = Vec::new();
        for entry in fs::read_dir(&dir).into_iter().flatten() {
            let path = entry.map_err(|cause| Error::io("read", &dir, cause))?.path();
            if path.to_string_lossy().ends_with("numbers.snap") {
                let text = fs::read_to_string(&path);
                let text = text.map_err(|cause| Error::io("read", &path, cause))?;
                numbers.extend(assertions(&text));
            }
        }
        let value = numbers.iter().find(|(known, _)| known == name);
        let missing = || {
            let known: Vec<&String> = numbers.iter().map(|(name, _)| name).collect();
            let what =
                format!("number in {}'s tests/snapshots/*numbers.snap", chapter.name);
            Error::unknown(&what, name, &known)
        };
        value.map(|(_, value)| inline(value)).ok_or_else(missing)
    }

    fn measured(
        self,
        name: &str,
        (line, n): &Spot,
        by: Option<&Spot>,
    ) -> Result<Rendered, Error> {
        let measured = Measured::read(self.sources.workspace, name)?;
        let of = measured.median(line, *n)?;
        Ok(inline(&match by {
            None => chart::time(of, 2),
            Some((line, n)) => chart::ratio(of, measured.median(line, *n)?),
        }))
    }

    fn scenarios(self, chapter: &str) -> Result<Rendered, Error> {
        let chapter = self.sources.chapter(chapter)?.name;
        let scenarios = self.programs.scenarios(&chapter)?;
        let rows = scenarios.iter().map(|(name, about)| {
            format!("| <code>{}</code> | {} |\n", plain(name), plain(about))
        });
        let markdown = "| scenario | what it shows |\n|---|---|\n".to_owned();
        let markdown = rows.fold(markdown, |table, row| table + &row);
        let lines = scenarios.iter().map(|(name, about)| format!("{name}: {about}\n"));
        Ok(block(markdown, lines.collect()))
    }

    /// A recording, and its chapter's full name.
    pub(crate) fn recording(self, of: &Run) -> Result<(String, Trace), Error> {
        let chapter = self.sources.chapter(&of.chapter)?.name;
        let trace = self.programs.trace(&chapter, &of.scenario)?;
        Ok((chapter, trace))
    }
}

fn verdict(ws: &Workspace, page: &str, name: &str) -> Result<Rendered, Error> {
    let sentence = Claim::find(ws, name)?.sentence(ws, page)?;
    let text = format!("{}\n", read(&sentence));
    Ok(block(sentence, text))
}

fn listed((markdown, text): (String, String)) -> Rendered {
    block(markdown, text)
}

fn block(markdown: String, text: String) -> Rendered {
    Rendered { markdown, text, svg: None }
}

/// A word in a sentence; its number and unit stay on one line.
fn inline(text: &str) -> Rendered {
    let markdown = plain(text).replace(' ', "&nbsp;");
    block(markdown, text.to_owned())
}
