// The reader's search: the twin of the program's own (src/search/query.rs), step by step and by the same names, so that
// both find the same pages in the same order. `vaertSearch(root)` gives an engine over what search/start.js says.
(() => {
  "use strict";
  const { words, normalized, runsOf, joinedText, lowerWords, count, order, lexiconOf } = window.vaertWords;
  const { inSlices } = window.vaertSlices;
  const passageOf = window.vaertPassage;
  // As in src/search; the numbers of the ranking come with the index.
  const MOST_ASKED = 24, MOST_COMPLETIONS = 40, MOST_READ = 100, MOST_NAMED = 8, MOST_SUGGESTED = 3, SHORTEST_NAME = 3;
  let start;
  window.vaertSearchStart = (given) => { start = given; };

  /** All stretches of a question outside and inside quotation marks, and those inside that say something. */
  function phrasesOf(question) {
    const stretches = question.split(/["“”„»«]/);
    const last = stretches.length - 1;
    return [stretches, stretches.filter((text, at) => at % 2 === 1 && at < last && words(text).length)];
  }

  window.vaertSearch = (root) => {
    const lexicon = lexiconOf(start.rules);
    const kinds = start.kinds.flatMap(([kind, pages]) => Array(pages).fill(kind));
    const lookup = window.vaertLookup(root, start, lexicon);
    const { attempt, remembered, whenLoaded, namesWith, textsOf } = lookup;
    const clauseOf = window.vaertClauses(lookup, lexicon, start.tuning);

    function instead(question, word, meant) {
      const isRun = !lowerWords(question).includes(word);
      const text = (isRun ? joinedText(question) : undefined) ?? question;
      return words(text).map(([, asked]) => (asked.toLowerCase() === word ? meant : asked)).join(" ");
    }
    /** All runs of some words of a question, as many as a name may have. */
    function stretchesOf(question) {
      const all = words(question).slice(0, MOST_ASKED);
      return all.flatMap(([from], first) => all.slice(first + 1, first + MOST_NAMED)
        .map(([at, word]) => question.slice(from, at + word.length)));
    }
    /** What the names of pages begin with that begin as the question does. */
    function begunName(question, isOpen) {
      if (!isOpen) return `${lexicon.wholeName(question)} `;
      const all = words(question);
      const last = all.length ? all[all.length - 1][0] : 0;
      const before = lexicon.wholeName(question.slice(0, last));
      return before + (before && " ") + lexicon.fold(question.slice(last).toLowerCase());
    }
    /** The pages whose title (3) or other name (2) is the question, or begins so or, in a small index, stands in it (1). */
    function namedPages(asked, isOpen) {
      const named = new Map();
      const set = (pages, howOf) => pages.forEach(([page, isTitle]) => {
        named.set(page, Math.max(howOf(isTitle), named.get(page) || 0));
      });
      const setEach = (name, howOf) => namesWith(name).forEach((names) => set(names.get(name) || [], howOf));
      for (const question of [asked, joinedText(asked)]) {
        if (question === undefined) continue;
        const begun = begunName(question, isOpen);
        if (count(begun) >= SHORTEST_NAME) {
          const maps = namesWith(begun, (first) => first.startsWith(`=${begun}`));
          const names = maps.flatMap((map) => [...map].filter(([name]) => name.startsWith(begun)));
          names.sort(([one], [other]) => order(one, other)).slice(0, MOST_COMPLETIONS).forEach(([, pages]) => set(pages, () => 1));
        }
        if (lookup.isSmall) stretchesOf(question).forEach((text) => setEach(lexicon.wholeName(text), () => 1));
        setEach(lexicon.wholeName(question), (isTitle) => (isTitle ? 3 : 2));
      }
      return named;
    }
    const folded = (text) => ` ${lowerWords(text).map(lexicon.fold).join(" ")} `;
    /** A text as it is compared with a phrase: as it is written, and as it is also written. */
    const spellings = (text) => [folded(text), folded(joinedText(text) ?? text)];
    function fieldsOf({ title, lede, names, parts }) {
      return [title, lede, ...names, ...parts.flatMap((part) => [part.heading, part.text])].map(spellings);
    }
    const mayLead = (word) => /^\p{Alphabetic}$/u.test(word) && !lexicon.isSmall(word.toLowerCase());
    /** The words of a text in a question, each run of them as one. */
    function askedWords(text) {
      const found = words(text);
      const all = found.map(([, word]) => ({ word: word.toLowerCase(), open: false, parts: [] }));
      for (const { from, to, joined } of runsOf(text, found, mayLead).reverse()) {
        const parts = all.slice(from, to).map(({ word }) => word);
        all.splice(from, to - from, { word: joined.toLowerCase(), open: false, parts });
      }
      return all;
    }
    /** The words of a run, each by itself, those apart that say little. */
    const partsApart = ({ parts, open }) => parts.map((word, at) => ({ word, open: open && at === parts.length - 1, parts: [] }))
      .filter(({ word }) => !lexicon.isSmall(word));
    /** The words of a question that say most, and whether stop words are left. */
    function sayingMost(asked) {
      const saying = asked.filter(({ word }) => !lexicon.isSmall(word));
      if (saying.length) return [saying, false];
      const beyondQuestion = asked.filter(({ word }) => !lexicon.isOfQuestions(word));
      return [beyondQuestion.length ? beyondQuestion : asked, true];
    }
    /** The pages that answer a question, best first. */
    function answer(given, isTyped) {
      const question = normalized(given);
      const isOpen = isTyped && /[\p{Alphabetic}\p{N}]$/u.test(question);
      const [stretches, phrases] = phrasesOf(question);
      const all = stretches.flatMap(askedWords);
      if (all.length) all[all.length - 1].open = isOpen;
      const [asked, saysLittle] = sayingMost(all.slice(0, MOST_ASKED));
      const found = { corrected: [], suggestions: [], marks: new Map() };
      const [matched, scores] = [new Uint8Array(kinds.length), new Float64Array(kinds.length)];
      const [seen, unknown, meantInstead] = [new Set(), new Set(), []];
      let met = 0;
      while (asked.length) {
        const one = asked.shift();
        const number = seen.size;
        if (seen.size === seen.add(lexicon.term(one.word)).size) continue;
        attempt(() => {
          const clause = remembered(`clause ${one.word} ${one.parts.length}`, () => clauseOf(one));
          if (!clause.pages.length && one.parts.length) {
            // Nothing is known of a run of words: each of them may be.
            seen.delete(lexicon.term(one.word));
            asked.unshift(...partsApart(one));
            return;
          }
          clause.marks.forEach(([text, worth]) => {
            const mark = found.marks.get(text);
            if (!mark || mark.worth < worth) found.marks.set(text, { clause: number, worth });
          });
          if (clause.corrected) found.corrected.push([one.word, clause.corrected]);
          meantInstead.push(...clause.meant.map((meant) => [number, instead(question, one.word, meant)]));
          if (clause.pages.length) met += 1; else unknown.add(number);
          clause.pages.forEach((page, at) => {
            matched[page] += 1;
            scores[page] += clause.scores[at];
          });
        });
      }
      // What is asked about instead must be known, every word of it.
      const isKnown = ([number]) => [...unknown].every((other) => other === number);
      found.suggestions = meantInstead.filter(isKnown).map(([, text]) => text);
      const meant = found.corrected.reduce((text, [word, correct]) => instead(text, word, correct), question);
      const named = attempt(() => namedPages(meant, isOpen));
      lookup.complete();
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
        const texts = textsOf(hits.map(({ page }) => page));
        const wanted = phrases.map(spellings);
        hits = hits.filter((hit, at) => {
          const fields = remembered(texts[at], () => fieldsOf(texts[at]));
          return wanted.every((phrase) => fields.some((field) => field.some((spelt, way) => spelt.includes(phrase[way]))));
        });
      }
      return { ...found, hits };
    }

    /**
     * What a question finds; nothing where that is not wanted any more before it is found. While it is being typed
     * (`isTyped`), more letters of its last word may follow.
     */
    async function search(query, { from = 0, count: most = 10, kind = null, isTyped = false, isWanted = () => true } = {}) {
      const answered = (question, isTyped) => whenLoaded(() => answer(question, isTyped), isWanted);
      const first = await answered(query, isTyped);
      if (!first) return undefined;
      const { hits, corrected, suggestions } = first;
      const byKind = new Map(start.kinds.map(([name]) => [name, 0]));
      hits.forEach(({ page }) => byKind.set(kinds[page], byKind.get(kinds[page]) + 1));
      const wanted = hits.filter(({ page }) => !kind || kinds[page] === kind);
      const results = await shown(first, wanted.slice(from, from + most), false, isWanted);
      if (suggestions.length && !from) {
        const meant = await answered(suggestions[0], false);
        if (!meant) return undefined;
        const known = new Set(hits.map(({ page }) => page));
        const near = meant.hits.filter(({ page }) => !known.has(page)).slice(0, MOST_SUGGESTED);
        results.push(...await shown(meant, near, true, isWanted));
      }
      return { total: wanted.length, kinds: [...byKind].filter(([, pages]) => pages), corrected, suggestions, results };
    }
    async function shown({ marks }, hits, suggestion, isWanted) {
      const texts = await whenLoaded(() => textsOf(hits.map(({ page }) => page)), isWanted);
      const results = [];
      await inSlices(texts || [], (text, at) => {
        const { page, named } = hits[at];
        const { id, ...passage } = passageOf(text, named > 1, marks, lexicon);
        results.push({ url: text.url + (id && `#${id}`), title: text.title, kind: kinds[page], ...passage, suggestion });
      });
      return results;
    }
    return { search };
  };
})();
