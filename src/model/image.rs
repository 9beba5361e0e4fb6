//! Which files browsers show as images, told from their names.

/// Whether browsers show the file at `path` as an image. Letter case does not matter.
pub fn is_image(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| matches!(&*ending, "svg" | "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif"))
}

/// Extensions of photos as cameras, phones, scanners and drawing programs save them.
const FOREIGN: &[&str] = &[
    "heic", "heif", "hif", "tif", "tiff", "dng", "jxl", "cr2", "cr3", "crw", "nef", "nrw", "arw", "sr2", "srf", "orf",
    "rw2", "raf", "pef", "srw", "x3f", "mrw", "raw", "jp2", "j2k", "jpx", "jpf", "jpm", "j2c", "jpc", "jxr", "wdp",
    "hdp", "psd", "psb", "xcf", "bmp", "dib",
];

/// Whether the file at `path` is a photo of a type that browsers do not show, and that tells place and time as others do.
pub fn is_foreign_photo(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| FOREIGN.contains(&&*ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_tells_what_is_shown() {
        for path in ["a.svg", "b/c.JPG", "a.b.webp"] {
            assert!(is_image(path) && !is_foreign_photo(path), "{path}");
        }
        for path in ["IMG_1.HEIC", "a.tiff"] {
            assert!(is_foreign_photo(path) && !is_image(path), "{path}");
        }
        for path in ["svg", "a.md", "a.pdf", ""] {
            assert!(!is_image(path) && !is_foreign_photo(path), "{path}");
        }
    }
}
