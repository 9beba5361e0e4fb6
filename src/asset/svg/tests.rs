//! Tests which drawings are safe and what is cut out of them.

use super::*;
use crate::diagnostic::{self, Fault};
use crate::model::handbook::Language;

fn svg(inside: &str) -> String {
    format!("<svg xmlns=\"{SVG_NAMESPACE}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inside}</svg>")
}

/// Asserts that the reason is translated; only the words of the XML reader stay English, and they are quoted.
fn assert_refused_in_danish(text: &str) {
    let reason = clean(text).expect_err(text).reason;
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
        "<use xlink:href='#a'/><rect id='a' aria-label='æ'/>",
        "<animate attributeName='opacity' from='0' to='1'/>",
        "<text>url(https://x) &amp; &#233; on &lt;script&gt;</text>",
    ] {
        let text = svg(inside);
        assert_eq!(clean(&text), Ok(Drawing { text: (&*text).into(), size: None }), "{inside}");
    }
    let whole = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", svg(""));
    assert_eq!(clean(&whole).unwrap().text, whole);
    assert!(clean(&format!("\u{feff}{whole}")).is_ok());
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
        "<a href='#a' ping='https://x'/>",
        "<image href='data:image/png;base64,PHN2Zy8+'/>",
        "<rect style='fill: src(\"https://x\")'/>",
        "<filter width='1e9'/>",
        "<feTurbulence numOctaves='5000'/>",
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
    let fault = clean(&text).unwrap_err();
    assert_eq!(&text[fault.range], "<rect onload='x()'/>");
    assert_eq!(fault.reason, "has the event handler `onload`");
}

#[test]
fn what_draws_nothing_is_cut_out() {
    for (inside, kept) in [
        ("<!-- C:\\Users\\anna --><rect/>", "<rect/>"),
        ("<rect inkscape:label='anna' xmlns:inkscape='http://inkscape' x='1'/>", "<rect x=\"1\"/>"),
        ("<i:pgf xmlns:i='http://ai'><rect/>anna</i:pgf><rect/>", "<rect/>"),
        ("<metadata><rdf:RDF xmlns:rdf='x'><dc:creator xmlns:dc='y'>anna</dc:creator></rdf:RDF></metadata>", ""),
        ("<rect unknown:label='anna' data-name='anna'/>", "<rect/>"),
        ("<g>anna<title>Vist &amp; læst</title></g>", "<g><title>Vist &amp; læst</title></g>"),
        ("<?anna anna?><flowRoot>anna</flowRoot><text>a<a href='#x'>b</a></text>", "<text>a<a href='#x'>b</a></text>"),
        ("<style>/* anna */.a&gt;.b{fill:red}</style>", "<style> .a&gt;.b{fill:red}</style>"),
        ("<rect style='fill:red/* anna */'/>", "<rect style=\"fill:red \"/>"),
    ] {
        assert_eq!(clean(&svg(inside)).unwrap().text, svg(kept), "{inside}");
    }
}

#[test]
fn a_doctype_that_declares_nothing_is_cut_out() {
    let declared =
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n";
    for text in [declared.to_owned(), format!("<?xml version='1.0'?>\n{declared}"), "<!doctype SVG>".to_owned()] {
        let text = text + &svg("<rect/>");
        let drawing = clean(&text).unwrap();
        assert!(
            !drawing.text.to_lowercase().contains("doctype") && drawing.text.contains("<rect/>"),
            "{}",
            drawing.text
        );
    }
}

#[test]
fn layers_that_are_switched_off_are_cut_out() {
    let stub = "<g display=\"none\"/>";
    for (inside, kept) in [
        ("<g style='display:none'><text>KAMELIA</text></g>", stub),
        ("<g style='fill:red; DISPLAY : none !important;'><text>KAMELIA</text></g>", stub),
        ("<g display='none'><desc>KAMELIA</desc><g id='a'/><use href='#a'/></g>", stub),
        ("<g display='inline' style='display:none'>KAMELIA</g>", stub),
        ("<g visibility='hidden'><text>KAMELIA</text></g>", stub),
        ("<g style='visibility:hidden'><g visibility='hidden'><text>KAMELIA</text></g></g>", stub),
        ("<text display='none' aria-label='KAMELIA'>KAMELIA</text>", "<text display=\"none\"/>"),
        ("<image display='none' href='data:image/png;base64,KAMELIA'/>", "<image display=\"none\"/>"),
        ("<svg:g xmlns:svg='http://www.w3.org/2000/svg' display='none'>KAMELIA</svg:g>", ""),
        (
            "<style>.st0{display:none;}</style><g class='st0'><text>KAMELIA</text></g>",
            "<style>.st0{display:none;}</style><g display=\"none\"/>",
        ),
        (
            "<g display='none'><path id='a'/><text>KAMELIA</text></g><use href='#%61'/>",
            "<g display='none'><path id='a'/><text display=\"none\"/></g><use href='#%61'/>",
        ),
        ("<rect aria-description='KAMELIA' aria-label='æ'/>", "<rect aria-label=\"æ\"/>"),
    ] {
        assert_eq!(clean(&svg(inside)).unwrap().text, svg(kept), "{inside}");
    }
}

#[test]
fn what_can_be_displayed_again_stays() {
    for inside in [
        "<g display='none' style='display:inline'><text>a</text></g>",
        "<g visibility='hidden'><text visibility='visible'>a</text></g>",
        "<g display='none'><g id='a'><text>a</text></g></g><use href='#a'/>",
        "<g display='none'><linearGradient id='a'/></g><rect fill='url(#a)'/>",
        "<g display='none'><style>rect{fill:red}</style></g>",
        "<g display='none'><animate href='#b' attributeName='x'/></g><rect id='b'/>",
        "<g display='none'><text>a</text><set attributeName='display' to='inline'/></g>",
        "<g display='none'><text>a</text></g><style>g{display:inline}</style>",
        "<g class='a'><text>a</text></g><style>@media print{.a{display:none}}</style>",
        "<g id='a' display='none'><text>a</text></g><style>#a:target{display:inline}</style>",
        "<text id='a' display='none'>a</text><rect aria-labelledby='a'/>",
        "<text><tspan visibility='hidden'>a</tspan>b</text>",
        "<text>display: none</text>",
    ] {
        let text = svg(inside);
        assert_eq!(clean(&text).unwrap().text, text, "{inside}");
    }
}

#[test]
fn what_is_drawn_again_and_again_is_refused() {
    let level = |level: u32| {
        let uses = format!("<use href='#l{}'/>", level + 1).repeat(10);
        format!("<g id='l{level}'>{uses}</g>")
    };
    let levels = |count: u32| (0..count).map(level).collect::<String>() + &format!("<rect id='l{count}'/>");
    assert!(clean(&svg(&levels(4))).is_ok());
    assert!(clean(&svg(&levels(7))).unwrap_err().reason.contains("so often"));
    let by_class = |class: u32| format!(".c{class}{{fill:url(#p{class})}}");
    let pattern = |level: u32| {
        let tiles = format!("<rect class='c{}'/>", level + 1).repeat(10);
        format!("<pattern id='p{level}'>{tiles}</pattern>")
    };
    let style = (0..9).map(by_class).collect::<String>();
    let patterns = (0..8).map(pattern).collect::<String>();
    let nested = format!("<style>{style}</style>{patterns}<rect class='c0'/>");
    assert!(clean(&svg(&nested)).unwrap_err().reason.contains("so often"));
    let gradients = "<linearGradient id='a'/>".to_owned() + &"<rect fill='url(#a)'/>".repeat(50_000);
    assert!(clean(&svg(&gradients)).is_ok());
    assert!(clean(&svg("<g id='a'><use href='#a'/></g>")).is_err());
}

/// A drawing in which each of nine levels draws the next ten times: `part` is a level with what it holds, `reference` what
/// refers to one.
fn bomb(part: &dyn Fn(u32, &str) -> String, reference: &dyn Fn(u32) -> String) -> String {
    let levels = (0..9).map(|level| part(level, &reference(level + 1).repeat(10)));
    svg(&(levels.collect::<String>() + &reference(0)))
}

#[test]
fn references_are_counted_in_every_spelling() {
    let group = |level: u32, inside: &str| format!("<g id='å{level}'>{inside}<rect/></g>");
    for spelling in ["#å", "#%C3%A5", "#%c3%a5", " #å", "#&#9;å", "#&#10;å", "&#35;&#229;"] {
        assert!(clean(&bomb(&group, &|level| format!("<use href='{spelling}{level}'/>"))).is_err(), "{spelling}");
        let pattern = |level: u32, inside: &str| format!("<pattern id='å{level}'>{inside}</pattern>");
        for url in ["url({})", "URL({})", "Url( \"{}\" ) red", "var(--x,url({}))"] {
            let paint = |level: u32| format!("<rect fill='{}'/>", url.replace("{}", &format!("{spelling}{level}")));
            assert!(clean(&bomb(&pattern, &paint)).is_err(), "{url} {spelling}");
        }
    }
    assert!(clean(&bomb(&group, &|level| format!("<use href=\"#xpointer(id('å{level}'))\"/>"))).is_err());
}

#[test]
fn paint_masks_markers_and_filters_are_counted_like_uses() {
    for (name, key) in [("mask", "mask"), ("clipPath", "clip-path"), ("marker", "marker-end"), ("filter", "filter")] {
        let part = |level: u32, inside: &str| format!("<{name} id='a{level}'>{inside}</{name}>");
        let reference = |level: u32| format!("<path d='M0 0' {key}='url(#a{level})'/>");
        assert!(clean(&bomb(&part, &reference)).is_err(), "{name}");
    }
    // The paint of an element is that of all inside it.
    for inherited in ["fill='url(#a{})'", "style='stroke: url(#a{})'", "style='--x:url(#a{})'"] {
        let tiles = "<rect/>".repeat(10);
        let part = |level: u32| {
            let paint = inherited.replace("{}", &(level + 1).to_string());
            format!("<pattern id='a{level}'><g {paint}>{tiles}</g></pattern>")
        };
        let parts = (0..9).map(part).collect::<String>();
        assert!(clean(&svg(&format!("{parts}<rect fill='url(#a0)'/>"))).is_err(), "{inherited}");
    }
    let used = "<rect/>".repeat(1000);
    let uses = format!("<pattern id='p'>{used}</pattern><g id='a'>{used}</g><use fill='url(#p)' href='#a'/>");
    assert!(clean(&svg(&uses)).is_err());
    let hatched = format!("<pattern id='p'><path/></pattern><g fill='url(#p)'>{used}</g>");
    assert!(clean(&svg(&hatched)).is_ok());
}

#[test]
fn filters_and_animations_are_bounded() {
    let filter = |inside: &str| format!("<filter id='f'>{inside}</filter>");
    let blur = "<feGaussianBlur stdDeviation='3'/>";
    let nested = |count: usize| "<g filter='url(#f)'>".repeat(count) + "<rect/>" + &"</g>".repeat(count);
    let listed = |function: &str| format!("<rect style='filter: {}'/>", function.repeat(300));
    let large = |inside: &str| format!("<svg xmlns='{SVG_NAMESPACE}' width='9000' height='9000'>{inside}</svg>");
    let rect = "<rect filter='url(#f)'/>";
    for drawing in [
        svg(&(filter(&blur.repeat(40)) + &nested(60))),
        svg(&(filter(blur) + &rect.repeat(5000))),
        svg(&(filter(blur) + &listed("url(#f) "))),
        svg(&listed("blur(9px) ")),
        svg(&listed("Drop-Shadow(1px 1px 9px red) ")),
        svg(&format!("<style>rect {{ filter: {} }}</style><rect/>", "blur(9px) ".repeat(300))),
        large(&(filter(&"<feSpecularLighting/>".repeat(60)) + rect)),
        large(&(filter("<feConvolveMatrix order='60'/>") + rect)),
        large(&(filter(&"<feTurbulence numOctaves='9'/>".repeat(60)) + rect)),
        svg(&format!("<rect>{}</rect>", "<animate attributeName='x'/>".repeat(5000))),
        svg("<style>g:HAS(g rect) { fill: red }</style>"),
    ] {
        assert_refused_in_danish(&drawing);
    }
    for drawing in [
        svg(&(filter(&blur.repeat(30)) + &nested(4))),
        svg(&(filter(&blur.repeat(8)) + &rect.repeat(300))),
        large(&(filter(&blur.repeat(3)) + &rect.repeat(20))),
        svg(&"<rect><animate attributeName='x'/></rect>".repeat(500)),
    ] {
        assert!(clean(&drawing).is_ok());
    }
}

#[test]
fn deep_nesting_is_bounded() {
    assert!(clean(&svg(&("<g>".repeat(200) + &"</g>".repeat(200)))).is_ok());
    let fault = clean(&svg(&"<g>".repeat(100_000))).unwrap_err();
    assert_eq!(fault.reason, "is nested more than 256 levels deep");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(<svg xmlns='http://www.w3.org/2000/svg'>)?([<>/='\"&;#!? a\u{e6}]|<g|href|url\\(|<!--|<style>|]]>){0,40}") {
        let _ = clean(&text);
    }
}
