//! Layers written as `path=text` become one row of what the edition has.

use super::*;
use crate::config;
use crate::fingerprint::Fingerprint;
use crate::snapshot::Content;
use crate::source::Source;

fn layer(name: &str, settings: &str, files: &str) -> Layer {
    let settings = Source {
        path: "handbook.yaml".into(),
        shown: format!("{name}/handbook.yaml").into(),
        text: format!("title: T\n{settings}").into(),
    };
    let file = |path: &str| {
        let text = format!("{name}:{path}");
        let fingerprint = Fingerprint::of_bytes(text.as_bytes()).into();
        let file = File {
            path: path.into(),
            shown: format!("{name}/{path}").into(),
            content: Content::Text(text.into()),
            fingerprint,
        };
        (Arc::from(path), file)
    };
    Layer {
        folder: name.to_owned(),
        settings,
        files: files.split_whitespace().map(file).collect(),
        unread: BTreeSet::new(),
    }
}

/// What the edition of layers `(name, settings, files)`, the upper first, has: its files in order, `<` before what each
/// replaces, then where links lead that name another path, then what is left out, then faults.
fn outcome(layers: &[(&str, &str, &str)]) -> String {
    let layers: Vec<Layer> = layers.iter().map(|(name, settings, files)| layer(name, settings, files)).collect();
    let sources: Vec<&Source> = layers.iter().map(|layer| &layer.settings).collect();
    let (settings, faults) = config::read(&sources, "proeve");
    assert!(faults.is_empty(), "{faults:?}");
    let (stack, faults) = stack(&layers, &settings);
    let mut said: Vec<String> = Vec::new();
    for (path, file) in stack.files.iter() {
        assert_eq!(file.shown.split('/').next(), Some(&*layers[stack.layer_of(path)].folder), "the layer of {path}");
        let below: String =
            stack.replaced_by(path).iter().map(|replaced| format!("<{}", replaced.file.shown)).collect();
        said.push(format!("{}{below}", file.shown));
    }
    said.extend(stack.moved().map(|(from, to)| format!("{from}->{to}")));
    said.extend(
        stack.omitted.iter().map(|omitted| format!("-{} by {}", omitted.file.shown, layers[omitted.layer].folder)),
    );
    said.extend(faults.iter().map(|fault| match &fault.fault {
        Fault::OmitsNothing { id, suggestion } => format!("!{id} (meant {})", suggestion.as_deref().unwrap_or("?")),
        other => format!("!{other:?}"),
    }));
    said.join(" ")
}

/// A rule, layers as `outcome` takes them, and what comes of them.
type Case = (&'static str, &'static [(&'static str, &'static str, &'static str)], &'static str);

#[test]
fn the_rules_of_layers() {
    let cases: &[Case] = &[
        ("one layer is itself", &[("a", "", "p/1.md x.png")], "a/p/1.md a/x.png"),
        ("a new file is added", &[("a", "", "p/2.md"), ("b", "", "p/1.md")], "b/p/1.md a/p/2.md"),
        ("a file of the same path replaces", &[("a", "", "p/1.md"), ("b", "", "p/1.md")], "a/p/1.md<b/p/1.md"),
        (
            "a file of the same id replaces, whatever its number and letters",
            &[("a", "", "p/02-Sé.md"), ("b", "", "p/01-se.md")],
            "a/p/02-Sé.md<b/p/01-se.md p/01-se.md->p/02-Sé.md",
        ),
        ("an id is more than its last part", &[("a", "", "q/se.md"), ("b", "", "p/se.md")], "b/p/se.md a/q/se.md"),
        ("only Markdown has an id", &[("a", "", "p/01-x.png"), ("b", "", "p/02-x.png")], "a/p/01-x.png b/p/02-x.png"),
        ("an image of the same path replaces", &[("a", "", "x.svg"), ("b", "", "x.svg y.svg")], "a/x.svg b/y.svg"),
        (
            "a chain of three remembers all it replaces, the nearest first",
            &[("a", "", "p/3-x.md"), ("b", "", "p/2-x.md"), ("c", "", "p/1-x.md")],
            "a/p/3-x.md<b/p/2-x.md<c/p/1-x.md p/1-x.md->p/3-x.md p/2-x.md->p/3-x.md",
        ),
        (
            "a layer between may be silent",
            &[("a", "", "p/1.md"), ("b", "", "q/1.md"), ("c", "", "p/1.md r/1.md")],
            "a/p/1.md<c/p/1.md b/q/1.md c/r/1.md",
        ),
        (
            "a path that is used again leads to its own file",
            &[("a", "", "p/01-b.md p/02-a.md"), ("b", "", "p/01-a.md p/02-b.md")],
            "a/p/01-b.md<b/p/02-b.md a/p/02-a.md<b/p/01-a.md p/01-a.md->p/02-a.md p/02-b.md->p/01-b.md",
        ),
        (
            "two files of one id in one layer stay for the fault that tells of them",
            &[("a", "", "p/1-x.md p/2-x.md"), ("b", "", "p/x.md")],
            "a/p/1-x.md<b/p/x.md a/p/2-x.md p/x.md->p/1-x.md",
        ),
        (
            "an item is left out",
            &[("a", "omit: [p/x]", ""), ("b", "", "p/01-x.md p/y.md")],
            "b/p/y.md -b/p/01-x.md by a",
        ),
        (
            "a folder is left out with all its Markdown",
            &[("a", "omit: [p]", ""), ("b", "", "p/index.md p/q/y.md p/z.png r/y.md")],
            "b/p/z.png b/r/y.md -b/p/index.md by a -b/p/q/y.md by a",
        ),
        (
            "what is left out in the middle stays out",
            &[("a", "", "q/1.md"), ("b", "omit: [p/x]", ""), ("c", "", "p/x.md")],
            "a/q/1.md -c/p/x.md by b",
        ),
        (
            "what is left out below can be written anew above, and replaces nothing",
            &[("a", "", "p/2-x.md"), ("b", "omit: [p/x]", ""), ("c", "", "p/1-x.md")],
            "a/p/2-x.md",
        ),
        ("own items are not left out", &[("a", "omit: [p/x]", "p/x.md"), ("b", "", "p/x.md")], "a/p/x.md"),
        (
            "leaving out what is not below is a fault",
            &[("a", "omit: [p/xy, q]", "q/1.md"), ("b", "", "p/xz.md")],
            "b/p/xz.md a/q/1.md !p/xy (meant p/xz) !q (meant p)",
        ),
        ("nothing is below the lowest", &[("a", "omit: [p/x]", "p/x.md")], "a/p/x.md !p/x (meant ?)"),
    ];
    for (rule, layers, expected) in cases {
        assert_eq!(outcome(layers), *expected, "{rule}");
    }
}
