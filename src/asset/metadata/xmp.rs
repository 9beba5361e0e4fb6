//! Reads XMP and other XML whose elements and attributes are named after their content.

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};

use super::vocabulary::detail_of;
use crate::diagnostic::metadata::{Detail, Found};

/// Finds the metadata in the XMP packets in `bytes`.
pub(super) fn find(bytes: &[u8]) -> Vec<Found> {
    let starts = memchr::memmem::find_iter(bytes, b"<rdf:RDF");
    let packet = |at: usize| {
        let end = memchr::memmem::find(&bytes[at..], b"</rdf:RDF>").map_or(bytes.len(), |end| at + end + 10);
        fields(&String::from_utf8_lossy(&bytes[at..end]))
    };
    starts.take(16).flat_map(packet).collect()
}

/// Finds the metadata in the elements and attributes of an XML text by their names.
pub(super) fn fields(xml: &str) -> Vec<Found> {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                attributes(&tag, &mut found);
                open.push(tag.local_name().into_inner().to_ascii_lowercase());
            }
            Ok(Event::Empty(tag)) => attributes(&tag, &mut found),
            Ok(Event::End(_)) => {
                open.pop();
            }
            Ok(Event::Text(text)) => push(&mut found, name_of(&open), &text),
            Ok(Event::CData(text)) => push(&mut found, name_of(&open), &text),
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// Returns the name of the innermost element that is not a mere list.
fn name_of(open: &[String]) -> &str {
    const LISTS: &[&str] = &["li", "seq", "bag", "alt", "value", "lpwstr", "lpstr", "description", "rdf", "bstr"];
    open.iter().rev().map(String::as_str).find(|name| !LISTS.contains(name)).unwrap_or("description")
}

fn attributes(tag: &quick_xml::events::BytesStart, found: &mut Vec<Found>) {
    for attribute in tag.attributes().flatten() {
        let is_namespace = attribute.key.as_namespace_binding().is_some();
        if let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0)
            && !is_namespace
        {
            push(found, attribute.key.local_name().into_inner(), &value);
        }
    }
}

fn push(found: &mut Vec<Found>, name: &str, value: &str) {
    let value = value.trim();
    let Some(detail) = detail_of(name) else { return };
    // A value of an unknown field counts only if it has words: ids, numbers and addresses of standards do not count.
    let is_words = value.chars().filter(|letter| letter.is_alphabetic()).count() >= 3
        && !["uuid:", "xmp.", "urn:", "http://ns.", "http://www.w3.org", "adobe:"]
            .iter()
            .any(|start| value.starts_with(start));
    if !value.is_empty() && (detail != Detail::Other || is_words) {
        found.push(Found { detail, value: value.to_owned() });
    }
}
