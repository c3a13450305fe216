//! A question as a page shows it: a form, and the answer folded under it.
//!
//! Invariant: the form is whole without a script. What `theme/js/questions.js` says, it
//! takes from the folded answer, so that nothing is said in two places.

use super::data::{Choice, Question, Rule};
use super::key::Key;
use super::rows::Rows;
use super::shuffle::{of_choices, shuffled};
use super::words::{decides, events, inline, said, shown, tagless};
use crate::Error;
use crate::facts;
use crate::html::{code, code_box, escaped};
use crate::render::Rendered;

/// What is written so far.
#[derive(Default)]
struct Form {
    /// Lines of HTML, none of them blank: Markdown leaves them alone.
    html: String,
    /// What a reader reads, a line each, marked in front.
    text: String,
}

/// The form of `question`, which the rows `key` decide.
pub(super) fn of(
    question: &Question,
    rows: &Rows<'_>,
    key: &Key,
) -> Result<Rendered, Error> {
    let mut form = Form::default();
    let name = &question.name;
    form.tag(&format!("<form class=\"question\" id=\"question-{name}\">\n<fieldset>"));
    form.line("", "<legend>", &inline(&question.ask)?, "</legend>");
    form.table(question, rows, question.given)?;
    let events = events(question, rows, key)?;
    match question.rule {
        Rule::Events(_) => form.items(name, &events),
        _ => form.choices(question)?,
    }
    form.tag("<p class=\"act\"><button type=\"submit\">Check</button></p>");
    form.tag("<div class=\"said\" role=\"status\"></div>\n</fieldset>");
    form.tag("<details>\n<summary>Answer</summary>");
    match question.rule {
        Rule::Events(_) => {
            form.places(&events, rows, key);
            form.line("", "<p class=\"why\">", &inline(&question.why)?, "</p>");
        }
        _ => form.verdicts(question)?,
    }
    match shown(question, key) {
        None => form.line("", "<p><code>", &command(question), "</code></p>"),
        lines => form.table(question, rows, lines)?,
    }
    form.tag("</details>\n</form>");
    Ok(Rendered { markdown: form.html, text: form.text, svg: None })
}

impl Form {
    /// HTML that is nobody's text.
    fn tag(&mut self, html: &str) {
        self.html.extend([html, "\n"]);
    }

    /// The HTML `inner` between `open` and `close`, and as text behind `mark`.
    fn line(&mut self, mark: &str, open: &str, inner: &str, close: &str) {
        self.tag(&format!("{open}{inner}{close}"));
        self.text.extend([mark, &tagless(inner), "\n"]);
    }

    /// The events, shuffled, each with its place in the answer.
    fn items(&mut self, name: &str, events: &[String]) {
        self.tag("<ol class=\"events\">");
        for at in shuffled(name, events.len()) {
            let open = format!("<li data-place=\"{at}\"><span>");
            let spoken = escaped(&tagless(&events[at]));
            let button = |step: &str, word: &str, sign: &str| {
                let label = format!("aria-label=\"{word}: {spoken}\"");
                format!(
                    "<button type=\"button\" value=\"{step}\" {label}>{sign}</button>"
                )
            };
            let (up, down) = (button("-1", "Earlier", "↑"), button("1", "Later", "↓"));
            let moves = format!("</span><span class=\"moves\">{up}{down}</span></li>");
            self.line("- ", &open, &events[at], &moves);
        }
        self.tag("</ol>");
    }

    /// The events in the order of the trace, and what put each there.
    fn places(&mut self, events: &[String], rows: &Rows<'_>, key: &Key) {
        self.tag("<ol class=\"key\">");
        for (number, (event, at)) in (1..).zip(events.iter().zip(key)) {
            let decides = decides(rows, key, *at);
            let inner = format!("{event}: <span class=\"decides\">{decides}</span>");
            self.line(&format!("{number}. "), "<li>", &inner, "</li>");
        }
        self.tag("</ol>");
    }

    /// The choices, each with its place in the answer; 0 is the right one.
    fn choices(&mut self, question: &Question) -> Result<(), Error> {
        let Question { name, choices, rule, .. } = question;
        let shown: Vec<&str> = choices.iter().map(Choice::shown).collect();
        for at in of_choices(name, &shown) {
            let input = format!("<input type=\"radio\" name=\"{name}\" value=\"{at}\">");
            let open = format!("<label>{input} <span>");
            self.line("- ", &open, &said(&choices[at], rule)?, "</span></label>");
        }
        Ok(())
    }

    /// What there is to say about each choice, the right one first.
    fn verdicts(&mut self, question: &Question) -> Result<(), Error> {
        self.tag("<ul class=\"key\">");
        for (at, choice) in question.choices.iter().enumerate() {
            let said = said(choice, &question.rule)?;
            let (verdict, why) = match at {
                0 => ("Right", &question.why),
                _ => ("Wrong", &choice.why),
            };
            let why = inline(why)?;
            let inner = format!(
                "<strong>{verdict}: {said}.</strong> <span class=\"decides\">{why}</span>"
            );
            self.line("", "<li>", &inner, "</li>");
        }
        self.tag("</ul>");
        Ok(())
    }

    /// Some rows of the trace, under the command that prints it.
    fn table(
        &mut self,
        question: &Question,
        rows: &Rows<'_>,
        lines: Option<(usize, usize)>,
    ) -> Result<(), Error> {
        let Question { chapter, scenario, .. } = question;
        let Some((first, last)) = lines else { return Ok(()) };
        let text = facts::rows(&rows.table, lines)?;
        let caption = code(&command(question));
        let label = format!("Trace of {scenario} in {chapter}, lines {first} to {last}");
        let body = code_box("text", &label, &text);
        self.tag("<figure class=\"trace\">");
        self.tag(&format!("<figcaption>{caption}</figcaption>\n{body}\n</figure>"));
        self.text += &text;
        Ok(())
    }
}

/// What a reader types to see the trace that decides.
fn command(question: &Question) -> String {
    format!("cargo run -p {} -- {}", question.chapter, question.scenario)
}
