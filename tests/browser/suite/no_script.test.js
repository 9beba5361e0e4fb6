// Without JavaScript the whole handbook can be read and gone through, wide and narrow.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileBase, NARROW, WIDE } from "../harness/browser.js";
import { editions } from "../harness/editions.js";
import { withBrowser } from "../harness/suite.js";

const PAGE = "noter/alt-muligt.html";
const base = fileBase(editions.fixture());
const { open } = withBrowser();

test("the menus stand open where there is room", async () => {
  const { page } = await open(base, { viewport: WIDE, javaScriptEnabled: false });
  await page.goto(base + PAGE);
  assert.ok(await page.locator(".main-nav a").first().isVisible(), "the menu");
  assert.ok(await page.locator(".side a").first().isVisible(), "the section's list");
});

test("the menu opens on a phone and leads on", async () => {
  const { page } = await open(base, { viewport: NARROW, javaScriptEnabled: false });
  await page.goto(base + PAGE);
  const link = page.locator(".main-nav").getByRole("link", { name: "Øvelser", exact: true });
  assert.ok(!(await link.isVisible()));
  await page.locator(".main-nav summary").click();
  await link.click();
  assert.equal(page.url(), `${base}oevelser/index.html`);
});

test("no button shows that does nothing", async () => {
  const { page } = await open(base, { javaScriptEnabled: false });
  for (const path of [PAGE, "finder.html", "search.html", "register.html", "oevelser/ved-doeren/det-foerste-blik.html"]) {
    await page.goto(base + path);
    assert.deepEqual(await page.locator("button:visible, [type=checkbox]:visible").allTextContents(), [], path);
  }
});

test("definitions do not stand open on the page", async () => {
  const { page } = await open(base, { javaScriptEnabled: false });
  await page.goto(`${base}principper/se-op.html`);
  assert.equal(await page.locator(".definition:visible").count(), 0);
});
