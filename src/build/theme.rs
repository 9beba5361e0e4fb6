//! The theme layers to the theme of an edition, from memory where nothing has changed.

use std::sync::Arc;

use crate::brand::Font;
use crate::cache::Cache;
use crate::config::{SettingPlace, Settings};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::model::handbook::Instead;
use crate::snapshot::Snapshot;
use crate::theme::{Foundation, Places, Theme};

/// The theme with the words, settings, colours and `fonts` of the edition. What editions share is made once.
pub(super) fn load_theme(
    snapshot: &Snapshot,
    settings: &Settings,
    fonts: &[Font],
    cache: &Cache,
    diagnostics: &mut Vec<Diagnostic>,
) -> Arc<Theme> {
    let handbook = &settings.handbook;
    let files: Vec<_> = snapshot
        .themes
        .iter()
        .map(|theme| {
            (&theme.name, theme.files.values().map(|file| (&file.shown, file.fingerprint())).collect::<Vec<_>>())
        })
        .collect();
    let texts: Vec<_> = settings.layers.iter().map(|layer| (&layer.source.shown, &layer.source.text)).collect();
    let instead = &handbook.instead;
    // Faults in what is said instead point into these texts; editions that say nothing instead share one.
    let said = (*instead != Instead::default()).then_some((instead, &texts));
    let key = Fingerprint::of(&(files, handbook.language, said));
    let (foundation, mut faults) = cache.foundations.get(key).unwrap_or_else(|| {
        let of = |place: SettingPlace| (place.shown, place.range);
        let key = |keys: &[&str]| of(settings.place_of_key(keys));
        let value = |keys: &[&str]| of(settings.place_of(keys));
        let places = Places { key: &key, value: &value };
        let (foundation, faults) = Foundation::load(&snapshot.themes, handbook.language, instead, &places);
        (Arc::new(foundation), faults)
    });
    cache.keep_foundation(key, (Arc::clone(&foundation), faults.clone()));
    diagnostics.append(&mut faults);

    let own_fonts: Vec<Fingerprint> = fonts.iter().map(|font| font.file.fingerprint()).collect();
    let key = Fingerprint::of(&(key, &handbook.brand, own_fonts, texts));
    let (theme, faults) = cache.themes.get(key).unwrap_or_else(|| {
        let place = |color: &str, scheme: &str| {
            let place = settings.place_of(&["brand", "colors", color, scheme]);
            (place.shown, place.range)
        };
        let (theme, faults) = Theme::on(&foundation, &snapshot.themes, &handbook.brand, fonts, &place);
        (Arc::new(theme), faults)
    });
    diagnostics.extend(faults.iter().cloned());
    cache.keep_theme(key, (Arc::clone(&theme), faults));
    theme
}
