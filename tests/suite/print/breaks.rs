//! Where pages end: no line of a paragraph stands alone there, and no heading or label without what it belongs to.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::Value;
use vaert::build::{Audience, Build};

use super::{ask, content_on, handbook, print_outs, set};
use crate::handbook::Handbook;

/// A line of type: its letters and digits, since its end may have parted a word, and where it stands on its page.
struct Line {
    text: String,
    top: f64,
    bottom: f64,
}

/// The pages of a PDF, each with its height.
fn pages(pdf: &[u8]) -> Vec<(f64, Vec<Line>)> {
    let boxes = ask("pdftotext", &["-bbox-layout"], pdf);
    let value = |line: &str, name: &str| -> f64 {
        line.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap().parse().unwrap()
    };
    let mut pages = Vec::new();
    for line in boxes.lines() {
        if line.contains("<page ") {
            pages.push((value(line, "height"), Vec::new()));
        } else if line.contains("<line ") {
            let (top, bottom) = (value(line, "yMin"), value(line, "yMax"));
            pages.last_mut().unwrap().1.push(Line { text: String::new(), top, bottom });
        } else if line.contains("<word ") {
            let text = line.split(['<', '>']).nth(2).unwrap().replace("&amp;", "&").replace("&lt;", "<");
            pages.last_mut().unwrap().1.last_mut().unwrap().text.push_str(&squeezed(&text));
        }
    }
    pages
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// What a template got to set, without blanks and punctuation.
#[derive(Default)]
struct Said {
    /// Each text that may break over lines.
    paragraphs: BTreeSet<String>,
    /// Titles of items.
    titles: BTreeSet<String>,
    /// Headings in their texts.
    headings: BTreeSet<String>,
    /// Titles of callouts, and words with their descriptions. Lines to write on, that a label announces, are no text.
    labels: BTreeSet<String>,
}

impl Said {
    fn of(build: &Build, path: &str) -> Self {
        let mut said = Said::default();
        let json: Value = serde_json::from_slice(build.print_job(path).unwrap().json()).unwrap();
        for (key, value) in json.as_object().unwrap() {
            if ["item", "exercises", "principles", "parts"].contains(&key.as_str()) {
                said.take(value, false);
            }
        }
        said
    }

    /// Takes all text of `value`; as one, where `is_run` and it is a list.
    fn take(&mut self, value: &Value, is_run: bool) {
        match value {
            Value::String(text) => drop(self.paragraphs.insert(squeezed(text))),
            Value::Array(parts) if is_run && !parts.iter().any(is_block) => {
                self.paragraphs.insert(squeezed(&text_of(parts)));
                parts.iter().for_each(|part| self.take_notes(part));
            }
            Value::Array(parts) => {
                // The cells of a table's head or row, or of all rows.
                let are_runs = is_run || parts.iter().all(Value::is_array);
                parts.iter().for_each(|part| self.take(part, are_runs));
            }
            Value::Object(fields) => {
                let kind = fields.get("t").and_then(Value::as_str).unwrap_or_default();
                for (key, value) in fields {
                    let key = key.as_str();
                    self.take(value, ["c", "title", "caption", "label", "term"].contains(&key));
                    let said = value.as_array().map(|parts| text_of(parts)).or(value.as_str().map(str::to_owned));
                    let heads = match (kind, key) {
                        ("heading", "c") => &mut self.headings,
                        ("", "title") => &mut self.titles,
                        (_, "title" | "term") => &mut self.labels,
                        _ => continue,
                    };
                    heads.extend(said.map(|said| squeezed(&said)));
                }
            }
            _ => {}
        }
    }

    /// Takes the footnotes in a part of a text.
    fn take_notes(&mut self, part: &Value) {
        if part["t"] == "note" {
            self.take(&part["c"], true);
        } else if let Some(parts) = part["c"].as_array() {
            parts.iter().for_each(|part| self.take_notes(part));
        }
    }
}

fn is_block(node: &Value) -> bool {
    let blocks = ["heading", "par", "plain", "figure", "list", "quote", "callout", "write", "table", "definitions"];
    node["t"].as_str().is_some_and(|kind| blocks.contains(&kind) || kind == "rule")
        || node.is_object() && node["t"].is_null()
}

/// The text of a run, without its footnotes.
fn text_of(parts: &[Value]) -> String {
    let text = |part: &Value| match part {
        Value::String(text) => text.clone(),
        part if part["t"] == "note" => String::new(),
        part => part["text"]
            .as_str()
            .map_or_else(|| text_of(part["c"].as_array().map_or(&[], Vec::as_slice)), str::to_owned),
    };
    parts.iter().map(text).collect()
}

/// What is wrong with the ends of the pages of a print-out of `build`.
fn faults(name: &str, pdf: &[u8], said: &Said) -> String {
    let mut faults = String::new();
    let all: String = said.paragraphs.iter().fold("\n".to_owned(), |all, paragraph| all + paragraph + "\n");
    let pages = pages(pdf);
    for (at, pair) in pages.windows(2).enumerate() {
        let [(_, here), (_, next)] = pair else { continue };
        for line in here {
            // An item's number stands before its text. What is short may stand in many places.
            let text = line.text.trim_start_matches(|letter: char| letter.is_ascii_digit());
            if text.chars().count() < 25 {
                continue;
            }
            for (start, _) in all.match_indices(text) {
                let rest = &all[start + text.len()..];
                let goes_on = |line: &&Line| !line.text.is_empty() && rest.starts_with(&line.text);
                let Some(end) = next.iter().filter(goes_on).max_by_key(|line| line.text.len()) else { continue };
                let is_parted = !here.iter().any(|line| goes_on(&line));
                let is_first = all[..start].ends_with('\n');
                let is_last = rest[end.text.len()..].starts_with('\n');
                if is_parted && (is_first || is_last) {
                    let which = if is_first { "first" } else { "last" };
                    writeln!(faults, "{name}, page {}: {which} line alone: {text} | {}", at + 1, end.text).unwrap();
                }
            }
        }
    }
    for (at, (height, lines)) in pages.iter().enumerate() {
        let body = || lines.iter().filter(|line| line.top > height * 0.08 && line.bottom < height * 0.93);
        let lowest = body().map(|line| line.bottom).fold(0.0, f64::max);
        for line in body().filter(|line| line.bottom > lowest - 2.0) {
            // Text and lists of places name them in a smaller type.
            let is_any = [(&said.titles, 18.0), (&said.headings, 13.0), (&said.labels, 10.6)]
                .iter()
                .any(|(heads, height)| heads.contains(&line.text) && line.bottom - line.top > *height);
            let ends = |before: &Line| all.contains(&format!("{}{}\n", before.text, line.text));
            if is_any && !lines.iter().any(|before| before.text.len() > 25 && ends(before)) {
                writeln!(faults, "{name}, page {}: nothing follows {}", at + 1, line.text).unwrap();
            }
        }
    }
    faults
}

#[test]
fn no_line_of_a_paragraph_and_no_heading_stands_alone_at_the_end_of_a_page() {
    let mut all = String::new();
    for audience in [Audience::Participant, Audience::Facilitator] {
        let build = handbook(audience);
        for (path, pdf) in print_outs(audience) {
            all += &faults(path, pdf, &Said::of(&build, path));
        }
        for paper in ["a5", "us-letter"] {
            let build = content_on(audience, paper);
            let path = "print/booklet.pdf";
            all += &faults(&format!("{path} on {paper}"), &set(&build, path), &Said::of(&build, path));
        }
    }
    assert!(all.is_empty(), "{all}");
}

#[test]
fn lines_and_headings_that_a_template_leaves_alone_are_found() {
    let careless = "#import \"lib.typ\": *\n#show: base\n#show heading: it => block(sticky: false, below: 30pt, it.body)\n\
        #set text(costs: (widow: 0%, orphan: 0%))\n#heading(level: 1, doc.item.title)\n#blocks(doc.item.body)\n";
    let sentence = |n: usize, at: usize| format!("Vi ser på nummer {at} af dem, der kommer i uge {n}. ");
    let paragraph =
        |n: usize| format!("## Trin {n}\n\n{}\n\n", (0..4 + n % 11).map(|at| sentence(n, at)).collect::<String>());
    let body: String = (1..120).map(paragraph).collect();
    let exercise = format!("---\ntitle: Leg\nwhen: between\nminutes: 5\n---\n{body}");
    let book = || Handbook::new().file("oevelser/leg.md", &exercise).pdf();
    let path = "print/handout-leg.pdf";
    let found = |build: &Build| faults(path, &set(build, path), &Said::of(build, path));
    let found_in_careless = found(&book().theme_file("print/handout.typ", careless).bare_build());
    for fault in ["first line alone", "last line alone", "nothing follows Trin"] {
        assert!(found_in_careless.contains(fault), "no {fault}: {found_in_careless}");
    }
    assert_eq!(found(&book().bare_build()), "");
}
