//! What `--help` says, of every command.

use crate::fixture::run;

#[track_caller]
fn check(name: &str, args: &[&str]) {
    let done = run(args);
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(name, done.stdout);
}

#[test]
fn every_command_says_what_it_does_and_gives_examples() {
    check("help", &["--help"]);
    for command in ["build", "read", "run", "play", "diff", "propagate", "doctor"] {
        check(&format!("help-{command}"), &[command, "--help"]);
    }
}

#[test]
fn a_mistyped_command_is_answered_with_the_nearest() {
    let done = run(&["raed"]);
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.contains("'read'"), "{}", done.stderr);
}
