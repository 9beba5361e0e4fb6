// Every reference of every page leads to a file, and to an id, that the edition holds.

import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { readDocument } from "../harness/document.js";
import { editions } from "../harness/editions.js";
import { files, pages } from "../harness/pages.js";
import { MOUNT } from "../harness/server.js";

for (const [name, folder] of Object.entries(editions)) {
  test(`every link in the ${name} edition leads somewhere`, () => {
    const faults = pages(folder()).flatMap((page) => brokenReferences(folder(), page.path));
    assert.deepEqual(faults, []);
  });

  test(`every page of the ${name} edition has one h1, its language, and nothing inline`, () => {
    const language = name === "hotel" ? "en" : "da";
    const faults = pages(folder()).flatMap((page) => structuralFaults(folder(), page.path, language));
    assert.deepEqual(faults, []);
  });
}

test("the sitemap of an edition with an address lists its pages", () => {
  const all = files(editions.fixture());
  assert.ok(all.includes("sitemap.xml"), "no sitemap.xml");
  assert.ok(!files(editions.participant()).includes("sitemap.xml"), "a sitemap without site_url");
});

function brokenReferences(folder, from) {
  const all = known(folder);
  return readDocument(path.join(folder, from)).references.flatMap(({ tag, attribute, value }) => {
    const fault = (why) => [`${from}: <${tag} ${attribute}="${value}"> ${why}`];
    if (/^(https?|mailto|tel|data):/.test(value)) {
      return tag === "a" || value.startsWith("data:") || attribute === "href" ? [] : fault("loads from outside");
    }
    const [address, fragment] = value.split("#");
    const target = resolve(from, decodeURIComponent(address));
    if (!all.has(target)) return fault("names no file");
    if (fragment && !ids(folder, target).has(decodeURIComponent(fragment))) return fault("names no id");
    return [];
  });
}

function resolve(from, address) {
  if (address === "") return from;
  if (from === "404.html" && address.startsWith(MOUNT)) return address.slice(MOUNT.length);
  return path.posix.join(path.posix.dirname(from), address);
}

function structuralFaults(folder, file, language) {
  const document = readDocument(path.join(folder, file));
  const repeated = document.ids.filter((id, at) => document.ids.indexOf(id) !== at);
  const faults = repeated.map((id) => `the id ${id} stands twice`);
  const headings = document.elements.filter(({ tag }) => tag === "h1").length;
  if (headings !== 1) faults.push(`${headings} h1`);
  if (document.lang !== language) faults.push(`lang is ${document.lang}`);
  if (document.comments.length) faults.push(`a comment: ${document.comments[0]}`);
  for (const { tag, attributes, text } of document.elements) {
    const handler = Object.keys(attributes).find((name) => name.startsWith("on") || name === "style");
    if (handler) faults.push(`<${tag}> has ${handler}`);
    if (["script", "style"].includes(tag) && text.trim()) faults.push(`inline <${tag}>`);
  }
  return faults.map((fault) => `${file}: ${fault}`);
}

const filesOf = new Map();
function known(folder) {
  if (!filesOf.has(folder)) filesOf.set(folder, new Set(files(folder)));
  return filesOf.get(folder);
}

const idsOf = new Map();
function ids(folder, file) {
  const key = path.join(folder, file);
  if (!idsOf.has(key)) idsOf.set(key, new Set(readDocument(key).ids));
  return idsOf.get(key);
}
