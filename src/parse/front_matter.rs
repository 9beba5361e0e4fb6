//! The front matter of a Markdown file, from `---` to `---`, to typed values; and where each of them stands.

mod calendar;
mod details;
mod lookalike;
mod readers;

use std::cell::OnceCell;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Fault};
use crate::model::Kind;
use crate::model::front_matter::{Common, FrontMatter, KeyPath, Readers, Value};
use crate::source::Source;
use crate::yaml::fields::Fields;
use crate::yaml::place::{self, Step};
use crate::yaml::tree::{self, Mapping, Node};
use crate::yaml::{SearchBudget, Yaml, place::inside};

pub(super) use lookalike::concerns_readers;

/// A file cut into front matter and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Bytes between the two `---` lines; `None` without front matter, and where it is not closed.
    pub yaml: Option<Range<usize>>,
    /// The offset of the body.
    pub body_start: usize,
    /// False where front matter is opened and never closed; all of the file counts as front matter then.
    pub closed: bool,
}

/// Cuts `text` into front matter and body.
///
/// Front matter opens with a line `---` at the first byte (after a byte order mark) and closes with the
/// next such line. Space after the dashes and CRLF line ends are fine. Below blank lines it is front matter too, so that
/// its keys are not missed; that it does not begin the file is for [`read`] to tell.
pub fn split(text: &str) -> Split {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = text.len() - body.len();
    let above = blank_above(body);
    let mut lines = body[above..].split_inclusive('\n');
    let mut at = match lines.next() {
        Some(line) if is_fence(line) => mark + above + line.len(),
        _ => return Split { yaml: None, body_start: mark, closed: true },
    };
    let start = at;
    for line in lines {
        if is_fence(line) {
            return Split { yaml: Some(start..at), body_start: at + line.len(), closed: true };
        }
        at += line.len();
    }
    Split { yaml: None, body_start: text.len(), closed: false }
}

/// Reads the front matter of `source` as that of an item of `kind`.
///
/// Gives the front matter, the byte where the body begins, and all faults. What is missing or wrong gets
/// an empty stand-in, so that there always is a front matter.
pub fn read(source: &Source, kind: Kind) -> (FrontMatter, usize, Vec<Diagnostic>) {
    let split = split(&source.text);
    let head = head(&source.text);
    let yaml = Yaml::new(source, split.yaml.clone().unwrap_or(0..0), head.clone());
    if !split.closed {
        yaml.report(Fault::FrontMatterNotClosed, head.clone());
    }
    if head.start > source.text.find(|first| first != '\u{feff}').unwrap_or(0) {
        yaml.report(Fault::FrontMatterNotFirst, head.clone());
    }
    let nested = split.yaml.clone().and_then(|yaml| lookalike::find_nested(&source.text, yaml));
    let other = lookalike::find(&source.text, split.body_start).or(nested);
    if let Some((range, form)) = other.clone() {
        yaml.report(Fault::FrontMatterNotRead { form }, range);
    }
    let mut front_matter = match yaml.mapping().filter(|_| split.closed) {
        Some(mapping) => read_fields(&Fields::new(&yaml, &mapping, kind.name()), kind),
        None => {
            // Front matter that cannot be read has no keys; only the fault that says so is useful.
            let nothing = Yaml::new(source, 0..0, head);
            let mut front_matter = read_fields(&Fields::new(&nothing, &Mapping::default(), kind.name()), kind);
            front_matter.common.readers.is_unknown = true;
            front_matter
        }
    };
    front_matter.common.readers.is_unknown |= other.is_some();
    (front_matter, split.body_start, yaml.into_diagnostics())
}

/// The byte range in the file of the front matter value at `path`.
///
/// `source_text` is the whole file. For a key without a value that is its key; without the key, the
/// front matter's first line.
pub fn place_of(source_text: &str, path: KeyPath) -> Range<usize> {
    Places::of_file(source_text).of(path)
}

/// The positions of the values in a file's front matter, for many faults in one file: the text is not read again for
/// each.
#[derive(Debug)]
pub struct Places<'t> {
    whole: &'t str,
    /// The bytes of the front matter, and its tree; read when the first place is asked for.
    yaml: OnceCell<(Range<usize>, Node<'t>)>,
    budget: SearchBudget,
}

impl<'t> Places<'t> {
    /// Of the file with the text `whole`.
    pub fn of_file(whole: &'t str) -> Self {
        Self { whole, yaml: OnceCell::new(), budget: SearchBudget::default() }
    }

    /// The byte range of the value at `path`, as [`place_of`] says.
    ///
    /// Most values are slices of the text. The others are searched for and, once the search budget is used up, are
    /// reported at their key.
    pub fn of(&self, path: KeyPath) -> Range<usize> {
        let (yaml, root) = self.yaml.get_or_init(|| {
            let yaml = split(self.whole).yaml.unwrap_or(0..0);
            let tree = tree::parse(&self.whole[yaml.clone()]);
            (yaml, tree.map_or(Node::Nothing, |tree| tree.root))
        });
        let text = &self.whole[yaml.clone()];
        let steps = [Some(Step::Key(path.key)), path.index.map(Step::Index), path.inner.map(Step::Key)];
        let steps: Vec<Step> = steps.into_iter().flatten().collect();
        let slice = place::node_at(root, &steps).and_then(|node| place::of_slice(text, node));
        let found = slice.or_else(|| match self.budget.allows(text) {
            true => place::nearest(text, &steps),
            false => place::key_in(text, root, &steps[..1]),
        });
        match found {
            Some(found) => yaml.start + found.start..yaml.start + found.end,
            None => head(self.whole),
        }
    }
}

/// The byte range in the file of all that belongs to a key of the front matter; nothing where the key is not there.
pub fn reach_of(source_text: &str, key: &str) -> Option<Range<usize>> {
    let range = split(source_text).yaml?;
    let reach = place::reach(&source_text[range.clone()], key)?;
    Some(range.start + reach.start..range.start + reach.end)
}

/// Bytes of the blank lines above front matter. There a `---` may be a rule as well, so a key has to follow, and a second
/// `---` somewhere.
fn blank_above(text: &str) -> usize {
    let above = text.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum();
    let mut lines = text[above..].split_inclusive('\n');
    let is_front_matter = above > 0
        && lines.next().is_some_and(is_fence)
        && lines.next().is_some_and(begins_with_key)
        && lines.any(is_fence);
    if is_front_matter { above } else { 0 }
}

fn begins_with_key(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    is_key && value.starts_with(char::is_whitespace)
}

fn is_fence(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.trim().is_empty())
}

/// The opening `---`, else the start of the file.
fn head(text: &str) -> Range<usize> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let line = body[blank_above(body)..].lines().next().unwrap_or("");
    let start = inside(text, line).map_or(0, |range| range.start);
    start..start + if is_fence(line) { 3 } else { 0 }
}

const COMMON: &[&str] = &["title", "summary", "order", "aliases", "moved_from", "tags", "print", "base", "changes"];

/// Keys that decide who may read the item. `publish` is Obsidian's.
const READERS: &[&str] = &["audience", "draft", "publish"];

/// Keys that Obsidian writes and that have no effect here. If its users expect an effect of a key, they are warned.
const IGNORED: &[&str] = &["cssclasses", "permalink", "description"];

/// The keys that items of `kind` have beside the common ones.
fn keys_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Page => &[],
        Kind::Case => &["principles"],
        Kind::Principle => &["statement", "seen", "heard", "concepts"],
        Kind::Exercise => {
            &["principles", "when", "minutes", "participants", "groups", "materials", "purpose", "invitation", "names"]
        }
        Kind::Workshop => &["start", "hours", "week", "agenda"],
        Kind::Conclusion => &["supports", "principles"],
        Kind::Indicator => &["question", "unit", "better", "series", "result"],
        Kind::Concept => &["definition", "forms"],
    }
}

fn read_fields(fields: &Fields, kind: Kind) -> FrontMatter {
    let allowed = [keys_of(kind), COMMON, READERS, IGNORED].concat();
    let common = Common { readers: readers::read(fields, &allowed), ..common(fields) };
    let front_matter = FrontMatter { common, details: details::read(fields, kind) };
    for key in ["permalink", "description"] {
        if fields.node(key).is_some() {
            fields.fault(key, Fault::IgnoredKey { key });
        }
    }
    let others = readers::others(fields, &allowed);
    let others: Vec<&str> = others.into_iter().filter(|key| owners(key).is_empty()).collect();
    others.iter().for_each(|key| readers::report_other(fields, key, &allowed));
    fields.finish(&[allowed, others].concat(), owners);
    front_matter
}

/// Returns the names of the kinds that have the key `key`.
fn owners(key: &str) -> Vec<&'static str> {
    Kind::ALL.into_iter().filter(|other| keys_of(*other).contains(&key)).map(Kind::name).collect()
}

fn common(fields: &Fields) -> Common {
    Common {
        title: text(fields, "title"),
        summary: text(fields, "summary"),
        order: fields.integer("order", i64::MIN..=i64::MAX),
        aliases: texts(fields, "aliases"),
        moved_from: words(fields, "moved_from"),
        tags: texts(fields, "tags"),
        readers: Readers::default(),
        print: fields.boolean("print").unwrap_or(true),
        merge: fields.one_of("base", &[("merge", true)]).unwrap_or(false),
        changes: text(fields, "changes"),
    }
}

fn text(fields: &Fields, key: &'static str) -> Option<Value> {
    fields.text(key).map(|text| value(text, KeyPath::key(key)))
}

fn required_text(fields: &Fields, key: &'static str) -> Value {
    fields.required(key, text(fields, key)).unwrap_or_else(|| value("", KeyPath::key(key)))
}

fn texts(fields: &Fields, key: &'static str) -> Vec<Value> {
    fields.texts(key).into_iter().map(|(index, text)| value(text, KeyPath::item(key, index))).collect()
}

fn words(fields: &Fields, key: &'static str) -> Vec<Value> {
    fields.words(key).into_iter().map(|(index, word)| value(word, KeyPath::item(key, index))).collect()
}

fn value(text: impl Into<Box<str>>, at: KeyPath) -> Value {
    Value { text: text.into(), at }
}

#[cfg(test)]
mod tests;
