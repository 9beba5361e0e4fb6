//! Reads the metadata in the parts of Office and OpenDocument files: properties, comments, tracked changes, paths.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::words::text_of;
use super::{one, xmp};
use crate::diagnostic::metadata::{Detail, Found};

/// Returns whether a file in an archive marks the archive as a document.
pub(super) fn is_part(name: &str) -> bool {
    matches!(name, "[Content_Types].xml" | "META-INF/manifest.xml" | "META-INF/container.xml")
}

/// Returns whether a part of a document is XML.
pub(super) fn is_xml(name: &str) -> bool {
    [".xml", ".rels", ".opf"].iter().any(|extension| name.ends_with(extension))
}

/// Finds the metadata in a part of a document.
pub(super) fn part(name: &str, xml: &str) -> Vec<Found> {
    let is_properties = name.starts_with("docProps/") || name.ends_with("meta.xml");
    let mut found = if is_properties { xmp::fields(xml) } else { Vec::new() };
    let is_comment = ["comment", "Comment", "notesSlide"].iter().any(|part| name.contains(part));
    found.extend(content(xml, is_comment));
    found
}

/// Finds names, comments, tracked changes and paths in the text of a document; `is_comment` means that the part holds
/// comments.
fn content(xml: &str, is_comment: bool) -> Vec<Found> {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                found.extend(attributes(&tag));
                open.push(tag.local_name().into_inner().to_owned());
            }
            Ok(Event::Empty(tag)) => found.extend(attributes(&tag)),
            Ok(Event::End(_)) => {
                open.pop();
            }
            Ok(Event::Text(text)) => {
                found.extend(detail_of(&open, is_comment).into_iter().flat_map(|detail| one(detail, &*text)))
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// Returns the detail that a text inside these elements gives.
fn detail_of(open: &[String], is_comment: bool) -> Option<Detail> {
    let is_in = |names: &[&str]| open.iter().any(|name| names.contains(&&**name));
    let last = open.last().map_or("", String::as_str);
    if is_in(&["annotation", "changed-region", "change-info", "authors", "ins", "del"])
        && matches!(last, "creator" | "author" | "sender-initials")
    {
        return Some(Detail::Author);
    }
    if matches!(last, "date" | "dateTime") {
        return None;
    }
    if is_in(&["del", "deletion", "moveFrom"]) || last == "delText" {
        return Some(Detail::Change);
    }
    (is_comment || is_in(&["annotation"])).then_some(Detail::Comment)
}

fn attributes(tag: &BytesStart) -> Vec<Found> {
    let name = tag.local_name().into_inner().to_owned();
    let mut found = Vec::new();
    for attribute in tag.attributes().flatten() {
        let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else { continue };
        let detail = match (&*name, attribute.key.local_name().into_inner()) {
            (_, "author" | "lastModifiedBy" | "userName") => Detail::Author,
            ("cmAuthor" | "author", "name") | ("person", "displayName" | "userId") => Detail::Author,
            ("absPath", "url") => Detail::Path,
            (_, "Target" | "href" | "url") if is_path(&value) => Detail::Path,
            ("sheet", "name") if is_hidden(tag) => Detail::Comment,
            _ => continue,
        };
        found.extend(one(detail, &*value));
    }
    found
}

fn is_hidden(tag: &BytesStart) -> bool {
    tag.try_get_attribute("state")
        .ok()
        .flatten()
        .is_some_and(|state| state.value.to_ascii_lowercase().contains("hidden"))
}

/// Returns whether an address is a path on a computer or in its network.
fn is_path(address: &str) -> bool {
    let drive = address.as_bytes();
    address.starts_with("file:")
        || address.starts_with("\\\\")
        || matches!(drive, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic())
}

/// Finds the properties in the head of a rich text file.
pub(super) fn rtf(head: &str) -> Vec<Found> {
    const FIELDS: &[(&str, Detail)] = &[
        ("{\\author ", Detail::Author),
        ("{\\operator ", Detail::Author),
        ("{\\manager ", Detail::Author),
        ("{\\company ", Detail::Organisation),
        ("{\\title ", Detail::Title),
        ("{\\subject ", Detail::Comment),
        ("{\\keywords ", Detail::Comment),
        ("{\\doccomm ", Detail::Comment),
        ("{\\*\\company ", Detail::Organisation),
        ("{\\*\\manager ", Detail::Author),
        ("{\\*\\template ", Detail::Path),
        ("{\\*\\generator ", Detail::Program),
        ("{\\*\\atnauthor ", Detail::Author),
        ("{\\*\\annotation", Detail::Comment),
        ("{\\*\\revtbl ", Detail::Author),
    ];
    let field = |(mark, detail): &(&str, Detail)| {
        let values = head.split(mark).skip(1).map(|rest| rest.split('}').next().unwrap_or_default());
        values.flat_map(|value| one(*detail, text_of(value.as_bytes()))).collect::<Vec<_>>()
    };
    FIELDS.iter().flat_map(field).collect()
}
