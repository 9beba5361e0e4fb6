// The running text of each page to its readability index, LIX: words a sentence, plus the percentage of long words.
// C.H. Björnsson: Läsbarhet, Stockholm 1968. About 30 is fiction, 40 a newspaper, 50 non-fiction.

/** What the average of an edition's pages may be at most. */
export const HIGHEST = 42;

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;

/** A page that is all the theme's words. */
const THEMES_PAGE = "404.html";

/** A sentence ends with a full stop or a colon, and the next has a capital: "kl. 9" and "3. udgave" end none. */
const SENTENCE_END = /[.:!?…]+[^\p{L}\p{N}\s]*\s[^\p{L}\p{N}]*(?=\p{Lu})/u;

/** `{words, lix}` of pieces of running text; the end of a piece ends a sentence. */
export function lixOf(texts) {
  let words = 0;
  let long = 0;
  let sentences = 0;
  for (const text of texts) {
    for (const sentence of text.split(SENTENCE_END)) {
      const found = sentence.match(WORD) ?? [];
      if (found.length === 0) continue;
      sentences += 1;
      words += found.length;
      long += found.filter((word) => word.replace(/[^\p{L}]/gu, "").length > 6).length;
    }
  }
  return { words, lix: words ? words / sentences + (100 * long) / words : 0 };
}

/** Prints the pages' figures by `print`, and returns a fault for each edition that is too hard to read. */
export function checkLix(editions, print) {
  const figures = editions.map(({ audience, pages }) => ({ audience, pages: figuresOf(pages) }));
  const paths = [...new Set(figures.flatMap(({ pages }) => [...pages.keys()]))].sort();

  print(row(figures.map(({ audience }) => audience), ""));
  print(row(figures.map(() => "  LIX  words"), "page"));
  for (const path of paths) print(row(figures.map(({ pages }) => cell(pages.get(path))), path));
  const averages = figures.map(({ audience, pages }) => ({ audience, ...average([...pages.values()]) }));
  print(row(averages.map(cell), `average of the pages (at most ${HIGHEST}), and words of them all`));

  const unread = averages.find(({ words }) => words === 0);
  if (unread) throw new Error(`no running text in the ${unread.audience} edition: see AUTHORS in text.mjs`);
  return averages
    .filter(({ lix }) => lix > HIGHEST)
    .map(({ audience, lix }) =>
      `the ${audience} edition is too hard to read: LIX ${lix.toFixed(1)} on average, at most ${HIGHEST} is wanted: ` +
      "split long sentences and look for shorter words on the pages with the highest figures");
}

function figuresOf(pages) {
  const figures = pages
    .filter(({ path }) => path !== THEMES_PAGE)
    .map(({ path, pieces }) => [path, lixOf(pieces.filter(({ isRunning }) => isRunning).map(({ text }) => text))]);
  return new Map(figures.filter(([, { words }]) => words > 0));
}

function average(figures) {
  const sum = (key) => figures.reduce((total, figure) => total + figure[key], 0);
  return { words: sum("words"), lix: figures.length ? sum("lix") / figures.length : 0 };
}

function cell(figure) {
  return figure ? `${figure.lix.toFixed(1).padStart(5)} ${String(figure.words).padStart(6)}` : "";
}

function row(cells, name) {
  return [...cells.map((text) => text.padEnd(12)), name].join("  ").trimEnd();
}
