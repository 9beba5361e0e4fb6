//! A subject of the plan to the bytes of its page: the view, its fingerprint, and the theme's template.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::html::{self, BodyHtml, Surroundings, definition_id};
use super::shared::SharedPart;
use crate::asset::PublishedAsset;
use crate::cache::Cache;
use crate::diagnostic::Diagnostic;
use crate::escape::push_escaped;
use crate::fingerprint::Fingerprint;
use crate::model::front_matter::Details;
use crate::plan::print_outs::PrintPlan;
use crate::plan::{self, Planned, Subject};
use crate::resolve::book::{Book, ItemIndex, Target};
use crate::theme::{Shared, Theme, Value, shared_value, value_with};
use crate::view::details::{DetailsView, PlainView, RedirectView, details};
use crate::view::glossary::glossary;
use crate::view::header::HeaderView;
use crate::view::navigation::{SideView, navigations, which};
use crate::view::news::NewsView;
use crate::view::overview::{finder, home, section};
use crate::view::page::{Definition, PageView, bare, of_item, root_of};
use crate::view::print_outs::{print_outs, print_outs_of};
use crate::view::register::register;
use crate::view::site::{BrandImages, SitePages, site};
use crate::view::{PageLink, page};

/// An edition with all that its pages share.
#[derive(Debug)]
pub struct Edition {
    /// The book.
    pub book: Book,
    /// The theme.
    pub theme: Arc<Theme>,
    /// Name of its folder.
    pub name: String,
    /// Published files by path inside the layer.
    pub assets: BTreeMap<Arc<str>, PublishedAsset>,
    /// What pages link to; none where the site has no print-outs.
    print_outs: PrintPlan,
    site: Value,
    /// `header` of `header.html`, and what it is on the search page.
    header: [Value; 2],
    /// What stands around the text of a page, by how many folders deep it lies.
    frames: Vec<Frame>,
    /// By section, one for each run of its items.
    navigations: Vec<Vec<Navigation>>,
    /// Of what every page depends on.
    shared: Fingerprint,
    sitemap: Vec<Arc<str>>,
    news: NewsView,
}

/// The navigation of a section, or of a run of its items.
#[derive(Debug)]
struct Navigation {
    /// `nav` of pages.
    nav: Value,
    /// `nav` of `side.html`.
    side: SideView,
    /// Of all that shows in it.
    fingerprint: OnceLock<Fingerprint>,
    /// Rendered, by how many folders deep the page lies.
    rendered: Vec<SharedPart>,
}

/// What stands around the text of pages at one depth.
#[derive(Debug, Default)]
struct Frame {
    head: SharedPart,
    header: SharedPart,
    footer: SharedPart,
}

impl Edition {
    /// Gathers what the pages of an edition share.
    pub fn new(
        book: Book,
        theme: Arc<Theme>,
        name: String,
        assets: BTreeMap<Arc<str>, PublishedAsset>,
        images: &BrandImages,
        news: NewsView,
        planned: Planned,
    ) -> Self {
        let plan = planned.pages;
        let link = |key: &str, path: &str| PageLink {
            title: theme.words.get(key).to_owned().into(),
            path: path.to_owned().into(),
        };
        let if_planned = |key: &str, path: &str| plan.contains_key(path).then(|| link(key, path));
        let pages = SitePages {
            home: link("home", "index.html"),
            finder: if_planned("finder", plan::FINDER),
            glossary: if_planned("glossary", plan::GLOSSARY),
            search: link("search", plan::SEARCH),
            register: link("register", plan::REGISTER),
            news: if_planned("news", plan::NEWS),
            print_outs: if_planned("print_outs", plan::PRINT_OUTS),
        };
        let site = site(&book, &theme, &name, images, pages);
        let shared = Fingerprint::of(&(&site, theme.fingerprint, &assets));
        let header = [true, false].map(|search| shared_value(&HeaderView::of(&site, search)));
        let deepest = plan.keys().map(|path| depth(path)).max().unwrap_or(0);
        let frames = (0..=deepest).map(|_| Frame::default()).collect();
        let navigations = book
            .sections
            .par_iter()
            .map(|section| {
                let deepest = section.items.iter().map(|item| depth(&book.items[*item].address)).max().unwrap_or(0);
                let deepest = deepest.max(depth(&section.address()));
                navigations(&book, section).into_iter().map(|side| Navigation::new(side, deepest)).collect()
            })
            .collect();
        let sitemap =
            plan.iter().filter(|(_, subject)| plan::is_page(**subject)).map(|(path, _)| Arc::clone(path)).collect();
        let has_print_outs = plan.contains_key(plan::PRINT_OUTS);
        let print_outs = if has_print_outs { planned.print_outs.clone() } else { PrintPlan::new() };
        let site = shared_value(&site);
        Self { book, theme, name, assets, print_outs, site, header, frames, navigations, shared, sitemap, news }
    }

    /// Lets pages link to these print-outs alone.
    pub fn link_only_to(&mut self, made: &BTreeSet<Arc<str>>) {
        self.print_outs.retain(|path, _| made.contains(path));
    }

    /// The bytes of the page at `path`.
    ///
    /// # Errors
    /// A fault in a template of the theme.
    pub fn page(&self, path: &Arc<str>, subject: Subject, cache: &Cache) -> Result<Arc<[u8]>, Box<Diagnostic>> {
        if subject == Subject::Sitemap {
            return Ok(self.sitemap().into_bytes().into());
        }
        let view = self.view(path, subject);
        let body = self.body_of(subject);
        let navigation = self.navigation_of(subject);
        let key = cache.remembers_pages().then(|| {
            let body = body.map(|item| self.body_print(item));
            Fingerprint::of(&(self.shared, &view, body, navigation.map(Navigation::fingerprint)))
        });
        if let Some(bytes) = key.and_then(|key| cache.page(path, key)) {
            return Ok(bytes);
        }
        let body = body.map(|item| self.body(item, &view.root)).unwrap_or_default();
        let definitions = self.definitions(&body.concepts);
        let side = navigation.map_or(Ok("".into()), |navigation| self.side(navigation, path, &view.root))?;
        let [head, header, footer] = self.frame(subject, path, &view.root, navigation)?;
        let parts = [
            ("head", head),
            ("header", header),
            ("side", side),
            ("footer", footer),
            ("body", Value::safe_string(&body.html)),
            ("definitions", shared_value(&definitions)),
        ];
        let length: usize = parts.iter().filter_map(|(_, part)| part.as_str()).map(str::len).sum();
        let mut bytes = Vec::with_capacity(length + 4 * 1024);
        let template = format!("{}.html", view.kind);
        let shared = Shared { site: &self.site, nav: navigation.map(|navigation| &navigation.nav) };
        self.theme.render(&template, &shared, value_with(&view, &view.details, parts), &mut bytes)?;
        let bytes: Arc<[u8]> = bytes.into();
        if let Some(key) = key {
            cache.keep_page(path, key, &bytes);
        }
        Ok(bytes)
    }

    fn view<'a>(&'a self, path: &'a str, subject: Subject) -> PageView<'a> {
        let (book, words) = (&self.book, &self.theme.words);
        let bare = |title: &'a str, details| bare(book, path, title, &self.name, details, words);
        match subject {
            Subject::Item(item) => {
                let details = details(book, item, words);
                let mut view = of_item(book, item, self.around(item), &self.name, details, words);
                view.print_outs = print_outs_of(book, &self.print_outs, item);
                view
            }
            Subject::Section(index) => {
                let details = DetailsView::Section(section(book, &book.sections[index]));
                match book.sections[index].index {
                    Some(item) => of_item(book, item, self.around(item), &self.name, details, words),
                    None => bare(&book.sections[index].title, details),
                }
            }
            Subject::Home => {
                let details = DetailsView::Home(home(book));
                match book.front {
                    Some(item) => of_item(book, item, (None, self.around(item).1), &self.name, details, words),
                    None => bare(&book.handbook.title, details),
                }
            }
            Subject::Finder => {
                let details = finder(book).map_or(DetailsView::Page(PlainView {}), DetailsView::Finder);
                bare(words.get("finder"), details)
            }
            Subject::Glossary => bare(words.get("glossary"), DetailsView::Glossary(glossary(book))),
            Subject::Search => bare(words.get("search"), DetailsView::Search(PlainView {})),
            Subject::Register => bare(words.get("register"), DetailsView::Register(register(book))),
            Subject::News => bare(words.get("news"), DetailsView::News(self.news.clone())),
            Subject::PrintOuts => bare(words.get("print_outs"), DetailsView::Print(print_outs(book, &self.print_outs))),
            Subject::NotFound => {
                let mut view = bare(words.get("not_found"), DetailsView::NotFound(PlainView {}));
                view.root = self.absolute_root();
                view
            }
            Subject::Redirect(item) => {
                let target = &book.items[item];
                let details = DetailsView::Redirect(RedirectView {
                    target: format!("{}{}", root_of(path), target.address),
                    title: target.title.clone(),
                });
                bare(words.get("moved_title"), details)
            }
            Subject::Sitemap => bare("", DetailsView::Page(PlainView {})),
        }
    }

    fn body_of(&self, subject: Subject) -> Option<ItemIndex> {
        match subject {
            Subject::Item(item) => Some(item),
            Subject::Section(section) => self.book.sections[section].index,
            Subject::Home => self.book.front,
            _ => None,
        }
    }

    fn side(&self, navigation: &Navigation, path: &str, root: &str) -> Result<Value, Box<Diagnostic>> {
        navigation.rendered[depth(path)].on_page(path, None, |out| {
            let side = shared_value(&navigation.side);
            self.theme.render_part("side.html", &self.site, Some(("nav", &side)), root, out)
        })
    }

    /// What stands around the text of the page at `path`: `head`, `header` and `footer`.
    fn frame(
        &self,
        subject: Subject,
        path: &str,
        root: &str,
        navigation: Option<&Navigation>,
    ) -> Result<[Value; 3], Box<Diagnostic>> {
        // One page has no box in its head, another a way of its own to the root: they share nothing.
        let (own, [header, header_without_search]) = (Frame::default(), &self.header);
        let (frame, header) = match subject {
            Subject::Search => (&own, header_without_search),
            Subject::NotFound => (&own, header),
            _ => (&self.frames[depth(path)], header),
        };
        let section = navigation.map(|navigation| &*navigation.side.nav.path);
        let header = frame.header.on_page(path, section, |out| {
            self.theme.render_part("header.html", &self.site, Some(("header", header)), root, out)
        })?;
        let part = |name| move |out: &mut Vec<u8>| self.theme.render_part(name, &self.site, None, root, out);
        let head = frame.head.on_page(path, None, part("head.html"))?;
        let footer = frame.footer.on_page(path, None, part("footer.html"))?;
        Ok([head, header, footer])
    }

    fn navigation_of(&self, subject: Subject) -> Option<&Navigation> {
        let (section, place) = match subject {
            Subject::Item(item) => {
                let section = self.book.items[item].section?;
                // Items are in order of reading.
                (section, self.book.sections[section].items.binary_search(&item).unwrap_or(0))
            }
            Subject::Section(section) => (section, 0),
            _ => return None,
        };
        self.navigations[section].get(which(&self.book.sections[section], place))
    }

    fn body(&self, item: ItemIndex, root: &str) -> BodyHtml {
        let surroundings = Surroundings { book: &self.book, words: &self.theme.words, assets: &self.assets };
        html::body(&surroundings, item, root)
    }

    /// Stands for all that shows in a body. Its own fingerprint knows its targets and concepts by number only, so
    /// what those are called and where they stand now belongs to it, too, for it and for all that it includes.
    fn body_print(&self, item: ItemIndex) -> Fingerprint {
        let mut bodies = vec![item];
        let mut shown = Vec::new();
        let mut concepts = Vec::new();
        let mut next = 0;
        while let Some(item) = bodies.get(next).copied() {
            next += 1;
            let body = &self.book.items[item].body;
            concepts.extend(body.mentions.iter().map(|mention| mention.concept));
            for target in &body.targets {
                match target {
                    Target::Item { item, fragment } => shown.push(self.shown_of(*item, fragment.as_deref())),
                    Target::Section(section) => shown.push((&self.book.sections[*section].slug, "", "")),
                    Target::Include { item, .. } => {
                        shown.push(self.shown_of(*item, None));
                        if !bodies.contains(item) {
                            bodies.push(*item);
                        }
                    }
                    _ => {}
                }
            }
        }
        Fingerprint::of(&(self.book.items[item].body.fingerprint, shown, self.definitions(&concepts)))
    }

    /// What a link to an item may show of it: address, title, and the text of a heading.
    fn shown_of(&self, item: ItemIndex, fragment: Option<&str>) -> (&str, &str, &str) {
        let item = &self.book.items[item];
        let heading = fragment.and_then(|id| item.body.headings.iter().find(|heading| *heading.id == *id));
        (&item.address, &item.title, heading.map_or("", |heading| &heading.text))
    }

    fn definitions(&self, concepts: &[ItemIndex]) -> Vec<Definition> {
        concepts
            .iter()
            .filter_map(|index| {
                let item = &self.book.items[*index];
                let Details::Concept(concept) = &item.details else { return None };
                Some(Definition {
                    id: definition_id(item),
                    title: item.title.clone(),
                    definition: concept.definition.text.to_string(),
                    path: item.address.to_string(),
                })
            })
            .collect()
    }

    fn around(&self, item: ItemIndex) -> (Option<ItemIndex>, Option<ItemIndex>) {
        let next = Some(item + 1).filter(|next| *next < self.book.items.len());
        (item.checked_sub(1), next)
    }

    /// The path under which the site stands on its host: links of a page that is shown at any address need it.
    fn absolute_root(&self) -> String {
        let Some(url) = &self.book.handbook.site_url else { return String::new() };
        let host = url.find("://").map_or(0, |at| at + 3);
        url[host..].find('/').map_or("/", |at| &url[host + at..]).to_owned()
    }

    fn sitemap(&self) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for path in &self.sitemap {
            xml.push_str("<url><loc>");
            push_escaped(&mut xml, &page::canonical(&self.book, path).unwrap_or_default());
            let _ = writeln!(xml, "</loc></url>");
        }
        xml.push_str("</urlset>\n");
        xml
    }
}

impl Navigation {
    fn new(side: SideView, deepest: usize) -> Self {
        Self {
            nav: shared_value(&side.nav),
            side,
            fingerprint: OnceLock::new(),
            rendered: (0..=deepest).map(|_| SharedPart::default()).collect(),
        }
    }

    fn fingerprint(&self) -> Fingerprint {
        *self.fingerprint.get_or_init(|| Fingerprint::of(&self.side))
    }
}

/// How many folders deep the page at `path` lies.
fn depth(path: &str) -> usize {
    path.matches('/').count()
}
