//! Slips that would otherwise pass without a word, or with the wrong one.

use crate::handbook::Handbook;

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
