// The search box in the header, and what the search page shares with it. The engine is loaded at the first question.
// "/" and Ctrl-K go to the field; results stand below it in the combobox pattern of the ARIA Authoring Practices.
(() => {
  "use strict";
  const form = document.querySelector("form.search");
  if (!form) return;
  const input = form.querySelector("input");
  const note = form.querySelector(".search-note");
  const status = form.querySelector("[role=status]");
  const scripts = form.dataset.scripts.split(" ");
  let engine, speaking;
  let asked = 0;

  // Fetched all at once, since each takes its time from a share, and run one after another; after a failure the next
  // question goes on with the one that failed.
  async function loadScripts() {
    document.head.append(...scripts.map((href) =>
      Object.assign(document.createElement("link"), { rel: "preload", as: "script", href })));
    for (; scripts.length; scripts.shift()) {
      await new Promise((onload, onerror) => {
        document.head.append(Object.assign(document.createElement("script"), { onload, onerror, src: scripts[0] }));
      });
    }
    return window.vaertSearch(form.dataset.root);
  }
  function load() {
    engine ||= loadScripts().catch(() => { engine = null; });
    return engine;
  }
  // Gives `show` the answer, or nothing where the search cannot be had. Only the newest question is answered.
  async function ask(show, query, from, count, kind = null, isTyped = false) {
    const mine = asked += 1;
    let answer;
    if (scripts.length) note.textContent = word("loading");
    try {
      answer = await (await load())?.search(query, { from, count, kind, isTyped, isWanted: () => mine === asked });
    } catch (error) {
      console.error(error);
    }
    if (mine === asked) show(answer);
  }
  // No longer than an address may be.
  function asking() { return input.value.trim().slice(0, 1000); }
  // Whether more of the last word may follow: a blank ends it.
  function isOpen() { return !/\s$/.test(input.value); }
  function forget() {
    asked += 1;
    clearTimeout(speaking);
  }

  function word(key, value) {
    if (typeof value === "number") key += value === 1 ? "One" : "Other";
    return form.dataset[key].replace(/\{\w+\}/, () => value);
  }
  function element(name, attributes, ...content) {
    const made = document.createElement(name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.append(...content);
    return made;
  }
  // Writes what was searched for instead; says it to a screen reader, with the number found, once typing rests.
  function tell(answer) {
    const found = answer ? word(answer.total ? "found" : "none", answer.total || "") : word("failed");
    const instead = answer?.total && answer.corrected.map(([, to]) => to).join(" ");
    note.textContent = instead ? word("corrected", instead) : answer ? "" : found;
    status.textContent = "";
    clearTimeout(speaking);
    speaking = setTimeout(() => { status.textContent = answer ? `${note.textContent} ${found}` : found; }, 800);
  }
  // A result's address, which tells the page what to mark; its title, its kind and heading, and its text, with that marked.
  function parts({ url, title, kind, heading, excerpt, words }) {
    const [page, id] = url.split("#");
    const mark = words.length ? `?mark=${words.map(encodeURIComponent).join("+")}` : "";
    const marked = (part, isMarked) => (isMarked ? element("mark", {}, part) : part);
    const marks = (text) => text.split(/([\p{Alphabetic}\p{N}]+)/u).map((part) => marked(part, words.includes(part.toLowerCase())));
    const place = [form.dataset[kind] || kind, ...(heading ? [" · ", ...marks(heading)] : [])];
    return {
      href: form.dataset.root + page + mark + (id ? `#${id}` : ""),
      title: marks(title),
      place: element("span", { class: "result-place" }, ...place),
      text: element("span", { class: "result-text" }, ...excerpt.map((piece) => marked(...piece))),
    };
  }
  window.vaert = { ui: { form, input, asking, isOpen, load, ask, forget, word, element, tell, parts } };

  const button = form.querySelector(".search-open");
  document.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    const typing = event.target.isContentEditable || event.target.matches("input, textarea, select");
    if (event.altKey || !(command ? event.key.toLowerCase() === "k" : event.key === "/" && !typing)) return;
    event.preventDefault();
    if (button) unfold(true);
    input.focus();
    input.select();
  });
  if (!button) return;

  const panel = form.querySelector(".search-panel");
  const list = form.querySelector("[role=listbox]");
  let chosen = -1;
  let before; // what had focus

  // On a phone the field is folded away behind the button.
  function unfold(isOpen) {
    form.classList.toggle("is-open", isOpen);
    button.setAttribute("aria-expanded", isOpen);
  }
  function open(isOpen) {
    panel.hidden = !isOpen;
    input.setAttribute("aria-expanded", isOpen && list.children.length > 0);
    choose(-1);
  }
  function choose(at) {
    list.children[chosen]?.setAttribute("aria-selected", false);
    chosen = at;
    const option = list.children[at];
    option?.setAttribute("aria-selected", true);
    option?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option ? option.id : "");
  }
  function close() {
    forget();
    open(false);
  }
  function pageFor(q) { return `${form.action}?${new URLSearchParams({ q })}`; }
  function show(answer) {
    const { results = [], suggestions = [], total } = answer || {};
    list.replaceChildren();
    const add = (href, ...content) => {
      const id = `search-${list.children.length}`;
      list.append(element("a", { href, id, role: "option", tabindex: -1, "aria-selected": false }, ...content));
    };
    for (const result of results.filter(({ suggestion }) => !suggestion)) {
      const { href, title, place, text } = parts(result);
      add(href, element("span", { class: "result-title" }, ...title), place, text);
    }
    for (const words of suggestions) add(pageFor(words), word("suggest", words));
    if (total) add(pageFor(asking()), word("all", total));
    tell(answer);
    if (total === 0) note.textContent = word("none");
    open(true);
  }
  function type() {
    const query = asking();
    if (!query) return close();
    ask(show, query, 0, 8, null, isOpen());
    if (!panel.hidden || !scripts.length) return;
    list.replaceChildren();
    open(true); // for the word that it is being fetched
  }

  input.addEventListener("input", type);
  input.addEventListener("keydown", (event) => {
    const { length } = list.children;
    const step = { ArrowDown: 1, ArrowUp: length }[event.key];
    // The arrows come round by the field itself.
    if (step && !panel.hidden) choose((chosen + 1 + step) % (length + 1) - 1);
    else if (step && input.value) type();
    else if (event.key === "Enter" && chosen >= 0) list.children[chosen].click();
    else if (event.key === "Escape" && !panel.hidden) close();
    else if (event.key === "Escape" && input.value) input.value = "";
    else if (event.key === "Escape") {
      unfold(false);
      input.blur();
      before?.focus();
    } else return;
    event.preventDefault();
  });
  form.addEventListener("focusin", ({ relatedTarget }) => {
    if (form.contains(relatedTarget)) return;
    before = relatedTarget;
    load();
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (form.contains(relatedTarget)) return;
    close();
    if (relatedTarget) unfold(false);
  });
  panel.addEventListener("mousedown", (event) => event.preventDefault()); // focus stays in the field
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(pageFor(asking()));
  });
  button.addEventListener("click", () => {
    unfold(!form.classList.contains("is-open"));
    input.focus();
  });
  button.hidden = false;
  form.classList.add("is-ready");
})();
