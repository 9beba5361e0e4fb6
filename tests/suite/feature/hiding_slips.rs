//! Slips in what hides text, one by one: `@` is the text, and no reader gets it.

use vaert::model::handbook::Language;

use super::hidden_at_random::everything;
use crate::handbook::Handbook;

/// Fails where a reader gets the text of the page for which `@` stands.
#[track_caller]
fn is_kept(page: &str) {
    for (output, held) in everything(&page.replace('@', "Kanelsnegl")) {
        assert!(!held.to_lowercase().contains("kanelsnegl"), "{output} holds it:\n{page}");
    }
}

#[test]
fn a_marker_that_markdown_takes_for_the_definition_of_a_link_is_an_error() {
    for text in [
        "> [!FACILITATOR]: Husk\n> @",
        "> [!SVAR]:\n> 42\n> @",
        "[FACILITATOR]: Husk\n@",
        "- a\n\n  > [!FACILITATOR]: Husk\n  > @",
        "> [!FACILITATR]: <Hej med dig>\n> @",
        "> [ !SVAR ]: x \"y\"\n> @",
    ] {
        is_kept(&format!("# A\n\n{text}\n"));
    }
}

#[test]
fn a_callout_that_ends_with_the_block_around_it_is_cut_short() {
    for text in [
        "- a\n\n  > [!FACILITATOR] T.\n > @",
        "> [!NOTE] n\n> > [!FACILITATOR] T.\n> > x\n\n> > @",
        "- a\n\n  > [!FACILITATOR] T.\n  > Noget.\n > @",
        "- > [!FACILITATOR] T.\n> @",
        "Ord\n: def\n\n  > [!FACILITATOR] T.\n > @",
        "> > [!FACILITATOR] T.\n\n> > @",
        "> - a\n>   > [!FACILITATOR] T.\n> > @",
        "> [!NOTE] n\n> x\n>\n> > [!ANSWER] t.\n> >\n @",
    ] {
        is_kept(&format!("# A\n\n{text}\n"));
    }
}

#[test]
fn a_callout_that_announces_more_is_not_whole() {
    for text in [
        "> [!FACILITATOR] Husk:\n\n- @",
        "> [!FACILITATOR] **Husk:**\n\n@",
        "> [!FACILITATOR] Husk …\n\n@",
        "> [!FACILITATOR]\n> Sig følgende:\n\n- @",
        "> [!SVAR] Tallene er:\n\n@",
        "> [!FACILITATOR]\n> <br>\n\n@",
        "> [!FACILITATOR]\n> ***\n\n@",
    ] {
        is_kept(&format!("# A\n\n{text}\n"));
    }
}

#[test]
fn a_comment_with_another_slip_is_an_error_or_hides() {
    for text in [
        "%%%% @ %%%%",
        "a %%%%% @ %%%%% b",
        "%%%%\n@\n%%%%",
        "Tekst <-- @ --> mere",
        "<!\u{2212}\u{2212} @ \u{2212}\u{2212}>",
        "＜!-- @ --＞",
        "<div>\n% % @ % %\n</div>",
        "<div>\n< !-- @ -->\n</div>",
        "```  %%@%%\nx\n```",
        "~~~ <!--@-->\nx\n~~~",
        "[x](<https://x.dk/ %% @ %%>)",
        "Se [b].\n\n[b]: https://x.dk/%%@%%",
        "- a\n\n      %% @ %%",
        "Tekst.\n\n\t<!-- @ -->",
    ] {
        is_kept(&format!("# A\n\n{text}\n"));
    }
}

#[test]
fn a_marker_in_another_guise_is_an_error() {
    for text in [
        "> [!NOTE|FACILITATOR] @",
        "> [!NOTE FACILITATOR] @",
        "> <!FACILITATOR> @",
        "> !SVAR @",
        "> [1SVAR] @",
        "> ⟦!SVAR⟧ @",
        "> [!SVARET] @",
        "> [!FACILITERING] @",
        "> [!SVVARR] @",
        "![x](x.svg \"[!FACILITATOR] @\")",
        "![[x.svg|[!SVAR] @]]",
        "<abbr title=\"[!SVAR] @\">x</abbr>",
        "<div hidden>@</div>",
        "Tekst <span style=\"display: none\">@</span>.",
        "<template>@</template>",
        "<div class=\"facilitator\">@</div>",
    ] {
        is_kept(&format!("# A\n\n{text}\n"));
    }
}

#[test]
fn a_page_whose_readers_are_said_in_another_place_is_left_out() {
    for page in [
        "--- draft: true\n---\n\n# A\n\n@\n",
        "---draft: true\n---\n\n# A\n\n@\n",
        "---audience: facilitator\n---\n\n# A\n\n@\n",
        "---\nsummary: >\n  kort\n  draft: true\n---\n\n# A\n\n@\n",
        "---\ntitle:\n  draft: true\n---\n\n# A\n\n@\n",
        "---\nsynlig: nej\n---\n\n# A\n\n@\n",
        "---\nis_draft: true\n---\n\n# A\n\n@\n",
        "---\nlæsere: facilitator\n---\n\n# A\n\n@\n",
    ] {
        is_kept(page);
    }
}

#[test]
fn an_unknown_key_that_may_hide_is_not_to_be_removed() {
    let book = Handbook::new().file("index.md", "# A\n").file("b.md", "---\nkladde: ja\n---\n\n# B\n").keep_going();
    let helps: Vec<_> = book.build().diagnostics.iter().map(|found| found.text(Language::English).help).collect();
    assert_eq!(helps, ["did you mean `draft: true`?"]);
}

#[test]
fn a_base_that_may_be_hidden_gives_an_edition_nothing() {
    for below in [
        "+++\ndraft = true\n+++\n\n# Kanelsnegl\n",
        "---\ntitle: Kanelsnegl\naudience: facilitatorer\n---\n\nTekst.\n",
        "---\ntitle: Kanelsnegl\naudience: facilitator\ntags: [kanelsnegl]\n---\n\nTekst.\n",
    ] {
        for own in
            ["---\nbase: merge\naudience: participant\n---\n\nHej.\n", "---\naudience: participant\n---\n\n![[base]]\n"]
        {
            let base = Handbook::new().file("index.md", "# Forside\n").file("a.md", below);
            let built = Handbook::new().file("a.md", own).keep_going().extending(&base, "../base").build();
            assert!(built.diagnostics.iter().any(|found| found.is_error()), "{below}{own}");
            for (path, bytes) in &built.outputs {
                let held = String::from_utf8_lossy(bytes).to_lowercase();
                assert!(!held.contains("kanelsnegl"), "{path}:\n{below}{own}");
            }
        }
    }
}

#[test]
fn ordinary_text_is_not_taken_for_hidden_text() {
    for text in [
        "Svar: [ ] ja [ ] nej",
        "Facilitatoren [Anne Hansen] siger velkommen.",
        "Facilitator: [navn]",
        "| Rolle |\n|---|\n| Facilitator [A] |",
        "[Svar] og [Send] er knapper.",
        "Vi skriver det øverst:\n\n```yaml\ndraft: true\n```",
        "> [!FACILITATOR] Husk at bytte plads.\n\nVi går videre.",
        "> [!FACILITATOR] Husk.\n> Sig goddag.\n\n- En liste.",
        "- a\n  > [!FACILITATOR] Husk.\n- b",
        "> [!NOTE] n\n> > [!ANSWER] 42.\n>\n> Mere.",
        "Se [svar].\n\n[svar]: https://x.dk",
        "50 % af 3 % er lidt.",
        "```\n%% sådan ser en kommentar ud %%\n```",
    ] {
        let built = Handbook::new().file("index.md", "# A\n").file("b.md", &format!("# B\n\n{text}\n")).build();
        let errors: Vec<_> = built.diagnostics.iter().filter(|found| found.is_error()).collect();
        assert!(errors.is_empty(), "{text}:\n{}", built.diagnostics());
    }
}
