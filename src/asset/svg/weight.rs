//! Counts how often parts of a drawing are drawn again by reference: ten uses of ten uses of … stop a browser.

use std::collections::HashMap;
use std::ops::Range;

/// The limit of parts that a browser draws in a moment. Drawings of real maps repeat a few thousand.
const MOST_DRAWN: u64 = 200_000;
/// The longest chain of references that is followed; each round of counting follows one more.
const MOST_LEVELS: usize = 64;

/// The elements of a drawing in order, with their references.
#[derive(Debug, Default)]
pub(super) struct Tree {
    elements: Vec<Element>,
    /// The open elements, by index.
    open: Vec<usize>,
    rules: Vec<Rule>,
}

#[derive(Debug, Default)]
struct Element {
    name: String,
    id: String,
    classes: Vec<String>,
    /// The ids that are drawn with the element, with a count for each.
    drawn: Vec<(String, u64)>,
    /// The corners of a line, each of which may have a marker.
    corners: u64,
    /// The index after the last element inside this one.
    end: usize,
}

/// A rule of a style sheet that refers to parts of the drawing.
#[derive(Debug)]
struct Rule {
    /// The last part of each selector.
    selectors: Vec<String>,
    ids: Vec<String>,
    is_marker: bool,
}

impl Tree {
    /// Records an element that opens.
    pub(super) fn open(&mut self, name: &str) {
        self.open.push(self.elements.len());
        self.elements.push(Element { name: name.to_owned(), corners: 1, ..Element::default() });
    }

    /// Records an attribute of the element that was opened last.
    pub(super) fn see(&mut self, key: &str, value: &str) {
        let Some(element) = self.elements.last_mut() else { return };
        match key {
            "id" => element.id = value.to_owned(),
            "class" => element.classes = value.split_whitespace().map(str::to_owned).collect(),
            "d" | "points" => element.corners = (value.split([' ', ',', '-']).count() as u64 / 2).max(1),
            "href" if ["use", "image", "feimage", "pattern"].contains(&&*element.name) => {
                element.drawn.extend(value.trim().strip_prefix('#').map(|id| (id.to_owned(), 1)));
            }
            _ => {
                let times = if key.starts_with("marker") || value.contains("marker") { u64::MAX } else { 1 };
                element.drawn.extend(references(value).map(|id| (id, times)));
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
        let ids: Vec<_> = references(body).collect();
        if !ids.is_empty() {
            let selectors = selectors.split(',').map(|selector| last_part(selector).to_owned()).collect();
            self.rules.push(Rule { selectors, ids, is_marker: body.contains("marker") });
        }
    }

    /// Records the end of an element.
    pub(super) fn close(&mut self) {
        let end = self.elements.len();
        if let Some(index) = self.open.pop() {
            self.elements[index].end = end;
        }
    }

    /// Returns whether a browser can draw everything that is referred to.
    pub(super) fn can_be_drawn(mut self) -> bool {
        self.apply_rules();
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (index, element) in self.elements.iter().enumerate().filter(|(_, element)| !element.id.is_empty()) {
            first.entry(&element.id).or_insert(index);
        }
        // All references in order: source element, target element, count.
        let references: Vec<(usize, usize, u64)> = (self.elements.iter().enumerate())
            .flat_map(|(from, element)| element.drawn.iter().map(move |drawn| (from, drawn, element.corners)))
            .filter_map(|(from, (id, times), corners)| Some((from, *first.get(&**id)?, (*times).min(corners))))
            .filter(|(_, to, _)| !self.elements[*to].name.ends_with("gradient"))
            .collect();
        let inside = |range: Range<usize>| {
            let start = references.partition_point(|(from, ..)| *from < range.start);
            let end = references.partition_point(|(from, ..)| *from < range.end);
            &references[start..end]
        };
        let mut targets: Vec<usize> = references.iter().map(|(_, to, _)| *to).collect();
        targets.sort_unstable();
        targets.dedup();
        let mut drawn: HashMap<usize, u64> = HashMap::new();
        for _ in 0..MOST_LEVELS {
            let sum = |range: Range<usize>| {
                let part = |(_, to, times): &(usize, usize, u64)| times.saturating_mul(*drawn.get(to).unwrap_or(&1));
                inside(range).iter().map(part).fold(0, u64::saturating_add)
            };
            if sum(0..self.elements.len()) > MOST_DRAWN {
                return false;
            }
            let weigh = |target: &usize| {
                let range = *target..self.elements[*target].end;
                (*target, (range.len() as u64).saturating_add(sum(range)))
            };
            let next: HashMap<usize, u64> = targets.iter().map(weigh).collect();
            if next == drawn {
                return true;
            }
            drawn = next;
        }
        false
    }

    fn apply_rules(&mut self) {
        for rule in &self.rules {
            let is_meant = |element: &Element| rule.selectors.iter().any(|selector| matches(selector, element));
            for element in self.elements.iter_mut().filter(|element| is_meant(element)) {
                let times = if rule.is_marker { u64::MAX } else { 1 };
                element.drawn.extend(rule.ids.iter().map(|id| (id.clone(), times)));
            }
        }
    }
}

/// Returns the ids in `url(#…)`.
fn references(css: &str) -> impl Iterator<Item = String> {
    css.split("url(").skip(1).filter_map(|rest| {
        let id = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '"' || letter == '\'');
        let id = id.strip_prefix('#')?;
        Some(id[..id.find([')', '"', '\'', ' ']).unwrap_or(id.len())].to_owned())
    })
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
