// A handbook's own words to questions of every sort: as readers ask, and as they should not.
// The same seed gives the same questions.

/** Numbers from 0 up to `below`, the same for the same seed (mulberry32). */
export function random(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const ENDINGS = { da: ["en", "et", "er", "erne", "s", "ernes", "e", "ede", "ende", "ing"], en: ["s", "ing", "ed", "ly", "ness", "er"] };
const KEYS = { æ: ["ae", "ä", "e"], ø: ["oe", "ö", "o"], å: ["aa", "a"] };

/** What hurts, in every language. */
export const HURTING = [
  "", " ", "?", "…", "\"", "\"\"", "« »", "\"»„", "og", "i", "det er i og på den", "the of and", "\"og det\"", "\"of the\"",
  "qwxzyk", "zzzzzzzz", "xqj wvk", "asdfghjkl", "12345678901234567890", "3", "2019", "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>", "&amp;&lt;", "vært|skab", "שלום עולם", "مرحبا بالعالم", "\u202eborger", "🙂", "🙂 borger",
  "𝐛𝐨𝐫𝐠𝐞𝐫", "ǅungla", "İstanbul", "ΣΊΣΥΦΟΣ", "ﬁnde", "BORGER", "bo\u0301rger", "å", "a\u030abne", "x".repeat(10000),
  "borger ".repeat(1500), "ø".repeat(59), "ø".repeat(60), "ø".repeat(61), "=a", ">b", "a=b", "constructor", "__proto__",
  "toString hasOwnProperty", "\0", "bor\0ger", "borger\u202e \u200f\u200d", "\ufffd borger",
  "bor\u00adger", "e-mail", "wi\u2011fi 12 34 56 78", "12-34-56-78", "12.345.678", "20 24", "a b c d", "e mail", "kø-", "-", "hvordan får jeg alle med",
  "how do i", "hvad er det",
];

/** Some questions of each sort over `texts`, sentences of a handbook in `language`. */
export function questions(texts, language, seed = 1) {
  const next = random(seed);
  const some = (list) => list[next(list.length)];
  const words = [...new Set(texts.join(" ").toLowerCase().match(/\p{L}{2,}/gu))].sort();
  const long = words.filter((word) => word.length > 4);
  const times = (count, make) => Array.from({ length: count }, make);
  const without = (word) => word.replace(/[æøå]/g, (letter) => some(KEYS[letter]));
  const stretch = (most) => {
    const all = some(texts).split(/\s+/);
    const from = next(all.length);
    return all.slice(from, from + 1 + next(most)).join(" ");
  };
  return [
    ...HURTING,
    ...times(40, () => some(words)),
    ...times(30, () => some(words) + some(ENDINGS[language])),
    ...times(25, () => some(long).slice(0, -1 - next(3)) + some(ENDINGS[language])),
    ...times(25, () => some(long) + some(["", "s", "e"]) + some(long)),
    ...times(20, () => without(some(words.filter((word) => /[æøå]/.test(word)).concat(language === "en" ? words : [])))),
    ...times(40, () => mistyped(some(long), next)),
    ...times(15, () => mistyped(mistyped(some(long), next), next)),
    ...times(40, () => some(words).slice(0, 1 + next(6))),
    ...times(15, () => `${some(words)} `),
    ...times(30, () => times(2 + next(2), () => some(words)).join(" ")),
    ...times(15, () => `${some(words)} ${mistyped(some(long), next)} ${some(long).slice(0, 4)}`),
    ...times(15, () => `"${stretch(4)}"`),
    ...times(10, () => `${some(words)} »${stretch(3)}« ${some(words)}`),
    ...times(10, () => `${some(words)} "${stretch(3)}`),
    ...times(20, () => stretch(12)),
    ...times(15, () => `${some(words)}-${some(words)}`),
    ...times(8, () => `"${some(words)}-${some(words)}" ${some(words)}`),
    ...times(8, () => `${some(words)[0]} ${some(words)}`),
    ...times(8, () => `${"hvordan kan man hvad er how do we what is".split(" ").slice(next(4), 4 + next(6)).join(" ")} ${some(words)}?`),
    ...times(12, () => times(3 + next(2), () => some(long)).join(some(["", "s", "e"]))),
    ...times(4, () => times(22 + next(6), () => some(long)).join(" ")),
    ...times(3, () => `${some(long).slice(0, 3)} ${"x".repeat(61)}`),
    ...frequent(texts).map((word) => `"${word}"`),
  ];
}

/** The words that most texts have. */
function frequent(texts) {
  const counts = new Map();
  for (const word of texts.join(" ").toLowerCase().match(/\p{L}+/gu)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).slice(0, 5).map(([word]) => word);
}

/** `word` with one letter swapped, left out, doubled or replaced. */
function mistyped(word, next) {
  const at = next(word.length - 1);
  const [head, one, two, tail] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)];
  return head + [two + one, two, one + one + two, "x" + two][next(4)] + tail;
}
