//! Diagnostics, summaries and errors become text on standard output and standard error.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use anyhow::{Result, anyhow};
use serde::Serialize;

use super::Format;
use crate::diagnostic::{Diagnostic, print};
use crate::snapshot::Snapshot;

/// What a command did with one edition.
pub(super) struct EditionReport {
    /// Name of the edition.
    pub(super) name: String,
    /// Where it was written; nothing where it was not.
    pub(super) written: Option<Written>,
    /// Pages it has.
    pub(super) pages: usize,
    /// Print-outs that were asked for.
    pub(super) print_outs: usize,
    /// Errors found.
    pub(super) errors: usize,
    /// Warnings found.
    pub(super) warnings: usize,
    /// Time it took.
    pub(super) took: Duration,
}

impl EditionReport {
    /// Of an edition that is not written, or not yet.
    pub(super) fn without_files(name: String, pages: usize, found: &[Diagnostic], took: Duration) -> Self {
        let errors = found.iter().filter(|diagnostic| diagnostic.is_error()).count();
        Self { name, written: None, pages, print_outs: 0, errors, warnings: found.len() - errors, took }
    }
}

/// What was done on disk.
pub(super) struct Written {
    /// The edition's folder.
    pub(super) folder: PathBuf,
    /// The files.
    pub(super) files: crate::write::Summary,
}

/// What was told in this run already: editions share files, and with them their faults.
#[derive(Default)]
pub(super) struct Told(BTreeSet<Diagnostic>);

impl Told {
    /// Those of `diagnostics` that were not told before.
    pub(super) fn news(&mut self, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
        diagnostics.iter().filter(|diagnostic| self.0.insert((*diagnostic).clone())).cloned().collect()
    }
}

/// Prints diagnostics: for people to standard error, for tools to standard output.
pub(super) fn diagnostics(diagnostics: &[Diagnostic], snapshot: &Snapshot, format: Format) -> Result<()> {
    if diagnostics.is_empty() {
        return Ok(());
    }
    let sources = sources(snapshot);
    let source_of = |path: &str| sources.get(path).cloned();
    match format {
        Format::Human => {
            let color = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
            to_stderr(&print::human(diagnostics, &source_of, color));
            let code = diagnostics[0].code().name();
            to_stderr(&format!("more on a code: `vaert explain {code}`\n\n"));
            Ok(())
        }
        Format::Short => {
            to_stderr(&print::short(diagnostics, &source_of));
            Ok(())
        }
        Format::Json => to_stdout(&print::json(diagnostics, &source_of)),
    }
}

/// Prints what sums an edition up: a line, for people with another on how to read it, or a JSON object.
pub(super) fn edition(report: &EditionReport, format: Format) -> Result<()> {
    if format == Format::Json {
        let line = serde_json::to_string(&JsonReport::of(report))?;
        return to_stdout(&format!("{line}\n"));
    }
    let open = match &report.written {
        Some(Written { folder, .. }) if format == Format::Human => match report.pages {
            0 => format!("the print-outs lie in {}\n", slashed(&folder.join("print"))),
            _ => format!("open {} in a browser; no server is needed\n", slashed(&folder.join("index.html"))),
        },
        _ => String::new(),
    };
    to_stdout(&format!("{}\n{open}", line(report)))
}

/// Reports the print-outs that were removed because they may hold withdrawn items.
pub(super) fn withdrawn(paths: &[Arc<str>], format: Format) -> Result<()> {
    if format == Format::Json {
        let line = |path| format!("{}\n", serde_json::json!({ "change": "removed", "path": path }));
        return to_stdout(&paths.iter().map(line).collect::<String>());
    }
    if !paths.is_empty() {
        to_stderr(&format!(
            "removed {}: made when the edition held a page that is no longer printed in it; `vaert build --pdf` makes the \
             PDFs anew\n",
            paths.join(", ")
        ));
    }
    Ok(())
}

/// Tells that an edition was not written because a handbook has errors.
pub(super) fn refused(report: &EditionReport, format: Format) -> Result<()> {
    if format == Format::Json {
        return edition(report, format);
    }
    let warnings = match report.warnings {
        0 => String::new(),
        number => format!(", {}", count(number, "warning")),
    };
    let found = match report.errors {
        0 => "another edition has errors".to_owned(),
        number => format!("{}{warnings}", count(number, "error")),
    };
    to_stderr(&format!("`{}` was not written: {found} (`--keep-going` writes what can be shown)\n", report.name));
    Ok(())
}

/// Writes to standard output. That nobody reads on (`vaert … | head`) is no error.
///
/// # Errors
/// Where the text cannot be written for another reason, a full disk say.
pub(super) fn to_stdout(text: &str) -> Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(anyhow!("could not write to standard output: {error}"))
        }
        _ => Ok(()),
    }
}

/// Writes to standard error. Where that fails there is nowhere to tell it.
pub(super) fn to_stderr(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Prints why the command could not do its work.
pub(super) fn error(error: &anyhow::Error) {
    to_stderr(&format!("\u{1b}[1;31merror:\u{1b}[0m {error}\n"));
}

/// `1 page`, `2 pages`.
pub(super) fn count(number: usize, singular: &str) -> String {
    format!("{number} {singular}{}", if number == 1 { "" } else { "s" })
}

fn line(report: &EditionReport) -> String {
    let mut parts = Vec::new();
    for (number, what) in [(report.pages, "page"), (report.print_outs, "print-out")] {
        if number > 0 {
            parts.push(count(number, what));
        }
    }
    let name = match &report.written {
        Some(Written { folder, files }) => {
            parts.push(format!("{} written", count(files.written, "file")));
            parts.push(format!("{} kept", files.kept));
            if files.removed > 0 {
                parts.push(format!("{} removed", files.removed));
            }
            slashed(folder)
        }
        None => report.name.clone(),
    };
    for (number, what) in [(report.errors, "error"), (report.warnings, "warning")] {
        if number > 0 {
            parts.push(count(number, what));
        }
    }
    if report.written.is_none() && report.errors + report.warnings == 0 {
        parts.push("nothing to mend".to_owned());
    }
    format!("{name}: {}, {:.2} s", parts.join(", "), report.took.as_secs_f64())
}

fn slashed(folder: &Path) -> String {
    let shown = folder.display().to_string();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown }
}

fn sources(snapshot: &Snapshot) -> HashMap<Arc<str>, Arc<str>> {
    let layers = snapshot.layers.iter().flat_map(|layer| layer.files.values());
    let themes = snapshot.themes.iter().flat_map(|theme| theme.files.values());
    let settings = snapshot.layers.iter().map(|layer| layer.settings.clone());
    layers
        .chain(themes)
        .filter_map(|file| file.source())
        .chain(settings)
        .map(|source| (source.shown, source.text))
        .collect()
}

#[derive(Serialize)]
struct JsonReport<'a> {
    edition: &'a str,
    folder: Option<String>,
    pages: usize,
    print_outs: usize,
    written: usize,
    kept: usize,
    removed: usize,
    errors: usize,
    warnings: usize,
    seconds: f64,
}

impl<'a> JsonReport<'a> {
    fn of(report: &'a EditionReport) -> Self {
        let files = report.written.as_ref().map(|written| written.files).unwrap_or_default();
        Self {
            edition: &report.name,
            folder: report.written.as_ref().map(|written| slashed(&written.folder)),
            pages: report.pages,
            print_outs: report.print_outs,
            written: files.written,
            kept: files.kept,
            removed: files.removed,
            errors: report.errors,
            warnings: report.warnings,
            seconds: (report.took.as_secs_f64() * 1000.0).round() / 1000.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::Summary;

    fn report(pages: usize, written: Option<Summary>, warnings: usize) -> EditionReport {
        let written = written.map(|files| Written { folder: "dist/vaertskab".into(), files });
        let took = Duration::from_millis(214);
        EditionReport { name: "vaertskab".to_owned(), written, pages, print_outs: 0, errors: 0, warnings, took }
    }

    #[test]
    fn a_summary_counts_in_the_singular_and_in_the_plural() {
        let files = Summary { written: 12, kept: 30, removed: 1 };
        let wanted = "dist/vaertskab: 42 pages, 12 files written, 30 kept, 1 removed, 2 warnings, 0.21 s";
        assert_eq!(line(&report(42, Some(files), 2)), wanted);
        let files = Summary { written: 1, kept: 0, removed: 0 };
        assert_eq!(line(&report(1, Some(files), 0)), "dist/vaertskab: 1 page, 1 file written, 0 kept, 0.21 s");
        assert_eq!(line(&report(2, None, 1)), "vaertskab: 2 pages, 1 warning, 0.21 s");
        assert_eq!(line(&report(2, None, 0)), "vaertskab: 2 pages, nothing to mend, 0.21 s");
    }
}
