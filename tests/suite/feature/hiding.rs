//! Tests text that an author meant to hide with a mistake in the notation: it is hidden, or the page is left out and an
//! error says why.

use vaert::diagnostic::Severity;

use crate::handbook::{Built, Handbook};

/// A word that no text of the handbook but hidden text contains.
const SECRET: &str = "Kanelsnegl";

fn page(text: &str) -> Handbook {
    Handbook::new().file("index.md", "# Forside\n\nHej.\n").file("a.md", text)
}

/// Returns the outputs that contain the secret, file names included.
fn leaks(built: &Built) -> Vec<&str> {
    let secret = SECRET.to_lowercase();
    let holds = |path: &str, bytes: &[u8]| {
        path.contains(&secret) || String::from_utf8_lossy(bytes).to_lowercase().contains(&secret)
    };
    built.outputs.iter().filter(|(path, bytes)| holds(path, bytes)).map(|(path, _)| path.as_str()).collect()
}

fn errors(built: &Built) -> usize {
    built.diagnostics.iter().filter(|found| found.severity == Severity::Error).count()
}

/// Builds `text` for participants, in spite of errors, and checks that the secret is nowhere, and that an error is
/// reported if the page is left out.
#[track_caller]
fn assert_hidden(text: &str) -> Built {
    let built = page(text).keep_going().build();
    assert!(leaks(&built).is_empty(), "{:?} hold it:\n{text}\n{}", leaks(&built), built.report());
    assert!(built.has("a.html") || errors(&built) > 0 || text.contains("draft"), "it is left out in silence:\n{text}");
    assert!(built.diagnostics.iter().all(|found| {
        let said = found.text(vaert::model::handbook::Language::English);
        !said.message.contains(SECRET) && !said.help.contains(SECRET)
    }));
    built
}

/// Builds `text` and checks that there is an error and no page.
#[track_caller]
fn assert_left_out(text: &str, code: &str) {
    let built = assert_hidden(text);
    assert!(!built.has("a.html"), "the page is there:\n{text}");
    assert!(built.codes().contains(&code), "{code} is not reported:\n{text}\n{}", built.report());
    assert_eq!(errors(&page(text).build()), errors(&built));
    let facilitators = page(text).facilitator().keep_going().build();
    assert!(!facilitators.has("a.html"), "facilitators get the page:\n{text}");
}

#[test]
fn blanks_and_invisible_characters_do_not_change_a_marker() {
    for marker in [
        "\u{a0}[!FACILITATOR]",
        "\u{a0} [!FACILITATOR]",
        "\u{200b}[!FACILITATOR]",
        "\u{feff}[!FACILITATOR]",
        "\u{2060}[!ANSWER]",
        "\u{3000}[!SVAR]",
        " \t[!FACILITATOR]",
        "[! FACILITATOR]",
        "[ !FACILITATOR ]",
        "[!\u{a0}FACILITATOR\u{a0}]",
        "[!FACI\u{ad}LITATOR]",
        "[!FACI LITATOR]",
        "[!F\u{200d}A\u{200b}CILITATOR]",
        "[!facilitator\u{fe0f}]-",
        "[!ＦＡＣＩＬＩＴＡＴＯＲ]",
        "[!FACILITATOR|bred]",
        "[!FACILITATOR til jer]",
    ] {
        for text in
            [format!("# A\n\nÅben.\n\n>{marker}\n> {SECRET}.\n"), format!("# A\n\nÅben.\n\n> {marker} {SECRET}\n")]
        {
            let built = assert_hidden(&text);
            built.assert_clean();
            assert!(built.main("a.html").contains("Åben."), "{text}");
            let facilitators = page(&text).facilitator().build();
            assert!(facilitators.main("a.html").contains(SECRET), "{text}");
        }
    }
}

#[test]
fn what_looks_like_a_hiding_marker_is_an_error() {
    for line in [
        "> [!FACILITATOR:]",
        "> [!FACILITATOR]]".replace("]]", ":]").as_str(),
        "> **[!FACILITATOR]**",
        "> *[!FACILITATOR]*",
        "> ~~[!FACILITATOR]~~",
        "> \\[!FACILITATOR\\]",
        "> \\[!FACILITATOR]",
        "> [\\!FACILITATOR]",
        "> &#91;!FACILITATOR&#93;",
        "> [FACILITATOR]",
        "> [facilitator]",
        "> [SVAR]",
        "> [ANSWER]",
        "> [!FACILITATR]",
        "> [!FASILITATOR]",
        "> [!FASILITATR]",
        "> [!FACILITATOREN]",
        "> [!FACILITATORER]",
        "> [!Til facilitator]",
        "> [!FACILITATOR-NOTE]",
        "> [!FACILITATOR, husk]",
        "> [!ANSVER]",
        "> [!ANSWERS]",
        "> [!SVARET]".replace("SVARET", "SVARR").as_str(),
        "> [!FACILITATOR",
        "> !FACILITATOR]",
        "> (!FACILITATOR)",
        "> {!FACILITATOR}",
        "> ![FACILITATOR]",
        "> [1FACILITATOR]",
        "> ［！ＦＡＣＩＬＩＴＡＴＯＲ］",
        "> 【!FACILITATOR】",
        "> [!FАCILITATOR]",
        "> [!FÁCILITATOR:]",
        "> <b>[!FACILITATOR]</b>",
        "[!FACILITATOR]",
        "[FACILITATOR]",
        "**[!FACILITATOR]**",
        "\u{200b}> [!FACILITATOR]",
        "\\> [!FACILITATOR]",
        "&gt; [!FACILITATOR]",
        "    > [!FACILITATOR]",
        "    [!FACILITATOR]",
        "\t> [!FACILITATOR]",
        "- [!FACILITATOR]",
        "1. [!ANSWER]",
        "## [!FACILITATOR]",
        "| [!FACILITATOR] |\n|---|\n| x |\n|",
        "Ord\n: [!FACILITATOR]",
        "<div>[!FACILITATOR]</div>",
        "<blockquote>[!FACILITATOR]</blockquote>",
        "<div>\n\n[!FACILITATOR]\n\n</div>\n",
        "<p>Gør sådan:<br>[!FACILITATOR]</p>",
        "<facilitator>",
        "> Gør sådan:\n> [!FACILITATOR]",
        "> Gør sådan:  \n> [!ANSWER]",
        "> Gør sådan:\\\n> [!SVAR]",
        "> Gør sådan:<br>[!SVAR]",
        "> [!NOTE] Husk\n> [!FACILITATOR]",
        "> [!NOTE] [!FACILITATOR]",
        "> [!NOTE]\n>\n> [!FACILITATOR]",
        "Se [!FACILITATOR]",
        ":::facilitator",
        "::: facilitator",
        "::: {.facilitator}",
        "!!! facilitator",
        "!!! answer",
    ] {
        assert_left_out(&format!("# A\n\nÅben.\n\n{line} {SECRET}.\n"), "callout-not-hidden");
    }
    for attributes in ["{audience=facilitator}", "{.facilitator}", "{draft=true}", "{#id .facilitator}"] {
        assert_left_out(&format!("# A\n\n## Del {attributes}\n\n{SECRET}.\n"), "callout-not-hidden");
    }
    let code = format!("# A\n\n```{{facilitator}}\n{SECRET}\n```\n");
    assert_left_out(&code, "callout-not-hidden");
}

#[test]
fn text_that_only_speaks_of_markers_is_published() {
    for line in [
        "Skriv `[!FACILITATOR]` først i et citat.",
        "```\n> [!FACILITATOR]\n> Tekst.\n```",
        "```markdown\n> [!FACILITATOR]\n> Tekst.\n```",
        "Facilitatoren siger: »Velkommen!«",
        "> Facilitatoren siger velkommen.",
        "Han sagde, at [facilitatoren] gik.",
        "[Facilitatoren](index.md) siger velkommen.",
        "Hvad er jeres svar? Svar!",
        "- [x] Svar på mailen\n- [ ] Spørg facilitatoren",
        "> [!STAR] Ved døren\n> Svar kom.",
        "> [!NOTE] Svar\n> Det kom.",
        "Husk! Facilitator og deltagere.",
    ] {
        page(&format!("# A\n\n{line}\n")).build().assert_clean();
    }
}

#[test]
fn unknown_types_far_from_a_hiding_one_are_still_warnings() {
    for name in ["INFO", "TODO", "QUOTE", "ABSTRACT", "SUCCESS"] {
        let built = page(&format!("# A\n\n> [!{name}] Tekst\n")).build();
        assert_eq!((built.codes(), errors(&built)), (vec!["unknown-callout"], 0), "{name}");
    }
}

#[test]
fn a_callout_that_ends_too_soon_is_an_error() {
    for text in [
        "> [!FACILITATOR] Til dig\n\n> KS.",
        "> [!FACILITATOR]\n\n> KS.",
        "> [!FACILITATOR]\n\nKS.",
        "> [!FACILITATOR]\n- KS.",
        "> [!FACILITATOR]\n\n- KS.",
        "> [!FACILITATOR] Til dig\n\nKS.",
        "> [!FACILITATOR] Til dig\n- KS.",
        "> [!FACILITATOR]\n> Først.\n\n> KS.",
        "> [!FACILITATOR]\n> Først.\n- KS.",
        "> [!FACILITATOR]\n> Først.\n\n\n> KS.",
        "> [!FACILITATOR]\n> - Først.\n\n> - KS.",
        "> [!FACILITATOR]\n> Først.\n```\nKS.\n```",
        "> [!ANSWER]\n\n> KS.",
        "> [!ANSWER] 3\n\n> KS.",
        "> [!SVAR]-\n\nKS.",
        "- Trin\n\n  > [!FACILITATOR]\n\n  > KS.",
        "> [!NOTE] Åben\n>\n> > [!FACILITATOR]\n>\n> > KS.",
    ] {
        let text = text.replace("KS", SECRET);
        assert_left_out(&format!("# A\n\nÅben.\n\n{text}\n"), "hidden-text-cut-short");
    }
}

#[test]
fn a_callout_that_ends_on_purpose_is_none() {
    for text in [
        "> [!FACILITATOR] Husk kaffen.\n\nÅben.",
        "> [!ANSWER] Fire\n\nÅben.",
        "> [!FACILITATOR] Til dig\n> KS.\n\nÅben.",
        "> [!FACILITATOR]\n> KS.\n\n> [!ANSWER]\n> KS.",
        "> [!FACILITATOR]\n> KS.\n\n> [!NOTE] Åben",
        "> [!FACILITATOR]\n> KS.\n\n## Næste\n\n> Åben.",
        "> [!FACILITATOR]\n> KS.\n\nSå siger I:\n\n> Åben.",
        "> [!FACILITATOR]\n> KS.\n## Næste",
        "- > [!FACILITATOR]\n  > KS.\n- Åben.",
        "> [!FACILITATOR]\n> KS.\n>\n> > [!ANSWER]\n> > KS.\n>\n> > KS.",
    ] {
        let text = text.replace("KS", SECRET);
        let built = assert_hidden(&format!("# A\n\nÅben.\n\n{text}\n"));
        built.assert_clean();
    }
}

#[test]
fn what_is_defined_in_hidden_text_is_not_used_outside_of_it() {
    for text in [
        "Vælg.[^n]\n\n> [!FACILITATOR]\n> Sig det ikke.\n>\n> [^n]: KS.",
        "Vælg.[^n]\n\n> [!FACILITATOR]\n> Se.[^n]\n>\n> [^n]: KS.",
        "# Titel[^n]\n\n> [!ANSWER]\n> x\n>\n> [^n]: KS.",
        "Se [her][n].\n\n> [!FACILITATOR]\n> x\n>\n> [n]: https://example.org/kanelsnegl",
        "Se [n].\n\n> [!FACILITATOR]\n> x\n>\n> [n]: https://example.org/kanelsnegl",
        "Se [n][].\n\n> [!FACILITATOR]\n>\n> [N]: https://example.org/kanelsnegl\n>\n> x",
        "![plan][n]\n\n> [!FACILITATOR]\n> x\n>\n> [n]: plan.svg \"KS\"",
        "Vælg.[^n]\n\n%%\n\n[^n]: KS.\n\n%%",
        "Se [her][n].\n\n%%\n\n[n]: https://example.org/kanelsnegl\n\n%%",
    ] {
        let text = text.replace("KS", SECRET);
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>";
        let built = page(&format!("# A\n\nÅben.\n\n{text}\n")).file("plan.svg", svg).keep_going().build();
        assert!(leaks(&built).is_empty(), "{:?} hold it:\n{text}\n{}", leaks(&built), built.report());
        assert!(built.codes().contains(&"hidden-definition-used"), "{text}\n{}", built.report());
    }
    let within = format!(
        "# A\n\n> [!FACILITATOR]\n> Se [stedet][n].[^n]\n>\n> [^n]: {SECRET}.\n>\n> [n]: https://example.org\n"
    );
    assert_hidden(&within).assert_clean();
}

#[test]
fn comments_with_a_slip_in_their_marks_are_errors() {
    for comment in [
        "<\u{200b}!-- KS -->",
        "<!\u{200b}-- KS -->",
        "<!-\u{200b}- KS -->",
        "< !-- KS -->",
        "<! -- KS -->",
        "<!- KS -->",
        "<1-- KS -->",
        "<!— KS —>",
        "<!– KS –>",
        "<-- KS -->",
        "%\u{200b}% KS %%",
        "%\u{200b}% KS %\u{200b}%",
        "% % KS % %",
        "％％ KS ％％",
    ] {
        for place in [
            "Åben. C\n",
            "C\n\nÅben.\n",
            "## Åben C\n\nx\n",
            "- Åben C\n",
            "> [!NOTE] C\n> x\n",
            "| a C |\n|---|\n| x |\n",
        ] {
            let text = place.replace('C', &comment.replace("KS", SECRET));
            let built = assert_hidden(&format!("# A\n\n{text}"));
            assert!(errors(&built) > 0, "{text}");
        }
    }
    for text in ["40 % og 50 %", "A --> B", "a < b!", "\\%% ikke en kommentar", "`<! -- x -->`"] {
        page(&format!("# A\n\n{text}\n")).build().assert_clean();
    }
}

#[test]
fn nobody_reads_a_page_of_which_it_cannot_be_told_who_may() {
    let heads = [
        "audience:",
        "audience: ~",
        "audience: \"\"",
        "audience: facilitators",
        "audience: Facilitator",
        "audience: facilitator, leder",
        "audience: [facilitator]",
        "audience: { who: facilitator }",
        "audience: true",
        "audience: facilitator\naudience: participant",
        "audience:facilitator",
        "Audience: facilitator",
        "AUDIENCE: facilitator",
        "audiance: facilitator",
        "audi\u{200b}ence: facilitator",
        "audience\u{a0}: facilitator",
        "målgruppe: facilitator",
        "draft:",
        "draft: null",
        "draft: yes",
        "draft: ja",
        "draft: 1",
        "draft: \"true\"",
        "draft: [true]",
        "draft: sand",
        "draft: tr\u{200b}ue",
        "Draft: true",
        "draf: true",
        "drafts: true",
        "kladde: true",
        "status: draft",
        "published: false",
        "hidden: true",
        "private: true",
        "visibility: facilitator",
        "publish:",
        "publish: no",
        "publish: \"false\"",
        "meta: { draft: true }",
        "meta: [{ audience: facilitator }]",
        "title: A: B",
        "\tdraft: true",
        "title: [A",
        "bare ord",
        "- draft: true",
    ];
    for head in heads {
        let built = assert_hidden(&format!("---\n{head}\n---\n\n# A\n\n{SECRET}.\n"));
        assert!(!built.has("a.html") && errors(&built) > 0, "{head}\n{}", built.report());
    }
}

#[test]
fn front_matter_in_another_form_is_an_error() {
    for head in [
        "+++\ndraft = true\n+++\n",
        "+++\ntitle = \"A\"\n+++\n",
        "{ \"draft\": true }\n",
        "{\n  \"audience\": \"facilitator\"\n}\n",
        "<!-- x -->\n---\naudience: facilitator\n---\n",
        "%% x %%\n\n---\naudience: facilitator\n---\n",
        "<!--\nx\n-->\n---\ndraft: true\n---\n",
        "\u{200b}---\ndraft: true\n---\n",
        "\u{a0}\n---\nDraft: true\n---\n",
        "```yaml\n---\ndraft: true\n---\n```\n",
        "```yaml\ndraft: true\n```\n",
        "----\naudience: facilitator\n----\n",
        "-----\ntitle: A\n-----\n",
        "--\ndraft: true\n--\n",
        "———\ndraft: true\n———\n",
        "—-\ndraft: true\n—-\n",
        "—\ndraft: true\n—\n",
        "– – –\ndraft: true\n– – –\n",
        "***\ndraft: true\n***\n",
        "===\ndraft: true\n===\n",
        "x--\ndraft: true\n---\n",
        "draft: true\n---\n",
        "audience: facilitator\n\n",
        "---\rdraft: true\r---\r",
        "---\u{2028}draft: true\u{2028}---\n",
        "---\ntitle: A\n---\n---\ndraft: true\n---\n",
        "---\ntitle: A\n---\n\ndraft: true\n\n",
        "---\naudience: facilitator\n",
        "---\naudience: facilitator\n----\n",
        "---\naudience: facilitator\n...\n",
        "---\naudience: facilitator\n—\n",
    ] {
        let built = assert_hidden(&format!("{head}\n# A\n\n{SECRET}.\n"));
        assert!(!built.has("a.html") && errors(&built) > 0, "{head}\n{}", built.report());
    }
}

#[test]
fn front_matter_below_blank_lines_keeps_its_readers() {
    let built = assert_hidden(&format!("\n\n---\ndraft: true\n---\n\n# A\n\n{SECRET}.\n"));
    assert_eq!(built.codes(), ["front-matter-not-first"]);
}

#[test]
fn a_page_that_begins_with_a_rule_or_a_list_of_words_is_published() {
    for text in [
        "***\n\nTekst: mere.\n",
        "# A\n\n---\n\nBemærk: ingen nøgle.\n",
        "# A\n\nDraft betyder kladde.\n",
        "# A\n\nTid: 20 minutter\n",
        "---\ntitle: A\n---\n\n- Audience: alle\n",
        "- titel\n- draft\n",
    ] {
        let built = page(text).build();
        assert_eq!(errors(&built), 0, "{text}\n{}", built.report());
        assert!(built.has("a.html"), "{text}");
    }
}

#[test]
fn publish_false_is_a_draft() {
    let built = page(&format!("---\npublish: false\n---\n\n# A\n\n{SECRET}.\n")).build();
    built.assert_clean();
    assert!(!built.has("a.html") && leaks(&built).is_empty());
    page("---\npublish: true\n---\n\n# A\n\nTekst.\n").build().assert_clean();
    let linked =
        Handbook::new().file("index.md", "# F\n\nSe [[a]].\n").file("a.md", "---\npublish: false\n---\n# A\n").build();
    assert_eq!(linked.codes(), ["link-to-draft"]);
}

#[test]
fn keys_that_do_nothing_here_are_warned_of_where_something_is_expected_of_them() {
    let built = page("---\npermalink: x\ndescription: Kort.\ncssclasses: [a]\n---\n\n# A\n\nTekst.\n").build();
    assert_eq!(built.codes(), ["ignored-key", "ignored-key"]);
    page("---\npermalink:\ndescription:\n---\n\n# A\n\nTekst.\n").build().assert_clean();
}

#[test]
fn a_page_that_is_left_out_is_reported_once_and_not_at_what_leads_to_it() {
    let built = Handbook::new()
        .file("index.md", "# F\n\nSe [[a]], [øvelsen](oevelser/a.md), [[Andet navn]].\n\n![[a]]\n")
        .file("principper/se.md", "---\nstatement: Se.\n---\n\n> [!STAR] x\n> y\n")
        .file("oevelser/a.md", "---\ndraft: ja\naliases: [Andet navn]\nwhen: between\nminutes: 5\nprinciples: [principper/se]\n---\n\nTekst.\n")
        .build();
    assert_eq!(built.codes(), ["invalid-value"], "{}", built.report());
}

#[test]
fn an_edition_does_not_let_out_what_its_base_hides() {
    let base = |head: &str| {
        Handbook::new()
            .file("index.md", "# F\n\nHej.\n")
            .file("a.md", &format!("---\n{head}\n---\n\n# A\n\n## Del\n\n{SECRET}.\n"))
    };
    for head in ["audience: facilitator", "draft: true", "publish: false"] {
        for (own, codes) in [
            ("# A\n\n![[base]]\n", vec!["includes-hidden"]),
            ("# A\n\n![[base#Del]]\n", vec!["includes-hidden"]),
            ("# A\n\n- x\n\n  ![[base#Del]]\n", vec!["includes-hidden"]),
            ("---\naudience: participant\ndraft: false\n---\n\n# A\n\n![[base]]\n", vec!["includes-hidden"]),
            ("---\nbase: merge\naudience: participant\ndraft: false\n---\n\n![[base]]\n", vec!["includes-hidden"]),
            ("# A\n\nVores egen.\n", vec!["replaces-hidden"]),
            ("---\naudience: participant\ndraft: false\n---\n\n# A\n\nVores egen.\n", vec![]),
            ("---\nbase: merge\n---\n\n![[base]]\n", vec![]),
            ("---\nbase: merge\n---\n\nVores egen.\n", vec![]),
        ] {
            let edition = Handbook::new().file("a.md", own).extending(&base(head), "kunde").keep_going();
            let built = edition.build();
            assert!(leaks(&built).is_empty(), "{head}, {own}: {:?}", leaks(&built));
            assert_eq!(built.codes(), codes, "{head}, {own}");
        }
    }
    let own = "---\naudience: facilitator\n---\n\n# A\n\n![[base]]\n";
    let edition = Handbook::new().file("a.md", own).extending(&base("audience: facilitator"), "kunde");
    assert!(leaks(&edition.build()).is_empty());
    edition.build().assert_clean();
    assert!(edition.facilitator().build().main("a.html").contains(SECRET));
}

#[test]
fn what_is_hidden_is_not_included_by_any_way() {
    let hidden = format!("---\naudience: facilitator\n---\n\n# B\n\n## Del\n\n{SECRET}.\n");
    for include in ["![[b]]", "![[b#Del]]", "- ![[b]]", "> ![[b]]"] {
        let built = page(&format!("# A\n\n{include}\n")).file("b.md", &hidden).keep_going().build();
        assert!(leaks(&built).is_empty() && built.codes() == ["includes-hidden"], "{include}: {}", built.report());
    }
    let within = page("# A\n\n> [!FACILITATOR]\n>\n> ![[b]]\n").file("b.md", &hidden);
    within.build().assert_clean();
    assert!(within.facilitator().build().main("a.html").contains(SECRET));
}

#[test]
fn hidden_text_that_lies_too_deep_is_not_shown() {
    let deep = format!("{} [!FACILITATOR]\n{} {SECRET}.\n", ">".repeat(90), ">".repeat(90));
    let built = assert_hidden(&format!("# A\n\nÅben.\n\n{deep}"));
    assert!(errors(&built) > 0);
}
