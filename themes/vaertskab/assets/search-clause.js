// A word of a question to what each page scores by it: the twin of src/search/clause.rs.
(() => {
  "use strict";
  const { count, isNumber, under } = window.vaertWords;
  const MOST_REMEMBERED = 32;

  window.vaertClauses = (lookup, lexicon, tuning) => {
    const { isSmall, pageCount, termOf, termsOf, rarity, pagesOf } = lookup;

    const completed = (word) => (count(word) >= (isSmall ? 2 : 3) ? lookup.completions(word) : []);
    /** The ways in which a page may say a word; `meet` tells how many of its terms a page must have for one. */
    function alternatives(word, open) {
      const found = [];
      const take = (all, percent, meet = "all") => {
        const isKnown = (known) => known.terms.length === all.length && known.terms.every((term, at) => term === all[at]);
        if (all.length && !found.some(isKnown)) found.push({ terms: all, percent, meet });
      };
      const takeEach = (all, percent) => all.forEach((term) => take([term], percent));
      const exact = termOf(lexicon.term(word));
      const own = exact ? [exact] : lexicon.hasOwnLetters(word) ? [] : lookup.underKey(lexicon.key(word));
      takeEach(own, exact ? tuning.exact : tuning.folded);
      if (open) takeEach(completed(word), tuning.prefix);
      const parts = termsOf(exact ? exact.parts || [] : lookup.split(word));
      if (parts.every(Boolean)) {
        if (own.length) take(parts, tuning.loose_parts); else take(parts, tuning.parts, "all or about");
      }
      if (!own.length) takeEach(lookup.within(word), tuning.within);
      return found;
    }
    /** The terms of all words that a run was typed as, if all are there. */
    function asTyped(parts) {
      const terms = termsOf(parts.map(lexicon.term));
      return terms.length && terms.every(Boolean) ? [{ terms, percent: tuning.parts, meet: "all" }] : [];
    }
    // By page; all as they are here between two clauses.
    const [best, sums] = [new Float64Array(pageCount).fill(-1), new Float64Array(pageCount)];
    const [met, about] = [new Uint8Array(pageCount), new Uint8Array(pageCount)];
    /** What each page scores by the best alternative that it meets, and which pages do. */
    function clauseScores(all) {
      const pages = [];
      // A longer word is rarer than the word itself, but it is not more of an answer.
      const itself = all.filter(({ percent }) => percent >= tuning.folded).flatMap(({ terms: own }) => own.map(rarity));
      const most = itself.length ? Math.max(...itself) : Infinity;
      for (const { terms: wanted, percent, meet } of all) {
        const touched = [];
        for (const term of wanted) {
          const rare = Math.min(rarity(term), most);
          pagesOf(term).forEach((page, at) => {
            if (!met[page]) touched.push(page);
            met[page] += 1;
            sums[page] += rare * term.impacts[at];
            if (term.impacts[at] >= tuning.about) about[page] = 1;
          });
        }
        const hasAll = (page) => met[page] === wanted.length;
        const aboutCounts = meet === "about" || (meet === "all or about" && touched.some(hasAll));
        for (const page of touched) {
          if ((aboutCounts && about[page]) || meet === "any" || (meet !== "about" && hasAll(page))) {
            if (best[page] < 0) pages.push(page);
            best[page] = Math.max(best[page], Math.floor(sums[page] * percent / wanted.length));
          }
          sums[page] = met[page] = about[page] = 0;
        }
      }
      const scores = pages.map((page) => best[page]);
      pages.forEach((page) => { best[page] = -1; });
      return { pages, scores };
    }
    const scored = (all) => ({ all, ...clauseScores(all), corrected: undefined, meant: [] });
    /** What a word may mean, and what the pages that say it score; a word that none says is mistyped or half known. */
    function meanings({ word, open, parts = [] }) {
      const found = scored([...alternatives(word, open), ...asTyped(parts)]);
      if (found.pages.length) {
        const exact = isSmall && termOf(lexicon.term(word));
        const meant = exact && lookup.moreCommon(word, pagesOf(exact).length);
        return { ...found, meant: meant ? [meant] : [] };
      }
      // A finished word is the beginning of others only where nothing else is known of it.
      const begun = scored(completed(word).map((term) => ({ terms: [term], percent: tuning.prefix, meet: "all" })));
      if (begun.pages.length) return begun;
      // A number is another number with another digit.
      const mayBeNear = !lexicon.isSmall(word) && !isNumber(word) && count(lexicon.fold(word)) > 3;
      const known = mayBeNear ? lookup.near(word) : undefined;
      if (known?.isCorrection) return { ...scored(alternatives(known.meant, open)), corrected: known.meant };
      const all = lookup.foldedSplit(word);
      const halfKnown = scored([
        { terms: all.every(Boolean) ? all : [], percent: tuning.parts, meet: "all or about" },
        { terms: lookup.partsOf(word), percent: tuning.parts, meet: "about" },
      ]);
      if (halfKnown.pages.length) return halfKnown;
      // Both parts are known, but not together: better than nothing is a page that has one.
      const split = [termsOf(lookup.split(word)), all].find((terms) => terms.length && terms.every(Boolean)) || [];
      const meant = known ? [known.meant] : lookup.knownWordsOf(word).reverse();
      return { ...scored([{ terms: split, percent: tuning.parts, meet: "any" }]), meant };
    }
    function clauseOf(asked) {
      const { all, ...clause } = meanings(asked);
      const marks = all.flatMap(({ terms, percent }) => terms.map((term) => [term.text, rarity(term) * percent]));
      return { ...clause, marks };
    }

    // Whoever types a question asks for its first words again and again.
    const newest = new Map();
    return (asked) => {
      const key = `${asked.word} ${asked.open}`;
      const clause = under(newest, key, () => clauseOf(asked));
      if (newest.size > MOST_REMEMBERED) newest.delete(newest.keys().next().value);
      return clause;
    };
  };
})();
