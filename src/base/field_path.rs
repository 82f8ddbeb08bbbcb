//! The way to a value inside YAML: `shifts[2].hours`.

use std::fmt;

/// One step down into a YAML value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into the value of a mapping's key.
    Key(String),
    /// Into a sequence's element, counted from 0.
    Index(usize),
}

/// The way from a file's YAML root to a value. It is kept in place of a span, which is found only for findings.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct FieldPath(Vec<Step>);

impl FieldPath {
    /// The value of a top-level key.
    pub fn of(key: &str) -> FieldPath {
        FieldPath(vec![Step::Key(key.to_owned())])
    }

    /// One step further, into a key.
    #[must_use]
    pub fn key(&self, key: &str) -> FieldPath {
        self.with(Step::Key(key.to_owned()))
    }

    /// One step further, into an element.
    #[must_use]
    pub fn index(&self, index: usize) -> FieldPath {
        self.with(Step::Index(index))
    }

    /// The steps from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// A path of given steps.
    pub fn from_steps(steps: Vec<Step>) -> FieldPath {
        FieldPath(steps)
    }

    fn with(&self, step: Step) -> FieldPath {
        let mut steps = self.0.clone();
        steps.push(step);
        FieldPath(steps)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if place == 0 => write!(out, "{key}")?,
                Step::Key(key) => write!(out, ".{key}")?,
                Step::Index(index) => write!(out, "[{index}]")?,
            }
        }
        Ok(())
    }
}
