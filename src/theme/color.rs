//! Colours as data: parsing, contrast after WCAG 2, and the nearest shade that is legible on a background.

use std::fmt;

/// What WCAG 2.2 asks of text of normal size (success criterion 1.4.3, level AA).
pub const ENOUGH_CONTRAST: f64 = 4.5;

/// A colour of 8 bits a channel in sRGB. Shown as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Srgb {
    red: u8,
    green: u8,
    blue: u8,
}

impl Srgb {
    /// White.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };
    /// Black.
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0 };
    /// A softer black, for text on bright colours.
    pub const INK: Self = Self { red: 0x10, green: 0x16, blue: 0x1d };

    /// Reads `#rgb` or `#rrggbb`, in any letter case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let channel = |at: usize, length: usize| u8::from_str_radix(digits.get(at..at + length)?, 16).ok();
        match digits.len() {
            3 => Some(Self { red: channel(0, 1)? * 17, green: channel(1, 1)? * 17, blue: channel(2, 1)? * 17 }),
            6 => Some(Self { red: channel(0, 2)?, green: channel(2, 2)?, blue: channel(4, 2)? }),
            _ => None,
        }
    }

    /// Relative luminance from 0 to 1, as WCAG 2.2 defines it (with the threshold 0.04045 of IEC 61966-2-1;
    /// no 8-bit value lies between it and the 0.03928 of older editions).
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn from_linear(linear: [f64; 3]) -> Self {
        let [red, green, blue] = linear.map(|channel| {
            let channel = channel.clamp(0.0, 1.0);
            let encoded =
                if channel <= 0.003_130_8 { channel * 12.92 } else { 1.055 * channel.powf(1.0 / 2.4) - 0.055 };
            (encoded * 255.0).round() as u8
        });
        Self { red, green, blue }
    }
}

impl fmt::Display for Srgb {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// Contrast ratio of two colours, from 1 to 21, as WCAG 2.2 defines it.
pub fn contrast(a: Srgb, b: Srgb) -> f64 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Whether text of one colour can be read on the other.
pub fn is_legible(text: Srgb, background: Srgb) -> bool {
    contrast(text, background) >= ENOUGH_CONTRAST
}

/// The shade of `color` that is legible on `background` with the smallest change of lightness.
///
/// Only the lightness of OKLCH changes; hue stays, and chroma gives way only where sRGB does not reach it. There always
/// is one: on any background, black or white has a contrast of at least √21 ≈ 4.58.
pub fn legible_shade(color: Srgb, background: Srgb) -> Srgb {
    if is_legible(color, background) {
        return color;
    }
    const STEPS: u32 = 1000;
    let oklch = Oklch::from(color);
    let shades = (1..=STEPS).flat_map(|step| {
        let change = f64::from(step) / f64::from(STEPS);
        [oklch.lightness - change, oklch.lightness + change]
    });
    shades
        .filter(|lightness| (0.0..=1.0).contains(lightness))
        .map(|lightness| Oklch { lightness, ..oklch }.to_srgb())
        .find(|shade| is_legible(*shade, background))
        .unwrap_or_else(|| on_color(background))
}

/// White or near-black, whichever reads better on `color`; black where neither reads well enough.
pub fn on_color(color: Srgb) -> Srgb {
    let better = if contrast(Srgb::WHITE, color) >= contrast(Srgb::INK, color) { Srgb::WHITE } else { Srgb::INK };
    if is_legible(better, color) { better } else { Srgb::BLACK }
}

/// A colour in OKLCH: the polar form of Björn Ottosson's OKLab ("A perceptual color space for image
/// processing", 2020), whose matrices are used here.
#[derive(Debug, Clone, Copy)]
struct Oklch {
    lightness: f64,
    chroma: f64,
    /// In radians.
    hue: f64,
}

impl From<Srgb> for Oklch {
    fn from(color: Srgb) -> Self {
        let [red, green, blue] = color.linear();
        let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let medium = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        let lightness = 0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short;
        let a = 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short;
        let b = 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short;
        Self { lightness, chroma: a.hypot(b), hue: b.atan2(a) }
    }
}

impl Oklch {
    /// With as much of the chroma as sRGB holds at this lightness and hue, found by halving.
    fn to_srgb(self) -> Srgb {
        if is_in_gamut(self.to_linear()) {
            return Srgb::from_linear(self.to_linear());
        }
        let (mut inside, mut outside) = (0.0, self.chroma);
        for _ in 0..24 {
            let chroma = f64::midpoint(inside, outside);
            let reached = is_in_gamut(Self { chroma, ..self }.to_linear());
            *(if reached { &mut inside } else { &mut outside }) = chroma;
        }
        Srgb::from_linear(Self { chroma: inside, ..self }.to_linear())
    }

    fn to_linear(self) -> [f64; 3] {
        let (a, b) = (self.chroma * self.hue.cos(), self.chroma * self.hue.sin());
        let long = (self.lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let medium = (self.lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let short = (self.lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
        ]
    }
}

fn is_in_gamut(linear: [f64; 3]) -> bool {
    // Half of the smallest step of 8 bits near black, so that rounding noise does not count as outside.
    const NOISE: f64 = 0.000_15;
    linear.iter().all(|channel| (-NOISE..=1.0 + NOISE).contains(channel))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn color(text: &str) -> Srgb {
        Srgb::parse(text).unwrap()
    }

    #[test]
    fn colours_are_read_in_both_lengths_and_nothing_else() {
        assert_eq!(color("#1aF").to_string(), "#11aaff");
        assert_eq!(color("#1F4E5f").to_string(), "#1f4e5f");
        for text in ["", "#", "1f4e5f", "#1f4e5", "#1f4e5f0", "#ggg", "#+12", "#æøå", "rgb(1,2,3)"] {
            assert_eq!(Srgb::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_agrees_with_published_figures() {
        // #767676 is the lightest grey that passes on white, #777777 the darkest that fails (WebAIM).
        for (a, b, expected) in [
            ("#000", "#fff", 21.0),
            ("#fff", "#fff", 1.0),
            ("#767676", "#fff", 4.54),
            ("#777", "#fff", 4.48),
            ("#f00", "#fff", 4.00),
            ("#00f", "#fff", 8.59),
            ("#0f0", "#fff", 1.37),
        ] {
            let found = contrast(color(a), color(b));
            assert!((found - expected).abs() < 0.005, "{a} on {b}: {found}");
            assert_eq!(found, contrast(color(b), color(a)));
        }
    }

    #[test]
    fn a_shade_keeps_its_hue_and_moves_no_further_than_needed() {
        let white = Srgb::WHITE;
        assert_eq!(legible_shade(color("#1f4e5f"), white), color("#1f4e5f"));
        assert_eq!(legible_shade(color("#777"), white), color("#767676"));
        let shade = legible_shade(color("#e8590c"), white);
        let (before, after) = (Oklch::from(color("#e8590c")), Oklch::from(shade));
        assert!((before.hue - after.hue).abs() < 0.02, "{shade}");
        assert!(contrast(shade, white) < 4.6, "{shade}");
    }

    proptest! {
        #[test]
        fn any_colour_has_a_legible_shade_and_text_on_any_background(a: [u8; 3], b: [u8; 3]) {
            let [a, b] = [a, b].map(|[red, green, blue]| Srgb { red, green, blue });
            prop_assert!(is_legible(legible_shade(a, b), b));
            prop_assert!(is_legible(on_color(a), a));
        }

        #[test]
        fn oklch_there_and_back_is_the_same_colour(rgb: [u8; 3]) {
            let color = Srgb { red: rgb[0], green: rgb[1], blue: rgb[2] };
            prop_assert_eq!(Oklch::from(color).to_srgb(), color);
        }
    }
}
