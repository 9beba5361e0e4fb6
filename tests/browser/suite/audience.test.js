// What only facilitators may see is in their edition, and nowhere in the participants': in no file of any type.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { CONTENT, editions } from "../harness/editions.js";
import { files, pages } from "../harness/pages.js";
import { readDocument } from "../harness/document.js";

/** Words of the fixture that stand only where facilitators look. */
const SECRETS = ["Rosenkransen", "syvoghalvtreds", "kaktusvejledningen", "Vejledning til blikket"];

/** Too short a piece of text stands elsewhere by chance. */
const SHORTEST = 24;

test("the participants' edition of the fixture holds no word of the facilitators'", () => {
  const all = everything(editions.fixtureFacilitator());
  for (const secret of SECRETS) assert.ok(all.includes(secret), `${secret} is lost to facilitators too`);
  const found = files(editions.fixture()).flatMap((file) => {
    const text = `${file}\n${readFileSync(path.join(editions.fixture(), file), "utf8")}`;
    return SECRETS.filter((secret) => text.includes(secret)).map((secret) => `${file}: ${secret}`);
  });
  assert.deepEqual(found, []);
});

test("an image that only facilitators see is not in the participants' folder", () => {
  const images = (folder) => files(folder).filter((file) => file.startsWith("billeder/kassen."));
  assert.equal(images(editions.fixtureFacilitator()).length, 1);
  assert.deepEqual(images(editions.fixture()), []);
});

test("the participants' edition of the content holds no text of a facilitator callout", () => {
  const secrets = calloutTexts(CONTENT);
  assert.ok(secrets.length > 20, `only ${secrets.length} pieces of text found`);
  const forFacilitators = everything(editions.facilitator());
  // A few are not found there because a concept's link stands in their midst.
  const there = secrets.filter((secret) => forFacilitators.includes(secret));
  assert.ok(there.length > secrets.length * 0.9, "most of it is lost to facilitators too");
  const forParticipants = everything(editions.participant());
  assert.deepEqual(secrets.filter((secret) => forParticipants.includes(secret)), []);
});

test("only the facilitators' edition says whose it is", () => {
  const callouts = (folder) => pages(folder).filter((page) =>
    readDocument(path.join(folder, page.path)).elements.some(({ attributes }) =>
      /\bcallout-(facilitator|answer)\b/.test(attributes.class ?? "")));
  assert.deepEqual(callouts(editions.participant()), []);
  assert.ok(callouts(editions.facilitator()).length > 5);
});

/** All files as one text, line breaks as spaces. */
function everything(folder) {
  return files(folder)
    .map((file) => `${file}\n${readFileSync(path.join(folder, file), "utf8")}`)
    .join("\n")
    .replaceAll(/\s+/g, " ");
}

/** Pieces of plain text, as they stand on the page too, from the facilitator callouts of a handbook's sources. */
function calloutTexts(handbook) {
  return files(handbook).filter((file) => file.endsWith(".md")).flatMap((file) => {
    const lines = readFileSync(path.join(handbook, file), "utf8").split("\n");
    const found = [];
    let inside = false;
    for (const line of lines) {
      const begins = /^> \[!(FACILITATOR|ANSWER|SVAR)\]/i.exec(line);
      inside = begins ? true : inside && line.startsWith(">") && !line.startsWith("> [!");
      if (inside) found.push(...line.slice(begins?.[0].length ?? 1).split(/[*_[\]{}()`<>|\\"]|[.?:] |^ - /));
    }
    return found.map((text) => text.trim()).filter((text) => text.length >= SHORTEST);
  });
}
