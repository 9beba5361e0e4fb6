// `scripts/prose` on small handbooks with one fault each: it must find what it is for, and say where that stands.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { lixOf } from "../../scripts/proof/lix.mjs";

const PROSE = fileURLToPath(new URL("../../scripts/prose", import.meta.url));

const HANDBOOK = `title: Prøven
terms:
  borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] }
  brugger: { gender: en, forms: [bruggger, brugggeren, bruggere, bruggerne] }
`;

/** Four easy words in two sentences, and a summary of three: LIX (7 / 3) + 0. */
const EASY = "---\ntitle: Hej\nsummary: Her er vi.\n---\n\nKom ind. Sid ned.\n";

/** One sentence of twenty words, all of them long: LIX 120. */
const HARD = `${"håndbogens ".repeat(19)}håndbøger.`;

/** Runs `scripts/prose` with `flags` on a handbook with `files`: `{code, out, faults}`. */
function prose(files, ...flags) {
  const folder = mkdtempSync(path.join(tmpdir(), "vaert-prose-test-"));
  try {
    for (const [name, text] of Object.entries({ "handbook.yaml": HANDBOOK, "index.md": EASY, ...files })) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const { status, stdout, stderr } = spawnSync(PROSE, [...flags, "."], {
      cwd: folder,
      env: process.env,
      encoding: "utf8",
    });
    return { code: status, out: stdout, faults: stderr.trimEnd().split("\n") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("a handbook without faults passes, and is told its figures", () => {
  const { code, out, faults } = prose({});
  assert.deepEqual(faults, [""]);
  assert.equal(code, 0);
  assert.match(out, /^ +2\.3 +7 +2\.3 +7 +index\.html$/m);
});

test("a misspelled word is told with each file and line that it stands on, and a suggestion", () => {
  const { code, faults } = prose(
    { "index.md": `${EASY}\nEt *forkertt* ord.\n`, "note.md": "---\nsummary: Forkertt.\n---\n\n# Note\n" },
    "--spelling",
  );
  assert.equal(code, 1);
  assert.match(faults[0], /^index\.md:8: unknown word »forkertt«: .*forkert/i);
  assert.match(faults[1], /^note\.md:2: unknown word »forkertt«: .*forkert/i);
  assert.match(faults[2], /words-da\.txt/);
});

test("a misspelled word of a picture is found, in what is said of it and in what is drawn", () => {
  const { faults } = prose(
    {
      "index.md": `${EASY}\n![En dørkk](dør.svg)\n`,
      "dør.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<text>Hejsaxx</text>\n</svg>\n',
    },
    "--spelling",
  );
  assert.match(faults[0], /^dør\.svg:2: unknown word »Hejsaxx«/);
  assert.match(faults[1], /^index\.md:8: unknown word »dørkk«/);
});

test("a misspelled word from a term names the term", () => {
  const { faults } = prose({ "index.md": `${EASY}\nSe på {brugggeren}.\n` }, "--spelling");
  assert.match(faults[0], /^handbook\.yaml:4: unknown word »brugggeren«/);
  assert.match(faults[1], /^index\.md:8: unknown word »brugggeren« from the term \{brugggeren\}/);
});

test("a misspelled word that begins with a term is found by its end", () => {
  const { faults } = prose({ "index.md": `${EASY}\nDet er {borger-}sserviceqx.\n` }, "--spelling");
  assert.match(faults[0], /^index\.md:8: unknown word »borgersserviceqx« from the term \{borger-\}/);
});

test("code and comments are not read", () => {
  const unread = "`forkertt` %% forkertt \"...\" %% <!-- a - b -->\n\n```\nforkertt  \"...\" - »\n```\n";
  assert.equal(prose({ "index.md": `${EASY}\n${unread}` }).code, 0);
});

test("a handbook that is hard to read fails", () => {
  const { code, faults } = prose({ "index.md": `${EASY}\n${HARD}\n` }, "--lix");
  assert.equal(code, 1);
  assert.match(faults[0], /^the participant edition is too hard to read: LIX \d+\.\d on average, at most 42/);
  assert.match(faults[1], /^the facilitator edition is too hard to read/);
});

test("what only facilitators read is judged in their edition alone", () => {
  const { faults } = prose({ "index.md": `${EASY}\n> [!FACILITATOR]\n> ${HARD}\n` }, "--lix");
  assert.equal(faults.length, 1);
  assert.match(faults[0], /^the facilitator edition/);
});

test("a sentence ends where the next has a capital, and headings are none", () => {
  assert.deepEqual(lixOf(["Kom kl. 9, i 3. udgave."]), { words: 6, lix: 6 });
  assert.deepEqual(lixOf(["»Er det dig?« – »Ja.«"]), { words: 4, lix: 2 });
  assert.deepEqual(lixOf(["Spørgsmålet er rigtigt"]), { words: 3, lix: 3 + 200 / 3 });
  const { out } = prose({ "index.md": `${EASY}\n## En overskrift\n` }, "--lix");
  assert.match(out, /^ +2\.3 +7 .*index\.html$/m);
});

test("each breach of typography is told with its file and line", () => {
  const text = [
    "---", 'title: "Hej"', 'summary: "Han siger \\"hej\\"."', "---", "",
    'Han sagde "hej".', "",
    "Kom - og gå.", "",
    "Kom  ind.", "",
    "Og så...", "",
    "»Kom ind.", "",
    "Kom ind.«", "",
    "»Til sidst.",
  ].join("\n");
  const { code, faults } = prose({ "index.md": text }, "--typography");
  assert.equal(code, 1);
  assert.deepEqual(faults, [
    "index.md:3: a straight quotation mark: write »…«",
    "index.md:6: a straight quotation mark: write »…«",
    "index.md:8: a hyphen for a dash: write –",
    "index.md:10: more than one space",
    "index.md:12: three dots: write …",
    "index.md:14: a » without its «",
    "index.md:16: a « without its »",
    "index.md:18: a » without its «",
  ]);
});

test("the syntax of Markdown and YAML is no breach of typography", () => {
  const text = [
    "---", "title: 'Hej'   # med »", 'tags: ["en", "nr. # 2"]   # to  "tre"', "---", "",
    "-   Et punkt", "- [ ] Et gøremål", "> - I et citat", "",
    "| en   | to  |", "|------|-----|", "| »ja« | nej |", "",
    '[Et link](index.md "Med titel"), og linjen brydes  ', "her.", "",
  ].join("\n");
  const { faults } = prose({ "index.md": text }, "--typography");
  assert.deepEqual(faults, [""]);
});

test("the words of the theme and the summaries of other pages are not judged", () => {
  const { out } = prose({ "noter/en.md": `---\ntitle: En\nsummary: ${HARD}\n---\n\nKom ind.\n` }, "--lix");
  assert.match(out, /^ +2\.3 +7 .*index\.html$/m);
});

test("a handbook that does not build cannot be read", () => {
  const { code, faults } = prose({ "index.md": "[væk](vaek.md)\n" });
  assert.equal(code, 2);
  assert.match(faults.join("\n"), /does not build[^]*broken-link/);
});

test("a wrong flag is told", () => {
  assert.equal(prose({}, "--lixx").code, 2);
});
