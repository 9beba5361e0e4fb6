//! Plants a canary in an output of each kind, where only the reader of that kind can see it: if a reader misses it, a
//! search without findings proves nothing.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::scanner::{CANARY, Scanner};
use crate::output::{Output, OutputContent};

/// The size of a file that is read in more than one window.
const LARGE: usize = (1 << 20) - 20;

/// Returns the path of a planted output in which `scanner` does not find the canary.
pub(super) fn missed(scanner: &Scanner) -> Option<String> {
    let unseen = planted().into_iter().find(|output| !scanner.scan(output).canary);
    let large = [vec![b' '; LARGE], CANARY.as_bytes().to_vec()].concat();
    let sees_large = || scanner.scan_file("planted.mp4", &mut Cursor::new(large)).canary;
    unseen.map(|output| output.path.to_string()).or_else(|| (!sees_large()).then(|| "planted.mp4".to_owned()))
}

fn planted() -> Vec<Output> {
    let letters =
        |before: &str, after: &str| CANARY.chars().map(|letter| format!("{before}{letter}{after}")).collect::<String>();
    let inline =
        CANARY.split('n').map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join(",{\"t\":\"em\",\"c\":[\"n\"]},");
    let utf16 = |order: fn(u16) -> [u8; 2]| CANARY.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let word = letters("<w:r><w:t xml:space=\"preserve\">", "</w:t></w:r>");
    let slide = letters("<a:r><a:t>", "</a:t></a:r>");
    let cell = letters("<r><t>", "</t></r>");
    let odt = letters("<text:span>", "</text:span>");
    let office = |entry: &str, xml: String| zipped(entry, &xml).unwrap_or_default();
    let output = |path: &str, bytes: Vec<u8>| Output { path: path.into(), content: OutputContent::Bytes(bytes.into()) };
    vec![
        output("planted.html", format!("<!doctype html>\n<p>Før {}</p>\n", letters("", "&shy;")).into_bytes()),
        output(
            "search/planted.js",
            format!("vaertSearchStart({{\"text\":\"{}\"}});\n", letters("<b>", "</b>")).into_bytes(),
        ),
        output(
            "planted.xml",
            format!("<loc>https://example.org/{}</loc>\n", CANARY.replace(' ', "%20").replace('k', "%6B")).into_bytes(),
        ),
        output(
            "print/planted.pdf",
            format!("{{\"parts\":[{{\"body\":[{{\"t\":\"par\",\"c\":[{inline}]}}]}}]}}").into_bytes(),
        ),
        output(
            "planted.svg",
            format!("<svg><text>{}</text></svg>", letters("<tspan x='1'>", "</tspan>\n")).into_bytes(),
        ),
        output("planted.png", [b"\x89PNG\r\n\x1a\n\0\0".as_slice(), CANARY.as_bytes(), b"\xff\0"].concat()),
        output("planted-le.txt", utf16(u16::to_le_bytes)),
        output("planted-be.txt", utf16(u16::to_be_bytes)),
        output("planted.pdf", pdf()),
        output("planted.docx", office("word/document.xml", word)),
        output("planted.pptx", office("ppt/slides/slide1.xml", slide)),
        output("planted.xlsx", office("xl/sharedStrings.xml", cell)),
        output("planted.odt", office("content.xml", odt)),
        output(&format!("{}.html", CANARY.to_uppercase()), Vec::new()),
    ]
}

fn zipped(entry: &str, xml: &str) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(entry, SimpleFileOptions::default())?;
    archive.write_all(xml.as_bytes())?;
    archive.finish().map(Cursor::into_inner)
}

/// Returns a PDF of one page, on which each letter is placed separately.
fn pdf() -> Vec<u8> {
    let letters: String = CANARY.chars().map(|letter| format!("({letter}) ")).collect();
    let content = format!("BT /F1 12 Tf 20 100 Td [{letters}] TJ ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 200] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let mut pdf = "%PDF-1.7\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", pdf.len());
        pdf += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let start = pdf.len();
    pdf += &format!("xref\n0 6\n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    pdf.into_bytes()
}
