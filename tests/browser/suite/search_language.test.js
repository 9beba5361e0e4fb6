// The reader's search knows a language by its rules and its stemmer alone: one that no handbook can be in is searched as
// well. `tests/suite/search_language.rs` asks the same of the program.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { program } from "../harness/editions.js";
import { MOUNT } from "../harness/server.js";
import { withBrowser } from "../harness/suite.js";

const PAGES = {
  gaest: "Gästerna känner sig välkomna i stadsbiblioteken.",
  bok: "En bok är aldrig ensam. Talmännens ordning gäller.",
  tid: "Framtiden är ljus, och vi dricker kaffe.",
  laan: "Lån av verktyg kräver tillit.",
};
const SWEDISH = {
  letters: [["å", "a"]], digraphs: [["aa", "a"]], own: "åäö", links: ["", "s"], notParts: ["het"], notCompounds: ["framtid"],
  endings: [["arnas", "ar"]], families: ["bok boken böcker böckerna"], tails: ["man mannen män männen"], genitive: "s",
  question: "hur är det att", small: "och att det som en ett är på i vi hur",
};
// Some endings, as a script of the theme would take them off.
const STEMMER = `window.vaertStem = (word) => word.replace(/(?<=.{3})(?:arna|erna|orna|aren|ar|er|or|en|et|a|t)$/, "");`;

const scratch = mkdtempSync(path.join(tmpdir(), "vaert-language-"));
const edition = path.join(scratch, "out", "bok");
const { open, site } = withBrowser({ [MOUNT]: edition });

before(() => {
  const handbook = path.join(scratch, "handbook");
  mkdirSync(handbook);
  writeFileSync(path.join(handbook, "handbook.yaml"), "name: bok\ntitle: X\n");
  for (const [name, text] of Object.entries(PAGES)) writeFileSync(path.join(handbook, `${name}.md`), `# ${name}-1\n\n${text}\n`);
  execFileSync(program(), ["build", handbook, "--out", path.join(scratch, "out")], { stdio: "pipe" });
});
after(() => rmSync(scratch, { recursive: true, force: true }));

test("a language of which only the rules and the stemmer are known is searched", async () => {
  const { page, faults } = await open(site.base);
  const start = readFileSync(path.join(edition, "search/start.js"), "utf8");
  const given = JSON.parse(start.slice(start.indexOf("(") + 1, start.lastIndexOf(")")));
  assert.deepEqual(Object.keys(given.rules).sort(), Object.keys(SWEDISH).sort(), "what a language's rules are");
  const script = (body) => (route) => route.fulfill({ contentType: "text/javascript", body });
  await page.route("**/search/start.js", script(`vaertSearchStart(${JSON.stringify({ ...given, rules: SWEDISH })})`));
  await page.route("**/search-da.*.js", script(STEMMER));
  await page.goto(`${site.base}search.html`);
  const wanted = {
    "gäst": ["gaest"], gast: ["gaest"], "böckernas": ["bok"], bocker: ["bok"], talman: ["bok"], bibliotek: ["gaest"],
    "verktygslån": ["laan"], verktgy: ["laan"], "hur är det att dricka kaffe": ["tid"], xyzzyq: [],
  };
  for (const [question, pages] of Object.entries(wanted)) {
    const found = await page.evaluate((asked) => window.vaert.search(asked), question);
    assert.deepEqual(found.filter(({ suggestion }) => !suggestion).map(({ url }) => url), pages.map((name) => `${name}.html`), question);
  }
  assert.deepEqual(faults, []);
});
