// Editions to pictures: every page type at two widths, light and dark, into the folder given.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { launch, NARROW, openContext, stayOnRedirects, WIDE } from "./harness/browser.js";
import { buildEditions } from "./harness/editions.js";
import { pageTypes } from "./harness/pages.js";
import { MOUNT, serve } from "./harness/server.js";

const EDITIONS = ["vaertskab", "vaertskab-facilitator", "proevehuset"];

const target = process.argv[2];
if (!target) {
  console.error("usage: node screenshots.js DIR");
  process.exit(2);
}
const scratch = mkdtempSync(path.join(tmpdir(), "vaert-screenshots-"));
const browser = await launch();
try {
  const built = process.env.VAERT_EDITIONS ?? buildEditions(scratch);
  for (const name of EDITIONS) await photograph(path.join(built, name), path.join(target, name));
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}

async function photograph(folder, into) {
  const server = await serve({ [MOUNT]: folder });
  const base = server.origin + MOUNT;
  for (const viewport of [WIDE, NARROW]) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, context } = await openContext(browser, base, { viewport, colorScheme });
      await stayOnRedirects(page);
      for (const { path: address, type } of pageTypes(folder)) {
        await page.goto(base + address);
        const name = `${type.replaceAll(/[^\w-]/g, "-")}-${viewport.width}-${colorScheme}.png`;
        await page.screenshot({ path: path.join(into, name), fullPage: true });
      }
      await context.close();
    }
  }
  await server.close();
}
