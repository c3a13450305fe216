//! Where a line's name goes: beside its end, off every line and every other name.
//!
//! Invariant: a name covers nothing and stays on the paper. If there is no such place
//! among those tried, it takes the first.

/// A point on the paper.
pub(super) type Spot = (f64, f64);

/// Height of a line of text.
pub(super) const LINE: f64 = 16.0;

/// How wide a letter is at most.
const LETTER: f64 = 7.8;

/// A rectangle on the paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    /// Left edge.
    pub(super) left: f64,
    /// Upper edge.
    pub(super) top: f64,
    /// Right edge.
    pub(super) right: f64,
    /// Lower edge.
    pub(super) bottom: f64,
}

impl Area {
    /// Whether they have a point in common.
    pub(super) fn overlaps(self, other: Area) -> bool {
        let is_beside = self.right <= other.left || other.right <= self.left;
        let is_above = self.bottom <= other.top || other.bottom <= self.top;
        !(is_beside || is_above)
    }

    /// Whether `other` lies inside.
    pub(super) fn holds(self, other: Area) -> bool {
        let is_wide = self.left <= other.left && other.right <= self.right;
        is_wide && self.top <= other.top && other.bottom <= self.bottom
    }

    /// Whether the line through `spots` comes within three pixels.
    fn is_crossed(self, spots: &[Spot]) -> bool {
        let steps = (0..=64).map(|step| f64::from(step) / 64.0);
        let mut between = spots.windows(2).flat_map(|pair| {
            let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
            steps.clone().map(move |part| (x + part * (to_x - x), y + part * (to_y - y)))
        });
        between.any(|spot| self.is_near(spot)) || spots.iter().any(|it| self.is_near(*it))
    }

    fn is_near(self, (x, y): Spot) -> bool {
        self.left - 3.0 < x
            && x < self.right + 3.0
            && self.top - 3.0 < y
            && y < self.bottom + 3.0
    }
}

/// A place for the words of each line, which `lines` gives with its spots. All lie in
/// `paper`.
pub(super) fn places(lines: &[(Vec<&str>, Vec<Spot>)], paper: Area) -> Vec<Area> {
    let mut places: Vec<Area> = Vec::new();
    for (words, spots) in lines {
        let end = *spots.last().expect("a line has a point");
        let is_free = |area: &Area| {
            paper.holds(*area)
                && !places.iter().any(|other| area.overlaps(*other))
                && !lines.iter().any(|(_, spots)| area.is_crossed(spots))
        };
        let mut tried = around(end, words);
        let place = tried.clone().find(is_free).or_else(|| tried.next());
        places.extend(place);
    }
    places
}

/// Places for `words` around the end of a line: to its right, then above and below it,
/// further and further away.
fn around((x, y): Spot, words: &[&str]) -> impl Iterator<Item = Area> + Clone {
    let letters = words.iter().map(|it| it.chars().count()).max().unwrap_or(0);
    let width = f64::from(u32::try_from(letters).expect("a name is short")) * LETTER;
    let height = f64::from(u32::try_from(words.len()).expect("two at most")) * LINE;
    let steps = (0..12).map(|step| f64::from(step) * 6.0);
    let off = steps.flat_map(|step| [-step, step]);
    let area = move |left: f64, middle: f64| Area {
        left,
        top: middle - height / 2.0,
        right: left + width,
        bottom: middle + height / 2.0,
    };
    off.flat_map(move |off| {
        let lefts = [x + 10.0, x - width / 2.0, x - width];
        lefts.map(move |left| area(left, y + off))
    })
}
