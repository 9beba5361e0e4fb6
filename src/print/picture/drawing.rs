//! Makes a drawing ready for paper: its text in characters that the fonts have, its photos as any photo.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Picture, photo};
use crate::asset::data_url;
use crate::asset::photo::format_of;
use crate::diagnostic::unprintable::Unprintable;
use crate::print::drawing_text::{self, position};
use crate::print::letters::Letters;

/// Effects are drawn in pixels. So many of them, each as often as it is used, take a second or two.
const MOST_EFFECTS: usize = 24;
/// Noise takes as long as so many of the others, for each of its octaves.
const NOISE: usize = 12;

/// Makes a drawing ready.
pub(super) fn drawing(
    bytes: &Arc<[u8]>,
    text: &str,
    letters: Letters,
    draw: &dyn Fn(Arc<[u8]>) -> Result<(), String>,
) -> Picture {
    if effects(text) > MOST_EFFECTS {
        return Picture::refused(Unprintable::Effects);
    }
    let (printed, why) = with_photos(text);
    let (printed, missing) = drawing_text::rewrite(&printed, letters);
    let bytes = if printed == text { Arc::clone(bytes) } else { printed.into_bytes().into() };
    match draw(Arc::clone(&bytes)) {
        Ok(()) => Picture { bytes: Some(bytes), why, missing },
        Err(reason) => Picture::refused(Unprintable::Unreadable(reason)),
    }
}

/// Returns the cost of the effects of a drawing: the parts of each filter, times the references to it.
fn effects(text: &str) -> usize {
    if !text.contains("<filter") && !text.contains(":filter") {
        return 0;
    }
    let mut reader = Reader::from_str(text);
    let mut weights: HashMap<String, usize> = HashMap::new();
    let mut open = String::new();
    let mut references = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let name = tag.local_name().into_inner().to_owned();
                if name == "filter" {
                    open = value(&tag, "id");
                } else if name.starts_with("fe") {
                    *weights.entry(open.clone()).or_default() += weight(&name, &tag);
                }
                references.extend(tag.attributes().flatten().filter_map(|attribute| reference(&attribute.value)));
            }
            Ok(Event::Text(style)) => references.extend(style.split("url(").skip(1).filter_map(reference_in)),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    references.iter().filter_map(|id| weights.get(id)).fold(0, |sum, weight| sum.saturating_add(*weight))
}

fn weight(name: &str, tag: &BytesStart) -> usize {
    let number = |key: &str, otherwise: usize| value(tag, key).trim().parse().unwrap_or(otherwise);
    match name {
        "feTurbulence" => number("numOctaves", 1).saturating_mul(NOISE),
        "feConvolveMatrix" => number("order", 3).saturating_pow(2),
        "feMorphology" | "feDiffuseLighting" | "feSpecularLighting" => NOISE,
        _ => 1,
    }
}

fn value(tag: &BytesStart, key: &str) -> String {
    let attribute = tag.attributes().flatten().find(|attribute| attribute.key.into_inner() == key);
    attribute.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
}

/// The id in `url(#…)`.
fn reference(value: &str) -> Option<String> {
    value.split("url(").nth(1).and_then(reference_in)
}

fn reference_in(rest: &str) -> Option<String> {
    let (id, _) = rest.split_once(')')?;
    Some(id.trim_matches(['"', '\'', ' ']).strip_prefix('#')?.to_owned())
}

/// The drawing with photos that PDFs can hold, and what became of them.
fn with_photos(text: &str) -> (Cow<'_, str>, Option<Unprintable>) {
    if !text.contains("data:image/") {
        return (text.into(), None);
    }
    let mut reader = Reader::from_str(text);
    let mut written = String::with_capacity(text.len());
    let mut why = None;
    loop {
        let start = position(&reader, text);
        let event = reader.read_event();
        let source = &text[start..position(&reader, text)];
        match event {
            Ok(Event::Eof) | Err(_) => return (written.into(), why),
            Ok(Event::Start(tag) | Event::Empty(tag)) if source.contains("data:image/") => {
                written.push_str(&with_photo(&tag, source, &mut why));
            }
            Ok(_) => written.push_str(source),
        }
    }
}

/// A tag with the photo in it as it can be printed; the tag without it where it cannot be.
fn with_photo(tag: &BytesStart, source: &str, why: &mut Option<Unprintable>) -> String {
    let mut written = source.to_owned();
    for attribute in tag.attributes().flatten().filter(|attribute| data_url::is_image(&attribute.value)) {
        let Some(bytes) = data_url::decoded(&attribute.value) else { continue };
        let Some(format) = format_of(&bytes) else { continue };
        let picture = photo::photo(&bytes.into(), format);
        if let Some(reason) = picture.why {
            *why = Some(reason);
            let data = picture.bytes.map(|bytes| format!("data:image/jpeg;base64,{}", STANDARD.encode(bytes)));
            written = written.replace(&*attribute.value, &data.unwrap_or_default());
        }
    }
    written
}
