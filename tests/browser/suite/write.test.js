// Fields to write in: nothing is kept before the reader asks for it, and then for this page, this edition and 30 days.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileBase } from "../harness/browser.js";
import { editions } from "../harness/editions.js";
import { MOUNT } from "../harness/server.js";
import { forbidStorage, stored } from "../harness/storage.js";
import { withBrowser } from "../harness/suite.js";

const PAGE = "oevelser/kameraet.html";
const NOTE = "Han smilede, før jeg nåede at sige noget.";
const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 0, 15, 9);

const participant = editions.participant();
const facilitator = editions.facilitator();
const fixture = editions.fixture();
const { open, site } = withBrowser({ [MOUNT]: participant, "/a/facilitator/": facilitator });
const field = (page) => page.locator("textarea").first();
const optIn = (page) => page.locator("#write-save");

async function openField(base, options) {
  const opened = await open(base, options);
  await opened.page.goto(base + PAGE);
  return opened;
}

for (const transport of ["file", "http"]) {
  const base = () => (transport === "file" ? fileBase(participant) : site.base);

  test(`nothing is kept before the reader asks for it, over ${transport}`, async () => {
    const { page } = await openField(base());
    await field(page).fill(NOTE);
    assert.deepEqual(await stored(page), {});
    await page.reload();
    assert.equal(await field(page).inputValue(), "");
  });

  test(`what is written comes back once the reader has asked for it, over ${transport}`, async () => {
    const { page, faults } = await openField(base());
    await field(page).fill("Før");
    await optIn(page).check();
    await field(page).fill(NOTE);
    await page.reload();
    assert.equal(await field(page).inputValue(), NOTE);
    assert.ok(await optIn(page).isChecked());
    assert.deepEqual(faults, []);
  });

  test(`the clear button empties the fields and what was kept, over ${transport}`, async () => {
    const { page } = await openField(base());
    await optIn(page).check();
    await field(page).fill(NOTE);
    await page.locator(".write-clear").click();
    assert.equal(await field(page).inputValue(), "");
    assert.ok(!(await optIn(page).isChecked()));
    assert.deepEqual(await stored(page), {});
    assert.notEqual(await page.locator(".write-status").textContent(), "");
  });
}

test("taking the tick away forgets", async () => {
  const { page } = await openField(site.base);
  await optIn(page).check();
  await field(page).fill(NOTE);
  await optIn(page).uncheck();
  assert.deepEqual(await stored(page), {});
});

test("what is kept for one page does not opt in another", async () => {
  const { page } = await openField(site.base);
  await optIn(page).check();
  await field(page).fill(NOTE);
  await page.goto(`${site.base}oevelser/set-og-hoert.html`);
  assert.ok(!(await optIn(page).isChecked()));
  assert.equal(await field(page).inputValue(), "");
});

test("what is older than 30 days is deleted by any page that is opened", async () => {
  const { page } = await open(site.base);
  await page.clock.setFixedTime(NOW);
  await page.goto(site.base + PAGE);
  await optIn(page).check();
  await field(page).fill(NOTE);
  await page.clock.setFixedTime(NOW + 29 * DAY);
  await page.reload();
  assert.equal(await field(page).inputValue(), NOTE, "gone after 29 days");
  await page.clock.setFixedTime(NOW + 31 * DAY);
  await page.goto(`${site.base}index.html`);
  assert.deepEqual(await stored(page), {}, "still there after 31 days");
  await page.goto(site.base + PAGE);
  assert.equal(await field(page).inputValue(), "");
});

test("two editions on one host do not share", async () => {
  const { page } = await openField(site.base);
  await optIn(page).check();
  await field(page).fill(NOTE);
  await page.goto(`${site.origin}/a/facilitator/${PAGE}`);
  assert.equal(await field(page).inputValue(), "");
  assert.ok(!(await optIn(page).isChecked()));
});

test("two editions on one disk do not share", async () => {
  const { page } = await openField(fileBase(participant));
  await optIn(page).check();
  await field(page).fill(NOTE);
  await page.goto(fileBase(facilitator) + PAGE);
  assert.equal(await field(page).inputValue(), "");
});

test("where nothing can be kept the page works and says so", async () => {
  const { page, faults } = await open(site.base);
  await forbidStorage(page);
  await page.goto(site.base + PAGE);
  assert.ok(await optIn(page).isDisabled());
  assert.notEqual(await page.locator(".write-status").textContent(), "");
  await field(page).fill(NOTE);
  await page.locator(".theme-toggle").click();
  await page.locator(".write-clear").click();
  assert.equal(await field(page).inputValue(), "");
  assert.deepEqual(faults, []);
});

test("every field has a label, and the words on shared computers stand by the tick", async () => {
  const { page } = await openField(site.base);
  for (const area of await page.locator("textarea").all()) {
    assert.ok(await area.evaluate((element) => element.labels[0]?.textContent.trim()));
  }
  assert.ok(await page.locator(".write-notice").isVisible());
});

test("what the author says below the label is read before the field", async () => {
  const { page } = await open(fileBase(fixture));
  await page.goto(`${fileBase(fixture)}oevelser/ved-doeren/det-foerste-blik.html`);
  assert.match(await page.locator(".write").first().innerText(), /Det så jeg\s+Skriv kort\./);
});
