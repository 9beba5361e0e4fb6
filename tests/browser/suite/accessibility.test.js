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
  "redirect", "register", "search", "section", "workshop",
];

/** Rules that can differ between a light and a dark page. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** What an edition's own colours, logo and language show on. */
const IN_OTHER_COLOURS = ({ kind }) => ["home", "principle", "exercise", "case", "indicator"].includes(kind);

/** The content's pages, and of the other editions those that the content's participants have nothing like. */
const LOOKED_AT = {
  participant: () => true,
  facilitator: ({ kind }) => ["home", "exercise", "workshop"].includes(kind),
  fixture: ({ type }) =>
    ["404", "redirect", "page", "indicator", "exercise", "section oevelser", "section notater"].includes(type),
  bibliotek: IN_OTHER_COLOURS,
  hotel: IN_OTHER_COLOURS,
  museum: IN_OTHER_COLOURS,
};

test("the editions under test have a page of every kind", () => {
  const kinds = new Set(Object.values(editions).flatMap((folder) => pageTypes(folder()).map(({ kind }) => kind)));
  assert.deepEqual([...kinds].sort(), KINDS);
});

for (const [name, looksAt] of Object.entries(LOOKED_AT)) {
  const folder = editions[name]();
  const { open, site } = withBrowser({ [MOUNT]: folder });

  for (const transport of ["file", "http"]) {
    for (const viewport of [WIDE, NARROW]) {
      test(`axe finds nothing in the ${name} edition over ${transport} at ${viewport.width} pixels`, async () => {
        const base = transport === "file" ? fileBase(folder) : site.base;
        const { page } = await open(base, { viewport, reducedMotion: "reduce", colorScheme: "light" });
        if (transport === "http") await stayOnRedirects(page);
        const types = pageTypes(folder).filter((type) => looksAt(type) && (transport === "http" || !isForHosts(type)));
        assert.ok(types.length > 0);
        const found = [];
        for (const { path } of types) {
          await page.emulateMedia({ colorScheme: "light" });
          await page.goto(base + path);
          found.push(...(await violations(page, (axe) => axe.withTags(TAGS))).map((fault) => `${path}: ${fault}`));
          // The styles are the same files from a disk: their colours need no second look.
          if (transport === "file") continue;
          await page.emulateMedia({ colorScheme: "dark" });
          found.push(...(await violations(page, (axe) => axe.withRules(COLOURS))).map((fault) => `${path} dark: ${fault}`));
        }
        assert.deepEqual(found, []);
      });
    }
  }
}

/** Over file:// a redirect leaves before it can be looked at, and a 404 page may name addresses on its host. */
function isForHosts({ kind }) {
  return kind === "redirect" || kind === "404";
}

async function violations(page, choose) {
  // Over file:// axe cannot fetch the stylesheets that it would preload. The legacy mode spares a window for each
  // page; it differs only for frames from elsewhere, which these pages have not.
  const axe = new AxeBuilder({ page }).options({ preload: false }).setLegacyMode();
  const { violations: all } = await choose(axe).analyze();
  return all.map(({ id, nodes }) => {
    const [first] = nodes;
    const why = first.failureSummary.split("\n").slice(1).join(" ").trim();
    return `${id} (${nodes.length}) ${first.target.join(" ")} ${why}`;
  });
}
