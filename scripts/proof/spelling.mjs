// The words of all pages to those that neither hunspell's Danish dictionary nor the project's own list knows.
// The list is words-da.txt; everything in it is right, and `#` begins a comment.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "./edition.mjs";
import { indexOf, places } from "./source.mjs";
import { wordsIn } from "./word.mjs";

const LIST = "scripts/words-da.txt";

/** How many suggestions a reader looks at. */
const SUGGESTIONS = 3;

/** A fault for each place of each word that nobody knows, and at the end what to do about them. */
export function checkSpelling(editions, sources) {
  const listed = listedWords();
  const isListed = (word) => listed.has(word) || listed.has(word[0].toLowerCase() + word.slice(1));
  const unlisted = readWords(editions).filter(({ word }) => !isListed(word));
  const unknown = unknownTo(unlisted);
  if (unknown.length === 0) return [];
  const index = indexOf(sources);
  const faults = unknown
    .flatMap((found) => faultsOf(index, found))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line))
    .map(({ path, line, fault }) => `${path}:${line}: ${fault}`);
  return [...faults, `mend the text; a word that is right belongs in ${LIST}`];
}

/** Each word once, in whatever capitals it was first met, with the page where that was. */
function readWords(editions) {
  const found = new Map();
  for (const page of editions.flatMap(({ pages }) => pages)) {
    for (const { word, mark } of page.pieces.flatMap(({ text }) => wordsIn(text))) {
      const known = found.get(word) ?? { word, page: page.path, forms: new Set([word]) };
      if (mark) known.forms.add(word + mark);
      found.set(word, known);
    }
  }
  return [...found.values()];
}

/** The words that hunspell knows in no form, once in whatever capitals: `[{word, page, suggestions}]`. */
function unknownTo(words) {
  const asked = words.flatMap((entry) => [...entry.forms].map((form) => ({ entry, form })));
  const answers = hunspell(asked.map(({ form }) => form));
  const known = new Set(asked.filter((_, at) => answers[at].isKnown).map(({ entry }) => entry));
  const unknown = new Map();
  asked.forEach(({ entry, form }, at) => {
    const key = entry.word.toLowerCase();
    if (known.has(entry) || form !== entry.word || unknown.has(key)) return;
    unknown.set(key, { ...entry, suggestions: answers[at].suggestions });
  });
  return [...unknown.values()];
}

/** What hunspell says to each of `words`: `[{isKnown, suggestions}]`. */
function hunspell(words) {
  // A caret keeps hunspell from taking a word for a command; a blank line ends the answer to each.
  const { error, status, stdout, stderr } = spawnSync("hunspell", ["-i", "utf-8", "-d", "da_DK", "-a"], {
    input: words.map((word) => `^${word}\n`).join(""),
    encoding: "utf8",
    maxBuffer: Infinity,
  });
  if (error?.code === "ENOENT") throw new Error('hunspell is not installed: packages "hunspell" and "hunspell-da"');
  if (error) throw error;
  if (status !== 0) throw new Error(`hunspell has no Danish dictionary: package "hunspell-da"\n${stderr}`);
  const answers = stdout.slice(stdout.indexOf("\n") + 1).split("\n\n").slice(0, words.length);
  if (answers.length !== words.length) throw new Error("hunspell did not answer to each word");
  return answers.map((answer) => ({
    isKnown: !/^[&#?]/m.test(answer),
    suggestions: /^&[^:]*: (.*)$/m.exec(answer)?.[1].split(", ").slice(0, SUGGESTIONS) ?? [],
  }));
}

/** `[{path, line, fault}]`, one for each line that the word stands on. */
function faultsOf(index, { word, page, suggestions }) {
  const perhaps = suggestions.length ? `: ${suggestions.join(", ")}?` : "";
  const found = places(index, word);
  if (found.length === 0) {
    return [{ path: page, line: 1, fault: `unknown word »${word}« on this page, and in no source file${perhaps}` }];
  }
  return found.map(({ path, line, term }) =>
    ({ path, line, fault: `unknown word »${word}«${term ? ` from the term ${term}` : ""}${perhaps}` }));
}

function listedWords() {
  const lines = readFileSync(path.join(REPOSITORY, LIST), "utf8").split("\n");
  return new Set(lines.map((line) => line.replace(/#.*/, "").trim()).filter(Boolean));
}
