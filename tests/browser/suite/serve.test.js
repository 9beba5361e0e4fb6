// `vaert serve` as an author sees it: pages that follow each save, and what is wrong told over them.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { NARROW } from "../harness/browser.js";
import { serveCopy } from "../harness/live.js";
import { withBrowser } from "../harness/suite.js";

const { open } = withBrowser();
const PRINCIPLE = "principper/01-se-borgeren.md";
const PAGE = "principper/se-borgeren.html";

/** Runs `body` with a page of a served copy open, and asks that nothing went wrong in the browser. */
async function edited(options, body) {
  const author = await serveCopy(options);
  try {
    const { page, faults } = await open(author.base, options.context);
    await options.prepare?.(page);
    // An author saves after having looked: by then the page hears of saves.
    const listens = page.waitForResponse((response) => response.url().includes(options.asks ?? "/_vaert/events"));
    await page.goto(author.base + (options.path ?? PAGE));
    await listens;
    await body(page, author);
    assert.deepEqual(faults.filter((fault) => !options.expected?.test(fault)), []);
  } finally {
    author.close();
  }
}

/** Marks the page, so that a reload can be told from a change in place. */
const mark = (page) => page.evaluate(() => { window.notReloaded = true; });
const isMarked = (page) => page.evaluate(() => window.notReloaded === true);
const appended = (author, file, text) => author.save(file, `${author.read(file)}\n${text}\n`);
const overlay = (page) => page.locator("#vaert-live section");
const badge = (page) => page.locator("#vaert-live .badge");

test("a saved page is reloaded where the reader was, with its folds as they were", async () => {
  await edited({ path: "oevelser/kameraet.html", context: { viewport: NARROW } }, async (page, author) => {
    const folds = page.locator("details");
    assert.ok((await folds.count()) > 0, "a phone folds its menus");
    await folds.first().evaluate((fold) => { fold.open = !fold.open; });
    const opened = await folds.evaluateAll((all) => all.map((fold) => fold.open));
    await page.evaluate(() => scrollTo({ top: 600, behavior: "instant" }));
    const place = await page.evaluate(() => scrollY);
    assert.ok(place > 300);
    appended(author, "oevelser/05-kameraet.md", "Denne linje er helt ny.");
    await page.getByText("Denne linje er helt ny.").waitFor();
    await page.waitForFunction((y) => Math.abs(scrollY - y) < 2, place);
    assert.deepEqual(await folds.evaluateAll((all) => all.map((fold) => fold.open)), opened);
  });
});

test("a page that a save does not change stays as it is, and is offered the page that was saved", async () => {
  await edited({}, async (page, author) => {
    await mark(page);
    appended(author, "om/02-kom-i-gang-paa-30-minutter.md", "Held og lykke.");
    const offer = page.locator("#vaert-live .note a");
    await offer.waitFor();
    assert.ok(await isMarked(page));
    await offer.click();
    await page.waitForURL("**/om/kom-i-gang-paa-30-minutter.html");
    await page.getByText("Held og lykke.").waitFor();
  });
});

test("with --follow the browser goes to the page that was saved", async () => {
  await edited({ flags: ["--follow"] }, async (page, author) => {
    appended(author, "om/02-kom-i-gang-paa-30-minutter.md", "Held og lykke.");
    await page.waitForURL("**/om/kom-i-gang-paa-30-minutter.html");
    await page.getByText("Held og lykke.").waitFor();
  });
});

test("a style sheet is exchanged without a reload", async () => {
  const change = ({ folder, read, save }) => {
    mkdirSync(path.join(folder, "tema/assets"), { recursive: true });
    writeFileSync(path.join(folder, "tema/theme.yaml"), "name: tema\nparent: vaertskab\n");
    writeFileSync(path.join(folder, "tema/assets/print.css"), "h1 { letter-spacing: 1px }\n");
    save("handbook.yaml", read("handbook.yaml").replace(/^theme:.*$/m, "theme: tema"));
  };
  await edited({ change }, async (page, author) => {
    await mark(page);
    const before = await page.locator("link[rel=stylesheet]").evaluateAll((links) => links.map((link) => link.href));
    author.save("tema/assets/print.css", "h1 { letter-spacing: 2px }\n");
    await page.waitForFunction((old) => {
      const now = [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href);
      return now.length === old.length && now.some((href) => !old.includes(href));
    }, before);
    assert.ok(await isMarked(page));
  });
});

test("a broken link is told of over the page, which is shown, and the note goes with the next good save", async () => {
  await edited({}, async (page, author) => {
    const good = author.read(PRINCIPLE);
    appended(author, PRINCIPLE, "Se [vejen](02-findes-ikke.md) videre.");
    await overlay(page).waitFor();
    await page.getByText("videre.").first().waitFor();
    const said = await overlay(page).innerText();
    const line = author.read(PRINCIPLE).split("\n").findIndex((text) => text.includes("findes-ikke")) + 1;
    assert.match(said, /1 fejl/);
    assert.ok(said.includes(`01-se-borgeren.md, linje ${line} · broken-link`), said);
    assert.ok(said.includes("Se [vejen](02-findes-ikke.md) videre."), said);
    assert.equal(await overlay(page).locator("mark").innerText(), "[vejen](02-findes-ikke.md)");
    assert.ok((await overlay(page).locator(".help").innerText()).length > 10);

    await overlay(page).getByRole("button", { name: "Fold sammen" }).click();
    await badge(page).waitFor();
    assert.equal(await overlay(page).count(), 0);
    await page.reload();
    await badge(page).waitFor();
    await badge(page).click();
    await overlay(page).waitFor();

    author.save(PRINCIPLE, good);
    await page.waitForFunction(() => !document.querySelector("#vaert-live")?.shadowRoot.querySelector("section, .badge"));
  });
});

test("front matter that cannot be read leaves the last good page under the note", async () => {
  await edited({}, async (page, author) => {
    const title = await page.locator("h1").innerText();
    author.save(PRINCIPLE, author.read(PRINCIPLE).replace("---\n", "---\nstatement: [\n"));
    await overlay(page).waitFor();
    assert.equal(await page.locator("h1").innerText(), title);
    assert.match(await overlay(page).innerText(), /01-se-borgeren\.md, linje \d+/);
  });
});

test("where nothing could be built yet the report is the page, and the handbook follows once it can be read", async () => {
  const change = ({ read, save }) => save("handbook.yaml", `${read("handbook.yaml")}\nsections: [\n`);
  await edited({ change, path: "index.html", expected: /status 5\d\d/ }, async (page, author) => {
    await overlay(page).waitFor();
    assert.match(await overlay(page).innerText(), /handbook\.yaml/);
    author.save("handbook.yaml", author.read("handbook.yaml").replace("\nsections: [\n", ""));
    await page.locator("h1").waitFor();
    await page.waitForFunction(() => !document.querySelector("#vaert-live")?.shadowRoot.querySelector("section"));
  });
});

test("warnings are a badge that opens the list", async () => {
  await edited({}, async (page, author) => {
    appended(author, PRINCIPLE, "Læs mere [her](02-spoerg-foer-du-svarer.md).");
    await badge(page).waitFor();
    assert.equal(await badge(page).innerText(), "1 advarsel");
    assert.equal(await overlay(page).count(), 0);
    await badge(page).focus();
    await page.keyboard.press("Enter");
    await overlay(page).waitFor();
    assert.match(await overlay(page).innerText(), /vague-link-text/);
  });
});

test("an English handbook is told in English", async () => {
  const change = ({ read, save }) => {
    save("handbook.yaml", "title: Hosting\nlanguage: en\n");
    save("index.md", "See [the way](nowhere.md).\n");
  };
  await edited({ change, path: "index.html" }, async (page) => {
    await overlay(page).waitFor();
    assert.match(await overlay(page).innerText(), /error/);
    assert.match(await overlay(page).innerText(), /index\.md, line 1 · broken-link/);
  });
});

for (const [name, viewport] of [["wide", { width: 1280, height: 900 }], ["narrow", NARROW]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`the note over a page can be read by all, ${name} and ${colorScheme}`, async () => {
      await edited({ context: { viewport, colorScheme } }, async (page, author) => {
        appended(author, PRINCIPLE, "Se [vejen](02-findes-ikke.md) videre.");
        await overlay(page).waitFor();
        const result = await new AxeBuilder({ page }).analyze();
        assert.deepEqual(result.violations.map((violation) => [violation.id, violation.nodes[0].html]), []);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `sideways by ${wide}`);
        if (process.env.VAERT_PICTURES) {
          mkdirSync(process.env.VAERT_PICTURES, { recursive: true });
          await page.screenshot({ path: path.join(process.env.VAERT_PICTURES, `serve-${name}-${colorScheme}.png`) });
        }
      });
    });
  }
}

test("Alt and a double click say where a paragraph is written, and open it in the author's editor", async () => {
  const opened = { file: "" };
  const change = ({ folder }) => {
    opened.file = path.join(folder, "opened.txt");
    writeFileSync(path.join(folder, "editor.sh"), `#!/bin/sh\necho "$1" > '${opened.file}'\n`, { mode: 0o755 });
    opened.command = `${path.join(folder, "editor.sh")} {file}:{line}`;
  };
  const flags = [];
  const prepare = (copy) => {
    change(copy);
    flags.push("--editor", opened.command);
  };
  await edited({ change: prepare, flags }, async (page, author) => {
    const line = author.read(PRINCIPLE).split("\n").findIndex((text) => text.startsWith("## ")) + 1;
    await page.locator("main h2[id]").first().dblclick({ modifiers: ["Alt"] });
    const note = page.locator("#vaert-live .note");
    await note.waitFor();
    assert.ok((await note.innerText()).includes("linje"), await note.innerText());
    for (let wait = 0; wait < 50 && !existsSync(opened.file); wait += 1) await page.waitForTimeout(100);
    assert.match(readFileSync(opened.file, "utf8"), new RegExp(`01-se-borgeren\\.md:${line}\\s`));
  });
});

/** `page` and further tabs of its browser at the same address, twelve in all; `listener()` is the one that listens. */
async function twelveTabs(page) {
  let listening = page;
  const tabs = [page];
  const watch = (tab) => tab.on("request", (request) => { if (request.url().includes("/_vaert/events")) listening = tab; });
  watch(page);
  while (tabs.length < 12) {
    const tab = await page.context().newPage();
    watch(tab);
    await tab.goto(page.url());
    tabs.push(tab);
  }
  return { tabs, listener: () => listening };
}

/** Gives the handbook another title, which every page bears, and waits until all of `tabs` do. */
async function retitle(author, tabs, title) {
  author.save("handbook.yaml", author.read("handbook.yaml").replace(/^title:.*$/m, `title: ${title}`));
  await Promise.all(tabs.map((tab) => tab.waitForFunction((text) => document.title.includes(text), title)));
}

test("twelve tabs follow every save, whichever of them listens, is closed, put to sleep or falls silent", async () => {
  await edited({}, async (page, author) => {
    const { tabs, listener } = await twelveTabs(page);
    const last = tabs.at(-1);
    await last.locator("main a[href$='.html']").first().click();
    await last.waitForURL((url) => !url.href.endsWith(PAGE));
    await retitle(author, tabs, "Efter et klik");

    const close = async (tab) => {
      await tab.close();
      tabs.splice(tabs.indexOf(tab), 1);
    };
    for (const title of ["Uden den første", "Uden den anden"]) {
      await close(listener());
      await retitle(author, tabs, title);
    }

    const asleep = listener();
    const session = await asleep.context().newCDPSession(asleep);
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    await retitle(author, tabs.filter((tab) => tab !== asleep), "Mens en sover");
    await session.send("Page.setWebLifecycleState", { state: "active" });
    await asleep.waitForFunction(() => document.title.includes("Mens en sover"));

    // One that says nothing any more, and keeps the lock.
    const silent = listener();
    await silent.evaluate(() => { EventSource.prototype.addEventListener = BroadcastChannel.prototype.postMessage = () => {}; });
    const other = tabs.find((tab) => tab !== silent);
    await other.clock.install();
    await other.clock.fastForward(40_000);
    await other.waitForFunction(async () => (await navigator.locks.query()).held.length === 1);
    for (let wait = 0; wait < 100 && listener() === silent; wait += 1) await page.context().pages()[0].waitForTimeout(100);
    assert.notEqual(listener(), silent);
    await retitle(author, tabs.filter((tab) => tab !== silent), "Efter en tavs");
    for (const tab of tabs.slice(1)) await tab.close();
  });
});

test("what is wrong is told in every tab, and each keeps its place and its folds", async () => {
  await edited({ path: "oevelser/kameraet.html", context: { viewport: NARROW } }, async (page, author) => {
    const { tabs } = await twelveTabs(page);
    const places = [];
    for (const [at, tab] of tabs.entries()) {
      await tab.locator("details").first().evaluate((fold, open) => { fold.open = open; }, at % 2 === 0);
      await tab.evaluate((top) => scrollTo({ top, behavior: "instant" }), 100 + 20 * at);
      places.push(await tab.evaluate(() => scrollY));
    }
    const good = author.read("oevelser/05-kameraet.md");
    appended(author, "oevelser/05-kameraet.md", "Se [vejen](02-findes-ikke.md) videre.");
    for (const [at, tab] of tabs.entries()) {
      await overlay(tab).waitFor();
      await tab.getByText("videre.").first().waitFor();
      await tab.waitForFunction((y) => Math.abs(scrollY - y) < 2, places[at]);
      assert.equal(await tab.locator("details").first().evaluate((fold) => fold.open), at % 2 === 0);
    }
    author.save("oevelser/05-kameraet.md", good);
    for (const tab of tabs) {
      await tab.waitForFunction(() => !document.querySelector("#vaert-live")?.shadowRoot.querySelector("section, .badge"));
    }
    for (const tab of tabs.slice(1)) await tab.close();
  });
});

for (const missing of ["locks", "BroadcastChannel"]) {
  test(`a browser without ${missing} asks again and again, in every tab`, async () => {
    const prepare = (page) => page.context().addInitScript((name) => {
      Object.defineProperty(name in window ? window : Navigator.prototype, name, { value: undefined });
    }, missing);
    await edited({ prepare, asks: "/_vaert/state" }, async (page, author) => {
      const { tabs, listener } = await twelveTabs(page);
      await retitle(author, tabs, "Set ved at spørge");
      appended(author, "om/02-kom-i-gang-paa-30-minutter.md", "Held og lykke.");
      await page.locator("#vaert-live .note a").waitFor();
      assert.equal(listener(), page, "no tab opened a stream");
      for (const tab of tabs.slice(1)) await tab.close();
    });
  });
}

test("a new page whose front matter cannot be read is a page that says so, and is shown once it can", async () => {
  const change = ({ save }) => save("om/99-ny.md", "---\nsummary: [\n---\n# Ny side\n");
  await edited({ change, path: "om/ny.html", expected: /status (of )?503/ }, async (page, author) => {
    await page.getByRole("heading", { name: "Siden kan ikke vises endnu" }).waitFor();
    assert.match(await overlay(page).innerText(), /99-ny\.md/);
    const result = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(result.violations.map((violation) => [violation.id, violation.nodes[0].html]), []);
    author.save("om/99-ny.md", "# Ny side\n");
    await page.getByRole("heading", { name: "Ny side" }).waitFor();
  });
});
