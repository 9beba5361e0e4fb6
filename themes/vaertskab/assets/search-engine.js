// The reader's search: the twin of the program's own (src/search/query.rs), step by step and by the same names, so that
// both find the same pages in the same order. `vaertSearch(root)` gives an engine over what search/start.js says.
(() => {
  "use strict";
  const { words, lowerWords, count, order, under, lowerBound, byFolded, lexiconOf, near, moreCommon } = window.vaertWords;
  const { pageText, indexOf, readPiece, pagesOf, readWords, vocabularyOf } = window.vaertIndex;
  const passageOf = window.vaertPassage;
  // As in src/search; the numbers of the ranking come with the index.
  const MOST_ASKED = 24, MOST_COMPLETIONS = 40, MOST_READ = 100, MOST_NAMED = 8, MOST_SUGGESTED = 3;
  const SHORTEST_NAME = 3, SHORTEST_WITHIN = 5;
  let start;
  const arrived = new Map();
  window.vaertSearchStart = (given) => { start = given; };
  window.vaertSearchPiece = ([name, text]) => arrived.set(name, text);

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
      const [piece, vocabulary] = await indexOf(all, lexicon, tuning);
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
      const spelt = (text) => (field === "word" ? text : lexicon.fold(text));
      const holds = (known) => (isBegin && (known[field].startsWith(begin) || spelt(lexicon.term(known.word)).endsWith(begin))) ||
        (isEnd && known[field].endsWith(end));
      const all = [...new Set(vocabulary().words.filter(holds).map((known) => lexicon.term(known.word)))];
      const sorted = all.map((text) => ({ text, folded: lexicon.fold(text) })).sort(byFolded);
      return termsOf(sorted.slice(0, MOST_COMPLETIONS).map((term) => term.text));
    }
    const byParts = (word, take) => (count(word) < 6 ? [] : take(vocabulary()));
    function foldedSplit(word) {
      const keys = lexicon.hasOwnLetters(word) ? [] : byParts(word, ({ folded }) => folded.split(word));
      return keys.map((key) => underKey(key)[0]);
    }
    function knownWordsOf(word) {
      const known = byParts(word, ({ written }) => written.knownWordsOf(word));
      return known.length || lexicon.hasOwnLetters(word) ? known : byParts(word, ({ folded }) => folded.knownWordsOf(word));
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
      const parts = termsOf(exact ? exact.parts || [] : byParts(word, ({ written }) => written.split(word)));
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
      if (isMet(found)) {
        const exact = isSmall && termOf(lexicon.term(word));
        const meant = exact && moreCommon(word, pagesOf(exact).length, vocabulary().words, lexicon);
        if (meant) answer.suggestions.push(instead(question, word, meant));
        return found;
      }
      const mayBeNear = !lexicon.isSmall(word) && count(lexicon.fold(word)) > 3;
      const known = mayBeNear ? near(word, vocabulary().words, lexicon) : undefined;
      if (known && known.isCorrection) {
        const corrected = scored(alternatives(known.meant, open));
        answer.corrected.push([word, known.meant]);
        return corrected;
      }
      const all = foldedSplit(word);
      const parts = termsOf(byParts(word, ({ written }) => written.partsOf(word))).filter(Boolean);
      const halfKnown = scored([
        { terms: all.every(Boolean) ? all : [], percent: tuning.parts, meet: "all or about" },
        { terms: parts, percent: tuning.parts, meet: "about" },
      ]);
      if (isMet(halfKnown)) return halfKnown;
      const meant = known ? [known.meant] : knownWordsOf(word).reverse();
      answer.suggestions.push(...meant.map((other) => instead(question, word, other)));
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
    /** All runs of some words of a question, as many as a name may have. */
    function stretchesOf(question) {
      const all = words(question).slice(0, MOST_ASKED);
      return all.flatMap(([from], first) => all.slice(first + 1, first + MOST_NAMED)
        .map(([at, word]) => question.slice(from, at + word.length)));
    }
    /** The pages whose title (3) or other name (2) is the question, or begins so or, in a small index, stands in it (1). */
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
      if (isSmall) {
        const [{ names }] = contents(terms);
        stretchesOf(question).forEach((text) => (names.get(lexicon.wholeName(text)) || []).forEach(([page]) => named.set(page, 1)));
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
      let met = 0;
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
          met += pages.some((score) => score >= 0) ? 1 : 0;
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
      const isEnough = (some) => (saysLittle ? some === seen.size : some * 2 >= met && some * 3 >= seen.size);
      matched.forEach((some, page) => {
        const hit = { page, named: named.get(page) || 0, matched: named.has(page) && !some ? seen.size : some, score: scores[page] };
        if (hit.named || (some && isEnough(some))) hits.push(hit);
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
      const answered = await whenLoaded(() => answer(query));
      const { hits, corrected, suggestions } = answered;
      const byKind = new Map(start.kinds.map(([name]) => [name, 0]));
      hits.forEach(({ page }) => byKind.set(kinds[page], byKind.get(kinds[page]) + 1));
      const ofKind = ({ page }) => !kind || kinds[page] === kind;
      const wanted = hits.filter(ofKind);
      const results = await shown(answered, wanted.slice(from, from + most), false);
      if (suggestions.length && !from) {
        const meant = await whenLoaded(() => answer(suggestions[0]));
        const isNew = ({ page }) => !hits.some((known) => known.page === page);
        results.push(...await shown(meant, meant.hits.filter(isNew).slice(0, MOST_SUGGESTED), true));
      }
      return { total: wanted.length, kinds: [...byKind].filter(([, pages]) => pages), corrected, suggestions, results };
    }
    function shown({ marks }, hits, suggestion) {
      return whenLoaded(() => {
        contents([...new Set(hits.map(({ page }) => pieceOf(page)))]);
        return hits.map(({ page, named }) => {
          const text = textOf(page);
          const { id, ...passage } = passageOf(text, named > 1, marks, lexicon);
          return { url: text.url + (id && `#${id}`), title: text.title, kind: kinds[page], ...passage, suggestion };
        });
      });
    }
    return { search };
  };
})();
