//! An indicator: its question, its chart, and the same values in a table.

use serde::Serialize;

use crate::chart;
use crate::language;
use crate::model::front_matter::Indicator;
use crate::resolve::book::{Book, ItemIndex};
use crate::theme::Words;

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct IndicatorView {
    /// What it answers.
    pub question: String,
    /// Unit of the values.
    pub unit: Option<String>,
    /// `up` or `down`: which way is good.
    pub better: Option<&'static str>,
    /// `up`, `down` or `improved`: which way it went, where no values are known.
    pub result: Option<&'static str>,
    /// The chart as SVG markup.
    pub chart: Option<String>,
    /// The chart's values.
    pub rows: Vec<Row>,
}

/// A value with its date.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Row {
    /// The date, in words.
    pub label: String,
    /// The value.
    pub value: String,
}

/// The view of an indicator.
pub fn indicator(book: &Book, index: ItemIndex, indicator: &Indicator, words: &Words) -> IndicatorView {
    let language = book.handbook.language;
    let label = |date: &str| language::format_date(date, language);
    let number = |value: f64| language::format_number(value, language);
    let rows: Vec<Row> = indicator
        .series
        .iter()
        .map(|measurement| Row { label: label(&measurement.date.text), value: number(measurement.number()) })
        .collect();
    let points: Vec<chart::Point> = indicator
        .series
        .iter()
        .zip(&rows)
        .map(|(measurement, row)| chart::Point {
            label: &row.label,
            value: measurement.number(),
            day: language::day_number(&measurement.date.text),
        })
        .collect();
    let title = &book.items[index].title;
    let unit = indicator.unit.as_ref().map(|unit| unit.text.to_string());
    let chart = (!points.is_empty()).then(|| {
        let description = words.fill("chart_description", &[("title", title)]);
        let texts = chart::Texts { id: "chart", title, description: &description, unit: unit.as_deref() };
        chart::chart(&points, &texts, &number)
    });
    IndicatorView {
        question: indicator.question.text.to_string(),
        better: indicator.better.map(|direction| direction.name()),
        result: indicator.result.map(|direction| direction.name()),
        chart,
        unit,
        rows,
    }
}
