//! The data that print templates read, held whole: what changes here changes for every theme.

use crate::handbook::Handbook;

#[test]
fn the_data_of_a_handout_is_as_the_contract_says() {
    let exercise = "---\ntitle: Leg\nsummary: Kort.\nwhen: workshop\nminutes: 20\nparticipants: { min: 2, max: 8 }\n\
        groups: To og to\nmaterials: [Papir]\npurpose: At øve.\ninvitation: Hvad ser du?\n---\n\n\
        Se [her](b.md), [dér](https://example.org) og **ord**[^n].\n\n## Trin {minutes=20}\n\n- [ ] Gør det\n\n\
        | a | b |\n|---|--:|\n| c | d e |\n\n> [!WRITE 3] Skriv\n\n> [!TIP] Råd\n> Tekst\n\n[^n]: Note.\n";
    let other = "---\ntitle: Bold\nwhen: between\nminutes: 5\n---\nTekst\n";
    let build = Handbook::new().file("oevelser/a.md", exercise).file("oevelser/b.md", other).pdf().bare_build();
    let job = build.print_job("print/handout-a.pdf").unwrap();
    let mut json: serde_json::Value = serde_json::from_slice(job.json()).unwrap();
    assert!(json["words"].as_object().unwrap().len() > 100);
    json["words"] = "the theme's".into();
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).unwrap());
}
