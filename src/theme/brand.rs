//! Brand colours become `brand.css`, checked for contrast, with dark shades derived where none are given.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use super::color::{Srgb, contrast, is_legible, legible_shade, on_color};
use super::manifest::Manifest;
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::handbook::{Brand, COLOR_NAMES, ColorPair};

/// Where `handbook.yaml` gives the colour of this name (`primary`) for this scheme (`light` or `dark`).
pub type PlaceOfColor<'a> = &'a dyn Fn(&str, &str) -> Place;

/// A file as the user would name it, and a byte range in it.
pub type Place = (Arc<str>, Range<usize>);

/// The style sheet that sets `--brand-primary`, `--brand-accent` and the colours of text on them, for both schemes;
/// `None` where neither the handbook nor the theme gives a colour.
///
/// The handbook's colours go before the theme's, but for those of layers below the one that names the theme: these give
/// way to what this theme gives itself. A colour that is given but not legible on the theme's page background
/// is a [`Fault::LowContrast`] and is used as it is. A handbook's colour that cannot be read counts as not given:
/// the reader of `handbook.yaml` reports it.
pub fn brand_css(manifest: &Manifest, brand: &Brand, place: PlaceOfColor) -> (Option<String>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let (mut light, mut dark) = (String::new(), String::new());
    for name in COLOR_NAMES {
        let of_handbook = of_handbook(manifest, brand, name);
        let of_theme = manifest.colors.get(*name);
        let Some((given_light, given_dark)) = of_handbook.or_else(|| of_theme.and_then(|pair| parsed(&pair.value)))
        else {
            continue;
        };
        let place = |scheme: &str| match (of_handbook, of_theme) {
            (None, Some(theme)) => theme.place.clone(),
            _ => place(name, scheme),
        };
        let background = manifest.background;
        diagnostics.extend(low_contrast(given_light, background.light, "light", &place));
        diagnostics.extend(given_dark.and_then(|dark| low_contrast(dark, background.dark, "dark", &place)));
        declare(&mut light, name, given_light);
        declare(&mut dark, name, given_dark.unwrap_or_else(|| legible_shade(given_light, background.dark)));
    }
    let css = format!(
        ":root {{\n{light}}}\n:root[data-theme=\"dark\"] {{\n{dark}}}\n\
         @media (prefers-color-scheme: dark) {{\n:root:not([data-theme=\"light\"]) {{\n{dark}}}\n}}\n"
    );
    ((!light.is_empty()).then_some(css), diagnostics)
}

/// The colours of light pages and of paper: `primary` and `accent` of the handbook, else of the theme, with the colours
/// of text on them as `on_primary` and `on_accent`. Without either, that of ink.
pub fn light_colors(manifest: &Manifest, brand: &Brand) -> BTreeMap<String, String> {
    let color = |name: &&str| {
        let of_theme = || manifest.colors.get(*name).and_then(|pair| parsed(&pair.value));
        let given = of_handbook(manifest, brand, name).or_else(of_theme);
        let color = given.map_or(Srgb::INK, |(light, _)| light);
        [((*name).to_owned(), color.to_string()), (format!("on_{name}"), on_color(color).to_string())]
    };
    COLOR_NAMES.iter().flat_map(color).collect()
}

fn of_handbook(manifest: &Manifest, brand: &Brand, name: &str) -> Option<(Srgb, Option<Srgb>)> {
    let below = || brand.colors_below.get(name).filter(|_| !manifest.gives_itself(name));
    brand.colors.get(name).or_else(below).and_then(parsed)
}

fn parsed(pair: &ColorPair) -> Option<(Srgb, Option<Srgb>)> {
    Some((Srgb::parse(&pair.light)?, pair.dark.as_deref().and_then(Srgb::parse)))
}

fn declare(css: &mut String, name: &str, color: Srgb) {
    let _ = writeln!(css, "  --brand-{name}: {color};\n  --brand-on-{name}: {};", on_color(color));
}

fn low_contrast(
    color: Srgb,
    background: Srgb,
    scheme: &'static str,
    place: &dyn Fn(&str) -> Place,
) -> Option<Diagnostic> {
    if is_legible(color, background) {
        return None;
    }
    // Cut off, not rounded: 4.498 must not read as the 4.5 that it misses.
    let hundredths = (contrast(color, background) * 100.0).floor() / 100.0;
    let fault = Fault::LowContrast {
        color: color.to_string(),
        background: background.to_string(),
        ratio: format!("{hundredths:.2}"),
        scheme,
        nearest: legible_shade(color, background).to_string(),
    };
    let (path, range) = place(scheme);
    Some(Diagnostic::new(fault, &path, range))
}

#[cfg(test)]
mod tests {
    use super::super::manifest::{self, Placed};
    use super::*;

    fn pair(light: &str, dark: Option<&str>) -> ColorPair {
        ColorPair { light: light.into(), dark: dark.map(str::to_owned) }
    }

    fn manifest() -> Manifest {
        let background =
            manifest::Background { light: Srgb::parse("#f8f8f4").unwrap(), dark: Srgb::parse("#12181f").unwrap() };
        let accent = Placed { value: pair("#8a5208", Some("#f0bd62")), place: ("t/theme.yaml".into(), 3..9) };
        Manifest { background, colors: [("accent".to_owned(), accent)].into(), ..Manifest::default() }
    }

    fn brand(primary: ColorPair) -> Brand {
        Brand { colors: [("primary".to_owned(), primary)].into(), ..Brand::default() }
    }

    fn place(name: &str, scheme: &str) -> Place {
        (format!("handbook.yaml:{name}.{scheme}").into(), 1..2)
    }

    #[test]
    fn a_light_colour_gets_a_legible_dark_shade_and_the_theme_fills_in() {
        let (css, diagnostics) = brand_css(&manifest(), &brand(pair("#1f4e5f", None)), &place);
        assert_eq!(diagnostics, []);
        let css = css.unwrap();
        let values: Vec<_> = css.lines().filter_map(|line| line.trim().strip_prefix("--brand-primary: ")).collect();
        assert_eq!(values[0], "#1f4e5f;");
        assert_eq!(values[1], values[2]);
        let dark = Srgb::parse(values[1].trim_end_matches(';')).unwrap();
        assert!(is_legible(dark, manifest().background.dark), "{dark}");
        assert!(css.contains("--brand-accent: #8a5208;\n  --brand-on-accent: #ffffff;\n"));
        assert!(css.contains("--brand-accent: #f0bd62;\n  --brand-on-accent: #10161d;\n"));
    }

    #[test]
    fn a_given_colour_that_cannot_be_read_is_reported_where_it_stands() {
        let (css, diagnostics) = brand_css(&manifest(), &brand(pair("#ffcc00", Some("#333333"))), &place);
        let places: Vec<_> = diagnostics.iter().map(|found| found.labels[0].path.to_string()).collect();
        assert_eq!(places, ["handbook.yaml:primary.light", "handbook.yaml:primary.dark"]);
        let Fault::LowContrast { ratio, nearest, .. } = &diagnostics[0].fault else { panic!() };
        assert_eq!(ratio, "1.42");
        assert!(is_legible(Srgb::parse(nearest).unwrap(), manifest().background.light));
        assert!(css.unwrap().contains("--brand-primary: #ffcc00;\n  --brand-on-primary: #10161d;"));
    }

    #[test]
    fn without_colours_there_is_no_sheet_and_an_unreadable_one_counts_as_none() {
        assert_eq!(brand_css(&Manifest::default(), &brand(pair("red", None)), &place), (None, Vec::new()));
        let mut theme = manifest();
        theme.background.light = Srgb::BLACK;
        let (_, diagnostics) = brand_css(&theme, &Brand::default(), &place);
        assert_eq!((&*diagnostics[0].labels[0].path, diagnostics.len()), ("t/theme.yaml", 1));
    }
}
