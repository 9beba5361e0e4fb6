//! What a page shows of its kind: the item's own keys and what the rest of the book says of it.

use serde::Serialize;

use super::agenda::{AgendaEntry, Material, agenda, materials};
use super::glossary::GlossaryView;
use super::indicator::{IndicatorView, indicator};
use super::news::NewsView;
use super::overview::{FinderView, HomeView, SectionView};
use super::participants::{ParticipantsView, participants};
use super::print_outs::PrintOutsView;
use super::register::RegisterView;
use super::toc::{TocEntry, toc};
use super::{Card, cards, reference_cards, when_name};
use crate::language;
use crate::model::front_matter::Details;
use crate::resolve::book::{Book, ItemIndex};
use crate::theme::Words;

/// The part of a page that depends on its kind; its name is the field that templates find it under.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DetailsView {
    /// Plain text.
    Page(PlainView),
    /// A chapter of the story.
    Case(CaseView),
    /// A principle.
    Principle(PrincipleView),
    /// An exercise.
    Exercise(ExerciseView),
    /// A theme day.
    Workshop(WorkshopView),
    /// A conclusion.
    Conclusion(ConclusionView),
    /// An indicator.
    Indicator(IndicatorView),
    /// A concept.
    Concept(ConceptView),
    /// A section's page.
    Section(SectionView),
    /// The front page.
    Home(HomeView),
    /// The finder for exercises.
    Finder(FinderView),
    /// The glossary.
    Glossary(GlossaryView),
    /// The search page.
    Search(PlainView),
    /// The register.
    Register(RegisterView),
    /// What is new.
    News(NewsView),
    /// The list of print-outs.
    Print(PrintOutsView),
    /// The page for addresses that are not there.
    #[serde(rename = "404")]
    NotFound(PlainView),
    /// A page that leads on to where an item has moved.
    Redirect(RedirectView),
}

impl DetailsView {
    /// The template's name without `.html`.
    pub fn name(&self) -> &'static str {
        match self {
            DetailsView::Page(_) => "page",
            DetailsView::Case(_) => "case",
            DetailsView::Principle(_) => "principle",
            DetailsView::Exercise(_) => "exercise",
            DetailsView::Workshop(_) => "workshop",
            DetailsView::Conclusion(_) => "conclusion",
            DetailsView::Indicator(_) => "indicator",
            DetailsView::Concept(_) => "concept",
            DetailsView::Section(_) => "section",
            DetailsView::Home(_) => "home",
            DetailsView::Finder(_) => "finder",
            DetailsView::Glossary(_) => "glossary",
            DetailsView::Search(_) => "search",
            DetailsView::Register(_) => "register",
            DetailsView::News(_) => "news",
            DetailsView::Print(_) => "print",
            DetailsView::NotFound(_) => "404",
            DetailsView::Redirect(_) => "redirect",
        }
    }
}

/// Nothing beside what every page has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct PlainView {}

/// A chapter of the story.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CaseView {
    /// Number of the chapter, from 1.
    pub number: usize,
    /// How many chapters there are.
    pub count: usize,
    /// Principles that it shows.
    pub principles: Vec<Card>,
    /// Conclusions that it carries.
    pub conclusions: Vec<Card>,
}

/// A principle.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PrincipleView {
    /// Its number, from 1.
    pub number: usize,
    /// The principle in a sentence.
    pub statement: String,
    /// What one sees.
    pub seen: Vec<String>,
    /// What one hears.
    pub heard: Vec<String>,
    /// Exercises that practise it.
    pub exercises: Vec<Card>,
    /// Chapters that show it.
    pub places: Vec<Card>,
    /// Conclusions that speak to it.
    pub conclusions: Vec<Card>,
    /// Concepts that it rests on.
    pub concepts: Vec<Card>,
}

/// An exercise.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ExerciseView {
    /// `workshop` or `between`.
    pub when: &'static str,
    /// How long it takes.
    pub minutes: u32,
    /// Fewest and most participants.
    pub participants: Option<ParticipantsView>,
    /// How participants are grouped.
    pub groups: Option<String>,
    /// What has to be at hand.
    pub materials: Vec<String>,
    /// What it is good for.
    pub purpose: Option<String>,
    /// The question asked.
    pub invitation: Option<String>,
    /// Whether its sheet has room for names.
    pub names: bool,
    /// Headings with minutes.
    pub steps: Vec<TocEntry>,
    /// Principles that it practises.
    pub principles: Vec<Card>,
    /// Theme days that use it, with the time of day.
    pub workshops: Vec<Card>,
    /// Conclusions that it carries.
    pub conclusions: Vec<Card>,
}

/// A theme day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct WorkshopView {
    /// When it starts.
    pub start: String,
    /// When it ends.
    pub end: String,
    /// How long it is, in hours.
    pub hours: String,
    /// Weeks after the first day.
    pub week: Option<u32>,
    /// Its points with clock times.
    pub agenda: Vec<AgendaEntry>,
    /// What its exercises need.
    pub materials: Vec<Material>,
    /// Its exercises.
    pub exercises: Vec<Card>,
}

/// A conclusion.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ConclusionView {
    /// Its number, from 1.
    pub number: usize,
    /// Places that carry it.
    pub evidence: Vec<Card>,
    /// Principles that it speaks to.
    pub principles: Vec<Card>,
}

/// A concept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ConceptView {
    /// What it means.
    pub definition: String,
    /// Its inflected forms.
    pub forms: Vec<String>,
    /// What it is also called.
    pub aliases: Vec<String>,
    /// Items that mention it.
    pub uses: Vec<Card>,
    /// Principles that rest on it.
    pub principles: Vec<Card>,
}

/// Where an old address leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RedirectView {
    /// Relative address of the new page.
    pub target: String,
    /// Its title.
    pub title: String,
}

/// The view of an item's own kind.
pub fn details(book: &Book, index: ItemIndex, words: &Words) -> DetailsView {
    let item = &book.items[index];
    let relations = &book.relations[index];
    match &item.details {
        Details::Page => DetailsView::Page(PlainView {}),
        Details::Case(case) => DetailsView::Case(CaseView {
            number: item.number,
            count: item.section.map_or(0, |section| book.sections[section].count),
            principles: reference_cards(book, &case.principles),
            conclusions: cards(book, &relations.conclusions),
        }),
        Details::Principle(principle) => DetailsView::Principle(PrincipleView {
            number: item.number,
            statement: principle.statement.text.to_string(),
            seen: texts(&principle.seen),
            heard: texts(&principle.heard),
            exercises: cards(book, &relations.exercises),
            places: cards(book, &relations.places),
            conclusions: cards(book, &relations.conclusions),
            concepts: reference_cards(book, &principle.concepts),
        }),
        Details::Exercise(exercise) => DetailsView::Exercise(ExerciseView {
            when: when_name(exercise.when),
            minutes: exercise.minutes,
            participants: participants(exercise.participants),
            groups: exercise.groups.as_ref().map(|groups| groups.text.to_string()),
            materials: texts(&exercise.materials),
            purpose: exercise.purpose.as_ref().map(|purpose| purpose.text.to_string()),
            invitation: exercise.invitation.as_ref().map(|invitation| invitation.text.to_string()),
            names: exercise.names,
            steps: toc(&item.body.headings).into_iter().filter(|entry| entry.minutes.is_some()).collect(),
            principles: reference_cards(book, &exercise.principles),
            workshops: super::agenda::programmes(book, &relations.workshops),
            conclusions: cards(book, &relations.conclusions),
        }),
        Details::Workshop(workshop) => DetailsView::Workshop(WorkshopView {
            start: super::agenda::clock_time(workshop.start),
            end: super::agenda::clock_time(workshop.start.saturating_add(workshop.minutes)),
            hours: language::format_number(f64::from(workshop.minutes) / 60.0, book.handbook.language),
            week: workshop.week,
            agenda: agenda(book, workshop),
            materials: materials(book, workshop),
            exercises: super::agenda::exercises(book, workshop),
        }),
        Details::Conclusion(conclusion) => DetailsView::Conclusion(ConclusionView {
            number: item.number,
            evidence: reference_cards(book, &conclusion.supports),
            principles: reference_cards(book, &conclusion.principles),
        }),
        Details::Indicator(indicator_keys) => DetailsView::Indicator(indicator(book, index, indicator_keys, words)),
        Details::Concept(concept) => DetailsView::Concept(ConceptView {
            definition: concept.definition.text.to_string(),
            forms: texts(&concept.forms),
            aliases: item.aliases.clone(),
            uses: cards(book, &relations.uses),
            principles: cards(book, &relations.principles),
        }),
    }
}

fn texts(values: &[crate::model::front_matter::Value]) -> Vec<String> {
    values.iter().map(|value| value.text.to_string()).collect()
}
