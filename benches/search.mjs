#!/usr/bin/env node
// What searching costs a reader: bytes, and milliseconds a question, in Chromium over file://.
//
//   benches/search.mjs [--pages 80,1000,10000] [--questions 200] [--quick]
//
// The corpora are made here from the handbook's own sentences and a fixed seed: 80 pages of 150 words, the others of 500,
// with new compounds so that the vocabulary grows with the pages. For each size it prints what all of the search weighs,
// what is loaded before the first result of a word, how long a question takes once it is loaded (words, beginnings, slips
// of the finger, compounds, several words, whole questions), the longest piece of work while a question is typed, and
// what of a whole build's time the index takes (`benches/index.rs`, one thread for both). Needs Node, Chromium and the packages of
// tests/browser; builds the release program as it is shipped, or without its PDFs (`--quick`).

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { fileBase, launch } from "../tests/browser/harness/browser.js";
import { sentences, writeCorpus } from "../tests/browser/harness/corpus.js";
import { questions } from "../tests/browser/harness/questions.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { values: options } = parseArgs({ options: {
  pages: { type: "string", default: "80,1000,10000" }, questions: { type: "string", default: "200" },
  quick: { type: "boolean", default: false },
} });
const BUILT = options.quick ? ["--no-default-features"] : [];
const TYPED = "hvordan hilser vi på borgeren ved skranken når der er kø";

function buildPrograms() {
  execFileSync("cargo", ["build", "--release", ...BUILT, "--quiet"], { cwd: ROOT, stdio: "inherit" });
  const made = execFileSync("cargo", ["bench", "--bench", "index", ...BUILT, "--no-run", "--message-format=json"],
    { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28 });
  const messages = made.trim().split("\n").map((line) => JSON.parse(line));
  const index = messages.find(({ target, executable }) => target?.name === "index" && executable).executable;
  return { vaert: path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"), "release/vaert"), index };
}

const size = (files) => files.reduce(([raw, zipped], file) => {
  const bytes = readFileSync(file);
  return [raw + bytes.length, zipped + gzipSync(bytes, { level: 9 }).length];
}, [0, 0]);
const kilobytes = ([raw, zipped]) => `${(raw / 1000).toFixed(0)} kB, gzipped ${(zipped / 1000).toFixed(1)}`;
const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/** All files of the search in an edition: the code of one language, the box, the index and the texts. */
function searchFiles(folder) {
  const code = readdirSync(path.join(folder, "assets")).filter((name) => /^(search|mark)[-.\w]*\.js$/.test(name) && !/^search-en\./.test(name));
  return [...code.map((name) => path.join(folder, "assets", name)),
    ...readdirSync(path.join(folder, "search")).map((name) => path.join(folder, "search", name))];
}

/** What the page loads from opening the box to the first result of one word. */
async function firstResult(browser, folder) {
  const page = await browser.newPage();
  await page.goto(`${fileBase(folder)}index.html`);
  const loaded = [];
  page.on("request", (request) => loaded.push(fileURLToPath(request.url())));
  const began = performance.now();
  await page.locator("#search").fill("borgeren");
  await page.getByRole("option").first().waitFor();
  const taken = performance.now() - began;
  await page.close();
  return { bytes: size(loaded), files: loaded.length, taken };
}

/** Milliseconds of each question once all that it needs is loaded, sorted. */
async function perQuestion(browser, folder, asked) {
  const page = await browser.newPage();
  await page.goto(`${fileBase(folder)}search.html`);
  const taken = await page.evaluate(async (all) => {
    const { ui } = window.vaert;
    const engine = await ui.load();
    const ask = (question) => engine.search(question, { from: 0, count: 10, kind: null });
    for (const question of all) await ask(question);
    const times = [];
    for (const question of all) {
      const began = performance.now();
      await ask(question);
      times.push([performance.now() - began, question]);
    }
    return times;
  }, asked);
  await page.close();
  return taken.sort(([one], [other]) => one - other);
}

/** The tasks over 50 ms, in milliseconds, from opening the box until a question is typed and answered. */
async function longTasks(browser, folder) {
  const page = await browser.newPage();
  await page.goto(`${fileBase(folder)}index.html`);
  await page.waitForLoadState("load");
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: "longtask" });
  });
  await page.locator("#search").focus();
  await page.keyboard.type(TYPED, { delay: 60 });
  await page.waitForTimeout(1500);
  const tasks = await page.evaluate(() => window.longTasks);
  await page.close();
  return tasks;
}

/** Milliseconds on one thread that the index takes, and that a build into a new folder takes: medians of three. */
function indexTimes({ vaert, index }, corpus, work) {
  const env = { ...process.env, RAYON_NUM_THREADS: "1", XDG_CACHE_HOME: path.join(work, "cache") };
  const builds = [1, 2, 3].map(() => {
    const out = mkdtempSync(path.join(work, "whole-"));
    const began = performance.now();
    execFileSync(vaert, ["build", corpus, "--out", path.join(out, "dist")], { stdio: "ignore", env });
    const taken = performance.now() - began;
    rmSync(out, { recursive: true });
    return taken;
  });
  return [Number(execFileSync(index, [corpus], { encoding: "utf8", env })), builds.sort((one, other) => one - other)[1]];
}

const programs = buildPrograms();
const { vaert } = programs;
const work = mkdtempSync(path.join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "vaert-bench-"));
const browser = await launch();
try {
  const texts = sentences(path.join(ROOT, "content"));
  const of = questions(texts, "da");
  const asked = of.filter((question) => question.length < 200).slice(0, Number(options.questions) + 60).slice(60);
  for (const pages of options.pages.split(",").map(Number)) {
    const [corpus, out] = ["corpus", "out"].map((name) => path.join(work, `${name}-${pages}`));
    writeCorpus(corpus, texts, pages, pages <= 80 ? 150 : 500);
    execFileSync(vaert, ["build", corpus, "--out", out], { stdio: "ignore", env: { ...process.env, XDG_CACHE_HOME: path.join(work, "cache") } });
    const folder = path.join(out, readdirSync(out).find((name) => statSync(path.join(out, name)).isDirectory()));
    const first = await firstResult(browser, folder);
    const times = await perQuestion(browser, folder, asked);
    const [p50, p95, most] = [0.5, 0.95, 1].map((part) => quantile(times, part)[0].toFixed(1));
    const tasks = await longTasks(browser, folder);
    console.log(`${pages} pages`);
    console.log(`  all of the search        ${kilobytes(size(searchFiles(folder)))}`);
    console.log(`  before the first result  ${kilobytes(first.bytes)}, ${first.files} files, ${first.taken.toFixed(0)} ms`);
    console.log(`  a question               p50 ${p50} ms, p95 ${p95} ms, the slowest ${most} ms: ${times.at(-1)[1].slice(0, 40)}`);
    console.log(`  tasks over 50 ms         ${tasks.length ? tasks.map((task) => task.toFixed(0)).join(", ") : "none"}`);
    const [indexed, built] = indexTimes(programs, corpus, work);
    console.log(`  index building           ${indexed} of ${built.toFixed(0)} ms (${(100 * indexed / built).toFixed(0)} %)`);
    for (const done of [corpus, out]) rmSync(done, { recursive: true, force: true });
  }
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
