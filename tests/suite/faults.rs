//! What is wrong with a handbook, in the words and at the place that an author is told of it.

use crate::handbook::Handbook;

fn handbook() -> Handbook {
    Handbook::new().file("index.md", "# Velkommen\n\nGå indenfor.\n")
}

/// The report of a handbook of pages whose front page holds `text` under its title.
fn told_of(text: &str) -> String {
    Handbook::new().file("index.md", &format!("# Velkommen\n\n{text}\n")).build().diagnostics()
}

#[test]
fn the_slug_of_a_page_s_title_leads_to_its_top() {
    let built = Handbook::new()
        .file("index.md", "# Velkommen\n\n[op](#velkommen), [[#Velkommen|op igen]], [over](guide/se.md#se-op).\n")
        .file("guide/se.md", "# Se op {#op}\n\n[Op](#op). [Hjem](../index.md#velkommen)\n\n![[index#Velkommen]]\n")
        .build();
    built.assert_clean();
    assert!(built.main("index.html").contains("<a href=\"index.html\">op</a>"), "{}", built.main("index.html"));
    assert!(built.main("guide/se.html").contains("<a href=\"../index.html\">Hjem</a>"));
    for (link, page) in [("#vel", "index"), ("guide/a.md#b", "guide/a")] {
        let text = format!("# Velkommen\n\n[derhen]({link})\n");
        let built = Handbook::new().file("index.md", &text).file("guide/a.md", "# A\n\nHej.\n").build();
        assert!(built.diagnostics().contains(&format!("`{page}` has no heading")), "{}", built.diagnostics());
    }
}

#[test]
fn only_ids_of_the_kind_that_a_key_takes_are_suggested() {
    let built = Handbook::new()
        .file("index.md", "# Velkommen\n")
        .file("begreber/samspil.md", "---\ntitle: Samspil\ndefinition: Vi.\nforms: [velkommen]\n---\n")
        .file("fortaelling/a.md", "---\ntitle: A\nprinciples: [samspil, principper/si]\n---\nVelkommen, samspil.\n")
        .file("principper/se.md", "---\ntitle: Se\nstatement: Se.\nconcepts: [begreber/samspil]\n---\nHej.\n")
        .build();
    let report = built.report();
    assert!(report.contains("did you mean `principper/se`?"), "{report}");
    assert!(!report.contains("did you mean `begreber"), "{report}");
}

#[test]
fn a_title_or_an_old_name_is_answered_with_the_id() {
    let settings = "title: T\nterms:\n  gæst: { gender: en, forms: [gæst, gæsten, gæster, gæsterne] }\n";
    let with = |text: &str| {
        let front = format!("# Velkommen\n\n{text}\n");
        let built = Handbook::new()
            .settings(settings)
            .file("index.md", &front)
            .file("guide/ro.md", "---\ntitle: \"Giv {gæsten} ro\"\nmoved_from: [gamle/ti-stille]\n---\nHej.\n")
            .file("guide/se.md", "# Se hele mennesket\n\nHej.\n")
            .file("guide/a.md", "# To ens\n\nHej.\n")
            .file("guide/b.md", "# To ens\n\nHej.\n")
            .build();
        built.report()
    };
    for (written, meant) in [
        ("[[Se hele mennesket]]", "`[[guide/se]]`"),
        ("[[Giv gæsten ro|ro]]", "`[[guide/ro]]`"),
        ("![[se hele mennesket]]", "`![[guide/se]]`"),
        ("[[gamle/ti-stille]]", "`[[guide/ro]]`"),
        ("[[ti-stille]]", "`[[guide/ro]]`"),
        ("[ro](gamle/01-ti-stille.md)", "`guide/ro.md`"),
        ("[ro](gamle/ti-stille.html)", "`guide/ro.md`"),
    ] {
        let report = with(written);
        assert!(report.contains(&format!("help: did you mean {meant}?")), "{written}: {report}");
    }
    assert!(!with("[[To ens]]").contains("did you mean"), "{}", with("[[To ens]]"));
}

#[test]
fn a_key_that_names_an_old_id_is_answered_with_the_new_one() {
    let built = handbook()
        .file("principper/se.md", "---\nstatement: Se.\nmoved_from: [principper/overblik]\n---\n# Se\n")
        .file("fortaelling/a.md", "---\nprinciples: [principper/overblik]\n---\n# A\n\nHej.\n")
        .file("begreber/b.md", "---\ndefinition: B.\nmoved_from: [begreber/overblik]\n---\n# A\n")
        .file("fortaelling/b.md", "---\nprinciples: [begreber/overblik]\n---\n# B\n\nA.\n")
        .build();
    let report = built.report();
    assert!(report.contains("did you mean `principper/se`?"), "{report}");
    assert!(!report.contains("did you mean `begreber/b`?"), "{report}");
}

#[test]
fn a_key_that_names_a_hidden_item_is_no_link() {
    for (hidden, told, help) in [
        ("draft: true", "`principles` names `principper/se`, which is a draft and is not", "or take the id out"),
        ("audience: facilitator", "`principles` names `principper/se`, which only facilitators", "take the id out, or"),
    ] {
        let principle = format!("---\ntitle: Se\nstatement: Se.\n{hidden}\n---\n> [!STAR]\n> Hej.\n");
        let case = "---\ntitle: A\nprinciples: [principper/se]\n---\nHej.\n";
        let built = handbook().file("principper/se.md", &principle).file("fortaelling/a.md", case).build();
        assert!(built.report().contains(told) && built.report().contains(help), "{}", built.report());
    }
}

#[test]
fn terms_in_the_settings_are_filled_or_told_of() {
    let with = |word: &str| {
        let yaml = format!(
            "title: Hos {{{word}}}\ndescription: Om {{{word}}}\nsections:\n  - {{ folder: guide, title: \"Til {{{word}}}\" }}\n\
             brand:\n  organisation: \"{{{word}}} A/S\"\n  footer: For {{{word}}}\n  contact: Skriv til {{{word}}}\n\
             terms:\n  gæst: {{ gender: en, forms: [gæst, gæsten, gæster, gæsterne] }}\n"
        );
        handbook().file("guide/a.md", "# A\n\nHej.\n").settings(&yaml).build()
    };
    let page = with("gæsten").assert_clean().page("guide/a.html");
    for text in ["Hos gæsten", "Til gæsten", "gæsten A/S", "For gæsten", "Skriv til gæsten"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let places = ["1:8", "2:14", "4:29", "6:17", "7:11", "8:12"];
    let told: String =
        places.map(|place| format!("handbook.yaml:{place}: error[unknown-term]: unknown term `{{gæsteb}}`\n")).concat();
    assert_eq!(with("gæsteb").diagnostics(), told);
}

#[test]
fn minutes_of_a_step_that_are_no_number_are_told_of() {
    for wrong in ["abc", "-3", "99999999999", "0", "1,5", "10 min"] {
        let told = format!("index.md:3:18: error[invalid-value]: `minutes` cannot be `{wrong}`\n");
        assert_eq!(told_of(&format!("## Trin {{minutes={wrong} }}")), told);
    }
    assert!(told_of("## Trin {minutes = 10}").contains("3:20: error[invalid-value]: `minutes` cannot be `10`"));
    assert_eq!(
        told_of("## Trin {minutes=10}\n\n## Om {minutes}"),
        "index.md:5:7: error[unknown-term]: unknown term `{minutes}`\n"
    );
}

#[test]
fn a_write_field_of_no_lines_or_of_a_thousand_is_told_of() {
    for wrong in ["0", "999", "mange"] {
        let built = Handbook::new().file("index.md", &format!("# V\n\n> [!SKRIV {wrong}] Navn\n")).build();
        let told = format!("index.md:3:11: error[invalid-value]: `WRITE` cannot be `{wrong}`\n");
        assert_eq!(built.diagnostics(), told);
        assert!(built.report().contains("help: write 1 to 40 lines, as in `[!WRITE 5]`"), "{}", built.report());
    }
}

/// An exercise with these lines of front matter, in a handbook where nothing else is wrong.
fn exercise(front_matter: &str, text: &str) -> String {
    let exercise = format!("---\ntitle: Kaffe\nprinciples: [principper/se]\n{front_matter}\n---\n{text}");
    let principle = "---\ntitle: Se\nstatement: Se.\n---\n> [!STAR]\n> Hej.\n";
    handbook().file("principper/se.md", principle).file("oevelser/kaffe.md", &exercise).build().report()
}

#[test]
fn a_wrong_value_is_quoted_as_it_is_and_the_right_ones_are_a_choice() {
    let report = exercise("when: between\nminutes: 5\nparticipants: { min: 9, max: 4 }", "");
    assert!(report.contains("`participants.max` cannot be `4`"), "{report}");
    let report = exercise("when: sommetider\nminutes: 5", "");
    assert!(report.contains("help: write `workshop` or `between`"), "{report}");
    assert!(!report.contains("exercise-in-no-agenda"), "{report}");
}

#[test]
fn an_entry_of_a_list_is_named_by_its_number() {
    let day = |agenda: &str| {
        let day = format!("---\ntitle: Dag\nstart: \"9:00\"\nhours: 1\nagenda:\n{agenda}---\n");
        handbook().file("temadage/dag.md", &day).build().report()
    };
    let report = day("  - { title: A, minutes: 60, kind: talk }\n  - { title: B, minutes: 1, kind: pause }\n");
    assert!(report.contains("`agenda[2].kind` cannot be `pause`"), "{report}");
    let report = day("  - Frokost\n");
    assert!(report.contains("`agenda[1]` must be keys with values, but this is a text"), "{report}");
    let report = day("  title: A\n");
    assert!(
        report.contains("`agenda` must be a list of entries with keys, but this is a key with a value"),
        "{report}"
    );
}

#[test]
fn a_fault_of_two_places_shows_both() {
    let report = Handbook::new().file("index.md", "# V\n\n## A {#x}\n\n## B {#x}\n\n# C\n").build().report();
    assert!(report.contains("first here") && report.contains("the title is here"), "{report}");
    let report = exercise("when: between\nminutes: 5", "## Før {minutes=2}\n\n## Efter {minutes=2}\n");
    assert_eq!(report.matches("a step").count(), 2, "{report}");
}

#[test]
fn a_link_without_md_is_told_the_file() {
    for (link, file) in
        [("guide/a", "guide/a.md"), ("guide/a#b", "guide/a.md"), ("/guide/a", "guide/a.md"), ("b", "b.md")]
    {
        let text = format!("# V\n\n[derhen]({link})\n");
        let built = Handbook::new().file("index.md", &text).file("guide/a.md", "# A\n").file("b.md", "# B\n").build();
        let report = built.report();
        assert!(report.contains(&format!("did you mean `{file}`?")), "{report}");
    }
}

#[test]
fn no_heading_takes_an_id_that_its_page_uses() {
    let text = "# V\n\n## Main\n\n## Write 1\n\n[a](#main) [b](#write-1)\n\n> [!WRITE] Navn\n\n## Se trin\n\n![[se]]\n";
    let built = Handbook::new().file("index.md", text).file("guide/se.md", "# Se\n\n## Trin\n").build();
    let page = built.assert_clean().page("index.html");
    assert!(page.contains("<h2 id=\"main-1\">") && page.contains("<a href=\"#main-1\">a</a>"), "{page}");
    assert!(page.contains("<a href=\"#h-write-1\">b</a>"), "{page}");
    for id in page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
    assert_eq!(told_of("## A {#main}"), "index.md:3:1: error[invalid-value]: `{#id}` cannot be `main`\n");
}

/// The front page of a handbook with concepts `title: forms`, whose front page holds `text`.
fn with_concepts(concepts: &[(&str, &str)], text: &str) -> String {
    let mut book = Handbook::new().file("index.md", &format!("# Velkommen\n\n{text}\n")).settings(
        "title: Bog\nsections:\n  - { folder: begreber, kind: concept }\n\
         terms:\n  gæst: { gender: en, forms: [gæst, gæsten, gæster, gæsterne] }\n",
    );
    for (title, forms) in concepts {
        let concept = format!("---\ntitle: {title}\ndefinition: Det.\nforms: {forms}\n---\n");
        book = book.file(&format!("begreber/{title}.md"), &concept);
    }
    book.build().main("index.html").replace(" data-definition=", "").replace(" class=\"concept\"", "")
}

#[test]
fn a_form_with_a_capital_is_a_name() {
    let page = with_concepts(
        &[("Plejer", "[Plejer]"), ("vane", "[vane, vaner]")],
        "Vi plejer at sige, at Plejer er død. Vaner bider.",
    );
    assert!(page.contains("Vi plejer at sige, at <a href=\"begreber/plejer.html\""), "{page}");
    assert!(page.contains(">Vaner</a> bider"), "{page}");
}

#[test]
fn a_concept_of_several_words_is_found_over_a_line_break_and_in_terms() {
    let concepts = [("faelles", "[fælles sprog]"), ("moede", "[\"mødet med {gæsten}\"]"), ("vaert", "[\"{gæster}\"]")];
    let page =
        with_concepts(&concepts, "> Et fælles\n> sprog i mødet med {gæsten}. {Gæster}, {gæst-}er og\n> {gæster}.");
    assert!(page.contains(">fælles\nsprog</a> i <a href"), "{page}");
    assert!(page.contains(">mødet med gæsten</a>. <a href"), "{page}");
    assert!(page.contains(">Gæster</a>, gæster og\ngæster."), "{page}");
}

#[test]
fn a_term_may_be_broken_over_two_lines() {
    for text in [
        "Til {den|det\ngæst}, hej.",
        "> Til {den|det\n> gæst}, hej.",
        "- Til {den|det  \n  gæst}, hej.",
        "Til {den\ngæst}, *hej*.",
    ] {
        let page = with_concepts(&[], text);
        assert!(page.contains("Til den gæst,"), "{text}: {page}");
    }
    for text in ["Til \\{den\ngæst}.", "Til {den,\ngæst}.", "Til {den\n\ngæst}."] {
        assert!(with_concepts(&[], text).contains("{den"), "{text}");
    }
    assert_eq!(told_of("Til {den\nugle}."), "index.md:3:5: error[unknown-term]: unknown term `{ugle}`\n");
}

#[test]
fn html_blocks_stay_out_of_paragraphs_and_end_at_a_blank_line() {
    let built = Handbook::new().file("index.md", "# V\n\nTekst <div>blok</div> videre.\n").build();
    assert_eq!(built.diagnostics(), "index.md:3:7: warning[html-removed]: this HTML is not published: `<div>`\n");
    assert!(built.main("index.html").contains("<p>Tekst blok videre.</p>"));
    let told = told_of("<details><summary>Svar</summary>\n\nDet *kommer* an på.\n\n</details>");
    let expected = "index.md:3:1: warning[html-removed]: a blank line ends this HTML, so that `<details>` holds nothing of what follows\n";
    assert_eq!(told, expected);
    assert_eq!(told_of("<details><summary>Svar</summary>\nDet kommer an på.\n</details>"), "");
}

#[test]
fn wikilinks_lead_to_sections_and_say_what_a_heading_says() {
    let text = "# V\n\n## Mødet {#m}\n\n[[#Mødet]] [[#m|x]] [[guide]] [g](guide/)\n";
    let built = Handbook::new().file("index.md", text).file("guide/a.md", "# A\n").build();
    let page = built.assert_clean().main("index.html");
    let expected = "<a href=\"#m\">Mødet</a> <a href=\"#m\">x</a> <a href=\"guide/index.html\">guide</a> <a href=\"guide/index.html\">g</a>";
    assert!(page.contains(expected), "{page}");
    let built = Handbook::new().file("index.md", "# V\n\n[g](guide/index.md)\n").file("guide/a.md", "# A\n").build();
    assert!(built.report().contains("did you mean `guide/`?"), "{}", built.report());
}

#[test]
fn the_text_of_a_folder_takes_no_number() {
    let principle = |title: &str| format!("---\ntitle: {title}\nstatement: Ja.\n---\n> [!STAR]\n> Hej.\n");
    let built = handbook()
        .file("principper/01-dag/index.md", "# Om dagen\n\nHej.\n")
        .file("principper/01-dag/01-se.md", &principle("Se"))
        .file("principper/02-nat/01-hoer.md", &principle("Hør"))
        .build();
    assert!(built.main("principper/dag/se.html").contains("Princip<span class=\"hidden-text\"> 1</span>"));
    assert!(built.main("principper/nat/hoer.html").contains("Princip<span class=\"hidden-text\"> 2</span>"));
    assert!(built.main("principper/index.html").contains("2 principper"), "{}", built.main("principper/index.html"));
}

#[test]
fn an_address_with_a_blank_is_told_how_it_is_written() {
    for link in ["[Planen](guide/min plan.md)", "![Planen](guide/min plan.svg)", "[**Planen**](guide/min plan.md#a)"] {
        let built = Handbook::new().file("index.md", &format!("# V\n\nSe {link}.\n")).build();
        assert_eq!(built.codes(), ["broken-link"], "{link}");
        assert!(built.report().contains("makes this no link"), "{}", built.report());
    }
    for text in ["[a](b c)", "[a] (b c.md)", "[a](<b> c.md \"t\")", "`[a](b c.md)`"] {
        assert!(!told_of(text).contains("no link"), "{text}");
    }
}

#[test]
fn drafts_alone_are_nothing_to_publish() {
    let draft = "---\ntitle: Kladde\ndraft: true\n---\nHej.\n";
    let built = Handbook::new().file("index.md", draft).file("guide/a.md", draft).build();
    assert_eq!(built.diagnostics(), "handbook.yaml:1:1: error[empty-handbook]: the handbook has nothing to publish\n");
    let built = handbook()
        .settings("title: Se guide\nsections:\n  - { folder: guide }\n  - { folder: tom, title: Tom }\n")
        .file("guide/a.md", draft)
        .build();
    let told = "handbook.yaml:3:15: warning[empty-section]: the section `guide` has nothing to publish\n\
                handbook.yaml:4:15: warning[empty-section]: the section `tom` has nothing to publish\n";
    assert_eq!(built.diagnostics(), told);
}

#[test]
fn a_file_beside_the_sections_is_to_be_moved_into_one() {
    let settings = "title: Bog\nsections:\n  - { folder: guide }\n";
    let built = handbook().settings(settings).file("guide/a.md", "# A\n\nHej.\n").file("ide.md", "# Ide\n").build();
    assert_eq!(built.codes(), ["outside-sections"]);
    assert!(built.report().contains("move it into the folder of a section"), "{}", built.report());
}

#[test]
fn an_old_id_has_to_be_an_id_and_free() {
    let page = |old: &str| {
        handbook()
            .file("guide/a.md", &format!("---\ntitle: A\nmoved_from: [{old}]\n---\nHej.\n"))
            .file("guide/b.md", "# B\n\nHej.\n")
            .build()
    };
    assert!(page("guide/gammel").assert_clean().has("guide/gammel.html"));
    for (old, told) in [
        ("../ud", "`moved_from` cannot be `../ud`"),
        ("Guide/01-Gammel.md", "`moved_from` cannot be `Guide/01-Gammel.md`"),
        ("guide/b", "the address `guide/b.html` is taken by `guide/b`"),
        ("glossary", "the address `glossary.html` is taken by the glossary"),
        ("index", "the address `index.html` is taken by `index`"),
        ("guide/index", "the address `guide/index.html` is taken by the page of a section"),
    ] {
        let built = page(old);
        assert!(built.diagnostics().contains(told), "{old}: {}", built.diagnostics());
        assert!(built.outputs.is_empty());
    }
    assert!(page("Guide/01-Gammel.md").report().contains("did you mean `guide/gammel`?"));
}

#[test]
fn a_page_may_not_take_the_address_of_a_page_of_the_program() {
    for (name, page) in [
        ("404", "the page for addresses that are not there"),
        ("finder", "the finder for exercises"),
        ("glossary", "the glossary"),
        ("search", "the search page"),
        ("register", "the register"),
        ("print", "the print-outs"),
    ] {
        let built = handbook().file(&format!("{name}.md"), "# Min egen\n\nHej.\n").build();
        let told = format!("{name}.md:1:1: error[address-clash]: the address `{name}.html` is taken by {page}\n");
        assert_eq!(built.diagnostics(), told);
    }
    handbook().file("guide/glossary.md", "# Min egen\n\nHej.\n").build().assert_clean();
}
