// Light, dark, or as the device: the choice holds over pages and reloads, from a disk too, and for this edition alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileBase } from "../harness/browser.js";
import { editions } from "../harness/editions.js";
import { MOUNT } from "../harness/server.js";
import { withBrowser } from "../harness/suite.js";

const folder = editions.participant();
const { open, site } = withBrowser({ [MOUNT]: folder });
const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const chosen = (page) => page.evaluate(() => document.documentElement.getAttribute("data-theme"));

async function choose(page, theme) {
  for (let press = 0; press < 3 && (await chosen(page)) !== theme; press += 1) {
    await page.locator(".theme-toggle").click();
  }
  assert.equal(await chosen(page), theme);
}

for (const transport of ["file", "http"]) {
  test(`the choice holds over pages and reloads, over ${transport}`, async () => {
    const base = transport === "file" ? fileBase(folder) : site.base;
    const { page, faults } = await open(base, { colorScheme: "light" });
    await page.goto(`${base}index.html`);
    const light = await background(page);
    await choose(page, "dark");
    const dark = await background(page);
    assert.notEqual(dark, light);
    await page.reload();
    assert.equal(await background(page), dark);
    await page.goto(`${base}principper/index.html`);
    assert.equal(await background(page), dark);
    await page.emulateMedia({ colorScheme: "dark" });
    await choose(page, "light");
    assert.equal(await background(page), light);
    await choose(page, null);
    assert.equal(await background(page), dark, "as the device");
    assert.deepEqual(faults, []);
  });
}

test("the button says what is chosen", async () => {
  const { page } = await open(site.base);
  await page.goto(`${site.base}index.html`);
  const names = new Set();
  for (let press = 0; press < 3; press += 1) {
    names.add(await page.locator(".theme-toggle").getAttribute("aria-label"));
    await page.locator(".theme-toggle").click();
  }
  assert.equal(names.size, 3);
});

test("another edition from the same disk keeps its own choice", async () => {
  const { page } = await open("file:///");
  await page.goto(`${fileBase(folder)}index.html`);
  await choose(page, "dark");
  await page.goto(`${fileBase(editions.fixture())}index.html`);
  assert.equal(await chosen(page), null);
});

test("paper is light whatever is chosen", async () => {
  const { page } = await open(site.base, { colorScheme: "dark" });
  await page.goto(`${site.base}index.html`);
  await choose(page, "dark");
  await page.emulateMedia({ media: "print" });
  assert.equal(await background(page), "rgb(255, 255, 255)");
});
