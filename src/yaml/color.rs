//! A YAML value to a colour, or to one colour for each scheme.

use super::fields::Fields;
use super::tree::Node;
use crate::diagnostic::Fault;
use crate::model::handbook::ColorPair;

/// The value of `key` as a colour pair: `"#1f4e5f"`, or `{ light: "#1f4e5f", dark: "#a9c4ec" }`.
pub fn color_pair(fields: &Fields, key: &str) -> Option<ColorPair> {
    if !matches!(fields.node(key), Some(Node::Mapping(_))) {
        return color(fields, key).map(|light| ColorPair { light, dark: None });
    }
    let pair = fields.fields(key, "colour", "{ light: % }")?;
    let light = color(&pair, "light");
    if !pair.keys().any(|key| key == "light") {
        pair.required::<()>("light", None);
    }
    let dark = color(&pair, "dark");
    pair.finish(&["light", "dark"], |_| Vec::new());
    light.map(|light| ColorPair { light, dark })
}

/// The value of `key`, `#rgb` or `#rrggbb`, as `#rrggbb` in small letters.
pub fn color(fields: &Fields, key: &str) -> Option<String> {
    let expected = "a colour such as `\"#1f4e5f\"`";
    if fields.node(key).is_none() && fields.keys().any(|written| written == key) {
        // Without quotes the `#` begins a comment, and the key has no value.
        let fault =
            Fault::WrongType { key: key.to_owned(), expected, found: "nothing", wants_quotes: true, mended: None };
        fields.fault(key, fault);
        return None;
    }
    let written = fields.word(key)?;
    let digits = written.strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    match digits.map(str::to_ascii_lowercase) {
        Some(digits) if digits.len() == 6 => Some(format!("#{digits}")),
        Some(digits) if digits.len() == 3 => {
            Some(digits.chars().fold("#".to_owned(), |hex, c| hex + &format!("{c}{c}")))
        }
        _ => fields.invalid(key, expected, None),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Yaml;
    use super::*;
    use crate::source::Source;

    #[test]
    fn colours_are_one_or_two_and_in_quotes() {
        let pair = |light: &str, dark: Option<&str>| ColorPair { light: light.into(), dark: dark.map(str::to_owned) };
        for (text, expected, faults) in [
            ("c: \"#ABC\"", Some(pair("#aabbcc", None)), vec![]),
            ("c: { light: \"#123456\", dark: \"#fff\" }", Some(pair("#123456", Some("#ffffff"))), vec![]),
            ("c: { dark: \"#fff\" }", None, vec!["missing-key"]),
            ("c:\n  light: #fff\n", None, vec!["wrong-type"]),
            ("c: { light: \"#fff\", drak: \"#000\" }", Some(pair("#ffffff", None)), vec!["unknown-key"]),
            ("c: \"#ffff\"", None, vec!["invalid-value"]),
        ] {
            let source = Source { path: "a.yaml".into(), shown: "a.yaml".into(), text: text.into() };
            let yaml = Yaml::of_file(&source);
            let mapping = yaml.mapping().unwrap();
            assert_eq!(color_pair(&Fields::new(&yaml, &mapping, "test"), "c"), expected, "{text}");
            let codes: Vec<_> = yaml.into_diagnostics().iter().map(|found| found.code().name()).collect();
            assert_eq!(codes, faults, "{text}");
        }
    }
}
