//! Dates and times of day as written to numbers that can be compared.

/// `2025`, `2025-03` or `2025-03-01` as year, month and day, 0 where absent; `None` for anything else,
/// and for days that no calendar has.
pub fn date(written: &str) -> Option<(u16, u8, u8)> {
    let mut parts = written.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map(|month| digits(month, 2)).map_or(Some(0), |month| month.filter(|month| *month > 0))?;
    let day = parts.next().map(|day| digits(day, 2)).map_or(Some(0), |day| day.filter(|day| *day > 0))?;
    let fits = parts.next().is_none() && month <= 12 && day <= days_in(year, month);
    fits.then_some((year, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}

/// `9:00` or `09:00` as minutes after midnight.
pub fn minutes_after_midnight(written: &str) -> Option<u32> {
    let (hours, minutes) = written.trim().split_once(':')?;
    let hours = digits(hours, 2).or_else(|| digits(hours, 1))?;
    let minutes = digits(minutes, 2)?;
    (hours < 24 && minutes < 60).then(|| u32::from(hours * 60 + minutes))
}

fn digits(text: &str, count: usize) -> Option<u16> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn days_in(year: u16, month: u16) -> u16 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_in_three_lengths_and_have_to_exist() {
        for (written, expected) in [
            ("2025", Some((2025, 0, 0))),
            ("2025-03", Some((2025, 3, 0))),
            ("2024-02-29", Some((2024, 2, 29))),
            ("2025-02-29", None),
            ("2025-13", None),
            ("2025-00", None),
            ("25", None),
            ("2025-3", None),
            ("2025-03-01-01", None),
            ("marts 2025", None),
        ] {
            assert_eq!(date(written), expected, "{written}");
        }
    }

    #[test]
    fn times_of_day_are_minutes() {
        for (written, expected) in [
            ("09:00", Some(540)),
            ("9:05", Some(545)),
            ("23:59", Some(1439)),
            ("24:00", None),
            ("9", None),
            ("9:5", None),
        ] {
            assert_eq!(minutes_after_midnight(written), expected, "{written}");
        }
    }
}
