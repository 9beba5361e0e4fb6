//! Finds the elements of a drawing that are never displayed, such as layers that were switched off in a drawing program.
//!
//! An element counts only if nothing can bring it back: no style sheet or animation sets the property again, and nothing
//! outside of it refers to it or to a part of it.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::local;
use super::reference::{fragment, references};

/// The elements that `display` applies to.
const DISPLAYED: &[&str] = &[
    "a", "circle", "ellipse", "g", "image", "line", "path", "polygon", "polyline", "rect", "svg", "switch", "text",
    "textpath", "tspan", "use",
];
/// The elements whose place stays empty when they are hidden, so that hiding moves other text.
const IN_TEXT: &[&str] = &["a", "textpath", "tspan"];

/// Returns the position of each outermost element in `text` that is never displayed.
pub(super) fn hidden(text: &str) -> BTreeSet<usize> {
    let lower = text.to_ascii_lowercase();
    if !lower.contains("display") && !lower.contains("visibility") {
        return BTreeSet::new();
    }
    let scan = Scan::of(text);
    let mut found = BTreeSet::new();
    let mut index = 1;
    while index < scan.nodes.len() {
        let is_hidden = scan.is_hidden(index);
        if is_hidden {
            scan.collect(index, true, &mut found);
        }
        index = if is_hidden { scan.nodes[index].end } else { index + 1 };
    }
    found
}

#[derive(Default)]
struct Scan {
    nodes: Vec<Node>,
    open: Vec<usize>,
    css: String,
    /// The elements that refer to each id.
    referring: HashMap<String, Vec<usize>>,
    animated: String,
}

#[derive(Default)]
struct Node {
    start: usize,
    /// The index after the last element inside this one.
    end: usize,
    name: String,
    id: Option<String>,
    classes: Vec<String>,
    display: Option<String>,
    visibility: Option<String>,
    /// Whether the element acts on others, like a style sheet.
    acts: bool,
}

impl Scan {
    fn of(text: &str) -> Self {
        let mut scan = Scan::default();
        let mut reader = Reader::from_str(text);
        loop {
            let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match reader.read_event() {
                Ok(Event::Start(tag)) => scan.open(&tag, start),
                Ok(Event::Empty(tag)) => {
                    scan.open(&tag, start);
                    scan.close();
                }
                Ok(Event::End(_)) => scan.close(),
                Ok(Event::Text(css)) => scan.text(&css),
                Ok(Event::CData(css)) => scan.text(&css),
                // A fault is reported where the drawing is cleaned.
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        while !scan.open.is_empty() {
            scan.close();
        }
        let in_css: Vec<String> = references(&scan.css).collect();
        in_css.into_iter().for_each(|id| scan.referring.entry(id).or_default().push(usize::MAX));
        scan
    }

    fn open(&mut self, tag: &BytesStart, start: usize) {
        let index = self.nodes.len();
        let name = local(tag.name().0);
        let mut node = Node { start, acts: name == "style", name, ..Node::default() };
        let mut style = String::new();
        for attribute in tag.attributes().flatten() {
            let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else { continue };
            match &*local(attribute.key.0) {
                "id" => node.id = Some(value.to_string()),
                "class" => node.classes = value.split_whitespace().map(str::to_owned).collect(),
                "display" => node.display = Some(value.to_lowercase()),
                "visibility" => node.visibility = Some(value.to_lowercase()),
                "style" => style = value.to_lowercase(),
                "attributename" => self.animated.push_str(&value.to_lowercase()),
                _ => {}
            }
            let is_animation = node.name.starts_with("animate") || ["set", "discard"].contains(&&*node.name);
            node.acts |= is_animation && local(attribute.key.0) == "href";
            for id in named(&local(attribute.key.0), &value) {
                self.referring.entry(id).or_default().push(index);
            }
        }
        node.display = declared(&style, "display").or(node.display);
        node.visibility = declared(&style, "visibility").or(node.visibility);
        self.open.push(index);
        self.nodes.push(node);
    }

    fn close(&mut self) {
        let end = self.nodes.len();
        if let Some(index) = self.open.pop() {
            self.nodes[index].end = end;
        }
    }

    fn text(&mut self, text: &str) {
        if self.open.last().is_some_and(|index| self.nodes[*index].name == "style") {
            self.css.push_str(text);
        }
    }

    /// Returns whether an element is hidden for good, references aside.
    fn is_hidden(&self, index: usize) -> bool {
        let node = &self.nodes[index];
        let inside = &self.nodes[index..node.end];
        let is_none = node.display.as_deref().map_or_else(|| self.is_hidden_by_class(node), |value| is(value, "none"));
        let is_invisible = |node: &Node| node.visibility.as_deref().is_none_or(|value| is(value, "hidden"));
        let not_seen = node.visibility.is_some()
            && self.can_stay("visibility")
            && !IN_TEXT.contains(&&*node.name)
            && inside.iter().all(is_invisible);
        DISPLAYED.contains(&&*node.name) && (is_none && self.can_stay("display") || not_seen)
    }

    /// Returns whether no style sheet and no animation sets a property to another value.
    fn can_stay(&self, property: &str) -> bool {
        let css = self.css.to_lowercase();
        let is_set = css.contains(property) && (property == "visibility" || self.classes().is_none());
        let is_animated = [property, "class", "style"].iter().any(|name| self.animated.contains(name));
        !is_set && !is_animated && !css.contains("all:")
    }

    fn is_hidden_by_class(&self, node: &Node) -> bool {
        self.classes().is_some_and(|hiding| node.classes.iter().any(|class| hiding.contains(class)))
    }

    /// Returns the classes that a style sheet hides; `None` if it does more with `display` than that.
    fn classes(&self) -> Option<Vec<String>> {
        let mut classes = Vec::new();
        if self.css.contains('@') && self.css.to_lowercase().contains("display") {
            return None;
        }
        for (selectors, body) in self.css.split('}').filter_map(|rule| rule.split_once('{')) {
            let body = body.to_lowercase();
            let value = declared(&body, "display");
            if value.as_deref().is_some_and(|value| !is(value, "none")) || value.is_none() && body.contains("display") {
                return None;
            }
            for selector in selectors.split(',').map(str::trim).filter(|_| value.is_some()) {
                let class = selector.strip_prefix('.')?;
                classes.push(class.to_owned());
                if class.contains(|letter: char| !letter.is_alphanumeric() && !"-_".contains(letter)) {
                    return None;
                }
            }
        }
        Some(classes)
    }

    /// Collects the element at `index`, or what can go inside it. `is_outermost` is the hidden element itself, which stays
    /// hidden where others refer to it.
    fn collect(&self, index: usize, is_outermost: bool, found: &mut BTreeSet<usize>) {
        let node = &self.nodes[index];
        let range = index..node.end;
        if !self.nodes[range.clone()].iter().any(|inner| inner.acts || self.is_referred_to(inner, &range)) {
            found.insert(node.start);
        } else if is_outermost || !node.acts && !self.is_referred_to(node, &range) {
            let mut child = index + 1;
            while child < node.end {
                self.collect(child, false, found);
                child = self.nodes[child].end;
            }
        }
    }

    fn is_referred_to(&self, node: &Node, from_outside: &Range<usize>) -> bool {
        let referring = node.id.as_ref().and_then(|id| self.referring.get(id));
        referring.is_some_and(|all| all.iter().any(|index| !from_outside.contains(index)))
    }
}

/// Returns the ids that an attribute may name.
fn named(key: &str, value: &str) -> Vec<String> {
    match key {
        "href" => fragment(value).into_iter().collect(),
        "begin" | "end" => value.split([';', '.', ' ', '+']).map(str::to_owned).collect(),
        _ if key.starts_with("aria-") => value.split_whitespace().map(str::to_owned).collect(),
        _ => references(value).collect(),
    }
}

/// Returns the last value of a property in the declarations of a style.
fn declared(style: &str, property: &str) -> Option<String> {
    let declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    let mut values = declarations.filter(|(name, _)| name.trim() == property).map(|(_, value)| value.trim().to_owned());
    values.next_back()
}

/// Returns whether a value is this word, `!important` or not.
fn is(value: &str, word: &str) -> bool {
    value.split('!').next().unwrap_or_default().trim() == word
}
