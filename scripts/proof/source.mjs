// A handbook's folder to its source files, and to an index of the lines that a published word may have come from.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "./edition.mjs";
import { wordsIn } from "./word.mjs";

/** Files with text that readers see; the theme's words are on the pages, too. */
const TEXT = /\.(md|yaml|svg)$/;
const THEME_WORDS = path.join(REPOSITORY, "themes/vaertskab/words/da.yaml");

/** `[{path, lines}]` of `handbook`, by path as seen from the working directory. */
export function sourcesOf(handbook) {
  const files = readdirSync(handbook, { recursive: true })
    .filter((file) => TEXT.test(file) && !file.split(path.sep).some((part) => part.startsWith(".")))
    .sort()
    .map((file) => path.join(handbook, file));
  return files.map(source);
}

/** An index of the words of `sources` and of the theme, to ask with `places`. */
export function indexOf(sources) {
  const index = { words: new Map(), compounds: [] };
  for (const { path, lines } of [...sources, source(THEME_WORDS)]) {
    lines.forEach((line, at) => addLine(index, line, { path, line: at + 1 }));
  }
  return index;
}

/** Where `word` stands, in any capitals: `[{path, line, term}]`, with the term in braces where it comes from one. */
export function places(index, word) {
  const key = word.toLowerCase();
  const written = index.words.get(key) ?? [];
  const compound = index.compounds.filter(({ rest }) => key.endsWith(rest) && key !== rest).map(({ place }) => place);
  return written.length ? written : compound;
}

function source(file) {
  return { path: path.relative("", file), lines: readFileSync(file, "utf8").split("\n") };
}

function addLine(index, line, at) {
  const text = line.replace(/\]\([^\s)]*/g, "](");
  // `{borger-}service` is one word on the page, and what stands in its first part is for handbook.yaml to say.
  for (const [term, rest] of text.matchAll(/\{[^{}]*-\}(\p{L}+)/gu)) {
    index.compounds.push({ rest: rest.toLowerCase(), place: { ...at, term } });
  }
  for (const [part] of text.matchAll(/\{[^{}]*\}|[^{}]+/g)) {
    const place = part.startsWith("{") ? { ...at, term: part } : at;
    for (const { word } of wordsIn(part.replace(/[*_]/g, ""))) {
      const key = word.toLowerCase();
      const known = index.words.get(key) ?? [];
      if (!known.some(({ path, line }) => path === at.path && line === at.line)) known.push(place);
      index.words.set(key, known);
    }
  }
}
