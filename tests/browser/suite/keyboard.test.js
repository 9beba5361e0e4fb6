// The Tab key goes through every page type from the skip link to the end: in order, visibly, without a trap.
// At the width of a phone the menus open and close by keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROW, WIDE } from "../harness/browser.js";
import { editions } from "../harness/editions.js";
import { focused, markFocusable } from "../harness/focus.js";
import { pageTypes } from "../harness/pages.js";
import { MOUNT } from "../harness/server.js";
import { withBrowser } from "../harness/suite.js";

const folder = editions.fixture();
const { open, site } = withBrowser({ [MOUNT]: folder });

for (const viewport of [WIDE, NARROW]) {
  for (const { type, path, kind } of pageTypes(folder).filter(({ kind }) => kind !== "redirect")) {
    test(`Tab goes through the page "${type}" in order and visibly at ${viewport.width} pixels`, async () => {
      const { page } = await open(site.base, { viewport, reducedMotion: "reduce" });
      await page.goto(site.base + path);
      const stops = await markFocusable(page);
      assert.ok(stops.length > 5, `only ${stops.length} places to go on a page of kind ${kind}`);
      const faults = [];
      for (let at = 0; at < stops.length; at += 1) {
        await page.keyboard.press("Tab");
        const focus = await focused(page);
        assert.equal(focus.at, at, `Tab comes to ${stops[focus.at]} where ${stops[at]} is next`);
        if (!focus.marked) faults.push(`${stops[at]}: focus is not drawn`);
        if (!focus.shown) faults.push(`${stops[at]}: has focus where nobody sees it`);
        if (focus.positive) faults.push(`${stops[at]}: has a tabindex above 0`);
      }
      await page.keyboard.press("Tab");
      const { at } = await focused(page);
      assert.ok(!(at === stops.length - 1), `${stops.at(-1)} is a trap`);
      assert.deepEqual(faults, []);
    });
  }
}

test("the first Tab shows the skip link, and Enter goes to the text", async () => {
  const { page } = await open(site.base);
  await page.goto(`${site.base}noter/alt-muligt.html`);
  await page.keyboard.press("Tab");
  const skip = page.locator("a.skip");
  assert.ok(await skip.evaluate((link) => link === document.activeElement));
  const box = await skip.boundingBox();
  assert.ok(box.y >= 0 && box.x >= 0, "the skip link stays out of sight");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)));
});

for (const [menu, place] of [["the menu", ".main-nav"], ["the section's list", ".side"], ["the contents", ".toc"]]) {
  test(`${menu} opens and closes by keyboard on a phone`, async () => {
    const { page } = await open(site.base, { viewport: NARROW });
    await page.goto(`${site.base}noter/alt-muligt.html`);
    const summary = page.locator(`${place} summary`);
    const link = page.locator(`${place} a`).first();
    assert.ok(!(await link.isVisible()), "it stands open");
    await summary.focus();
    await page.keyboard.press("Enter");
    assert.ok(await link.isVisible(), "Enter does not open it");
    await page.keyboard.press("Tab");
    assert.ok(await link.evaluate((element) => element === document.activeElement), "Tab does not go into it");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Space");
    assert.ok(!(await link.isVisible()), "Space does not close it");
  });
}
