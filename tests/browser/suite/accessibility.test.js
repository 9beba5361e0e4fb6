// Every page type passes axe, from a disk and from a web host, wide and narrow, light and dark.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { fileBase, NARROW, stayOnRedirects, WIDE } from "../harness/browser.js";
import { editions } from "../harness/editions.js";
import { pageTypes } from "../harness/pages.js";
import { MOUNT } from "../harness/server.js";
import { withBrowser } from "../harness/suite.js";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const KINDS = [
  "404", "case", "concept", "conclusion", "exercise", "finder", "glossary", "home", "indicator", "page", "principle",
  "redirect", "section", "workshop",
];

test("the editions under test have a page of every kind", () => {
  const kinds = new Set(Object.values(editions).flatMap((folder) => pageTypes(folder()).map(({ kind }) => kind)));
  assert.deepEqual([...kinds].sort(), KINDS);
});

for (const name of ["participant", "facilitator", "fixture"]) {
  const folder = editions[name]();
  const { open, site } = withBrowser({ [MOUNT]: folder });

  for (const transport of ["file", "http"]) {
    for (const viewport of [WIDE, NARROW]) {
      test(`axe finds nothing in the ${name} edition over ${transport} at ${viewport.width} pixels`, async () => {
        const base = transport === "file" ? fileBase(folder) : site.base;
        const { page } = await open(base, { viewport, reducedMotion: "reduce" });
        if (transport === "http") await stayOnRedirects(page);
        const found = [];
        for (const { path } of pageTypes(folder).filter((type) => transport === "http" || !isForHosts(type, name))) {
          await page.goto(base + path);
          for (const colorScheme of ["light", "dark"]) {
            await page.emulateMedia({ colorScheme });
            found.push(...(await violations(page)).map((violation) => `${path} ${colorScheme}: ${violation}`));
          }
        }
        assert.deepEqual(found, []);
      });
    }
  }
}

/** Over file:// a redirect leaves before it can be looked at, and a 404 page that knows its host finds no styles. */
function isForHosts({ kind }, name) {
  return kind === "redirect" || (kind === "404" && name === "fixture");
}

async function violations(page) {
  // Over file:// axe cannot fetch the stylesheets that it would preload. The legacy mode spares a window for each
  // page; it differs only for frames from elsewhere, which these pages have not.
  const axe = new AxeBuilder({ page }).withTags(TAGS).options({ preload: false }).setLegacyMode();
  const { violations: all } = await axe.analyze();
  return all.map(({ id, nodes }) => {
    const [first] = nodes;
    const why = first.failureSummary.split("\n").slice(1).join(" ").trim();
    return `${id} (${nodes.length}) ${first.target.join(" ")} ${why}`;
  });
}
