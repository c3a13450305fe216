//! What a picture shows, and that it is fit for a page.

mod fixtures;

use fixtures::{
    Story, awkward, delegation, empty, everything, ms, sleepers, stubborn,
};
use roxmltree::{Document, Node};
use trace::{How, On, Trace};

/// Every fixture, with its two pictures.
fn pictures() -> Vec<String> {
    let traces = [
        sleepers(2),
        sleepers(8),
        sleepers(24),
        sleepers(40),
        delegation(),
        everything(),
        stubborn(),
        awkward(),
        empty(),
    ];
    traces
        .iter()
        .flat_map(|trace| [trace.to_svg(), trace.to_svg_narrow()])
        .collect()
}

fn has_class(node: Node<'_, '_>, class: &str) -> bool {
    let classes = node.attribute("class").unwrap_or_default();
    classes.split(' ').any(|it| it == class)
}

/// The nodes of a class, in drawing order.
fn of_class<'a, 'd>(picture: &'a Document<'d>, class: &str) -> Vec<Node<'a, 'd>> {
    let nodes = picture.descendants();
    nodes.filter(|node| has_class(*node, class)).collect()
}

/// The nodes of a class inside a lane's group, without the key's.
fn in_lane<'a, 'd>(
    picture: &'a Document<'d>,
    lane: &str,
    class: &str,
) -> Vec<Node<'a, 'd>> {
    let nodes = of_class(picture, class).into_iter();
    nodes
        .filter(|node| node.parent().is_some_and(|group| has_class(group, lane)))
        .collect()
}

fn number(node: Node<'_, '_>, attribute: &str) -> usize {
    node.attribute(attribute).unwrap().parse().unwrap()
}

/// `M{x} {top}V{bottom}`: the top and bottom of a line down a lane.
fn ends(line: Node<'_, '_>) -> (usize, usize) {
    let path = line.attribute("d").unwrap();
    let (from, bottom) = path.split_once('V').unwrap();
    let (_, top) = from.split_once(' ').unwrap();
    (top.parse().unwrap(), bottom.parse().unwrap())
}

/// Lines of text, from the top, each with its parts joined.
fn texts(picture: &Document<'_>) -> Vec<String> {
    let lines = picture.descendants().filter(|node| {
        node.has_tag_name("text") && node.children().any(|part| part.is_element())
    });
    let parts = |line: Node<'_, '_>| {
        let parts = line.children().filter_map(|part| part.text());
        parts.collect::<Vec<_>>().join(" | ").replace('\u{a0}', " ")
    };
    lines.map(parts).collect()
}

#[test]
fn every_picture_is_well_formed_xml() {
    for picture in pictures() {
        Document::parse(&picture).unwrap();
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
            assert!(classes.into_iter().all(|class| class.is_empty() || class.starts_with("tr-")));
        }
    }
}

#[test]
fn every_task_has_a_lane() {
    let picture = sleepers(5).to_svg();
    let picture = Document::parse(&picture).unwrap();
    let mut lefts: Vec<usize> = (1..=5)
        .map(|n| number(in_lane(&picture, &format!("tr-c{n}"), "tr-bar")[0], "x"))
        .collect();
    lefts.dedup();
    assert_eq!(lefts.len(), 5);
    assert!(lefts.is_sorted());
}

#[test]
fn thirty_tasks_have_lanes_and_the_rest_share_one() {
    let picture = sleepers(40).to_svg();
    let picture = Document::parse(&picture).unwrap();
    let bars = of_class(&picture, "tr-bar").into_iter();
    let mut lefts: Vec<usize> = bars.map(|bar| number(bar, "x")).collect();
    let key = lefts.split_off(lefts.len() - 2);
    lefts.sort_unstable();
    lefts.dedup();
    assert_eq!(lefts.len(), 31);
    assert!(key[0] < lefts[0], "the key's bars come last");
    assert!(picture.descendants().any(|node| node.text() == Some("in the last lane: 10 more tasks")));
}

#[test]
fn a_suspended_span_ends_where_the_task_is_resumed() {
    let picture = delegation().to_svg();
    let picture = Document::parse(&picture).unwrap();
    let bars = in_lane(&picture, "tr-c1", "tr-bar");
    let dots = in_lane(&picture, "tr-c1", "tr-dots");
    assert_eq!((bars.len(), dots.len()), (4, 3));
    for (line, bars) in dots.iter().zip(bars.windows(2)) {
        let (top, bottom) = ends(*line);
        assert_eq!(top, number(bars[0], "y") + number(bars[0], "height") + 3);
        assert_eq!(bottom, number(bars[1], "y"));
    }
}

#[test]
fn nothing_is_drawn_before_a_spawn_or_after_an_end() {
    let picture = sleepers(2).to_svg();
    let picture = Document::parse(&picture).unwrap();
    let ring = in_lane(&picture, "tr-c2", "tr-hollow")[0];
    let foot = in_lane(&picture, "tr-c2", "tr-bar");
    let last = foot.last().unwrap();
    let last = number(*last, "y") + number(*last, "height");
    for class in ["tr-line", "tr-dots"] {
        let lines = in_lane(&picture, "tr-c2", class).into_iter();
        for line in lines.filter(|line| line.attribute("d").unwrap().contains('V')) {
            let (top, bottom) = ends(line);
            assert!(number(ring, "cy") <= top && bottom <= last);
        }
    }
}

#[test]
fn a_caller_runs_beside_the_task_that_it_resumed() {
    let picture = delegation().to_svg();
    let picture = Document::parse(&picture).unwrap();
    let outer = in_lane(&picture, "tr-c1", "tr-bar")[1];
    let inner = in_lane(&picture, "tr-c3", "tr-bar")[0];
    assert!(number(outer, "y") < number(inner, "y"));
    let bottom = |bar| number(bar, "y") + number(bar, "height");
    assert!(bottom(inner) < bottom(outer));
    // Two calls, two arrows.
    assert_eq!(in_lane(&picture, "tr-c3", "tr-wake").len(), 2);
}

#[test]
fn an_arrow_leads_from_the_loop_to_the_task_whose_timer_it_names() {
    let picture = sleepers(2).to_svg();
    let picture = Document::parse(&picture).unwrap();
    assert_eq!(in_lane(&picture, "tr-c1", "tr-wake").len(), 3);
    // The second one's timers are due at the same instants, but nobody has said so.
    assert_eq!(in_lane(&picture, "tr-c2", "tr-wake").len(), 0);
    assert_eq!(in_lane(&picture, "tr-c2", "tr-head").len(), 3);
}

#[test]
fn a_task_is_ready_from_when_it_was_woken_not_from_when_it_runs() {
    let picture = stubborn().to_svg();
    let picture = Document::parse(&picture).unwrap();
    let ready = in_lane(&picture, "tr-c1", "tr-line")[0];
    let stubborn = in_lane(&picture, "tr-c2", "tr-bar")[0];
    let (from, _) = ends(ready);
    let (top, height) = (number(stubborn, "y"), number(stubborn, "height"));
    assert!((top..top + height).contains(&from));
    assert!(texts(&picture).contains(&"sleepy | 250 ms late".to_owned()));
}

#[test]
fn a_woken_task_is_named_by_who_woke_it() {
    let picture = everything().to_svg();
    let picture = Document::parse(&picture).unwrap();
    let line = "server | accepts | wakes logger | gives way".to_owned();
    assert!(texts(&picture).contains(&line), "{:#?}", texts(&picture));
    assert_eq!(in_lane(&picture, "tr-c3", "tr-wake").len(), 2, "a spawn and a wake");
}

#[test]
fn an_end_by_error_has_a_cross_and_any_other_a_foot() {
    let picture = everything().to_svg();
    let picture = Document::parse(&picture).unwrap();
    let crosses = |lane| in_lane(&picture, lane, "tr-cross").len();
    assert_eq!((crosses("tr-c1"), crosses("tr-c2")), (1, 1));
    assert_eq!((crosses("tr-c3"), crosses("tr-c4")), (0, 0));
}

#[test]
fn a_time_is_shown_where_it_changes() {
    let picture = stubborn().to_svg();
    let picture = Document::parse(&picture).unwrap();
    let times = of_class(&picture, "tr-time").into_iter();
    let times: Vec<&str> = times.filter_map(|time| time.text()).collect();
    assert_eq!(times, ["0 ms", "100 ms", "200 ms", "300 ms"]);
}

#[test]
fn without_a_loop_there_are_no_times() {
    let picture = delegation().to_svg();
    let picture = Document::parse(&picture).unwrap();
    assert!(of_class(&picture, "tr-time").is_empty());
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
    for picture in [story.trace("long").to_svg(), story.trace("long").to_svg_narrow()] {
        let picture = Document::parse(&picture).unwrap();
        let said = of_class(&picture, "tr-said").into_iter();
        let said: Vec<&str> = said.filter_map(|part| part.text()).collect();
        assert!(said.len() > 3);
        assert_eq!(said.join(" ").trim(), long.trim());
    }
}

#[test]
fn a_word_longer_than_a_line_ends_in_an_ellipsis() {
    let story = Story::new();
    story.ends("talker", &[&"x".repeat(500)], How::Returned(None));
    let picture = story.trace("word").to_svg_narrow();
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
        if value <= 0.03928 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
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

/// Rows, times and words of a picture, for reading: coordinates are for the eye.
fn told(trace: &Trace) -> String {
    let picture = trace.to_svg();
    let picture = Document::parse(&picture).unwrap();
    texts(&picture).join("\n")
}

#[test]
fn the_words_of_everything() {
    insta::assert_snapshot!(told(&everything()), @"");
}

#[test]
fn the_words_of_a_delegation() {
    insta::assert_snapshot!(told(&delegation()), @"");
}

#[test]
fn a_wake_before_the_suspension_leaves_the_task_ready() {
    let story = Story::new();
    story.observer.resumed("eager");
    story.observer.woken("eager", "eager");
    story.observer.suspended("eager", On::Future("itself".to_owned()));
    story.runs("eager", &[], On::timer(ms(1)));
    let picture = story.trace("eager").to_svg();
    let picture = Document::parse(&picture).unwrap();
    assert!(texts(&picture)[0].contains("wakes itself"));
    assert_eq!(in_lane(&picture, "tr-c1", "tr-line").len(), 1);
}
