//! What a page is told when it asks for something that isn't there.

use crate::fixture::expand;

/// A page of two lines, the second being `directive`, fails with `expected`.
#[track_caller]
fn check(directive: &str, expected: &str) {
    let error = expand(&format!("Text.\n{directive}\n"))
        .expect_err("the directive is wrong")
        .to_string();
    let start = "book/src/test.md:2: ";
    assert!(error.starts_with(start), "{error}");
    assert!(error[start.len()..].contains(expected), "{error}");
}

#[test]
fn an_unknown_directive_or_option_names_the_nearest() {
    check(
        "{{#listings ch01-kinds src/lib.rs MANY}}",
        "no directive is called `listings`; did you mean `listing`? There are: listing,",
    );
    check("{{#include a.rs}}", "no directive is called `include`");
    check(
        "{{#listing ch01-kinds src/lib.rs MANY arround=3}}",
        "no option of listing is called `arround`; did you mean `around`?",
    );
    check("{{#scenarios ch01-kinds x=1}}", "no option of scenarios is called `x`");
    check("{{#diff cod a b}}", "no diff is called `cod`; did you mean `code`?");
    check("{{#diff scenario a b c}}", "did you mean `scenarios`?");
}

#[test]
fn a_directive_that_is_written_wrongly_shows_how() {
    check("{{#trace ch01-kinds}}", "{{#trace CHAPTER SCENARIO [lines=A-B] [fold]}}");
    check("{{#trace ch01-kinds nap folded}}", "`trace` is written");
    check("{{#output }}", "`output` is written {{#output COMMAND LINE}}");
    check("{{#diff code ch01-kinds}}", "`diff` is written");
    check(
        "{{#diff scenarios ch01-kinds nap}}",
        "diff scenarios CHAPTER SCENARIO SCENARIO",
    );
    check("{{#diff files ch01-kinds src/lib.rs}}", "diff files CHAPTER FILE FILE");
    check("{{#listing ch01-kinds src/lib.rs \"impl Holder}}", "lacks its closing quote");
    check("{{#trace ch01-kinds nap", "lacks its `}}` on the same line");
    check("{{#picture ch01-kinds nap until=soon}}", "until=soon can't be read");
    check("{{#trace ch01-kinds nap lines=5-3}}", "lines=5-3 can't be read");
    check("{{#listing ch01-kinds src/lib.rs MANY WORD lines=1}}", "lines of one item");
}

#[test]
fn a_figure_inside_a_paragraph_is_refused() {
    check("See {{#trace ch01-kinds nap}}", "needs a line of its own");
    check("{{#trace ch01-kinds nap}} above", "needs a line of its own");
    check("  {{#trace ch01-kinds nap}}", "needs a line of its own");
}

#[test]
fn what_is_not_there_is_named_with_the_nearest_and_all_there_is() {
    check(
        "{{#trace ch01-kins nap}}",
        "no chapter is called `ch01-kins`; did you mean `ch01-kinds`? There are: \
         ch01-kinds, ch02-more",
    );
    check(
        "{{#trace ch01-kinds nip}}",
        "`nip`; did you mean `nap`? There are: nap, broken",
    );
    check(
        "{{#listing ch01-kinds src/iner.rs long}}",
        "`src/iner.rs`; did you mean `src/inner.rs`? There are: Cargo.toml, ",
    );
    check(
        "{{#listing ch01-kinds src/lib.rs Holder::now}}",
        "src/lib.rs: no item is called `Holder::now`; did you mean `Holder::new`?",
    );
    check(
        "{{#listing ch01-kinds src/lib.rs Sid}}",
        "Side::fmt, impl Binary for Side, impl Unpin for Side, odd",
    );
    check(
        "{{#number ch01-kinds \"a=b\"}}",
        "tests/snapshots/*numbers.snap is called `a=b`",
    );
    check("{{#listing ch02-more src/lib.rs use}}", "the file has no `use` lines");
    check("{{#number ch01-kinds nap ends}}", "`ends`; did you mean `end`?");
    check("{{#number ch01-kinds nops}}", "`nops`; did you mean `naps`?");
    check("{{#number ch02-more naps}}", "there are none");
    check("{{#diff code ch01-kinds ch02-more src/x.rs}}", "no changed file is called");
    check("{{#diff scenarios ch01-kinds nap nip}}", "`nip`; did you mean `nap`?");
    check(
        "{{#diff files ch01-kinds src/lib.rs src/iner.rs}}",
        "no file of ch01-kinds is called `src/iner.rs`; did you mean `src/inner.rs`?",
    );
}

#[test]
fn a_name_of_several_items_asks_which() {
    check(
        "{{#listing ch01-kinds src/lib.rs Side::fmt}}",
        "`Side::fmt` means 2 items; say which: \"impl fmt::Display for Side::fmt\" (line",
    );
}

#[test]
fn a_listing_is_refused_over_24_lines_and_outside_its_item() {
    check("{{#listing ch01-kinds src/inner.rs long}}", "has 25 lines, 24 is the most");
    let whole = expand("{{#listing ch01-kinds src/inner.rs long lines=1-24}}\n").unwrap();
    assert_eq!(whole.shown[0].text.lines().count(), 24);
    check(
        "{{#listing ch01-kinds src/inner.rs long lines=20-26}}",
        "ends after the item, of 25 lines",
    );
    check("{{#trace ch01-kinds nap lines=1-8}}", "ends after the trace, of 7 lines");
}

#[test]
fn a_scenario_or_a_command_that_fails_says_what_it_said() {
    check("{{#trace ch01-kinds broken}}", "failed: it broke");
    check("{{#output cargo run -p ch01-kinds -- broken}}", "failed: it broke");
    check("{{#output rm -r /}}", "is not run here");
}

#[test]
fn all_errors_of_a_page_come_at_once_in_its_order() {
    let error =
        expand("{{#a}}\n\n{{#trace 1 nap}}\n{{#b}} {{#c}}\n").unwrap_err().to_string();
    let lines: Vec<&str> = error.lines().map(|line| &line[..20]).collect();
    assert_eq!(
        lines,
        ["book/src/test.md:1: ", "book/src/test.md:4: ", "book/src/test.md:4: "]
    );
}

#[test]
fn a_chart_without_its_data_or_with_wrong_data_is_refused() {
    check("{{#chart naps}}", "book/measured/naps.json: No such file");
    check(
        "{{#chart broken}}",
        "book/measured/broken.json: series `list`: `low_ns` must be a number above zero",
    );
    check("{{#chart}}", "`chart` is written {{#chart NAME}}");
    check("{{#measured sorts lst 10}}", "no line is called `lst`; did you mean `list`?");
    check("{{#measured sorts list 20}}", "no point of list is called `20`");
    check("{{#measured sorts list many}}", "N=many can't be read");
    check("{{#measured sorts list 10 heap 10}}", "{{#measured NAME LINE N [/ LINE N]}}");
}
