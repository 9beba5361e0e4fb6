//! A handbook with all kinds, links, includes, concepts and callouts, and random edits of it.

use std::collections::BTreeMap;

use crate::handbook::Handbook;
use crate::random::Random;

/// Folders with their kinds and how many items each begins with.
const FOLDERS: [(&str, &str, usize); 7] = [
    ("fortaelling", "case", 6),
    ("principper", "principle", 6),
    ("oevelser", "exercise", 8),
    ("temadage", "workshop", 3),
    ("konklusioner", "conclusion", 4),
    ("maal", "indicator", 3),
    ("begreber", "concept", 6),
];

const WORDS: [&str; 8] = ["gæst", "dør", "blik", "kaffe", "hylde", "pause", "spørgsmål", "fejlfri"];

/// A handbook that can be edited.
pub struct Generated {
    pages: BTreeMap<String, Page>,
    deleted: Vec<(String, Page)>,
    figures: usize,
    settings: Settings,
    theme: BTreeMap<&'static str, String>,
    made: usize,
}

#[derive(Clone, Default)]
struct Page {
    front: BTreeMap<&'static str, String>,
    body: Vec<String>,
    is_broken: bool,
}

struct Settings {
    title: String,
    term: &'static str,
    sections: Vec<(&'static str, &'static str, String)>,
    more: BTreeMap<&'static str, &'static str>,
}

impl Generated {
    /// A handbook of about forty pages.
    pub fn new(random: &mut Random) -> Self {
        let sections = FOLDERS.map(|(folder, kind, _)| (folder, kind, format!("Afsnit {folder}")));
        let settings =
            Settings { title: "Håndbog".to_owned(), term: TERMS[0], sections: sections.into(), more: BTreeMap::new() };
        let mut generated = Generated {
            pages: BTreeMap::new(),
            deleted: Vec::new(),
            figures: 1,
            settings,
            theme: BTreeMap::new(),
            made: 0,
        };
        for (folder, kind, count) in FOLDERS {
            for _ in 0..count {
                generated.add(folder, kind, random);
            }
            let index =
                Page { body: vec![format!("# Om {folder}"), "Vi møder {borgeren} her.".into()], ..Page::default() };
            generated.pages.insert(format!("{folder}/index.md"), index);
        }
        let front =
            Page { body: vec!["# Velkommen".into(), "Tal med {borgerne} om feedback.".into()], ..Page::default() };
        generated.pages.insert("index.md".to_owned(), front);
        generated
    }

    /// The handbook as it is now.
    pub fn handbook(&self) -> Handbook {
        let mut handbook = Handbook::new().settings(&self.settings.text()).keep_going();
        for (path, page) in &self.pages {
            handbook = handbook.file(path, &page.text());
        }
        let size = 100 + self.figures;
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"50\"><rect/></svg>");
        handbook = handbook.file("figurer/plan.svg", &svg);
        self.theme.iter().fold(handbook, |handbook, (path, text)| handbook.theme_file(path, text))
    }

    /// Makes one edit and says which.
    pub fn edit(&mut self, random: &mut Random) -> String {
        match random.below(17) {
            0 => self.rename(random),
            1 => self.delete(random),
            2 => self.recreate(random),
            3 | 4 => self.set_front(random),
            5 | 6 => self.set_settings(random),
            7 => self.set_theme(random),
            8 => {
                let path = self.any(random);
                let page = self.page(&path);
                page.is_broken = !page.is_broken;
                format!("break or mend the front matter of {path}")
            }
            9 => {
                self.figures += 1;
                "another figure".to_owned()
            }
            10 => {
                let (folder, kind, _) = *random.pick(&FOLDERS);
                format!("add {}", self.add(folder, kind, random))
            }
            11 => {
                let path = self.any(random);
                let page = self.page(&path);
                let at = random.below(page.body.len());
                page.body.remove(at);
                page.body.push("Mere tekst om stjernestunder.".to_owned());
                format!("take paragraph {at} out of {path}")
            }
            12 => {
                let path = self.any(random);
                self.made += 1;
                let heading = format!("## Fast afsnit {} {{#fast}}", self.made);
                self.page(&path).body[0] = heading;
                format!("another first heading in {path}")
            }
            _ => {
                let path = self.any(random);
                let paragraph = self.paragraph(random);
                let said = format!("add to {path}: {paragraph}");
                self.page(&path).body.push(paragraph);
                said
            }
        }
    }

    fn add(&mut self, folder: &str, kind: &str, random: &mut Random) -> String {
        self.made += 1;
        let made = self.made;
        let name = random.pick(&WORDS);
        let path = format!("{folder}/{made:02}-{name}-{made}.md");
        let mut front = BTreeMap::from([("title", format!("\"{name} {made} med {{borgeren}}\""))]);
        let principle = self.any_id("principper", random);
        match kind {
            "case" => drop(front.insert("principles", format!("[{principle}]"))),
            "principle" => {
                front.insert("statement", "\"Vi ser {borgeren}\"".to_owned());
                front.insert("concepts", format!("[{}]", self.any_id("begreber", random)));
            }
            "exercise" => {
                front.insert("when", "workshop".to_owned());
                front.insert("minutes", (5 + made).to_string());
                front.insert("principles", format!("[{principle}]"));
            }
            "workshop" => {
                front.insert("hours", "2".to_owned());
                front.insert("start", "\"09:00\"".to_owned());
                let exercise = self.any_id("oevelser", random);
                front.insert(
                    "agenda",
                    format!("[{{exercise: {exercise}}}, {{title: Pause, minutes: 15, kind: break}}]"),
                );
            }
            "conclusion" => {
                front.insert("supports", format!("[{}, {principle}#fast]", self.any_id("fortaelling", random)));
            }
            "indicator" => {
                front.insert("question", "\"Hvor mange {borgere}?\"".to_owned());
                front.insert("series", "[{date: 2024-01, value: 3}, {date: 2025-01, value: 5}]".to_owned());
            }
            _ => {
                front.insert("definition", format!("\"Det, {{borgeren}} kalder {name}\""));
                front.insert("forms", format!("[{name}, begreb{made}]"));
            }
        }
        let mut body = vec!["## Fast afsnit {#fast}".to_owned(), "## Om {borgerens} blik".to_owned()];
        for _ in 0..3 {
            body.push(self.paragraph(random));
        }
        self.pages.insert(path.clone(), Page { front, body, is_broken: false });
        path
    }

    /// A paragraph, often with a link or an include to a page that is there now.
    fn paragraph(&mut self, random: &mut Random) -> String {
        self.made += 1;
        let word = *random.pick(&WORDS);
        let path = self.any(random);
        let id = vaert::model::id::item_id(&path);
        match random.below(14) {
            0 => format!("Se [siden om {word}](../{path})."),
            1 => format!("Se [afsnittet](../{path}#fast) og [[{id}#fast]]."),
            2 => format!("Læs også [[{id}]]."),
            3 => format!("![[{id}]]"),
            4 => format!("![[{id}#fast]]"),
            5 => format!(
                "> [!FACILITATOR] Husk {word}\n> Kun for os: [[{id}]] [^f{0}]\n\n[^f{0}]: Note om {word}.",
                self.made
            ),
            6 => format!("> [!STAR] {word}\n> Et øjeblik med {{borgeren}}."),
            7 => format!("> [!SKRIV 4] Skriv om {word}"),
            8 => format!("Fodnote[^{0}].\n\n[^{0}]: Om {word}.", self.made),
            9 => "![Planen](/figurer/plan.svg \"Plan for {borgeren}\")".to_owned(),
            10 => format!("%% skjult {word} %% og <b>fed</b>, se [afdelingen](../{}/).", random.pick(&FOLDERS).0),
            11 => format!("### Trin om {word} {{minutes={}}}", 1 + random.below(9)),
            12 => format!("| {word} | [[{id}\\|navn]] |\n|---|---|\n| {{borgerne}} | begreb{} |", 1 + random.below(60)),
            _ => format!("Her er {word} og begreb{} hos {{en borger}}.", 1 + random.below(60)),
        }
    }

    fn rename(&mut self, random: &mut Random) -> String {
        let path = self.any(random);
        let Some((folder, _)) = path.split_once('/') else { return "nothing".to_owned() };
        self.made += 1;
        let to = format!("{folder}/{:02}-{}-{}.md", random.below(60), random.pick(&WORDS), self.made);
        if let Some(page) = self.pages.remove(&path) {
            self.pages.insert(to.clone(), page);
        }
        format!("rename {path} to {to}")
    }

    fn delete(&mut self, random: &mut Random) -> String {
        let path = self.any(random);
        if self.pages.len() > 25
            && let Some(page) = self.pages.remove(&path)
        {
            self.deleted.push((path.clone(), page));
        }
        format!("delete {path}")
    }

    fn recreate(&mut self, random: &mut Random) -> String {
        if self.deleted.is_empty() {
            return "nothing".to_owned();
        }
        let at = random.below(self.deleted.len());
        let (path, page) = self.deleted.remove(at);
        self.pages.insert(path.clone(), page);
        format!("recreate {path}")
    }

    fn set_front(&mut self, random: &mut Random) -> String {
        let path = self.any(random);
        let word = *random.pick(&WORDS);
        self.made += 1;
        let (key, value) = match random.below(10) {
            0..3 => ("title", format!("\"{word} {} igen\"", self.made)),
            3 => ("order", random.below(40).to_string()),
            4 => ("draft", "true".to_owned()),
            5 => ("audience", "facilitator".to_owned()),
            6 => ("aliases", format!("[{word}]")),
            7 => ("moved_from", format!("[gammel/{word}]")),
            8 => ("tags", format!("[{word}, \"{{borger-}}tag\"]")),
            _ => ("summary", format!("\"Om {word} og {{borgeren}}\"")),
        };
        let front = &mut self.page(&path).front;
        if front.remove(key).is_none() || key == "title" {
            front.insert(key, value.clone());
        }
        format!("set or remove {key}: {value} in {path}")
    }

    fn set_settings(&mut self, random: &mut Random) -> String {
        let settings = &mut self.settings;
        match random.below(5) {
            0 => {
                self.made += 1;
                settings.title = format!("Håndbog {} for {{borgere}}", self.made);
                "another title".to_owned()
            }
            1 => {
                settings.term = *random.pick::<&str>(&TERMS);
                format!("the term {}", settings.term)
            }
            2 => {
                let (one, other) = (random.below(settings.sections.len()), random.below(settings.sections.len()));
                settings.sections.swap(one, other);
                format!("sections {one} and {other} change places")
            }
            3 => {
                self.made += 1;
                let at = random.below(settings.sections.len());
                settings.sections[at].2 = format!("Afsnit {}", self.made);
                format!("another title for section {at}")
            }
            _ => {
                let (key, value) = *random.pick(&[
                    ("site_url", "https://example.org/bog/"),
                    ("raw_html", "forbid"),
                    ("raw_html", "allow"),
                    ("strict", "true"),
                    ("language", "en"),
                    ("brand", "{ footer: Bundlinje, colors: { primary: \"#1f4e5f\" } }"),
                ]);
                if settings.more.remove(key).is_none() {
                    settings.more.insert(key, value);
                }
                format!("set or remove {key}: {value}")
            }
        }
    }

    fn set_theme(&mut self, random: &mut Random) -> String {
        self.made += 1;
        let made = self.made;
        let (path, text) = match random.below(4) {
            0 => ("templates/footer.html", "{{ tomt }}".to_owned()),
            1 => (
                "templates/page.html",
                format!(
                    "{{% extends \"vaertskab/page.html\" %}}\n{{% block lede %}}<p>nr. {made}</p>{{% endblock lede %}}\n"
                ),
            ),
            2 => ("words/da.yaml", format!("glossary: Ordliste {made}\n")),
            _ => ("assets/egen.css", format!("p {{ margin: {made}px; }}\n")),
        };
        self.theme.insert("theme.yaml", "stylesheets: [egen.css]\n".to_owned());
        self.theme.entry("assets/egen.css").or_insert_with(|| "p { margin: 0; }\n".to_owned());
        if self.theme.remove(path).is_none() || path.starts_with("assets") {
            self.theme.insert(path, text);
        }
        format!("set or remove {path} of the theme")
    }

    fn page(&mut self, path: &str) -> &mut Page {
        self.pages.get_mut(path).unwrap()
    }

    fn any(&self, random: &mut Random) -> String {
        if self.pages.is_empty() {
            return "index.md".to_owned();
        }
        self.pages.keys().nth(random.below(self.pages.len())).unwrap().clone()
    }

    /// An id from `folder`, or of a page that is not there while the folder is empty.
    fn any_id(&self, folder: &str, random: &mut Random) -> String {
        let inside = format!("{folder}/");
        let paths: Vec<&String> =
            self.pages.keys().filter(|path| path.starts_with(&inside) && !path.ends_with("index.md")).collect();
        if paths.is_empty() {
            format!("{folder}/ingen")
        } else {
            vaert::model::id::item_id(random.pick::<&String>(&paths))
        }
    }
}

const TERMS: [&str; 3] = [
    "borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] }",
    "borger: { gender: et, forms: [borger, borgeret, borgere, borgerne], compound: borgers }",
    "gaest: { gender: en, forms: [gæst, gæsten, gæster, gæsterne] }",
];

impl Page {
    fn text(&self) -> String {
        let front: String = self.front.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        let fault = if self.is_broken { "tags: [\n" } else { "" };
        format!("---\n{front}{fault}---\n\n{}\n", self.body.join("\n\n"))
    }
}

impl Settings {
    fn text(&self) -> String {
        let sections: String = (self.sections.iter())
            .map(|(folder, kind, title)| format!("  - {{ folder: {folder}, kind: {kind}, title: \"{title}\" }}\n"))
            .collect();
        let more: String = self.more.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        format!("title: \"{}\"\n{more}terms:\n  {}\nsections:\n{sections}", self.title, self.term)
    }
}
