//! What a picture's player is given.

use serde_json::{Value, json};

use crate::fixture::{expand, workbook};

/// The data in each figure of `page`.
fn data(page: &str) -> Vec<Value> {
    let markdown = expand(page).unwrap_or_else(|e| panic!("{e}")).markdown;
    let scripts = markdown.split("<script type=\"application/json\">").skip(1);
    let texts =
        scripts.map(|rest| rest.split_once("</script>").expect("it ends").0.to_owned());
    texts.map(|text| serde_json::from_str(&text).expect("it is JSON")).collect()
}

/// The data of the only figure of `page`.
fn only(page: &str) -> Value {
    let [data] = &*data(page) else { panic!("one figure") };
    data.clone()
}

#[test]
fn a_player_has_every_event_of_the_recording_in_order() {
    let data = only("{{#picture ch01-kinds nap}}\n");
    let (_, programs) = workbook();
    let trace = programs.trace("ch01-kinds", "nap").unwrap();
    let events = data["sides"][0]["events"].as_array().unwrap();
    assert_eq!(events.len(), trace.events.len());
    for (given, event) in events.iter().zip(&trace.events) {
        let recorded = serde_json::to_value(event).unwrap();
        for (key, value) in recorded.as_object().unwrap() {
            assert!(key == "at" || given[key] == *value, "{key} of {given}");
        }
    }
}

#[test]
fn a_player_tells_each_event_as_the_table_does() {
    let data = only("{{#picture ch01-kinds nap}}\n");
    let events = data["sides"][0]["events"].as_array().unwrap();
    let table = workbook().1.trace("ch01-kinds", "nap").unwrap().to_text();
    for (event, row) in events.iter().zip(table.lines().skip(1)) {
        let text = |key: &str| event[key].as_str().unwrap().to_owned();
        assert!(row.trim().starts_with(&text("time")), "{row}");
        assert!(row.ends_with(&text("what")), "{row}");
    }
    assert_eq!(events[2]["due"], "50 ms");
    assert_eq!(events[3]["due"], Value::Null);
}

#[test]
fn a_player_has_the_item_that_acted_and_its_line() {
    let data = only("{{#picture ch01-kinds nap}}\n");
    let side = &data["sides"][0];
    let keys = ["ch01-kinds/src/lib.rs:57", "ch01-kinds/scenarios/main.rs:7"];
    assert_eq!(side["items"], json!(keys));
    let at = |event: usize| side["events"][event]["at"].clone();
    assert_eq!(at(0), json!([0, 2]));
    assert_eq!(at(1), json!([1, 2]));
    assert_eq!(at(3), Value::Null, "a line between items");
    assert_eq!(at(4), Value::Null, "a file that is no chapter's");
    let item = &data["sources"][keys[0]];
    assert_eq!(item["name"], "Speak::say_to");
    assert_eq!(item["file"], "ch01-kinds/src/lib.rs");
    let text = item["text"].as_str().unwrap();
    assert_eq!(text.lines().nth(2), Some("    format!(\"{whom}: {}\", self.say())"));
}

#[test]
fn a_line_of_the_picture_belongs_to_each_event() {
    let data = only("{{#picture ch01-kinds nap}}\n");
    let [wide, narrow] = &**data["sides"][0]["lines"].as_array().unwrap() else {
        panic!("a picture is drawn twice")
    };
    for lines in [wide, narrow] {
        let lines = lines.as_array().unwrap().iter().map(|it| it.as_u64().unwrap());
        let lines: Vec<u64> = lines.collect();
        assert_eq!(lines.len(), 7);
        assert!(lines.is_sorted(), "{lines:?}");
    }
}

#[test]
fn room_is_kept_for_the_rows_and_tasks_that_occur() {
    let page = |directive: &str| expand(&format!("{directive}\n")).unwrap().markdown;
    let whole = page("{{#picture ch01-kinds nap}}");
    assert!(whole.contains("style=\"--rows:4;--tasks:1\""), "{whole}");
}

#[test]
fn nothing_in_the_data_can_end_the_script() {
    let page = expand("{{#picture ch01-kinds nap}}\n").unwrap().markdown;
    let (_, script) = page.split_once("<script type=\"application/json\">").unwrap();
    let (script, rest) = script.split_once('<').unwrap();
    assert!(rest.starts_with("/script>"), "{rest}");
    assert!(script.contains("zz \\u003cz>"), "{script}");
    assert!(!script.contains('\n'), "a block of Markdown ends at a blank line");
}

#[test]
fn an_item_stands_in_a_page_once_and_an_id_is_its_own() {
    let page = "{{#picture ch01-kinds nap}}\n\n{{#picture ch01-kinds nap until=0ms}}\n";
    let [first, second] = &*data(page) else { panic!("two figures") };
    assert_eq!(first["sources"].as_object().unwrap().len(), 2);
    assert_eq!(second["sources"], json!({}));
    assert_eq!(second["sides"][0]["items"], first["sides"][0]["items"]);
    let markdown = expand(page).unwrap().markdown;
    assert!(markdown.contains(" id=\"play-ch01-kinds-nap\""), "{markdown}");
    assert!(markdown.contains(" id=\"play-ch01-kinds-nap-2\""), "{markdown}");
}

#[test]
fn two_stages_stand_beside_each_other_in_one_player() {
    let page = "{{#beside ch01-kinds ch02-more nap}}\n";
    let data = only(page);
    let sides = data["sides"].as_array().unwrap();
    let prints = |side: &Value| side["events"][1]["text"].clone();
    assert_eq!(sides.iter().map(prints).collect::<Vec<_>>(), ["zz <z>", "zzz"]);
    let shown = expand(page).unwrap();
    assert_eq!(shown.markdown.matches("<div class=\"drawing\">").count(), 2);
    assert!(shown.shown[0].text.starts_with("ch01-kinds: nap. "));
    assert!(shown.shown[0].text.contains("\nch02-more: nap. "));
}

#[test]
fn what_can_not_stand_beside_each_other_is_an_error() {
    let error = expand("{{#beside ch01-kinds ch02-more broken}}\n").unwrap_err();
    assert!(error.to_string().contains("broken"), "{error}");
    let error = expand("{{#beside ch01-kinds ch02-more}}\n").unwrap_err();
    assert!(error.to_string().contains("[until=100ms]"), "{error}");
}
