//! Includes that come back to where they began: each circle is reported and its last link taken out.

use super::book::{Item, ItemIndex, Target};
use crate::diagnostic::{Diagnostic, Fault};
use crate::fingerprint::Fingerprint;

/// Includes of includes may go this deep; beyond it the text would be endless to a reader as well.
const MAX_INCLUDES: usize = 16;

/// Turns every include that closes a circle (or goes deeper than sixteen) into a fault, and lets the
/// fingerprint of a body stand for the bodies that it includes, too.
pub fn break_circles(items: &mut [Item], diagnostics: &mut Vec<Diagnostic>) {
    let including: Vec<ItemIndex> = (0..items.len()).filter(|at| !includes(&items[*at]).is_empty()).collect();
    let mut done = vec![false; items.len()];
    for start in including {
        walk(start, items, &mut Vec::new(), &mut done, diagnostics);
    }
}

fn includes(item: &Item) -> Vec<(usize, ItemIndex)> {
    let target = |(at, target): (usize, &Target)| match target {
        Target::Include { item, .. } => Some((at, *item)),
        _ => None,
    };
    item.body.targets.iter().enumerate().filter_map(target).collect()
}

/// Depth first; bounded by `MAX_INCLUDES`.
fn walk(
    at: ItemIndex,
    items: &mut [Item],
    path: &mut Vec<ItemIndex>,
    done: &mut [bool],
    diagnostics: &mut Vec<Diagnostic>,
) {
    if done[at] {
        return;
    }
    path.push(at);
    for (link, included) in includes(&items[at]) {
        if path.contains(&included) || path.len() >= MAX_INCLUDES {
            let from = path.iter().position(|item| *item == included).unwrap_or(0);
            let mut chain: Vec<String> = path[from..].iter().map(|item| items[*item].id.to_string()).collect();
            chain.push(items[included].id.to_string());
            let source = &items[at].document.source;
            let span = items[at].document.body.links[link].span;
            diagnostics.push(Diagnostic::new(Fault::CircularInclude { chain }, &source.shown, span.range()));
            items[at].body.targets[link] = Target::Broken;
        } else {
            walk(included, items, path, done, diagnostics);
        }
    }
    path.pop();
    let included: Vec<Fingerprint> =
        includes(&items[at]).into_iter().map(|(_, item)| items[item].body.fingerprint).collect();
    if !included.is_empty() {
        items[at].body.fingerprint = Fingerprint::of(&(items[at].body.fingerprint, included));
    }
    done[at] = true;
}
