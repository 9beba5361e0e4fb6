//! The template filters of our own: words with their places filled in.

use tera::{Error, Kwargs, Map, State, Tera, TeraResult, Value};

use super::words::fill_places;

/// Adds `fill` and `count` to `tera`.
///
/// `{{ words.nav_all | fill(n=12) }}` fills `{n}` in. `{{ words.exercises | count(n=3) }}` takes the text under `one`
/// where n is 1, else the one under `other`, and fills `{n}` and whatever else is given. What they give is escaped.
pub fn register(tera: &mut Tera) {
    tera.register_filter("fill", fill);
    tera.register_filter("count", count);
}

fn fill(word: &str, values: Kwargs, _: &State) -> TeraResult<String> {
    fill_from(word, &values)
}

fn count(word: &Map, values: Kwargs, _: &State) -> TeraResult<String> {
    let number: f64 = values.must_get("n")?;
    let form = if number == 1.0 { "one" } else { "other" };
    match word.get(&form.into()).and_then(Value::as_str) {
        Some(text) => fill_from(text, &values),
        None => Err(Error::message(format!("the word has no text under `{form}`"))),
    }
}

/// A field that is not there would be filled in as nothing, and a slip of the keyboard go unseen.
fn fill_from(text: &str, values: &Kwargs) -> TeraResult<String> {
    if let Some((name, _)) = values.iter().find(|(_, value)| value.is_undefined()) {
        return Err(Error::message(format!("the value of `{name}` is not there")));
    }
    let value =
        |name: &str| values.iter().find(|(key, _)| key.as_str() == Some(name)).map(|(_, value)| value.to_string());
    fill_places(text, value)
        .map_err(|name| Error::message(format!("the word has a place `{{{name}}}` without a value")))
}
