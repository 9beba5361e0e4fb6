//! Values and days to places in the drawing.

use super::ticks::drawable;

/// Size of the drawing.
pub(super) const WIDTH: f64 = 640.0;
pub(super) const HEIGHT: f64 = 320.0;
/// Height of text.
pub(super) const FONT: f64 = 22.0;
/// Right and lower end of the plot.
pub(super) const RIGHT: f64 = 624.0;
pub(super) const BOTTOM: f64 = HEIGHT - 44.0;
pub(super) const MARK_RADIUS: f64 = 7.0;

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

/// Where values and days lie in the drawing.
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    low: f64,
    high: f64,
    first_day: f64,
    last_day: f64,
}

impl Frame {
    pub(super) fn new(points: &[Point], ticks: &[f64], left: f64, has_unit: bool) -> Self {
        let at = |index: Option<&f64>| index.copied().unwrap_or(0.0);
        let day = |point: Option<&Point>| point.map_or(0.0, |point| point.day as f64);
        // Room for a value over the highest point, and for the unit over that.
        let top = if has_unit { FONT * 3.0 } else { FONT * 1.8 };
        let (low, high) = (at(ticks.first()), at(ticks.last()));
        Self { left, top, low, high, first_day: day(points.first()), last_day: day(points.last()) }
    }

    pub(super) fn x(&self, point: &Point) -> f64 {
        const INSET: f64 = 26.0;
        let (left, right) = (self.left + INSET, RIGHT - INSET);
        let days = self.last_day - self.first_day;
        let part = if days > 0.0 { (point.day as f64 - self.first_day) / days } else { 0.5 };
        left + part * (right - left)
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        let part = (drawable(value) - self.low) / (self.high - self.low);
        BOTTOM - part.clamp(0.0, 1.0) * (BOTTOM - self.top)
    }
}
