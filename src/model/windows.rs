//! What Windows makes of a path: names that it keeps for devices, and lengths that it does not open.
//!
//! After "Naming Files, Paths, and Namespaces" in Microsoft's documentation of Windows.

/// The most letters that a path may have, the drive or share included: `MAX_PATH` without the zero at its end.
pub const LONGEST_PATH: usize = 259;

/// In bytes.
const LONGEST_DEVICE: usize = "conout$".len();

const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The first part of `path` that no file on Windows can have as its name: a device, with any extension, in any capitals.
pub fn reserved_part(path: &str) -> Option<&str> {
    path.split('/').find(|part| is_reserved(part))
}

/// How many letters `path` has as Windows counts them: in units of UTF-16.
pub fn length(path: &str) -> usize {
    path.encode_utf16().count()
}

fn is_reserved(part: &str) -> bool {
    let stem = part.split(['.', ' ']).next().unwrap_or_default();
    if stem.len() > LONGEST_DEVICE {
        return false;
    }
    let stem = stem.to_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|rest| rest.chars().count() == 1 && rest.contains(is_device_number))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// Superscripts count as digits there.
fn is_device_number(letter: char) -> bool {
    letter.is_ascii_digit() || "¹²³".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_reserved_wherever_they_stand_and_words_are_not() {
        for (path, reserved) in [
            ("con.html", Some("con.html")),
            ("oevelser/AUX.1234abcd.png", Some("AUX.1234abcd.png")),
            ("nul/index.html", Some("nul")),
            ("com1.html", Some("com1.html")),
            ("lpt³", Some("lpt³")),
            ("con-amore.html", None),
            ("com.html", None),
            ("com10.html", None),
            ("kongres/nulpunkt.html", None),
        ] {
            assert_eq!(reserved_part(path), reserved, "{path}");
        }
    }

    #[test]
    fn letters_are_counted_as_windows_does() {
        assert_eq!((length("æøå"), length("🎉")), (3, 2));
    }
}
