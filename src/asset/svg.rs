//! An SVG file is read through: whether it is safe to publish, and how large it wants to be.
//!
//! Safe is what neither runs, nor loads, nor says more than its picture: whoever opens the file itself, outside
//! the page, gets no more than the drawing.

mod danger;
mod size;

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use danger::{check_attribute, check_css, check_element};
use size::SizeOfRoot;

const SVG_NAMESPACE: &str = "http://www.w3.org/2000/svg";
/// No drawing program nests groups deeper, and browsers give up not far beyond.
const MAX_DEPTH: usize = 256;

/// What is wrong with an SVG, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SvgFault {
    /// In words that end the sentence "the SVG …".
    pub reason: String,
    /// Bytes of the text.
    pub range: Range<usize>,
}

/// Width and height in CSS pixels of a safe SVG; `None` where it gives none.
///
/// # Errors
/// The first thing in `text` that makes it unsafe, or no SVG.
pub fn check(text: &str) -> Result<Option<(u32, u32)>, SvgFault> {
    let mut reader = Reader::from_str(text);
    let mut state = State::default();
    loop {
        let start = offset(reader.buffer_position(), text);
        let event = reader.read_event();
        let end = offset(reader.buffer_position(), text).max(start);
        let fault = |reason: String| SvgFault { reason, range: start..end };
        match event {
            Ok(Event::Eof) if state.open.is_empty() && state.has_root => return Ok(state.size),
            Ok(Event::Eof) if state.has_root => return Err(fault("ends before its elements do".to_owned())),
            Ok(Event::Eof) => return Err(fault("has no `svg` element".to_owned())),
            Ok(event) => state.take(&event).map_err(fault)?,
            Err(error) => {
                let at = offset(reader.error_position(), text);
                return Err(SvgFault { reason: not_well_formed(&error), range: at..at });
            }
        }
    }
}

fn offset(position: u64, text: &str) -> usize {
    text.floor_char_boundary(usize::try_from(position).unwrap_or(usize::MAX))
}

fn not_well_formed(error: &dyn std::fmt::Display) -> String {
    format!("is not well-formed: {error}")
}

#[derive(Default)]
struct State {
    /// Of each open element, whether it is a style sheet.
    open: Vec<bool>,
    has_root: bool,
    size: Option<(u32, u32)>,
    /// The text of the open `style` element, in one piece: a browser joins what comments and references part.
    style: String,
}

impl State {
    fn take(&mut self, event: &Event) -> Result<(), String> {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::Empty(tag) => {
                self.open(tag)?;
                self.close()
            }
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(text),
            Event::CData(text) => self.text(text),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().map_err(|error| not_well_formed(&error))?;
                let known = quick_xml::escape::resolve_predefined_entity(reference);
                match (letter, known) {
                    (Some(letter), _) => self.text(letter.encode_utf8(&mut [0; 4])),
                    (None, Some(text)) => self.text(text),
                    (None, None) => Err("uses an entity that it would have to declare".to_owned()),
                }
            }
            Event::DocType(_) => Err("has a DOCTYPE, which may declare entities; remove it".to_owned()),
            Event::PI(instruction) if instruction.target().to_ascii_lowercase().starts_with("xml") => {
                Err("loads a style sheet".to_owned())
            }
            Event::Decl(declaration) => match declaration.encoding() {
                None => Ok(()),
                Some(Ok(name)) if ["utf-8", "utf8", "us-ascii"].contains(&&*name.to_ascii_lowercase()) => Ok(()),
                Some(_) => Err("declares another encoding than UTF-8, which it is not in".to_owned()),
            },
            Event::PI(_) | Event::Comment(_) | Event::Eof => Ok(()),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        if self.open.contains(&true) {
            self.style.push_str(text);
        } else if self.open.is_empty() && !text.trim().is_empty() {
            return Err("is not well-formed: text outside of its elements".to_owned());
        }
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart) -> Result<(), String> {
        let name = local(tag.name().0);
        check_element(&name)?;
        if self.open.len() >= MAX_DEPTH {
            return Err(format!("is nested more than {MAX_DEPTH} levels deep"));
        }
        let mut root = self.open.is_empty().then(SizeOfRoot::default);
        let mut has_namespace = false;
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| not_well_formed(&error))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| not_well_formed(&error))?;
            check_attribute(attribute.key.0, &value)?;
            if let Some(root) = &mut root {
                root.see(attribute.key.0, &value);
                has_namespace |= attribute.key.0.starts_with("xmlns") && value.trim() == SVG_NAMESPACE;
            }
        }
        if let Some(root) = root {
            if self.has_root || name != "svg" {
                return Err(if self.has_root { "has two roots" } else { "begins with another element" }.to_owned());
            }
            if !has_namespace {
                return Err(format!("is not shown by browsers without xmlns=\"{SVG_NAMESPACE}\""));
            }
            self.has_root = true;
            self.size = root.size();
        }
        self.open.push(name == "style");
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        if self.open.pop() == Some(true) {
            check_css(&std::mem::take(&mut self.style))?;
        }
        Ok(())
    }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{self, Fault};
    use crate::model::handbook::Language;

    fn svg(inside: &str) -> String {
        format!("<svg xmlns=\"{SVG_NAMESPACE}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inside}</svg>")
    }

    /// The words of the XML reader alone stay English, and are quoted.
    fn assert_refused_in_danish(text: &str) {
        let reason = check(text).expect_err(text).reason;
        let is_foreign = reason.starts_with("is not well-formed: ");
        let danish = diagnostic::text(&Fault::UnsafeSvg { reason }, Language::Danish).message;
        assert!(!danish.contains("den »"), "{text} is not refused in Danish: {danish}");
        assert!(is_foreign || !danish.contains('»'), "{danish}");
    }

    #[test]
    fn drawings_as_programs_write_them_are_safe() {
        for inside in [
            "<defs><linearGradient id='a'/></defs><rect fill='url(#a)' style=\"mask: url('#b')\"/>",
            "<style>.a { fill: red; } @font-face { src: url(data:font/woff2;base64,AA) }</style>",
            "<style><![CDATA[.a > .b { fill: url( #a ) }]]></style>",
            "<use xlink:href='#a'/><image href='data:image/png;base64,AA'/>",
            "<animate attributeName='opacity' from='0' to='1'/>",
            "<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></metadata>",
            "<text>url(https://x) &amp; &#233; on &lt;script&gt;</text><!-- <script> -->",
        ] {
            assert_eq!(check(&svg(inside)), Ok(None), "{inside}");
        }
        assert_eq!(check(&format!("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", svg(""))), Ok(None));
    }

    #[test]
    fn hostile_drawings_are_refused() {
        for inside in [
            "<script>alert(1)</script>",
            "<SCRIPT/>",
            "<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
            "<rect onload='x()'/>",
            "<rect OnClick='x()'/>",
            "<foreignObject/>",
            "<g xmlns='http://www.w3.org/1999/xhtml'/>",
            "<image href='https://x/y.png'/>",
            "<image href='photo.jpg'/>",
            "<image xlink:href='//x/y.png'/>",
            "<image href='data:image/svg+xml,&lt;svg/&gt;'/>",
            "<image href='DATA:text/html,x'/>",
            "<use href='other.svg#a'/>",
            "<a href='javascript:alert(1)'/>",
            "<a z:href=' &#106;avascript:alert(1)' xmlns:z='http://www.w3.org/1999/xlink'/>",
            "<a><set attributeName='href' to='javascript:alert(1)'/></a>",
            "<a><animate attributeName=' xlink:href ' values='javascript:alert(1)'/></a>",
            "<set attributeName='onclick' to='x()'/>",
            "<rect fill='url(https://x)'/>",
            "<rect style='fill: URL( \"https://x\" )'/>",
            "<rect style='fill: u\\72l(https://x)'/>",
            "<style>@import 'https://x';</style>",
            "<style>@im&#112;ort 'https://x';</style>",
            "<style>a { fill: u<!-- -->rl(https://x) }</style>",
            "<style><![CDATA[a { background: url(//x) }]]></style>",
            "<style>a { background: image-set('https://x' 1x) }</style>",
            "<rect xml:base='https://x'/>",
            "<?xml-stylesheet href='https://x'?>",
            "&xxe;",
            "<rect x='&xxe;'/>",
            "<rect x='1' x='2'/>",
            "<g></svg>",
            "<g>",
            "<rect x=1/>",
        ] {
            assert_refused_in_danish(&svg(inside));
        }
        for text in [
            "",
            "not an svg",
            "<html/>",
            "<svg/>",
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'/>",
            "<?xml version='1.0' encoding='utf-16'?><svg xmlns='http://www.w3.org/2000/svg'/>",
            "<?xml-stylesheet href='a.css'?><svg xmlns='http://www.w3.org/2000/svg'/>",
            "<svg xmlns='http://www.w3.org/2000/svg'/><svg xmlns='http://www.w3.org/2000/svg'/>",
            "<svg xmlns='http://www.w3.org/2000/svg'",
        ] {
            assert_refused_in_danish(text);
        }
    }

    #[test]
    fn the_fault_is_pointed_at() {
        let text = svg("<g>æ</g><rect onload='x()'/>");
        let fault = check(&text).unwrap_err();
        assert_eq!(&text[fault.range], "<rect onload='x()'/>");
        assert_eq!(fault.reason, "has the event handler `onload`");
    }

    #[test]
    fn deep_nesting_is_bounded() {
        assert_eq!(check(&svg(&("<g>".repeat(200) + &"</g>".repeat(200)))), Ok(None));
        let fault = check(&svg(&"<g>".repeat(100_000))).unwrap_err();
        assert_eq!(fault.reason, "is nested more than 256 levels deep");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(<svg xmlns='http://www.w3.org/2000/svg'>)?([<>/='\"&;#!? a\u{e6}]|<g|href|url\\(|<!--|<style>|]]>){0,40}") {
            let _ = check(&text);
        }
    }
}
