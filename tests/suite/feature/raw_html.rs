//! Raw HTML: what stays, what goes, and what is said of it.

use crate::handbook::{Built, Handbook};

use super::{prose, shown};

fn under(policy: &str, body: &str) -> Built {
    let settings = format!("title: T\nraw_html: {policy}\n");
    let book = Handbook::new().settings(&settings).file("index.md", "# F\n").file("a.md", &format!("# A\n\n{body}\n"));
    book.keep_going().build()
}

#[test]
fn harmless_html_stays_in_text_and_in_blocks() {
    assert_eq!(shown("H<sub>2</sub>O og <kbd>Ctrl</kbd>"), "<p>H<sub>2</sub>O og <kbd>Ctrl</kbd></p>");
    assert_eq!(
        shown("<details><summary>Mere</summary>Tekst</details>"),
        "<details><summary>Mere</summary>Tekst</details>"
    );
    assert_eq!(shown("a<br>b"), "<p>a<br>b</p>");
}

#[test]
fn markdown_inside_an_inline_element_is_read() {
    assert_eq!(shown("<b>*skrå* [hjem](index.md)</b>"), "<p><b><em>skrå</em> <a href=\"index.html\">hjem</a></b></p>");
}

#[test]
fn links_in_html_are_checked_and_lead_to_pages() {
    assert_eq!(shown("<a href=\"index.md\">hjem</a>"), "<p><a href=\"index.html\">hjem</a></p>");
    assert_eq!(under("sanitize", "<a href=\"nej.md\">x</a>").codes(), ["broken-link"]);
    assert_eq!(under("sanitize", "<div><a href=\"nej.md\">x</a></div>").codes(), ["broken-link"]);
}

#[test]
fn what_goes_is_named() {
    let built = under("sanitize", "<marquee onclick=\"x()\">hej</marquee>");
    assert!(built.codes().iter().all(|code| *code == "html-removed"), "{}", built.report());
    assert!(built.report().contains("<marquee>"), "{}", built.report());
    assert_eq!(prose(&built.main("a.html")), "<p>hej</p>");
}

#[test]
fn an_element_that_goes_is_told_of_once_and_a_script_with_its_text() {
    let built = under("sanitize", "Se <x-y>her</x-y> <script>alert(1)</script>*nu* <style>p {}</style>.");
    assert_eq!(built.codes(), ["html-removed"; 3], "{}", built.report());
    assert_eq!(prose(&built.main("a.html")), "<p>Se her <em>nu</em> .</p>");
    let built = under("sanitize", "Se <script>her\n\nog </script> dér</i>.");
    assert_eq!(built.codes(), ["html-removed"; 2], "{}", built.report());
    assert!(built.main("a.html").contains("<p>og  dér.</p>"), "{}", built.main("a.html"));
}

#[test]
fn more_may_be_allowed_and_all_be_forbidden() {
    let html = "<section class=\"boks\">hej</section>";
    assert!(under("allow", html).main("a.html").contains("<section class=\"boks\">hej</section>"));
    assert!(!under("sanitize", html).main("a.html").contains("boks"));
    assert_eq!(under("forbid", html).codes(), ["html-forbidden"]);
    assert_eq!(under("forbid", "a <b>b</b>").codes(), ["html-forbidden", "html-forbidden"]);
    assert_eq!(under("forbid", "a <!-- kommentar --> b og `<b>`").codes(), [""; 0]);
}

#[test]
fn an_element_that_is_left_open_ends_with_what_holds_it() {
    let built = under("sanitize", "<b>fed\n\nAndet **<i>x**</i>");
    let html = prose(&built.main("a.html"));
    for tag in ["b", "i"] {
        assert_eq!(html.matches(&format!("<{tag}>")).count(), html.matches(&format!("</{tag}>")).count(), "{html}");
    }
}
