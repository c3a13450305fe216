//! That a picture is fit for a page: it can be read there, and disturbs nothing.

#![expect(clippy::unwrap_used, reason = "in a test the panic is the message")]

#[path = "fixtures/dom.rs"]
mod dom;
mod fixtures;

use dom::{number, of_class, texts};
use fixtures::{Story, all, awkward, empty, everything, sleepers};
use roxmltree::{Document, Node};
use trace::{How, On, Trace, What};

/// Every fixture, with its two pictures.
fn pictures() -> Vec<String> {
    let both = |trace: &Trace| [trace.to_svg(), trace.to_picture_narrow().svg];
    all().iter().flat_map(both).collect()
}

#[test]
fn every_picture_is_well_formed_xml() {
    for picture in pictures() {
        Document::parse(&picture).unwrap();
    }
}

#[test]
fn a_trace_can_be_cut_anywhere() {
    let whole = everything();
    for length in 0..whole.events.len() {
        let mut trace = whole.clone();
        trace.events.truncate(length);
        Document::parse(&trace.to_svg()).unwrap();
        trace.events = whole.events[length..].to_vec();
        Document::parse(&trace.to_svg()).unwrap();
    }
}

#[test]
fn a_picture_brings_no_script_no_id_and_no_class_of_the_page() {
    for picture in pictures() {
        let picture = Document::parse(&picture).unwrap();
        for node in picture.descendants().filter(Node::is_element) {
            assert!(!node.has_tag_name("script"));
            assert_eq!(node.attribute("id"), None);
            let classes = node.attribute("class").unwrap_or_default().split(' ');
            assert!(
                classes
                    .into_iter()
                    .all(|class| class.is_empty() || class.starts_with("tr-"))
            );
        }
    }
}

#[test]
fn markup_in_a_name_is_escaped() {
    let picture = awkward().to_svg();
    assert!(picture.contains("&lt;b&gt;&amp;&quot;bold&quot;&lt;/b&gt;"));
    assert!(!picture.contains("<b>"));
    assert!(!picture.contains('\u{7}') && !picture.contains('\u{202e}'));
}

#[test]
fn a_long_line_is_broken_at_words_and_loses_none() {
    let story = Story::new();
    let long = "one two three four five six seven eight nine ten ".repeat(6);
    story.runs("talker", &[&long], On::Turn);
    for picture in
        [story.trace("long").to_svg(), story.trace("long").to_picture_narrow().svg]
    {
        let picture = Document::parse(&picture).unwrap();
        let said = of_class(&picture, "tr-said").into_iter();
        let said: Vec<&str> = said.filter_map(|part| part.text()).collect();
        assert!(said.len() > 3);
        assert_eq!(said.join(" ").trim(), long.trim());
    }
}

#[test]
fn every_printed_word_is_in_the_picture() {
    for trace in all() {
        let picture = trace.to_svg();
        let told = texts(&Document::parse(&picture).unwrap()).join("\n");
        for event in &trace.events {
            let What::Printed { text } = &event.what else { continue };
            let words = text.split(|c: char| !c.is_alphanumeric());
            for word in words.filter(|word| word.is_ascii() && word.len() < 40) {
                assert!(told.contains(word), "{word} in {told}");
            }
        }
    }
}

#[test]
fn a_word_longer_than_a_line_ends_in_an_ellipsis() {
    let story = Story::new();
    story.ends("talker", &[&"x".repeat(500)], How::Returned(None));
    let picture = story.trace("word").to_picture_narrow().svg;
    assert!(picture.contains("xxx…</tspan>"));
    assert!(!picture.contains(&"x".repeat(60)));
}

/// Characters of the widest common monospaced face are 0.62 em wide.
#[test]
fn no_printed_line_leaves_the_page() {
    for picture in pictures() {
        let picture = Document::parse(&picture).unwrap();
        let right = number(picture.root_element(), "width") * 100;
        for part in of_class(&picture, "tr-said") {
            let text = part.text().unwrap_or_default();
            if let (Some(x), true) = (part.attribute("x"), text.is_ascii()) {
                let x: usize = x.parse().unwrap();
                assert!(x * 100 + text.len() * 13 * 62 <= right, "{text}");
            }
        }
    }
}

/// No face that is common has an average width under half an em.
#[test]
fn no_line_of_several_texts_leaves_the_page() {
    for picture in pictures() {
        let picture = Document::parse(&picture).unwrap();
        let right = number(picture.root_element(), "width");
        let lines = picture.descendants().filter(|node| node.has_tag_name("text"));
        for parts in lines.map(|line| line.children().filter(Node::is_element)) {
            let mut end = 0;
            for part in parts {
                let x = part.attribute("x").map(|x| x.parse().unwrap());
                let text = part.text().unwrap_or_default();
                end = x.unwrap_or(end + 12) + text.chars().count() * 6;
            }
            assert!(end <= right);
        }
    }
}

#[test]
fn the_description_counts_tasks_and_turns() {
    let picture = sleepers(2).to_svg();
    let desc = "<desc>2 tasks (sleepy-1, sleepy-2) from 0 ms to 150 ms, in 9 turns of the loop.</desc>";
    assert!(picture.contains(desc), "{picture}");
    assert!(picture.contains("<title>fixture: sleepy</title>"));
    assert!(empty().to_svg().contains("<desc>An empty trace: nothing happened.</desc>"));
}

#[test]
fn a_page_that_sets_a_colour_overrides_both_schemes() {
    let picture = empty().to_svg();
    let colours = picture.split("--tr-").skip(1).filter_map(|it| it.split_once(':'));
    let set: Vec<_> = colours.filter(|(name, _)| !name.contains(')')).collect();
    assert_eq!(set.len(), 32, "sixteen on light paper, sixteen on dark");
    for (name, value) in set {
        assert!(value.starts_with(&format!("var(--trace-{name},#")), "{name}: {value}");
    }
}

/// Relative luminance of `#rrggbb`, as WCAG 2 defines it.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
        let value = f64::from(value) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_text_can_be_read_on_light_and_on_dark() {
    let picture = empty().to_svg();
    let (light, dark) = picture.split_once("@media").unwrap();
    for scheme in [light, dark] {
        let colour = |name: &str| {
            let (_, rest) = scheme.split_once(&format!("var(--trace-{name},")).unwrap();
            rest[..7].to_owned()
        };
        let tasks = (1..=8).map(|n| format!("task-{n}"));
        let others = ["ink", "muted", "failed", "loop"].map(str::to_owned);
        for name in tasks.clone().chain(others) {
            for paper in ["paper", "band"] {
                let contrast = contrast(&colour(&name), &colour(paper));
                assert!(contrast >= 4.5, "{name} on {paper}: {contrast}");
            }
        }
        for name in tasks {
            assert!(contrast(&colour("on-task"), &colour(&name)) >= 4.5, "{name}");
        }
    }
}

#[test]
fn the_same_trace_gives_the_same_picture() {
    assert_eq!(pictures(), pictures());
}

/// Markdown ends a block of HTML at a blank line, and begins one with a tag alone.
#[test]
fn a_picture_can_be_put_into_markdown() {
    for picture in pictures() {
        assert!(picture.lines().all(|line| !line.trim().is_empty()));
        let first = picture.lines().next().unwrap();
        assert!(first.starts_with("<svg ") && first.ends_with('>'));
    }
}

#[test]
fn the_line_of_an_event_is_where_it_is_told() {
    for trace in all() {
        for drawn in [trace.to_picture(), trace.to_picture_narrow()] {
            let picture = Document::parse(&drawn.svg).unwrap();
            assert_eq!(drawn.lines.len(), trace.events.len());
            for (event, middle) in trace.events.iter().zip(&drawn.lines) {
                let What::Printed { text } = &event.what else { continue };
                let said = of_class(&picture, "tr-said").into_iter();
                let here =
                    |it: &Node<'_, '_>| number(it.parent().unwrap(), "y") == middle + 4;
                let mut starts = said.filter(here).filter_map(|it| it.text());
                let last = text.split('\n').next_back().unwrap();
                let first = last.chars().take_while(|c| c.is_alphanumeric());
                let first: String = first.take(8).collect();
                let is_told = first.is_empty() || starts.any(|it| it.starts_with(&first));
                assert!(is_told, "{text:?} at {middle}");
            }
        }
    }
}
