//! The way to a value while it is read: it lies on the stack, for nearly always there is nothing to tell of the value.

use crate::base::{self, FieldPath};

/// The way to a value: its last step, and the way to what it is in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way<'p> {
    above: Option<&'p Way<'p>>,
    step: Step<'p>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Key(&'p str),
    Index(usize),
}

impl<'p> Way<'p> {
    /// To the value of a top-level key.
    pub(super) fn of(key: &'p str) -> Way<'p> {
        Way { above: None, step: Step::Key(key) }
    }

    /// One step further, into a key.
    pub(super) fn key(&'p self, key: &'p str) -> Way<'p> {
        Way { above: Some(self), step: Step::Key(key) }
    }

    /// One step further, into an element.
    pub(super) fn index(&'p self, index: usize) -> Way<'p> {
        Way { above: Some(self), step: Step::Index(index) }
    }

    /// The same, to be kept.
    pub(super) fn path(&self) -> FieldPath {
        let mut steps: Vec<base::Step> = std::iter::successors(Some(self), |way| way.above)
            .map(|way| match way.step {
                Step::Key(key) => base::Step::Key(key.to_owned()),
                Step::Index(index) => base::Step::Index(index),
            })
            .collect();
        steps.reverse();
        FieldPath::from_steps(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_kept_from_the_root_on() {
        let shifts = Way::of("shifts");
        let second = shifts.index(1);
        assert_eq!(second.key("days").path(), FieldPath::of("shifts").index(1).key("days"));
        assert_eq!(shifts.path(), FieldPath::of("shifts"));
    }
}
