// The browser's search engine and the program's own: one index, the same answers to the same questions.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileBase } from "../harness/browser.js";
import { sentences, writeCorpus } from "../harness/corpus.js";
import { CONTENT, program, REPOSITORY } from "../harness/editions.js";
import { files } from "../harness/pages.js";
import { questions } from "../harness/questions.js";
import { withBrowser } from "../harness/suite.js";

const ENGLISH = path.join(REPOSITORY, "src/cli/starter/en");
const scratch = mkdtempSync(path.join(tmpdir(), "vaert-search-"));
const { open } = withBrowser();
const large = path.join(scratch, "large");

before(() => writeCorpus(large, sentences(CONTENT), 320, 200));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** The edition of a handbook in a folder of its own. */
function build(handbook, name) {
  const out = path.join(scratch, "out", name);
  execFileSync(program(), ["build", handbook, "--out", out], { stdio: "pipe" });
  return path.join(out, files(out)[0].split("/")[0]);
}

/** Opens a page of an edition with the engine in it: `window.engine`. */
async function withEngine(folder, language) {
  const base = fileBase(folder);
  const opened = await open(base);
  await opened.page.goto(`${base}404.html`);
  // The box names them, in order.
  const scripts = await opened.page.locator("form.search").first().getAttribute("data-scripts");
  assert.match(scripts, new RegExp(`assets/search-${language}\\.`));
  for (const script of scripts.split(" ")) await opened.page.addScriptTag({ url: base + script });
  await opened.page.evaluate(() => { window.engine = window.vaertSearch(""); });
  return { ...opened, base };
}

/** The questions of a file in tests/search. */
function judgedQuestions(file) {
  const lines = readFileSync(path.join(REPOSITORY, "tests/search", file), "utf8").trim().split("\n");
  return lines.filter((line) => !line.startsWith("#")).map((line) => line.split("\t")[1]);
}

/** The program's answers in the form of the engine's. */
function programAnswers(handbook, asked, ...options) {
  const input = asked.map((question) => `${question}\n`).join("");
  const lines = execFileSync(program(), ["search", "-", "--no-pdf", "--format", "json", "--limit", "20", "--handbook", handbook, ...options], {
    input, encoding: "utf8", stdio: "pipe", maxBuffer: 1 << 29,
  });
  return lines.trim().split("\n").map((line) => {
    const { query, total, corrected, suggestions, results } = JSON.parse(line);
    const shown = results.map(({ score, heading, ...result }) => ({ ...result, heading: heading || null }));
    return { query, total, corrected, suggestions, results: shown };
  });
}

async function engineAnswers(page, asked, isTyped = false) {
  const answers = await page.evaluate(async ([all, isTyped]) => {
    const found = [];
    for (const question of all) found.push(await window.engine.search(question, { from: 0, count: 20, kind: null, isTyped }));
    return found;
  }, [asked, isTyped]);
  return answers.map(({ total, corrected, suggestions, results }, at) => ({ query: asked[at], total, corrected, suggestions, results }));
}

const handbooks = [
  ["a small handbook", () => CONTENT, "da"],
  ["a large handbook", () => large, "da"],
  ["an English handbook", () => ENGLISH, "en"],
];
for (const [name, handbook, language] of handbooks) {
  test(`the engine answers as the program does in ${name}`, async () => {
    const folder = build(handbook(), name.replaceAll(" ", "-"));
    const pieces = files(folder).filter((file) => file.startsWith("search/")).length;
    assert.equal(pieces > 1, name === "a large handbook", `${pieces} files`);
    const judged = handbook() === CONTENT ? ["queries.tsv", "held-out.tsv"].flatMap(judgedQuestions) : [];
    const asked = [...judged, ...questions(sentences(handbook()), language)];
    const { page, faults } = await withEngine(folder, language);
    const expected = programAnswers(handbook(), asked);
    const found = await engineAnswers(page, asked);
    for (const [at, answer] of found.entries()) assert.deepEqual(answer, expected[at]);
    const typing = asked.filter((question, at) => at % 3 === 0 && !/["“”„»«]/.test(question));
    const whileTyping = programAnswers(handbook(), typing, "--typing");
    for (const [at, answer] of (await engineAnswers(page, typing, true)).entries()) assert.deepEqual(answer, whileTyping[at]);
    assert.ok(expected.some(({ corrected }) => corrected.length) && expected.some(({ suggestions }) => suggestions.length));
    assert.deepEqual(faults, []);
  });
}

test("on a computer so slow that every step ends a slice, the answers are the same", async () => {
  const folder = build(large, "slow");
  const asked = questions(sentences(large), "da", 2).filter((question) => question.length < 200);
  const some = asked.filter((_, at) => at % 5 === 0).concat("\"for at\" \"der er\"");
  const expected = programAnswers(large, some);
  const { page } = await withEngine(folder, "da");
  await page.evaluate(() => {
    let clock = 0;
    performance.now = () => (clock += 1000);
  });
  for (const [at, answer] of (await engineAnswers(page, some)).entries()) assert.deepEqual(answer, expected[at]);
  // Side by side too, where the work on one comes between the steps of the others.
  const together = await page.evaluate((all) => Promise.all(all.map((question) => window.engine.search(question, { count: 20 }))), some);
  assert.deepEqual(together.map(({ total }) => total), expected.map(({ total }) => total));
});

test("a question is dropped once it is not wanted any more", async () => {
  const { page } = await withEngine(build(large, "dropped"), "da");
  const [dropped, kept, asked] = await page.evaluate(async () => {
    let times = 0;
    const search = (isWanted) => window.engine.search("hvordan hilser vi på borgeren", { isWanted });
    const given = [await search(() => (times += 1) < 2), await search(() => true)];
    return [given[0] === undefined, given[1].total, times];
  });
  assert.ok(dropped && kept > 0, `${dropped} ${kept}`);
  assert.equal(asked, 2);
});

for (const language of ["da", "en"]) {
  test(`the browser's stems are the program's in ${language}`, async () => {
    const lines = readFileSync(path.join(REPOSITORY, `tests/search/stems-${language}.txt`), "utf8").trim().split("\n");
    const { page } = await open("file:///");
    await page.goto("about:blank");
    await page.addScriptTag({ path: path.join(REPOSITORY, `themes/vaertskab/assets/search-${language}.js`) });
    const words = lines.map((line) => line.split("\t")[0]);
    const stems = await page.evaluate((all) => all.map((word) => `${word}\t${window.vaertStem(word)}`), words);
    assert.deepEqual(stems, lines);
  });
}
