//! Tests random typos in marks that hide text: the text is in no output, or the page is left out.

use proptest::prelude::*;
use proptest::sample::select;
use vaert::model::handbook::Language;
use vaert::output::OutputContent;

use crate::handbook::Handbook;

/// A word that no text of the handbook but hidden text contains; in lower case, as in the search index.
const SECRET: &str = "kanelsnegl";

/// A way to hide text: the text before its mark, the mark, and the text behind it.
#[derive(Debug, Clone, Copy)]
struct Hiding {
    before: &'static str,
    mark: &'static str,
    behind: &'static str,
    /// The number of wrong letters that a person may overlook.
    wrong_letters: usize,
}

const HIDINGS: [Hiding; 9] = [
    Hiding { before: "# A\n\nÅben.\n\n", mark: "> [!FACILITATOR]", behind: " Til dig\n> §.\n", wrong_letters: 2 },
    Hiding { before: "# A\n\n> ", mark: "[!FACILITATOR]", behind: "\n>\n> - §.\n", wrong_letters: 2 },
    Hiding { before: "# A\n\n- Trin\n\n  ", mark: "> [!FACILITATOR]", behind: " §\n", wrong_letters: 2 },
    Hiding { before: "# A\n\n> ", mark: "[!ANSWER]", behind: " §.\n", wrong_letters: 1 },
    Hiding { before: "# A\n\nÅben. ", mark: "<!--", behind: " § -->\n", wrong_letters: 1 },
    Hiding { before: "# A\n\nÅben. ", mark: "%%", behind: " § %%\n", wrong_letters: 1 },
    Hiding { before: "---\n", mark: "draft: true", behind: "\n---\n\n# A\n\n§.\n", wrong_letters: 1 },
    Hiding { before: "---\n", mark: "audience: facilitator", behind: "\n---\n\n# A\n\n§.\n", wrong_letters: 2 },
    Hiding { before: "", mark: "---\ndraft: true\n---", behind: "\n\n# A\n\n§.\n", wrong_letters: 1 },
];

/// A typo, at a position given in thousandths of the mark.
#[derive(Debug, Clone, Copy)]
enum Slip {
    Insert(usize, char),
    Replace(usize, char),
}

fn slip() -> impl Strategy<Value = Slip> {
    let invisible = select(vec![
        '\u{a0}', '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{202f}', '\u{3000}',
        '\u{fe0f}', ' ', '\t',
    ]);
    let wrong = select("abcdefghiklmnoprstuvxyzæøåABCDEFGHIKLMNOPRSTUVXYZÆØÅ0123456789".chars().collect::<Vec<_>>());
    prop_oneof![
        (0..1000_usize, invisible).prop_map(|(at, c)| Slip::Insert(at, c)),
        (0..1000_usize, wrong).prop_map(|(at, c)| Slip::Replace(at, c)),
    ]
}

/// Returns `hiding` with typos in its mark.
fn with_slips(hiding: Hiding, slips: &[Slip]) -> String {
    let mut mark: Vec<char> = hiding.mark.chars().collect();
    let mut wrong = 0;
    for slip in slips {
        match *slip {
            Slip::Insert(at, c) => mark.insert(at * (mark.len() + 1) / 1000, c),
            Slip::Replace(at, c) => {
                let at = at * mark.len() / 1000;
                // A wrong letter replaces a visible sign, not the end of a line.
                if wrong < hiding.wrong_letters && !mark[at].is_whitespace() {
                    mark[at] = c;
                    wrong += 1;
                }
            }
        }
    }
    let mark: String = mark.into_iter().collect();
    format!("{}{mark}{}", hiding.before, hiding.behind).replace("§", "Kanelsnegl")
}

/// Returns everything that participants get of a page with `text`, and the messages about it.
pub(super) fn everything(text: &str) -> Vec<(String, String)> {
    let book = Handbook::new()
        .settings("title: Prøve\nsite_url: https://example.org/\n")
        .file("index.md", "# Forside\n\nSe [[a]].\n")
        .file("a.md", text)
        .keep_going();
    let built = book.build();
    let mut all: Vec<(String, String)> =
        built.outputs.iter().map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned())).collect();
    for view in book.bare_build().print_views() {
        if let OutputContent::Bytes(bytes) = view.content {
            all.push((view.path.to_string(), String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    for found in &built.diagnostics {
        for language in [Language::Danish, Language::English] {
            let said = found.text(language);
            all.push((format!("the message of {}", found.code().name()), format!("{}\n{}", said.message, said.help)));
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_slip_in_what_hides_text_never_lets_it_out(hiding in select(HIDINGS.to_vec()), slips in prop::collection::vec(slip(), 1..4)) {
        let text = with_slips(hiding, &slips);
        for (what, held) in everything(&text) {
            prop_assert!(!held.to_lowercase().contains(SECRET), "{what} holds it:\n{text:?}");
        }
    }
}
