//! Tests the features of a handbook on its pages, one file a feature.

mod as_meant;
mod attachments;
mod audience;
mod brand;
mod callouts;
mod comment_places;
mod comments;
mod headings;
mod hidden_at_random;
mod hiding;
mod hiding_slips;
mod images;
mod includes;
mod instead;
mod layers;
mod links;
mod lost_text;
mod metadata;
mod raw_html;
mod relations;
mod search;
mod search_page;
mod structure;
mod terms;
mod text;
mod theme;

use crate::handbook::Handbook;

/// A page with a title and this body.
fn page(body: &str) -> Handbook {
    Handbook::new().file("index.md", "# Forside\n").file("a.md", &format!("# A\n\n{body}\n"))
}

/// The body of that page as HTML.
#[track_caller]
fn shown(body: &str) -> String {
    let built = page(body).build();
    built.assert_clean();
    prose(&built.main("a.html"))
}

/// The author's text on a page, between its markup and the theme's.
fn prose(main: &str) -> String {
    let inside = main.split_once("<div class=\"prose\">").map_or("", |(_, rest)| rest);
    // The body's own `div`s are closed inside; the theme closes on a line of its own behind the body.
    let mut depth = 1;
    let mut at = 0;
    while let Some(found) = inside[at..].find("div") {
        let place = at + found;
        if inside[..place].ends_with("</") {
            depth -= 1;
        } else if inside[..place].ends_with('<') {
            depth += 1;
        }
        if depth == 0 {
            return inside[..place - 2].trim().to_owned();
        }
        at = place + 3;
    }
    inside.trim().to_owned()
}

/// `html` without the anchors beside headings, which would drown what a test is about.
fn without_anchors(html: &str) -> String {
    let mut rest = html;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("<a class=\"anchor\"") {
        out.push_str(before);
        rest = after.split_once("</a>").map_or("", |(_, rest)| rest);
    }
    out + rest
}
