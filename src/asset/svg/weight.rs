//! Counts how often parts of a drawing are drawn again by reference: ten uses of ten uses of … stop a browser.

use std::collections::HashMap;
use std::ops::Range;

use super::effects;
use super::reference::{fragment, references};

/// The limit of parts that a browser draws in a moment. Drawings of real maps repeat a few thousand.
const MOST_DRAWN: u64 = 200_000;
/// The longest chain of references that is followed; each round of counting follows one more.
const MOST_LEVELS: usize = 64;
/// The number of plain parts that take as long to draw as one step of a filter.
const PARTS_OF_FILTER: u64 = 40;

/// The elements of a drawing in order, with their references.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) elements: Vec<Element>,
    /// The open elements, by index.
    open: Vec<usize>,
    rules: Vec<Rule>,
}

#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    id: String,
    classes: Vec<String>,
    /// The index of the element around this one.
    pub(super) parent: Option<usize>,
    /// The parts that are drawn with the element.
    pub(super) drawn: Vec<Reference>,
    /// The corners of a line, each of which may have a marker.
    corners: u64,
    /// The index after the last element inside this one.
    end: usize,
    /// The functions in lists of filters, `blur(…)` and the like.
    pub(super) filter_functions: u64,
    /// The factor by which a step of a filter is slower than a plain one.
    pub(super) slowness: u64,
}

/// A reference to a part of the drawing.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) id: String,
    way: Way,
}

/// The way in which a part is drawn with the element that refers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Once.
    Once,
    /// With each element inside that one, which inherits the paint.
    Paint,
    /// At each corner of each element inside that one.
    Marker,
}

impl Way {
    /// Returns the way of a property, or of all properties in a style.
    fn of(key: &str, value: &str) -> Self {
        let names = |name: &str| key.contains(name) || value.contains(name);
        match () {
            () if names("marker") => Way::Marker,
            () if ["fill", "stroke", "--", "var("].into_iter().any(names) => Way::Paint,
            () => Way::Once,
        }
    }
}

/// A rule of a style sheet that refers to parts of the drawing or filters them.
#[derive(Debug)]
struct Rule {
    /// The last part of each selector.
    selectors: Vec<String>,
    references: Vec<Reference>,
    filter_functions: u64,
}

/// A reference between two elements, by index, with its count.
type Edge = (usize, usize, u64);

impl Tree {
    /// Records an element that opens.
    pub(super) fn open(&mut self, name: &str) {
        let parent = self.open.last().copied();
        self.open.push(self.elements.len());
        self.elements.push(Element { name: name.to_owned(), parent, corners: 1, slowness: 1, ..Element::default() });
    }

    /// Records an attribute of the element that was opened last.
    pub(super) fn see(&mut self, key: &str, value: &str) {
        let Some(element) = self.elements.last_mut() else { return };
        match key {
            "id" => element.id = value.to_owned(),
            "class" => element.classes = value.split_whitespace().map(str::to_owned).collect(),
            "d" | "points" => element.corners = (value.split([' ', ',', '-']).count() as u64 / 2).max(1),
            "href" if ["use", "image", "feimage", "pattern"].contains(&&*element.name) => {
                element.drawn.extend(fragment(value).map(|id| Reference { id, way: Way::Once }));
            }
            "numoctaves" | "order" => element.slowness = effects::slowness(key, value),
            "to" | "from" | "by" | "values" => {
                // The value is that of the element around the animation.
                let parent = element.parent.unwrap_or_default();
                self.elements[parent].drawn.extend(references(value).map(|id| Reference { id, way: Way::Paint }));
            }
            _ => {
                let way = Way::of(key, value);
                element.drawn.extend(references(value).map(|id| Reference { id, way }));
                element.filter_functions += effects::functions(value);
            }
        }
    }

    /// Records a style sheet.
    pub(super) fn see_style(&mut self, css: &str) {
        for (before, body) in css.split('}').filter_map(|rule| rule.rsplit_once('{')) {
            let selectors = before.rsplit(['{', ';']).next().unwrap_or_default();
            self.see_rule(selectors, body);
            // A rule around this one, whose selector is ignored.
            self.see_rule("*", before);
        }
    }

    fn see_rule(&mut self, selectors: &str, body: &str) {
        let way = Way::of("", body);
        let references: Vec<Reference> = references(body).map(|id| Reference { id, way }).collect();
        let filter_functions = effects::functions(body);
        if !references.is_empty() || filter_functions > 0 {
            let selectors = selectors.split(',').map(|selector| last_part(selector).to_owned()).collect();
            self.rules.push(Rule { selectors, references, filter_functions });
        }
    }

    /// Records the end of an element.
    pub(super) fn close(&mut self) {
        let end = self.elements.len();
        if let Some(index) = self.open.pop() {
            self.elements[index].end = end;
        }
    }

    /// Checks that a browser can draw everything that is referred to, on `pixels` if the drawing says how large it is.
    pub(super) fn check(mut self, pixels: Option<u64>) -> Result<(), String> {
        let too_often = || "refers to its own parts so often that browsers cannot draw it".to_owned();
        self.apply_rules();
        let first = self.by_id();
        let inherits = |reference: &Reference| reference.way != Way::Once;
        let plain = self.edges(&first, &|reference, _| if inherits(reference) { 0 } else { 1 });
        let weights = self.weights(&plain).ok_or_else(too_often)?;
        // A paint is drawn with all that is inside the element, and drawn there by reference.
        let all = self.edges(&first, &|reference, from| match reference.way {
            Way::Once => 1,
            Way::Paint => self.weight(from, &plain, &weights),
            Way::Marker => self.weight(from, &plain, &weights).max(self.corners(from)),
        });
        self.weights(&all).ok_or_else(too_often)?;
        match effects::can_be_drawn(&self.elements, &first, pixels) {
            true => Ok(()),
            false => Err("has more filters or animations than browsers can draw".to_owned()),
        }
    }

    /// Returns the first element with each id.
    fn by_id(&self) -> HashMap<String, usize> {
        let mut first: HashMap<String, usize> = HashMap::new();
        for (index, element) in self.elements.iter().enumerate().filter(|(_, element)| !element.id.is_empty()) {
            first.entry(element.id.clone()).or_insert(index);
        }
        first
    }

    /// Returns all references in order with their `count`; gradients cost nothing.
    fn edges(&self, first: &HashMap<String, usize>, count: &dyn Fn(&Reference, usize) -> u64) -> Vec<Edge> {
        let from_each = self.elements.iter().enumerate();
        let references = from_each.flat_map(|(from, element)| element.drawn.iter().map(move |drawn| (from, drawn)));
        references
            .filter_map(|(from, reference)| Some((from, *first.get(&reference.id)?, reference)))
            .filter(|(_, to, _)| !self.elements[*to].name.ends_with("gradient"))
            .map(|(from, to, reference)| (from, to, count(reference, from)))
            .filter(|(.., count)| *count > 0)
            .collect()
    }

    /// Returns the corners of all elements inside one.
    fn corners(&self, from: usize) -> u64 {
        self.elements[from..self.elements[from].end].iter().map(|element| element.corners).sum()
    }

    /// Returns the number of parts that are drawn with an element, by the `weights` of what is referred to.
    fn weight(&self, index: usize, edges: &[Edge], weights: &HashMap<usize, u64>) -> u64 {
        let range = index..self.elements[index].end;
        let factor = if self.elements[index].name == "filter" { PARTS_OF_FILTER } else { 1 };
        (range.len() as u64 * factor).saturating_add(sum(edges, range, weights))
    }

    /// Returns the number of parts that are drawn with each element that is referred to; `None` if a browser cannot draw
    /// all of them.
    fn weights(&self, edges: &[Edge]) -> Option<HashMap<usize, u64>> {
        let mut targets: Vec<usize> = edges.iter().map(|(_, to, _)| *to).collect();
        targets.sort_unstable();
        targets.dedup();
        let mut drawn: HashMap<usize, u64> = HashMap::new();
        for _ in 0..MOST_LEVELS {
            if sum(edges, 0..self.elements.len(), &drawn) > MOST_DRAWN {
                return None;
            }
            let next = targets.iter().map(|target| (*target, self.weight(*target, edges, &drawn))).collect();
            if next == drawn {
                return Some(drawn);
            }
            drawn = next;
        }
        None
    }

    fn apply_rules(&mut self) {
        for rule in &self.rules {
            let is_meant = |element: &Element| rule.selectors.iter().any(|selector| matches(selector, element));
            for element in self.elements.iter_mut().filter(|element| is_meant(element)) {
                element.drawn.extend(rule.references.iter().cloned());
                element.filter_functions += rule.filter_functions;
            }
        }
    }
}

/// Returns the number of parts that are drawn by references from the elements in `range`.
fn sum(edges: &[Edge], range: Range<usize>, drawn: &HashMap<usize, u64>) -> u64 {
    let start = edges.partition_point(|(from, ..)| *from < range.start);
    let end = edges.partition_point(|(from, ..)| *from < range.end);
    let part = |(_, to, times): &Edge| times.saturating_mul(*drawn.get(to).unwrap_or(&1));
    edges[start..end].iter().map(part).fold(0, u64::saturating_add)
}

fn last_part(selector: &str) -> &str {
    selector.trim().rsplit([' ', '>', '+', '~', '\n', '\r', '\t']).next().unwrap_or_default()
}

/// Returns whether an element may match the last part of a selector; pseudo-classes and attributes are ignored.
fn matches(selector: &str, element: &Element) -> bool {
    let plain = &selector[..selector.find([':', '[']).unwrap_or(selector.len())];
    let mut mark = ' ';
    for part in plain.split_inclusive(['.', '#']) {
        let name = part.trim_end_matches(['.', '#']);
        let fits = match mark {
            _ if name.is_empty() || name == "*" => true,
            '.' => element.classes.iter().any(|class| class == name),
            '#' => element.id == name,
            _ => element.name.eq_ignore_ascii_case(name),
        };
        if !fits {
            return false;
        }
        mark = part.chars().last().unwrap_or(' ');
    }
    true
}
