//! `web.config`: how Internet Information Services (7.5 and later) serves an edition.
//!
//! What a server higher up has set already is removed before it is set: adding it twice is an error 500.19 there.

use std::fmt::Write as _;

use super::{DAYS, HASHED_FOLDER, HEADERS};
use crate::escape::push_escaped;

/// Types that older servers do not know, and those that must say their encoding.
const TYPES: [(&str, &str); 8] = [
    (".avif", "image/avif"),
    (".css", "text/css; charset=utf-8"),
    (".html", "text/html; charset=utf-8"),
    (".js", "text/javascript; charset=utf-8"),
    (".mp4", "video/mp4"),
    (".svg", "image/svg+xml"),
    (".webp", "image/webp"),
    (".woff2", "font/woff2"),
];

/// The file's text.
///
/// Files of errors are seen from the root of the web site, whatever folder `web.config` lies in, so the path of `site_url`
/// goes before `404.html`.
pub(super) fn web_config(site_url: Option<&str>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n  <system.webServer>\n    <defaultDocument enabled=\"true\">\n      \
         <files>\n        <clear />\n        <add value=\"index.html\" />\n      </files>\n    </defaultDocument>\n    \
         <staticContent>\n",
    );
    for (extension, kind) in TYPES {
        let _ = writeln!(xml, "      <remove fileExtension=\"{extension}\" />");
        let _ = writeln!(xml, "      <mimeMap fileExtension=\"{extension}\" mimeType=\"{kind}\" />");
    }
    xml.push_str("    </staticContent>\n    <httpProtocol>\n      <customHeaders>\n");
    for (name, value) in HEADERS {
        let _ = writeln!(
            xml,
            "        <remove name=\"{name}\" />\n        <add name=\"{name}\" value=\"{}\" />",
            escaped(value)
        );
    }
    let not_found = escaped(&not_found(site_url));
    let _ = write!(
        xml,
        "      </customHeaders>\n    </httpProtocol>\n    <httpErrors errorMode=\"Custom\" existingResponse=\"Replace\">\n      \
         <remove statusCode=\"404\" />\n      \
         <error statusCode=\"404\" path=\"{not_found}\" responseMode=\"File\" />\n    </httpErrors>\n    <security>\n      \
         <requestFiltering>\n        <hiddenSegments>\n          <remove segment=\".vaert-manifest\" />\n          \
         <add segment=\".vaert-manifest\" />\n        </hiddenSegments>\n      </requestFiltering>\n    </security>\n  \
         </system.webServer>\n  <location path=\"{HASHED_FOLDER}\">\n    <system.webServer>\n      <staticContent>\n        \
         <clientCache cacheControlMode=\"UseMaxAge\" cacheControlMaxAge=\"{DAYS}.00:00:00\" cacheControlCustom=\"public, immutable\" />\n      \
         </staticContent>\n    </system.webServer>\n  </location>\n</configuration>\n"
    );
    xml
}

fn not_found(site_url: Option<&str>) -> String {
    let path = site_url.and_then(|url| url.split_once("://")?.1.split_once('/')).map_or("", |(_, path)| path);
    format!("{path}404.html").replace('/', "\\")
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    push_escaped(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_for_lost_visitors_is_seen_from_the_root_of_the_web_site() {
        assert_eq!(not_found(None), "404.html");
        assert_eq!(not_found(Some("https://x.dk/")), "404.html");
        assert_eq!(not_found(Some("https://x.dk/intra/haandbog/")), "intra\\haandbog\\404.html");
    }
}
