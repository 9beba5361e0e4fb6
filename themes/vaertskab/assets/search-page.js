// The search page: query and kind, in the field and in the address alike, to a list of results.
(() => {
  "use strict";
  const { form, input, asking, isOpen, load, ask, forget, word, element, tell, parts } = window.vaert.ui;
  const part = (name) => document.getElementById(`search-${name}`);
  const [list, kinds, more] = ["results", "kinds", "more"].map(part);
  const { title } = document;
  let kind, visited, pause;
  let isTyped = false; // whether what is shown answers a question that is still being typed

  window.vaert.search = async (query) => {
    const { results } = await (await load()).search(String(query), { from: 0, count: 50, kind: null });
    return results.map(({ url, title, kind, excerpt, suggestion }) =>
      ({ url, title, kind, excerpt: excerpt.map(([text]) => text).join(""), suggestion }));
  };

  const address = () => (asking() ? `?${new URLSearchParams({ q: asking(), ...(kind && { kind }) })}` : location.pathname);
  function write(way, to) {
    // Throws where a browser finds that the address changes too often; the results are shown all the same.
    try { history[way]({ shown: list.children.length }, "", to); } catch { /* it stays as it is */ }
  }
  // A new place to come back to; what was typed on the way to it is none.
  function visit() {
    clearTimeout(pause);
    isTyped = false;
    const to = new URL(address(), location.href).href;
    if (to !== visited) {
      write("replaceState", visited);
      write("pushState", to);
      visited = to;
    }
    search();
  }
  function read() {
    const given = new URLSearchParams(location.search);
    input.value = given.get("q") || "";
    kind = given.get("kind");
    visited = location.href;
    isTyped = false;
    search(history.state?.shown || 10);
  }

  function item(result) {
    const { href, title, place, text } = parts(result);
    const link = element("a", { class: "card-link", href }, ...title);
    return element("li", { class: "hit" }, element("h3", { class: "result-title" }, link), place, text);
  }
  function showKinds(found) {
    const hadFocus = kinds.contains(document.activeElement);
    const all = found.reduce((sum, [, n]) => sum + n, 0);
    kinds.replaceChildren(...[["", all], ...found].map(([name, n]) => {
      const label = name ? form.dataset[name] || name : kinds.dataset.all;
      const chip = element("button", { type: "button", "aria-pressed": name === (kind || "") }, `${label} ${n}`);
      chip.onclick = () => { kind = name; visit(); };
      return chip;
    }));
    kinds.hidden = found.length < 2;
    if (hadFocus) kinds.querySelector("[aria-pressed=true]").focus();
  }
  function show(answer) {
    const { total, results = [], suggestions = [], kinds: found = [] } = answer || {};
    if (kind && found.length && !found.some(([name]) => name === kind)) {
      kind = "";
      return search();
    }
    const near = results.filter(({ suggestion }) => suggestion);
    list.replaceChildren(...results.filter(({ suggestion }) => !suggestion).map(item));
    part("near-results").replaceChildren(...near.map(item));
    part("suggestions").replaceChildren(...suggestions.map((q) =>
      element("a", { class: "button", href: `?${new URLSearchParams({ q })}` }, q)));
    part("count").textContent = word("found", total || 0);
    showKinds(found);
    part("found").hidden = !total;
    part("empty").hidden = part("try").hidden = total !== 0;
    part("near").hidden = !near.length && !suggestions.length;
    part("ways").hidden = total > 0;
    more.hidden = list.children.length >= total;
    tell(answer);
  }
  function search(count = 10) {
    document.title = asking() ? `${asking().slice(0, 60)} – ${title}` : title;
    if (asking()) return ask(show, asking(), 0, count, kind || null, isTyped);
    forget();
    for (const name of ["found", "empty", "near", "try"]) part(name).hidden = true;
    part("ways").hidden = false;
    load();
  }

  input.addEventListener("input", () => {
    isTyped = isOpen();
    search();
    clearTimeout(pause);
    pause = setTimeout(() => write("replaceState", address()), 300);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    visit();
  });
  more.addEventListener("click", () => {
    const from = list.children.length;
    ask((answer) => {
      if (!answer) return tell();
      list.append(...answer.results.map(item));
      more.hidden = list.children.length >= answer.total;
      list.children[from]?.querySelector("a").focus();
      write("replaceState", location.href);
    }, asking(), from, 10, kind || null, isTyped);
  });
  window.addEventListener("popstate", read);
  form.hidden = false;
  read();
})();
