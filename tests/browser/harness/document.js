// An HTML file to what it holds: its elements, ids and references, read without a browser.

import { readFileSync } from "node:fs";
import { parse } from "parse5";

/** Attributes that name another file or a place on a page. */
const REFERENCES = ["href", "src", "data", "poster", "action"];

/**
 * The document at `file`.
 *
 * Gives `{ lang, kind, ids, references, elements, comments }`: `kind` is the page's kind from the class of `<body>`,
 * `references` are `{ tag, attribute, value }`, `elements` are `{ tag, attributes, text }` in document order.
 */
export function readDocument(file) {
  const found = { lang: undefined, kind: undefined, ids: [], references: [], elements: [], comments: [] };
  const waiting = [parse(readFileSync(file, "utf8"))];
  while (waiting.length) {
    const node = waiting.pop();
    if (node.nodeName === "#comment") found.comments.push(node.data);
    if (node.tagName) see(node, found);
    waiting.push(...(node.childNodes ?? []).toReversed());
  }
  return found;
}

function see(node, found) {
  const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
  const text = node.childNodes.filter((child) => child.nodeName === "#text").map((child) => child.value).join("");
  found.elements.push({ tag: node.tagName, attributes, text });
  if (node.tagName === "html") found.lang = attributes.lang;
  if (node.tagName === "body") found.kind = /\bkind-([\w-]+)/.exec(attributes.class ?? "")?.[1];
  if (attributes.id !== undefined) found.ids.push(attributes.id);
  for (const attribute of REFERENCES) {
    if (attributes[attribute] !== undefined) {
      found.references.push({ tag: node.tagName, attribute, value: attributes[attribute] });
    }
  }
  const target = attributes["http-equiv"] === "refresh" && /url=(.*)$/.exec(attributes.content ?? "")?.[1];
  if (target) found.references.push({ tag: "meta", attribute: "content", value: target });
}
