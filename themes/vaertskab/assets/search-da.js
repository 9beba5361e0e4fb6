// A Danish word in lower case to its stem: the Snowball algorithm (snowballstem.org/algorithms/danish/stemmer.html).
(() => {
  "use strict";
  // The region in which endings are taken off: what follows the first consonant after a vowel, and the third letter.
  const before = /^[^aeiouyæøå]*[aeiouyæøå]+[^aeiouyæøå]/u;
  const endings = ending("hed ethed ered e erede ende erende ene erne ere en heden eren er heder erer heds es endes " +
    "erendes enes ernes eres ens hedens erens ers ets erets et eret");
  const pair = ending("gd dt gt kt");
  const further = ending("ig lig elig els");
  const doubled = /([^aeiouyæøå])\1$/u;

  // Alternatives are tried from the left, so the longest is found.
  function ending(list) { return new RegExp(`(?:${list.split(" ").join("|")})$`); }

  window.vaertStem = (word) => {
    const head = before.exec(word);
    const region = head ? Math.max(head[0].length, 3) : word.length;
    const cut = (pattern) => {
      const at = word.slice(region).search(pattern);
      if (at >= 0) word = word.slice(0, region + at);
      return at >= 0;
    };
    const inRegion = (pattern) => pattern.test(word.slice(region));
    const shorten = () => { word = word.slice(0, -1); };

    // The letter that an s may follow stands before the region at times.
    if (!cut(endings) && inRegion(/s$/) && /[abcdfghjklmnoprtvyzå]s$/.test(word)) shorten();
    if (inRegion(pair)) shorten();
    if (word.endsWith("igst")) word = word.slice(0, -2);
    if (inRegion(/løst$/)) shorten();
    else if (cut(further) && inRegion(pair)) shorten();
    if (word.length > region && doubled.test(word)) shorten();
    return word;
  };
})();
