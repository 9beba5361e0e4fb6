//! vaert turns a folder of Markdown into a handbook of hosting principles: a static site, in editions for
//! participants and facilitators.
//!
//! # The pipeline
//!
//! Six stages with plain data between them:
//!
//! ```text
//!          load            parse              resolve         plan          render           write
//! disk ──▶ Snapshot ──▶ Vec<Document> ──▶ (Book, faults) ──▶ Plan ──▶ Output, one by one ──▶ disk | memory
//!          only reader    per file, memo    whole book        whole      per page, memo       only writer
//! ```
//!
//! - [`load`] reads a handbook's folder and its themes into a [`snapshot::Snapshot`].
//! - [`config`] reads the `handbook.yaml` of each layer of an edition, [`layer`] says which layer's file wins, [`outline`]
//!   which files are published and as what.
//! - [`parse`] makes a [`parse::Document`] of each file: typed front matter and the tree of [`model::body`].
//! - [`compose`] makes one text of an item and the one that it builds on.
//! - [`resolve`] makes a [`resolve::book::Book`] of all documents: names, links, terms and references found, the
//!   audience's cut made, every rule checked.
//! - [`search`] makes an index of the book's text and answers questions from it, for the command line and the browser.
//! - [`asset`] cleans the files that pages refer to, [`brand`] checks those that the organisation's look is made of.
//! - [`news`] finds the items that were added, changed and removed since an edition was published last.
//! - [`plan`] lists the pages; [`view`] says what a theme sees of each; [`render`] writes a body as HTML and lets
//!   the [`theme`] set it on a page.
//! - [`drift`] reports changes of the items that an edition replaces; [`sweep`] proves of editions built together that
//!   none contains anything that belongs to another client.
//! - [`print`] says what a template sees of a print-out, and sets it as PDF; [`store`] keeps what was set.
//! - [`write`] puts an edition on disk by difference, [`hosting`] says what a web server is to send with it.
//!
//! [`build`](build::build) is the pure driver from snapshot to outputs; `build`, `check` and the tests call it, and
//! watching is calling it again, without the parts that only print-outs need: [`live`] keeps the state that an editing
//! author is shown, [`serve`] brings it to the browser. [`cache`] keeps results between two calls and shares them
//! between editions. [`cli`] is the command line, [`stamp`] its short cut when nothing has changed.
//!
//! # Invariants
//!
//! 1. Only [`load`], [`write`], [`store`], [`serve`], [`stamp`] and [`cli`] touch disk, clock, environment or terminal. (`clippy.toml`
//!    fences it; the test `layering` holds it.)
//! 2. A stage never changes what an earlier stage made.
//! 3. A template sees `site`, `words`, `nav` and `page` (a part that pages share: `header` and `root` instead of `page`),
//!    nothing else: no function reads the book, the disk, the clock or chance. Content is never a template.
//! 4. A fault in content is a [`diagnostic::Diagnostic`], never an `Err` or a panic; parsing always yields a document.
//! 5. Same snapshot and options, same bytes: sorted maps, no times, no absolute paths.
//! 6. A warm build equals a cold build, diagnostics included: a memo's key is the fingerprint of every input.
//! 7. What an audience may not see is cut out of the tree in [`resolve`], before anything is derived from it.
//! 8. Markdown is parsed once into our own tree, with spans into the source; HTML is one walk over it, search
//!    another, print the third. Trees nest at most [`model::body::MAX_DEPTH`] deep, so a walk may recurse.
//! 9. An edition is built from its own chain of layers alone: a snapshot holds these and no other client's files, and a
//!    cache entry that another edition left is used only where all its inputs are the same.
//! 10. Imports between modules go downward only (held by the test `layering`).

pub mod asset;
pub mod brand;
pub mod build;
pub mod cache;
pub mod chart;
pub mod cli;
pub mod compose;
pub mod config;
pub mod diagnostic;
pub mod drift;
pub mod escape;
pub mod fingerprint;
pub mod hosting;
pub mod language;
pub mod layer;
pub mod live;
pub mod load;
pub mod model;
pub mod news;
pub mod outline;
pub mod output;
pub mod parse;
pub mod plan;
pub mod print;
pub mod render;
pub mod resolve;
pub mod search;
pub mod serve;
pub mod snapshot;
pub mod source;
pub mod stamp;
pub mod store;
pub mod sweep;
pub mod theme;
pub mod view;
pub mod write;
pub mod yaml;
