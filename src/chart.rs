//! An indicator's series becomes a line chart: inline SVG with classes only, so that themes colour and print it.
//!
//! Lengths are units of a viewBox of 640 × 320. Text is 22 units high, which is 11 pixels on a phone 360 pixels wide;
//! all distances are made for that size, and a theme may set `font-size` of `chart-label` smaller on wide screens.

mod element;
mod frame;
mod labels;
mod ticks;

use std::fmt::Write as _;

use element::{length, text};
use frame::{BOTTOM, FONT, Frame, HEIGHT, MARK_RADIUS, RIGHT, WIDTH};
use labels::{cut, date_labels, number_label, text_width, value_labels};
use ticks::{drawable, ticks};

use crate::escape::push_escaped;

pub use frame::Point;

/// The texts of a chart.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    /// An id that no other element of the page begins with.
    pub id: &'a str,
    /// The title.
    pub title: &'a str,
    /// The content of the chart in words, for those who cannot see it.
    pub description: &'a str,
    /// Unit of the values, written over the axis.
    pub unit: Option<&'a str>,
}

/// Draws `points` in order of time; values are written by `format`. Empty where no value is a finite number.
pub fn chart(points: &[Point], texts: &Texts, format: &dyn Fn(f64) -> String) -> String {
    let mut points: Vec<_> = points.iter().filter(|point| point.value.is_finite()).copied().collect();
    points.sort_by_key(|point| point.day);
    if points.is_empty() {
        return String::new();
    }
    let ticks = ticks(points.iter().map(|point| drawable(point.value)));
    let tick_labels: Vec<_> = ticks.iter().map(|tick| number_label(*tick, format)).collect();
    let widest = tick_labels.iter().map(|label| text_width(label)).fold(0.0, f64::max);
    let frame = Frame::new(&points, &ticks, widest + 14.0, texts.unit.is_some());

    let mut svg = String::with_capacity(2048);
    open(&mut svg, texts);
    axes(&mut svg, &frame, &ticks, &tick_labels);
    if let Some(unit) = texts.unit {
        text(&mut svg, 0.0, FONT, "start", &cut(unit, 48));
    }
    date_labels(&mut svg, &frame, &points);
    series(&mut svg, &frame, &points);
    value_labels(&mut svg, &frame, &points, format);
    svg.push_str("</svg>");
    svg
}

fn open(svg: &mut String, texts: &Texts) {
    let mut id = String::new();
    push_escaped(&mut id, texts.id);
    let _ = write!(
        svg,
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-size=\"{FONT}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">"
    );
    push_escaped(svg, texts.title);
    let _ = write!(svg, "</title><desc id=\"{id}-desc\">");
    push_escaped(svg, texts.description);
    svg.push_str("</desc>");
}

fn axes(svg: &mut String, frame: &Frame, ticks: &[f64], labels: &[String]) {
    let left = length(frame.left);
    for (tick, label) in ticks.iter().zip(labels) {
        let y = frame.y(*tick);
        // If values fall below zero, the line at zero is an axis.
        let class = if *tick == 0.0 { "chart-axis" } else { "chart-grid" };
        let _ = write!(svg, "<path class=\"{class}\" d=\"M{left} {}H{RIGHT}\"/>", length(y));
        text(svg, frame.left - 10.0, y + FONT * 0.35, "end", label);
    }
    let _ = write!(svg, "<path class=\"chart-axis\" d=\"M{left} {}V{BOTTOM}H{RIGHT}\"/>", length(frame.top));
}

fn series(svg: &mut String, frame: &Frame, points: &[Point]) {
    let places: Vec<_> = points.iter().map(|point| (length(frame.x(point)), length(frame.y(point.value)))).collect();
    if places.len() > 1 {
        let steps: Vec<_> = places.iter().map(|(x, y)| format!("{x} {y}")).collect();
        let _ = write!(svg, "<path class=\"chart-line\" d=\"M{}\"/>", steps.join("L"));
    }
    for (x, y) in places {
        let _ = write!(svg, "<circle class=\"chart-point\" cx=\"{x}\" cy=\"{y}\" r=\"{MARK_RADIUS}\"/>");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXTS: Texts = Texts { id: "chart", title: "Besøg", description: "Fra 1 til 2", unit: None };

    fn draw(values: &[(f64, i64)]) -> String {
        let points: Vec<_> =
            values.iter().map(|(value, day)| Point { label: "marts 2025", value: *value, day: *day }).collect();
        chart(&points, &TEXTS, &|value| value.to_string())
    }

    #[test]
    fn a_series_has_a_line_marks_and_words() {
        let texts = Texts { unit: Some("besøg & \"lån\""), title: "<Besøg>", ..TEXTS };
        let point = |label, value, day| Point { label, value, day };
        let points = [point("2023", 10.0, 0), point("2024", 14.0, 365), point("2025", 12.0, 731)];
        let svg = chart(&points, &texts, &|value| format!("{value} %"));
        assert!(svg.starts_with(
            "<svg viewBox=\"0 0 640 320\" font-size=\"22\" role=\"img\" aria-labelledby=\"chart-title chart-desc\">"
        ));
        assert!(svg.contains("<title id=\"chart-title\">&lt;Besøg&gt;</title>"));
        assert!(svg.contains(">besøg &amp; &quot;lån&quot;</text>"));
        assert_eq!(svg.matches("<circle").count(), 3);
        assert_eq!(svg.matches("chart-line").count(), 1);
        for label in ["2023", "2024", "2025", "10 %", "14 %", "12 %"] {
            assert!(svg.contains(&format!(">{label}</text>")), "{label}");
        }
        let alone = svg.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1);
        assert_eq!(crate::asset::svg::clean(&alone).unwrap().size, Some((640, 320)));
        assert!(!svg.contains("style"));
    }

    #[test]
    fn one_point_is_a_mark_in_the_middle_and_none_is_nothing() {
        let svg = draw(&[(3.0, 10)]);
        assert_eq!((svg.matches("<circle").count(), svg.matches("chart-line").count()), (1, 0));
        assert_eq!(svg.matches(">marts 2025</text>").count(), 1);
        assert_eq!(draw(&[]), "");
        assert_eq!(draw(&[(f64::NAN, 1), (f64::INFINITY, 2)]), "");
    }

    #[test]
    fn dates_are_thinned_and_the_first_and_last_stay() {
        let values: Vec<_> = (0..30).map(|month| (f64::from(month), i64::from(month) * 30)).collect();
        let svg = draw(&values);
        let dates = svg.matches(">marts 2025</text>").count();
        assert!((2..=4).contains(&dates), "{dates}");
    }

    /// Left and right edge, and baseline, of each label, from the drawing itself.
    fn label_boxes(svg: &str) -> Vec<(f64, f64, f64)> {
        let number = |tag: &str, name: &str| -> f64 {
            let rest = &tag[tag.find(&format!(" {name}=\"")).unwrap() + name.len() + 3..];
            rest[..rest.find('"').unwrap()].parse().unwrap()
        };
        let boxes = svg.split("<text").skip(1).map(|tag| {
            let label = &tag[tag.find('>').unwrap() + 1..tag.find("</text>").unwrap()];
            let (x, width) = (number(tag, "x"), text_width(label));
            let left = if tag.contains("\"end\"") {
                x - width
            } else if tag.contains("\"start\"") {
                x
            } else {
                x - width / 2.0
            };
            (left, left + width, number(tag, "y"))
        });
        boxes.collect()
    }

    proptest! {
        #[test]
        fn any_series_draws_finite_numbers_within_the_frame(
            values in prop::collection::vec((prop_oneof![-1e3..1e3, any::<f64>(), Just(0.0), Just(f64::MIN_POSITIVE)], -40_000i64..40_000), 0..40)
        ) {
            let svg = draw(&values);
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", svg);
            for (left, right, baseline) in label_boxes(&svg) {
                prop_assert!(left >= -0.2 && right <= WIDTH + 0.2, "{left} {right} {svg}");
                prop_assert!((0.0..=HEIGHT).contains(&baseline), "{baseline}");
            }
        }

        #[test]
        fn labels_never_overlap(values in prop::collection::vec((-1e3f64..1e3, 0i64..2_000), 1..20)) {
            let rounded: Vec<_> = values.iter().map(|(value, day)| (value.round(), *day)).collect();
            let boxes = label_boxes(&draw(&rounded));
            for (index, a) in boxes.iter().enumerate() {
                for b in &boxes[index + 1..] {
                    let apart = a.1 <= b.0 + 0.2 || b.1 <= a.0 + 0.2 || (a.2 - b.2).abs() >= FONT * 0.8;
                    prop_assert!(apart, "{a:?} {b:?}");
                }
            }
        }
    }
}
