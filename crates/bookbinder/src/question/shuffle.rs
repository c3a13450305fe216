//! The order in which a page shows what a reader is to choose from, or to put in order.
//!
//! Invariant: it depends on the question's name and on nothing else, so that a page is
//! the same in every build; and events never stand in their own order.

/// The numbers below `count` in some order, but not in their own.
pub(super) fn shuffled(name: &str, count: usize) -> Vec<usize> {
    let mut seed = name.bytes().fold(0xcbf2_9ce4_8422_2325, mixed);
    let mut all: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        seed = mixed(seed, 1);
        let bound = u64::try_from(last + 1).expect("a few");
        all.swap(last, usize::try_from((seed >> 32) % bound).expect("below a few"));
    }
    if all.is_sorted() {
        all.rotate_left(1);
    }
    all
}

/// One step of FNV-1a.
fn mixed(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
}

/// The order of choices: numbers of one unit by size, everything else shuffled.
pub(super) fn of_choices(name: &str, choices: &[&str]) -> Vec<usize> {
    let numbers: Option<Vec<(f64, &str)>> = choices.iter().map(|it| number(it)).collect();
    match numbers {
        Some(numbers) if numbers.iter().all(|(_, unit)| *unit == numbers[0].1) => {
            let mut all: Vec<usize> = (0..numbers.len()).collect();
            all.sort_by(|a, b| numbers[*a].0.total_cmp(&numbers[*b].0));
            all
        }
        _ => shuffled(name, choices.len()),
    }
}

/// `50` and `ms`.
fn number(text: &str) -> Option<(f64, &str)> {
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    number.parse().ok().map(|number| (number, unit))
}
