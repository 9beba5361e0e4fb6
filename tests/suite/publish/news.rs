//! "Nyt i håndbogen": what came, changed and went since the handbook was published before.

use std::fs;

use crate::desk::Desk;

/// A handbook that wants news, published on the first day.
fn published() -> Desk {
    let desk = Desk::with_files(&[
        ("index.md", "# Forside\n"),
        ("guide/en.md", "---\nchanges: Fra en tidligere gang\n---\n\n# En\n\nTekst.\n"),
        ("guide/to.md", "# To\n\nTekst.\n"),
    ]);
    desk.write("bog/handbook.yaml", "title: Prøve\nnews: true\n");
    publish(&desk, 1);
    desk
}

/// Publishes on this day of March 2026.
fn publish(desk: &Desk, day: u64) {
    let seconds = (20_513 + day - 1) * 86_400;
    let ran = desk.command("publish bog --to www").env("SOURCE_DATE_EPOCH", seconds.to_string()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// The text of the page of news from its heading on, without markup.
fn news(desk: &Desk) -> Vec<String> {
    let page = desk.read("www/news.html");
    let main = page.split_once("<h1>").unwrap().1.split_once("</main>").unwrap().0;
    let texts = main.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text).trim());
    texts.filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

const EMPTY: &str = "Her kommer til at stå, hvad der er nyt, næste gang håndbogen bliver udgivet.";

#[test]
fn the_first_publication_is_no_news_and_every_page_leads_to_where_news_will_be() {
    let desk = published();
    assert_eq!(news(&desk), ["Nyt i håndbogen", EMPTY]);
    assert!(desk.read("www/guide/en.html").contains("<a href=\"../news.html\">Nyt i håndbogen</a>"));
}

#[test]
fn what_came_changed_and_went_is_told_by_day_with_the_authors_note() {
    let desk = published();
    desk.write("bog/guide/en.md", "---\nchanges: Et nyt trin om kaffe\n---\n\n# En\n\nTekst. Og kaffe.\n");
    desk.write("bog/guide/tre.md", "# Tre\n\nTekst.\n");
    fs::remove_file(desk.at("bog/guide/to.md")).unwrap();
    publish(&desk, 5);
    let fifth = ["5. marts 2026", "Nye sider", "Tre", "Ændrede sider", "En", "Et nyt trin om kaffe", "Taget ud", "To"];
    assert_eq!(news(&desk)[1..], fifth);

    // A slip that is mended later is told without the note of the time before.
    desk.write("bog/guide/en.md", "---\nchanges: Et nyt trin om kaffe\n---\n\n# En\n\nTekst. Og te.\n");
    publish(&desk, 6);
    let sixth = ["6. marts 2026", "Ændrede sider", "En", "5. marts 2026", "Nye sider", "Tre", "Taget ud", "To"];
    assert_eq!(news(&desk)[1..], sixth);
}

#[test]
fn publishing_the_same_again_changes_nothing_on_any_day() {
    let desk = published();
    desk.write("bog/guide/tre.md", "# Tre\n\nTekst.\n");
    publish(&desk, 5);
    let before = (super::tree(&desk.at("www")), desk.read("www/.vaert-manifest"));
    publish(&desk, 9);
    assert_eq!((super::tree(&desk.at("www")), desk.read("www/.vaert-manifest")), before);
}

#[test]
fn a_page_that_another_only_moved_past_is_not_changed() {
    let desk = published();
    desk.write("bog/a/foran.md", "# Foran\n\n[Til en](../guide/en.md)\n");
    publish(&desk, 2);
    assert_eq!(news(&desk)[1..], ["2. marts 2026", "Nye sider", "Foran"]);
}

#[test]
fn what_is_new_today_stays_new_when_it_is_mended_today_and_what_comes_back_is_new() {
    let desk = published();
    desk.write("bog/guide/tre.md", "# Tre\n\nTekst.\n");
    publish(&desk, 2);
    desk.write("bog/guide/tre.md", "# Tre\n\nEn bedre tekst.\n");
    publish(&desk, 2);
    assert_eq!(news(&desk)[1..], ["2. marts 2026", "Nye sider", "Tre"]);
    fs::remove_file(desk.at("bog/guide/tre.md")).unwrap();
    publish(&desk, 3);
    assert_eq!(news(&desk)[1..], ["3. marts 2026", "Taget ud", "Tre"]);
    desk.write("bog/guide/tre.md", "# Tre\n\nTekst.\n");
    publish(&desk, 4);
    assert_eq!(news(&desk)[1..], ["4. marts 2026", "Nye sider", "Tre"]);
}

#[test]
fn only_the_last_five_days_are_told() {
    let desk = published();
    for day in 2..9 {
        desk.write(&format!("bog/guide/dag-{day}.md"), format!("# Dag {day}\n\nTekst.\n"));
        publish(&desk, day);
    }
    let days: Vec<String> = news(&desk).into_iter().filter(|text| text.contains("marts")).collect();
    assert_eq!(days, ["8. marts 2026", "7. marts 2026", "6. marts 2026", "5. marts 2026", "4. marts 2026"]);
}

#[test]
fn a_handbook_that_does_not_ask_for_news_has_no_page_but_is_remembered_for_when_it_does() {
    let desk = published();
    desk.write("bog/handbook.yaml", "title: Prøve\n");
    publish(&desk, 2);
    assert!(!desk.exists("www/news.html") && !desk.read("www/index.html").contains("news.html"));
    desk.write("bog/guide/tre.md", "# Tre\n\nTekst.\n");
    publish(&desk, 3);
    desk.write("bog/handbook.yaml", "title: Prøve\nnews: true\n");
    publish(&desk, 4);
    assert_eq!(news(&desk)[1..], ["3. marts 2026", "Nye sider", "Tre"]);
    desk.run("build bog").is_clean();
    assert!(!desk.exists("dist/bog/news.html") && !desk.read("dist/bog/index.html").contains("news.html"));
}

#[test]
fn the_titles_of_another_handbook_never_become_this_ones_news() {
    let desk = published();
    desk.write("anden/handbook.yaml", "title: Anden\nnews: true\n");
    desk.write("anden/index.md", "# Anden\n");
    desk.run("publish anden --to www --force").is_clean();
    assert_eq!(news(&desk), ["Nyt i håndbogen", EMPTY]);
    assert!(!desk.read("www/.vaert-manifest").contains("guide/"));
}
