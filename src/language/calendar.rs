//! Dates as written in front matter: in words, and as places on a time axis.

/// A date in words: `2025`, `marts 2025`, `1. marts 2025`, by the names of the months.
pub fn format(date: &str, months: &[&str; 12]) -> String {
    let (year, month, day) = parts(date);
    let name = |month: u32| months[(month as usize).clamp(1, 12) - 1];
    match (month, day) {
        (None, _) => year.to_string(),
        (Some(month), None) => format!("{} {year}", name(month)),
        (Some(month), Some(day)) => format!("{day}. {} {year}", name(month)),
    }
}

/// The day of a date, counted from 1 January of year 0; the first day of a year or month given alone.
///
/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (`days_from_civil`), with another beginning.
pub fn day_number(date: &str) -> i64 {
    let (year, month, day) = parts(date);
    let (month, day) = (i64::from(month.unwrap_or(1)), i64::from(day.unwrap_or(1)));
    // The year begins in March, so that the leap day is its last.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year + 60
}

/// The date of a day, counted from 1 January 1970: `2026-03-01`.
///
/// The inverse of [`day_number`], `civil_from_days` of the same source.
pub fn date_of(day: i64) -> String {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let day_of_era = day.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Counted from March.
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next_year) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}", year_of_era + era * 400 + next_year)
}

fn parts(date: &str) -> (i64, Option<u32>, Option<u32>) {
    let mut parts = date.split('-');
    let year = parts.next().and_then(|year| year.parse().ok()).unwrap_or(0);
    let mut next = || parts.next().and_then(|part| part.parse().ok());
    (year, next(), next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        assert_eq!(day_number("0000"), 0);
        assert_eq!(day_number("2024-03-01") - day_number("2024-02-28"), 2);
        assert_eq!(day_number("2025") - day_number("2024"), 366);
        assert_eq!(day_number("2025-12-31") - day_number("2025-01-01"), 364);
    }

    #[test]
    fn days_and_dates_lead_to_each_other() {
        assert_eq!(date_of(0), "1970-01-01");
        for day in (-100_000..100_000).step_by(37) {
            assert_eq!(day_number(&date_of(day)) - day_number("1970-01-01"), day, "{}", date_of(day));
        }
    }

    #[test]
    fn dates_are_said_in_words() {
        let months = ["januar", "", "marts", "", "", "", "", "", "", "", "", ""];
        assert_eq!(format("2025", &months), "2025");
        assert_eq!(format("2025-03", &months), "marts 2025");
        assert_eq!(format("2025-01-09", &months), "9. januar 2025");
    }
}
