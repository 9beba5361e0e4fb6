// Keeps a page of `vaert serve` up to date and shows what is wrong with the handbook.
// It lives in a shadow root, so that neither the theme nor this script touches the other's looks.
(function () {
  "use strict";
  var script = document.currentScript;
  var path = script.getAttribute("data-path");
  var memory = "vaert-live:" + path;

  var WORDS = {
    da: {
      errors: ["1 fejl", "{n} fejl"], warnings: ["1 advarsel", "{n} advarsler"], fold: "Fold sammen", unfold: "Vis",
      stale: "Håndbogen kunne ikke læses. Siden viser den seneste gode udgave.", gone: "Ingen forbindelse til vaert serve. Siden kan være gammel.",
      saved: "Du har gemt en anden side:", go: "Gå til »{title}«", close: "Luk", line: "linje {n}", source: "Skrevet i {file}, linje {n}",
      opened: "Åbnet i dit program.", more: "og {n} til", title: "Det skal rettes", unknown: "Afsnittet findes ikke i en fil."
    },
    en: {
      errors: ["1 error", "{n} errors"], warnings: ["1 warning", "{n} warnings"], fold: "Fold", unfold: "Show",
      stale: "The handbook could not be read. The page shows the last good version.", gone: "No connection to vaert serve. The page may be old.",
      saved: "You have saved another page:", go: "Go to “{title}”", close: "Close", line: "line {n}", source: "Written in {file}, line {n}",
      opened: "Opened in your editor.", more: "and {n} more", title: "To be mended", unknown: "The paragraph stands in no file."
    }
  };
  var words = WORDS[document.documentElement.lang] || WORDS.en;

  var host = document.createElement("div");
  host.id = "vaert-live";
  var root = host.attachShadow({ mode: "open" });
  // No style element, so that it is seen under a strict policy, too.
  var style = new CSSStyleSheet();
  style.replaceSync(
    ":host{all:initial;position:fixed;inset:auto 0 0 0;z-index:2147483647;font:15px/1.45 system-ui,sans-serif;color:#f4f1ea;pointer-events:none}" +
    "@media print{:host{display:none}}" +
    ".box{pointer-events:auto;background:#1c2229;border-top:4px solid #e06a4b;max-height:60vh;overflow:auto;padding:12px 18px 16px;box-shadow:0 -6px 24px #0006}" +
    ".box.warn{border-color:#e0b34b}.bar{display:flex;gap:12px;align-items:center;flex-wrap:wrap}.bar strong{margin-right:auto;font-size:16px}" +
    "button{font:inherit;min-height:36px;padding:4px 14px;border:1px solid #8a949e;border-radius:6px;background:#2c343d;color:inherit;cursor:pointer}" +
    "button:focus-visible,a:focus-visible{outline:3px solid #8fc7ff;outline-offset:2px}" +
    ".badge{pointer-events:auto;position:fixed;right:14px;bottom:14px;background:#1c2229;border-color:#e0b34b;border-radius:18px}" +
    ".badge.bad{border-color:#e06a4b}" +
    "ol{list-style:none;margin:12px 0 0;padding:0;display:grid;gap:14px}li{border-left:3px solid #e06a4b;padding-left:12px}li.warn{border-color:#e0b34b}" +
    ".where{color:#b7c3cf;font-size:13px}code,pre{font:13px/1.5 ui-monospace,Consolas,monospace}" +
    "pre{margin:6px 0;padding:8px 10px;background:#11161b;border-radius:6px;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere}" +
    "mark{background:#6b2f1f;color:#fff;border-bottom:2px solid #ff9b7d}.help{color:#cfe3d2}" +
    ".note{pointer-events:auto;position:fixed;left:14px;bottom:14px;max-width:min(90vw,32rem);background:#1c2229;border:1px solid #8a949e;border-radius:8px;padding:10px 14px}" +
    ".note a{color:#a9d4ff}"
  );
  root.adoptedStyleSheets = [style];
  var place = document.createElement("div");
  root.appendChild(place);
  document.body.appendChild(host);

  var report = null;
  var folded = null;
  try { folded = sessionStorage.getItem("vaert-folded"); } catch (e) { /* private mode */ }

  function make(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function count(pair, n) { return (n === 1 ? pair[0] : pair[1]).replace("{n}", n); }
  function summary() {
    var parts = [];
    if (report.errors) parts.push(count(words.errors, report.errors));
    if (report.warnings) parts.push(count(words.warnings, report.warnings));
    return parts.join(", ");
  }
  // The overlay opens by itself for errors; one that the author folded stays so until the report is another.
  function isOpen() {
    return folded === null ? report.errors > 0 || !!report.failure : folded !== "yes";
  }
  function setFolded(value) {
    folded = value;
    try {
      if (value === null) sessionStorage.removeItem("vaert-folded"); else sessionStorage.setItem("vaert-folded", value);
    } catch (e) { /* private mode */ }
    draw();
  }
  function button(text, act) {
    var element = make("button", "", text);
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  }
  function draw() {
    place.textContent = "";
    if (!report || (!report.errors && !report.warnings && !report.failure)) return;
    var bad = report.errors > 0 || !!report.failure;
    if (!isOpen()) {
      var badge = button(summary() || "!", function () { setFolded("no"); });
      badge.className = bad ? "badge bad" : "badge";
      badge.setAttribute("aria-expanded", "false");
      place.appendChild(badge);
      return;
    }
    var box = make("section", bad ? "box" : "box warn");
    box.setAttribute("aria-label", words.title);
    var bar = make("div", "bar");
    var line = make("strong", "", summary() || words.title);
    line.setAttribute("role", "status");
    bar.appendChild(line);
    bar.appendChild(button(words.fold, function () { setFolded("yes"); }));
    box.appendChild(bar);
    if (report.failure) {
      box.appendChild(make("p", "", words.stale));
      box.appendChild(make("pre", "", report.failure));
    }
    var list = make("ol");
    report.faults.forEach(function (fault) {
      var item = make("li", fault.error ? "" : "warn");
      item.appendChild(make("div", "", fault.message));
      item.appendChild(make("div", "where", fault.file + (fault.line ? ", " + words.line.replace("{n}", fault.line) : "") + " · " + fault.code));
      if (fault.excerpt && fault.excerpt.join("").trim()) {
        var text = make("pre");
        text.appendChild(document.createTextNode(fault.excerpt[0]));
        text.appendChild(make("mark", "", fault.excerpt[1] || " "));
        text.appendChild(document.createTextNode(fault.excerpt[2]));
        item.appendChild(text);
      }
      item.appendChild(make("div", "help", fault.help));
      list.appendChild(item);
    });
    var more = report.errors + report.warnings - report.faults.length;
    if (more > 0) list.appendChild(make("li", "warn", words.more.replace("{n}", more)));
    box.appendChild(list);
    place.appendChild(box);
  }

  var note = null;
  function show(element, seconds) {
    if (note) note.remove();
    note = make("div", "note");
    note.setAttribute("role", "status");
    note.appendChild(element);
    root.appendChild(note);
    var mine = note;
    if (seconds) setTimeout(function () { mine.remove(); }, seconds * 1000);
  }

  // What a reload would lose: the place on the page, and which folds are open.
  function keep() {
    var folds = [].map.call(document.querySelectorAll("details"), function (fold) { return fold.open; });
    try { sessionStorage.setItem(memory, JSON.stringify({ x: scrollX, y: scrollY, folds: folds })); } catch (e) { /* private mode */ }
  }
  function restore() {
    var kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(memory));
      sessionStorage.removeItem(memory);
    } catch (e) { return; }
    if (!kept) return;
    if ("scrollRestoration" in history) history.scrollRestoration = "manual";
    function put() {
      [].forEach.call(document.querySelectorAll("details"), function (fold, at) {
        if (at < kept.folds.length) fold.open = kept.folds[at];
      });
      scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    }
    // At once, so that nothing jumps; after the theme's scripts, which may set folds of their own; and with all images.
    put();
    document.addEventListener("DOMContentLoaded", put);
    addEventListener("load", put);
  }
  function reload() {
    keep();
    location.reload();
  }

  // New sheets are loaded before the old ones go, so that the page never stands bare.
  function swap(sheets) {
    var up = path.split("/").slice(1).map(function () { return "../"; }).join("");
    var old = [].slice.call(document.querySelectorAll('link[rel="stylesheet"]'));
    if (old.length !== sheets.length) return reload();
    sheets.forEach(function (sheet, at) {
      var next = new URL(up + sheet, location.href).href;
      if (old[at].href === next) return;
      var link = old[at].cloneNode();
      link.href = next;
      link.addEventListener("load", function () { old[at].remove(); });
      link.addEventListener("error", reload);
      old[at].after(link);
    });
  }

  function saved(data) {
    var up = path.split("/").slice(1).map(function () { return "../"; }).join("");
    var target = new URL(up + data.path, location.href).href;
    if (data.follow && document.visibilityState === "visible") {
      leaving = true;
      location.assign(target);
      return;
    }
    var line = make("span", "", words.saved + " ");
    var link = make("a", "", words.go.replace("{title}", data.title));
    link.href = target;
    line.appendChild(link);
    show(line, 12);
  }

  // Asks how the page stands now, and does what has to be done about it. Whatever a tab missed, it learns here.
  var generation = Number(script.getAttribute("data-generation"));
  var mark = script.getAttribute("data-page");
  var sheetsMark = script.getAttribute("data-sheets");
  var leaving = false;
  var asking = false;
  var askAgain = false;
  function check() {
    if (leaving) return;
    askAgain = asking;
    if (asking) return;
    asking = true;
    fetch("/_vaert/state?" + new URLSearchParams({ path: path, since: generation }))
      .then(function (answer) { return answer.json(); })
      .then(function (state) { found(); apply(state); }, lose)
      .finally(function () {
        asking = false;
        if (askAgain) check();
      });
  }
  function apply(state) {
    if (leaving) return;
    generation = state.generation;
    if (state.saved && state.saved.path !== path) saved(state.saved);
    if (leaving) return;
    showReport(state.report);
    if (state.page !== mark) {
      leaving = true;
      reload();
    } else if (state.sheets.join(" ") !== sheetsMark) {
      sheetsMark = state.sheets.join(" ");
      swap(state.sheets);
    }
  }
  // Another report opens the overlay again; so does going from a fault to none. The same one leaves it alone: it may have focus.
  var drawn = null;
  function showReport(next) {
    var text = JSON.stringify(next);
    if (text === drawn) return;
    drawn = text;
    words = WORDS[next.language] || words;
    var known = null;
    try { known = sessionStorage.getItem("vaert-report"); sessionStorage.setItem("vaert-report", text); } catch (e) { /* private mode */ }
    report = next;
    if (known !== null && known !== text) setFolded(null); else draw();
  }

  // Whether the server answers: one answer that fails to come is no reason to worry.
  var failures = 0;
  var gone = null;
  function lose() {
    failures += 1;
    if (failures < 3 || gone) return;
    show(make("span", "", words.gone));
    gone = note;
  }
  function found() {
    failures = 0;
    if (gone) gone.remove();
    gone = null;
  }

  // Browsers open six connections to a host, and a stream keeps one. So the one tab that holds a lock listens, and tells the
  // others that there is news. The next tab gets the lock when this one is closed, goes to another page or is frozen. A browser
  // may freeze a tab without an event: a visible tab that has heard nothing for long, not even a beat, takes the lock away.
  var NAME = "vaert-live";
  var SILENCE = 25000;
  var channel = null;
  var waiting = null;
  var stop = null;
  var heard = Date.now();

  function hear(news) {
    heard = Date.now();
    if (news === "changed") check();
    if (news === "lost") lose();
  }
  function pass(news) {
    channel.postMessage(news);
    hear(news);
  }
  // Listens for as long as the promise is not kept.
  function listen() {
    return new Promise(function (done) {
      var events = null;
      function open() {
        events = new EventSource("/_vaert/events");
        events.addEventListener("report", function () { pass("changed"); });
        events.addEventListener("beat", function () { pass("beat"); });
        events.addEventListener("error", function () {
          pass("lost");
          // Most failures are tried again by the browser itself.
          if (events.readyState === EventSource.CLOSED && stop) setTimeout(function () { if (stop) open(); }, 1000);
        });
      }
      stop = function () {
        stop = null;
        events.close();
        done();
      };
      open();
    });
  }
  function queue(steal) {
    var mine = waiting = new AbortController();
    var options = steal ? { steal: true } : { signal: mine.signal };
    navigator.locks.request(NAME, options, listen).catch(function (error) {
      if (mine.signal.aborted) return;
      if (stop) stop();
      // Another tab took over, or this browser gives no locks here after all.
      if (error.name === "AbortError") queue(false); else poll();
    });
  }
  function leave() {
    if (waiting) waiting.abort();
    if (stop) stop();
  }
  function poll() {
    check();
    setTimeout(poll, document.visibilityState === "visible" ? 1000 : 5000);
  }
  function connect() {
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "visible") check();
    });
    // A page in the browser's back/forward cache listens to nothing: it asks anew.
    addEventListener("pagehide", leave);
    addEventListener("pageshow", function (event) { if (event.persisted) reload(); });
    // Browsers give locks to secure contexts alone, so not to a page that another machine opens over http.
    if (!navigator.locks || !window.BroadcastChannel) return poll();
    channel = new BroadcastChannel(NAME);
    channel.addEventListener("message", function (event) { hear(event.data); });
    document.addEventListener("freeze", leave);
    document.addEventListener("resume", function () {
      queue(false);
      check();
    });
    setInterval(function () {
      if (stop || document.visibilityState !== "visible" || Date.now() - heard < SILENCE) return;
      heard = Date.now();
      leave();
      queue(true);
      check();
    }, 5000);
    queue(false);
    check();
  }

  // Alt and a double click: where is this written?
  document.addEventListener("dblclick", function (event) {
    if (!event.altKey || !event.target.closest) return;
    var block = event.target.closest("p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, figcaption, summary, pre");
    if (!block) return;
    event.preventDefault();
    var query = new URLSearchParams({ path: path, text: block.textContent.slice(0, 4000) });
    fetch("/_vaert/open?" + query, { headers: { "X-Vaert": "1" } }).then(function (answer) { return answer.json(); }).then(function (found) {
      var text = found ? words.source.replace("{file}", found.file).replace("{n}", found.line) : words.unknown;
      if (found && found.opened) text += " " + words.opened;
      show(make("span", "", text), 8);
    });
  });

  restore();
  connect();
})();
