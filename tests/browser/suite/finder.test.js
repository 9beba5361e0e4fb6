// The exercise finder: filters by principle, minutes and when; the address keeps the choice, from a disk too.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileBase } from "../harness/browser.js";
import { editions } from "../harness/editions.js";
import { MOUNT } from "../harness/server.js";
import { withBrowser } from "../harness/suite.js";

const BLIK = "Det første blik";
const FARVEL = "Det lange farvel";
const folder = editions.fixture();
const { open, site } = withBrowser({ [MOUNT]: folder });

for (const transport of ["file", "http"]) {
  const openFinder = async (fragment = "", options) => {
    const base = transport === "file" ? fileBase(folder) : site.base;
    const opened = await open(base, options);
    await opened.page.goto(`${base}finder.html${fragment}`);
    return opened;
  };

  test(`everything is listed at first, over ${transport}`, async () => {
    const { page } = await openFinder();
    assert.deepEqual(await shown(page), [FARVEL, BLIK]);
  });

  test(`each filter leaves what fits, and says how many, over ${transport}`, async () => {
    const { page } = await openFinder();
    await page.selectOption("[name=principle]", { label: "Se op" });
    assert.deepEqual(await shown(page), [BLIK]);
    assert.match(await page.locator("#finder-count").textContent(), /^1\D/);
    await page.getByRole("button", { name: "Vis alle" }).or(page.locator("button[type=reset]")).first().click();
    await expectShown(page, [FARVEL, BLIK]);
    assert.match(await page.locator("#finder-count").textContent(), /^2\D/);
    await page.selectOption("[name=minutes]", "20");
    assert.deepEqual(await shown(page), [BLIK]);
    await page.selectOption("[name=minutes]", "");
    await page.locator("[name=when][value=between]").check();
    assert.deepEqual(await shown(page), [FARVEL]);
  });

  test(`where nothing fits the page says so, over ${transport}`, async () => {
    const { page } = await openFinder();
    await page.selectOption("[name=principle]", { label: "Se op" });
    await page.locator("[name=when][value=between]").check();
    assert.deepEqual(await shown(page), []);
    assert.ok(await page.locator("#finder-empty").isVisible());
    assert.match(await page.locator("main").getByRole("status").textContent(), /0/);
  });

  test(`the address keeps the choice, and back goes back, over ${transport}`, async () => {
    const { page, faults } = await openFinder();
    await page.selectOption("[name=principle]", { label: "Se op" });
    await page.locator("[name=when][value=workshop]").check();
    const address = page.url();
    await page.goBack();
    assert.equal(await page.locator("[name=when][value='']").isChecked(), true);
    assert.deepEqual(await shown(page), [BLIK]);
    await page.goBack();
    assert.deepEqual(await shown(page), [FARVEL, BLIK]);
    await page.goto("about:blank");
    await page.goto(address);
    assert.equal(await page.locator("[name=when][value=workshop]").isChecked(), true);
    assert.deepEqual(await shown(page), [BLIK]);
    await page.getByRole("link", { name: BLIK }).click();
    await page.goBack();
    assert.deepEqual(await shown(page), [BLIK], "the choice is lost on the way back from an exercise");
    assert.deepEqual(faults.filter((fault) => !fault.includes("about:blank")), []);
  });

  test(`a choice that is no longer there means all, over ${transport}`, async () => {
    const { page } = await openFinder("#principle=principper/findes-ikke&minutes=7");
    assert.deepEqual(await shown(page), [FARVEL, BLIK]);
  });

  test(`without script everything is listed and no form shows, over ${transport}`, async () => {
    const { page } = await openFinder("", { javaScriptEnabled: false });
    assert.deepEqual(await shown(page), [FARVEL, BLIK]);
    assert.ok(!(await page.locator("#finder").isVisible()));
  });
}

test("the finder is worked by keyboard alone", async () => {
  const { page } = await open(site.base);
  await page.goto(`${site.base}finder.html`);
  await page.locator("[name=when][value='']").focus();
  await page.keyboard.press("ArrowDown");
  assert.deepEqual(await shown(page), [BLIK]);
  await page.keyboard.press("ArrowDown");
  assert.deepEqual(await shown(page), [FARVEL]);
});

function shown(page) {
  return page.locator("#finder-list > li:visible a.card-link").allTextContents();
}

async function expectShown(page, titles) {
  await page.waitForFunction((count) => document.querySelectorAll("#finder-list > li:not([hidden])").length === count, titles.length);
  assert.deepEqual(await shown(page), titles);
}
