// Marks the words that a search result was found by. They come in the address (?mark=) and go out of it again, so that
// no bookmark holds them.
(() => {
  "use strict";
  const given = new URLSearchParams(location.search).get("mark");
  const main = document.getElementById("main");
  const button = document.querySelector(".mark-clear");
  if (!given || !main || !button) return;
  history.replaceState(history.state, "", location.pathname + location.hash);

  // Splits a text so that every other part is a word, with the accents and invisible characters in it.
  const WORD = /([\p{Alphabetic}\p{N}\p{M}\p{DI}]+)/u;
  const key = (word) => word.replace(/\p{DI}/gu, "").normalize().toLowerCase();
  const words = new Set(given.split(WORD).filter((_, at) => at % 2).map(key));
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  const marks = [];
  for (const text of texts) {
    const parts = text.data.split(WORD);
    const found = (part, at) => at % 2 && words.has(key(part));
    if (!parts.some(found) || text.parentNode.closest("code, pre, kbd, nav, form, button, textarea, svg")) continue;
    text.replaceWith(...parts.map((part, at) => {
      if (!found(part, at)) return part;
      const mark = Object.assign(document.createElement("mark"), { className: "found", textContent: part });
      marks.push(mark);
      return mark;
    }));
  }
  if (!marks.length) return;

  main.prepend(button);
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const mark of marks) mark.replaceWith(mark.textContent);
    main.normalize();
    button.hidden = true;
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
  });
})();
