// Every page, from a disk and from a web host, wide and narrow: nothing fails to load, nothing is said on the console,
// nothing breaks the policy, nothing leaves the folder, and nothing scrolls sideways.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileBase, NARROW, WIDE } from "../harness/browser.js";
import { editions } from "../harness/editions.js";
import { pages } from "../harness/pages.js";
import { MOUNT } from "../harness/server.js";
import { withBrowser } from "../harness/suite.js";

for (const name of ["participant", "facilitator", "fixture"]) {
  const folder = editions[name]();
  const { open, site } = withBrowser({ [MOUNT]: folder });

  for (const transport of ["file", "http"]) {
    for (const viewport of [WIDE, NARROW]) {
      test(`every page of the ${name} edition holds over ${transport} at ${viewport.width} pixels`, async () => {
        const base = transport === "file" ? fileBase(folder) : site.base;
        const { page, faults } = await open(base, { viewport });
        const found = [];
        for (const { path } of visited(folder, transport, name)) {
          await page.goto(base + path);
          const width = await page.evaluate(sidewaysScroll);
          found.push(...faults.splice(0).map((fault) => `${path}: ${fault}`));
          found.push(...width.map((fault) => `${path}: ${fault}`));
        }
        assert.deepEqual(found, []);
      });
    }
  }

  after(() => assert.deepEqual(site.escaped, [], "requests outside the edition's path"));
}

test("no word of a title is broken in two at 360 pixels", async () => {
  const folder = editions.participant();
  const { page } = await titles.open(fileBase(folder), { viewport: NARROW });
  const found = [];
  for (const { path } of visited(folder, "file", "participant")) {
    await page.goto(fileBase(folder) + path);
    found.push(...(await page.evaluate(brokenWords)).map((word) => `${path}: ${word}`));
  }
  assert.deepEqual(found, []);
});

test("a moved page leads to where it went", async () => {
  const folder = editions.fixture();
  const { open, site } = moved;
  for (const base of [fileBase(folder), site.base]) {
    const { page, faults } = await open(base);
    await page.goto(`${base}oevelser/gammelt-blik.html`, { waitUntil: "commit" });
    await page.waitForURL(`${base}oevelser/ved-doeren/det-foerste-blik.html`);
    assert.deepEqual(faults, []);
  }
});

test("an unknown address at any depth gets a 404 page whose links and styles hold", async () => {
  const { open, site } = moved;
  const { page, faults } = await open(site.base);
  await page.goto(`${site.base}findes/slet/ikke.html`);
  assert.equal(await page.locator("body.kind-404 h1").count(), 1);
  assert.deepEqual(faults.filter((fault) => !/\b404\b/.test(fault)), []);
  await page.locator("main a.button").click();
  assert.equal(page.url(), `${site.base}index.html`);
});

const moved = withBrowser({ [MOUNT]: editions.fixture() });
const titles = withBrowser({ [MOUNT]: editions.participant() });

/** Redirects leave at once; a 404 page that knows its host has addresses that no disk has; notes are all alike. */
function visited(folder, transport, name) {
  return pages(folder).filter(({ path, kind }) =>
    kind !== "redirect" &&
    !(path === "404.html" && transport === "file" && name === "fixture") &&
    !/notat-(0[2-9]|[1-6]\d)\.html$/.test(path));
}

/** Words of the title that stand on two lines: this browser has no dictionary to part them by. */
function brokenWords() {
  const text = document.querySelector("h1").firstChild;
  return [...text.data.matchAll(/\p{L}+/gu)].filter(({ 0: word, index }) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
  }).map(([word]) => word);
}

function sidewaysScroll() {
  const { scrollWidth, clientWidth } = document.scrollingElement;
  if (scrollWidth <= clientWidth) return [];
  const widest = [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  return [`scrolls sideways: ${scrollWidth} > ${clientWidth}, by ${widest.slice(0, 4).join(", ")}`];
}
