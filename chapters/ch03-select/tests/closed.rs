//! A descriptor that is closed behind a loop's back. Alone in its process: the number is
//! free then, and another test must not be given it.

mod support;

use std::io::Write as _;
use std::os::fd::AsRawFd as _;

use ch03_select::Source;
use support::{Step, World, pipe};

/// Closes the descriptor of `source` behind its back.
fn close(source: &Source) {
    nix::unistd::close(source.as_raw_fd()).expect("it was open");
}

#[test]
fn a_descriptor_closed_while_it_is_waited_for_is_reported_to_the_one_who_waits() {
    let mut world = World::new();
    let ((bad, _keep), (good, mut writer)) = (pipe("bad"), pipe("good"));
    let closed = bad.clone();
    world.spawn("reads-bad", vec![Step::Read(bad.clone(), 1)]);
    world.spawn("reads-good", vec![Step::Read(good, 1)]);
    let write = move || writer.write_all(b"x").expect("a pipe holds a byte");
    let steps = [Step::Until(10), Step::Do(Box::new(move || close(&closed)))];
    world.spawn("closer", steps.into_iter().chain([Step::Do(Box::new(write))]).collect());
    let (_, results) = world.run();
    assert!(results[0].contains("Bad file descriptor"), "{results:?}");
    assert_eq!(results[1..], ["reads-good", "closer"]);
    // The number is free: whoever drops `bad` must not close what has it by now.
    std::mem::forget(bad);
}
