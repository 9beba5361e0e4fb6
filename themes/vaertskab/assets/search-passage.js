// A page that answers a question to the passage that says so, with its words marked: the twin of src/search/passage.rs.
(() => {
  "use strict";
  const { words, runsOf, count, order, under } = window.vaertWords;
  const BEFORE = 6, LENGTH = 30, MOST_WORDS = 12, SHORTEST_PART = 4;

  window.vaertPassage = function passageOf(text, isNamed, marks, { term }) {
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
    /** What each word of a text is worth. A run of words is worth what the word is that it is also written as. */
    function worthsOf(said, all) {
      const hits = all.map(([, word]) => worthOf(word));
      for (const { from, to, joined } of runsOf(said, all)) {
        const hit = worthOf(joined);
        for (let at = from; at < to; at += 1) hits[at] = hits[at] || hit;
      }
      return hits;
    }
    const sum = (hits) => {
      const best = [];
      for (const hit of hits) if (hit) best[hit.clause] = Math.max(best[hit.clause] || 0, hit.worth);
      return best.reduce((all, worth) => all + worth, 0);
    };
    const candidates = [{ id: "", heading: "", text: text.lede }, ...text.parts];
    const found = new Set();
    /** What each word of a text is worth, and what is worth anything noted. */
    function noted(said) {
      const all = words(said);
      return worthsOf(said, all).map((hit, at) => {
        if (hit && found.size < MOST_WORDS) found.add(all[at][1].toLowerCase());
        return hit;
      });
    }
    noted(text.title);
    let best;
    candidates.forEach((candidate, number) => {
      const inHeading = noted(candidate.heading).filter(Boolean);
      const inText = noted(candidate.text);
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
    const hits = worthsOf(said, all);
    for (let number = from; number < to; number += 1) {
      const [at, word] = all[number];
      push(said.slice(done, at), false);
      push(word, Boolean(hits[number]));
      done = at + word.length;
    }
    push(said.slice(done, end), false);
    if (end < said.length) push(" …", false);
    return { id, heading: heading || null, excerpt, words: [...found] };
  };
})();
