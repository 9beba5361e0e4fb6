//! An indicator's series becomes a line chart: inline SVG with classes only, so that themes colour and print it.
//!
//! Lengths are units of a viewBox of 640 × 320. Text is 22 units high, which is 11 pixels on a phone 360 pixels wide;
//! all distances are made for that size, and a theme may set `font-size` of `chart-label` smaller on wide screens.

use std::fmt::Write as _;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 320.0;
const FONT: f64 = 22.0;
/// Mean width of a letter as a part of the font's height; generous, so that labels rather part than touch.
const LETTER: f64 = 0.6;
const RIGHT: f64 = 624.0;
const BOTTOM: f64 = HEIGHT - 44.0;
const MARK_RADIUS: f64 = 7.0;

/// One value of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point<'a> {
    /// What stands under it, a date.
    pub label: &'a str,
    /// How much.
    pub value: f64,
    /// When, in days from any beginning.
    pub day: i64,
}

/// What a chart says in words.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    /// An id that no other element of the page begins with.
    pub id: &'a str,
    /// What the chart shows.
    pub title: &'a str,
    /// What can be read from it, for those who do not see it.
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

/// Where values and days lie in the drawing.
struct Frame {
    left: f64,
    top: f64,
    low: f64,
    high: f64,
    first_day: f64,
    last_day: f64,
}

impl Frame {
    fn new(points: &[Point], ticks: &[f64], left: f64, has_unit: bool) -> Self {
        let at = |index: Option<&f64>| index.copied().unwrap_or(0.0);
        let day = |point: Option<&Point>| point.map_or(0.0, |point| point.day as f64);
        // Room for a value over the highest point, and for the unit over that.
        let top = if has_unit { FONT * 3.0 } else { FONT * 1.8 };
        let (low, high) = (at(ticks.first()), at(ticks.last()));
        Self { left, top, low, high, first_day: day(points.first()), last_day: day(points.last()) }
    }

    fn x(&self, point: &Point) -> f64 {
        const INSET: f64 = 26.0;
        let (left, right) = (self.left + INSET, RIGHT - INSET);
        let days = self.last_day - self.first_day;
        let part = if days > 0.0 { (point.day as f64 - self.first_day) / days } else { 0.5 };
        left + part * (right - left)
    }

    fn y(&self, value: f64) -> f64 {
        let part = (drawable(value) - self.low) / (self.high - self.low);
        BOTTOM - part.clamp(0.0, 1.0) * (BOTTOM - self.top)
    }
}

/// Beyond these, differences overflow, or powers of ten are no longer exact enough to be steps.
fn drawable(value: f64) -> f64 {
    if value.abs() < 1e-290 { 0.0 } else { value.clamp(-1e290, 1e290) }
}

/// Values for the axis: multiples of 1, 2 or 5 times a power of ten around all `values`, three to seven of them.
///
/// Zero is among them where that costs less than half of the height. The first is never the last.
fn ticks(values: impl Iterator<Item = f64> + Clone) -> Vec<f64> {
    let mut low = values.clone().fold(f64::INFINITY, f64::min);
    let mut high = values.fold(f64::NEG_INFINITY, f64::max);
    let is_flat = high - low <= high.abs().max(low.abs()) * 1e-9;
    if is_flat || low.abs() < high / 2.0 {
        low = low.min(0.0);
    }
    if is_flat || high.abs() < -low / 2.0 {
        high = high.max(0.0);
    }
    if high <= low {
        high = low + 1.0;
    }
    let (digit, exponent) = nice_step((high - low) / 4.0);
    let multiple = |count: f64| {
        let power = 10_f64.powi(exponent.abs());
        // Dividing keeps 3 · 0.1 at 0.3.
        let value = if exponent < 0 { count * digit / power } else { count * digit * power };
        if value == 0.0 { 0.0 } else { value }
    };
    let step = multiple(1.0);
    let first = (low / step + 1e-9).floor();
    let count = ((high / step - 1e-9).ceil() - first).clamp(1.0, 12.0) as u32;
    (0..=count).map(|index| multiple(first + f64::from(index))).collect()
}

/// The smallest of 1, 2, 5 or 10 times a power of ten that is not below `step`: the digit and the exponent.
fn nice_step(step: f64) -> (f64, i32) {
    let exponent = step.log10().floor() as i32;
    let fraction = step / 10_f64.powi(exponent);
    let digit = [1.0, 2.0, 5.0].into_iter().find(|digit| fraction <= digit * (1.0 + 1e-9)).unwrap_or(10.0);
    (digit, exponent)
}

/// As `format` has it, or with a power of ten where that would take up the drawing.
fn number_label(value: f64, format: &dyn Fn(f64) -> String) -> String {
    let label = format(value);
    if label.chars().count() <= 12 { label } else { format!("{value:.1e}") }
}

fn text_width(text: &str) -> f64 {
    text.chars().count() as f64 * FONT * LETTER
}

fn cut(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn open(svg: &mut String, texts: &Texts) {
    let id = escaped(texts.id);
    let _ = write!(
        svg,
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-size=\"{FONT}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        escaped(texts.title),
        escaped(texts.description),
    );
}

fn axes(svg: &mut String, frame: &Frame, ticks: &[f64], labels: &[String]) {
    let left = length(frame.left);
    for (tick, label) in ticks.iter().zip(labels) {
        let y = frame.y(*tick);
        // Where values fall below zero, the line that they fall below is an axis.
        let class = if *tick == 0.0 { "chart-axis" } else { "chart-grid" };
        let _ = write!(svg, "<path class=\"{class}\" d=\"M{left} {}H{RIGHT}\"/>", length(y));
        text(svg, frame.left - 10.0, y + FONT * 0.35, "end", label);
    }
    let _ = write!(svg, "<path class=\"chart-axis\" d=\"M{left} {}V{BOTTOM}H{RIGHT}\"/>", length(frame.top));
}

fn date_labels(svg: &mut String, frame: &Frame, points: &[Point]) {
    let last = points.len() - 1;
    let mut taken = Vec::new();
    let order = [last, 0].into_iter().chain(1..last);
    for point in order.take(points.len()).map(|index| &points[index]) {
        let label = cut(point.label, 16);
        let half = text_width(&label) / 2.0;
        let x = frame.x(point).clamp(half, WIDTH - half);
        if claim(&mut taken, Area { left: x - half - 4.0, right: x + half + 4.0, top: BOTTOM, bottom: HEIGHT }) {
            text(svg, x, BOTTOM + FONT * 1.35, "middle", &label);
        }
    }
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

/// Writes the last, first, highest and lowest value, in this order, each where there is room: over or under its mark.
fn value_labels(svg: &mut String, frame: &Frame, points: &[Point], format: &dyn Fn(f64) -> String) {
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

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, text: &str) {
    let (x, y) = (length(x), length(y));
    let _ = write!(
        svg,
        "<text class=\"chart-label\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>",
        escaped(text)
    );
}

/// A length with at most one decimal: a tenth of a unit cannot be seen.
fn length(length: f64) -> f64 {
    let rounded = (length * 10.0).round() / 10.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(letter),
        }
    }
    escaped
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

    fn all_ticks(values: &[f64]) -> Vec<f64> {
        ticks(values.iter().copied())
    }

    #[test]
    fn ticks_are_round_numbers_around_the_values() {
        for (values, expected) in [
            (vec![1.0, 9.0], vec![0.0, 5.0, 10.0]),
            (vec![0.0, 8.0], vec![0.0, 2.0, 4.0, 6.0, 8.0]),
            (vec![70.0, 82.0], vec![70.0, 75.0, 80.0, 85.0]),
            (vec![0.1, 0.3], vec![0.0, 0.1, 0.2, 0.3]),
            (vec![-4.0, 4.0], vec![-4.0, -2.0, 0.0, 2.0, 4.0]),
            (vec![-90.0, -80.0], vec![-90.0, -85.0, -80.0]),
            (vec![7.0], vec![0.0, 2.0, 4.0, 6.0, 8.0]),
            (vec![-7.0, -7.0], vec![-8.0, -6.0, -4.0, -2.0, 0.0]),
            (vec![0.0], vec![0.0, 0.5, 1.0]),
        ] {
            assert_eq!(all_ticks(&values), expected, "{values:?}");
        }
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
        assert_eq!(crate::asset::svg::check(&alone), Ok(Some((640, 320))));
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

        #[test]
        fn ticks_surround_the_values_in_order(values in prop::collection::vec(prop_oneof![-1e6..1e6, any::<f64>().prop_filter("finite", |v| v.is_finite())], 1..10)) {
            let values: Vec<_> = values.into_iter().map(drawable).collect();
            let ticks = all_ticks(&values);
            prop_assert!(ticks.len() >= 2 && ticks.len() <= 9, "{ticks:?}");
            prop_assert!(ticks.iter().all(|tick| tick.is_finite()));
            prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]), "{ticks:?}");
            let slack = (ticks[1] - ticks[0]) * 1e-6;
            prop_assert!(values.iter().all(|value| ticks[0] - slack <= *value && *value <= ticks[ticks.len() - 1] + slack), "{ticks:?}");
        }
    }
}
