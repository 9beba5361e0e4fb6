//! Reads the size of an SVG in CSS pixels from the attributes of its root.

/// The attributes of the root element that give its size.
#[derive(Debug, Default)]
pub(super) struct SizeOfRoot {
    width: Option<f64>,
    height: Option<f64>,
    view_box: Option<(f64, f64)>,
}

impl SizeOfRoot {
    /// Takes note of an attribute.
    pub(super) fn see(&mut self, key: &str, value: &str) {
        match key {
            "width" => self.width = pixels(value),
            "height" => self.height = pixels(value),
            "viewBox" => self.view_box = view_box(value),
            _ => {}
        }
    }

    /// Width and height in CSS pixels, one found from the other where it can be.
    pub(super) fn size(&self) -> Option<(u32, u32)> {
        let (width, height) = match (self.width, self.height, self.view_box) {
            (Some(width), Some(height), _) => (width, height),
            (Some(width), None, Some(view)) => (width, width * view.1 / view.0),
            (None, Some(height), Some(view)) => (height * view.0 / view.1, height),
            (None, None, Some(view)) => view,
            _ => return None,
        };
        Some((whole_pixels(width)?, whole_pixels(height)?))
    }
}

fn whole_pixels(length: f64) -> Option<u32> {
    let is_sensible = length.is_finite() && length > 0.0 && length <= 100_000.0;
    is_sensible.then(|| (length.round() as u32).max(1))
}

/// A CSS length in pixels; percentages and units that depend on the surroundings are none.
fn pixels(length: &str) -> Option<f64> {
    const UNITS: &[(&str, f64)] =
        &[("px", 1.0), ("mm", 96.0 / 25.4), ("cm", 96.0 / 2.54), ("in", 96.0), ("pt", 96.0 / 72.0), ("pc", 16.0)];
    let length = length.trim();
    let in_unit = UNITS.iter().find_map(|(unit, factor)| Some((length.strip_suffix(unit)?, *factor)));
    let (number, factor) = in_unit.unwrap_or((length, 1.0));
    let number: f64 = number.trim().parse().ok()?;
    (number.is_finite() && number > 0.0).then_some(number * factor)
}

fn view_box(value: &str) -> Option<(f64, f64)> {
    let numbers = value.split([' ', ',', '\t', '\n', '\r']).filter(|number| !number.is_empty());
    let numbers: Vec<f64> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_size_comes_from_width_and_height_or_the_view_box() {
        for (attributes, size) in [
            ("width='40' height='30px'", Some((40, 30))),
            ("width='25.4mm' height='1in'", Some((96, 96))),
            ("width='100%' height='100%' viewBox='0 0 210 297'", Some((210, 297))),
            ("width='400' viewBox='0,0,200,100'", Some((400, 200))),
            ("viewBox='0 0 0.2 12000'", Some((1, 12000))),
            ("width='40'", None),
            ("width='-4' height='NaN' viewBox='a b'", None),
            ("viewBox='0 0 1e999 5'", None),
            ("", None),
        ] {
            let text = format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}/>");
            assert_eq!(super::super::clean(&text).unwrap().size, size, "{attributes}");
        }
    }
}
