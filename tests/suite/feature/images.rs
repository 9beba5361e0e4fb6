//! Images: figures with captions, sizes, alternative texts, and what may not be shown.

use super::{page, prose};
use crate::handbook::{Built, Handbook};

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"200\"><rect/></svg>";

#[track_caller]
fn built(body: &str) -> Built {
    let built = page(body).file("billeder/plan.svg", SVG).build();
    built.assert_clean();
    built
}

/// The body with the image's hashed name as `PLAN`.
#[track_caller]
fn shown(body: &str) -> String {
    let built = built(body);
    let name = built.outputs.keys().find(|path| path.contains("plan")).unwrap().clone();
    prose(&built.main("a.html")).replace(&name, "PLAN")
}

const IMAGE: &str = "<img src=\"PLAN\" alt=\"En plan\" width=\"400\" height=\"200\" loading=\"lazy\">";

#[test]
fn an_image_alone_is_a_figure_and_its_title_the_caption() {
    assert_eq!(shown("![En plan](billeder/plan.svg)"), format!("<figure>{IMAGE}</figure>"));
    assert_eq!(
        shown("![En plan](billeder/plan.svg \"Planen & dagen\")"),
        format!("<figure>{IMAGE}<figcaption>Planen &amp; dagen</figcaption></figure>")
    );
}

#[test]
fn a_figure_that_is_no_wider_than_tall_is_marked_for_paper() {
    for (width, tall) in [(200, true), (199, true), (201, false)] {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"200\"><rect/></svg>");
        let built = page("![En plan](billeder/plan.svg)").file("billeder/plan.svg", &svg).build();
        assert_eq!(built.main("a.html").contains("<figure class=\"tall\">"), tall, "{width} wide");
    }
}

#[test]
fn an_image_in_running_text_is_no_figure() {
    assert_eq!(shown("Se ![En plan](billeder/plan.svg) her."), format!("<p>Se {IMAGE} her.</p>"));
}

#[test]
fn a_width_keeps_the_proportions() {
    for written in ["![[billeder/plan.svg|En plan|200]]", "![[plan.svg|En plan|200]]"] {
        let html = shown(written);
        assert_eq!(
            html,
            format!("<figure>{}</figure>", IMAGE.replace("400", "20_").replace("200", "100").replace("20_", "200")),
            "{written}"
        );
    }
    assert_eq!(shown("![[plan.svg|En plan]]"), format!("<figure>{IMAGE}</figure>"));
}

#[test]
fn a_bare_name_is_the_file_of_that_name_if_there_is_only_one() {
    let written = page("![[plan.svg|En plan]]").file("billeder/plan.svg", SVG);
    written.build().assert_clean();
    assert_eq!(written.clone().file("arkiv/plan.svg", SVG).build().codes(), ["missing-image"]);
    written.file("plan.svg", SVG).file("arkiv/plan.svg", SVG).build().assert_clean();
}

#[test]
fn a_missing_alternative_text_is_warned_of() {
    for written in ["![](billeder/plan.svg)", "![[plan.svg]]", "![[plan.svg|200]]"] {
        let built = page(written).file("billeder/plan.svg", SVG).build();
        assert_eq!(built.codes(), ["missing-alt"], "{written}");
        assert!(built.main("a.html").contains(" alt=\"\""), "{written}");
    }
}

#[test]
fn an_image_that_is_missing_remote_or_unsafe_is_an_error() {
    assert_eq!(page("![x](nej.svg)").build().codes(), ["missing-image"]);
    assert_eq!(page("![x](https://example.org/x.png)").build().codes(), ["remote-image"]);
    assert_eq!(page("![x](//example.org/x.png)").build().codes(), ["remote-image"]);
    assert_eq!(page("![x](data:image/png;base64,AA)").build().codes(), ["remote-image"]);
    let unsafe_svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let built = page("![x](x.svg)").file("x.svg", unsafe_svg).keep_going().build();
    assert_eq!(built.codes(), ["unsafe-svg"]);
    assert!(
        !built.outputs.keys().any(|path| path.contains("x.") && path.ends_with(".svg") && !path.contains("favicon"))
    );
}

#[test]
fn an_image_in_raw_html_is_checked_and_published_too() {
    let html = shown("<img src=\"billeder/plan.svg\" alt=\"En plan\">");
    assert!(html.contains("<img src=\"PLAN\" alt=\"En plan\""), "{html}");
    assert_eq!(page("<img src=\"nej.svg\" alt=\"x\">").build().codes(), ["missing-image"]);
}

#[test]
fn two_files_with_one_content_and_names_alike_are_published_once() {
    let book = page("![a](<figur 1.svg>) ![b](figur-1.svg)").file("figur 1.svg", SVG).file("figur-1.svg", SVG);
    let built = book.build();
    built.assert_clean();
    assert_eq!(built.outputs.keys().filter(|path| path.contains("figur")).count(), 1);
}

#[test]
fn a_logo_is_published_on_every_page() {
    let settings = "title: T\nbrand: { organisation: Biblioteket, logo: brand/logo.svg }\n";
    let book = Handbook::new()
        .settings(settings)
        .file("brand/logo.svg", SVG)
        .file("index.md", "# F\n")
        .file("s/a.md", "# A\n");
    let built = book.build();
    built.assert_clean();
    let logo = built.outputs.keys().find(|path| path.contains("logo")).unwrap();
    assert!(
        built.page("s/a.html").contains(&format!("src=\"../{logo}\" alt=\"Biblioteket\" width=\"400\" height=\"200\""))
    );
}

#[test]
fn a_width_that_no_image_has_is_told_of_and_a_height_is_as_the_width_wants_it() {
    assert!(shown("![[plan.svg|Plan|300x200]]").contains("width=\"300\""));
    for wrong in ["0", "99999999", "0x200", "Plan|bred"] {
        let built = page(&format!("![[plan.svg|{wrong}]]")).file("billeder/plan.svg", SVG).build();
        let value = wrong.rsplit('|').next().unwrap();
        assert!(built.report().contains(&format!("`width` cannot be `{value}`")), "{wrong}\n{}", built.report());
    }
    let help = page("![[plan.svg|300]]").file("billeder/plan.svg", SVG).build().report();
    assert!(help.contains("`![[plan.svg|what the image shows|300]]`"), "{help}");
}

#[test]
fn only_what_browsers_show_is_an_image() {
    let book = |body: &str| {
        Handbook::new()
            .file("index.md", &format!("# F\n\n{body}\n"))
            .file("b.md", "# B\n")
            .file("x.txt", "hej")
            .bytes("foto.heic", b"....ftypheic")
            .keep_going()
            .build()
    };
    for name in ["b.md", "x.txt", "foto.heic"] {
        let built = book(&format!("![billede]({name})"));
        assert_eq!(built.codes(), ["unreadable-file"], "{}", built.report());
        assert!(!built.report().contains("did you mean"), "{}", built.report());
    }
    assert!(book("![billede]()").report().contains("this image has no address"));
}

#[test]
fn a_photo_that_cannot_be_cleaned_of_place_and_time_is_not_published() {
    for name in ["foto.HEIC", "foto.tiff"] {
        let built = Handbook::new()
            .file("index.md", &format!("# F\n\n[hent billedet]({name})\n"))
            .bytes(name, b"....ftypheic 55.6761N")
            .keep_going()
            .build();
        assert_eq!(built.codes(), ["unreadable-file"], "{}", built.report());
        assert!(built.outputs.values().all(|bytes| !bytes.windows(8).any(|part| part == b"55.6761N")));
    }
}
