// An edition's folder to its pages, and to one page of every type: the ones worth a close look.

import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { readDocument } from "./document.js";

/** Every file of an edition, as paths from its folder with `/`, sorted. */
export function files(folder) {
  return readdirSync(folder, { recursive: true })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => statSync(path.join(folder, file)).isFile())
    .sort();
}

/** Every page of an edition: `{ path, kind }`, sorted by path. */
export function pages(folder) {
  return files(folder)
    .filter((file) => file.endsWith(".html"))
    .map((file) => ({ path: file, kind: readDocument(path.join(folder, file)).kind }));
}

/**
 * One page of every type: each kind of page, and the section page of each folder. Of several the longest is taken,
 * for it holds most of what can go wrong.
 */
export function pageTypes(folder) {
  const types = new Map();
  for (const page of pages(folder)) {
    const type = page.kind === "section" ? `section ${path.posix.dirname(page.path)}` : page.kind;
    const size = statSync(path.join(folder, page.path)).size;
    if (!types.has(type) || types.get(type).size < size) types.set(type, { ...page, type, size });
  }
  return [...types.values()];
}

/** The first page whose document fits `condition`. Throws where none does: a test without its page tests nothing. */
export function pageWith(folder, condition) {
  const found = pages(folder).find((page) => condition(readDocument(path.join(folder, page.path)), page));
  if (!found) throw new Error(`no page of ${folder} fits`);
  return found.path;
}

/** Whether a document has an element of this class. */
export function hasClass(document, name) {
  return document.elements.some(({ attributes }) => (attributes.class ?? "").split(/\s+/).includes(name));
}
