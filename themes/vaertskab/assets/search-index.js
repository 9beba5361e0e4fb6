// What search/start.js and the pieces of an index hold, to the index that a question is put to: the twin of
// src/search/index.rs, and the reader of what src/search/files.rs writes.
(() => {
  "use strict";
  const { words, runsOf, joinedText, LONGEST_WORD, count, order, under, byFolded, compoundsOf } = window.vaertWords;
  const { inSlices } = window.vaertSlices;
  const { spellings } = window.vaertNear;
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** A line of a text to what is known of a page: `record` in src/search/files.rs. */
  function pageText(line) {
    const [url, title, names, tags, lede, ...rest] = line.split("\t");
    const list = (text) => text.split("|").filter(Boolean);
    const parts = [];
    for (let at = 0; at < rest.length; at += 3) parts.push({ id: rest[at], heading: rest[at + 1], text: rest[at + 2] });
    return { url: `${url}.html`, title, names: list(names), tags: list(tags), lede, parts };
  }
  function impactOf(weight, length, average, tuning) {
    const ratio = average > 0 ? length / average : 1;
    const saturation = tuning.saturation * (1 - tuning.length + tuning.length * ratio);
    return Math.floor(1 + (tuning.impact - 1) * weight / (weight + saturation));
  }
  function countWords(text, tuning) {
    const weights = new Map();
    const add = (part, weight) => {
      const found = words(part);
      const joined = runsOf(part, found).map((run) => run.joined).filter((word) => count(word) <= LONGEST_WORD);
      for (const word of [...found.map(([, word]) => word), ...joined]) {
        weights.set(word.toLowerCase(), (weights.get(word.toLowerCase()) || 0) + weight);
      }
      return found.length;
    };
    add(text.title, tuning.title);
    [...text.names, ...text.tags].forEach((name) => add(name, tuning.names));
    let length = add(text.lede, tuning.lede);
    for (const part of text.parts) length += add(part.heading, tuning.heading) + add(part.text, tuning.body);
    return { weights, length };
  }
  /** Small words apart, all words with what is compared with a mistyped one, and how compounds of them are taken apart. */
  async function vocabularyOf(entries, lexicon) {
    const [folded, stems] = [spellings(entries.length), spellings(entries.length)];
    const vocabulary = { words: [], folded, stems, known: new Set(), knownKeys: new Set() };
    const written = new Set();
    await inSlices(entries, (entry) => {
      const { word } = entry;
      if (lexicon.isSmall(word)) return;
      written.add(word);
      const term = entry.term = lexicon.term(word);
      vocabulary.words.push(entry);
      folded.add(lexicon.fold(word));
      stems.add(lexicon.fold(term));
      if (!/^\p{Alphabetic}{3,}$/u.test(word) || !lexicon.mayBePart(word)) return;
      vocabulary.known.add(term);
      vocabulary.knownKeys.add(lexicon.key(word));
    });
    const isWord = (word) => written.has(word);
    vocabulary.compounds = compoundsOf(lexicon, vocabulary.known, isWord);
    vocabulary.foldedCompounds = compoundsOf(lexicon, vocabulary.knownKeys, isWord, true);
    return vocabulary;
  }
  /** The index over all texts, as one piece: src/search/index.rs. */
  async function indexOf(texts, lexicon, tuning) {
    const counts = [];
    const pages = new Map();
    await inSlices(texts, (text) => {
      const counted = countWords(text, tuning);
      counts.push(counted);
      for (const word of counted.weights.keys()) pages.set(word, (pages.get(word) || 0) + 1);
    });
    const all = Array.from(pages, ([word, on]) => ({ word, pages: on, term: "" })).sort((one, other) => order(one.word, other.word));
    const vocabulary = await vocabularyOf(all, lexicon);
    const { split, partsOf } = vocabulary.compounds;
    const [terms, meanings, piece] = [new Map(), new Map(), emptyPiece()];
    await inSlices(all, ({ word }) => {
      const text = lexicon.term(word);
      const isSmall = lexicon.isSmall(word);
      const term = under(terms, text, () => ({ text, folded: lexicon.fold(text), pages: [], impacts: [], parts: undefined }));
      if (!isSmall) term.parts = term.parts || split(word);
      const key = lexicon.key(word);
      if (key !== term.folded) under(piece.further, key, () => new Set()).add(text);
      meanings.set(word, [term, isSmall ? [] : partsOf(word)]);
    });
    const average = counts.reduce((sum, { length }) => sum + length, 0) / Math.max(counts.length, 1);
    await inSlices(counts, ({ weights, length }, page) => {
      const sums = new Map();
      const add = (term, weight) => term && sums.set(term, (sums.get(term) || 0) + weight);
      for (const [word, weight] of weights) {
        const [term, parts] = meanings.get(word);
        add(term, weight);
        parts.forEach((part) => add(terms.get(part), Math.floor(weight / 2)));
      }
      for (const [term, weight] of sums) {
        term.pages.push(page);
        term.impacts.push(impactOf(weight, length, average, tuning));
      }
      for (const name of [texts[page].title, ...texts[page].names]) {
        for (const spelt of [name, joinedText(name)]) {
          const named = spelt === undefined ? [[page]] : under(piece.names, lexicon.wholeName(spelt), () => []);
          if (!named.some(([known]) => known === page)) named.push([page, name === texts[page].title]);
        }
      }
    });
    piece.names.delete("");
    piece.terms = [...terms.values()].sort(byFolded);
    return [piece, vocabulary];
  }

  const emptyPiece = () => ({ terms: [], further: new Map(), names: new Map() });
  /** Lines of a piece to its terms, further keys and whole names: `term_lines` in src/search/files.rs. */
  function readPiece(lines) {
    const piece = emptyPiece();
    for (const line of lines.split("\n").slice(0, -1)) {
      const [key, rest, code, parts] = line.split("\t");
      if (key.startsWith("=")) {
        piece.names.set(key.slice(1), rest.split(" ").map((page) => [parseInt(page, 10), page.endsWith("!")]));
      } else if (rest.startsWith(">")) {
        piece.further.set(key, new Set(rest.slice(1).split(" ")));
      } else {
        piece.terms.push({ text: rest || key, folded: key, code, parts: parts ? parts.split(" ") : [] });
      }
    }
    piece.terms.sort(byFolded);
    return piece;
  }
  const VALUES = new Uint8Array(128);
  Array.from(DIGITS, (digit, value) => { VALUES[digit.charCodeAt(0)] = value; });
  const valueAt = (code, at) => VALUES[code.charCodeAt(at)];
  /** On how many pages a term is. */
  function frequency(term) {
    if (term.frequency === undefined) {
      term.frequency = term.pages ? term.pages.length : 0;
      // The digit of an impact follows the last of a number.
      for (let at = 0; !term.pages && at < term.code.length; at += 1) {
        if (valueAt(term.code, at) < 32) {
          at += 1;
          term.frequency += 1;
        }
      }
    }
    return term.frequency;
  }
  /** The pages of a term, read from its piece when they are first asked for. */
  function pagesOf(term) {
    if (term.pages) return term.pages;
    [term.pages, term.impacts] = [[], []];
    let [page, number] = [0, 0];
    for (let at = 0; at < term.code.length; at += 1) {
      const digit = valueAt(term.code, at);
      number = number * 32 + (digit & 31);
      if (digit < 32) {
        at += 1;
        term.pages.push(page + number);
        term.impacts.push(valueAt(term.code, at));
        page += number + 1;
        number = 0;
      }
    }
    return term.pages;
  }
  async function readWords(lines) {
    const found = [];
    let word = "";
    await inSlices(lines.split("\n"), (line) => {
      if (!line) return;
      const [rest, pages] = line.slice(1).split(" ");
      word = word.slice(0, valueAt(line, 0)) + rest;
      found.push({ word, pages: Number(pages || 1), term: "" });
    }, 64);
    return found;
  }

  window.vaertIndex = { pageText, indexOf, readPiece, pagesOf, frequency, readWords, vocabularyOf };
})();
