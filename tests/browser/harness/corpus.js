// A handbook to one as large as asked for: its own sentences in another order on as many pages as it takes.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { random } from "./questions.js";

/** The sentences of a handbook's Markdown, without marks, braces and front matter. */
export function sentences(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".md")).sort();
  return files.flatMap((file) => {
    const body = readFileSync(path.join(folder, file), "utf8").replace(/^---\n[\s\S]*?\n---\n/, "").replace(/%%[\s\S]*?%%/g, "");
    const plain = body.split("\n").filter((line) => !/^\s*[>|#!:[]/.test(line)).join(" ").replace(/\]\([^)]*\)|\{[^}]*\}/g, " ");
    return plain.split(/(?<=[.!?:])\s+/).map((text) => text.replace(/[^\p{L}\p{N}.,?! -]/gu, "").replace(/\s+/g, " ").trim());
  }).filter((text) => text.split(" ").length > 3);
}

/**
 * Writes a handbook of `pages` pages of about `length` words into `folder`. Every twelfth word, or so, of more than five
 * letters is put together with another, so that the vocabulary grows with the pages as it does in real texts.
 */
export function writeCorpus(folder, texts, pages, length, seed = 1) {
  const next = random(seed);
  const some = (list) => list[next(list.length)];
  const nouns = [...new Set(texts.join(" ").toLowerCase().match(/(?<!\p{L})\p{L}{5,9}(?!\p{L})/gu))].sort();
  const sentence = () => some(texts).replace(/\p{Ll}{6,}/gu, (word) => (next(12) ? word : some(nouns) + some(["", "s", "e"]) + word));
  const title = () => `${some(nouns)} ${some(["og", "med", "uden", "mellem"])} ${some(nouns)}`;
  mkdirSync(folder, { recursive: true });
  const sections = ["principper", "begreber", "noter"].map((name, at) =>
    `  - { folder: ${name}, kind: ${["principle", "concept", "page"][at]}, title: ${name} }\n`);
  writeFileSync(path.join(folder, "handbook.yaml"), `title: Korpus\nlanguage: da\nsections:\n${sections.join("")}`);
  writeFileSync(path.join(folder, "index.md"), "# Korpus\n\nForsiden.\n");
  // A title without a word.
  mkdirSync(path.join(folder, "noter"));
  writeFileSync(path.join(folder, "noter", "side.md"), "# …\n\nEn side uden navn.\n");
  for (let number = 0; number < pages; number += 1) {
    const kind = number % 10 === 0 ? "principper" : number % 10 === 1 ? "begreber" : "noter";
    const key = { principper: "statement", begreber: "definition", noter: "summary" }[kind];
    const head = [`title: ${title()}`, `${key}: "${sentence().replaceAll("\"", "")}"`, `tags: [${some(nouns)}]`];
    if (next(3) === 0) head.push(`aliases: [${some(nouns)} ${some(nouns)} ${number}]`);
    let left = length;
    const body = [];
    while (left > 0) {
      if (body.length && next(4) === 0) body.push(`## ${title()}`);
      const paragraph = Array.from({ length: 1 + next(5) }, sentence).join(" ");
      left -= paragraph.split(" ").length;
      body.push(paragraph);
    }
    const place = path.join(folder, kind, kind === "noter" ? String(Math.floor(number / 50)) : "");
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, `side-${number}.md`), `---\n${head.join("\n")}\n---\n\n${body.join("\n\n")}\n`);
  }
}
