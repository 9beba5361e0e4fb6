// What a handbook says of a word, looked up in its index: the twin of src/search/lookup.rs. A large index is loaded piece
// by piece, as questions need them.
(() => {
  "use strict";
  const { count, under, lowerBound, byFolded } = window.vaertWords;
  const { pause, sliceEnd } = window.vaertSlices;
  const { near, moreCommon, within } = window.vaertNear;
  const { pageText, indexOf, readPiece, pagesOf, frequency, readWords, vocabularyOf } = window.vaertIndex;
  const MOST_COMPLETIONS = 40, SHORTEST_COMPOUND = 6;
  const ABSENT = new Error("a piece of the index is not there yet");
  const arrived = new Map();
  window.vaertSearchPiece = ([name, text]) => arrived.set(name, text);

  window.vaertLookup = (root, start, lexicon) => {
    const lines = (text) => text.split("\n").filter(Boolean).map(pageText);
    const fetched = (name, read) => async () => {
      const src = `${root}search/${name}.js`;
      await new Promise((onload, onerror) => {
        document.head.append(Object.assign(document.createElement("script"), { onload, onerror, src }));
      }).catch(() => { throw new Error(`could not load ${src}`); });
      return read(arrived.get(name));
    };
    const piecesOf = (list, read) => (list || []).map(([first, name]) => ({ first, make: fetched(name, read) }));
    let terms = piecesOf(start.terms, readPiece);
    let texts = piecesOf(start.texts, lines);
    let allWords = { make: fetched(start.words, async (text) => vocabularyOf(await readWords(text), lexicon)) };
    const isSmall = start.text !== undefined;
    const pageCount = start.kinds.reduce((sum, [, pages]) => sum + pages, 0);
    const ready = isSmall && (async () => {
      const all = lines(start.text);
      const [piece, vocabulary] = await indexOf(all, lexicon, start.tuning);
      [terms, texts, allWords] = [[{ first: "", content: piece }], [{ first: 0, content: all }], { content: vocabulary }];
    })();

    const missing = new Set();
    let known, until, hasWorked;
    /** What the pieces hold; where one is not there, the question is put again once it is. */
    function contents(pieces) {
      const absent = pieces.filter((piece) => !("content" in piece));
      absent.forEach((piece) => missing.add(piece));
      if (absent.length) throw ABSENT;
      return pieces.map((piece) => piece.content);
    }
    function load(piece) {
      piece.loading ||= piece.make().then((content) => { piece.content = content; });
      return piece.loading.catch((error) => {
        piece.loading = undefined;
        throw error;
      });
    }
    /** What `step` gives, unless something is missing for it. */
    function attempt(step) {
      try { return step(); } catch (error) { if (error !== ABSENT) throw error; }
      return undefined;
    }
    /** What `make` gives, remembered for when the question is put again: at the end of a slice of time, it is. */
    function remembered(key, make) {
      if (known.has(key)) return known.get(key);
      if (hasWorked && performance.now() > until) contents([{ make: pause }]);
      known.set(key, make());
      hasWorked = true;
      return known.get(key);
    }
    /** What `work` gives, as soon as nothing is missing; nothing once it is not wanted any more. */
    async function whenLoaded(work, isWanted) {
      await ready;
      const mine = new Map();
      for (;;) {
        // Each question that has waited gets a task of its own.
        await pause();
        if (!isWanted()) return undefined;
        missing.clear();
        [known, until, hasWorked] = [mine, sliceEnd(), false];
        const result = attempt(work);
        if (!missing.size) return result;
        await Promise.all([...missing].map(load));
      }
    }

    /** The pieces that hold a key, or all keys that begin so. */
    function piecesWith(key, isWanted = (first) => first === key) {
      const from = Math.max(lowerBound(terms, key, (piece) => piece.first) - 1, 0);
      let to = from + 1;
      while (to < terms.length && isWanted(terms[to].first)) to += 1;
      return terms.slice(from, to);
    }
    function termsWith(key, isWanted = (folded) => folded === key) {
      return contents(piecesWith(key, isWanted)).flatMap((piece) => {
        const from = lowerBound(piece.terms, key, (term) => term.folded);
        let to = from;
        while (to < piece.terms.length && isWanted(piece.terms[to].folded)) to += 1;
        return piece.terms.slice(from, to);
      });
    }
    const termOf = (text) => termsWith(lexicon.fold(text)).find((term) => term.text === text);
    function termsOf(all) {
      contents(all.flatMap((text) => piecesWith(lexicon.fold(text))));
      return all.map(termOf);
    }
    function underKey(key) {
      const further = contents(piecesWith(key)).flatMap((piece) => [...(piece.further.get(key) || [])]);
      return [...termsWith(key), ...termsOf(further)];
    }
    function completions(word) {
      const folded = lexicon.fold(word);
      const exactly = lexicon.hasOwnLetters(word);
      return termsWith(folded, (key) => key.startsWith(folded)).filter((term) => !exactly || term.text.startsWith(word))
        .sort((one, other) => frequency(other) - frequency(one) || byFolded(one, other))
        .slice(0, MOST_COMPLETIONS);
    }

    const vocabulary = () => contents([allWords])[0];
    /** What a look at all words gives, which is taken in slices. */
    function scanned(look, word) {
      const words = vocabulary();
      return contents([under(known, `${look.name} ${word}`, () => ({ make: () => look(word, words, lexicon) }))])[0];
    }
    const byParts = (word, take) => (count(word) < SHORTEST_COMPOUND ? [] : take(vocabulary()));
    function foldedSplit(word) {
      const keys = lexicon.hasOwnLetters(word) ? [] : byParts(word, ({ foldedCompounds }) => foldedCompounds.split(word));
      return keys.map((key) => underKey(key)[0]);
    }
    function knownWordsOf(word) {
      const known = byParts(word, ({ compounds }) => compounds.knownWordsOf(word));
      if (known.length || lexicon.hasOwnLetters(word)) return known;
      return byParts(word, ({ foldedCompounds }) => foldedCompounds.knownWordsOf(word));
    }
    function rarity(term) {
      const pages = frequency(term);
      return Math.round(100 * Math.log(1 + (pageCount - pages + 0.5) / (pages + 0.5)));
    }
    const pieceOf = (page) => texts[lowerBound(texts, page + 1, (piece) => piece.first) - 1];
    /** The texts of pages, all of which are loaded at once. */
    function textsOf(pages) {
      contents([...new Set(pages.map(pieceOf))]);
      return pages.map((page) => {
        const piece = pieceOf(page);
        return piece.content[page - piece.first];
      });
    }

    return {
      isSmall, pageCount, attempt, remembered, whenLoaded, termOf, termsOf, underKey, completions, foldedSplit, knownWordsOf,
      rarity, frequency, pagesOf, textsOf,
      /** Leaves off, if anything was missing so far. */
      complete: () => { if (missing.size) throw ABSENT; },
      /** Whole names, by the pieces that hold a key or all that begin so. */
      namesWith: (key, isWanted) => contents(piecesWith(`=${key}`, isWanted)).map(({ names }) => names),
      split: (word) => byParts(word, ({ compounds }) => compounds.split(word)),
      partsOf: (word) => termsOf(byParts(word, ({ compounds }) => compounds.partsOf(word))).filter(Boolean),
      within: (word) => termsOf(scanned(within, word).slice(0, MOST_COMPLETIONS)).filter(Boolean),
      near: (word) => scanned(near, word),
      moreCommon: (word, pages) => moreCommon(word, pages, vocabulary(), lexicon),
    };
  };
})();
