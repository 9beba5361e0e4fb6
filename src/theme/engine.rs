//! The templates of all theme layers become one engine that renders pages.
//!
//! Every template bears its layer's name (`vaertskab/base.html`). A template that is asked for without one is looked
//! for in the child first, so a child overrides by path; with it, a child extends the parent's template of the same
//! name. A template sees what is rendered with it and the words; no function reads anything else.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use tera::{Context, ErrorKind, Tera, Value};

use super::{filters, template_fault};
use crate::diagnostic::{Diagnostic, Fault};
use crate::escape::is_plain;
use crate::snapshot::ThemeLayer;
use crate::source::Source;

/// The templates that every theme chain must have.
pub const REQUIRED: &[&str] = &[
    "404.html",
    "base.html",
    "case.html",
    "concept.html",
    "conclusion.html",
    "exercise.html",
    "finder.html",
    "footer.html",
    "glossary.html",
    "head.html",
    "header.html",
    "home.html",
    "indicator.html",
    "news.html",
    "page.html",
    "principle.html",
    "redirect.html",
    "register.html",
    "search.html",
    "section.html",
    "side.html",
    "workshop.html",
];

/// Compiled templates.
#[derive(Debug)]
pub struct Engine {
    /// Or why there is none.
    tera: Result<Tera, Box<Diagnostic>>,
    sources: BTreeMap<String, Source>,
    /// Templates that no layer has, each with what was said of it.
    missing: BTreeMap<&'static str, Diagnostic>,
}

impl Engine {
    /// Compiles the templates of `layers`, the child first; `words` is what each of them sees by that name.
    ///
    /// An engine whose templates cannot be compiled gives the first of the diagnostics for every page.
    pub fn new(layers: &[ThemeLayer], words: Value) -> (Self, Vec<Diagnostic>) {
        let prefixes = prefixes(layers);
        let sources = sources(layers, &prefixes);
        let missing = missing(layers, &prefixes, &sources);
        let mut diagnostics: Vec<Diagnostic> = missing.values().cloned().collect();
        let tera = compile(prefixes, &sources, words).map_err(|mut faults| {
            diagnostics.append(&mut faults);
            Box::new(diagnostics.first().cloned().unwrap_or_else(|| at_layer(layers, "no template can be used")))
        });
        (Self { tera, sources, missing }, diagnostics)
    }

    /// Renders the template `name` at the end of `out`; leaves `out` as it was where it fails.
    ///
    /// # Errors
    /// A [`Fault::TemplateError`] at the place in the theme's file; for a template that is missing, the same as [`new`]
    /// gives, so that reports say it once.
    ///
    /// [`new`]: Engine::new
    pub fn render(&self, name: &str, context: &Context, out: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
        if let Some(missing) = self.missing.get(name) {
            return Err(Box::new(missing.clone()));
        }
        let tera = self.tera.as_ref().map_err(Clone::clone)?;
        let start = out.len();
        tera.render_to(name, context, &mut *out).map_err(|error| {
            out.truncate(start);
            let diagnostics = template_fault::diagnostics(&error, &self.sources, name);
            Box::new(diagnostics.into_iter().next().unwrap_or_else(|| fault_at(&Arc::from(name), &error.to_string())))
        })
    }
}

/// One prefix a layer, the child's first. A folder that bears its parent's name gets a prefix that cannot be
/// written, so that the parent's can still be extended.
fn prefixes(layers: &[ThemeLayer]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut prefixes: Vec<_> = layers.iter().rev().map(|layer| unique_prefix(&layer.name, &mut taken)).collect();
    prefixes.reverse();
    prefixes
}

fn unique_prefix(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut prefix = format!("{name}/");
    while !taken.insert(prefix.clone()) {
        prefix.insert(0, '*');
    }
    prefix
}

fn sources(layers: &[ThemeLayer], prefixes: &[String]) -> BTreeMap<String, Source> {
    let templates = layers.iter().zip(prefixes).flat_map(|(layer, prefix)| {
        layer.files.values().filter_map(move |file| {
            let path = file.path.strip_prefix("templates/").filter(|path| path.ends_with(".html"))?;
            Some((format!("{prefix}{path}"), file.source()?))
        })
    });
    templates.collect()
}

fn missing(
    layers: &[ThemeLayer],
    prefixes: &[String],
    sources: &BTreeMap<String, Source>,
) -> BTreeMap<&'static str, Diagnostic> {
    let is_missing = |name: &&&str| !prefixes.iter().any(|prefix| sources.contains_key(&format!("{prefix}{name}")));
    let missing = REQUIRED.iter().filter(is_missing);
    missing.map(|name| (*name, at_layer(layers, &format!("the theme has no template `{name}`")))).collect()
}

fn at_layer(layers: &[ThemeLayer], message: &str) -> Diagnostic {
    let shown = layers.first().map_or_else(
        || Arc::from("theme.yaml"),
        |layer| match layer.files.get("theme.yaml") {
            Some(file) => Arc::clone(&file.shown),
            None => format!("{}/theme.yaml", layer.name).into(),
        },
    );
    fault_at(&shown, message)
}

fn fault_at(shown: &Arc<str>, message: &str) -> Diagnostic {
    Diagnostic::new(Fault::TemplateError { message: message.to_owned() }, shown, 0..0)
}

fn compile(prefixes: Vec<String>, sources: &BTreeMap<String, Source>, words: Value) -> Result<Tera, Vec<Diagnostic>> {
    let fallback = sources.keys().next().map_or("", String::as_str);
    let mut tera = Tera::new();
    filters::register(&mut tera);
    tera.set_escape_fn(escape);
    tera.global_context().insert_value("words", words);
    tera.set_fallback_prefixes(prefixes)
        .and_then(|()| tera.add_raw_templates(sources.iter().map(|(name, source)| (name, &source.text))))
        .map_err(|error| match error.kind() {
            ErrorKind::SyntaxError(_) => syntax_faults(sources),
            _ => template_fault::diagnostics(&error, sources, fallback),
        })?;
    Ok(tera)
}

/// Tera's own escaping, past the look at each byte where there is nothing to escape.
fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    if is_plain(text) { out.write_all(text.as_bytes()) } else { tera::escape_html(text, out) }
}

/// Tera stops at the first template that it cannot read: reads each alone to report all of them.
fn syntax_faults(sources: &BTreeMap<String, Source>) -> Vec<Diagnostic> {
    let fault = |(name, source): (&String, &Source)| {
        let error = Tera::new().add_raw_template(name, &source.text).err()?;
        let is_syntax = matches!(error.kind(), ErrorKind::SyntaxError(_));
        is_syntax.then(|| template_fault::diagnostics(&error, sources, name))
    };
    sources.iter().filter_map(fault).flatten().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::layer;
    use super::*;

    fn whole(name: &str, files: &[(&str, &str)]) -> ThemeLayer {
        let mut all: BTreeMap<String, &str> =
            REQUIRED.iter().map(|template| (format!("templates/{template}"), "")).collect();
        all.extend(files.iter().map(|(path, text)| ((*path).to_owned(), *text)));
        layer(name, &all.iter().map(|(path, text)| (path.as_str(), *text)).collect::<Vec<_>>())
    }

    fn render(layers: &[ThemeLayer], template: &str) -> Result<String, Box<Diagnostic>> {
        let words = json!({ "all": "Se alle {n}", "guests": { "one": "{n} gæst", "other": "{n} gæster" } });
        let (engine, diagnostics) = Engine::new(layers, Value::from_serializable(&words));
        assert_eq!(diagnostics, []);
        let mut context = Context::new();
        context.insert("page", &json!({ "title": "Kaffe & <te>", "root": "", "none": null, "count": 1 }));
        let mut out = b"kept ".to_vec();
        let result = engine.render(template, &context, &mut out);
        let text = String::from_utf8(out).unwrap();
        assert!(result.is_ok() || text == "kept ");
        result.map(|()| text["kept ".len()..].to_owned())
    }

    fn faults(layers: &[ThemeLayer]) -> Vec<(String, String, u32)> {
        let (_, diagnostics) = Engine::new(layers, Value::none());
        let fault = |found: &Diagnostic| match &found.fault {
            Fault::TemplateError { message } => {
                (message.clone(), found.labels[0].path.to_string(), found.labels[0].span.start)
            }
            other => panic!("{other:?}"),
        };
        diagnostics.iter().map(fault).collect()
    }

    #[test]
    fn words_are_filled_counted_and_escaped() {
        let text = "{{ words.all | fill(n=12) }}, {{ words.guests | count(n=page.count) }}, \
                    {{ words.guests | count(n=2) }}, {{ words.all | fill(n=page.title) }}{{ page.none }}";
        let rendered = render(&[whole("base", &[("templates/page.html", text)])], "page.html").unwrap();
        assert_eq!(rendered, "Se alle 12, 1 gæst, 2 gæster, Se alle Kaffe &amp; &lt;te&gt;");
    }

    #[test]
    fn a_field_that_is_not_there_fills_no_word() {
        for text in ["{{ words.all | fill(n=page.titel) }}", "{{ words.guests | count(n=page.titel) }}"] {
            let fault = render(&[whole("base", &[("templates/page.html", text)])], "page.html").unwrap_err();
            assert!(matches!(fault.fault, Fault::TemplateError { .. }), "{text}: {fault:?}");
        }
    }

    #[test]
    fn a_child_overrides_by_path_and_extends_the_parents_template_of_the_same_name() {
        let base = whole(
            "vaertskab",
            &[
                ("templates/base.html", "<{% block main %}base{% endblock main %}{{ <ui.mark /> }}>"),
                (
                    "templates/page.html",
                    "{% extends \"base.html\" %}{% block main %}{{ page.title }}{% endblock main %}",
                ),
                ("templates/components/mark.html", "{% component ui.mark() %}.{% endcomponent ui.mark %}"),
            ],
        );
        let child_base = "{% extends \"vaertskab/base.html\" %}{% block main %}[{{ super() }}]{% endblock main %}";
        let child = layer(
            "nordby",
            &[
                ("templates/base.html", child_base),
                ("templates/components/mark.html", "{% component ui.mark() %}!{% endcomponent ui.mark %}"),
            ],
        );
        assert_eq!(render(&[child.clone(), base.clone()], "base.html").unwrap(), "<[base]!>");
        assert_eq!(render(&[child, base.clone()], "page.html").unwrap(), "<Kaffe &amp; &lt;te&gt;!>");
        let namesake = layer("vaertskab", &[("templates/base.html", child_base)]);
        assert_eq!(render(&[namesake, base], "base.html").unwrap(), "<[base].>");
    }

    #[test]
    fn a_fault_while_rendering_is_placed_where_it_stands() {
        for (text, place, said) in [
            ("æ {{ page.nope }}", "nope", "`nope`"),
            ("æ {{ words.all | fill }}", "fill", "`{n}`"),
            ("æ {{ words.all | count(n=1) }}", "words", "Map"),
            ("æ {{ words.guests | count }}", "count", "`n`"),
        ] {
            let fault = render(&[whole("base", &[("templates/page.html", text)])], "page.html").unwrap_err();
            assert_eq!(&*fault.labels[0].path, "base/templates/page.html");
            assert!(fault.labels[0].span.of(text).starts_with(place), "{text}: {fault:?}");
            assert!(matches!(&fault.fault, Fault::TemplateError { message } if message.contains(said)), "{fault:?}");
        }
    }

    #[test]
    fn every_fault_of_a_theme_is_reported_at_once() {
        let broken = whole("base", &[("templates/page.html", "ø {{ 1 +"), ("templates/case.html", "\n{% if %}")]);
        let places: Vec<_> = faults(&[broken]).into_iter().map(|(_, path, start)| (path, start)).collect();
        assert_eq!(places.len(), 2);
        assert_eq!(places[0].0, "base/templates/case.html");
        assert_eq!(places[1].0, "base/templates/page.html");

        let unknown = whole("base", &[("templates/page.html", "ø\nø {{ 1 | nope }}{{ <ui.nope /> }}")]);
        let expected = [("unknown filter `nope`", 13), ("unknown component `ui.nope`", 23)];
        let expected = expected.map(|(said, at)| (said.to_owned(), "base/templates/page.html".to_owned(), at));
        assert_eq!(faults(&[unknown]), expected);
    }

    #[test]
    fn faults_without_a_place_point_at_the_template() {
        let cases: [(&[(&str, &str)], &str); 4] = [
            (&[("templates/page.html", "{% extends \"none.html\" %}")], "no template `none.html`"),
            (&[("templates/page.html", "{% extends \"page.html\" %}")], "extends itself"),
            (&[("templates/page.html", "{% include \"page.html\" %}")], "includes itself"),
            (
                &[
                    ("templates/page.html", "{% component a() %}{% endcomponent a %}"),
                    ("templates/section.html", "{% component a() %}{% endcomponent a %}"),
                ],
                "is defined in both",
            ),
        ];
        for (files, said) in cases {
            let faults = faults(&[whole("base", files)]);
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert!(faults[0].0.contains(said), "{faults:?}");
            assert_eq!((faults[0].1.as_str(), faults[0].2), ("base/templates/page.html", 0));
        }
    }

    #[test]
    fn a_missing_template_is_said_and_no_page_panics() {
        let (engine, diagnostics) = Engine::new(&[layer("empty", &[])], Value::none());
        assert_eq!(diagnostics.len(), REQUIRED.len());
        assert_eq!(&*diagnostics[0].labels[0].path, "empty/theme.yaml");
        let of_page = diagnostics.iter().find(|fault| format!("{fault:?}").contains("`page.html`")).unwrap();
        let rendered = engine.render("page.html", &Context::new(), &mut Vec::new());
        assert_eq!(*rendered.unwrap_err(), *of_page, "said in other words, it would be reported twice");
        assert_eq!(faults(&[]).len(), REQUIRED.len());
    }
}
