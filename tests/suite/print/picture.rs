//! Print-outs as pictures, held against those in `tests/print/` with a tolerance: what no text tells, a column that
//! moves or a colour that goes, shows here.
//!
//! `VAERT_PICTURES=update cargo test picture` draws them anew; look at them before they are committed.

use std::fs;
use std::path::Path;

use super::{ask, set};
use crate::handbook::Handbook;

/// Of a picture's greys, from 0 to 255, the mean difference that another version of poppler may make.
const TOLERANCE: f64 = 1.5;

fn handbook() -> Handbook {
    let principle = |number: u32, title: &str| {
        format!(
            "---\ntitle: {title}\nstatement: Sætning nummer {number}, som er lidt længere.\nseen: [Et tegn, Et andet]\nheard: [»Goddag.«]\n---\n"
        )
    };
    let exercise = "---\ntitle: Det første blik\nsummary: I øver jer i at se op.\nwhen: workshop\nminutes: 20\n\
        participants: { min: 2, max: 8 }\nmaterials: [Papir, Et ur]\npurpose: I ser hinanden.\ninvitation: Hvad ser du først?\n---\n\n\
        ## Sådan gør I\n\n### Se op {minutes=20}\n\nStil jer to og to.\n\n> [!STAR] En stund\n> Det lykkes.\n\n\
        > [!WRITE 3] Det så vi\n\n| Før | Efter |\n|---|---|\n| nede | oppe |\n\n- [ ] Vi er klar.\n";
    let day = "---\ntitle: Dagen\nstart: \"09:00\"\nhours: 1\nagenda:\n  - { title: Velkommen, minutes: 20, kind: talk }\n\
        \x20 - { exercise: oevelser/blik }\n  - { title: Pause, minutes: 20, kind: break }\n---\n";
    Handbook::new()
        .file("principper/01-se.md", &principle(1, "Se op"))
        .file("principper/02-hilse.md", &principle(2, "Hils først"))
        .file("oevelser/blik.md", exercise)
        .file("temadage/dagen.md", day)
        .pdf()
}

#[test]
fn print_outs_look_as_they_did() {
    let build = handbook().bare_build();
    for name in ["handout-blik", "theme-day-dagen", "cards", "poster", "booklet"] {
        let pdf = set(&build, &format!("print/{name}.pdf"));
        let picture = picture(&pdf);
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/print/{name}.pgm"));
        if std::env::var_os("VAERT_PICTURES").is_some() {
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(&place, &picture).unwrap();
        }
        let known = fs::read(&place).unwrap_or_else(|error| panic!("{}: {error}", place.display()));
        assert_eq!(picture.len(), known.len(), "{name} has another size");
        let differences = picture.iter().zip(&known).map(|(a, b)| f64::from(a.abs_diff(*b)));
        let difference = differences.sum::<f64>() / picture.len() as f64;
        assert!(difference < TOLERANCE, "{name} looks otherwise: {difference:.2}");
    }
}

/// The first page in greys, a dozen dots an inch.
fn picture(pdf: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ark.pdf");
    fs::write(&file, pdf).unwrap();
    let to = folder.path().join("side");
    let done = std::process::Command::new("pdftoppm")
        .args(["-r", "12", "-gray", "-singlefile"])
        .arg(&file)
        .arg(&to)
        .status()
        .unwrap();
    assert!(done.success() && ask("pdfinfo", &[], pdf).contains("Pages"));
    fs::read(to.with_extension("pgm")).unwrap()
}
