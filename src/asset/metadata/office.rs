//! Reads the metadata in the parts of Office and OpenDocument files: properties, comments, tracked changes, paths.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::words::text_of;
use super::{one, xmp};
use crate::diagnostic::metadata::{Detail, Found};

/// Returns whether a file in an archive marks the archive as a document.
pub(super) fn is_part(name: &str) -> bool {
    matches!(name, "mimetype" | "[Content_Types].xml" | "META-INF/manifest.xml" | "META-INF/container.xml")
}

/// Returns whether a part of a document runs when it is opened, or holds what does: macros, controls, embedded objects.
pub(super) fn is_code(name: &str) -> bool {
    // Empty lists of macros, which OpenDocument files may hold without any.
    let is_list =
        ["script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml"].iter().any(|list| name.ends_with(list));
    let is_in =
        |folder: &str| name.strip_prefix(folder).is_some_and(|inner| !inner.is_empty() && !inner.ends_with('/'));
    let lower = name.to_ascii_lowercase();
    is_in("Basic/") && !is_list
        || is_in("Scripts/")
        || ["vbaproject", "/activex/", "oleobject", "/macrosheets/"].iter().any(|part| lower.contains(part))
}

/// Returns whether a part of a document is XML.
pub(super) fn is_xml(name: &str) -> bool {
    [".xml", ".rels", ".opf"].iter().any(|extension| name.ends_with(extension))
}

/// Finds the metadata in a part of a document.
pub(super) fn part(name: &str, xml: &str) -> Vec<Found> {
    let is_properties = name.starts_with("docProps/") || name.ends_with("meta.xml");
    let is_own_data = name.starts_with("customXml/") && !name.contains("itemProps");
    let mut found = if is_properties || is_own_data { xmp::fields(xml) } else { Vec::new() };
    if name.ends_with(".opf") {
        found.extend(xmp::fields(xml).into_iter().filter(|found| found.detail == Detail::Author));
    }
    if name == "[Content_Types].xml" && xml.to_ascii_lowercase().contains("macroenabled") {
        found.extend(one(Detail::Code, "macroEnabled"));
    }
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
    let mut is_vanished = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                found.extend(attributes(&tag));
                let name = tag.local_name().into_inner();
                open.push(if is_switched_off(&tag) { HIDDEN } else { name }.to_owned());
            }
            Ok(Event::Empty(tag)) => {
                found.extend(attributes(&tag));
                is_vanished |= is_vanish(&tag) && open.iter().any(|name| name == "r");
            }
            Ok(Event::End(_)) => is_vanished &= open.pop().is_none_or(|name| name != "r"),
            Ok(Event::Text(text)) => {
                if is_vanished && open.last().is_some_and(|name| name == "t") {
                    found.extend(one(Detail::Hidden, &*text));
                }
                found.extend(detail_of(&open, is_comment).into_iter().flat_map(|detail| one(detail, &*text)))
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// Stands for an open element that is switched off.
const HIDDEN: &str = "(hidden)";

/// Returns whether an element is not shown with all that is inside: a slide, a row, a table or a part of a text.
fn is_switched_off(tag: &BytesStart) -> bool {
    tag.attributes().flatten().any(|attribute| {
        let key = attribute.key.local_name().into_inner();
        match tag.local_name().into_inner() {
            "sld" => key == "show" && ["0", "false"].contains(&&*attribute.value),
            "row" | "col" => key == "hidden" && ["1", "true"].contains(&&*attribute.value),
            "table-row" | "table-column" => key == "visibility" && *attribute.value != *"visible",
            "section" => key == "display" && *attribute.value == *"none",
            "hidden-text" | "hidden-paragraph" => true,
            _ => false,
        }
    })
}

/// Returns whether a property hides the run that it stands in.
fn is_vanish(tag: &BytesStart) -> bool {
    let is_off = |value: &str| ["0", "false", "off"].contains(&value);
    tag.local_name().into_inner() == "vanish" && !tag.attributes().flatten().any(|attribute| is_off(&attribute.value))
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
    if is_in(&[HIDDEN]) {
        return Some(Detail::Hidden);
    }
    if is_in(&["property"]) && matches!(last, "lpwstr" | "lpstr" | "bstr") || last == "user-defined" {
        return Some(Detail::Other);
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
            ("sheet", "name") if is_hidden(tag) => Detail::Hidden,
            ("row", "r") | ("col", "min") if is_switched_off(tag) => {
                found.extend(one(Detail::Hidden, format!("{name} {value}")));
                continue;
            }
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
