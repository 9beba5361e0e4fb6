//! The parts of an SVG that run, load or say more than its picture, each to the words that refuse it.
//!
//! An error ends the sentence "the SVG …".

use super::local;

const HTML_NAMESPACE: &str = "http://www.w3.org/1999/xhtml";

/// Whether an element of this local name may be in a drawing.
pub(super) fn check_element(name: &str) -> Result<(), String> {
    const RUNNING: &[&str] = &["script", "handler", "listener"];
    const FOREIGN: &[&str] =
        &["foreignobject", "iframe", "object", "embed", "audio", "video", "link", "meta", "base", "img", "form"];
    if RUNNING.contains(&name) {
        return Err("has script".to_owned());
    }
    if FOREIGN.contains(&name) { Err(format!("has the element `{name}`")) } else { Ok(()) }
}

/// Checks that a namespace may be declared.
pub(super) fn check_namespace(value: &str) -> Result<(), String> {
    if value.trim() == HTML_NAMESPACE { Err("has HTML in it".to_owned()) } else { Ok(()) }
}

/// Whether an attribute may, by its name and its value without references.
pub(super) fn check_attribute(key: &str, value: &str) -> Result<(), String> {
    let name = local(key);
    if name.starts_with("on") {
        return Err(format!("has the event handler `{key}`"));
    }
    if name == "base" {
        return Err("moves its references with `xml:base`".to_owned());
    }
    if name == "ping" {
        return Err("tells another site when a link is followed, with `ping`".to_owned());
    }
    if (name == "href" || name == "src") && !is_inside(value) {
        return Err(format!("refers to something outside of itself: `{}`", shortened(value)));
    }
    if name == "attributename"
        && (["href", "src"].contains(&&*local(value.trim())) || local(value.trim()).starts_with("on"))
    {
        return Err(format!("changes `{}` by animation", value.trim()));
    }
    check_measure(&name, value)
}

/// Checks that a browser can handle a size: filters and tiles of any size would stop it.
fn check_measure(name: &str, value: &str) -> Result<(), String> {
    const MOST: &[(&str, f64)] = &[
        ("width", 1e6),
        ("height", 1e6),
        ("numoctaves", 32.0),
        ("order", 64.0),
        ("radius", 1e3),
        ("stddeviation", 1e4),
    ];
    let Some((_, most)) = MOST.iter().find(|(limited, _)| *limited == name) else { return Ok(()) };
    let is_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-' | '+' | 'e' | 'E');
    let numbers = value.split(|letter: char| !is_number(letter)).filter_map(|number| number.parse::<f64>().ok());
    if numbers.into_iter().any(|number| number.abs() > *most) {
        return Err(format!("has a `{name}` of `{}`, more than browsers can draw", shortened(value)));
    }
    Ok(())
}

/// Whether a style sheet, or a value that may hold CSS, stays inside the drawing.
///
/// Stricter than CSS: comments and strings are looked into as well, and escapes, which could spell `url` or
/// `@import`, are not allowed beside anything that loads.
pub(super) fn check_css(css: &str) -> Result<(), String> {
    if !css.contains(['(', '@']) {
        return Ok(());
    }
    let lower = css.to_ascii_lowercase();
    if lower.contains(":has(") {
        return Err("has CSS with `:has()`, which may take browsers minutes".to_owned());
    }
    if ["@import", "image-set(", "image(", "src("].iter().any(|loading| lower.contains(loading)) {
        return Err("has CSS that loads a file".to_owned());
    }
    if lower.contains('\\') && (lower.contains('(') || lower.contains('@')) {
        return Err("has CSS with escapes, behind which a reference could hide".to_owned());
    }
    for (at, _) in lower.match_indices("url(") {
        let address = css[at + 4..].trim_start().trim_start_matches(['"', '\'']);
        let address = &address[..address.find([')', '"', '\'']).unwrap_or(address.len())];
        let is_font = ["data:font/", "data:application/font", "data:application/x-font"]
            .iter()
            .any(|prefix| address.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)));
        if !is_inside(address) && !is_font {
            return Err(format!("refers to something outside of itself: `{}`", shortened(address)));
        }
    }
    Ok(())
}

/// Whether a reference stays in the file: a part of it, or a raster image in the address itself.
fn is_inside(address: &str) -> bool {
    const RASTERS: &[&str] = &["png", "jpeg", "jpg", "gif", "webp", "avif"];
    let address = address.trim_matches(|letter: char| letter.is_whitespace() || letter.is_control());
    let lower = address.get(..address.floor_char_boundary(40)).unwrap_or("").to_ascii_lowercase();
    let raster = lower.strip_prefix("data:image/").and_then(|rest| rest.split([';', ',']).next());
    address.is_empty() || address.starts_with('#') || raster.is_some_and(|kind| RASTERS.contains(&kind))
}

fn shortened(text: &str) -> String {
    let end = text.floor_char_boundary(60);
    if end < text.len() { format!("{}…", &text[..end]) } else { text.to_owned() }
}
