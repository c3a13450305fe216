//! Scales, numbers and names of a chart, and a data file that is wrong.

use super::draw::{NARROW, WIDE, svg, words};
use super::figure_of;
use super::labels::{Area, Spot, places};
use super::scale::{Scale, count, ratio, time};
use crate::measured::{Measured, parsed};

const GOOD: &str = r#"{
    "schema": 1, "title": "Time of a <turn>", "x": "idle ones",
    "machine": { "cores": 2, "system": "Linux", "rustc": "1.95.0", "date": "2026-11-21" },
    "series": [
        { "name": "short", "ends": "no more room", "points": [
            { "n": 10, "median_ns": 3873.4, "low_ns": 3862.9, "high_ns": 3882.7 },
            { "n": 1000, "median_ns": 66493, "low_ns": 66370, "high_ns": 66617 } ] },
        { "name": "long", "ends": null, "points": [
            { "n": 10, "median_ns": 2509, "low_ns": 2504, "high_ns": 2513 },
            { "n": 1000, "median_ns": 62247, "low_ns": 62051, "high_ns": 62444 },
            { "n": 10000, "median_ns": 842980, "low_ns": 810000, "high_ns": 882000 } ] },
        { "name": "flat", "points": [
            { "n": 10, "median_ns": 4890, "low_ns": 4828, "high_ns": 4964 },
            { "n": 10000, "median_ns": 5046, "low_ns": 5018, "high_ns": 5077 } ] }
    ]
}"#;

fn good() -> Measured {
    parsed(GOOD).unwrap()
}

/// Where the line called `name` is drawn.
fn spots(svg: &str, line: usize) -> Vec<Spot> {
    let path = svg.split("<path class=\"ch-path\" d=\"M").nth(line + 1).unwrap();
    let (path, _) = path.split_once('"').unwrap();
    let spot = |it: &str| {
        let (x, y) = it.split_once(' ').unwrap();
        (x.parse().unwrap(), y.parse().unwrap())
    };
    path.split('L').map(spot).collect()
}

#[test]
fn a_scale_goes_from_power_to_power_and_each_takes_the_same_room() {
    let scale = Scale::new([20.0, 50_000.0].into_iter(), 0.0, 400.0);
    assert_eq!(scale.ticks().collect::<Vec<_>>(), [10.0, 100.0, 1e3, 1e4, 1e5]);
    let places = [10.0, 100.0, 1e3, 1e5].map(|it| scale.at(it).round());
    assert_eq!(places.map(|it| format!("{it}")), ["0", "100", "200", "400"]);
}

#[test]
fn one_value_has_a_scale_too() {
    let scale = Scale::new([100.0].into_iter(), 300.0, 0.0);
    assert_eq!(scale.ticks().collect::<Vec<_>>(), [100.0, 1_000.0]);
    assert!((scale.at(100.0) - 300.0).abs() < 0.01);
}

#[test]
fn numbers_have_as_many_digits_as_matter() {
    let times = [40.581, 999.6, 4_890.5, 66_529.0, 842_980.0, 1e6, 2.5e9];
    let two = times.map(|it| time(it, 2));
    assert_eq!(two, ["41 ns", "1 µs", "4.9 µs", "67 µs", "840 µs", "1 ms", "2.5 s"]);
    assert_eq!(time(4_890.5, 3), "4.89 µs");
    let ratios =
        [(842_980.0, 5_046.0), (3.0, 2.0), (2.0, 2.01)].map(|(a, b)| ratio(a, b));
    assert_eq!(ratios, ["170", "1.5", "1.0"]);
    assert_eq!(
        [count(10.0), count(1_000.0), count(1_234_567.0)],
        ["10", "1,000", "1,234,567"]
    );
}

#[test]
fn a_line_has_the_points_that_were_measured_and_no_others() {
    let svg = svg(&good(), WIDE);
    assert_eq!([0, 1, 2].map(|line| spots(&svg, line).len()), [2, 3, 2]);
    let (left, right) = (spots(&svg, 1)[0].0, spots(&svg, 1)[2].0);
    let two_thirds = left + (right - left) * 2.0 / 3.0;
    assert!((spots(&svg, 0)[1].0 - two_thirds).abs() < 0.2, "1,000 of 10 to 10,000");
    assert_eq!(svg.matches("ch-mark").count(), 7);
    assert_eq!(svg.matches("ch-interval").count(), 7);
}

#[test]
fn a_gap_is_said_in_the_table_with_its_reason() {
    let markdown = figure_of(&good()).markdown;
    let row = markdown.lines().find(|line| line.starts_with("| 10,000 |")).unwrap();
    assert!(row.contains("| no&nbsp;more&nbsp;room | 843&nbsp;µs (810&nbsp;µs"), "{row}");
    let row = markdown.lines().find(|line| line.starts_with("| 1,000 |")).unwrap();
    assert!(row.ends_with("| not&nbsp;measured |"), "{row}");
}

#[test]
fn a_chart_speaks_to_those_who_do_not_see_it() {
    let markdown = figure_of(&good()).markdown;
    assert!(markdown.contains("role=\"img\""), "{markdown}");
    assert!(markdown.contains("<title>Time of a &lt;turn&gt;</title>"), "{markdown}");
    assert!(markdown.contains("flat: 4.9 µs at 10, 5 µs at 10,000."), "{markdown}");
    assert!(markdown.contains("Measured on 2026-11-21: 2 cores, Linux, Rust 1.95.0."));
}

/// A line's spots, and fifty on the way from each to the next.
fn dense(spots: &[Spot]) -> impl Iterator<Item = Spot> {
    let parts = (0..=50).map(|part| f64::from(part) / 50.0);
    spots.windows(2).flat_map(move |pair| {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        parts.clone().map(move |part| (x + part * (to_x - x), y + part * (to_y - y)))
    })
}

#[test]
fn names_cover_no_line_no_other_name_and_stay_on_the_paper() {
    for (paper, width, height) in [(WIDE, 700.0, 400.0), (NARROW, 340.0, 340.0)] {
        let measured = good();
        let svg = svg(&measured, paper);
        let lines: Vec<_> = measured.series.iter().map(words).zip(0..).collect();
        let lines: Vec<_> =
            lines.into_iter().map(|(words, at)| (words, spots(&svg, at))).collect();
        let paper = Area { left: 52.0, top: 0.0, right: width, bottom: height };
        let names = places(&lines, paper);
        for (at, name) in names.iter().enumerate() {
            assert!(paper.holds(*name), "{name:?}");
            assert!(!names[..at].iter().any(|other| name.overlaps(*other)), "{names:?}");
            let all = lines.iter().flat_map(|(_, spots)| dense(spots));
            for (x, y) in all {
                let inside = Area { left: x, top: y, right: x, bottom: y };
                assert!(!name.holds(inside), "{name:?} covers {x} {y}");
            }
        }
    }
}

#[test]
fn names_of_lines_that_end_together_stand_apart() {
    let lines =
        ["one", "two", "three"].map(|it| (vec![it], vec![(0.0, 90.0), (100.0, 50.0)]));
    let names = places(&lines, Area { left: 0.0, top: 0.0, right: 200.0, bottom: 100.0 });
    let [one, two, three] = *names else { panic!("three names") };
    assert!(
        !one.overlaps(two) && !two.overlaps(three) && !one.overlaps(three),
        "{names:?}"
    );
}

#[test]
fn a_file_that_is_wrong_says_where() {
    let wrong = [
        ("\"schema\": 1", "\"schema\": 2", "`schema` must be 1"),
        ("\"x\": \"idle ones\",", "", "`x` must be a text"),
        (
            "\"cores\": 2",
            "\"cores\": \"two\"",
            "`machine`: `cores` must be a number above zero",
        ),
        ("\"n\": 1000,", "\"n\": 5,", "series `short`: `n` must go up"),
        (
            "\"median_ns\": 2509",
            "\"median_ns\": 1",
            "series `long`: n=10: the median is outside its interval",
        ),
        (
            "\"low_ns\": 4828",
            "\"low_ns\": 0",
            "series `flat`: `low_ns` must be a number above zero",
        ),
        (
            "\"points\"",
            "\"dots\"",
            "series `short`: `points` must be a list, and not empty",
        ),
    ];
    for (right, wrong, message) in wrong {
        let error = parsed(&GOOD.replacen(right, wrong, 1)).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
    let error = parsed(&GOOD[..100]).unwrap_err().to_string();
    assert!(error.starts_with("this is no JSON: "), "{error}");
}
