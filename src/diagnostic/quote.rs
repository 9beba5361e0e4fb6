//! Pieces of content become pieces of a message, the same in every language: in backticks, and never long.

/// The most characters of a piece of content that a message repeats.
const LONGEST_QUOTE: usize = 80;
/// The most characters of a sentence that another library or check gives, which may repeat content.
const LONGEST_REASON: usize = 240;

/// Content in backticks, cut in the middle where it is long.
pub fn quoted(content: &str) -> String {
    code(&cut(content))
}

/// Text in backticks, as long as it is.
pub fn code(text: &str) -> String {
    format!("`{text}`")
}

/// Content with its middle left out where it is longer than a message should be.
pub fn cut(content: &str) -> String {
    cut_to(content, LONGEST_QUOTE)
}

/// A sentence from elsewhere, bounded too.
pub fn bounded(words: &str) -> String {
    cut_to(words, LONGEST_REASON)
}

fn cut_to(content: &str, longest: usize) -> String {
    if content.char_indices().nth(longest).is_none() {
        return content.to_owned();
    }
    let half = longest / 2;
    let head: String = content.chars().take(half).collect();
    let tail = content.char_indices().rev().nth(half - 1).map_or("", |(at, _)| &content[at..]);
    format!("{head}…{tail}")
}

/// A character with its number, by which it can be looked up where it cannot be seen.
pub fn character(character: char) -> String {
    format!("`{}` (U+{:04X})", character, u32::from(character))
}

/// The marks that begin a heading of `level`, which is 1 to 6.
pub fn hashes(level: u8) -> String {
    "#".repeat(usize::from(level.clamp(1, 6)))
}

/// Minutes as the value of a key in hours: `90` is `1.5`; at most two decimals.
pub fn hours_of(minutes: u32) -> String {
    let hours = format!("{:.2}", f64::from(minutes) / 60.0);
    hours.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The line of `sections` that publishes `folder`.
pub fn section_line(folder: &str) -> String {
    format!("- {{ folder: {}, kind: page }}", cut(folder))
}

/// Ids that lead from one to the next.
pub fn arrows(chain: &[String]) -> String {
    chain.iter().map(|id| quoted(id)).collect::<Vec<_>>().join(" → ")
}

/// "a, b or c", where `word` is "or"; of more than six, the first six.
pub fn list_of(all: &[String], each: impl Fn(&str) -> String, word: &str) -> String {
    let mut shown: Vec<String> = all.iter().take(6).map(|one| each(one)).collect();
    if all.len() > shown.len() {
        shown.push("…".to_owned());
    }
    match shown.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} {word} {last}", before.join(", ")),
        _ => shown.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_content_keeps_its_ends() {
        assert_eq!(quoted("kort"), "`kort`");
        let cut = cut(&format!("begynd{}slut", "æ".repeat(500)));
        assert!(cut.starts_with("begynd") && cut.ends_with("slut"));
        assert_eq!(cut.chars().count(), LONGEST_QUOTE + 1);
    }

    #[test]
    fn hours_are_written_as_short_as_they_can_be() {
        assert_eq!([60, 90, 400, 600].map(hours_of), ["1", "1.5", "6.67", "10"]);
    }

    #[test]
    fn a_list_of_candidates_is_short() {
        let ids = |count: usize| (0..count).map(|number| format!("a/{number}")).collect::<Vec<_>>();
        assert_eq!(list_of(&ids(1), quoted, "or"), "`a/0`");
        assert_eq!(list_of(&ids(3), quoted, "or"), "`a/0`, `a/1` or `a/2`");
        assert!(list_of(&ids(40), quoted, "or").ends_with("`a/5` or …"));
    }
}
