//! Slips that would otherwise pass without a word, or with the wrong one.

use crate::handbook::{Built, Handbook};

/// A handbook of one page that holds `text` under its title.
fn page(text: &str) -> Built {
    Handbook::new().file("index.md", &format!("# Velkommen\n\n{text}\n")).build()
}

#[test]
fn markdown_with_another_ending_is_said_to_stay_out() {
    let handbook = Handbook::new().file("index.md", "# V\n\nHej.\n");
    for (name, mended) in
        [("se.markdown", "se.md"), ("se.mdx", "se.md"), ("01-Se.MKD", "01-Se.md"), ("se.md.txt", "se.md")]
    {
        let path = format!("guide/{name}");
        let built = handbook.clone().file("guide/a.md", "# A\n\nHej.\n").file(&path, "# Se\n").build();
        assert_eq!(built.codes(), ["wrong-ending"], "{name}");
        assert!(built.report().contains(&format!("rename it to `{mended}`")), "{}", built.report());
    }
    // A text file is no page that somebody meant to write, and what pages link to is published as it is.
    handbook.clone().file("noter.txt", "husk").file("README", "a").build().assert_clean();
    for link in ["[kilden](kilder/se.markdown)", "[[se.markdown|kilden]]", "[kilden](./kilder/se.markdown#a)"] {
        let text = format!("# V\n\n{link}\n");
        let built = Handbook::new().file("index.md", &text).file("kilder/se.markdown", "# Se\n").build();
        built.assert_clean();
    }
    let hidden = "# V\n\n> [!FACILITATOR]\n> [Kilden](se.markdown)\n";
    Handbook::new().file("index.md", hidden).file("se.markdown", "# Se\n").build().assert_clean();
    let draft = "---\ntitle: B\ndraft: true\n---\n[Kilden](se%2emarkdown)\n";
    handbook.file("b.md", draft).file("se.markdown", "# Se\n").build().assert_clean();
}

#[test]
fn the_bar_of_a_wikilink_in_a_table_wants_a_backslash() {
    for (cell, said, mended) in [
        ("[[se|Se op]]", "[[se|Se op]]", "[[se\\|Se op]]"),
        ("![[plan.svg|300]] x", "[[plan.svg|300]]", "[[plan.svg\\|300]]"),
        ("[[se\\|a]] og [[se|b]]", "[[se|b]]", "[[se\\|b]]"),
    ] {
        for table in
            [format!("| a | b |\n|---|---|\n| {cell} | c |"), format!("> a | {cell}\n> ---|---|--\n> x | y | z")]
        {
            let built = Handbook::new()
                .file("index.md", &format!("# V\n\n{table}\n"))
                .file("se.md", "# Se\n\nHej.\n")
                .bytes("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
                .build();
            assert_eq!(built.codes(), ["broken-wikilink"], "{table}\n{}", built.report());
            let told = built.report();
            assert!(told.contains(&format!("the bar in `{said}` ends a cell of the table")), "{told}");
            assert!(told.contains(&format!("`{mended}`")), "{told}");
        }
    }
    for cell in ["[[se\\|Se op]]", "\\[[se | op]]", "[[se]] | [[se]]", "[[ | x", "<!-- [[se|x]] -->"] {
        let text = format!("# V\n\n| a | b | c |\n|---|---|---|\n| {cell} |\n");
        let built = Handbook::new().file("index.md", &text).file("se.md", "# Se\n\nHej.\n").build();
        assert_eq!(built.codes(), [""; 0], "{cell}: {}", built.report());
    }
}

#[test]
fn a_quote_holds_one_callout() {
    for text in [
        "> [!WRITE 3] Navn\n> [!WRITE 5] Alder",
        "> [!WRITE 3] Navn\n>\n> [!skriv|5] Alder",
        "> Et citat.\n> [!NOTE] Husk",
        "> [!NOTE] Husk\n> - a\n>\n> [!TIP]- Tip",
    ] {
        let built = page(text);
        assert_eq!(built.codes(), ["second-callout"], "{text}: {}", built.report());
        assert!(built.report().contains("a line without `>` above it"), "{}", built.report());
    }
    for text in [
        "> [!WRITE 3] Navn\n\n> [!WRITE 5] Alder",
        "> [!WRITE 3] Navn\n> > [!WRITE 5] Alder",
        "> [!NOTE] Skriv [!WRITE 5] dér\n> og `[!WRITE]`",
        "> \\[!NOTE] Husk",
        "> %%\n> [!NOTE] x\n> %%\n> a",
        "> [!ukendt-slags](index.md)",
    ] {
        assert!(!page(text).codes().contains(&"second-callout"), "{text}");
    }
}

#[test]
fn a_wikilink_names_something() {
    for text in ["Se [[]].", "Se [[ ]] og så.", "- [[]]", "Se ![[]]", "Se [[|døren]]", "[[ |døren]]"] {
        let built = page(text);
        assert_eq!(built.codes(), ["broken-wikilink"], "{text}: {}", built.report());
        assert!(built.report().contains("names nothing"), "{}", built.report());
    }
    for text in ["`[[]]`", "\\[[]]", "[\\[]]", "    [[]]", "%% [[]] %%"] {
        page(text).assert_clean();
    }
}

#[test]
fn a_value_where_keys_are_wanted_is_told_how_they_are_written() {
    let exercise = |line: &str| {
        let text = format!("---\nwhen: between\nminutes: 5\nprinciples: [se]\n{line}\n---\nHej.\n");
        let handbook = Handbook::new().file("index.md", "# V\n\nHej.\n").file("oevelser/a.md", &text);
        handbook.file("principper/se.md", "---\nstatement: Ja.\n---\nHej.\n").build()
    };
    for (line, mended) in [
        ("participants: 6", "`participants: { min: 6, max: 6 }`"),
        ("participants: 4-12", "`participants: { min: 4, max: 12 }`"),
        ("participants: 4 til 12 gæster", "`participants: { min: 4, max: 12 }`"),
        ("participants: alle", "`participants: { min: 4, max: 12 }`"),
    ] {
        let built = exercise(line);
        assert!(built.codes().contains(&"wrong-type"), "{line}");
        assert!(built.report().contains(mended), "{}", built.report());
    }
    assert!(!exercise("groups: 3").codes().contains(&"wrong-type"));
    for (line, mended) in [
        ("brand: Nordby", "`brand: { organisation: Nordby }`"),
        ("brand: { fonts: a.woff2 }", "`fonts: { text: a.woff2 }`"),
        ("brand: { colors: \"#123456\" }", "`colors: { primary: \"#123456\" }`"),
        ("terms: borger", "`terms: { borger: { … } }`"),
        ("terms: { borger: en }", "`borger: { gender: en, forms: […] }`"),
        ("print: a5", "`print: { paper: a5 }`"),
        ("words: a", "`words: { key: a }`"),
        ("sections: guide", "`sections: [{ folder: guide }]`"),
        ("sections: [guide]", "write `{ folder: guide }`"),
    ] {
        let settings = format!("title: T\n{line}\n");
        let built = Handbook::new().settings(&settings).file("index.md", "# V\n\nHej.\n").build();
        assert!(built.report().contains(mended), "{line}: {}", built.report());
    }
    for (line, mended) in [("agenda: [a]", "write `{ exercise: a }`"), ("agenda: a", "`agenda: [{ exercise: a }]`")] {
        let text = format!("---\nstart: \"09:00\"\nhours: 1\n{line}\n---\nHej.\n");
        let built = Handbook::new().file("index.md", "# V\n\nHej.\n").file("temadage/a.md", &text).build();
        assert!(built.report().contains(mended), "{}", built.report());
    }
}

#[test]
fn front_matter_below_a_blank_line_is_told_to_begin_the_file() {
    for (above, place) in [("\n", "2:1"), ("\r\n\r\n", "3:1"), (" \t\n", "2:1")] {
        let text = format!("{above}---\nstatement: Vi ser op.\n---\n> [!STAR]\n> Hej.\n");
        let handbook = Handbook::new().file("index.md", "# V\n\nHej.\n").file("principper/se.md", &text);
        let built = handbook.keep_going().build();
        let told = built.diagnostics();
        let expected = format!("principper/se.md:{place}: error[front-matter-not-first]: ");
        assert!(told.starts_with(&expected) || told.contains(&format!("\n{expected}")), "{told}");
        assert!(!told.contains("missing-key"), "{told}");
        assert!(built.main("principper/se.html").contains("Vi ser op."), "{}", built.main("principper/se.html"));
        assert!(!built.main("principper/se.html").contains("statement:"));
    }
    // A line is a line.
    for text in [
        "\n---\n\nHej.\n\n---\n",
        "\n---\nHej.\n",
        "\n---\nHej: du\n",
        "\n---\nDet er: sandt\n---\n",
        "\n---\n- a\n---\n",
    ] {
        let built = Handbook::new().file("index.md", text).build();
        assert!(!built.codes().contains(&"front-matter-not-first"), "{text}: {}", built.report());
    }
}
