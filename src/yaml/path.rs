//! Where a mapping stands in a YAML tree, to steps for finding it and to a name for messages.

use super::place::Step;

/// A chain up to the root, so that nothing is copied while all goes well.
#[derive(Debug, Clone, Copy)]
pub(super) enum Path<'p> {
    /// The outermost mapping.
    Root,
    /// The mapping of a key.
    Key(&'p Path<'p>, &'p str),
    /// A mapping in the list of a key.
    Item(&'p Path<'p>, &'p str, usize),
}

impl<'p> Path<'p> {
    /// The steps from the root to `key` of this mapping, and on to `index` of its list.
    pub(super) fn steps<'s>(&'s self, key: Option<&'s str>, index: Option<usize>) -> Vec<Step<'s>>
    where
        'p: 's,
    {
        let mut steps: Vec<Step> = index.map(Step::Index).into_iter().chain(key.map(Step::Key)).collect();
        let mut path = *self;
        loop {
            match path {
                Path::Root => break,
                Path::Key(above, key) => {
                    steps.push(Step::Key(key));
                    path = *above;
                }
                Path::Item(above, key, index) => {
                    steps.extend([Step::Index(index), Step::Key(key)]);
                    path = *above;
                }
            }
        }
        steps.reverse();
        steps
    }

    /// `participants.min`, `agenda[2].kind`: the key with the keys above it, entries of lists counted from 1 as
    /// people count.
    pub(super) fn name_of(&self, key: &str, index: Option<usize>) -> String {
        let mut name = String::new();
        for step in self.steps(Some(key), index) {
            match step {
                Step::Key(key) if name.is_empty() => name.push_str(key),
                Step::Key(key) => name.extend([".", key]),
                Step::Index(index) => name.push_str(&format!("[{}]", index + 1)),
            }
        }
        name
    }
}
