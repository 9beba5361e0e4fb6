//! Dates and values to labels that never overlap.

use super::element::text;
use super::frame::{BOTTOM, FONT, Frame, HEIGHT, MARK_RADIUS, Point, WIDTH};

/// Mean width of a letter as a part of the font's height; generous, so that labels rather part than touch.
const LETTER: f64 = 0.6;

/// Writes the last and the first date, and those between that there is room for.
pub(super) fn date_labels(svg: &mut String, frame: &Frame, points: &[Point]) {
    let last = points.len() - 1;
    let mut taken = Vec::new();
    let order = [last, 0].into_iter().chain(1..last);
    for point in order.take(points.len()).map(|index| &points[index]) {
        let label = cut(point.label, 16);
        let half = text_width(&label) / 2.0;
        let wanted = frame.x(point);
        let x = wanted.clamp(half, WIDTH - half);
        if claim(&mut taken, Area { left: x - half - 4.0, right: x + half + 4.0, top: BOTTOM, bottom: HEIGHT }) {
            // At an edge it holds on to that edge, so that it stays under its mark where a theme makes text smaller.
            let (x, anchor) = match wanted {
                wanted if wanted < half => (0.0, "start"),
                wanted if wanted > WIDTH - half => (WIDTH, "end"),
                wanted => (wanted, "middle"),
            };
            text(svg, x, BOTTOM + FONT * 1.35, anchor, &label);
        }
    }
}

/// Writes the last, first, highest and lowest value, in this order, each where there is room: over or under its mark.
pub(super) fn value_labels(svg: &mut String, frame: &Frame, points: &[Point], format: &dyn Fn(f64) -> String) {
    let extreme = |sign: f64| {
        let best = |a: &usize, b: &usize| (points[*a].value * sign).total_cmp(&(points[*b].value * sign));
        (0..points.len()).max_by(best).unwrap_or(0)
    };
    let lowest = extreme(-1.0);
    let mut labelled = Vec::new();
    let mut taken = Vec::new();
    for index in [points.len() - 1, 0, extreme(1.0), lowest] {
        if labelled.contains(&index) {
            continue;
        }
        labelled.push(index);
        let point = &points[index];
        let label = number_label(point.value, format);
        let half = text_width(&label) / 2.0;
        let x = frame.x(point).clamp(frame.left + half, (WIDTH - half).max(frame.left + half));
        let y = frame.y(point.value);
        let (over, under) = (y - MARK_RADIUS - 7.0, y + MARK_RADIUS + FONT);
        let baselines = if index == lowest && points.len() > 1 { [under, over] } else { [over, under] };
        let free = baselines.into_iter().find(|baseline| {
            let label = Area { left: x - half, right: x + half, top: baseline - FONT * 0.8, bottom: baseline + 4.0 };
            label.bottom <= BOTTOM && claim(&mut taken, label)
        });
        if let Some(baseline) = free {
            text(svg, x, baseline, "middle", &label);
        }
    }
}

/// As `format` has it, or with a power of ten where that would take up the drawing.
pub(super) fn number_label(value: f64, format: &dyn Fn(f64) -> String) -> String {
    let label = format(value);
    if label.chars().count() <= 12 { label } else { format!("{value:.1e}") }
}

pub(super) fn text_width(text: &str) -> f64 {
    text.chars().count() as f64 * FONT * LETTER
}

pub(super) fn cut(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[derive(Clone, Copy)]
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Takes the place of `wanted` if none of the `taken` is in its way.
fn claim(taken: &mut Vec<Area>, wanted: Area) -> bool {
    let is_free = taken.iter().all(|other| {
        other.right <= wanted.left
            || wanted.right <= other.left
            || other.bottom <= wanted.top
            || wanted.bottom <= other.top
    });
    if is_free {
        taken.push(wanted);
    }
    is_free
}
