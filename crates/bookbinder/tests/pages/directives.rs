//! What each directive shows, over the fixture workbook.

use crate::fixture::expand;

/// A directive shows `expected` as plain text.
#[track_caller]
fn check(directive: &str, expected: &str) {
    let page = expand(&format!("{directive}\n")).unwrap_or_else(|e| panic!("{e}"));
    let [shown] = &*page.shown else {
        panic!("one directive, {} found", page.shown.len())
    };
    assert_eq!(shown.directive, directive);
    assert_eq!(shown.text, expected, "\n{}", shown.text);
}

/// The page's Markdown, expanded.
#[track_caller]
fn markdown(page: &str) -> String {
    expand(page).unwrap_or_else(|e| panic!("{e}")).markdown
}

#[test]
fn a_listing_shows_an_item_with_its_docs_attributes_and_comments() {
    check(
        "{{#listing ch01-kinds src/lib.rs Holder}}",
        "// A comment right above belongs to the item,\n// and so does this line.\n\
         /// Holds a value.\n#[derive(Debug)]\npub struct Holder<T> {\n    \
         /// The value.\n    value: T,\n}\n",
    );
}

#[test]
fn a_listing_finds_every_kind_of_item() {
    let kinds = [
        ("MANY", "/// How many.\npub const MANY: u32 = 3;\n"),
        ("WORD", "/// A word.\nstatic WORD: &str = \"word\";\n"),
        ("Table", "/// Another name for it.\ntype Table<K> = BTreeMap<K, u32>;\n"),
        (
            "twice",
            "/// Says it twice.\nmacro_rules! twice {\n    ($it:expr) => {\n        \
             ($it, $it)\n    };\n}\n",
        ),
        ("Side", "/// Left or right.\nenum Side {\n    Left,\n    Right,\n}\n"),
        ("inner", "mod inner;\n"),
        ("\"mod inner\"", "mod inner;\n"),
        ("mod", "mod inner;\n"),
        ("outer::nested", "/// Inside of a module.\npub fn nested() {}\n"),
        ("use", "use std::collections::BTreeMap;\nuse std::fmt;\n\npub use inner::*;\n"),
        (
            "//!",
            "//! One of each kind of item.\n//!\n//! Invariant: nothing here does \
             anything.\n\n#![allow(dead_code)]\n",
        ),
    ];
    for (item, expected) in kinds {
        check(&format!("{{{{#listing ch01-kinds src/lib.rs {item}}}}}"), expected);
    }
}

#[test]
fn a_listing_finds_members_by_type_by_trait_and_by_impl() {
    let new = "/// Takes it.\npub fn new(value: T) -> Self {\n    Self { value }\n}\n";
    let say = "// Plain.\nfn say(&self) -> String {\n    let text = \
               self.value.to_string();\n\n    text\n}\n";
    let binary = "fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {\n    \
                  f.write_str(\"10\")\n}\n";
    let members = [
        ("Holder::new", new),
        ("\"impl Holder::new\"", new),
        ("Holder::say", say),
        ("\"impl Speak for Holder::say\"", say),
        ("\"impl Speak for Holder<T>::say\"", say),
        ("Binary::fmt", binary),
        ("\"impl fmt::Binary for Side::fmt\"", binary),
        ("Speak::say", "/// Says it.\nfn say(&self) -> String;\n"),
        ("Speak::LOUD", "/// How loud.\nconst LOUD: u32 = 1;\n"),
    ];
    for (item, expected) in members {
        check(&format!("{{{{#listing ch01-kinds src/lib.rs {item}}}}}"), expected);
    }
}

#[test]
fn an_impl_is_found_without_its_generics() {
    let expected = "impl fmt::Display for Side {\n    fn fmt(&self, f: &mut \
                    fmt::Formatter<'_>) -> fmt::Result {\n        f.write_str(\"side\")\n    \
                    }\n}\n";
    check("{{#listing ch01-kinds src/lib.rs \"impl Display for Side\"}}", expected);
    let page = markdown("{{#listing ch01-kinds src/lib.rs \"impl Holder\"}}");
    assert!(page.contains("impl&lt;T&gt; Holder&lt;T&gt; {"), "{page}");
}

#[test]
fn items_stand_in_the_order_asked_parted_by_a_blank_line() {
    check(
        "{{#listing 1 src/lib.rs Holder::same MANY}}",
        "fn same(&self) {}\n\n/// How many.\npub const MANY: u32 = 3;\n",
    );
}

#[test]
fn a_listing_can_widen_an_item_or_take_a_part_of_it() {
    check(
        "{{#listing ch02 src/lib.rs more around=1}}",
        "\n/// New here.\npub fn more() {}\n",
    );
    check(
        "{{#listing ch01-kinds src/inner.rs long lines=3-4}}",
        "let _ = 3;\nlet _ = 4;\n",
    );
    check("{{#listing ch02-more Cargo.toml lines=2}}", "name = \"ch02-more\"\n");
}

#[test]
fn a_trace_is_the_programs_table() {
    check(
        "{{#trace ch01-kinds nap lines=3-5}}",
        " time  turn  who   what\n…\n 0 ms     1  nap   suspended until 50 ms\n \
         0 ms     2  loop  waits 50 ms (1 timer)\n50 ms     2  loop  woke: timer of nap\n…\n",
    );
    let page = markdown("{{#trace ch01-kinds nap fold}}");
    assert!(page.contains("<summary>Trace of <code>nap</code>: 7 events"), "{page}");
}

#[test]
fn a_number_comes_from_a_trace_or_from_a_test() {
    let facts = [
        ("nap end", "50 ms"),
        ("nap turns", "3"),
        ("nap events", "7"),
        ("nap tasks", "1"),
        ("nap prints", "1"),
        ("naps", "5"),
        ("\"naps one by one\"", "2.5 s"),
    ];
    for (fact, expected) in facts {
        check(&format!("{{{{#number ch01-kinds {fact}}}}}"), expected);
    }
    let line = "It naps {{#number 1 naps}} times, *{{#number 1 nap end}}* each.";
    assert_eq!(markdown(line), "It naps 5 times, *50&nbsp;ms* each.");
}

#[test]
fn an_output_is_what_the_command_line_prints() {
    let line = "{{#output cargo run -p ch01-kinds -- nap --trace output}}";
    check(line, "$ cargo run -p ch01-kinds -- nap --trace output\nzz <z>\n\nzz\n");
    let page = markdown(line);
    assert!(page.contains("<code>cargo run -p ch01-kinds -- nap --trace output</code>"));
    assert!(page.contains(">zz &lt;z&gt;\n\nzz\n</code>"), "{page}");
}

#[test]
fn scenarios_are_a_table() {
    check("{{#scenarios ch01-kinds}}", "nap: Sleeps | 50 ms.\nbroken: Fails.\n");
    let page = markdown("{{#scenarios ch01-kinds}}");
    assert!(page.contains("| <code>nap</code> | Sleeps \\| 50 ms. |\n"), "{page}");
}

#[test]
fn a_difference_is_folded_and_counted() {
    let trace = markdown("{{#diff trace ch01-kinds ch02-more nap}}");
    assert!(trace.contains("<code>ch02-more</code>: 1 line added, 1 removed"), "{trace}");
    assert!(trace.contains("language-diff"), "{trace}");
    assert!(trace.contains("\n-") && trace.contains("prints: zz &lt;z&gt;"), "{trace}");
    let code = markdown("{{#diff code ch01-kinds ch02-more}}");
    assert!(code.contains("--- ch01-kinds/src/inner.rs"), "{code}");
    let file = markdown("{{#diff code ch01-kinds ch02-more src/lib.rs}}");
    assert!(file.contains("+++ ch02-more/src/lib.rs"), "{file}");
    assert!(!file.contains("inner.rs"), "{file}");
}

#[test]
fn a_difference_can_be_of_two_files_or_scenarios_of_a_chapter() {
    let files = markdown("{{#diff files ch01-kinds src/inner.rs src/lib.rs}}");
    let summary = "Code, from <code>src/inner.rs</code> to <code>src/lib.rs</code>: ";
    assert!(files.contains(summary), "{files}");
    assert!(files.contains("+++ ch01-kinds/src/lib.rs\n"), "{files}");
    let same = markdown("{{#diff scenarios ch01-kinds nap nap}}");
    let summary = "Trace, from <code>nap</code> to <code>nap</code>: no difference.";
    assert!(same.contains(summary), "{same}");
}

#[test]
fn a_difference_of_nothing_says_so() {
    let page = markdown("{{#diff trace ch01-kinds ch01-kinds nap}}");
    assert!(page.contains("no difference"), "{page}");
    assert!(!page.contains("<details"), "{page}");
}

#[test]
fn a_picture_is_drawn_wide_and_narrow_without_a_blank_line() {
    let page = expand("{{#picture ch01-kinds nap until=0ms}}\n").unwrap();
    let picture = &page.shown[0];
    assert!(picture.svg.as_ref().unwrap().starts_with("<svg"), "{picture:?}");
    assert!(picture.text.starts_with("ch01-kinds: nap. "));
    assert!(page.markdown.contains(", until 0 ms</figcaption>"), "{}", page.markdown);
    let (_, drawn) = page.markdown.split_once("<div class=\"wide\">\n<svg").unwrap();
    let (drawn, _) = drawn.split_once("\n</svg>\n</div>\n</div>\n").unwrap();
    assert!(drawn.contains("</svg>\n</div>\n<div class=\"narrow\">\n<svg"), "{drawn}");
    assert!(!drawn.contains("\n\n"), "{drawn}");
}

#[test]
fn a_picture_ends_at_the_time_asked() {
    let until = |ms| format!("{{{{#picture ch01-kinds nap until={ms}ms}}}}\n");
    let svg = |page: &str| expand(page).unwrap().shown[0].svg.clone().unwrap();
    assert!(!svg(&until(49)).contains("woke"));
    assert!(svg(&until(50)).contains("woke"));
    let whole = svg("{{#picture ch01-kinds nap}}\n");
    assert_ne!(whole, svg(&until(49)));
    for all in ["50ms", "50000us", "50000000ns", "1s", "1min", "1h"] {
        assert_eq!(svg(&format!("{{{{#picture ch01-kinds nap until={all}}}}}\n")), whole);
    }
    let shorter = svg("{{#picture ch01-kinds nap until=49999us}}\n");
    assert_eq!(shorter, svg("{{#picture ch01-kinds nap until=49999999ns}}\n"));
    assert_ne!(shorter, whole);
}

#[test]
fn code_is_escaped_and_no_line_of_it_is_hidden() {
    let page = markdown("{{#listing ch01-kinds src/lib.rs odd}}");
    assert!(page.contains("\n## not hidden &lt;b&gt; &amp;amp;\n"), "{page}");
}

#[test]
fn boxes_that_may_scroll_can_be_reached_and_say_what_they_are() {
    let page = markdown("{{#trace ch01-kinds nap}}");
    let reachable =
        "tabindex=\"0\" role=\"group\" aria-label=\"Trace of nap in ch01-kinds\"";
    assert!(page.contains(reachable), "{page}");
}

#[test]
fn code_comments_and_escapes_are_left_alone() {
    let pages = [
        "Write `{{#trace ch01-kinds nap}}` so.\n",
        "```text\n{{#nothing at all}}\n```\n",
        "    {{#nothing at all}}\n",
        "\\{{#nothing at all}}\n",
        "<!-- {{#nothing at all}} -->\n",
        "A span `of two\n{{#nothing}} lines`.\n",
        "{{ no directive }}\n",
    ];
    for page in pages {
        assert_eq!(markdown(page), page);
    }
}

#[test]
fn a_figure_stands_apart_from_the_paragraphs_around_it() {
    let page = markdown("Before.\n{{#trace ch01-kinds nap}}\nAfter.\n");
    assert!(page.starts_with("Before.\n\n<figure class=\"trace\">\n"), "{page}");
    assert!(page.ends_with("\n\n</figure>\n\nAfter.\n"), "{page}");
}

#[test]
fn a_chart_shows_what_was_measured_drawn_twice_and_as_a_table() {
    check(
        "{{#chart sorts}}",
        "Time of a sort. Measured on 2026-11-21: 1 core, Linux, Rust 1.95.0.\n",
    );
    let page = markdown("{{#chart sorts}}");
    assert_eq!(page.matches("<svg class=\"ch-chart\"").count(), 2, "{page}");
    let row = "| 10 | 40.5&nbsp;ns (40&nbsp;ns&nbsp;to&nbsp;41.1&nbsp;ns) |";
    assert!(page.contains(row), "{page}");
}

#[test]
fn a_measured_time_or_ratio_stands_in_a_sentence() {
    let line = "It takes {{#measured sorts list 10}}, and then *{{#measured sorts list \
                1000 / list 10}}* times as long.";
    assert_eq!(markdown(line), "It takes 41&nbsp;ns, and then *57* times as long.");
}
