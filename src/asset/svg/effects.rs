//! Bounds the filters and animations of a drawing by the work that a browser has with them.

use std::collections::HashMap;

use super::weight::Element;

/// The limit of filter steps that one part of a drawing goes through, those of the groups around it included. The
/// longest filters that come with Inkscape have 30.
const MOST_STEPS: u64 = 200;
/// The limit of pixels that all filter steps compute, each counted by its slowness.
const MOST_PIXELS: u64 = 10_000_000_000;
/// The pixels of a drawing that gives no size.
const USUAL_PIXELS: u64 = 1_000_000;
/// The limit of animations, all of which a browser computes for each picture.
const MOST_ANIMATIONS: usize = 2_000;

/// Returns the factor by which an attribute makes a step of a filter slower.
pub(super) fn slowness(key: &str, value: &str) -> u64 {
    let numbers = value.split([' ', ',']).filter_map(|number| number.trim().parse::<f64>().ok());
    let number = numbers.fold(1.0, f64::max).min(1e6) as u64;
    match key {
        "order" => number * number,
        _ => number * 4,
    }
}

/// Returns the number of filter functions in CSS.
pub(super) fn functions(css: &str) -> u64 {
    if !css.contains('(') {
        return 0;
    }
    let lower = css.to_ascii_lowercase();
    ["blur(", "drop-shadow("].iter().map(|function| lower.matches(function).count() as u64).sum()
}

/// Returns whether a browser can compute the filters and animations of `elements`, which `by_id` finds, on `pixels`.
pub(super) fn can_be_drawn(elements: &[Element], by_id: &HashMap<String, usize>, pixels: Option<u64>) -> bool {
    let steps = steps_of_filters(elements);
    let mut longest: Vec<u64> = Vec::with_capacity(elements.len());
    let mut work: u64 = 0;
    for element in elements {
        let filters = element.drawn.iter().filter_map(|reference| steps.get(by_id.get(&reference.id)?));
        let (own, slow) = filters.fold((0, 0), |(own, slow), (steps, weight)| (own + steps, slow + weight));
        let around = element.parent.map_or(0, |parent| longest[parent]);
        longest.push(around + own + element.filter_functions);
        work = work.saturating_add(slow + element.filter_functions);
    }
    let animations = elements.iter().filter(|element| element.name.starts_with("animate") || element.name == "set");
    longest.iter().all(|steps| *steps <= MOST_STEPS)
        && work.saturating_mul(pixels.unwrap_or(USUAL_PIXELS)) <= MOST_PIXELS
        && animations.count() <= MOST_ANIMATIONS
}

/// Returns the number of steps of each filter, and the same with each step counted by its slowness.
fn steps_of_filters(elements: &[Element]) -> HashMap<usize, (u64, u64)> {
    let mut steps: HashMap<usize, (u64, u64)> = HashMap::new();
    for element in elements.iter().filter(|element| element.name.starts_with("fe")) {
        let Some(parent) = element.parent.filter(|parent| elements[*parent].name == "filter") else { continue };
        let weight = if element.name.ends_with("lighting") { 4 } else { element.slowness };
        let (count, sum) = steps.entry(parent).or_default();
        (*count, *sum) = (*count + 1, sum.saturating_add(weight));
    }
    steps
}
