//! Includes that come back to where they began, or never end in practice: each is reported and taken out.

use super::book::{Item, ItemIndex, Target};
use crate::diagnostic::{Diagnostic, Fault};
use crate::fingerprint::Fingerprint;
use crate::model::body::Block;
use crate::model::walk::visit;

/// Includes of includes may go this deep: readers lose their way long before, and no walk recurses without a bound.
const MOST_LEVELS: usize = 16;
const LEVELS: &str = "16 levels of includes";
/// Bytes of source on one page. Ten includes of ten includes, twelve times over, are a page for nobody.
const MOST_TEXT: u64 = 16 << 20;
const TEXT: &str = "16 MB of text";
/// What an include costs beside its text, in bytes.
const COST: u64 = 1 << 10;

/// How much a body includes.
#[derive(Clone, Copy)]
struct Extent {
    levels: usize,
    /// In bytes of source, its own apart.
    text: u64,
}

impl Extent {
    /// Returns the extent with `item` included, which includes as much as `inner` says.
    fn with(self, inner: Extent, item: &Item) -> Result<Extent, Fault> {
        let levels = self.levels.max(inner.levels + 1);
        let own = item.document.source.text.len() as u64;
        let text = self.text.saturating_add(inner.text).saturating_add(own + COST);
        if levels > MOST_LEVELS {
            Err(Fault::TooMuchIncluded { limit: LEVELS })
        } else if text > MOST_TEXT {
            Err(Fault::TooMuchIncluded { limit: TEXT })
        } else {
            Ok(Extent { levels, text })
        }
    }
}

/// Turns every include that closes a circle, or makes a page too deep or too long, into a fault, and lets the
/// fingerprint of a body stand for the bodies that it includes, too.
pub fn break_circles(items: &mut [Item], diagnostics: &mut Vec<Diagnostic>) {
    let mut extents: Vec<Option<Extent>> = vec![None; items.len()];
    for start in 0..items.len() {
        measure(start, items, &mut Vec::new(), &mut extents, diagnostics);
    }
}

fn includes(item: &Item) -> Vec<(usize, ItemIndex)> {
    let target = |(at, target): (usize, &Target)| match target {
        Target::Include { item, .. } => Some((at, *item)),
        _ => None,
    };
    item.body.targets.iter().enumerate().filter_map(target).collect()
}

/// Returns whether the include `link` repeats a section of its own page, `![[#Nede]]`, that includes nothing itself.
fn repeats_own_section(item: &Item, link: usize) -> bool {
    let Target::Include { heading: Some(heading), .. } = item.body.targets[link] else { return false };
    let mut includes = false;
    visit(item.section(heading), &mut |block| includes |= matches!(block, Block::Include(_)), &mut |_| {});
    !includes
}

/// Depth first; bounded by `MOST_LEVELS`.
fn measure(
    at: ItemIndex,
    items: &mut [Item],
    path: &mut Vec<ItemIndex>,
    extents: &mut [Option<Extent>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Extent {
    if let Some(extent) = extents[at] {
        return extent;
    }
    let mut extent = Extent { levels: 0, text: 0 };
    path.push(at);
    for (link, included) in includes(&items[at]) {
        let larger = match included == at && repeats_own_section(&items[at], link) {
            true => extent.with(Extent { levels: 0, text: 0 }, &items[at]),
            false => include(included, extent, items, path, extents, diagnostics),
        };
        match larger {
            Ok(larger) => extent = larger,
            Err(fault) => {
                let source = &items[at].document.source;
                let span = items[at].document.body.links[link].span;
                diagnostics.push(Diagnostic::new(fault, &source.shown, span.range()));
                items[at].body.targets[link] = Target::Broken;
            }
        }
    }
    path.pop();
    let others = includes(&items[at]).into_iter().filter(|(_, item)| *item != at);
    let included: Vec<Option<Fingerprint>> = others.map(|(_, item)| items[item].body.fingerprint).collect();
    let body = &mut items[at].body;
    if !included.is_empty() {
        body.fingerprint = body.fingerprint.map(|own| Fingerprint::of(&(own, included)));
    }
    extents[at] = Some(extent);
    extent
}

/// The extent of the last item of `path`, so far `extent`, with `included` in it.
fn include(
    included: ItemIndex,
    extent: Extent,
    items: &mut [Item],
    path: &mut Vec<ItemIndex>,
    extents: &mut [Option<Extent>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Extent, Fault> {
    if let Some(from) = path.iter().position(|item| *item == included) {
        let mut chain: Vec<String> = path[from..].iter().map(|item| items[*item].id.to_string()).collect();
        chain.push(items[included].id.to_string());
        return Err(Fault::CircularInclude { chain });
    }
    if path.len() > MOST_LEVELS {
        return Err(Fault::TooMuchIncluded { limit: LEVELS });
    }
    let inner = measure(included, items, path, extents, diagnostics);
    extent.with(inner, &items[included])
}
