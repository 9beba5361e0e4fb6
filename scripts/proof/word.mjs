// Text to its words, as a dictionary has them.

const WORD = /(?<![\p{L}\p{N}])(\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*)(?![\p{L}\p{N}])([.-]?)/gu;

/** `[{word, mark}]`; `mark` is the stop or hyphen that follows, for it may belong to the word: `kl.`, `arbejds-`. */
export function wordsIn(text) {
  return [...text.matchAll(WORD)].map(([, word, mark]) => ({ word, mark }));
}
