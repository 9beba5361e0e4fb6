//! Places and texts to SVG.

use std::fmt::Write as _;

use crate::escape::push_escaped;

/// Writes `text` with its `anchor` (`start`, `middle`, `end`) and baseline at a place.
pub(super) fn text(svg: &mut String, x: f64, y: f64, anchor: &str, text: &str) {
    let (x, y) = (length(x), length(y));
    let _ = write!(svg, "<text class=\"chart-label\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">");
    push_escaped(svg, text);
    svg.push_str("</text>");
}

/// A length with at most one decimal: a tenth of a unit cannot be seen.
pub(super) fn length(length: f64) -> f64 {
    let rounded = (length * 10.0).round() / 10.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}
