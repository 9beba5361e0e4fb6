//! Headings: ids, repeats, attributes, contents, and links to them.

use super::{page, shown, without_anchors};
use crate::handbook::Handbook;

const TERMS: &str = "title: T\nterms:\n  borger: { gender: en, forms: [gæst, gæsten, gæster, gæsterne] }\n";

#[test]
fn a_heading_has_the_slug_of_its_text_as_id_and_repeats_are_numbered() {
    let html = without_anchors(&shown("## Se op, på æøå!\n\n## Se\n\n## Se\n\n### Se\n\n## !!!"));
    assert_eq!(
        html,
        "<h2 id=\"se-op-paa-aeoeaa\">Se op, på æøå!</h2>\n<h2 id=\"se\">Se</h2>\n<h2 id=\"se-1\">Se</h2>\n\
         <h3 id=\"se-2\">Se</h3>\n<h2 id=\"section\">!!!</h2>"
    );
}

#[test]
fn only_real_attributes_are_taken_off_a_heading() {
    let html = without_anchors(&shown("## Del i par {minutes=10 #par .tung}\n\n## Sæt {a, b}\n\n## Kode `{#x}`"));
    assert!(
        html.starts_with("<h2 id=\"par\" class=\"tung step\">Del i par <span class=\"minutes\">10 min.</span></h2>"),
        "{html}"
    );
    assert!(html.contains(">Sæt {a, b}</h2>") && html.contains("<code>{#x}</code>"), "{html}");
}

#[test]
fn a_written_id_comes_before_a_slug_and_only_once() {
    let html = without_anchors(&shown("## Vej\n\n## Anden {#vej}"));
    assert_eq!(html, "<h2 id=\"vej-1\">Vej</h2>\n<h2 id=\"vej\">Anden</h2>");
    assert_eq!(page("## En {#vej}\n\n## To {#vej}").build().codes(), ["duplicate-heading-id"]);
}

#[test]
fn a_term_in_a_heading_is_filled_and_a_link_may_name_it_either_way() {
    let built = Handbook::new()
        .settings(TERMS)
        .file("index.md", "# F\n\n[a](a.md#mød-gæsten) [b](a.md#moed-gaesten) [[a#Mød gæsten]] [c](a.md#kort)\n")
        .file("a.md", "# A\n\n## Mød {gæsten}\n\n## Andet {#kort}\n")
        .build();
    built.assert_clean();
    let main = built.main("index.html");
    assert_eq!(main.matches("href=\"a.html#moed-gaesten\"").count(), 3, "{main}");
    assert!(main.contains("href=\"a.html#kort\"") && main.contains(">Mød gæsten</a>"), "{main}");
}

#[test]
fn a_link_may_name_a_heading_as_its_source_spells_it_where_an_edition_has_another_word() {
    let edition = "title: T\nterms:\n  borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] }\n";
    let built = Handbook::new()
        .settings(edition)
        .file("index.md", "# F\n\n[a](a.md#om-en-borger) [b](a.md#om-borger)\n")
        .file("a.md", "# A\n\n## Om {en borger}\n\n## Om {borger}\n")
        .build();
    built.assert_clean();
}

#[test]
fn the_first_heading_is_the_title_and_is_not_repeated() {
    let built = Handbook::new()
        .file("index.md", "# *Velkommen* `her`\n\nTekst.\n")
        .file("a.md", "---\ntitle: Andet\n---\n# Andet\n\n## Under\n")
        .file("uden-titel.md", "Tekst.\n")
        .build();
    built.assert_clean();
    for (path, title) in [("index.html", "Velkommen her"), ("a.html", "Andet"), ("uden-titel.html", "uden-titel")] {
        let main = built.main(path);
        assert_eq!(main.matches("<h1").count(), 1, "{path}");
        assert!(main.contains(&format!("<h1>{title}</h1>")), "{path}: {main}");
    }
    assert_eq!(page("# To").build().codes(), ["second-title"]);
    assert_eq!(page("## To\n\n#### Fire").build().codes(), ["heading-skipped"]);
}

#[test]
fn a_heading_without_a_word_is_no_title() {
    for heading in ["#", "# %% senere %%", "# <!-- senere -->"] {
        let main = Handbook::new().file("uden.md", &format!("{heading}\n\nTekst.\n")).build().main("uden.html");
        assert!(main.contains("<h1>uden</h1>"), "{main}");
    }
}

#[test]
fn the_contents_list_headings_of_levels_two_and_three() {
    let main = page("## En\n\n### To {#to}\n\n#### Tre\n\n> ## Citeret").build().main("a.html");
    let contents = main.split_once("class=\"toc\"").unwrap().1.split_once("</nav>").unwrap().0;
    assert!(contents.contains("<li class=\"level-2\"><a href=\"#en\">En</a></li>"), "{contents}");
    assert!(contents.contains("<li class=\"level-3\"><a href=\"#to\">To</a></li>"), "{contents}");
    assert!(!contents.contains("Tre") && !contents.contains("Citeret"), "{contents}");
}

#[test]
fn an_escaped_brace_opens_no_attributes() {
    let html = without_anchors(&shown("## Trin \\{minutes=10}"));
    assert!(html.contains("Trin {minutes=10}</h2>"), "{html}");
}
