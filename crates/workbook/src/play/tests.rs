//! Screens, drawn into lines: what stands where, in terminals of several sizes.

use std::fmt::Write as _;
use std::fs;

use bookbinder::Workspace;
use tempfile::TempDir;
use trace::Trace;

use super::keys::Move;
use super::player::Player;
use super::screen::draw;

const SOURCE: &str =
    "//! Acts.\n\nfn run() {\n    let task = next();\n    resume(task);\n}\n";

/// A server and a client; one timer, one descriptor, one wait, one that ends.
const EVENTS: [&str; 12] = [
    r#""turn":0,"task":"server","event":"spawned""#,
    r#""turn":0,"task":"client","event":"spawned""#,
    r#""turn":1,"task":"server","event":"resumed""#,
    r#""turn":1,"task":"server","event":"suspended","on":"readable","source":"socket""#,
    r#""turn":1,"task":"client","event":"resumed""#,
    r#""turn":1,"task":"client","event":"printed","text":"one\ttwo\u001b[31m""#,
    r#""turn":1,"task":"server","event":"woken","by":"client""#,
    r#""turn":1,"task":"client","event":"suspended","on":"timer","until_ns":50000000"#,
    r#""turn":2,"task":"server","event":"resumed""#,
    r#""turn":2,"task":"server","event":"finished","how":"returned","value":"3""#,
    r#""turn":2,"task":null,"event":"waiting","timeout_ns":50000000,"timers":1,"descriptors":0"#,
    r#""turn":2,"task":null,"event":"ready","came":[{"timer":"client"}]"#,
];

/// A workspace with one source, and a recording whose events all happen in its line 5.
fn stage(events: &[&str]) -> (TempDir, Workspace, Trace) {
    let dir = TempDir::new().unwrap();
    fs::create_dir_all(dir.path().join("chapters/ch91-alpha/src")).unwrap();
    fs::write(dir.path().join("Cargo.toml"), "[workspace]\n").unwrap();
    fs::write(dir.path().join("chapters/ch91-alpha/src/lib.rs"), SOURCE).unwrap();
    let workspace = Workspace::find(dir.path()).unwrap();
    let mut text =
        r#"{"schema":1,"program":"ch91-alpha","scenario":"s","clock":"virtual"}"#
            .to_owned();
    for event in events {
        let at = "chapters/ch91-alpha/src/lib.rs:5";
        write!(text, "\n{{\"t_ns\":0,\"at\":\"{at}\",{event}}}").unwrap();
    }
    (dir, workspace, Trace::from_jsonl(&text).unwrap())
}

/// The screen after the first `at` events.
fn screen(at: usize, width: usize, height: usize) -> String {
    let (_dir, workspace, trace) = stage(&EVENTS);
    let mut player = Player::new(&workspace, &trace);
    (1..at).for_each(|_| player.go(Move::Next));
    text(&player, width, height)
}

fn text(player: &Player<'_>, width: usize, height: usize) -> String {
    let lines = draw(player, width, height);
    assert_eq!(lines.len(), height);
    assert!(lines.iter().all(|line| line.width() == width), "{width}x{height}");
    lines.iter().map(|line| line.text().trim_end().to_owned() + "\n").collect()
}

#[track_caller]
fn check(name: &str, screen: &str) {
    insta::with_settings!(
        { snapshot_path => "../../tests/snapshots", prepend_module_to_snapshot => false },
        { insta::assert_snapshot!(name, screen) }
    );
}

#[test]
fn a_screen_of_each_shape() {
    check("play-80x24", &screen(7, 80, 24));
    check("play-60x24", &screen(8, 60, 24));
    check("play-120x40", &screen(11, 120, 40));
}

#[test]
fn a_screen_fits_every_terminal() {
    let (_dir, workspace, trace) = stage(&EVENTS);
    let mut player = Player::new(&workspace, &trace);
    player.go(Move::End);
    for (width, height) in (0..140).step_by(7).flat_map(|w| (0..60).map(move |h| (w, h)))
    {
        text(&player, width, height);
    }
}

#[test]
fn a_small_terminal_is_told_so() {
    assert!(screen(1, 39, 24).starts_with("39x24 is too small: 40x16\n"));
}

#[test]
fn back_is_as_it_was() {
    let (_dir, workspace, trace) = stage(&EVENTS);
    let mut player = Player::new(&workspace, &trace);
    let mut there = Vec::new();
    for _ in 0..EVENTS.len() {
        there.push(text(&player, 80, 24));
        player.go(Move::Next);
    }
    for screen in there.iter().rev() {
        assert_eq!(text(&player, 80, 24), *screen);
        player.go(Move::Back);
    }
}

#[track_caller]
fn check_moves(moves: &[Move], at: usize) {
    let (_dir, workspace, trace) = stage(&EVENTS);
    let mut player = Player::new(&workspace, &trace);
    for to in moves {
        player.go(*to);
    }
    assert_eq!(player.at, at, "{moves:?}");
}

#[test]
fn jumps_go_by_task_and_by_turn() {
    check_moves(&[Move::NextOfTask], 3);
    check_moves(&[Move::NextOfTask, Move::NextOfTask, Move::BackOfTask], 3);
    check_moves(&[Move::NextTurn], 3);
    check_moves(&[Move::NextTurn, Move::NextTurn], 9);
    check_moves(&[Move::End, Move::BackTurn], 3);
    check_moves(&[Move::End, Move::BackTurn, Move::BackTurn], 1);
}

#[test]
fn where_there_is_nothing_to_go_to_it_stays() {
    check_moves(&[Move::Back], 1);
    check_moves(&[Move::BackOfTask], 1);
    check_moves(&[Move::BackTurn], 1);
    check_moves(&[Move::End, Move::Next], 12);
    check_moves(&[Move::End, Move::NextTurn], 12);
    check_moves(&[Move::End, Move::NextOfTask], 12);
}

#[test]
fn playing_ends_with_the_recording_and_begins_again() {
    let (_dir, workspace, trace) = stage(&EVENTS);
    let mut player = Player::new(&workspace, &trace);
    player.go(Move::End);
    player.play_or_pause();
    assert_eq!((player.at, player.is_playing), (1, true));
    (0..20).for_each(|_| player.go(Move::Next));
    assert_eq!((player.at, player.is_playing), (12, false));
}

#[test]
fn an_empty_recording_has_a_screen() {
    let (_dir, workspace, trace) = stage(&[]);
    let mut player = Player::new(&workspace, &trace);
    for to in [Move::Next, Move::Back, Move::End, Move::NextOfTask, Move::BackTurn] {
        player.go(to);
    }
    assert!(text(&player, 80, 24).contains("0 of 0"));
}

#[test]
fn a_place_outside_the_workspace_is_not_read() {
    let (dir, workspace, mut trace) = stage(&EVENTS);
    let outside = TempDir::new().unwrap();
    fs::write(outside.path().join("secret.rs"), SOURCE).unwrap();
    let file = outside.path().join("secret.rs").display().to_string();
    trace.events[0].at.file = file;
    let player = Player::new(&workspace, &trace);
    assert_eq!(player.place, None);
    drop(dir);
}

#[test]
fn nothing_in_a_recording_or_a_source_reaches_the_terminal_but_as_text() {
    let events = [r#""turn":0,"task":"a\n\u001b[2Jb","event":"spawned""#];
    let (dir, workspace, mut trace) = stage(&events);
    trace.header.scenario = "\u{1b}]0;title\u{7}".to_owned();
    let source = SOURCE.replace("resume", "\t\u{1b}[31mresume");
    fs::write(dir.path().join("chapters/ch91-alpha/src/lib.rs"), source).unwrap();
    let screen = text(&Player::new(&workspace, &trace), 80, 24);
    let is_text = |line: &str| !line.contains(char::is_control);
    assert!(screen.lines().all(is_text), "{screen:?}");
    let current = screen.lines().find(|line| line.starts_with('>'));
    assert!(current.is_some_and(|line| line.ends_with("spawned")), "{screen}");
}

#[test]
fn what_has_no_room_is_counted() {
    let spawned = |n| format!(r#""turn":0,"task":"task-{n}","event":"spawned""#);
    let events: Vec<String> = (0..40).map(spawned).collect();
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    let (_dir, workspace, trace) = stage(&events);
    let mut player = Player::new(&workspace, &trace);
    player.go(Move::End);
    check("play-many-tasks", &text(&player, 80, 24));
}
