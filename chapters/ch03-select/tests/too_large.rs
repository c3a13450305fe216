//! Descriptors from 1024 on. Alone in its process: it takes the small ones away.

mod support;

use std::fs::File;
use std::os::fd::AsRawFd as _;

use ch03_select::Source;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::sys::select::FD_SETSIZE;
use support::{Step, World, filled};

/// Opens `/dev/null` until a descriptor has a number that `select` can't watch.
fn too_large() -> Vec<File> {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("there is a limit");
    setrlimit(Resource::RLIMIT_NOFILE, hard.min(4_096), hard)
        .expect("up to the hard limit");
    let open = |_| File::open("/dev/null").expect("the limit allows it");
    (0..=FD_SETSIZE).map(open).collect()
}

#[test]
fn a_descriptor_that_select_has_no_bit_for_is_refused_with_its_number() {
    let good = filled("pipe", "x");
    let mut files = too_large();
    let large = files.pop().expect("the last has the largest number");
    let number = large.as_raw_fd();
    let mut world = World::new();
    world.spawn("large", vec![Step::Read(Source::new("file", large), 1)]);
    world.spawn("good", vec![Step::Read(good, 1)]);
    let refused = format!(
        "failed: file: descriptor {number} is too large for select, whose limit is 1024"
    );
    assert_eq!(world.run().1, [refused.as_str(), "good"]);
}
