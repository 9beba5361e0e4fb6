//! What readers find, and what nobody finds: questions to the index of a small handbook.

use std::time::{Duration, Instant};

use vaert::language::lexicon;
use vaert::model::handbook::Language;
use vaert::search::query::{Answer, Question};
use vaert::search::search;

use super::page;
use crate::handbook::Handbook;

const ALL: usize = usize::MAX;

/// Addresses of what answers `question`, best first, without `.html`.
fn found_in(handbook: &Handbook, language: Language, question: &str) -> Vec<String> {
    let index = handbook.index();
    let (_, found) = search(&index, question, 0, ALL, lexicon(language));
    found
        .iter()
        .filter(|found| !found.is_suggestion)
        .map(|found| found.text.url.trim_end_matches(".html").to_owned())
        .collect()
}

fn found(handbook: &Handbook, question: &str) -> Vec<String> {
    found_in(handbook, Language::Danish, question)
}

/// Addresses of what answers a question whose last word is still being typed.
fn found_while_typing(handbook: &Handbook, question: &str) -> Vec<String> {
    let question = Question { text: question, is_typed: true };
    let index = handbook.index();
    let (_, found) = search(&index, question, 0, ALL, lexicon(Language::Danish));
    found.iter().map(|found| found.text.url.trim_end_matches(".html").to_owned()).collect()
}

/// A handbook of these pages, each a name and a body.
fn pages(pages: &[(&str, &str)]) -> Handbook {
    let file = |handbook: Handbook, (name, body): &(&str, &str)| {
        handbook.file(&format!("{name}.md"), &format!("# Side {name}\n\n{body}\n"))
    };
    pages.iter().fold(Handbook::new().file("index.md", "# Forside\n"), file)
}

fn answer(handbook: &Handbook, question: &str) -> Answer {
    search(&handbook.index(), question, 0, ALL, lexicon(Language::Danish)).0
}

/// The passages found, marked words between brackets.
fn excerpts(handbook: &Handbook, question: &str) -> Vec<String> {
    let index = handbook.index();
    let (_, found) = search(&index, question, 0, ALL, lexicon(Language::Danish));
    let piece = |(text, marked): &(String, bool)| if *marked { format!("[{text}]") } else { text.clone() };
    found.iter().map(|found| found.passage.excerpt.iter().map(piece).collect()).collect()
}

#[test]
fn drafts_comments_and_facilitator_text_are_in_no_participant_index() {
    let handbook = Handbook::new()
        .file("index.md", "# Forside\n\nSynlig.\n\n%%giraf%% <!-- zebra -->\n\n> [!FACILITATOR] Elefant\n> Flodhest.\n")
        .file("kladde.md", "---\ndraft: true\n---\n\n# Gnu\n\nKrokodille.\n")
        .file("leder.md", "---\naudience: facilitator\naliases: [Pelikan]\n---\n\n# Leopard\n\nAntilope.\n");
    for hidden in ["giraf", "zebra", "elefant", "flodhest", "gnu", "krokodille", "leopard", "antilope", "pelikan"] {
        assert_eq!(found(&handbook, hidden), [""; 0], "{hidden}");
        assert!(!handbook.index().words.iter().any(|(word, _)| word.contains(hidden)), "{hidden}");
    }
    assert_eq!(found(&handbook, "synlig"), ["index"]);
    let facilitator = handbook.facilitator();
    for (shown, page) in [("flodhest", "index"), ("antilope", "leder"), ("pelikan", "leder")] {
        assert_eq!(found(&facilitator, shown), [page], "{shown}");
    }
    for hidden in ["giraf", "zebra", "krokodille"] {
        assert_eq!(found(&facilitator, hidden), [""; 0], "{hidden}");
    }
}

#[test]
fn terms_are_found_as_they_are_filled() {
    let settings = "title: T\nterms:\n  borger: { gender: en, forms: [gæst, gæsten, gæster, gæsterne] }\n";
    let text = "# Mød {gæsten}\n\nHver {gæst} er {gæst-}vært.\n";
    let handbook = Handbook::new().settings(settings).file("index.md", "# Forside\n").file("a.md", text);
    handbook.build().assert_clean();
    assert_eq!(found(&handbook, "gæster"), ["a"]);
    assert_eq!(found(&handbook, "borger"), [""; 0]);
    assert_eq!(excerpts(&handbook, "gæst"), ["Hver [gæst] er [gæstvært]."]);
}

#[test]
fn quoted_words_must_stand_together() {
    let handbook = pages(&[("a", "Sproget er fælles."), ("b", "Et fælles sprog."), ("c", "Fælles.")]);
    assert_eq!(found(&handbook, "\"fælles sprog\""), ["b"]);
    assert_eq!(found(&handbook, "»faelles sprog«"), ["b"]);
    assert_eq!(found(&handbook, "\"sprog fælles\""), [""; 0]);
    assert_eq!(found(&handbook, "\"fælles sprog").len(), 3, "a quotation that is not closed yet");
}

#[test]
fn pages_with_all_words_come_before_those_with_most() {
    let handbook = pages(&[
        ("a", "Kamera, kamera, kamera og film, film."),
        ("b", "Et kamera, en film og et stykke tid efter et samtykke fra den, der er med i billedet."),
        ("c", "Kamera."),
    ]);
    assert_eq!(found(&handbook, "kamera film samtykke"), ["b", "a"]);
}

#[test]
fn a_page_comes_first_by_its_exact_title_then_by_another_name_then_by_its_beginning() {
    let handbook = Handbook::new()
        .file("index.md", "# Forside\n")
        .file("a.md", "# Andet\n\nSet og hørt, set og hørt, set og hørt.\n")
        .file("b.md", "# Set og hørt igen, men ikke meget andet på den her side\n")
        .file("c.md", "---\naliases: [Set og hørt]\n---\n\n# Øvelse\n")
        .file("d.md", "# Set og hørt\n\nEn lang tekst om noget ganske andet.\n");
    assert_eq!(found(&handbook, "set og hørt"), ["d", "c", "b", "a"]);
    let handbook = handbook.file("a.md", "# Hørt, set, hørt og set\n\nSet og hørt, set og hørt.\n");
    assert_eq!(found_while_typing(&handbook, "set og hø")[..3], ["b", "c", "d"]);
}

#[test]
fn forms_of_a_word_find_each_other() {
    for (text, question) in [
        ("borgeren", "borgere"),
        ("øvelser", "øvelsen"),
        ("bøgerne", "bog"),
        ("barn", "børnene"),
        ("mænd", "manden"),
        ("museet", "museum"),
        ("ønsker", "ønskede"),
        ("spørg", "spurgte"),
        ("måler", "målinger"),
        ("øvet", "øver"),
        ("ugerne", "uge"),
        ("lærebøgerne", "lærebog"),
        ("håndbøger", "håndbog"),
        ("arbejdspladser", "arbejdsplads"),
        ("beskrev", "beskriver"),
        ("eksterne", "ekstern"),
        ("mulighederne", "mulighed"),
        ("processen", "proces"),
    ] {
        assert_eq!(found(&pages(&[("a", text), ("b", "Andet.")]), question), ["a"], "{text}, {question}");
    }
    let handbook = pages(&[("a", "Haven."), ("b", "Havet."), ("c", "En bøg."), ("d", "Bøger.")]);
    assert_eq!(found(&handbook, "haver"), ["a"]);
    assert_eq!(found(&handbook, "havet"), ["b"]);
    assert_eq!(found(&handbook, "bøg"), ["c"]);
    assert_eq!(found(&handbook, "bøgerne"), ["d"]);
    assert_eq!(found(&handbook, "bog")[0], "d");
}

#[test]
fn a_part_finds_its_compounds_and_a_compound_its_parts() {
    let handbook = pages(&[
        ("a", "Sygefravær."),
        ("b", "Værtskabsprincipper, værtskab og et princip mere."),
        ("c", "En måling af trivsel."),
    ]);
    assert_eq!(found(&handbook, "fravær"), ["a"]);
    assert_eq!(found(&handbook, "princip"), ["b"]);
    assert_eq!(found(&handbook, "trivselsmåling"), ["c"]);
}

#[test]
fn a_compound_of_which_a_part_is_known_finds_pages_about_that_part() {
    let handbook = Handbook::new()
        .file("index.md", "# Forside\n\nKonsulenter er nævnt her, midt i en længere tekst om noget ganske andet.\n")
        .file("a.md", "# Konsulent\n\nEn udefra.\n");
    assert_eq!(found(&handbook, "konsulentbistand"), ["a"]);
}

#[test]
fn a_compound_whose_parts_are_on_no_page_together_finds_pages_with_one_and_asks_about_each() {
    let handbook =
        pages(&[("a", "Konsulenter er nævnt her, midt i en tekst."), ("b", "Et møde er kort."), ("c", "Andet.")]);
    assert_eq!(found(&handbook, "konsulentmøde"), ["b", "a"]);
    assert_eq!(answer(&handbook, "konsulentmøde").suggestions, ["møde", "konsulent"]);
    assert_eq!(found(&handbook, "konsulentkrumspring"), [""; 0]);
}

#[test]
fn danish_letters_may_be_typed_without_danish_keys() {
    let handbook = pages(&[("a", "Værtskab."), ("b", "Øvelse."), ("c", "Udlån.")]);
    for (typed, page) in [
        ("vaertskab", "a"),
        ("vartskab", "a"),
        ("värtskab", "a"),
        ("oevelser", "b"),
        ("ovelsen", "b"),
        ("övelse", "b"),
        ("udlaan", "c"),
        ("udlan", "c"),
    ] {
        assert_eq!(found(&handbook, typed), [page], "{typed}");
        assert_eq!(answer(&handbook, typed).corrected, [], "{typed}");
    }
}

#[test]
fn nonsense_gives_nothing() {
    let handbook = pages(&[("a", "Værtskab er et håndværk."), ("b", "Vi øver os hver dag.")]);
    for question in ["qwxzyk", "asdfghjkl", "?!", "—", "🙂", "مكتبة", "чай", "", " ", "\"\"", "<>"] {
        assert_eq!(answer(&handbook, question), Answer::default(), "{question}");
    }
}

#[test]
fn a_mistyped_word_is_searched_for_as_it_was_meant_and_that_is_said() {
    let handbook = pages(&[("a", "Feedback."), ("b", "Relationskompetence."), ("c", "Sygefravær.")]);
    for (typed, meant, page) in [
        ("fedback", "feedback", "a"),
        ("feedbcak", "feedback", "a"),
        ("relatonskompetense", "relationskompetence", "b"),
        ("sygefarvær", "sygefravær", "c"),
    ] {
        assert_eq!(answer(&handbook, typed).corrected, [(typed.to_owned(), meant.to_owned())]);
        assert_eq!(found(&handbook, typed), [page]);
    }
}

#[test]
fn a_mistyped_title_is_still_the_title() {
    let handbook = Handbook::new()
        .file("index.md", "# Forside\n")
        .file("a.md", "# Andet\n\nFeedback, feedback og feedback.\n")
        .file("b.md", "# Feedback\n\nNoget ganske andet.\n");
    assert_eq!(found(&handbook, "fedback"), ["b", "a"]);
    assert_eq!(search(&handbook.index(), "fedback", 0, ALL, lexicon(Language::Danish)).1[0].hit.named, 3);
}

#[test]
fn a_word_beyond_the_limit_is_only_asked_about() {
    let handbook = pages(&[("a", "Borgerservice."), ("b", "God kaffe.")]);
    let answer = answer(&handbook, "god borgeerervisce");
    assert_eq!(answer.corrected, []);
    assert_eq!(answer.suggestions, ["god borgerservice"]);
}

#[test]
fn pages_for_what_may_have_been_meant_come_last_and_say_so() {
    let handbook = pages(&[("a", "Samtalen."), ("b", "En samtale om noget."), ("c", "Andet.")]);
    let index = handbook.index();
    let ask = |from| search(&index, "samtaleteknik", from, ALL, lexicon(Language::Danish));
    let (answer, found) = ask(0);
    assert_eq!((answer.hits, answer.suggestions), (vec![], vec!["samtale".to_owned()]));
    assert!(found.len() == 2 && found.iter().all(|found| found.is_suggestion));
    assert_eq!(ask(1).1, []);
}

#[test]
fn the_title_of_a_page_is_found_inside_a_long_question() {
    let handbook = Handbook::new()
        .file("index.md", "# Forside\n")
        .file("a.md", "# Fem bud\n\nKort.\n")
        .file("b.md", "# Andet\n\nHvor lang tid øvelsen tager.\n");
    assert_eq!(found(&handbook, "hvor lang tid tager øvelsen fem bud")[0], "a");
}

#[test]
fn a_part_of_a_question_that_nobody_answers_does_not_hide_the_rest() {
    let handbook = pages(&[("a", "Initiativet standser."), ("b", "En dør."), ("c", "Andet.")]);
    assert_eq!(found(&handbook, "hvordan undgår vi at initiativer dør").len(), 2);
    assert_eq!(found(&handbook, "undgår pizza lasagne initiativ"), [""; 0]);
}

#[test]
fn a_compound_in_letters_of_another_keyboard_finds_its_parts() {
    let handbook = pages(&[("a", "Vi ser hinanden i øjnene og får kontakt."), ("b", "Andet.")]);
    assert_eq!(found(&handbook, "oejenkontakt"), ["a"]);
}

#[test]
fn a_longer_word_does_not_come_before_the_word_itself() {
    let handbook = pages(&[
        ("a", "Værtskabsgruppe."),
        ("b", "Værtskab."),
        ("c", "Om værtskab i en længere tekst, som også nævner andet."),
    ]);
    assert_eq!(found(&handbook, "side værtskab")[0], "b");
    assert_eq!(found(&handbook, "side værtskab").len(), 3);
}

#[test]
fn small_words_alone_must_all_be_there() {
    let handbook = pages(&[("a", "Det er ikke os."), ("b", "Det er hende."), ("c", "Ikke.")]);
    assert_eq!(found(&handbook, "det er ikke"), ["a"]);
    assert_eq!(found(&handbook, "er det hende"), ["b"]);
    assert_eq!(answer(&pages(&[("a", "Hjem.")]), "hvem"), Answer::default());
}

#[test]
fn small_words_carry_nothing_in_a_whole_question() {
    let handbook = pages(&[("a", "Hvad gør vi, når vi ikke kan?"), ("b", "Personalet.")]);
    assert_eq!(found(&handbook, "hvad gør vi når personalet ikke vil"), ["b"]);
}

#[test]
fn a_question_of_ten_thousand_letters_is_answered_at_once() {
    let handbook = pages(&[("a", "Værtskab."), ("b", "Øvelse.")]);
    let index = handbook.index();
    let ask = |question: &str| search(&index, question, 0, ALL, lexicon(Language::Danish)).1.len();
    let began = Instant::now();
    assert_eq!(ask(&"værtskab ".repeat(1200)), 1);
    assert_eq!(ask(&"x".repeat(10_000)), 0);
    assert_eq!(ask(&"\"".repeat(10_000)), 0);
    ask(&"øvelsesværtskab".repeat(700));
    ask(&"æ ø å ".repeat(1700));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[test]
fn html_in_a_question_and_in_a_text_is_text() {
    let handbook = pages(&[("a", "Skriv `<img src=x onerror=alert(1)>` på tavlen.")]);
    assert_eq!(found(&handbook, "<img onerror>"), ["a"]);
    assert_eq!(excerpts(&handbook, "<img onerror>"), ["Skriv <[img] src=x [onerror]=alert(1)> på tavlen."]);
}

#[test]
fn aliases_forms_and_tags_are_synonyms() {
    let handbook = Handbook::new()
        .file("index.md", "# Forside\n")
        .file("fortaelling/a.md", "---\naliases: [Gæstfrihed]\n---\n\n# A\n\nTekst.\n")
        .file("fortaelling/b.md", "---\ntags: [service]\n---\n\n# B\n\nTekst.\n")
        .file(
            "begreber/c.md",
            "---\ntitle: C\ndefinition: Noget.\nforms: [C, kriterium, kriterierne]\n---\n\nTekst.\n",
        );
    assert_eq!(found(&handbook, "gæstfrihed"), ["fortaelling/a"]);
    assert_eq!(found(&handbook, "service"), ["fortaelling/b"]);
    assert_eq!(found(&handbook, "kriterierne"), ["begreber/c"]);
}

#[test]
fn the_passage_stands_under_its_heading_with_its_words_marked() {
    let handbook =
        page("Først noget andet.\n\n## Det svære\n\nHer står sparringen, midt på siden.\n\n## Slut\n\nSlut.");
    let index = handbook.index();
    let (_, found) = search(&index, "sparring", 0, ALL, lexicon(Language::Danish));
    assert_eq!(found[0].url(), "a.html#det-svaere");
    assert_eq!(found[0].passage.heading, "Det svære");
    assert_eq!(excerpts(&handbook, "sparring"), ["Her står [sparringen], midt på siden."]);
}

#[test]
fn an_english_handbook_is_searched_in_english() {
    let handbook = Handbook::new()
        .settings("title: T\nlanguage: en\n")
        .file("index.md", "# Front\n")
        .file("a.md", "# Hosting\n\nThe children asked for a guidebook.\n")
        .file("b.md", "# Leaving\n\nNobody said goodbye at the door.\n");
    for (question, page) in
        [("hosts", "a"), ("child", "a"), ("asking", "a"), ("what was said at the door", "b"), ("goodbey", "b")]
    {
        assert_eq!(found_in(&handbook, Language::English, question)[0], page, "{question}");
    }
    assert_eq!(found_in(&handbook, Language::English, "qwxzyk"), [""; 0]);
}

#[test]
fn what_stands_in_lines_of_its_own_is_apart_in_a_passage() {
    let handbook = Handbook::new().file("index.md", "# Forside\n").file(
        "temadage/dag.md",
        "---\nstart: \"09:00\"\nhours: 1\nagenda:\n- { title: Velkommen, minutes: 20, kind: talk, note: Kaffen er klar }\n\
         - { title: Fem bud!, minutes: 20, kind: work }\n- { title: Pause, minutes: 20, kind: break }\n---\n\n# En dag\n\nMed kage.\n",
    );
    assert_eq!(excerpts(&handbook, "kaffen"), ["Velkommen. [Kaffen] er klar. Fem bud! Pause. Med kage."]);
}

#[test]
fn tags_that_separate_words_separate_them_in_titles_ids_index_and_excerpts() {
    let handbook = Handbook::new().file("index.md", "# Forside\n").file(
        "a.md",
        "# Ferie<br>og *fri*<br/>\n\n| Uge | Vagt |\n|---|---|\n| Syv<br>Otte | 9-16 |\n\n\
         <ul><li>Barnevogn</li><li>Hundesnor</li></ul>\n\n\
         <table><tr><td>Skuffe</td><td>Kasse</td></tr></table>\n\n<h3>Vindue</h3><p>Gardin</p>Persienne\n\n## Find<br>**vej**\n\nTekst.\n",
    );
    let built = handbook.build();
    let page = built.page("a.html");
    assert!(page.contains("<title>Ferie og fri"), "{page}");
    assert!(page.contains("id=\"find-vej\""), "{page}");
    for word in
        ["syv", "otte", "barnevogn", "hundesnor", "skuffe", "kasse", "vindue", "gardin", "persienne", "vej", "fri"]
    {
        assert_eq!(found(&handbook, word), ["a"], "{word}");
    }
    assert_eq!(
        excerpts(&handbook, "otte"),
        ["Uge Vagt Syv [Otte] 9-16 Barnevogn Hundesnor Skuffe Kasse Vindue. Gardin Persienne"]
    );
}

#[test]
fn what_heads_a_text_is_apart_from_it_in_an_excerpt() {
    let handbook = page(
        "> [!NOTE] Husk nøglen\n> Den hænger i skabet.\n\n\
         <details><summary>Mere om uret</summary>Det går.</details>\n\nKasse\n: Et rum.\n\n| Dag | Tid |\n|---|---|\n| Mandag | Ni |\n",
    );
    assert_eq!(
        excerpts(&handbook, "skabet")[0],
        "Husk nøglen. Den hænger i [skabet]. Mere om uret. Det går. Kasse. Et rum. Dag Tid Mandag Ni"
    );
}

#[test]
fn what_nobody_sees_in_a_word_is_invisible_to_the_search() {
    let text = "Det sta\u{30a}r i hånd\u{ad}bogen, på bruger\u{200b}under&shy;søgelsen og i cafe\u{301}en.";
    let handbook = Handbook::new().file("index.md", "# Forside\n").file(
        "a.md",
        &format!("---\naliases: [Års\u{ad}kort]\n---\n\n# Gæ\u{ad}ster\n\n{text}\n\n## Ho\u{ad}ved\u{feff}sag\n"),
    );
    for question in [
        "håndbogen",
        "brugerundersøgelsen",
        "står",
        "caféen",
        "årskort",
        "gæster",
        "hovedsag",
        "hånd\u{ad}bog",
        "cafe\u{301}",
    ] {
        assert_eq!(found(&handbook, question), ["a"], "{question}");
        assert_eq!(answer(&handbook, question).corrected, [], "{question}");
    }
    assert_eq!(excerpts(&handbook, "står"), ["Det [står] i håndbogen, på brugerundersøgelsen og i caféen."]);
}

#[test]
fn a_hyphen_that_is_left_out_or_typed_too_much_is_understood() {
    let handbook = pages(&[
        ("a", "Lån en e-bog."),
        ("b", "Send en e\u{2011}mail til os."),
        ("c", "Se wi-fi og hot-spot."),
        ("d", "Bog om a-kassen og u-land."),
        ("e", "Den usbnøgle er pålidelig."),
        ("f", "Skriv om IT-sikkerhed-reglerne."),
    ]);
    for (question, page) in [
        ("ebog", "a"),
        ("ebøgerne", "a"),
        ("e-bøger", "a"),
        ("e bøger", "a"),
        ("emails", "b"),
        ("e-mailen", "b"),
        ("e mail", "b"),
        ("wifi", "c"),
        ("wi-fi", "c"),
        ("hotspots", "c"),
        ("akasse", "d"),
        ("a-kasser", "d"),
        ("ulande", "d"),
        ("usb-nøgler", "e"),
        ("itsikkerhed", "f"),
        ("\"wifi\"", "c"),
        ("\"usb-nøgle\"", "e"),
    ] {
        assert_eq!(found(&handbook, question), [page], "{question}");
        assert_eq!(answer(&handbook, question).corrected, [], "{question}");
    }
    assert_eq!(found(&handbook, "kaffe-mail"), ["b"], "one word of the two is known");
    assert_eq!(excerpts(&handbook, "wifi"), ["Se [wi]-[fi] og hot-spot."]);
    assert_eq!(found_while_typing(&handbook, "ebo"), ["a"]);
}

#[test]
fn a_hyphen_in_a_title_may_be_left_out() {
    let handbook = Handbook::new()
        .file("index.md", "# Forside\n")
        .file("a.md", "# E-bøger\n\nTekst.\n")
        .file("b.md", "# Usbnøgle\n\nTekst om e-bøger, e-bøger og e-bøger.\n");
    let named = |question: &str| search(&handbook.index(), question, 0, ALL, lexicon(Language::Danish)).1[0].hit.named;
    assert_eq!(found(&handbook, "ebøger")[0], "a");
    assert_eq!(["ebøger", "e-bøger", "usb-nøgle"].map(named), [3, 3, 3]);
}

#[test]
fn a_number_is_found_with_and_without_its_spaces_and_never_corrected() {
    let handbook =
        pages(&[("a", "Ring på 12 34 56 78."), ("b", "Eller +45 87654321."), ("c", "1.250.000 kroner i 2024-2025.")]);
    for (question, page) in [
        ("12345678", "a"),
        ("12 34 56 78", "a"),
        ("12-34-56-78", "a"),
        ("87 65 43 21", "b"),
        ("87654321", "b"),
        ("1250000", "c"),
    ] {
        assert_eq!(found(&handbook, question), [page], "{question}");
    }
    assert_eq!(answer(&handbook, "12345679"), Answer::default());
}

#[test]
fn words_that_only_make_a_question_are_dropped() {
    let handbook = Handbook::new()
        .file("index.md", "# Forside\n")
        .file("a.md", "# Alle skal med\n\nTekst.\n")
        .file("b.md", "# Andet\n\nHvordan får jeg ro? Jeg får det ikke. Medarbejdere kan det.\n")
        .file("c.md", "# Mere\n\nMedlemmer er alle.\n");
    assert_eq!(found(&handbook, "hvordan får jeg alle med")[0], "a");
    assert_eq!(found(&handbook, "Hvordan får jeg alle med?")[0], "a");
    assert_eq!(found(&handbook, "hvordan får jeg ro"), ["b"]);
    assert_eq!(found(&pages(&[("a", "Det er hende."), ("b", "Hvem er du?")]), "hvem er hende"), ["a"]);
    assert_eq!(
        found(&pages(&[("a", "Hvordan kan vi?"), ("b", "Andet.")]), "hvordan kan vi"),
        ["a"],
        "nothing else is left"
    );
}

#[test]
fn a_word_is_the_beginning_of_others_only_while_it_is_typed() {
    let handbook = pages(&[("a", "En kam."), ("b", "Et kamera."), ("c", "Mange kameler med frugt.")]);
    assert_eq!(found_while_typing(&handbook, "kam").len(), 3);
    assert_eq!(found_while_typing(&handbook, "kam "), ["a"]);
    assert_eq!(found_while_typing(&handbook, "kam?"), ["a"]);
    assert_eq!(found(&handbook, "kam"), ["a"]);
    assert_eq!(found(&handbook, "frug"), ["c"], "nothing else is known of it");
}

#[test]
fn nothing_is_asked_about_while_another_word_is_unknown_or_too_far_off() {
    let handbook = pages(&[("a", "Vi kommer straks."), ("b", "Borgerservice og kaffe."), ("c", "Feedback.")]);
    assert_eq!(answer(&handbook, "stress").suggestions, [""; 0]);
    assert_eq!(answer(&handbook, "kaffe stress").suggestions, [""; 0]);
    assert_eq!(answer(&handbook, "kaffe borgeerervisce").suggestions, ["kaffe borgerservice"]);
    assert_eq!(answer(&handbook, "lasagne borgeerervisce").suggestions, [""; 0]);
}

#[test]
fn the_finder_and_the_print_outs_are_found() {
    let handbook = Handbook::new()
        .file("index.md", "# Forside\n")
        .file("principper/se.md", "---\ntitle: Se op\nstatement: Vi ser op.\n---\n")
        .file("oevelser/blik.md", "---\ntitle: Blikke\nprinciples: [principper/se]\nwhen: between\nminutes: 5\n---\n");
    assert_eq!(found(&handbook, "find en øvelse")[0], "finder");
    assert_eq!(found(&handbook, "mellem temadagene"), ["finder"]);
    assert_eq!(found(&handbook, "plakat"), [""; 0], "there are no print-outs to link to");
    let printed = handbook.pdf();
    for question in ["plakat", "pdf", "print", "øvelsesark", "kort", "hele håndbogen"] {
        assert_eq!(found(&printed, question)[0], "print", "{question}");
    }
    assert_eq!(found(&printed, "vejledning"), [""; 0], "those of facilitators");
}
