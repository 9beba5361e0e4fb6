// The search box on every page, the search page, the words marked on the page that a result opens, and the register;
// from a disk and from a web host under a path with a strict policy.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { fileBase, NARROW, WIDE } from "../harness/browser.js";
import { editions } from "../harness/editions.js";
import { pages } from "../harness/pages.js";
import { HURTING } from "../harness/questions.js";
import { MOUNT } from "../harness/server.js";
import { withBrowser } from "../harness/suite.js";

const PAGE = "principper/index.html";
const MANY = "værtskab"; // is on more than twenty pages of several kinds
const folder = editions.participant();
const { open, site } = withBrowser({ [MOUNT]: folder });
const fixture = withBrowser({ [MOUNT]: editions.fixture() });

const field = (page) => page.locator("#search");
const options = (page) => page.getByRole("option");
const results = (page) => page.locator("#search-results > li");
const heading = (page) => page.locator("#search-count");
const kinds = (page) => page.locator("#search-kinds button");
const chosen = (page) => options(page).and(page.locator("[aria-selected=true]"));
const hasFocus = (locator) => locator.evaluate((element) => element === document.activeElement);
const live = (page) => page.locator("form.search [role=status]");

async function openPage(address, { base = site.base, ...rest } = {}) {
  const opened = await open(base, rest);
  await opened.page.goto(base + address);
  return opened;
}

async function type(page, query) {
  await field(page).fill(query);
  await options(page).first().waitFor();
}

async function openResults(query, rest) {
  const opened = await openPage(`search.html?${new URLSearchParams({ q: query })}`, rest);
  await results(opened.page).first().waitFor();
  return opened;
}

/** Puts another engine in the place of the edition's: `search` is the text of a function `(query, options) => answer`. */
function fakeEngine(page, search) {
  const body = `window.vaertSearchStart = () => {}; window.vaertSearch = () => ({ search: ${search} });`;
  return page.route("**/search-engine.*.js", (route) => route.fulfill({ contentType: "text/javascript", body }));
}

const ANSWER = `(query, { from, count, kind }) => Promise.resolve({
  total: 1, kinds: [["page", 1]], corrected: [], suggestions: [],
  results: [{ url: "index.html", title: query, kind: "page", heading: null, excerpt: [[query, true]], words: [], suggestion: false }],
})`;

for (const transport of ["file", "http"]) {
  const base = () => (transport === "file" ? fileBase(folder) : site.base);

  test(`nothing of the search is loaded before it is asked for, over ${transport}`, async () => {
    const { page, faults } = await open(base());
    const loaded = [];
    page.on("request", (request) => loaded.push(request.url()));
    const ofSearch = () => loaded.filter((url) => /search-engine|search-da|\/search\//.test(url));
    await page.goto(base() + PAGE);
    assert.deepEqual(ofSearch(), []);
    await page.keyboard.press("/");
    await type(page, MANY);
    assert.ok(ofSearch().length >= 3, ofSearch().join());
    assert.deepEqual(faults, []);
  });

  test(`all of the search is fetched at once, and each file once, over ${transport}`, async () => {
    const { page, faults } = await open(base());
    const events = [];
    const note = (what) => (request) => { if (/search-[a-z]+\.|\/search\//.test(request.url())) events.push([what, request.url()]); };
    await page.goto(base() + PAGE);
    page.on("request", note("asked"));
    page.on("requestfinished", note("came"));
    await page.keyboard.press("/");
    await type(page, MANY);
    const asked = events.filter(([what]) => what === "asked").map(([, url]) => url);
    const first = events.findIndex(([what]) => what === "came");
    assert.ok(first >= 5, `only ${first} files were asked for before one came`);
    assert.deepEqual(asked, [...new Set(asked)]);
    assert.deepEqual(faults, []);
  });

  test(`results stand below the box while typing, and one of them opens, over ${transport}`, async () => {
    const { page, faults } = await openPage(PAGE, { base: base() });
    await field(page).focus();
    await page.keyboard.type(MANY);
    await options(page).first().waitFor();
    assert.ok((await options(page).count()) <= 9, "eight results, and the way to all");
    const first = await options(page).first().textContent();
    assert.match(first, /ærtskab/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.pathname.endsWith(PAGE));
    assert.ok(first.includes(await page.locator("h1").textContent()), `${first} opens another page`);
    assert.ok((await page.locator("mark.found").count()) > 0, "no word is marked");
    assert.ok(!page.url().includes("mark="), page.url());
    assert.deepEqual(faults, []);
  });

  test(`Enter in the box opens the search page, and the address keeps the query, over ${transport}`, async () => {
    const { page, faults } = await openPage(PAGE, { base: base() });
    await field(page).fill("hvad gør vi?");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname.endsWith("search.html"));
    assert.equal(new URL(page.url()).searchParams.get("q"), "hvad gør vi?");
    assert.equal(await field(page).inputValue(), "hvad gør vi?");
    assert.deepEqual(faults, []);
  });

  test(`the search page filters by kind, goes back, and comes back after a reload, over ${transport}`, async () => {
    const { page, faults } = await openResults(MANY, { base: base() });
    const all = await heading(page).textContent();
    assert.ok((await kinds(page).count()) > 2);
    const numbers = (await kinds(page).allTextContents()).map((text) => Number(/\d+$/.exec(text)[0]));
    assert.equal(numbers[0], Number.parseInt(all, 10));
    assert.equal(numbers[0], numbers.slice(1).reduce((sum, number) => sum + number));
    await kinds(page).nth(1).click();
    await page.waitForURL(/kind=/);
    // The address comes before the answer.
    await kinds(page).nth(1).and(page.locator("[aria-pressed=true]")).waitFor();
    assert.equal(Number.parseInt(await heading(page).textContent(), 10), numbers[1]);
    assert.ok(await hasFocus(kinds(page).nth(1)), "focus is lost");
    await page.reload();
    await results(page).first().waitFor();
    assert.equal(await kinds(page).nth(1).getAttribute("aria-pressed"), "true");
    await page.goBack();
    await page.waitForFunction((was) => document.querySelector("#search-count").textContent === was, all);
    assert.equal(await field(page).inputValue(), MANY);
    assert.deepEqual(faults, []);
  });

  test(`each submitted query is a place to come back to, and no letter on the way is, over ${transport}`, async () => {
    const { page, faults } = await openResults("værtskab", { base: base() });
    await field(page).fill("borgeren");
    await page.waitForURL(/q=borgeren/);
    await field(page).press("Enter");
    await field(page).fill("øvelse");
    await page.waitForURL(/q=%C3%B8velse/);
    assert.match(await page.title(), /^øvelse – /);
    await field(page).press("Enter");
    await page.goBack();
    await page.waitForURL(/q=borgeren/);
    assert.equal(await field(page).inputValue(), "borgeren");
    await page.goBack();
    assert.equal(await field(page).inputValue(), "værtskab");
    assert.match(await page.title(), /^værtskab – /);
    assert.deepEqual(faults, []);
  });
}

test("the keyboard goes round in the box", async () => {
  const { page } = await openPage(PAGE);
  const link = page.locator("main a").first();
  await link.focus();
  await page.keyboard.press("/");
  assert.ok(await hasFocus(field(page)));
  assert.equal(await field(page).inputValue(), "", "the shortcut is typed");
  await type(page, MANY);
  assert.equal(await field(page).getAttribute("aria-expanded"), "true");
  assert.equal(await chosen(page).count(), 0);
  await page.keyboard.press("ArrowDown");
  assert.equal(await field(page).getAttribute("aria-activedescendant"), await chosen(page).getAttribute("id"));
  assert.ok(await hasFocus(field(page)), "focus leaves the field");
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen(page).count(), 0, "the field is before the first");
  await page.keyboard.press("ArrowUp");
  assert.match(await chosen(page).textContent(), /^Se alle \d+ resultater$/);
  await page.keyboard.press("Escape");
  assert.equal(await options(page).count(), 0);
  assert.equal(await field(page).getAttribute("aria-expanded"), "false");
  assert.equal(await field(page).inputValue(), MANY);
  await page.keyboard.press("ArrowDown");
  await options(page).first().waitFor();
  for (const press of ["Escape", "Escape"]) await page.keyboard.press(press);
  assert.equal(await field(page).inputValue(), "");
  await page.keyboard.press("Escape");
  assert.ok(await hasFocus(link), "focus does not come back");
});

test("the way to all results opens them", async () => {
  const { page } = await openPage(PAGE);
  await type(page, MANY);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname.endsWith("search.html"));
  await results(page).first().waitFor();
  assert.equal(await field(page).inputValue(), MANY);
});

test("a slash that is typed into a field is a slash, and Ctrl-K works there too", async () => {
  const { page } = await fixture.open(fixture.site.base);
  await page.goto(`${fixture.site.base}oevelser/ved-doeren/det-foerste-blik.html`);
  const area = page.locator("textarea").first();
  await area.focus();
  await page.keyboard.press("/");
  assert.equal(await area.inputValue(), "/");
  await page.keyboard.press("Control+k");
  assert.ok(await hasFocus(field(page)));
  await page.keyboard.press("Escape");
  assert.ok(await hasFocus(area));
});

test("a screen reader hears how many results there are once typing rests", async () => {
  const { page } = await openPage(PAGE);
  await type(page, MANY);
  assert.equal(await live(page).textContent(), "");
  const total = /\d+/.exec(await options(page).last().textContent())[0];
  await page.waitForFunction(() => document.querySelector("form.search [role=status]").textContent);
  assert.equal((await live(page).textContent()).trim(), `${total} resultater`);
});

test("leaving the box closes it, by Tab and by a press beside it", async () => {
  const { page } = await openPage(PAGE);
  await type(page, MANY);
  await page.keyboard.press("Tab");
  assert.equal(await options(page).count(), 0);
  await type(page, `${MANY} `);
  await page.locator("h1").click({ position: { x: 2, y: 2 } });
  assert.equal(await options(page).count(), 0);
});

test("on a phone a button opens the box, and a tap opens a result", async () => {
  const { page, faults } = await openPage(PAGE, { viewport: NARROW, hasTouch: true, isMobile: true });
  const button = page.getByRole("button", { name: "Søg" });
  assert.ok(!(await field(page).isVisible()));
  await button.tap();
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  assert.ok(await hasFocus(field(page)));
  await type(page, MANY);
  const panel = await page.locator(".search-panel").boundingBox();
  assert.ok(panel.x >= 0 && panel.x + panel.width <= NARROW.width && panel.y + panel.height <= NARROW.height);
  for (const box of [await button.boundingBox(), await options(page).last().boundingBox()]) {
    assert.ok(box.height >= 44 && box.width >= 44, `${box.width} × ${box.height}`);
  }
  await options(page).nth(1).tap();
  await page.waitForURL((url) => !url.pathname.endsWith(PAGE));
  assert.deepEqual(faults, []);
});

test("the page lists ten, then ten more, and focus goes to the first of those", async () => {
  const { page } = await openResults(MANY);
  assert.equal(await results(page).count(), 10);
  await page.getByRole("button", { name: "Vis flere" }).click();
  await results(page).nth(10).waitFor();
  assert.equal(await results(page).count(), 20);
  assert.ok(await hasFocus(results(page).nth(10).locator("a")));
  await page.reload();
  await results(page).nth(10).waitFor();
});

test("every result leads to a page that is there, and to a heading on it", async () => {
  const { page } = await openResults(MANY);
  const all = new Set(pages(folder).map((found) => found.path));
  for (const link of await results(page).locator("a").evaluateAll((links) => links.map(({ href }) => href))) {
    const url = new URL(link);
    const address = decodeURIComponent(url.pathname.slice(MOUNT.length));
    assert.ok(all.has(address), link);
    const html = readFileSync(path.join(folder, address), "utf8");
    if (url.hash) assert.ok(html.includes(`id="${decodeURIComponent(url.hash.slice(1))}"`), link);
  }
});

test("what was found is marked in titles and headings, too", async () => {
  const { page, faults } = await openResults("samtale");
  const marks = (all) => all.locator("mark").allTextContents();
  const sources = results(page).filter({ hasText: "Samtalen ved skranken" });
  assert.deepEqual(await marks(sources.locator(".result-place")), ["Samtalen"]);
  await page.goto(`${site.base}${PAGE}`);
  await field(page).fill("ønsker");
  await options(page).first().waitFor();
  const wishes = options(page).filter({ hasText: "Vi tager borgerens ønske alvorligt" }).first();
  assert.deepEqual(await marks(wishes.locator(".result-title")), ["ønske"]);
  assert.deepEqual(faults, []);
});

test("a word that holds signs beside letters is marked as the whole that the search takes it for", async () => {
  // Vowels of Arabic and Hindi are no letters to Unicode, but belong to words.
  for (const word of ["كَتَبَ", "गीत"]) {
    const { page } = await openPage(PAGE);
    const inTitle = await page.evaluate((word) => {
      const result = { url: "a.html", title: `A ${word}`, kind: "page", heading: "", excerpt: [], words: [word] };
      return window.vaert.ui.parts(result).title.filter((part) => part.tagName === "MARK").map((mark) => mark.textContent);
    }, word);
    assert.deepEqual(inTitle, [word]);
    await page.route(`**/${PAGE}*`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("</h1>", ` ${word}</h1>`) });
    });
    await page.goto(`${site.base}${PAGE}?mark=${encodeURIComponent(word)}`);
    assert.deepEqual(await page.locator("mark.found").allTextContents(), [word]);
  }
});

test("a slip of the finger is mended, and the page says so", async () => {
  const { page } = await openResults("vrætskab");
  assert.equal(await page.locator(".search-note").textContent(), "Viser resultater for »værtskab«");
  assert.match(await results(page).first().textContent(), /ærtskab/);
});

test("where nothing is found the page says what to try", async () => {
  const { page, faults } = await openPage("search.html?q=xqzzywvk");
  await page.getByText("Ingen resultater").waitFor();
  assert.ok(await page.getByText("Prøv et kortere ord").isVisible());
  for (const name of [/^Begreber/, /^Register/]) {
    assert.ok(await page.locator("main").getByRole("link", { name }).isVisible());
  }
  await field(page).fill(MANY);
  await results(page).first().waitFor();
  assert.ok(!(await page.getByText("Prøv et kortere ord").isVisible()));
  assert.deepEqual(faults, []);
});

test("the answer to an older question does not overtake the newest", async () => {
  const slow = `(query, options) => new Promise((done) => setTimeout(done, query === "a" ? 400 : 0)).then(() => (${ANSWER})(query, options))`;
  for (const [address, shown] of [[PAGE, options], ["search.html", results]]) {
    const { page } = await open(site.base);
    await fakeEngine(page, slow);
    await page.goto(site.base + address);
    await field(page).focus();
    await page.keyboard.type("a");
    await page.keyboard.type("b");
    await shown(page).first().waitFor();
    await page.waitForTimeout(600);
    assert.match(await shown(page).first().textContent(), /^ab/);
  }
});

test("what could be meant is offered, and asked for by a click", async () => {
  const meant = `(query, options) => (${ANSWER})(query, options).then((answer) => query === "værtskab" ? answer :
    { ...answer, total: 0, kinds: [], suggestions: ["værtskab"], results: [{ ...answer.results[0], suggestion: true }] })`;
  const { page } = await open(site.base);
  await fakeEngine(page, meant);
  await page.goto(`${site.base}search.html?q=fartskab`);
  await page.getByRole("heading", { name: "Mente du …?" }).waitFor();
  assert.equal(await page.locator("#search-near-results > li").count(), 1);
  assert.equal(await results(page).count(), 0);
  assert.deepEqual((await page.evaluate(() => window.vaert.search("fartskab"))).map(({ suggestion }) => suggestion), [true]);
  await page.locator("#search-suggestions a").click();
  await results(page).first().waitFor();
  assert.equal(await field(page).inputValue(), "værtskab");
  await page.goto(site.base + PAGE);
  await type(page, "fartskab");
  assert.deepEqual(await options(page).allTextContents(), ["Mente du »værtskab«?"]);
  await options(page).first().click();
  await page.waitForURL(/search\.html\?q=v%C3%A6rtskab/);
});

for (const address of [PAGE, "search.html"]) {
  test(`a search that cannot be fetched says so, and comes when it can, on ${address}`, async () => {
    const { page } = await open(site.base);
    let isCut = true;
    await page.route("**/search/**", (route) => (isCut ? route.abort() : route.continue()));
    await page.goto(site.base + address);
    await field(page).fill(MANY);
    await page.locator("form.search").getByText("Søgningen kunne ikke hentes", { exact: false }).first().waitFor();
    isCut = false;
    await field(page).fill(`${MANY} `);
    await page.locator("#search-results > li, [role=option]").first().waitFor();
  });
}

test("a script may ask, as soon as the page is loaded", async () => {
  for (const base of [site.base, fileBase(folder)]) {
    const { page } = await openPage("search.html", { base });
    const found = await page.evaluate((query) => window.vaert.search(query), MANY);
    assert.ok(found.length > 10 && found.length <= 50);
    for (const result of found) {
      assert.deepEqual(Object.keys(result).sort(), ["excerpt", "kind", "suggestion", "title", "url"]);
      assert.equal(typeof result.excerpt, "string");
    }
    assert.deepEqual(await page.evaluate(() => window.vaert.search("xqzzywvk")), []);
  }
});

test("a script gets what may have been meant last, and the page shows it so", async () => {
  const { page, faults } = await openPage("search.html");
  const found = await page.evaluate(() => window.vaert.search("samtaleteknik"));
  assert.ok(found.length > 0 && found.every(({ suggestion }) => suggestion === true), JSON.stringify(found));
  const beside = await page.evaluate(() => window.vaert.search("sletter"));
  const order = beside.map(({ suggestion }) => suggestion);
  assert.deepEqual(order, order.toSorted((one, other) => one - other));
  await field(page).fill("samtaleteknik");
  await page.getByRole("heading", { name: "Mente du …?" }).waitFor();
  assert.equal(await results(page).count(), 0);
  assert.equal(await page.locator("#search-near-results > li").count(), found.length);
  const top = async (name) => (await page.locator(name).boundingBox()).y;
  assert.ok(await top("#search-empty") < await top("#search-near"), "that nothing was found is said first");
  assert.ok(await top("#search-near") < await top("#search-try"), "what may have been meant comes before the tips");
  assert.deepEqual(await page.locator("#search-suggestions a").allTextContents(), ["samtale"]);
  assert.deepEqual(faults, []);
});

test("a script may ask anything, and has its answer within a second", async () => {
  const { page, faults } = await openPage("search.html");
  const hard = [...HURTING, "\ud800", "borger \udc00 vært", "\ud83d borger", `"${"æ ".repeat(5000)}"`, "værtskabsøvelse".repeat(600)];
  const slow = await page.evaluate(async (all) => {
    const over = [];
    for (const question of all) {
      const began = performance.now();
      const answer = await window.vaert.search(question);
      if (!Array.isArray(answer) || performance.now() - began > 1000) over.push(question.slice(0, 40));
    }
    return over;
  }, hard);
  assert.deepEqual(slow, []);
  assert.deepEqual(faults, []);
});

const HARD = {
  "HTML": '<img src=x onerror="document.title=1"><script>alert(1)</script>',
  "an HTML word": `<b>${MANY}</b>`,
  "ten thousand letters": "værtskab ".repeat(1112),
  "one word of ten thousand letters": "æ".repeat(10_000),
  "small words alone": "og i at det er",
  "signs alone": "…?!»«%&=#+\\\"'[](){}^$.*|",
  "Arabic": "مرحبا بالضيف",
  "an emoji": "👩‍👩‍👧 🙂",
  "a name of every object": "constructor __proto__ toString",
};
for (const [name, query] of Object.entries(HARD)) {
  test(`a query of ${name} harms nothing`, async () => {
    const { page, faults } = await open(site.base);
    page.on("dialog", (dialog) => faults.push(`a dialog: ${dialog.message()}`));
    await page.goto(site.base + PAGE);
    await field(page).fill(query);
    await page.waitForFunction(() => document.querySelector(".search-panel:not([hidden]) :is(.search-note, [role=option]):not(:empty)"));
    await page.waitForTimeout(100);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname.endsWith("search.html"));
    await page.locator("#search-found:not([hidden]), #search-empty:not([hidden])").waitFor();
    assert.equal(await field(page).inputValue(), query.trim().slice(0, 1000));
    assert.equal(await page.locator("main img, main script:not([src]), main b").count(), 0);
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `the page is ${wide} pixels too wide`);
    assert.deepEqual(faults, []);
  });
}

test("a title and an excerpt are text, whatever they hold", async () => {
  const { page, faults } = await open(site.base);
  await fakeEngine(page, ANSWER);
  await page.goto(`${site.base}search.html?${new URLSearchParams({ q: HARD.HTML })}`);
  await results(page).first().waitFor();
  assert.equal(await results(page).locator("a").textContent(), HARD.HTML);
  assert.equal(await results(page).locator("mark").textContent(), HARD.HTML);
  assert.deepEqual(faults, []);
});

test("the words that a result was found by are marked, whole and where one reads", async () => {
  const { open: openFixture, site: { base } } = fixture;
  const { page, faults } = await openFixture(base);
  await page.goto(`${base}noter/alt-muligt.html`);
  const height = await page.evaluate(() => document.body.scrollHeight);
  await page.goto(`${base}noter/alt-muligt.html?mark=LAND+main+nordby+hus#tabellen`);
  assert.deepEqual(await page.locator("mark.found").allTextContents(), ["Nordby"]);
  assert.equal(page.url(), `${base}noter/alt-muligt.html#tabellen`);
  assert.equal(await page.evaluate(() => document.body.scrollHeight), height, "lines have moved");
  assert.ok(await page.locator("#tabellen").evaluate((element) => element.getBoundingClientRect().top < 100));
  await page.getByRole("button", { name: "Fjern markering" }).click();
  assert.equal(await page.locator("mark.found").count(), 0);
  assert.ok(!(await page.getByRole("button", { name: "Fjern markering" }).isVisible()));
  await page.goto(`${base}noter/alt-muligt.html?mark=findesikke`);
  assert.ok(!(await page.getByRole("button", { name: "Fjern markering" }).isVisible()));
  assert.deepEqual(faults, []);
});

test("a page that is not there can be searched from", async () => {
  const { page } = await fixture.open(fixture.site.base);
  await page.goto(`${fixture.site.base}findes/slet/ikke.html`);
  await field(page).fill("skranken");
  await options(page).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.endsWith("ikke.html"));
  assert.ok((await page.locator("mark.found").count()) > 0);
});

for (const viewport of [WIDE, NARROW]) {
  test(`without script the box leads to the glossary and the register at ${viewport.width} pixels`, async () => {
    for (const base of [fileBase(folder), site.base]) {
      const { page, faults } = await openPage(PAGE, { base, viewport, javaScriptEnabled: false });
      if (viewport === WIDE) {
        await field(page).fill("værtskab");
        await field(page).press("Enter");
        await page.waitForURL(`${base}search.html?q=v%C3%A6rtskab`);
      } else {
        await page.locator("header").getByRole("link", { name: "Søg" }).click();
      }
      const main = page.locator("main");
      assert.ok(await main.locator(".no-script").isVisible());
      assert.deepEqual(await page.locator("main button:visible, main input:visible").allTextContents(), []);
      await main.getByRole("link", { name: /^Register/ }).click();
      assert.equal(page.url(), `${base}register.html`);
      await page.goBack();
      await main.getByRole("link", { name: /^Begreber/ }).click();
      assert.equal(page.url(), `${base}glossary.html`);
      assert.deepEqual(faults, []);
    }
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing where results are shown, ${colorScheme} at ${viewport.width} pixels`, async () => {
      const { page } = await openPage(PAGE, { viewport, colorScheme, reducedMotion: "reduce" });
      await page.keyboard.press("/");
      await type(page, "vrætskab");
      await page.keyboard.press("ArrowDown");
      assert.deepEqual(await violations(page), []);
      for (const address of ["search.html?q=v%C3%A6rtskab", "search.html?q=vr%C3%A6tskab", "search.html?q=xqzzywvk"]) {
        await page.goto(site.base + address);
        await page.locator("#search-found:not([hidden]), #search-empty:not([hidden])").waitFor();
        assert.deepEqual(await violations(page), [], address);
      }
      await page.goto(`${site.base}${PAGE}?mark=vi`);
      await page.getByRole("button", { name: "Fjern markering" }).waitFor();
      assert.deepEqual(await violations(page), []);
    });
  }
}

test("the register lists every page of the handbook once by its title", async () => {
  const { page } = await openPage("register.html");
  const links = await page.locator(".register a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  const own = ["404.html", "finder.html", "glossary.html", "register.html", "search.html"];
  const expected = pages(folder).filter((found) => found.kind !== "redirect" && !own.includes(found.path));
  assert.deepEqual([...new Set(links)].sort(), expected.map((found) => found.path).sort());
  const letters = await page.locator(".letter h2").allTextContents();
  assert.deepEqual(letters, letters.toSorted(new Intl.Collator("da").compare));
});

async function violations(page) {
  const { violations: all } = await new AxeBuilder({ page }).options({ preload: false }).setLegacyMode().analyze();
  return all.map(({ id, nodes }) => `${id}: ${nodes[0].target.join(" ")} ${nodes[0].failureSummary}`);
}
