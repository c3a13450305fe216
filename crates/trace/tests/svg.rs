//! What a picture shows of a trace.

#![expect(clippy::unwrap_used, reason = "in a test the panic is the message")]

#[path = "fixtures/dom.rs"]
mod dom;
mod fixtures;

use dom::{has_class, number, of_class, texts};
use fixtures::{Story, all, delegation, everything, ms, sleepers, stubborn};
use roxmltree::{Document, Node};
use trace::{On, Trace};

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

/// `M{x} {top}V{bottom}`: the top and bottom of a line down a lane.
fn ends(line: Node<'_, '_>) -> (usize, usize) {
    let path = line.attribute("d").unwrap();
    let (from, bottom) = path.split_once('V').unwrap();
    let (_, top) = from.split_once(' ').unwrap();
    (top.parse().unwrap(), bottom.parse().unwrap())
}

/// `M{x} ...`: where an arrow comes from.
fn start(arrow: Node<'_, '_>) -> usize {
    let path = arrow.attribute("d").unwrap();
    path[1..].split_once(' ').unwrap().0.parse().unwrap()
}

#[test]
fn every_task_has_a_lane() {
    for trace in all() {
        let picture = trace.to_svg();
        let picture = Document::parse(&picture).unwrap();
        let bars = of_class(&picture, "tr-bar").into_iter();
        let own = bars.filter(|bar| !has_class(bar.parent().unwrap(), "tr-more"));
        let mut lefts: Vec<usize> = own.map(|bar| number(bar, "x")).collect();
        assert!(lefts.is_sorted(), "the first to appear on the left");
        lefts.dedup();
        assert_eq!(lefts.len(), trace.tasks().len().min(30));
    }
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
    // Lines of ten tasks in one lane would say nothing.
    let lane = in_lane(&picture, "tr-more", "tr-line").into_iter();
    let lines = lane.filter(|line| line.attribute("d").unwrap().contains('V'));
    assert_eq!(lines.count(), 1, "the key's");
    assert!(number(of_class(&picture, "tr-who")[0], "x") < 320, "room for words");
    assert!(
        picture
            .descendants()
            .any(|node| node.text() == Some("in the last lane: 10 more tasks"))
    );
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
    // Under the bar, not on it.
    let cross = in_lane(&picture, "tr-c1", "tr-cross")[0].attribute("d").unwrap();
    let (_, top) = cross.split_once('l').unwrap().0.split_once(' ').unwrap();
    let bar = *in_lane(&picture, "tr-c1", "tr-bar").last().unwrap();
    assert!(number(bar, "y") + number(bar, "height") <= top.parse().unwrap());
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

/// The words of a picture, a line each: where they stand is for the eye to judge.
fn told(trace: &Trace) -> String {
    let picture = trace.to_svg();
    let picture = Document::parse(&picture).unwrap();
    texts(&picture).join("\n")
}

#[test]
fn the_words_of_everything() {
    insta::assert_snapshot!(told(&everything()), @r#"
    spawned: server, client
    server | listens | until listener is readable
    client | connects | spawns logger | until socket 4 is writable
    logger | on the channel
    loop | waits 3 ms (2 descriptors)
    woke: listener is readable, socket 4 is writable
    server | accepts | wakes logger | gives way
    client | sends ping | until server ends
    logger | server: accepts | cancelled
    server | panicked, index out of bounds
    client | the server is gone | until 13 ms
    spawned: helper
    helper | suspended, and nobody will wake it
    loop | waits 10 ms (1 timer, 1 descriptor)
    woke: message from another thread | wakes client
    client | failed, connection reset
    helper | closed
    "#);
}

#[test]
fn the_words_of_a_delegation() {
    insta::assert_snapshot!(told(&delegation()), @r#"
    outer | yields 1
    main | got 1
    outer | resumes inner
    inner | inner begins | yields 2
    outer | yields 2
    main | got 2
    outer | with send "abc" | resumes inner
    inner | with send "abc"
    inner received abc | returned 3
    outer | inner gave 3 | yields 4
    main | got 4
    outer | with throw boom | failed, boom
    "#);
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

#[test]
fn a_wake_by_the_program_around_the_loop_is_its_own_and_not_the_loops() {
    let story = Story::new();
    story.observer.spawned("sleeper");
    story.runs("sleeper", &[], On::Future("the bell".to_owned()));
    story.waits(5, 0, 1, Vec::new());
    story.observer.woken("sleeper", "main");
    story.observer.around("main", || trace::printed("rang"));
    story.observer.woken("sleeper", "main");
    let picture = story.trace("bell").to_svg();
    let picture = Document::parse(&picture).unwrap();
    let lane = number(in_lane(&picture, "tr-c1", "tr-bar")[0], "x");
    assert!(
        lane < start(in_lane(&picture, "tr-c1", "tr-wake")[0]),
        "from the lane of main, on the right"
    );
    insta::assert_snapshot!(told(&story.trace("bell")), @r"
    spawned: sleeper
    sleeper | on the bell
    loop | waits 5 ms (1 descriptor)
    woke: nothing came
    sleeper | woken by main
    main | rang | wakes sleeper
    ");
}

#[test]
fn whoever_ends_a_sleep_has_an_arrow_to_the_sleeper() {
    let picture = everything().to_svg();
    let picture = Document::parse(&picture).unwrap();
    // The client's socket has room, the server that it awaits ends, its timer is due and
    // the loop says so in the same instant.
    let arrows = in_lane(&picture, "tr-c2", "tr-wake");
    let starts = arrows.iter().map(|arrow| start(*arrow)).collect::<Vec<_>>();
    let lane = number(in_lane(&picture, "tr-c2", "tr-bar")[0], "x");
    assert!(starts.iter().all(|x| *x < lane), "{starts:?}: from the loop, the server");
    assert_eq!(starts.len(), 3);
    assert_eq!(in_lane(&picture, "tr-c2", "tr-head").len(), 3, "and no diamond");
}

#[test]
fn a_task_that_nobody_wakes_is_suspended_to_the_end() {
    let story = Story::new();
    story.runs("forgotten", &[], On::Nothing);
    story.observer.around("main", || trace::printed("goes on"));
    let picture = story.trace("forgotten").to_svg();
    let picture = Document::parse(&picture).unwrap();
    let (_, bottom) = ends(in_lane(&picture, "tr-c1", "tr-dots")[0]);
    let main = in_lane(&picture, "tr-c2", "tr-bar")[0];
    assert!(number(main, "y") + number(main, "height") <= bottom);
}

#[test]
fn a_print_of_two_lines_is_two_lines() {
    let story = Story::new();
    story.runs("poet", &["roses\nviolets"], On::Turn);
    assert_eq!(told(&story.trace("poet")), "poet | roses\nviolets | gives way");
}
