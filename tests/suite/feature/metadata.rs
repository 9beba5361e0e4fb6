//! Tests metadata planted in every place of every format: none of it reaches a reader unreported.

use std::io::{Cursor, Read as _, Write as _};

use base64::Engine as _;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use vaert::asset::photo;

use crate::handbook::{Built, Handbook};

const SECRET: &str = "HIDDEN Anna Holm";

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

fn secret() -> Vec<u8> {
    SECRET.as_bytes().to_vec()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Returns an ISO BMFF box.
fn boxed(kind: &[u8], content: &[u8]) -> Vec<u8> {
    joined(&[&u32::try_from(content.len() + 8).unwrap().to_be_bytes(), kind, content])
}

/// Returns a TIFF block whose Artist field is the secret.
fn exif() -> Vec<u8> {
    let length = u32::try_from(SECRET.len()).unwrap().to_be_bytes();
    joined(&[b"MM\0\x2a\0\0\0\x08\0\x01\x01\x3b\0\x02", &length, b"\0\0\0\x1a\0\0\0\0", SECRET.as_bytes()])
}

fn xmp() -> Vec<u8> {
    format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='r'><rdf:Description><dc:creator xmlns:dc='d'>\
         <rdf:Seq><rdf:li>{SECRET}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    .into_bytes()
}

fn profile() -> Vec<u8> {
    let mut profile = vec![0; 128];
    profile[36..40].copy_from_slice(b"acsp");
    let length = u32::try_from(SECRET.len()).unwrap().to_be_bytes();
    joined(&[&profile, b"\0\0\0\x01desc\0\0\0\x90", &length, SECRET.as_bytes()])
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    joined(&[&[0xff, marker], &u16::try_from(content.len() + 2).unwrap().to_be_bytes(), content])
}

/// Returns a JPEG with these segments before its picture and these bytes behind it.
fn jpeg(before: &[u8], behind: &[u8]) -> Vec<u8> {
    let frame = segment(0xc0, &[8, 0, 30, 0, 40, 1, 1, 0x11, 0]);
    let scan = segment(0xda, &[1, 1, 0, 0, 63, 0]);
    joined(&[b"\xff\xd8", before, &frame, &scan, &[1, 2, 3, 0xff, 0xd9], behind])
}

fn png_chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let body = joined(&[kind, content]);
    let mut crc = flate2::Crc::new();
    crc.update(&body);
    joined(&[&u32::try_from(content.len()).unwrap().to_be_bytes(), &body, &crc.sum().to_be_bytes()])
}

fn png(chunks: &[u8], behind: &[u8]) -> Vec<u8> {
    let header = png_chunk(b"IHDR", &[0, 0, 0, 40, 0, 0, 0, 30, 8, 2, 0, 0, 0]);
    let (data, end) = (png_chunk(b"IDAT", b"x"), png_chunk(b"IEND", b""));
    joined(&[b"\x89PNG\r\n\x1a\n", &header, chunks, &data, &end, behind])
}

fn gif(blocks: &[u8], behind: &[u8]) -> Vec<u8> {
    joined(&[b"GIF89a\x28\0\x1e\0\0\0\0", blocks, b"\x2c\0\0\0\0\x28\0\x1e\0\0\x02\x01\x44\0", b"\x3b", behind])
}

fn riff_chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let padding: &[u8] = if content.len() % 2 == 1 { b"\0" } else { b"" };
    joined(&[kind, &u32::try_from(content.len()).unwrap().to_le_bytes(), content, padding])
}

fn riff(kind: &[u8], chunks: &[u8]) -> Vec<u8> {
    riff_chunk(b"RIFF", &joined(&[kind, chunks]))
}

fn webp(chunks: &[u8], behind: &[u8]) -> Vec<u8> {
    let header = riff_chunk(b"VP8X", &[0b1110, 0, 0, 0, 39, 0, 0, 29, 0, 0]);
    let picture = b"\x50\x5a\x00\x9d\x01\x2a\x28\x00\x1e\x00";
    let frame = joined(&[&[0; 16], &riff_chunk(b"VP8 ", picture), &riff_chunk(b"hide", SECRET.as_bytes())]);
    joined(&[&riff(b"WEBP", &joined(&[&header, &riff_chunk(b"ANMF", &frame), chunks])), behind])
}

/// Returns an AVIF of one item of this type, with these boxes behind it.
fn avif(item: &[u8; 4], behind: &[u8]) -> Vec<u8> {
    let infe = boxed(b"infe", &joined(&[b"\x02\0\0\0\0\x01\0\0", item, SECRET.as_bytes(), b"\0"]));
    let items = boxed(b"iinf", &joined(&[b"\0\0\0\0\0\x01", &infe]));
    let handler = boxed(b"hdlr", &joined(&[b"\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0", SECRET.as_bytes(), b"\0"]));
    let size = boxed(b"ispe", b"\0\0\0\0\0\0\0\x28\0\0\0\x1e");
    let secret_property = boxed(b"udes", SECRET.as_bytes());
    let properties = boxed(
        b"iprp",
        &joined(&[
            &boxed(b"ipco", &joined(&[&size, &secret_property])),
            &boxed(b"ipma", b"\0\0\0\0\0\0\0\x01\0\x01\x01\x01"),
        ]),
    );
    let meta =
        boxed(b"meta", &joined(&[b"\0\0\0\0", &handler, &boxed(b"pitm", b"\0\0\0\0\0\x01"), &items, &properties]));
    joined(&[&boxed(b"ftyp", b"avif\0\0\0\0avifmif1"), &meta, &boxed(b"mdat", b"pixels"), behind])
}

/// Returns an icon of one picture.
fn ico() -> Vec<u8> {
    let picture = png(&png_chunk(b"tEXt", SECRET.as_bytes()), SECRET.as_bytes());
    let length = u32::try_from(picture.len()).unwrap().to_le_bytes();
    joined(&[b"\0\0\x01\0\x01\0\x28\x1e\0\0\x01\0\x20\0", &length, &26u32.to_le_bytes(), SECRET.as_bytes(), &picture])
        .into_iter()
        .enumerate()
        .map(|(at, byte)| if at == 18 { 22 + u8::try_from(SECRET.len()).unwrap() } else { byte })
        .collect()
}

fn svg(inside: &str) -> Vec<u8> {
    format!("<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'>{inside}</svg>").into_bytes()
}

/// Returns images with the secret in every place that is cleaned.
fn images() -> Vec<(&'static str, Vec<u8>)> {
    let s = secret();
    let photo = jpeg(&segment(0xfe, &s), &s);
    let data = base64::engine::general_purpose::STANDARD.encode(&photo);
    let app1 = segment(0xe1, &joined(&[b"Exif\0\0", &exif()]));
    vec![
        ("exif.jpg", jpeg(&app1, b"")),
        ("xmp.jpeg", jpeg(&segment(0xe1, &joined(&[b"http://ns.adobe.com/xap/1.0/\0", &xmp()])), b"")),
        ("comment.jpg", jpeg(&segment(0xfe, &s), b"")),
        ("iptc.jpg", jpeg(&segment(0xed, &s), b"")),
        ("more.jpg", jpeg(&segment(0xe2, &joined(&[b"MPF\0", &s])), &joined(&[&jpeg(&app1, b""), &s]))),
        ("profile.jpg", jpeg(&segment(0xe2, &joined(&[b"ICC_PROFILE\0\x01\x01", &profile()])), b"")),
        ("thumbnail.jpg", jpeg(&segment(0xe0, &joined(&[b"JFIF\0\x01\x02\0\0\x01\0\x01\x02\x02", &s])), b"")),
        ("adobe.jpg", jpeg(&segment(0xee, &joined(&[b"Adobe\0\x64\0\0\0\0\x01", &s])), b"")),
        ("text.png", png(&png_chunk(b"tEXt", &s), &s)),
        ("packed.png", png(&png_chunk(b"zTXt", &joined(&[b"Author\0\0", &packed(&s)])), b"")),
        ("wide.png", png(&png_chunk(b"iTXt", &joined(&[b"XML:com.adobe.xmp\0\0\0\0\0", &xmp()])), b"")),
        ("profile.png", png(&png_chunk(b"iCCP", &joined(&[b"x\0\0", &packed(&profile())])), b"")),
        ("named.png", png(&png_chunk(b"iCCP", &joined(&[&s, b"\0\0", &packed(&profile())])), b"")),
        ("exif.png", png(&png_chunk(b"eXIf", &exif()), b"")),
        ("critical.png", png(&png_chunk(b"HIDE", &s), b"")),
        ("comment.gif", gif(&joined(&[b"\x21\xfe", &[s.len() as u8], &s, b"\0"]), b"")),
        ("xmp.gif", gif(&joined(&[b"\x21\xff\x0bXMP DataXMP", &[s.len() as u8], &s, b"\0"]), &s)),
        ("text.gif", gif(&joined(&[b"\x21\x01\x0c123456789012", &[s.len() as u8], &s, b"\0"]), b"")),
        ("loop.gif", gif(&joined(&[b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0", &[s.len() as u8], &s, b"\0"]), b"")),
        (
            "all.webp",
            webp(&joined(&[&riff_chunk(b"EXIF", &exif()), &riff_chunk(b"XMP ", &xmp()), &riff_chunk(b"hide", &s)]), &s),
        ),
        ("profile.webp", webp(&riff_chunk(b"ICCP", &profile()), b"")),
        ("boxes.avif", avif(b"av01", &joined(&[&boxed(b"uuid", &s), &boxed(b"free", &s), &boxed(b"udta", &s), &s]))),
        ("moov.avif", avif(b"av01", &boxed(b"moov", &joined(&[&boxed(b"udta", &s), &boxed(b"hide", &s)])))),
        ("exif.avif", avif(b"Exif", b"")),
        ("icon.ico", ico()),
        ("comment.svg", svg(&format!("<!-- {SECRET} --><rect/>"))),
        ("metadata.svg", svg(&format!("<metadata><x>{SECRET}</x></metadata>"))),
        (
            "inkscape.svg",
            svg(&format!("<g xmlns:i='http://www.inkscape.org/namespaces/inkscape' i:export-filename='{SECRET}'/>")),
        ),
        ("sodipodi.svg", svg(&format!("<s:namedview xmlns:s='x' s:docname='{SECRET}'/><g data-name='{SECRET}'/>"))),
        ("css.svg", svg(&format!("<style>/* {SECRET} */</style><g style='fill:red/* {SECRET} */'/>"))),
        ("text.svg", svg(&format!("<g>{SECRET}</g><?hide {SECRET}?>"))),
        ("photo.svg", svg(&format!("<image href='data:image/png;base64,{data}'/>"))),
        ("css-photo.svg", svg(&format!("<style>g{{fill:url(data:image/jpeg;base64,{data})}}</style>"))),
        ("foto.jfif", photo.clone()),
        ("foto.jpe", photo.clone()),
        ("foto.pjpeg", photo.clone()),
        ("foto.mpo", photo.clone()),
        ("foto", photo.clone()),
        ("foto.pdf", photo.clone()),
        ("foto.txt", photo),
        ("bevægelse.apng", png(&png_chunk(b"tEXt", &s), b"")),
        ("raw.cr2", joined(&[b"II*\0", &s])),
        ("raw.nef", joined(&[b"MM\0*", &s])),
        ("scan", joined(&[b"II*\0", &s])),
        ("scan.jp2", joined(&[b"\0\0\0\x0cjP  ", &s])),
        ("telefon.mp4", joined(&[&boxed(b"ftyp", b"heic\0\0\0\0heic"), &s])),
        ("billede.bmp", joined(&[b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", &s])),
    ]
}

/// Returns whether an output contains the secret, with compressed parts of a PNG decompressed.
fn holds_secret(bytes: &[u8]) -> bool {
    let is_in = |bytes: &[u8]| bytes.windows(6).any(|part| part == b"HIDDEN");
    let packed = bytes.windows(2).enumerate().filter(|(_, pair)| *pair == b"\x78\x9c").map(|(at, _)| at);
    let unpacked = packed.map(|at| {
        let mut unpacked = Vec::new();
        let _ = ZlibDecoder::new(&bytes[at..]).take(1 << 20).read_to_end(&mut unpacked);
        unpacked
    });
    is_in(bytes) || unpacked.into_iter().any(|bytes| is_in(&bytes))
}

fn linked(name: &str, bytes: &[u8]) -> Built {
    Handbook::new()
        .file("index.md", &format!("# F\n\nHent [filen](<{name}>).\n"))
        .bytes(name, bytes)
        .keep_going()
        .build()
}

#[test]
fn no_image_says_more_than_its_picture() {
    for (name, bytes) in images() {
        assert!(
            name.contains("profile") || name.contains("named") || name.contains("photo") || holds_secret(&bytes),
            "{name}"
        );
        let built = linked(name, &bytes);
        let codes = built.codes();
        assert!(codes.is_empty() || codes == ["unreadable-file"], "{name}: {}", built.report());
        let leaking: Vec<_> =
            built.outputs.iter().filter(|(_, bytes)| holds_secret(bytes)).map(|(path, _)| path).collect();
        assert!(leaking.is_empty(), "{name}: {leaking:?}");
    }
}

#[test]
fn what_can_be_cleaned_is_published() {
    let refused = ["exif.avif", "raw.cr2", "raw.nef", "scan", "scan.jp2", "telefon.mp4", "billede.bmp"];
    for (name, bytes) in images() {
        let built = linked(name, &bytes);
        assert_eq!(built.codes().is_empty(), !refused.contains(&name), "{name}: {}", built.report());
    }
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn office(part: &str, xml: &str) -> Vec<u8> {
    zip(&[("[Content_Types].xml", b"<Types/>"), (part, xml.as_bytes())])
}

fn pdf(objects: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n{objects}\ntrailer\n<< /Root 1 0 R /Info 4 0 R >>\n%%EOF\n"
    )
    .into_bytes()
}

fn frame(name: &str, content: &[u8]) -> Vec<u8> {
    joined(&[name.as_bytes(), &u32::try_from(content.len()).unwrap().to_be_bytes(), b"\0\0", content])
}

fn id3(frame: &[u8]) -> Vec<u8> {
    let length = u8::try_from(frame.len()).unwrap();
    joined(&[b"ID3\x03\0\0\0\0", &[length >> 7, length & 0x7f], frame, b"\xff\xfb\x90\x64"])
}

fn vorbis() -> Vec<u8> {
    let field = format!("ARTIST={SECRET}");
    let length = u32::try_from(field.len()).unwrap().to_le_bytes();
    joined(&[b"\x04\0\0\0Lavf\x01\0\0\0", &length, field.as_bytes()])
}

fn ebml(id: &[u8], content: &[u8]) -> Vec<u8> {
    joined(&[id, &[0x80 | u8::try_from(content.len()).unwrap()], content])
}

/// Returns files of other formats with the secret in every place in which metadata is found.
fn attachments() -> Vec<(&'static str, Vec<u8>)> {
    let s = secret();
    let photo = jpeg(&segment(0xe1, &joined(&[b"Exif\0\0", &exif()])), b"");
    let film = |boxes: &[u8]| {
        joined(&[&boxed(b"ftyp", b"isom\0\0\0\0isom"), &boxed(b"moov", boxes), &boxed(b"mdat", b"film")])
    };
    let stream = |dict: &str, data: &str| {
        format!("5 0 obj\n<< {dict} /Length {} >>\nstream\n{data}\nendstream\nendobj", data.len())
    };
    let packet = String::from_utf8(xmp()).unwrap();
    let element = |name: &str| format!("<p xmlns:dc='d'><dc:{name}>{SECRET}</dc:{name}></p>");
    vec![
        ("a.pdf", pdf(&format!("4 0 obj\n<< /Author ({SECRET}) >>\nendobj"))),
        ("b.pdf", pdf(&format!("4 0 obj\n<< /Title ({SECRET}) /Producer (Skia) >>\nendobj"))),
        ("c.pdf", pdf(&format!("4 0 obj\n<< /Producer ({SECRET}) >>\nendobj"))),
        ("d.pdf", pdf(&stream("/Type /Metadata /Subtype /XML", &packet))),
        ("e.pdf", pdf(&format!("4 0 obj\n<< /Type /Annot /Subtype /Text /T ({SECRET}) /Contents (Ret) >>\nendobj"))),
        ("a.docx", office("docProps/core.xml", &element("creator"))),
        ("b.docx", office("docProps/core.xml", &element("lastModifiedBy"))),
        ("c.docx", office("docProps/app.xml", &element("Company"))),
        ("d.docx", office("word/document.xml", &format!("<w:p xmlns:w='w'><w:ins w:author='{SECRET}'/></w:p>"))),
        ("e.docx", office("word/comments.xml", &format!("<w:c xmlns:w='w'><w:t>{SECRET}</w:t></w:c>"))),
        (
            "f.docx",
            office(
                "word/document.xml",
                &format!("<w:p xmlns:w='w'><w:del><w:delText>{SECRET}</w:delText></w:del></w:p>"),
            ),
        ),
        ("g.docx", zip(&[("[Content_Types].xml", b"<Types/>"), ("word/media/image1.jpeg", &photo)])),
        ("h.docx", office("word/_rels/settings.xml.rels", &format!("<r><a Target='file:///C:/{SECRET}'/></r>"))),
        ("a.xlsx", office("xl/workbook.xml", &format!("<w xmlns:x='x'><x:absPath url='C:\\{SECRET}'/></w>"))),
        ("b.xlsx", office("xl/comments1.xml", &format!("<c><authors><author>{SECRET}</author></authors></c>"))),
        ("a.pptx", office("ppt/notesSlides/notesSlide1.xml", &format!("<n><t>{SECRET}</t></n>"))),
        ("a.odt", zip(&[("META-INF/manifest.xml", b"<m/>"), ("meta.xml", element("initial-creator").as_bytes())])),
        (
            "b.odt",
            zip(&[
                ("META-INF/manifest.xml", b"<m/>"),
                ("content.xml", format!("<o xmlns:o='o'><o:annotation><p>{SECRET}</p></o:annotation></o>").as_bytes()),
            ]),
        ),
        ("a.zip", zip(&[("mappe/foto", &photo)])),
        ("b.zip", zip(&[("inde.zip", &zip(&[("a.docx", &office("docProps/core.xml", &element("creator")))]))])),
        ("a.mp4", film(&boxed(b"udta", &boxed(b"\xa9xyz", &s)))),
        (
            "b.mov",
            film(&boxed(
                b"udta",
                &boxed(
                    b"meta",
                    &joined(&[
                        b"\0\0\0\0",
                        &boxed(b"ilst", &boxed(b"\xa9ART", &boxed(b"data", &joined(&[&[0; 8], &s])))),
                    ]),
                ),
            )),
        ),
        ("c.m4v", film(&boxed(b"uuid", &joined(&[&[1; 16], &s])))),
        ("d.3gp", joined(&[&film(b""), &boxed(b"free", &s)])),
        ("e.mp4", film(&boxed(b"trak", &boxed(b"udta", &boxed(b"name", &s))))),
        ("f.mp4", joined(&[&film(b""), &boxed(b"uuid", &joined(&[&[1; 16], &xmp()]))])),
        ("a.mp3", id3(&frame("TPE1", &joined(&[b"\0", &s])))),
        ("b.mp3", id3(&frame("COMM", &joined(&[b"\0eng\0", &s])))),
        ("c.mp3", joined(&[b"\xff\xfb\x90\x64", &[0; 200], b"TAG", &s, &[0; 109]])),
        ("a.wav", riff(b"WAVE", &riff_chunk(b"LIST", &joined(&[b"INFO", &riff_chunk(b"IART", &s)])))),
        ("b.wav", riff(b"WAVE", &riff_chunk(b"bext", &s))),
        ("a.flac", joined(&[b"fLaC\x84", &u32::try_from(vorbis().len()).unwrap().to_be_bytes()[1..], &vorbis()])),
        ("a.ogg", joined(&[b"OggS", &[0; 24], b"\x03vorbis", &vorbis()])),
        (
            "a.mkv",
            joined(&[
                &ebml(b"\x1a\x45\xdf\xa3", b""),
                &ebml(b"\x18\x53\x80\x67", &ebml(b"\x15\x49\xa9\x66", &ebml(b"\x7b\xa9", &s))),
            ]),
        ),
        (
            "b.webm",
            joined(&[
                &ebml(b"\x1a\x45\xdf\xa3", b""),
                &ebml(
                    b"\x18\x53\x80\x67",
                    &ebml(
                        b"\x12\x54\xc3\x67",
                        &ebml(
                            b"\x73\x73",
                            &ebml(b"\x67\xc8", &joined(&[&ebml(b"\x45\xa3", b"ARTIST"), &ebml(b"\x44\x87", &s)])),
                        ),
                    ),
                ),
            ]),
        ),
        ("a.rtf", format!("{{\\rtf1{{\\info{{\\author {SECRET}}}}}Hej}}").into_bytes()),
    ]
}

#[test]
fn what_a_document_film_or_archive_says_is_reported_with_its_words() {
    for (name, bytes) in attachments() {
        let built = linked(name, &bytes);
        assert_eq!(built.codes(), ["metadata-in-file"], "{name}: {}", built.report());
        assert!(built.report().contains("HIDDEN"), "{name}: {}", built.report());
    }
}

#[test]
fn a_file_that_says_nothing_of_anyone_is_published_in_silence() {
    for (name, bytes) in [
        ("a.pdf", pdf("4 0 obj\n<< /Producer (Skia/PDF m120) /CreationDate (D:20260101) >>\nendobj")),
        (
            "a.docx",
            office("docProps/app.xml", "<p><Application>Microsoft Office Word</Application><Pages>3</Pages></p>"),
        ),
        ("a.mp4", joined(&[&boxed(b"ftyp", b"isom\0\0\0\0isom"), &boxed(b"mdat", b"film")])),
        ("a.txt", b"Hej".to_vec()),
        ("a.zip", zip(&[("a.txt", b"Hej")])),
    ] {
        linked(name, &bytes).assert_clean();
    }
}

#[test]
fn what_cannot_be_looked_into_is_said_to_be_unread() {
    let ole = joined(&[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &[0; 600]]);
    for (name, bytes) in
        [("a.doc", ole), ("a.7z", b"7z\xbc\xaf\x27\x1c..".to_vec()), ("a.pdf", b"%PDF-1.4 nothing".to_vec())]
    {
        let built = linked(name, &bytes);
        assert_eq!(built.codes(), ["metadata-in-file"], "{name}");
        assert!(built.report().contains("not looked into"), "{name}: {}", built.report());
    }
}

#[test]
fn a_file_that_may_be_known_is_accepted_by_its_path() {
    let (name, bytes) = ("bilag/a.docx", office("docProps/core.xml", "<p><creator>Anna</creator></p>"));
    let book = |attachments: &str| {
        Handbook::new()
            .settings(&format!("title: T\nattachments: [{attachments}]\n"))
            .file("index.md", "# F\n\nHent [skemaet](bilag/a.docx).\n")
            .bytes(name, &bytes)
            .build()
    };
    book("bilag/a.docx").assert_clean();
    assert_eq!(book("docx").codes(), ["metadata-in-file"]);
    let wrong = book("bilag/b.docx");
    assert_eq!(wrong.codes(), ["metadata-in-file", "invalid-value"]);
    assert!(wrong.report().contains("`bilag/a.docx`"), "{}", wrong.report());
}

#[test]
fn logo_icon_and_theme_are_cleaned_too() {
    let settings = "title: T\nbrand: { logo: logo.svg, favicon: ikon.ico }\n";
    let book = Handbook::new()
        .settings(settings)
        .file("index.md", "# F\n")
        .bytes("logo.svg", &svg(&format!("<!-- {SECRET} -->")))
        .bytes("ikon.ico", &ico())
        .theme_file("assets/plan.svg", &String::from_utf8(svg(&format!("<metadata>{SECRET}</metadata>"))).unwrap());
    let built = book.build();
    built.assert_clean();
    assert!(built.outputs.values().all(|bytes| !holds_secret(bytes)));
    assert!(built.outputs.keys().any(|path| path.contains("plan")));
}

#[test]
fn boxes_in_boxes_are_followed_to_a_bound() {
    let nested = |kind: &[u8], innermost: &[u8]| (0..5_000).fold(innermost.to_vec(), |inside, _| boxed(kind, &inside));
    let film = joined(&[&boxed(b"ftyp", b"isom\0\0\0\0isom"), &nested(b"udta", SECRET.as_bytes())]);
    vaert::asset::metadata::find(&mut Cursor::new(film));
    let image = joined(&[&boxed(b"ftyp", b"avif\0\0\0\0avif"), &nested(b"moov", SECRET.as_bytes())]);
    assert!(photo::clean(&image, photo::Format::Avif).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_it_panic(flips in prop::collection::vec((0usize..4_000, any::<u8>()), 0..6), cut in 0usize..4_000) {
        for (_, mut bytes) in images().into_iter().chain(attachments()) {
            for (at, byte) in &flips {
                let at = at % bytes.len();
                bytes[at] = *byte;
            }
            bytes.truncate(bytes.len().saturating_sub(cut / 16).max(1));
            if let Some(format) = photo::format_of(&bytes) {
                let _ = photo::clean(&bytes, format);
            }
            let _ = vaert::asset::metadata::find(&mut Cursor::new(bytes));
        }
    }
}
