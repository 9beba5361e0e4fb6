//! What print-outs say, and to whom.

use std::collections::BTreeSet;

use vaert::build::Audience;
use vaert::model::body::Inline;
use vaert::model::walk::visit;

use super::{handbook, print_outs, set, text_of};
use crate::handbook::Handbook;

/// Every sentence of the content that this audience may see, without blanks and hyphens: a line's end may have parted
/// words.
fn sentences(audience: Audience) -> BTreeSet<String> {
    let build = handbook(audience);
    let mut sentences = BTreeSet::new();
    for item in &build.book().unwrap().items {
        let mut runs: Vec<&[Inline]> = Vec::new();
        let notes = (0..item.document.body.footnotes.len()).map(|note| item.footnote(note as u32));
        for blocks in std::iter::once(item.blocks()).chain(notes) {
            visit(blocks, &mut |_| {}, &mut |run| runs.push(run));
        }
        let text: Vec<String> = runs.into_iter().map(|run| item.plain().of(run)).collect();
        let parts = text.iter().flat_map(|text| text.split_inclusive(['.', '?', '!', '«', ':']));
        // What is shorter is a word or two that may stand anywhere.
        sentences.extend(parts.map(squeezed).filter(|part| part.chars().count() > 10));
    }
    sentences
}

/// Sentences of the content that only facilitators may see.
fn facilitators_sentences() -> BTreeSet<String> {
    let all = sentences(Audience::Facilitator);
    let secret: BTreeSet<String> = all.difference(&sentences(Audience::Participant)).cloned().collect();
    assert!(secret.len() > 100, "{}", secret.len());
    secret
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[test]
fn participants_print_outs_hold_no_sentence_for_facilitators_and_facilitators_hold_each() {
    let sentences = facilitators_sentences();
    let all = |audience: Audience, wanted: fn(&str) -> bool| -> String {
        print_outs(audience).iter().filter(|(path, _)| wanted(path)).map(|(_, pdf)| squeezed(&text_of(pdf))).collect()
    };
    let participants = all(Audience::Participant, |_| true);
    let handed_out =
        all(Audience::Facilitator, |path| ["handout-", "cards", "poster"].iter().any(|kind| path.contains(kind)));
    let facilitators = all(Audience::Facilitator, |_| true);
    for sentence in &sentences {
        assert!(!participants.contains(sentence), "participants read: {sentence}");
        assert!(!handed_out.contains(sentence), "a handout of the facilitators' edition holds: {sentence}");
        assert!(facilitators.contains(sentence), "facilitators miss: {sentence}");
    }
}

#[test]
fn every_kind_of_print_out_says_what_it_is_for() {
    let participants = print_outs(Audience::Participant);
    let facilitators = print_outs(Audience::Facilitator);
    assert!(!participants.keys().any(|path| path.contains("guide-")));
    let text = text_of(&participants["print/handout-kameraet.pdf"]);
    for said in ["Kameraet", "Navne", "Dato", "Formål", "Sig sådan her", "velbefindende?", "Side 1 af"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let text = text_of(&participants["print/handout-stjernestunder-og-vampyrstunder.pdf"]);
    assert!(text.contains("Det skete der") && !text.contains("Navne"), "sheets for moments ask for no names: {text}");
    let text = text_of(&facilitators["print/guide-kameraet.pdf"]);
    assert!(text.contains("Vejledning") && text.contains("Hold øje med") && !text.contains("Navne"), "{text}");
    let text = text_of(&participants["print/theme-day-temadag-1.pdf"]);
    for said in
        ["Kl. 09:00–16:00", "09:20–10:00 Den konkrete forandring", "Det skal du bruge", "Kort i postkortstørrelse"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("420 min."));
    // The last point's running total is the whole day.
    assert!(text_of(&facilitators["print/theme-day-temadag-1.pdf"]).contains("420 min."));
    let text = text_of(&participants["print/booklet.pdf"]);
    for said in
        ["Indhold", "Fortællingen", "Principper", "Øvelser", "Konklusioner", "Begreber", "Stikord", "se Prøvehandling"]
    {
        assert!(text.contains(said), "{said}");
    }
    for pdf in [&participants["print/cards.pdf"], &participants["print/poster.pdf"]] {
        let text = text_of(pdf);
        for title in ["Vi ser borgeren, før vi ser opgaven", "Vi er værter sammen"] {
            assert!(text.contains(title), "{title}: {text}");
        }
    }
}

const HOSTILE: &str = "#read(\"/etc/passwd\") $x$ ] [ \"\\ <label> @ref *a* _b_ `c` // /* ~ #{1+1} {{ x }} {% y %}";

#[test]
fn hostile_content_prints_literally() {
    let body = "## #let x = 1 $\n\n#read(\"/etc/passwd\") og $x$ og ] og \\<label\\> og @ref og #{1+1}\n\n\
        | #a | $b |\n|---|---|\n| #panic(\"x\") | ]] |\n\n```\n#import \"@preview/x:1.0.0\"\n{{ page.title }}\n```\n\n\
        [#link](https://example.org/#a\"b) og `#eval(\"1\")`\n\n> [!WRITE 2] #write $\n";
    let title = HOSTILE.replace('\\', "\\\\").replace('"', "\\\"");
    let front = "when: between\nminutes: 10\npurpose: \"#purpose $ ]\"\nmaterials: [\"#panic()\"]";
    let item = format!("---\ntitle: \"{title}\"\n{front}\n---\n\n{body}");
    let build = Handbook::new().file("oevelser/x.md", &item).pdf().bare_build();
    for path in ["print/handout-x.pdf", "print/booklet.pdf"] {
        let text = squeezed_marks(&text_of(&set(&build, path)));
        let written = [HOSTILE, "#let x = 1 $", "<label> og @ref og #{1+1}", "#panic(\"x\")", "]]", "#eval(\"1\")"];
        let more = ["#import \"@preview/x:1.0.0\"", "{{ page.title }}", "#purpose $ ]", "#panic()", "#write $"];
        for said in written.into_iter().chain(more) {
            assert!(text.contains(&squeezed_marks(said)), "{path}: {said}\n{text}");
        }
        assert!(!text.contains("root:"));
    }
}

/// Without blanks, and with one kind of quotation marks: those of the text are made typographic.
fn squeezed_marks(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    text.replace(['»', '«', '”', '“', '\''], "\"")
}

#[test]
fn what_says_so_is_not_printed() {
    let exercise = |print: &str| format!("---\ntitle: Leg\nwhen: between\nminutes: 5\n{print}---\nTekst\n");
    let with = Handbook::new().file("oevelser/leg.md", &exercise("")).pdf().bare_build();
    let without = Handbook::new().file("oevelser/leg.md", &exercise("print: false\n")).pdf().bare_build();
    let paths = |build: &vaert::build::Build| build.print_outs().keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(paths(&with), ["print/booklet.pdf", "print/handout-leg.pdf"]);
    assert!(paths(&without).is_empty());
}

#[test]
fn a_character_that_no_font_has_is_told_with_its_line_and_left_out() {
    let exercise = "---\ntitle: Leg 🎲\nwhen: between\nminutes: 5\n---\n\nEt\n\nTo 🎉 tre\n";
    let handbook = Handbook::new().file("oevelser/leg.md", exercise).pdf();
    let told = handbook.build().diagnostics();
    assert!(told.contains("oevelser/leg.md:2:12: warning[missing-glyph]"), "{told}");
    assert!(told.contains("oevelser/leg.md:9:4: warning[missing-glyph]"), "{told}");
    assert!(text_of(&set(&handbook.bare_build(), "print/handout-leg.pdf")).contains("To tre"));
}
