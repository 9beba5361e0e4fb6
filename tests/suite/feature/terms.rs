//! Terms: every form, everywhere that text is, and nowhere else.

use super::prose;
use crate::handbook::{Built, Handbook};

const SETTINGS: &str = "title: \"Bog for {borgere}\"\nterms:\n  \
    borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] }\n  \
    hus: { gender: et, forms: [hus, huset, huse, husene], compound: hus }\n  \
    år: { gender: et, forms: [år, året, år, årene] }\n";

fn built(text: &str) -> Built {
    Handbook::new().settings(SETTINGS).file("index.md", "# Forside\n").file("a.md", text).build()
}

#[track_caller]
fn shown(body: &str) -> String {
    let built = built(&format!("# A\n\n{body}\n"));
    built.assert_clean();
    prose(&built.main("a.html"))
}

#[test]
fn every_form_is_filled() {
    for (written, filled) in [
        ("{borger}", "borger"),
        ("{Borgeren}", "Borgeren"),
        ("{BORGERNE}", "BORGERNE"),
        ("{borgerens}", "borgerens"),
        ("{huss}", "hus’"),
        ("{en borger}", "en borger"),
        ("{en hus}", "et hus"),
        ("{Et borger}", "En borger"),
        ("{den|det hus}", "det hus"),
        ("{en ny|et nyt hus}", "et nyt hus"),
        ("{borger-}service", "borgerservice"),
        ("{år:plural}", "år"),
        ("**{borgere}**", "<strong>borgere</strong>"),
        ("[{borgere}](index.md)", "<a href=\"index.html\">borgere</a>"),
    ] {
        assert_eq!(shown(written), format!("<p>{filled}</p>"), "{written}");
    }
}

#[test]
fn braces_that_are_no_term_are_text() {
    for text in ["{}", "{ borger }", "{a=b}", "{1}", "{a, b}", "{borger", "borger}", "{a b c d e f g}"] {
        assert_eq!(shown(text), format!("<p>{text}</p>"));
    }
    assert_eq!(shown("\\{borger} og \\{ukendt\\}"), "<p>{borger} og {ukendt}</p>");
}

#[test]
fn terms_in_code_addresses_and_html_are_left_alone() {
    assert_eq!(shown("`{borger}`"), "<p><code>{borger}</code></p>");
    assert!(shown("```\n{borger}\n```").contains("{borger}"));
    assert_eq!(shown("<b>{borger}</b>").matches("borger").count(), 1);
    assert!(shown("[uden for os](https://example.org/{borger})").contains("{borger}\">"));
}

#[test]
fn terms_in_tables_headings_titles_and_front_matter_are_filled() {
    let text = "---\ntitle: \"Mød {borgeren}\"\nsummary: \"Om {borgere}\"\ntags: [\"{borger-}møde\"]\n---\n\n\
                ## Til {borgerne}\n\n| {den\\|det hus} |\n|---|\n| {huset} |\n\nA[^1]\n\n[^1]: Om {huse}.\n";
    let page = built(text).page("a.html");
    for mark in [
        "<h1>Mød borgeren</h1>",
        "Om borgere",
        "borgermøde",
        "id=\"til-borgerne\"",
        "<th scope=\"col\">det hus</th>",
        "<td>huset</td>",
        "Om huse.",
    ] {
        assert!(page.contains(mark), "{mark} is not in {page}");
    }
    assert!(page.contains("Bog for borgere</title>"), "{page}");
    assert!(!page.split_once("<main").unwrap().1.contains('{'), "{page}");
}

#[test]
fn an_unknown_term_is_an_error_with_the_nearest_in_text_title_and_settings() {
    for text in ["# A\n\n{borgren}\n", "---\ntitle: \"{borgren}\"\n---\n", "# {borgren}\n", "# A\n\n## {borgren}\n"] {
        let built = built(text);
        assert_eq!(built.codes(), ["unknown-term"], "{text}");
        assert!(
            built.report().contains("did you mean `{borgeren}`") || built.report().contains("borgeren"),
            "{}",
            built.report()
        );
    }
    let settings = SETTINGS.replace("{borgere}", "{borgre}");
    let built = Handbook::new().settings(&settings).file("index.md", "# F\n").build();
    assert_eq!(built.codes(), ["unknown-term"], "{}", built.report());
    let section = "title: T\nsections: [{ folder: a, kind: page, title: \"Om {ukendt}\" }]\n";
    let built = Handbook::new().settings(section).file("a/b.md", "# F\n").build();
    assert_eq!(built.codes(), ["unknown-term"], "{}", built.report());
}

#[test]
fn english_terms_follow_their_article() {
    let settings = "title: T\nlanguage: en\nterms:\n  guest: { article: an, forms: [owner, owners] }\n";
    let built = Handbook::new()
        .settings(settings)
        .file("index.md", "# F\n\n{a owner}, {An owner}, {owner's}, {owners'}\n")
        .build();
    built.assert_clean();
    assert!(
        built.main("index.html").contains("<p>an owner, An owner, owner’s, owners’</p>"),
        "{}",
        built.main("index.html")
    );
}

#[test]
fn an_english_article_goes_by_the_word_beside_it_and_by_the_first_letter() {
    let settings = "title: T\nlanguage: en\nterms:\n  guest: { forms: [owner, owners] }\n  hour: { article: an, forms: \
                    [hour, hours] }\n  host: { forms: [host, hosts] }\n";
    let written = "{a owner}, {a new owner}, {An host}, {a hour}, {A long hour}";
    let built = Handbook::new().settings(settings).file("index.md", &format!("# F\n\n{written}\n")).build();
    let main = built.assert_clean().main("index.html");
    assert!(main.contains("<p>an owner, a new owner, A host, an hour, A long hour</p>"), "{main}");
}
