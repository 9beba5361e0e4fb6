//! The order of pages, their addresses, and the ways between them.

use crate::handbook::Handbook;

/// The places of `titles` in the order in which they stand on a page.
#[track_caller]
fn in_order(text: &str, titles: &[&str]) {
    let places: Vec<_> =
        titles.iter().map(|title| text.find(title).unwrap_or_else(|| panic!("{title} is not in {text}"))).collect();
    assert!(places.is_sorted(), "{titles:?} are not in this order in {text}");
}

#[test]
fn numbers_in_names_give_the_order_and_order_overrides_them() {
    let book = Handbook::new()
        .file("index.md", "# F\n")
        .file("s/10-ti.md", "# Ti\n")
        .file("s/2-to.md", "# To\n")
        .file("s/uden.md", "# Uden\n")
        .file("s/99-foerst.md", "---\norder: 1\n---\n# Først\n");
    let built = book.build();
    built.assert_clean();
    in_order(&built.main("s/index.html"), &[">Først<", ">To<", ">Ti<", ">Uden<"]);
    for path in ["s/foerst.html", "s/to.html", "s/ti.html", "s/uden.html"] {
        assert!(built.has(path), "{path}");
    }
}

#[test]
fn sections_come_from_folders_where_none_are_given() {
    let book = Handbook::new()
        .file("index.md", "# F\n")
        .file("om.md", "# Om\n")
        .file("2-anden/a.md", "# A\n")
        .file("1-foerste/index.md", "# Den første\n")
        .file("1-foerste/b.md", "# B\n");
    let built = book.build();
    built.assert_clean();
    in_order(&built.page("index.html"), &["href=\"foerste/index.html\"", "href=\"anden/index.html\""]);
    assert!(built.main("foerste/index.html").contains("<h1>Den første</h1>"));
    assert!(built.has("om.html") && built.has("anden/a.html"));
}

#[test]
fn two_folders_of_one_name_are_not_two_sections_on_one_address() {
    let built = Handbook::new()
        .file("index.md", "# F\n")
        .file("01-Møder/a.md", "# A\n")
        .file("moeder/b.md", "# B\n")
        .file("moeder/c.md", "# C\n")
        .build();
    let told = "moeder/b.md:1:1: error[address-clash]: the address `moeder/index.html` is taken by the section \
                `01-Møder`\n";
    assert_eq!(built.diagnostics(), told);
    assert!(built.report().contains("::: 01-Møder/a.md:1:1"), "{}", built.report());
}

#[test]
fn a_file_outside_the_sections_is_not_published_and_warned_of() {
    let settings = "title: T\nsections: [{ folder: s, kind: page }, { folder: tom, kind: page }]\n";
    let book = Handbook::new()
        .settings(settings)
        .file("index.md", "# F\n")
        .file("s/a.md", "# A\n")
        .file("ude/b.md", "# B\n")
        .file("c.md", "# C\n");
    let built = book.build();
    let mut codes = built.codes();
    codes.sort_unstable();
    assert_eq!(codes, ["empty-section", "outside-sections", "outside-sections"]);
    assert!(!built.has("ude/b.html") && !built.has("c.html") && !built.has("tom/index.html"));
}

#[test]
fn folders_inside_a_section_are_groups() {
    let book = Handbook::new()
        .file("index.md", "# F\n")
        .file("s/a.md", "# A\n")
        .file("s/02-sidste-ting/c.md", "# C\n")
        .file("s/01-foerste/index.md", "# Den første\n")
        .file("s/01-foerste/b.md", "# B\n");
    let built = book.build();
    built.assert_clean();
    in_order(
        &built.main("s/index.html"),
        &["s/a.html", "<h2>Den første</h2>", "s/foerste/b.html", "<h2>sidste ting</h2>", "s/sidste-ting/c.html"],
    );
}

#[test]
fn pages_lead_to_the_previous_and_the_next_and_back_up() {
    let book = Handbook::new()
        .file("index.md", "# F\n")
        .file("s/1-a.md", "# A\n")
        .file("s/2-b.md", "# B\n")
        .file("t/c.md", "# C\n");
    let built = book.build();
    let main = built.main("s/b.html");
    assert!(
        main.contains("rel=\"prev\" href=\"../s/a.html\"") && main.contains("rel=\"next\" href=\"../t/c.html\""),
        "{main}"
    );
    let crumbs = main.split_once("class=\"crumbs\"").unwrap().1.split_once("</nav>").unwrap().0;
    in_order(crumbs, &["href=\"../index.html\">Forside", "href=\"../s/index.html\">s<"]);
    let page = built.page("s/b.html");
    assert!(page.contains("<a href=\"../s/b.html\" aria-current=\"page\">B</a>"), "{page}");
}

#[test]
fn the_head_of_a_page_marks_where_its_reader_is() {
    let book = Handbook::new()
        .file("index.md", "# F\n")
        .file("s/a.md", "# A\n")
        .file("t/b.md", "# B\n")
        .file("begreber/vane.md", "---\ndefinition: Det, man plejer\n---\n# Vane\n")
        .settings("title: H\nsections:\n- { folder: s, kind: page, title: S }\n- { folder: t, kind: page, title: T }\n- { folder: begreber, kind: concept, title: C }\n");
    let built = book.build();
    let marked = |page: &str| {
        let page = built.page(page);
        let head = page.split_once("<nav class=\"main-nav\"").unwrap().1.split_once("</nav>").unwrap().0;
        let links = head.split("<li").filter(|link| link.contains("aria-current"));
        let text = |link: &str| {
            let mark = if link.contains("aria-current=\"page\"") { "page" } else { "section" };
            let end = link.split_once("</a>").unwrap().0;
            format!("{mark} {}", end.rsplit_once('>').unwrap().1)
        };
        links.map(text).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(marked("s/a.html"), "section S");
    assert_eq!(marked("t/index.html"), "page T");
    assert_eq!(marked("glossary.html"), "page Begreber fra A til Å");
    assert_eq!(marked("index.html"), "");
    assert!(!built.page("search.html").contains("class=\"search\""), "the search page has a box of its own");
    assert!(built.page("s/a.html").contains("class=\"search\""));
}

#[test]
fn a_long_section_folds_its_navigation() {
    let book = (0..61).fold(Handbook::new().file("index.md", "# F\n"), |book, at| {
        book.file(&format!("s/{at:02}-p{at}.md"), &format!("# Side {at}\n"))
    });
    let built = book.build();
    let page = built.page("s/p30.html");
    let side = page.split_once("<nav class=\"side\"").unwrap().1.split_once("</nav>").unwrap().0;
    assert!(side.matches("<li>").count() <= 20 && side.contains("Se alle"), "{side}");
}

#[test]
fn the_front_page_leaves_out_items_of_a_section_only_where_they_are_many() {
    for (count, shown) in [(10, 10), (11, 8)] {
        let mut handbook = Handbook::new().file("index.md", "# F\n");
        for number in 1..=count {
            handbook = handbook.file(&format!("fortaelling/side-{number}.md"), &format!("# Side {number}\n"));
        }
        let main = handbook.build().main("index.html");
        assert_eq!(main.matches("<li><a href=\"fortaelling/side").count(), shown, "{main}");
        assert_eq!(main.contains(&format!("Se alle {count}")), count > shown, "{main}");
    }
}

#[test]
fn pages_before_the_sections_are_on_the_front_page() {
    let pages = |count: usize| {
        let book = Handbook::new().file("index.md", "# F\n").file("s/a.md", "# Afsnit\n");
        (0..count).fold(book, |book, at| book.file(&format!("{at:02}-rod-{at}.md"), &format!("# Rod {at}\n"))).build()
    };
    let main = pages(2).assert_clean().main("index.html");
    in_order(&main, &["class=\"button button-main\" href=\"rod-0.html\"", ">Rod 0</a>", ">Rod 1</a>", ">s</a>"]);
    let main = pages(30).main("index.html");
    assert_eq!(main.matches("<li><a href=\"rod-").count(), 8, "{main}");
    assert!(main.contains("href=\"register.html\">Se alle 30"), "{main}");
}

#[test]
fn an_old_address_leads_to_the_new_one() {
    let book = Handbook::new()
        .file("index.md", "# F\n")
        .file("s/ny.md", "---\nmoved_from: [gammel/side, s/aeldre]\n---\n# Ny\n");
    let built = book.build();
    built.assert_clean();
    let page = built.page("gammel/side.html");
    assert!(
        page.contains("content=\"0; url=../s/ny.html\"") && page.contains("href=\"../s/ny.html\">Ny</a>"),
        "{page}"
    );
    assert!(built.has("s/aeldre.html"));
    assert_eq!(built.pages, 4);
    let taken = Handbook::new()
        .file("index.md", "# F\n")
        .file("a.md", "---\nmoved_from: [b]\n---\n# A\n")
        .file("b.md", "# B\n");
    assert_eq!(taken.build().codes(), ["address-clash"]);
}

#[test]
fn two_files_with_one_id_are_an_error() {
    let book = Handbook::new().file("index.md", "# F\n").file("s/01-a.md", "# A\n").file("s/02-a.md", "# B\n");
    assert_eq!(book.build().codes(), ["duplicate-id"]);
}

#[test]
fn the_address_of_the_site_gives_sitemap_canonical_links_and_a_404_that_works_anywhere() {
    let settings = "title: T\nsite_url: https://example.org/bog\n";
    let book = Handbook::new()
        .settings(settings)
        .file("index.md", "# F\n")
        .file("s/a.md", "---\naudience: facilitator\n---\n# A\n")
        .file("s/b.md", "# B\n");
    let built = book.build();
    built.assert_clean();
    let sitemap = built.page("sitemap.xml");
    assert!(
        sitemap.contains("<loc>https://example.org/bog/</loc>")
            && sitemap.contains("<loc>https://example.org/bog/s/b.html</loc>"),
        "{sitemap}"
    );
    assert!(!sitemap.contains("404") && !sitemap.contains("/a.html"), "{sitemap}");
    assert!(built.page("s/b.html").contains("<link rel=\"canonical\" href=\"https://example.org/bog/s/b.html\">"));
    let missing = built.page("404.html");
    assert!(missing.contains("href=\"/bog/s/index.html\"") && missing.contains("href=\"/bog/assets/"), "{missing}");
    let without = Handbook::new().file("index.md", "# F\n").build();
    assert!(!without.has("sitemap.xml") && without.has("404.html"));
}

#[test]
fn front_matter_shows_on_the_page() {
    let text =
        "---\ntitle: T & U\nsummary: Kort sagt.\ntags: [en, to]\nchanges: Nyt i år.\ncssclasses: x\n---\n\nTekst.\n";
    let built = Handbook::new().file("index.md", "# F\n").file("a.md", text).build();
    built.assert_clean();
    let page = built.page("a.html");
    for mark in
        ["<h1>T &amp; U</h1>", "Kort sagt.</p>", "en · to", "Nyt i år.", "name=\"description\" content=\"Kort sagt.\""]
    {
        assert!(page.contains(mark), "{mark} is not in {page}");
    }
}
