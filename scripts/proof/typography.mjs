// The lines of source files to breaches of Danish typography that a machine can tell from syntax: quotation marks that
// are not »paired«, straight ones, a hyphen for a dash, double spaces, three dots for an ellipsis.

/** What no line of text has, and what to write. */
const RULES = [
  { pattern: /"/, fault: 'a straight quotation mark: write »…«' },
  { pattern: /(?<=[^\s|>]) --? /, fault: "a hyphen for a dash: write –" },
  { pattern: /(?<=\S) {2,}(?=\S)/, fault: "more than one space" },
  { pattern: /\.{3}/, fault: "three dots: write …" },
];

/** A fault for each breach in the Markdown files and the handbook.yaml of `sources`. */
export function checkTypography(sources) {
  return sources
    .filter(({ path }) => /\.(md|yaml)$/.test(path))
    .flatMap(({ path, lines }) => {
      const texts = path.endsWith(".md") ? markdownTexts(lines) : lines.map(yamlText);
      return [...ruleFaults(texts), ...quoteFaults(texts)]
        .sort((a, b) => a.at - b.at)
        .map(({ at, fault }) => `${path}:${at + 1}: ${fault}`);
    });
}

function ruleFaults(texts) {
  return texts.flatMap((text, at) =>
    RULES.filter(({ pattern }) => pattern.test(text)).map(({ fault }) => ({ at, fault })));
}

/** A » without its «, or the reverse, in a paragraph: that is, between blank lines. */
function quoteFaults(texts) {
  const faults = [];
  let opened = null;
  const close = () => {
    if (opened !== null) faults.push({ at: opened, fault: "a » without its «" });
    opened = null;
  };
  texts.forEach((text, at) => {
    if (!text.trim()) close();
    for (const [mark] of text.matchAll(/[»«]/g)) {
      if (mark === "«") {
        if (opened === null) faults.push({ at, fault: "a « without its »" });
        opened = null;
      } else {
        close();
        opened = at;
      }
    }
  });
  close();
  return faults;
}

/** The text of each line of a Markdown file: no syntax of the front matter, no code, comments or addresses. */
function markdownTexts(lines) {
  const end = lines[0]?.trim() === "---" ? lines.indexOf("---", 1) : -1;
  const front = lines.slice(0, end + 1).map((line) => (line === "---" ? "" : yamlText(line)));
  const body = withoutCode(lines.slice(end + 1).join("\n")).split("\n").map(markdownText);
  return [...front, ...body];
}

/** The text of a line of YAML: a comment, and the quotation marks that hold a value, are none of it. */
function yamlText(line) {
  return line
    .replace(/^[\s-]*(?:[\w-]+:(?=\s|$))?\s*/, "")
    .replace(/(^|[\s[{,])"((?:[^"\\]|\\.)*)"|(?:^|\s)#.*/g, (_, before = "", value = "") => before + value)
    .replace(/^'(.*)'\s*$/, "$1");
}

function withoutCode(text) {
  const blank = (found) => found.replace(/[^\n]/g, "");
  return text
    .replace(/^( {0,3}(`{3,}|~{3,}))[^\n]*\n.*?(^ {0,3}\2[^\n]*$|$(?![^]))/gms, blank)
    .replace(/%%.*?%%|<!--.*?-->/gs, blank)
    .replace(/(`+)(?!`).*?[^`]\1(?!`)/g, "x");
}

function markdownText(line) {
  if (/^[\s>|:-]*$/.test(line)) return "";
  const text = line
    .replace(/^[\s>]*/, "")
    .replace(/^(?:[-*+]|\d+[.)]|\[\^[^\]]*\]:|:)\s+/, "")
    .replace(/\]\([^\s)]*(?: "([^"]*)")?\)/g, (_, title) => (title ? `] ${title}` : "]"))
    .replace(/<[a-z/][^>]*>/gi, "");
  // The spaces that align a table's columns are none of its text.
  return text.startsWith("|") ? text.replace(/ *\| */g, " | ") : text;
}
