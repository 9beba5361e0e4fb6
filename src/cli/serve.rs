//! `vaert serve`: a handbook in the browser, kept up to date while it is edited.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::audience::Edition;
use super::{Format, Outcome, locate, report};
use crate::build::Options;
use crate::diagnostic::Diagnostic;
use crate::live::Site;
use crate::serve::{EditorCommand, Settings, listen, start};

/// Show a handbook in the browser and keep it up to date while you edit
///
/// Pages are built in memory; nothing is written. What cannot be shown as it is now stands as it last was, under a note
/// of what is wrong and where. End with Ctrl-C.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  vaert serve --open                              the handbook here, or in `content`, in your browser
  vaert serve --follow --editor 'code -g {file}:{line}'
                                                  go to the page that was saved; Alt and a double click open its source
  vaert serve --poll                              on a network drive that tells of no changes")]
pub(super) struct Arguments {
    /// Folder that holds a `handbook.yaml` [default: `.` or `content`, whichever does]
    #[arg(value_name = "HANDBOOK")]
    handbook: Option<PathBuf>,
    /// Whose edition
    #[arg(long, value_enum, default_value = "participant")]
    audience: Edition,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
    /// Port; where it is taken, the next free one
    #[arg(long, default_value_t = 4455)]
    port: u16,
    /// Address to listen on; any other than this machine's own lets others read the handbook
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Open the handbook in the browser
    #[arg(long)]
    open: bool,
    /// Look at the disk again and again instead of waiting to be told of changes
    #[arg(long)]
    poll: bool,
    /// Have the browser go to the page that was saved
    #[arg(long)]
    follow: bool,
    /// Command for Alt and a double click on a paragraph; `{file}` and `{line}` are filled in, quotes keep blanks in a word
    #[arg(long, value_name = "COMMAND")]
    editor: Option<EditorCommand>,
}

/// Runs the command, until it is interrupted.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut handbooks = locate::handbooks(arguments.handbook.as_slice())?;
    if let Some(handbook) = handbooks.iter().find(|handbook| !handbook.is_dir()) {
        bail!(
            "looked for a handbook in `{}`, which is not a folder\nhelp: name the folder that holds `handbook.yaml`",
            handbook.display()
        );
    }
    let audience = arguments.audience.audience();
    end_by_interrupt()?;
    let serving = listen(Settings {
        handbook: handbooks.swap_remove(0),
        options: Options { audience, strict: arguments.strict, terms: false, pdf: cfg!(feature = "pdf") },
        address: arguments.host,
        port: arguments.port,
        poll: arguments.poll,
        follow: arguments.follow,
        editor: arguments.editor.clone(),
    })
    .with_context(|| format!("could not serve on {} from port {}", arguments.host, arguments.port))?;
    let address = match serving.address.ip() {
        ip if ip.is_loopback() && ip.is_ipv4() => format!("http://localhost:{}/", serving.address.port()),
        ip if ip.is_unspecified() => format!("http://localhost:{}/", serving.address.port()),
        _ => format!("http://{}/", serving.address),
    };
    if !arguments.host.is_loopback() {
        report::to_stderr(&format!(
            "warning: everyone who can reach {} can read this handbook, drafts' titles in messages included\n",
            arguments.host
        ));
    }
    report::to_stdout(&format!("{address}\nchanges show at once; end with Ctrl-C\n"))?;
    if arguments.open {
        open(&address);
    }
    serving.run(tell).context("the server ended")?;
    Ok(Outcome::Fine)
}

/// Ctrl-C is how this command is meant to end.
fn end_by_interrupt() -> Result<()> {
    ctrlc::set_handler(|| std::process::exit(0)).context("could not prepare for Ctrl-C")
}

/// Prints the problems, as `check` does.
fn tell(site: &Site, problems: &[Diagnostic]) {
    if let Some(failure) = site.failure() {
        report::to_stderr(&format!("error: {failure}\n"));
    }
    if let Some(snapshot) = site.snapshot() {
        // If the terminal is gone, the error cannot be reported anywhere.
        let _ = report::diagnostics(problems, snapshot, Format::Short);
    }
}

/// Opens an address in the user's browser; where no program does, the address printed is enough.
fn open(address: &str) {
    let programs: &[&[&str]] = match std::env::consts::OS {
        "macos" => &[&["open"]],
        "windows" => &[&["cmd", "/C", "start", ""]],
        _ => &[&["xdg-open"], &["gio", "open"]],
    };
    for program in programs {
        let mut command = Command::new(program[0]);
        if start(command.args(&program[1..]).arg(address)) {
            return;
        }
    }
}
