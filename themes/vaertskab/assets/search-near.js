// A word to those of a handbook that are near it, or hold it: the twin of src/search/near.rs, and of `within` in
// src/search/lookup.rs. A large handbook has a few hundred thousand words, most of which are ruled out by the letters
// they have before any is compared.
(() => {
  "use strict";
  const { count, byFolded } = window.vaertWords;
  const { inSlices } = window.vaertSlices;
  const SHORTEST_STEM = 6, MORE_COMMON = 10, SHORTEST_WITHIN = 5, FEWEST_LETTERS_AN_EDIT = 3;
  const STEP = 256;

  /** Which letters a word has, as bits. Some share one: what is ruled out by these is ruled out by the letters. */
  function lettersOf(word) {
    let letters = 0;
    for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
    return letters;
  }
  /** How many bits are set (Warren, Hacker's Delight, 2012, section 5-1). */
  function bitsIn(letters) {
    const pairs = letters - ((letters >>> 1) & 0x55555555);
    const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
    return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  /** Words as they are compared: each as it is spelt there, with its letters and its length. */
  function spellings(most) {
    const all = { spelt: [], letters: new Int32Array(most), lengths: new Uint16Array(most) };
    all.add = (word) => {
      all.letters[all.spelt.length] = lettersOf(word);
      all.lengths[all.spelt.length] = word.length;
      all.spelt.push(word);
    };
    return all;
  }
  const sortedLetters = (word) => Array.from(word).sort().join("");

  /** The number of edits from one word to another, if it is no more than `most`. */
  function distance(from, to, most) {
    if (Math.abs(from.length - to.length) > most) return Infinity;
    let before = [];
    let last = Array.from({ length: to.length + 1 }, (_, column) => column);
    for (let row = 0; row < from.length; row += 1) {
      const next = [row + 1];
      let least = row + 1;
      for (let column = 0; column < to.length; column += 1) {
        let cost = Math.min(last[column] + (from[row] === to[column] ? 0 : 1), last[column + 1] + 1, next[column] + 1);
        if (row && column && from[row] === to[column - 1] && from[row - 1] === to[column]) {
          cost = Math.min(cost, before[column - 1] + 1);
        }
        next.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most + 1) return Infinity;
      [before, last] = [last, next];
    }
    return last[to.length] <= most ? last[to.length] : Infinity;
  }
  /** What gives the distance from a word to each of many, where it is no more than `most`. */
  function distancesFrom(word, { spelt, letters, lengths }) {
    const own = lettersOf(word);
    // An edit takes out one letter at most, and brings in one at most.
    return (at, most) => (Math.abs(lengths[at] - word.length) > most || bitsIn(own & ~letters[at]) > most ||
      bitsIn(letters[at] & ~own) > most ? Infinity : distance(word, spelt[at], most));
  }
  const limitOf = (length) => (length < 4 ? 0 : length < 8 ? 1 : 2);
  async function nearest(asked, words, all) {
    const length = count(asked);
    const limit = limitOf(length);
    if (!limit) return undefined;
    const [letters, distanceTo] = [sortedLetters(asked), distancesFrom(asked, all)];
    let best;
    await inSlices(words, ({ word: meant, pages }, at) => {
      const edits = all.lengths[at] < 3 ? Infinity : distanceTo(at, best ? best.edits : limit + 1);
      if (edits === Infinity) return;
      const known = all.spelt[at];
      const rank = edits * 4 + (sortedLetters(known) === letters ? 0 : 2) + (known[0] === asked[0] ? 0 : 1);
      if (!best || rank < best.rank || (rank === best.rank && pages > best.pages)) best = { meant, edits, rank, pages };
    }, STEP);
    const isCorrection = best && best.edits <= limit;
    // What is further off is asked about where most letters stay, or *stress* would be *straks*.
    return isCorrection || (best && best.edits * FEWEST_LETTERS_AN_EDIT < length && best.rank % 2 === 0) ? { meant: best.meant, isCorrection } : undefined;
  }
  /** What is near a word that is not in the vocabulary: as it is written, else without its ending. */
  async function near(word, { words, folded, stems }, { fold, term }) {
    const asWritten = await nearest(fold(word), words, folded);
    const stem = fold(term(word));
    if (asWritten?.isCorrection || count(stem) < SHORTEST_STEM) return asWritten;
    const byStem = await nearest(stem, words, stems);
    return byStem?.isCorrection ? byStem : asWritten;
  }
  /** The word that may have been meant by one that is there: an edit from it, and on many more pages. */
  function moreCommon(word, pages, { words, folded }, { fold, term }) {
    const own = fold(word);
    if (count(own) < SHORTEST_STEM || !pages) return undefined;
    const distanceTo = distancesFrom(own, folded);
    let best;
    words.forEach(({ word: known, pages: on }, at) => {
      if (on < pages * MORE_COMMON || (best && on <= best.on)) return;
      const spelt = folded.spelt[at];
      const isAlike = spelt[0] === own[0] && count(spelt) >= SHORTEST_STEM && distanceTo(at, 1) <= 1;
      if (isAlike && term(known) !== term(word)) best = { known, on };
    });
    return best?.known;
  }
  /** The terms of words that begin with the stem of a word or end with it or with the word itself. */
  async function within(word, { words, folded, stems }, { fold, term, hasOwnLetters }) {
    const exactly = hasOwnLetters(word);
    const [end, begin] = [word, term(word)].map((text) => (exactly ? text : fold(text)));
    const [isEnd, isBegin] = [end, begin].map((text) => count(text) >= SHORTEST_WITHIN);
    if (!isEnd && !isBegin) return [];
    const [endLetters, beginLetters] = [end, begin].map(lettersOf);
    const holds = (known, stem) => (isBegin && (known.startsWith(begin) || stem.endsWith(begin))) ||
      (isEnd && known.endsWith(end));
    const has = (letters, wanted) => (letters & wanted) === wanted;
    const mayHold = (at) => has(folded.letters[at], beginLetters) || has(stems.letters[at], beginLetters) ||
      has(folded.letters[at], endLetters);
    const found = new Set();
    await inSlices(words, (known, at) => {
      const isFound = exactly ? holds(known.word, known.term) : mayHold(at) && holds(folded.spelt[at], stems.spelt[at]);
      if (isFound) found.add(known.term);
    }, STEP);
    return [...found].map((text) => ({ text, folded: fold(text) })).sort(byFolded).map(({ text }) => text);
  }

  window.vaertNear = { spellings, near, moreCommon, within };
})();
