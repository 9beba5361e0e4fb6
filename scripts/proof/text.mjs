// A page of an edition to its pieces of text: a paragraph, a list item, a heading, a cell, the words for a picture.
// Each piece knows whether it is running text of the author's, which is what the readability of a page is judged by.

/** Read by nobody as prose: ways to other pages, code, drawings, and the file name that facilitators see. */
const UNREAD = ["nav", "code", "pre", "script", "svg", "textarea", ".source", ".footnote-ref", ".footnote-back"];

/** Where the author's own text stands; the rest of a page is the theme's words, and text of other pages. */
const AUTHORS = [
  ".prose", ".lede", ".changes", ".purpose", ".invitation", ".question", ".house-statement", ".window",
  ".definition-card",
];

/** Not running text: no sentences, so counting them as such would make a page look easier than it is. */
const FRAGMENTS = ["h1", "h2", "h3", "h4", "h5", "h6", "dt", "table", "label", ".callout-title", ".footnotes"];

/** Elements that a word or a sentence may run through. */
const INLINE = [
  "a", "abbr", "b", "cite", "del", "em", "i", "ins", "mark", "q", "s", "small", "strong", "sub", "sup", "u",
];

const VOID = ["br", "col", "hr", "img", "input", "link", "meta", "wbr"];

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", shy: "" };

/** The pieces of the `<main>` of a page, or of a drawing: `[{text, isRunning}]`. */
export function pieces(markup) {
  const found = [];
  let text = "";
  const finish = (isRunning) => {
    const piece = text.replace(/\s+/g, " ").trim();
    if (piece) found.push({ text: piece, isRunning });
    text = "";
  };

  const open = [{ name: "", isRead: true, isAuthors: false, isFragment: false }];
  for (const [, words, closing, name, attributes] of inside(markup).matchAll(TAG)) {
    const around = open.at(-1);
    const isRunning = around.isAuthors && !around.isFragment;
    if (around.isRead && words) text += decode(words);
    if (!name) continue;
    if (name === "span" || name === "br") text += " ";
    else if (!INLINE.includes(name)) finish(isRunning);

    if (closing) {
      const opened = open.findLastIndex((element) => element.name === name);
      if (opened > 0) open.length = opened;
      continue;
    }
    const element = { name, classes: attribute(attributes, "class").split(" ") };
    const alternative = attribute(attributes, "alt");
    if (around.isRead && alternative) found.push({ text: decode(alternative), isRunning: false });
    if (VOID.includes(name) || attributes.endsWith("/")) continue;
    open.push({
      name,
      isRead: around.isRead && !matches(element, UNREAD),
      isAuthors: around.isAuthors || matches(element, AUTHORS),
      isFragment: around.isFragment || matches(element, FRAGMENTS),
    });
  }
  finish(false);
  return found;
}

/** Text, and the tag that ends it: the program writes well-formed markup, so no parser is needed. */
const TAG = /([^<]*)(?:<(\/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>|$)/gi;

function inside(markup) {
  const [, main] = /<main\b[^>]*>(.*)<\/main>/s.exec(markup) ?? /<svg\b[^>]*>(.*)<\/svg>/s.exec(markup) ?? [];
  return main ?? "";
}

function attribute(attributes, name) {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
}

function matches({ name, classes }, selectors) {
  return selectors.includes(name) || classes.some((word) => selectors.includes(`.${word}`));
}

function decode(text) {
  return text
    .replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_, hex, decimal) =>
      String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)))
    .replace(/&([a-z]+);/g, (entity, name) => ENTITIES[name] ?? entity)
    .replaceAll("\u00ad", "");
}
