//! Text and images that would take print-outs minutes or gigabytes: told where they stand, and the print-outs are made.

use std::time::{Duration, Instant};

use super::set;
use crate::handbook::Handbook;

/// Far more than they take without optimisation.
const LONGEST: Duration = Duration::from_secs(60);

fn exercise(body: &str) -> Handbook {
    Handbook::new()
        .file("oevelser/leg.md", &format!("---\ntitle: Leg\nwhen: between\nminutes: 5\n---\n\n{body}\n"))
        .pdf()
}

/// Makes both print-outs in bounded time and gives what is told.
fn made(handbook: &Handbook) -> String {
    let started = Instant::now();
    let build = handbook.bare_build();
    for path in ["print/handout-leg.pdf", "print/booklet.pdf"] {
        set(&build, path);
    }
    assert!(started.elapsed() < LONGEST, "{:?}", started.elapsed());
    handbook.build().diagnostics()
}

#[test]
fn marks_without_end_are_cut_and_told() {
    let told = made(&exercise(&format!("Før\n\na{}", "\u{301}".repeat(20_000))));
    assert!(told.contains("oevelser/leg.md:9:") && told.contains("warning[missing-glyph]"), "{told}");
    for mark in ["\\\\", "=", "¤"] {
        let told = made(&exercise(&format!("Før\n\nx {}", mark.repeat(2000))));
        assert!(told.contains("oevelser/leg.md:9:") && told.contains("warning[cut-on-paper]"), "{mark}: {told}");
    }
}

#[test]
fn thousands_of_breaks_are_no_single_piece() {
    made(&exercise(&"---\n\n".repeat(8_000)));
    made(&exercise(&"```\n```\n\n".repeat(1_000)));
}

#[test]
fn a_drawing_with_noise_is_refused_and_told() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 600\"><filter id=\"f\">\
               <feTurbulence baseFrequency=\"0.05\" numOctaves=\"8\"/></filter><rect width=\"800\" height=\"600\" filter=\"url(#f)\"/></svg>";
    let told = made(&exercise("![Støj](p.svg)").file("oevelser/p.svg", svg));
    assert!(told.contains("oevelser/leg.md:7:1: warning[image-on-paper]"), "{told}");
}
