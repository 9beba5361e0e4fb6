// On paper: no navigation, ruled lines to write on, everything folded shown. And no motion for whoever asks for none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { editions } from "../harness/editions.js";
import { pageTypes } from "../harness/pages.js";
import { MOUNT } from "../harness/server.js";
import { withBrowser } from "../harness/suite.js";

const EXERCISE = "oevelser/ved-doeren/det-foerste-blik.html";
const folder = editions.fixture();
const HANDBOOK = "/haandbog/";
const { open, site } = withBrowser({ [MOUNT]: folder, [HANDBOOK]: editions.participant() });

test("no navigation and no control is printed", async () => {
  const { page } = await open(site.base);
  for (const { path } of pageTypes(folder).filter(({ kind }) => kind !== "redirect")) {
    await page.emulateMedia({ media: "screen" });
    await page.goto(site.base + path);
    await page.emulateMedia({ media: "print" });
    const printed = await page.locator("nav:visible, button:visible, form:visible, .skip:visible").allTextContents();
    assert.deepEqual(printed, [], path);
  }
});

test("a field to write in is ruled, one line for each that was asked for", async () => {
  const { page } = await open(site.base);
  await page.goto(site.base + EXERCISE);
  await page.emulateMedia({ media: "print" });
  const fields = await page.locator("textarea").evaluateAll((areas) => areas.map((area) => {
    const style = getComputedStyle(area);
    const { height } = area.getBoundingClientRect();
    return {
      ruled: style.backgroundImage.includes("gradient"),
      exact: style.printColorAdjust,
      lines: Math.round(height / parseFloat(style.lineHeight)),
      asked: area.rows,
    };
  }));
  assert.ok(fields.length >= 2);
  for (const { ruled, exact, lines, asked } of fields) {
    assert.ok(ruled, "no lines");
    assert.equal(exact, "exact", "browsers leave backgrounds out");
    assert.equal(lines, asked);
  }
  assert.ok(!(await page.locator(".write-save").isVisible()), "the word on saving is printed");
});

test("what is folded on the screen is on the paper", async () => {
  const { page } = await open(site.base);
  await page.goto(site.base + EXERCISE);
  const folded = page.getByText("Byt plads.");
  assert.ok(!(await folded.isVisible()));
  await page.emulateMedia({ media: "print" });
  const height = await folded.evaluate((element) => element.getBoundingClientRect().height);
  assert.ok(height > 0 && (await folded.evaluate((element) => element.checkVisibility())));
});

test("the page becomes a PDF", async () => {
  const { page } = await open(site.base);
  await page.goto(site.base + EXERCISE);
  const pdf = await page.pdf({ format: "A4" });
  assert.ok(pdf.subarray(0, 5).equals(Buffer.from("%PDF-")));
});

test("the text goes on beside a tall figure, and no page is left half empty", async () => {
  const base = site.origin + HANDBOOK;
  const { page } = await open(base);
  for (const chapter of ["ud-og-hjem-igen", "alle-skal-med"]) {
    await page.goto(`${base}fortaelling/${chapter}.html`);
    const pdf = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 2, chapter);
  }
});

test("nothing moves for whoever asks for no motion", async () => {
  const { page } = await open(site.base, { reducedMotion: "reduce" });
  for (const { path } of pageTypes(folder).filter(({ kind }) => kind !== "redirect")) {
    await page.goto(site.base + path);
    const moving = await page.evaluate(() => [...document.querySelectorAll("*")].flatMap((element) => {
      const style = getComputedStyle(element);
      const longest = Math.max(...`${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat));
      const moves = longest > 0.01 || style.scrollBehavior === "smooth";
      return moves ? [`${element.tagName}.${element.className} ${longest}s ${style.scrollBehavior}`] : [];
    }));
    assert.deepEqual(moving, [], path);
  }
});
