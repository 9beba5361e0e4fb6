// A word to what the search knows it by: stems, folded letters, parts of compounds. The twin of the program's own
// (src/language/lexicon.rs and src/search/compound.rs), step by step and by the same names.
(() => {
  "use strict";
  const LONGEST_WORD = 60, SHORTEST_BEGIN = 3, SHORTEST_HEAD = 1, MOST_TERMS = 20000;
  const SHORTEST = 3, SHORTEST_FOLDED = 4, SHORTEST_ALONE = 5, DEEPEST = 3;

  /** The words of a text, each with where it begins. */
  function words(text) {
    const found = [];
    const pattern = /[\p{Alphabetic}\p{N}]+/gu;
    for (let hit = pattern.exec(text); hit; hit = pattern.exec(text)) {
      if (hit[0].length <= LONGEST_WORD || count(hit[0]) <= LONGEST_WORD) found.push([hit.index, hit[0]]);
    }
    return found;
  }
  /** A text as words are compared: `normalized` in src/model/invisible.rs. */
  const normalized = (text) => text.replace(/[\p{DI}\ufff9-\ufffb]/gu, "").normalize();
  const lowerWords = (text) => words(text).map(([, word]) => word.toLowerCase());
  const isNumber = (word) => /^[0-9]+$/.test(word);
  const DIGITS = [4, 15];
  /**
   * The runs of a text's words (as `words` gives them) that are also written as one: src/search/runs.rs. Words that `mayLead`
   * are also joined to the word behind a space.
   */
  function runsOf(text, all, mayLead = () => false) {
    const runs = [];
    const endOf = ([at, word]) => at + word.length;
    function isLinked(before, next) {
      const gap = text.slice(endOf(before), next[0]);
      if (gap.length !== 1) return false;
      return /[-\u2010\u2011]/.test(gap) || (/[ \u00a0.]/.test(gap) && isNumber(before[1]) && isNumber(next[1])) ||
        (gap === " " && mayLead(before[1]));
    }
    for (let from = 0, to = 1; from < all.length; from = to, to += 1) {
      while (to < all.length && isLinked(all[to - 1], all[to])) to += 1;
      if (to - from < 2) continue;
      const joined = all.slice(from, to).map(([, word]) => word).join("");
      if (!isNumber(joined) || (joined.length >= DIGITS[0] && joined.length <= DIGITS[1])) runs.push({ from, to, joined });
    }
    return runs;
  }
  /** A text with each of its runs as one word, if it has any. */
  function joinedText(text) {
    const all = words(text);
    const runs = runsOf(text, all);
    const isInside = (at) => runs.some(({ from, to }) => from < at && at < to);
    return runs.length ? all.map(([, word], at) => (at && !isInside(at) ? ` ${word}` : word)).join("") : undefined;
  }
  const pairs = /[\ud800-\udbff][\udc00-\udfff]/g;
  const count = (word) => word.replace(pairs, " ").length;
  const starts = (word) => {
    let next = 0;
    return Array.from(word, (letter) => (next += letter.length) - letter.length);
  };
  const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  const byFolded = (one, other) => order(one.folded, other.folded) || order(one.text, other.text);
  function under(map, key, make) {
    if (!map.has(key)) map.set(key, make());
    return map.get(key);
  }
  /** The number of the first entry that is not before `key`. */
  function lowerBound(list, key, of = (entry) => entry) {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (of(list[middle]) < key) low = middle + 1; else high = middle;
    }
    return low;
  }

  /** What is known of the language's words: src/language/lexicon.rs. */
  function lexiconOf(rules) {
    const letters = new Map(rules.letters);
    const own = new RegExp(`[${[...letters.keys()].join("")}]`, "g");
    const terms = new Map();
    const [small, ofQuestions] = [rules.small, rules.question].map((all) => new Set(all.split(/\s+/)));
    const notParts = new Set(rules.notParts);
    function fold(word) {
      let folded = word;
      // eslint-disable-next-line no-control-regex
      if (/[^\x00-\x7f]/.test(word)) {
        folded = word.normalize("NFD").replace(/\p{M}/gu, "").replace(own, (letter) => letters.get(letter));
      }
      for (const [pair, single] of rules.digraphs) {
        if (folded.includes(pair)) folded = folded.split(pair).join(single);
      }
      return folded;
    }
    /** Forms with the stem to use, of words (`whole`) and of the ends of longer ones. */
    function familiesOf(spelt) {
      const of = (families) => {
        const forms = new Map();
        for (const family of families.map((all) => all.split(" ").map(spelt))) {
          for (const form of family) under(forms, form, () => family[0]);
        }
        return forms;
      };
      const tails = of(rules.tails);
      return { whole: of(rules.families), tails, longest: Math.max(0, ...[...tails.keys()].map((form) => form.length)) };
    }
    const withoutGenitive = (word, find) => find(word) ??
      (word.endsWith(rules.genitive) ? find(word.slice(0, word.length - rules.genitive.length)) : undefined);
    function stem(word, { whole, tails, longest }) {
      const form = withoutGenitive(word, (known) => whole.get(known) ?? tails.get(known));
      if (form !== undefined) return form;
      const longer = withoutGenitive(word, (known) => {
        for (let at = Math.max(SHORTEST_HEAD, known.length - longest); at < known.length; at += 1) {
          const form = tails.get(known.slice(at));
          if (form !== undefined && count(known.slice(0, at)) >= SHORTEST_HEAD) return known.slice(0, at) + form;
        }
        return undefined;
      });
      return window.vaertStem(longer ?? regular(word));
    }
    function regular(word) {
      for (const [ending, plain] of rules.endings) {
        const begin = word.slice(0, word.length - ending.length);
        if (word.endsWith(ending) && count(begin) >= SHORTEST_BEGIN) return begin + plain;
      }
      return word;
    }
    const [families, foldedFamilies] = [familiesOf((form) => form), familiesOf(fold)];
    // All words of a large handbook would be too much to remember.
    function term(word) {
      if (terms.size > MOST_TERMS) terms.clear();
      return under(terms, word, () => stem(word, families));
    }
    const notCompounds = new Set(rules.notCompounds.map(term));
    return {
      fold, term, links: rules.links,
      key: (word) => stem(fold(word), foldedFamilies),
      isSmall: (word) => small.has(word),
      isOfQuestions: (word) => ofQuestions.has(word),
      hasOwnLetters: (word) => Array.from(rules.own).some((letter) => word.includes(letter)),
      mayBePart: (word) => !small.has(word) && !notParts.has(word),
      mayBeCompound: (text) => !notCompounds.has(text),
      wholeName: (name) => lowerWords(name).map((word) => fold(term(word))).join(" "),
    };
  }

  /**
   * Takes words apart: src/search/compound.rs. `known` are the stems of the words that parts may be, `isWord` tells whether
   * a word stands in the handbook; `folded` compares in letters of another keyboard.
   */
  function compoundsOf({ term, key, links, mayBePart, mayBeCompound }, known, isWord, folded = false) {
    const stem = folded ? key : term;
    const shortest = folded ? SHORTEST_FOLDED : SHORTEST;
    const isKnown = (part) => mayBePart(part) && known.has(stem(part));
    function wordsOf(word, depth = 0) {
      const at = starts(word);
      if (depth === DEEPEST || at.length < 2 * shortest || !mayBeCompound(term(word))) return [];
      for (const middle of at.slice(shortest, at.length - shortest + 1)) {
        const [before, tail] = [word.slice(0, middle), word.slice(middle)];
        if (!isKnown(tail)) continue;
        for (const link of links) {
          const head = before.slice(0, before.length - link.length);
          if (!before.endsWith(link) || count(head) < shortest) continue;
          const parts = isKnown(head) ? [head] : wordsOf(head, depth + 1);
          if (parts.length) return [...parts, tail];
        }
      }
      return [];
    }
    function collect(word, depth, parts) {
      if (depth === DEEPEST) return;
      for (const part of wordsOf(word)) {
        parts.add(stem(part));
        collect(part, depth + 1, parts);
      }
    }
    /** The longest known word at the beginning of a word, and at its end, that may be one. */
    function endsOf(word, mayBe) {
      const at = starts(word);
      if (at.length < SHORTEST_ALONE + SHORTEST || !mayBeCompound(term(word))) return [];
      const isPart = (end) => isKnown(end) && mayBe(end);
      const tails = at.slice(SHORTEST, at.length - SHORTEST_ALONE + 1).map((from) => word.slice(from));
      const befores = at.slice(SHORTEST_ALONE, at.length - SHORTEST + 1).map((to) => word.slice(0, to)).reverse();
      const heads = befores.flatMap((before) => links.filter((link) => before.endsWith(link))
        .map((link) => before.slice(0, before.length - link.length)));
      return [heads.find(isPart), tails.find(isPart)].filter((end) => end !== undefined);
    }
    function partsOf(word) {
      const parts = new Set();
      collect(word, 0, parts);
      if (!parts.size) {
        // A short stem is that of many words. One letter less is no other word.
        const isOwn = (end) => count(stem(end)) >= SHORTEST_ALONE || count(stem(end)) + 1 >= count(end);
        endsOf(word, (end) => isOwn(end) || isWord(end)).forEach((end) => parts.add(stem(end)));
      }
      parts.delete(stem(word));
      return [...parts].sort(order);
    }
    function knownWordsOf(word) {
      const all = wordsOf(word);
      return all.length ? all : endsOf(word, isWord);
    }
    return { split: (word) => wordsOf(word).map(stem), partsOf, knownWordsOf };
  }

  window.vaertWords = {
    words, normalized, isNumber, runsOf, joinedText, LONGEST_WORD, lowerWords, count, order, under, lowerBound, byFolded, lexiconOf, compoundsOf,
  };
})();
