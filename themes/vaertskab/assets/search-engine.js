// The reader's search: the twin of the program's own (src/search), step by step and by the same names, so that both find
// the same pages in the same order. `vaertSearch(root)` gives an engine over what search/start.js says.
(() => {
  "use strict";
  // As in src/search and src/language/lexicon.rs; the numbers of the ranking come with the index.
  const LONGEST_WORD = 60, SHORTEST = 3, SHORTEST_ALONE = 5, DEEPEST = 3;
  const SHORTEST_BEGIN = 3, MOST_ASKED = 24, MOST_COMPLETIONS = 40, MOST_READ = 100, SHORTEST_NAME = 3, SHORTEST_WITHIN = 5;
  const BEFORE = 6, LENGTH = 30, MOST_WORDS = 12, SHORTEST_PART = 4;
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  // No piece of work may hold up typing.
  const SLICE_MS = 12;
  let start;
  const arrived = new Map();
  window.vaertSearchStart = (given) => { start = given; };
  window.vaertSearchPiece = ([name, text]) => arrived.set(name, text);

  /** The words of a text, each with where it begins. */
  function words(text) {
    const found = [];
    const pattern = /[\p{Alphabetic}\p{N}]+/gu;
    for (let hit = pattern.exec(text); hit; hit = pattern.exec(text)) {
      if (hit[0].length <= LONGEST_WORD || count(hit[0]) <= LONGEST_WORD) found.push([hit.index, hit[0]]);
    }
    return found;
  }
  const lowerWords = (text) => words(text).map(([, word]) => word.toLowerCase());
  const count = (word) => Array.from(word).length;
  const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  const byFolded = (one, other) => order(one.folded, other.folded) || order(one.text, other.text);
  const sortedLetters = (word) => Array.from(word).sort().join("");
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
  const pause = () => new Promise((resume) => {
    // A timer would wait four milliseconds each time.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); resume(); };
    port2.postMessage(0);
  });
  async function inSlices(list, work) {
    let until = performance.now() + SLICE_MS;
    for (let at = 0; at < list.length; at += 1) {
      work(list[at], at);
      if (performance.now() > until) {
        await pause();
        until = performance.now() + SLICE_MS;
      }
    }
  }

  /** What is known of the language's words: src/language/lexicon.rs. */
  function lexiconOf(rules) {
    const letters = new Map(rules.letters);
    const own = new RegExp(`[${[...letters.keys()].join("")}]`, "g");
    const [families, foldedFamilies, terms] = [new Map(), new Map(), new Map()];
    const [small, notParts] = [new Set(rules.small.split(/\s+/)), new Set(rules.notParts)];
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
    function stem(word, known) {
      const genitive = () => (word.endsWith("s") ? known.get(word.slice(0, -1)) : undefined);
      return known.get(word) || genitive() || window.vaertStem(regular(word));
    }
    function regular(word) {
      for (const [ending, plain] of rules.endings) {
        const begin = word.slice(0, word.length - ending.length);
        if (word.endsWith(ending) && count(begin) >= SHORTEST_BEGIN) return begin + plain;
      }
      return word;
    }
    const term = (word) => under(terms, word, () => stem(word, families));
    for (const forms of rules.families.map((family) => family.split(" "))) {
      for (const form of forms) {
        families.set(form, forms[0]);
        under(foldedFamilies, fold(form), () => fold(forms[0]));
      }
    }
    const notCompounds = new Set(rules.notCompounds.map(term));
    return {
      fold, term, links: rules.links,
      key: (word) => stem(fold(word), foldedFamilies),
      isSmall: (word) => small.has(word),
      hasOwnLetters: (word) => Array.from(rules.own).some((letter) => word.includes(letter)),
      mayBePart: (word) => !small.has(word) && !notParts.has(word),
      mayBeCompound: (text) => !notCompounds.has(text),
      wholeName: (name) => lowerWords(name).map((word) => fold(term(word))).join(" "),
    };
  }

  /** A word to the words it is put together of: src/search/compound.rs. */
  function compoundsOf({ term, links, mayBePart, mayBeCompound }, known) {
    const isKnown = (part) => mayBePart(part) && known.has(term(part));
    const starts = (word) => {
      let next = 0;
      return Array.from(word, (letter) => (next += letter.length) - letter.length);
    };
    function wordsOf(word, depth) {
      const at = starts(word);
      if (depth === DEEPEST || at.length < 2 * SHORTEST || !mayBeCompound(term(word))) return [];
      for (const middle of at.slice(SHORTEST, at.length - SHORTEST + 1)) {
        const [before, tail] = [word.slice(0, middle), word.slice(middle)];
        if (!isKnown(tail)) continue;
        for (const link of links) {
          const head = before.slice(0, before.length - link.length);
          if (!before.endsWith(link) || count(head) < SHORTEST) continue;
          const parts = isKnown(head) ? [head] : wordsOf(head, depth + 1);
          if (parts.length) return [...parts, tail];
        }
      }
      return [];
    }
    function collect(word, depth, parts) {
      if (depth === DEEPEST) return;
      for (const part of wordsOf(word, 0)) {
        parts.add(term(part));
        collect(part, depth + 1, parts);
      }
    }
    function partsOf(word) {
      const parts = new Set();
      collect(word, 0, parts);
      const at = starts(word);
      if (!parts.size && at.length >= SHORTEST_ALONE + SHORTEST && mayBeCompound(term(word))) {
        const tails = at.slice(SHORTEST, at.length - SHORTEST_ALONE + 1).map((from) => word.slice(from));
        const heads = at.slice(SHORTEST_ALONE, at.length - SHORTEST + 1).map((to) => word.slice(0, to)).reverse();
        for (const side of [tails, heads]) {
          const part = side.find(isKnown);
          if (part) parts.add(term(part));
        }
      }
      parts.delete(term(word));
      return [...parts];
    }
    return { split: (word) => wordsOf(word, 0).map(term), partsOf };
  }

  /** The number of edits from one word to another, if it is no more than `most`: src/search/near.rs. */
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
  function near(word, vocabulary, { fold }) {
    const folded = fold(word);
    const length = count(folded);
    const limit = length < 4 ? 0 : length < 8 ? 1 : 2;
    if (!limit) return undefined;
    const letters = sortedLetters(folded);
    let best;
    for (const { word: meant, folded: known, pages } of vocabulary) {
      const edits = known.length < 3 ? Infinity : distance(folded, known, best ? best.edits : limit + 1);
      if (edits === Infinity) continue;
      const rank = edits * 4 + (sortedLetters(known) === letters ? 0 : 2) + (known[0] === folded[0] ? 0 : 1);
      if (!best || rank < best.rank || (rank === best.rank && pages > best.pages)) best = { meant, edits, rank, pages };
    }
    const isCorrection = best && best.edits <= limit;
    return isCorrection || (best && length >= 5 && best.rank % 2 === 0) ? { meant: best.meant, isCorrection } : undefined;
  }

  /** A line of a text to what is known of a page: `record` in src/search/files.rs. */
  function pageText(line) {
    const [url, title, names, tags, lede, ...rest] = line.split("\t");
    const list = (text) => text.split("|").filter(Boolean);
    const parts = [];
    for (let at = 0; at < rest.length; at += 3) parts.push({ id: rest[at], heading: rest[at + 1], text: rest[at + 2] });
    return { url: `${url}.html`, title, names: list(names), tags: list(tags), lede, parts };
  }
  function impactOf(weight, length, average) {
    const { tuning } = start;
    const ratio = average > 0 ? length / average : 1;
    const saturation = tuning.saturation * (1 - tuning.length + tuning.length * ratio);
    return Math.floor(1 + (tuning.impact - 1) * weight / (weight + saturation));
  }
  function countWords(text) {
    const { tuning } = start;
    const weights = new Map();
    const add = (part, weight) => {
      const found = lowerWords(part);
      for (const word of found) weights.set(word, (weights.get(word) || 0) + weight);
      return found.length;
    };
    add(text.title, tuning.title);
    [...text.names, ...text.tags].forEach((name) => add(name, tuning.names));
    let length = add(text.lede, tuning.lede);
    for (const part of text.parts) length += add(part.heading, tuning.heading) + add(part.text, tuning.body);
    return { weights, length };
  }
  /** Small words apart, all words with what is compared with a mistyped one, and the terms that parts may be. */
  async function vocabularyOf(entries, lexicon) {
    const vocabulary = { words: [], known: new Set() };
    await inSlices(entries, ([word, pages]) => {
      if (lexicon.isSmall(word)) return;
      vocabulary.words.push({ word, pages, folded: lexicon.fold(word) });
      if (/^\p{Alphabetic}{3,}$/u.test(word) && lexicon.mayBePart(word)) vocabulary.known.add(lexicon.term(word));
    });
    return vocabulary;
  }
  /** The index over all texts, as one piece: src/search/index.rs. */
  async function indexOf(texts, lexicon) {
    const counts = [];
    const pages = new Map();
    await inSlices(texts, (text) => {
      const counted = countWords(text);
      counts.push(counted);
      for (const word of counted.weights.keys()) pages.set(word, (pages.get(word) || 0) + 1);
    });
    const all = [...pages].sort(([one], [other]) => order(one, other));
    const vocabulary = await vocabularyOf(all, lexicon);
    const { split, partsOf } = compoundsOf(lexicon, vocabulary.known);
    const [terms, meanings, piece] = [new Map(), new Map(), emptyPiece()];
    await inSlices(all, ([word]) => {
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
        term.impacts.push(impactOf(weight, length, average));
      }
      for (const name of [texts[page].title, ...texts[page].names]) {
        const named = under(piece.names, lexicon.wholeName(name), () => []);
        if (!named.some(([known]) => known === page)) named.push([page, name === texts[page].title]);
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
  /** The pages of a term, read from its piece when they are first asked for. */
  function pagesOf(term) {
    if (term.pages) return term.pages;
    [term.pages, term.impacts] = [[], []];
    let [page, number] = [0, 0];
    for (let at = 0; at < term.code.length; at += 1) {
      const digit = DIGITS.indexOf(term.code[at]);
      number = number * 32 + (digit & 31);
      if (digit < 32) {
        at += 1;
        term.pages.push(page + number);
        term.impacts.push(DIGITS.indexOf(term.code[at]));
        page += number + 1;
        number = 0;
      }
    }
    return term.pages;
  }
  function readWords(lines) {
    let word = "";
    return lines.split("\n").slice(0, -1).map((line) => {
      const [rest, pages] = line.slice(1).split(" ");
      word = word.slice(0, DIGITS.indexOf(line[0])) + rest;
      return [word, Number(pages || 1)];
    });
  }

  /** A page that answers a question to the passage that says so: src/search/passage.rs. */
  function passageOf(text, isNamed, marks, { term }) {
    const sorted = [...marks].sort(([one], [other]) => order(one, other));
    const parts = sorted.filter(([part]) => count(part) >= SHORTEST_PART);
    const known = new Map();
    const worthOf = (word) => under(known, word.toLowerCase(), () => {
      const own = term(word.toLowerCase());
      if (marks.has(own)) return marks.get(own);
      let best;
      for (const [part, { clause, worth }] of parts) {
        const half = Math.floor(worth / 2);
        if ((own.startsWith(part) || own.endsWith(part)) && !(best && best.worth > half)) best = { clause, worth: half };
      }
      return best;
    });
    const sum = (hits) => {
      const best = [];
      for (const hit of hits) if (hit) best[hit.clause] = Math.max(best[hit.clause] || 0, hit.worth);
      return best.reduce((all, worth) => all + worth, 0);
    };
    const candidates = [{ id: "", heading: "", text: text.lede }, ...text.parts];
    const found = new Set();
    const note = (word) => found.size < MOST_WORDS && found.add(word.toLowerCase());
    words(text.title).forEach(([, word]) => worthOf(word) && note(word));
    let best;
    candidates.forEach((candidate, number) => {
      const inText = words(candidate.text).map(([, word]) => {
        const hit = worthOf(word);
        if (hit) note(word);
        return hit;
      });
      const inHeading = words(candidate.heading).map(([, word]) => worthOf(word)).filter(Boolean);
      const anchors = [...inText.keys()].filter((at) => inText[at]);
      // A heading may be all there is.
      if (inHeading.length) anchors.push(0);
      for (const anchor of anchors) {
        const from = Math.max(anchor - BEFORE, 0);
        const score = sum([...inHeading, ...inText.slice(from, from + LENGTH)]);
        if (!best || score > best.score) best = { score, number, from };
      }
    });
    let { number, from } = best && (!isNamed || !text.lede) ? best : { number: 0, from: 0 };
    if (!number && !text.lede) number = Math.min(1, candidates.length - 1);
    const { id, heading, text: said } = candidates[number];
    const all = words(said);
    const to = Math.min(from + LENGTH, all.length);
    const end = to === all.length ? said.length : all[to - 1][0] + all[to - 1][1].length;
    let done = from ? all[from][0] : 0;
    const excerpt = [];
    const push = (piece, marked) => {
      const last = excerpt[excerpt.length - 1];
      if (piece && last && last[1] === marked) last[0] += piece; else if (piece) excerpt.push([piece, marked]);
    };
    if (from) push("… ", false);
    for (const [at, word] of all.slice(from, to)) {
      push(said.slice(done, at), false);
      push(word, Boolean(worthOf(word)));
      done = at + word.length;
    }
    push(said.slice(done, end), false);
    if (end < said.length) push(" …", false);
    return { id, heading: heading || null, excerpt, words: [...found] };
  }

  /** Stretches of a question outside quotation marks, and the words of each stretch inside. */
  function phrasesOf(question) {
    const stretches = question.split(/["“”„»«]/);
    const last = stretches.length - 1;
    const phrases = stretches.filter((_, at) => at % 2 === 1 && at < last).map(lowerWords);
    return [stretches, phrases.filter((phrase) => phrase.length)];
  }

  window.vaertSearch = (root) => {
    const { tuning } = start;
    const lexicon = lexiconOf(start.rules);
    const isSmall = start.text !== undefined;
    const kinds = start.kinds.flatMap(([kind, pages]) => Array(pages).fill(kind));
    const piecesOf = (list, read) => (list || []).map(([first, name]) => ({ first, name, read }));
    const lines = (text) => text.split("\n").filter(Boolean).map(pageText);
    let terms = piecesOf(start.terms, readPiece);
    let texts = piecesOf(start.texts, lines);
    let allWords = { name: start.words, read: (text) => vocabularyOf(readWords(text), lexicon) };

    const loading = new Map();
    const missing = new Set();
    const ABSENT = new Error("a piece of the index is not loaded yet");
    function load(piece) {
      const script = document.createElement("script");
      const address = `${root}search/${piece.name}.js`;
      return under(loading, piece, () => new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = reject;
        script.src = address;
        document.head.append(script);
      }).then(() => piece.read(arrived.get(piece.name))).then((content) => { piece.content = content; }).catch(() => {
        loading.delete(piece);
        throw new Error(`could not load ${address}`);
      }));
    }
    /** What the pieces hold; where one is not loaded, the question is put again once it is. */
    function contents(pieces) {
      const absent = pieces.filter((piece) => !piece.content);
      absent.forEach((piece) => missing.add(piece));
      if (absent.length) throw ABSENT;
      return pieces.map((piece) => piece.content);
    }
    function attempt(step) {
      try { return step(); } catch (error) { if (error !== ABSENT) throw error; }
      return undefined;
    }
    async function whenLoaded(work) {
      for (;;) {
        missing.clear();
        const result = attempt(work);
        if (!missing.size) return result;
        await Promise.all([...missing].map(load));
      }
    }
    const ready = isSmall && (async () => {
      const all = lines(start.text);
      const [piece, vocabulary] = await indexOf(all, lexicon);
      [terms, texts, allWords] = [[{ first: "", content: piece }], [{ first: 0, content: all }], { content: vocabulary }];
    })();

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
        .sort((one, other) => pagesOf(other).length - pagesOf(one).length || byFolded(one, other))
        .slice(0, MOST_COMPLETIONS);
    }
    const vocabulary = () => contents([allWords])[0];
    function within(word) {
      const field = lexicon.hasOwnLetters(word) ? "word" : "folded";
      const [end, begin] = [word, lexicon.term(word)].map((text) => (field === "word" ? text : lexicon.fold(text)));
      const [isEnd, isBegin] = [end, begin].map((text) => count(text) >= SHORTEST_WITHIN);
      if (!isEnd && !isBegin) return [];
      const holds = (known) => (isBegin && known.startsWith(begin)) || (isEnd && known.endsWith(end));
      const found = vocabulary().words.filter((known) => holds(known[field]));
      const all = [...new Set(found.map((known) => lexicon.term(known.word)))];
      const sorted = all.map((text) => ({ text, folded: lexicon.fold(text) })).sort(byFolded);
      return termsOf(sorted.slice(0, MOST_COMPLETIONS).map((term) => term.text));
    }
    function split(word) {
      return count(word) < 2 * SHORTEST ? [] : compoundsOf(lexicon, vocabulary().known).split(word);
    }
    function rarity(term) {
      const pages = pagesOf(term).length;
      return Math.round(100 * Math.log(1 + (kinds.length - pages + 0.5) / (pages + 0.5)));
    }

    /** The ways in which a page may say a word; `meet` tells how many of its terms a page must have for one. */
    function alternatives(word, open) {
      const found = [];
      const take = (all, percent, meet = "all") => {
        const isKnown = (known) => known.terms.length === all.length && known.terms.every((term, at) => term === all[at]);
        if (all.length && !found.some(isKnown)) found.push({ terms: all, percent, meet });
      };
      const takeEach = (all, percent) => all.forEach((term) => take([term], percent));
      const exact = termOf(lexicon.term(word));
      const own = exact ? [exact] : lexicon.hasOwnLetters(word) ? [] : underKey(lexicon.key(word));
      takeEach(own, exact ? tuning.exact : tuning.folded);
      if (open && count(word) >= (isSmall ? 2 : 3)) takeEach(completions(word), tuning.prefix);
      const parts = termsOf(exact ? exact.parts || [] : split(word));
      if (parts.every(Boolean)) {
        if (own.length) take(parts, tuning.loose_parts); else take(parts, tuning.parts, "all or about");
      }
      if (!own.length) takeEach(within(word), tuning.within);
      return found;
    }
    const instead = (question, word, meant) =>
      words(question).map(([, asked]) => (asked.toLowerCase() === word ? meant : asked)).join(" ");
    /** What a word may mean, and what the pages that say it score; a word that none says is mistyped or half known. */
    function meanings({ word, open }, question, answer) {
      const scored = (all) => [all, clauseScores(all)];
      const found = scored(alternatives(word, open));
      const isMet = ([, scores]) => scores.some((score) => score >= 0);
      if (isMet(found)) return found;
      const mayBeNear = !lexicon.isSmall(word) && count(lexicon.fold(word)) > 3;
      const known = mayBeNear ? near(word, vocabulary().words, lexicon) : undefined;
      if (known && known.isCorrection) {
        const corrected = scored(alternatives(known.meant, open));
        answer.corrected.push([word, known.meant]);
        return corrected;
      }
      const parts = count(word) < 2 * SHORTEST ? [] : termsOf(compoundsOf(lexicon, vocabulary().known).partsOf(word));
      const halfKnown = scored([{ terms: parts.filter(Boolean), percent: tuning.parts, meet: "about" }]);
      if (isMet(halfKnown)) return halfKnown;
      if (known) answer.suggestions.push(instead(question, word, known.meant));
      return [[], []];
    }
    /** What each page scores by the best alternative that it meets; -1 where it meets none. */
    function clauseScores(all) {
      const best = new Float64Array(kinds.length).fill(-1);
      // A longer word is rarer than the word itself, but it is not more of an answer.
      const itself = all.filter(({ percent }) => percent >= tuning.folded).flatMap(({ terms: own }) => own.map(rarity));
      const most = itself.length ? Math.max(...itself) : Infinity;
      for (const { terms: wanted, percent, meet } of all) {
        const [sums, met, about] = [new Float64Array(kinds.length), new Uint8Array(kinds.length), new Uint8Array(kinds.length)];
        for (const term of wanted) {
          const rare = Math.min(rarity(term), most);
          pagesOf(term).forEach((page, at) => {
            sums[page] += rare * term.impacts[at];
            met[page] += 1;
            if (term.impacts[at] >= tuning.about) about[page] = 1;
          });
        }
        const aboutCounts = meet === "about" || (meet === "all or about" && met.includes(wanted.length));
        best.forEach((score, page) => {
          if (!met[page] || !((aboutCounts && about[page]) || (meet !== "about" && met[page] === wanted.length))) return;
          best[page] = Math.max(score, Math.floor(sums[page] * percent / wanted.length));
        });
      }
      return best;
    }
    /** The pages whose title (3) or other name (2) is the question, or begins so (1). */
    function namedPages(question) {
      const named = new Map();
      const all = words(question);
      const last = all.length ? all[all.length - 1][0] : 0;
      const before = lexicon.wholeName(question.slice(0, last));
      const typed = question.slice(last).toLowerCase();
      const begun = before + (before && " ") + lexicon.fold(typed);
      if (count(begun) >= SHORTEST_NAME && /[\p{Alphabetic}\p{N}]$/u.test(typed)) {
        const pieces = contents(piecesWith(`=${begun}`, (first) => first.startsWith(`=${begun}`)));
        const names = pieces.flatMap((piece) => [...piece.names].filter(([name]) => name.startsWith(begun)));
        names.sort(([one], [other]) => order(one, other)).slice(0, MOST_COMPLETIONS)
          .forEach(([, pages]) => pages.forEach(([page]) => named.set(page, 1)));
      }
      const name = lexicon.wholeName(question);
      contents(piecesWith(`=${name}`)).forEach((piece) => {
        (piece.names.get(name) || []).forEach(([page, isTitle]) => named.set(page, isTitle ? 3 : 2));
      });
      return named;
    }
    const pieceOf = (page) => texts[lowerBound(texts, page + 1, (piece) => piece.first) - 1];
    function textOf(page) {
      const piece = pieceOf(page);
      return contents([piece])[0][page - piece.first];
    }
    function hasPhrase(page, phrase) {
      const folded = (all) => ` ${all.map(lexicon.fold).join(" ")} `;
      const { title, lede, names, parts } = textOf(page);
      const fields = [title, lede, ...names, ...parts.flatMap((part) => [part.heading, part.text])];
      return fields.some((field) => folded(lowerWords(field)).includes(folded(phrase)));
    }
    /** The pages that answer a question, best first: src/search/query.rs. */
    function answer(given) {
      const question = given.normalize();
      const [stretches, phrases] = phrasesOf(question);
      let asked = stretches.flatMap((text, at) => {
        const found = lowerWords(text).map((word) => ({ word, open: false }));
        const isOpen = at === stretches.length - 1 && /[\p{Alphabetic}\p{N}]$/u.test(text);
        if (isOpen && found.length) found[found.length - 1].open = true;
        return found;
      }).slice(0, MOST_ASKED);
      const saying = asked.filter(({ word }) => !lexicon.isSmall(word));
      const saysLittle = !saying.length;
      if (!saysLittle) asked = saying;
      const found = { corrected: [], suggestions: [], marks: new Map() };
      const [matched, scores] = [new Uint8Array(kinds.length), new Float64Array(kinds.length)];
      const seen = new Set();
      for (const one of asked) {
        const clause = seen.size;
        if (seen.size === seen.add(lexicon.term(one.word)).size) continue;
        attempt(() => {
          const [all, pages] = meanings(one, question, found);
          all.forEach(({ terms: wanted, percent }) => wanted.forEach((term) => {
            const worth = rarity(term) * percent;
            const known = found.marks.get(term.text);
            if (!known || known.worth < worth) found.marks.set(term.text, { clause, worth });
          }));
          pages.forEach((score, page) => {
            if (score < 0) return;
            matched[page] += 1;
            scores[page] += score;
          });
        });
      }
      const meant = found.corrected.reduce((text, [word, correct]) => instead(text, word, correct), question);
      const named = attempt(() => namedPages(meant));
      if (missing.size) throw ABSENT;
      let hits = [];
      matched.forEach((met, page) => {
        const hit = { page, named: named.get(page) || 0, matched: named.has(page) && !met ? seen.size : met, score: scores[page] };
        if (hit.matched && (saysLittle ? hit.matched === seen.size : hit.matched * 2 >= seen.size)) hits.push(hit);
      });
      hits.sort((one, other) => other.named - one.named || other.matched - one.matched || other.score - one.score ||
        one.page - other.page);
      if (phrases.length) {
        hits = hits.slice(0, MOST_READ);
        contents([...new Set(hits.map(({ page }) => pieceOf(page)))]);
        hits = hits.filter(({ page }) => phrases.every((phrase) => hasPhrase(page, phrase)));
      }
      return { ...found, hits };
    }

    async function search(query, { from = 0, count: most = 10, kind = null } = {}) {
      await ready;
      const { hits, corrected, suggestions, marks } = await whenLoaded(() => answer(query));
      const byKind = new Map(start.kinds.map(([name]) => [name, 0]));
      hits.forEach(({ page }) => byKind.set(kinds[page], byKind.get(kinds[page]) + 1));
      const wanted = hits.filter(({ page }) => !kind || kinds[page] === kind);
      const shown = wanted.slice(from, from + most);
      const results = await whenLoaded(() => {
        contents([...new Set(shown.map(({ page }) => pieceOf(page)))]);
        return shown.map(({ page, named }) => {
          const text = textOf(page);
          const { id, ...passage } = passageOf(text, named > 1, marks, lexicon);
          return { url: text.url + (id && `#${id}`), title: text.title, kind: kinds[page], ...passage, suggestion: false };
        });
      });
      return { total: wanted.length, kinds: [...byKind].filter(([, pages]) => pages), corrected, suggestions, results };
    }
    return { search };
  };
})();
