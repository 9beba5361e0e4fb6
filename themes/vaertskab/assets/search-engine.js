// The reader's search: the twin of the program's own (src/search/query.rs), step by step and by the same names, so that
// both find the same pages in the same order. `vaertSearch(root)` gives an engine over what search/start.js says.
(() => {
  "use strict";
  const { words, normalized, lowerWords, count, order, lexiconOf } = window.vaertWords;
  const { inSlices } = window.vaertSlices;
  const passageOf = window.vaertPassage;
  // As in src/search; the numbers of the ranking come with the index.
  const MOST_ASKED = 24, MOST_COMPLETIONS = 40, MOST_READ = 100, MOST_NAMED = 8, MOST_SUGGESTED = 3, SHORTEST_NAME = 3;
  let start;
  window.vaertSearchStart = (given) => { start = given; };

  /** Stretches of a question outside quotation marks, and the words of each stretch inside. */
  function phrasesOf(question) {
    const stretches = question.split(/["“”„»«]/);
    const last = stretches.length - 1;
    const phrases = stretches.filter((_, at) => at % 2 === 1 && at < last).map(lowerWords);
    return [stretches, phrases.filter((phrase) => phrase.length)];
  }

  window.vaertSearch = (root) => {
    const lexicon = lexiconOf(start.rules);
    const kinds = start.kinds.flatMap(([kind, pages]) => Array(pages).fill(kind));
    const lookup = window.vaertLookup(root, start, lexicon);
    const { attempt, remembered, whenLoaded, namesWith, textsOf } = lookup;
    const clauseOf = window.vaertClauses(lookup, lexicon, start.tuning);

    const instead = (question, word, meant) =>
      words(question).map(([, asked]) => (asked.toLowerCase() === word ? meant : asked)).join(" ");
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
      const setEach = (name, howOf) => namesWith(name).forEach((names) => {
        (names.get(name) || []).forEach(([page, isTitle]) => named.set(page, howOf(isTitle)));
      });
      if (count(begun) >= SHORTEST_NAME && /[\p{Alphabetic}\p{N}]$/u.test(typed)) {
        const maps = namesWith(begun, (first) => first.startsWith(`=${begun}`));
        const names = maps.flatMap((map) => [...map].filter(([name]) => name.startsWith(begun)));
        names.sort(([one], [other]) => order(one, other)).slice(0, MOST_COMPLETIONS)
          .forEach(([, pages]) => pages.forEach(([page]) => named.set(page, 1)));
      }
      if (lookup.isSmall) stretchesOf(question).forEach((text) => setEach(lexicon.wholeName(text), () => 1));
      setEach(lexicon.wholeName(question), (isTitle) => (isTitle ? 3 : 2));
      return named;
    }
    const folded = (all) => ` ${all.map(lexicon.fold).join(" ")} `;
    function foldedFields({ title, lede, names, parts }) {
      const fields = [title, lede, ...names, ...parts.flatMap((part) => [part.heading, part.text])];
      return fields.map((field) => folded(lowerWords(field)));
    }
    /** The pages that answer a question, best first. */
    function answer(given) {
      const question = normalized(given);
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
        const number = seen.size;
        if (seen.size === seen.add(lexicon.term(one.word)).size) continue;
        attempt(() => {
          const clause = remembered(number, () => clauseOf(one));
          clause.marks.forEach(([text, worth]) => {
            const mark = found.marks.get(text);
            if (!mark || mark.worth < worth) found.marks.set(text, { clause: number, worth });
          });
          if (clause.corrected) found.corrected.push([one.word, clause.corrected]);
          found.suggestions.push(...clause.meant.map((meant) => instead(question, one.word, meant)));
          met += clause.pages.length ? 1 : 0;
          clause.pages.forEach((page, at) => {
            matched[page] += 1;
            scores[page] += clause.scores[at];
          });
        });
      }
      const meant = found.corrected.reduce((text, [word, correct]) => instead(text, word, correct), question);
      const named = attempt(() => namedPages(meant));
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
        const wanted = phrases.map(folded);
        hits = hits.filter((hit, at) => {
          const fields = remembered(texts[at], () => foldedFields(texts[at]));
          return wanted.every((phrase) => fields.some((field) => field.includes(phrase)));
        });
      }
      return { ...found, hits };
    }

    /** What a question finds; nothing where that is not wanted any more before it is found. */
    async function search(query, { from = 0, count: most = 10, kind = null, isWanted = () => true } = {}) {
      const answered = (question) => whenLoaded(() => answer(question), isWanted);
      const first = await answered(query);
      if (!first) return undefined;
      const { hits, corrected, suggestions } = first;
      const byKind = new Map(start.kinds.map(([name]) => [name, 0]));
      hits.forEach(({ page }) => byKind.set(kinds[page], byKind.get(kinds[page]) + 1));
      const wanted = hits.filter(({ page }) => !kind || kinds[page] === kind);
      const results = await shown(first, wanted.slice(from, from + most), false, isWanted);
      if (suggestions.length && !from) {
        const meant = await answered(suggestions[0]);
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
