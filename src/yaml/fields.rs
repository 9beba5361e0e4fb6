//! A YAML mapping to typed values, key by key: a wrong one is a fault at its place, and reading goes on.
//!
//! An empty value (`title:`) or a blank text counts as absent, as in the forms that editors show for front matter.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use crate::diagnostic::{Fault, suggest};
use crate::model::comment::{self, Comments};
use crate::model::hiding;

use super::path::Path;
use super::place::{self, Step};
use super::tree::{Entry, Mapping, Node};
use super::{Yaml, written};

/// A mapping that is being read.
#[derive(Debug)]
pub struct Fields<'y, 't> {
    yaml: &'y Yaml<'t>,
    mapping: &'y Mapping<'t>,
    path: Path<'y>,
    kind: &'static str,
}

impl<'y, 't> Fields<'y, 't> {
    /// The outermost mapping of `yaml`; `kind` is what messages call it.
    pub fn new(yaml: &'y Yaml<'t>, mapping: &'y Mapping<'t>, kind: &'static str) -> Self {
        Self { yaml, mapping, path: Path::Root, kind }
    }

    /// A text, for people to read. Numbers, dates and truths are taken as they were written. A plain text
    /// that ` #` cuts short is warned of. Comments are taken out.
    pub fn text(&self, key: &str) -> Option<Cow<'y, str>> {
        let text = self.word(key)?;
        self.warn_if_cut_short(key, None, &text);
        self.without_comments(key, None, text)
    }

    /// A name, id, path or address: like [`text`](Self::text), but a comment may follow.
    pub fn word(&self, key: &str) -> Option<Cow<'y, str>> {
        let entry = self.entry(key)?;
        let text = match &entry.value {
            Node::Text(text) => Cow::Borrowed(&**text),
            Node::Bool(_) | Node::Integer(_) | Node::Number(_) => Cow::Owned(self.as_written(entry)),
            found => return self.wrong(key, None, "a text", found),
        };
        (!text.trim().is_empty()).then_some(text)
    }

    /// Texts, for people to read, with their index; a single text is a list of one (index 0). Empty ones are left out.
    pub fn texts(&self, key: &str) -> Vec<(usize, Cow<'y, str>)> {
        let shown = |(index, text): (usize, Cow<'y, str>)| {
            self.warn_if_cut_short(key, Some(index), &text);
            Some((index, self.without_comments(key, Some(index), text)?))
        };
        self.words(key).into_iter().filter_map(shown).collect()
    }

    /// Names, ids or paths: like [`texts`](Self::texts), but comments may follow.
    pub fn words(&self, key: &str) -> Vec<(usize, Cow<'y, str>)> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let nodes = match &entry.value {
            Node::List(nodes) => nodes,
            Node::Mapping(_) => return self.wrong(key, None, "a list of texts", &entry.value).unwrap_or_default(),
            _ => return self.word(key).map(|text| (0, text)).into_iter().collect(),
        };
        let mut texts = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            match node {
                Node::Nothing => {}
                Node::Text(text) if text.trim().is_empty() => {}
                Node::Text(text) => texts.push((index, Cow::Borrowed(&**text))),
                Node::Bool(_) | Node::Integer(_) | Node::Number(_) => {
                    let range = self.yaml.place_in_text(&self.steps(Some(key), Some(index)));
                    let written = range.map(|range| self.yaml.text[range].to_owned());
                    texts.push((index, Cow::Owned(written.unwrap_or_else(|| node.to_json().to_string()))));
                }
                Node::List(_) | Node::Mapping(_) => {
                    self.wrong::<()>(key, Some(index), "a text", node);
                }
            }
        }
        texts
    }

    /// `true` or `false`; other ways to say yes and no are told which it is.
    pub fn boolean(&self, key: &str) -> Option<bool> {
        match &self.entry(key)?.value {
            Node::Bool(value) => Some(*value),
            Node::Text(text) if matches!(&**text, "true" | "false") => {
                self.wrong(key, None, "`true` or `false` without quotes", &Node::Text(Cow::Borrowed(text)))
            }
            Node::Text(text) => match text.to_lowercase().as_str() {
                "yes" | "on" | "ja" | "y" | "j" => self.invalid(key, "`true` or `false`", Some("true".to_owned())),
                "no" | "off" | "nej" | "n" => self.invalid(key, "`true` or `false`", Some("false".to_owned())),
                _ => self.wrong(key, None, "`true` or `false`", &Node::Text(Cow::Borrowed(text))),
            },
            found => self.wrong(key, None, "`true` or `false`", found),
        }
    }

    /// A whole number in `range`.
    pub fn integer(&self, key: &str, range: RangeInclusive<i64>) -> Option<i64> {
        match &self.entry(key)?.value {
            Node::Integer(value) if range.contains(value) => Some(*value),
            Node::Integer(_) => {
                self.invalid(key, &format!("a whole number from {} to {}", range.start(), range.end()), None)
            }
            Node::Text(text) if self.is_in_quotes(key) && text.trim().parse::<i64>().is_ok() => {
                self.wrong(key, None, "a whole number without quotes", &Node::Text(Cow::Borrowed(text)))
            }
            // `08` is text to YAML, since 8 is no octal digit.
            Node::Text(text) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                match text.parse() {
                    Ok(value) if range.contains(&value) => Some(value),
                    _ => self.invalid(key, &format!("a whole number from {} to {}", range.start(), range.end()), None),
                }
            }
            found => self.wrong(key, None, "a whole number", found),
        }
    }

    /// A finite number, and how it was written: digits, sign and point.
    pub fn number(&self, key: &str) -> Option<(f64, String)> {
        let entry = self.entry(key)?;
        let value = match &entry.value {
            Node::Integer(value) => *value as f64,
            Node::Number(value) if value.is_finite() => *value,
            Node::Number(_) => return self.invalid(key, "a finite number", None),
            Node::Text(text) if self.is_in_quotes(key) && text.trim().parse::<f64>().is_ok_and(f64::is_finite) => {
                return self.wrong(key, None, "a number without quotes", &entry.value);
            }
            Node::Text(text) => {
                let with_point = text.trim().replacen(',', ".", 1);
                let mended = with_point.parse::<f64>().is_ok_and(f64::is_finite).then_some(with_point);
                return match mended {
                    Some(_) => self.invalid(key, "a number with a decimal point", mended),
                    None => self.wrong(key, None, "a number", &entry.value),
                };
            }
            found => return self.wrong(key, None, "a number", found),
        };
        let written = self.as_written(entry);
        let same = written.parse::<f64>().is_ok_and(f64::is_finite);
        Some((value, if same { written } else { value.to_string() }))
    }

    /// One of a few words.
    pub fn one_of<T: Copy>(&self, key: &str, allowed: &[(&str, T)]) -> Option<T> {
        let word = self.word(key)?;
        let found = allowed.iter().find(|(name, _)| *name == word);
        if found.is_none() {
            let names: Vec<String> = allowed.iter().map(|(name, _)| format!("`{name}`")).collect();
            let suggestion = suggest::nearest(&word, allowed.iter().map(|(name, _)| *name));
            let expected = match names.split_last() {
                Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
                _ => names.concat(),
            };
            self.invalid::<()>(key, &expected, suggestion);
        }
        found.map(|(_, value)| *value)
    }

    /// The mapping of a key; `kind` is what messages call it, `form` how one looks that holds the value at each `%`, for
    /// those who write the value alone.
    pub fn fields<'f>(&'f self, key: &'f str, kind: &'static str, form: &str) -> Option<Fields<'f, 't>> {
        match &self.entry(key)?.value {
            Node::Mapping(mapping) => Some(Fields { yaml: self.yaml, mapping, path: Path::Key(&self.path, key), kind }),
            found => {
                let mended = self.in_form(key, None, form).map(|fields| format!("{key}: {fields}"));
                self.wrong_but_mended(key, None, "keys with values", found, mended)
            }
        }
    }

    /// The mappings of a list with their index; `kind` is what messages call one, `form` as in [`fields`](Self::fields).
    pub fn list_of_fields<'f>(&'f self, key: &'f str, kind: &'static str, form: &str) -> Vec<(usize, Fields<'f, 't>)> {
        let nodes = match self.entry(key).map(|entry| &entry.value) {
            None => return Vec::new(),
            Some(Node::List(nodes)) => nodes,
            Some(found) => {
                let mended = self.in_form(key, None, form).map(|fields| format!("{key}: [{fields}]"));
                self.wrong_but_mended::<()>(key, None, "a list of entries with keys", found, mended);
                return Vec::new();
            }
        };
        let mut list = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            match node {
                Node::Nothing => {}
                Node::Mapping(mapping) => {
                    let path = Path::Item(&self.path, key, index);
                    list.push((index, Fields { yaml: self.yaml, mapping, path, kind }));
                }
                found => {
                    let mended = self.in_form(key, Some(index), form);
                    self.wrong_but_mended::<()>(key, Some(index), "keys with values", found, mended);
                }
            }
        }
        list
    }

    /// The keys that are there, in order, with a value or without.
    pub fn keys(&self) -> impl Iterator<Item = &'y str> {
        self.mapping.entries.iter().map(|entry| &*entry.key)
    }

    /// The value of a key, unless it is empty.
    pub fn node(&self, key: &str) -> Option<&'y Node<'t>> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Passes `value` on, and reports the key as missing where it has no value. (One with a wrong value is reported already.)
    pub fn required<T>(&self, key: &str, value: Option<T>) -> Option<T> {
        let empty = self.node(key).is_none_or(|node| match node {
            Node::Text(text) => comment::outside(text).0.trim().is_empty(),
            Node::List(nodes) => nodes.iter().all(|node| *node == Node::Nothing),
            _ => false,
        });
        if value.is_none() && empty {
            self.fault(key, Fault::MissingKey { key: key.to_owned(), kind: self.kind });
        }
        value
    }

    /// Reports `key` if it has no value, for keys whose default must not be mistaken for the author's intention.
    pub fn wants_value(&self, key: &str, expected: &'static str) {
        let is_empty = |entry: &Entry| match &entry.value {
            Node::Nothing => true,
            Node::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        if self.mapping.get(key).is_some_and(is_empty) {
            self.wrong::<()>(key, None, expected, &Node::Nothing);
        }
    }

    /// Reports the value of `key` as one that cannot be, saying which could.
    pub fn invalid<T>(&self, key: &str, expected: &str, suggestion: Option<String>) -> Option<T> {
        let range = self.place(key);
        let value = self.yaml.whole(range.clone()).trim_matches(['"', '\'']).to_owned();
        let fault =
            Fault::InvalidValue { key: self.name_of(key, None), value, expected: expected.to_owned(), suggestion };
        self.yaml.report(fault, range);
        None
    }

    /// Reports a fault of the value of `key`.
    pub fn fault(&self, key: &str, fault: Fault) {
        self.yaml.report(fault, self.place(key));
    }

    /// Returns the position of the value of `key` in the file, else of its key, else of this mapping.
    pub fn place(&self, key: &str) -> Range<usize> {
        self.place_at(key, None)
    }

    /// Returns the position in the file of the value at `index` of the list of `key`.
    pub fn place_of_item(&self, key: &str, index: usize) -> Range<usize> {
        self.place_at(key, Some(index))
    }

    /// The file, for labels.
    pub fn shown(&self) -> &'t Arc<str> {
        self.yaml.shown()
    }

    /// Reports every key that is not in `allowed`. `owners` gives the kinds that have a key which this one has not.
    pub fn finish(&self, allowed: &[&str], owners: impl Fn(&str) -> Vec<&'static str>) {
        for entry in self.mapping.entries.iter().filter(|entry| !allowed.contains(&&*entry.key)) {
            let (key, belongs_to) = (entry.key.to_string(), owners(&entry.key));
            let fault = match belongs_to.is_empty() {
                true => Fault::UnknownKey { suggestion: suggest::nearest(&key, allowed.iter().copied()), key },
                false => Fault::MisplacedKey { key, kind: self.kind, belongs_to },
            };
            self.yaml.report(fault, self.yaml.place_of_key(&entry.key));
        }
    }

    /// Returns the position in the file of the value of `key`, or of the one at `index` of its list; else the nearest
    /// one around it.
    fn place_at(&self, key: &str, index: Option<usize>) -> Range<usize> {
        let entry = self.mapping.get(key);
        let node = entry.and_then(|entry| match (&entry.value, index) {
            (Node::List(nodes), Some(index)) => nodes.get(index),
            (value, _) => Some(value),
        });
        match node.and_then(|node| place::of_slice(self.yaml.text, node)) {
            Some(range) => self.yaml.absolute(range),
            None => {
                let near = entry.or(self.mapping.entries.first()).map_or("", |entry| &*entry.key);
                self.yaml.place(&self.steps(Some(key), index), near)
            }
        }
    }

    fn entry(&self, key: &str) -> Option<&'y Entry<'t>> {
        self.mapping.get(key).filter(|entry| entry.value != Node::Nothing)
    }

    /// The one value that stands where a mapping is wanted, in the mapping that it belongs in; nothing where more stands
    /// there than a value.
    fn in_form(&self, key: &str, index: Option<usize>, form: &str) -> Option<String> {
        // Longer than any value that is worth repeating.
        const LONGEST: usize = 40;
        let written = self.yaml.whole(self.place_at(key, index));
        let is_quoted = written.starts_with(['"', '\'']);
        let value = match written {
            long if long.chars().count() > LONGEST || long.contains('\n') => "…".to_owned(),
            quoted if is_quoted => quoted.to_owned(),
            list if list.starts_with(['[', '{', '-', '&', '*', '!', '|', '>']) => return None,
            plain if plain.contains([',', '[', ']', '{', '}', ':', '#']) => format!("\"{plain}\""),
            plain => plain.to_owned(),
        };
        (!value.is_empty()).then(|| form.replace('%', &value))
    }

    fn wrong<T>(&self, key: &str, index: Option<usize>, expected: &'static str, found: &Node) -> Option<T> {
        self.wrong_but_mended(key, index, expected, found, None)
    }

    fn wrong_but_mended<T>(
        &self,
        key: &str,
        index: Option<usize>,
        expected: &'static str,
        found: &Node,
        mended: Option<String>,
    ) -> Option<T> {
        let range = self.place_at(key, index);
        let begins_as_yaml = self.yaml.whole(range.clone()).starts_with(['{', '[']);
        let has_colon = index.is_some() && matches!(found, Node::Mapping(_));
        let wants_quotes = expected == "a text" && (begins_as_yaml || has_colon);
        let fault = Fault::WrongType {
            key: self.name_of(key, index),
            expected,
            found: found.type_name(),
            wants_quotes,
            mended,
        };
        self.yaml.report(fault, range);
        None
    }

    fn is_in_quotes(&self, key: &str) -> bool {
        self.yaml.whole(self.place(key)).starts_with(['"', '\''])
    }

    fn as_written(&self, entry: &Entry) -> String {
        let after_key = written::after_key(self.yaml.text, &entry.key);
        let range = after_key.or_else(|| self.yaml.place_in_text(&self.steps(Some(&entry.key), None)));
        range.map_or("", |range| &self.yaml.text[range]).to_owned()
    }

    fn warn_if_cut_short(&self, key: &str, index: Option<usize>, text: &str) {
        let start = || self.yaml.place_in_text(&self.steps(Some(key), index)).map(|range| range.start);
        if let Some(at) = written::cut_short(self.yaml.text, text, start) {
            let at = self.yaml.start + at;
            self.yaml.report(Fault::YamlCutShort { key: self.name_of(key, index) }, at..at + 1);
        }
    }

    /// `text` as readers see it, if they see anything of it.
    fn without_comments(&self, key: &str, index: Option<usize>, text: Cow<'y, str>) -> Option<Cow<'y, str>> {
        for part in Comments::default().visible(&text, |at| at) {
            self.report_unhidden(key, index, &text[part]);
        }
        if !comment::may_hold_marks(&text) {
            return Some(text);
        }
        let (shown, unclosed) = comment::outside(&text);
        if let Some(marks) = unclosed {
            let place = self.place_at(key, index);
            self.yaml.report(Fault::UnclosedComment { opener: marks.opener() }, place);
        }
        let shown = shown.trim();
        (!shown.is_empty()).then(|| Cow::Owned(shown.to_owned()))
    }

    /// Reports text that was meant to be hidden and would be shown.
    fn report_unhidden(&self, key: &str, index: Option<usize>, text: &str) {
        let marker = || text.lines().filter(|line| hiding::may_hold_marker(line)).find_map(hiding::marker_in);
        if let Some(name) = marker() {
            self.yaml.report(Fault::CalloutNotHidden { name }, self.place_at(key, index));
        }
        if hiding::may_hold_broken_comment(text)
            && let Some(mark) = hiding::broken_comment_in(text, "")
        {
            let written = text[mark].to_owned();
            self.yaml.report(Fault::CommentNotHidden { written }, self.place_at(key, index));
        }
    }

    /// `participants.min`, `agenda[2].kind`: the key with the keys above it, for messages.
    pub fn name_of(&self, key: &str, index: Option<usize>) -> String {
        self.path.name_of(key, index)
    }

    fn steps<'s>(&'s self, key: Option<&'s str>, index: Option<usize>) -> Vec<Step<'s>> {
        self.path.steps(key, index)
    }
}
