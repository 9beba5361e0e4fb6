//! The command line becomes a call of one command, and its result an exit code.
#![allow(clippy::disallowed_methods, reason = "commands read the clock and write the files that the user asks for")]

mod audience;
mod build;
mod check;
mod completions;
mod drift;
mod edition;
mod explain;
mod init;
mod locate;
mod new;
#[cfg_attr(not(feature = "pdf"), path = "no_press.rs")]
mod press;
#[cfg_attr(not(feature = "pdf"), path = "no_print.rs")]
mod print;
mod progress;
mod publish;
mod report;
mod search;
mod serve;
mod skeleton;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use anstream::ColorChoice;
use anyhow::{Result, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::build::Audience;

/// How to get what a program lacks that was built without its printing press.
const NO_PDF: &str = "this vaert was built without the means to make PDFs\nhelp: build it with the cargo feature `pdf`, \
    which is on by default";

/// How a command that did its work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Nothing is wrong.
    Fine,
    /// The content has errors: exit code 1.
    ContentErrors,
    /// The environment refused some of the work, as was told: exit code 2.
    Failed,
}

/// Turns a folder of Markdown into a handbook of hosting principles: a static site that opens from a file share
///
/// A handbook is a folder with a `handbook.yaml` and Markdown files; `vaert init` makes one to begin with. `vaert build`
/// turns it into `dist/NAME`, whose `index.html` can be opened straight from disk.
#[derive(Parser)]
#[command(name = "vaert", version, propagate_version = true, arg_required_else_help = true, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Colours in messages [NO_COLOR is honoured]
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    color: Color,
}

const EXAMPLES: &str = "\
Examples:
  vaert init haandbog                             start a new handbook in the folder `haandbog`
  vaert new exercise Kameraet --handbook haandbog add an exercise to it
  vaert serve haandbog --open                     show it in the browser while you write
  vaert check haandbog                            look for faults and write nothing
  vaert build haandbog                            build it into `dist/haandbog`
  vaert build haandbog --audience all             and the facilitators' edition beside it
  vaert print haandbog                            make its PDFs: handouts, cards, booklet, poster
  vaert publish haandbog --to /mnt/intranet/www   build it and put it where the readers are
  vaert search 'hvad er værtskab'                 find pages, as the reader's search box does
  vaert drift kunder/nordby                       what has changed below an edition's own items
  vaert explain broken-link                       what a code in a message means

Commands look for the handbook here, then in `content`, unless you name its folder.

Exit codes: 0 fine, 1 errors in the content, 2 wrong usage or an environment that does not play along.";

#[derive(Subcommand)]
enum Command {
    Build(build::Arguments),
    Check(check::Arguments),
    Publish(publish::Arguments),
    Print(print::Arguments),
    Serve(serve::Arguments),
    Init(init::Arguments),
    New(new::Arguments),
    Search(search::Arguments),
    Drift(drift::Arguments),
    Explain(explain::Arguments),
    Completions(completions::Arguments),
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// What `build` and `check` have in common.
#[derive(Args)]
struct Selection {
    /// Folders that hold a `handbook.yaml` [default: `.` or `content`, whichever does]
    #[arg(value_name = "HANDBOOK")]
    handbooks: Vec<PathBuf>,
    /// Whose edition
    #[arg(long, value_enum, default_value = "participant")]
    audience: AudienceChoice,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
    /// How to tell of faults: with the lines they are in, one line each, or as JSON, one object a line
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum AudienceChoice {
    /// What participants read
    Participant,
    /// With what only facilitators may see
    Facilitator,
    /// Both editions
    All,
}

impl AudienceChoice {
    fn audiences(self) -> &'static [Audience] {
        match self {
            AudienceChoice::Participant => &[Audience::Participant],
            AudienceChoice::Facilitator => &[Audience::Facilitator],
            AudienceChoice::All => &[Audience::Participant, Audience::Facilitator],
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Short,
    Json,
}

/// Folders of editions that are spoken for in this run.
type Taken = Mutex<BTreeSet<PathBuf>>;

/// Keeps the second of two handbooks with one name from replacing the edition of the first.
fn claim(folder: &Path, taken: &Taken) -> Result<()> {
    if !taken.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned()) {
        bail!(
            "two handbooks would be built into `{}`\nhelp: give one of them another `name` in its `handbook.yaml`",
            folder.display()
        );
    }
    Ok(())
}

/// Runs the command that the program was called with.
///
/// Gives 0 where all is well, 1 for errors in the content, 2 for wrong usage and for what the environment refuses.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
    .write_global();
    let result = match arguments.command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Publish(arguments) => publish::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Print(arguments) => print::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        Command::Drift(arguments) => drift::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::ContentErrors) => ExitCode::FAILURE,
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(error) => {
            report::error(&error);
            ExitCode::from(2)
        }
    }
}
