// The first mention of a concept opens its definition: by keyboard, by mouse, by touch; and leads to the concept's
// page without script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROW } from "../harness/browser.js";
import { editions } from "../harness/editions.js";
import { MOUNT } from "../harness/server.js";
import { withBrowser } from "../harness/suite.js";

const PAGE = "principper/se-op.html";
const { open, site } = withBrowser({ [MOUNT]: editions.fixture() });

async function openPage(options) {
  const opened = await open(site.base, options);
  await opened.page.goto(site.base + PAGE);
  const link = opened.page.locator("a.concept").first();
  const dialog = opened.page.getByRole("dialog");
  return { ...opened, link, dialog };
}

const hasFocus = (locator) => locator.evaluate((element) => element.contains(document.activeElement));

test("Enter opens the definition, Escape closes it, and focus comes back", async () => {
  const { page, link, dialog, faults } = await openPage();
  await link.focus();
  await page.keyboard.press("Enter");
  assert.match(await dialog.textContent(), /Bordet mellem den, der spørger/);
  assert.ok(await hasFocus(dialog), "focus stays outside the definition");
  assert.equal(await link.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Escape");
  assert.equal(await dialog.count(), 0);
  assert.ok(await hasFocus(link), "focus is lost");
  assert.equal(await link.getAttribute("aria-expanded"), "false");
  assert.deepEqual(faults, []);
});

test("the definition can be read on and left by Tab", async () => {
  const { page, link, dialog } = await openPage();
  await link.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await hasFocus(dialog.getByRole("link")));
  await page.keyboard.press("Tab");
  assert.ok(await hasFocus(dialog.getByRole("button")));
  await page.keyboard.press("Enter");
  assert.equal(await dialog.count(), 0);
  assert.ok(await hasFocus(link));
});

test("Tab past the last thing in the definition goes on in the page", async () => {
  const { page, link, dialog } = await openPage();
  await link.focus();
  await page.keyboard.press("Enter");
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("Tab");
  assert.equal(await dialog.count(), 0, "the definition stays open behind");
  assert.ok(await page.evaluate(() => document.activeElement !== document.body), "focus is lost");
});

test("a tap opens the definition inside the window, and a tap beside closes it", async () => {
  const { page, link, dialog } = await openPage({ viewport: NARROW, hasTouch: true, isMobile: true });
  await link.tap();
  const box = await dialog.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= NARROW.width, `it reaches from ${box.x} to ${box.x + box.width}`);
  await page.locator("h1").tap();
  assert.equal(await dialog.count(), 0);
});

test("the definition leads to the concept's page", async () => {
  const { page, link, dialog } = await openPage();
  await link.click();
  await dialog.getByRole("link").click();
  assert.equal(page.url(), `${site.base}begreber/skranken.html`);
});

test("without script the concept leads to its page", async () => {
  const { page, link } = await openPage({ javaScriptEnabled: false });
  await link.click();
  assert.equal(page.url(), `${site.base}begreber/skranken.html`);
});

test("only the first mention on a page is marked", async () => {
  const { page } = await openPage();
  assert.equal(await page.locator("main a.concept").count(), 1);
});
