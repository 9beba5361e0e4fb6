//! What Typst sees of the world: virtual files in memory, and nothing beside them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::{Press, Sheet};
use crate::snapshot::{Content, File};

/// The virtual file of the contract's JSON.
const DATA: &str = "/print.json";
/// Where the theme's templates lie.
const TEMPLATES: &str = "/print/";

/// A drawing that is tried on a sheet of its own, and the template of that sheet.
const DRAWING: &str = "/drawing.svg";
const DRAWING_TEMPLATE: &str = "/drawing.typ";
const SHEET_FOR_DRAWING: &str = "#set document(title: \"x\", date: auto)\n#set text(lang: \"en\", font: FONTS)\n\
     #image(\"/drawing.svg\", alt: \"x\", width: 100pt)";

/// A virtual file; `source` where it is a template.
struct Virtual {
    bytes: Bytes,
    source: Option<Source>,
}

/// The theme's files.
#[derive(Default)]
pub(super) struct Files {
    files: HashMap<FileId, Virtual>,
    /// What a template is called in messages.
    shown: BTreeMap<String, Arc<str>>,
}

impl Files {
    /// Of the theme's `print/` folder.
    pub(super) fn of_theme(print: &BTreeMap<Arc<str>, File>) -> Self {
        let mut files = Self::default();
        for (path, file) in print {
            let bytes = match &file.content {
                Content::Text(text) => text.as_bytes().to_vec(),
                Content::Bytes(bytes) => bytes.to_vec(),
                Content::OnDisk { .. } => continue,
            };
            let path = format!("/{path}");
            if let Some(id) = id(&path) {
                files.shown.insert(path, Arc::clone(&file.shown));
                files.files.insert(id, Virtual::new(id, bytes));
            }
        }
        files
    }

    /// What the template of this name is called in messages.
    pub(super) fn main(&self, template: &str) -> Arc<str> {
        self.shown_of(&format!("{TEMPLATES}{template}")).unwrap_or_else(|| format!("print/{template}").into())
    }

    /// What the virtual file at `path` is called in messages.
    pub(super) fn shown_of(&self, path: &str) -> Option<Arc<str>> {
        self.shown.get(path).cloned()
    }
}

impl Virtual {
    fn new(id: FileId, bytes: Vec<u8>) -> Self {
        let is_template = id.get().vpath().extension() == Some("typ");
        let source = is_template.then(|| Source::new(id, String::from_utf8_lossy(&bytes).into_owned()));
        Self { bytes: Bytes::new(bytes), source }
    }
}

/// The files of the theme and of one print-out.
pub(super) struct Desk<'a> {
    press: &'a Press,
    main: FileId,
    own: HashMap<FileId, Virtual>,
}

impl<'a> Desk<'a> {
    /// Nothing where the theme does not have the template.
    pub(super) fn new(press: &'a Press, sheet: &Sheet) -> Option<Self> {
        let main = id(&format!("{TEMPLATES}{}", sheet.template)).filter(|main| press.files.files.contains_key(main))?;
        let images = sheet.images.iter().map(|(path, bytes)| (path.as_str(), bytes.to_vec()));
        let own = images.chain([(DATA, sheet.json.clone())]);
        let own = own.filter_map(|(path, bytes)| id(path).map(|id| (id, Virtual::new(id, bytes)))).collect();
        Some(Self { press, main, own })
    }

    /// A sheet with nothing but a drawing.
    pub(super) fn of_drawing(press: &'a Press, bytes: &[u8]) -> Option<Self> {
        let (main, drawing) = (id(DRAWING_TEMPLATE)?, id(DRAWING)?);
        let families: Vec<_> = press.fonts.iter().map(|font| format!("{:?}", font.info().family)).collect();
        let sheet = SHEET_FOR_DRAWING.replace("FONTS", &format!("({},)", families.join(", ")));
        let template = Virtual::new(main, sheet.into_bytes());
        let own = HashMap::from([(main, template), (drawing, Virtual::new(drawing, bytes.to_vec()))]);
        Some(Self { press, main, own })
    }

    /// What a virtual file is called in messages.
    pub(super) fn shown(&self, id: FileId) -> Option<Arc<str>> {
        self.press.files.shown_of(id.get().vpath().get_with_slash())
    }

    fn find(&self, id: FileId) -> FileResult<&Virtual> {
        if let Some(file) = self.own.get(&id).or_else(|| self.press.files.files.get(&id)) {
            return Ok(file);
        }
        let path = id.get();
        if matches!(path.root(), VirtualRoot::Package(_)) {
            let reason = "print templates use no packages: put what is needed into the theme's `print` folder";
            return Err(FileError::Package(PackageError::Other(Some(reason.into()))));
        }
        let reason = format!(
            "a print template sees no file `{}`: it may read the theme's `print` folder, `{DATA}` and the images it names",
            path.vpath().get_with_slash()
        );
        Err(FileError::Other(Some(reason.into())))
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.find(id)?.source.clone().ok_or(FileError::NotSource)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Ok(self.find(id)?.bytes.clone())
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// Same input, same bytes: there is no today.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}
