// An English word in lower case to its stem: the Snowball algorithm, also known as Porter 2
// (snowballstem.org/algorithms/english/stemmer.html). No word has an apostrophe here: the rules for those are left out.
(() => {
  "use strict";
  const table = (text) => new Map(text.split(" ").map((pair) => pair.split(":")));
  const whole = table("skis:ski skies:sky dying:die lying:lie tying:tie idly:idl gently:gentl ugly:ugli early:earli " +
    "only:onli singly:singl sky:sky news:news howe:howe atlas:atlas cosmos:cosmos bias:bias andes:andes");
  const wholeWithoutS = /^(?:inning|outing|canning|herring|earring|proceed|exceed|succeed)$/;
  const pastOrIng = table("eed:ee eedly:ee ed: edly: ing: ingly:");
  const derived = table("tional:tion enci:ence anci:ance abli:able entli:ent izer:ize ization:ize ational:ate ation:ate " +
    "ator:ate alism:al aliti:al alli:al fulness:ful ousli:ous ousness:ous iveness:ive iviti:ive biliti:ble bli:ble " +
    "ogi:og fulli:ful lessli:less li:");
  const further = table("tional:tion ational:ate alize:al icate:ic iciti:ic ical:ic ful: ness: ative:");
  const last = table("al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: ism: ate: iti: ous: ive: ize: ion:");
  const vowel = /[aeiouy]/;
  const syllable = /^.*?[aeiouy][^aeiouy]/u;
  const short = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$/u;

  window.vaertStem = (given) => {
    if (given.length < 3) return given;
    if (whole.has(given)) return whole.get(given);
    // A y that begins a word or follows a vowel is a consonant, written Y.
    let word = given.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    const past = (from, pattern) => {
      const found = pattern.exec(word.slice(from));
      return found ? from + found[0].length : word.length;
    };
    const first = past(0, /^(?:gener|commun|arsen)/.test(word) ? /^(?:gener|commun|arsen)/ : syllable);
    const second = past(first, syllable);
    // The longest ending of a table, and what stands before it.
    const endingOf = (endings) => {
      let at = Math.max(0, word.length - 7);
      while (at < word.length && !endings.has(word.slice(at))) at += 1;
      return [word.slice(at), at];
    };
    const put = (at, ending) => { word = word.slice(0, at) + ending; };

    if (word.endsWith("sses")) put(-2, "");
    else if (/ie[ds]$/.test(word)) put(word.length > 4 ? -2 : -1, "");
    else if (/[^us]s$/.test(word) && vowel.test(word.slice(0, -2))) put(-1, "");
    if (wholeWithoutS.test(word)) return word;

    let [ending, at] = endingOf(pastOrIng);
    if (pastOrIng.get(ending)) {
      if (at >= first) put(at, "ee");
    } else if (ending && vowel.test(word.slice(0, at))) {
      put(at, "");
      if (/(?:at|bl|iz)$/.test(word)) word += "e";
      else if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) put(-1, "");
      else if (word.length === first && short.test(word)) word += "e";
    }
    if (/.[^aeiouy][yY]$/u.test(word)) put(-1, "i");

    [ending, at] = endingOf(derived);
    const fits = { ogi: /l$/, li: /[cdeghkmnrt]$/ }[ending];
    if (ending && at >= first && (!fits || fits.test(word.slice(0, at)))) put(at, derived.get(ending));
    [ending, at] = endingOf(further);
    if (ending && at >= (ending === "ative" ? second : first)) put(at, further.get(ending));
    [ending, at] = endingOf(last);
    if (ending && at >= second && (ending !== "ion" || /[st]$/.test(word.slice(0, at)))) put(at, "");

    at = word.length - 1;
    const rest = word.slice(0, -1);
    if (word.endsWith("e") && (at >= second || at >= first && !short.test(rest))) word = rest;
    else if (word.endsWith("ll") && at >= second) word = rest;
    return word.replace(/Y/g, "y");
  };
})();
