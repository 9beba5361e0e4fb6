//! The values of a series to the values that stand at its axis.

/// Values for the axis: multiples of 1, 2 or 5 times a power of ten around all `values`, three to seven of them.
///
/// Zero is among them where that costs less than half of the height. The first is never the last.
pub(super) fn ticks(values: impl Iterator<Item = f64> + Clone) -> Vec<f64> {
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

/// Beyond these, differences overflow, or powers of ten are no longer exact enough to be steps.
pub(super) fn drawable(value: f64) -> f64 {
    if value.abs() < 1e-290 { 0.0 } else { value.clamp(-1e290, 1e290) }
}

/// The smallest of 1, 2, 5 or 10 times a power of ten that is not below `step`: the digit and the exponent.
fn nice_step(step: f64) -> (f64, i32) {
    let exponent = step.log10().floor() as i32;
    let fraction = step / 10_f64.powi(exponent);
    let digit = [1.0, 2.0, 5.0].into_iter().find(|digit| fraction <= digit * (1.0 + 1e-9)).unwrap_or(10.0);
    (digit, exponent)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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

    proptest! {
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
