// Fields to write in. Nothing is kept until the reader ticks the box on this page; then the notes lie in this browser
// for at most 30 days. Keys name edition and page, because all pages opened from a disk share one localStorage.
(function () {
  "use strict";
  var prefix = "vaert/write/";
  var month = 30 * 24 * 60 * 60 * 1000;

  function storage() {
    try {
      localStorage.setItem(prefix + "?", "1");
      localStorage.removeItem(prefix + "?");
      return localStorage;
    } catch (e) { return null; }
  }
  function entry(store, key) {
    try {
      var value = JSON.parse(store.getItem(key));
      return value && typeof value.saved === "number" && value.fields ? value : null;
    } catch (e) { return null; }
  }
  function deleteOld(store) {
    var now = Date.now();
    Object.keys(store).forEach(function (key) {
      if (key.indexOf(prefix) !== 0) return;
      var value = entry(store, key);
      if (!value || now - value.saved > month || value.saved > now + month) store.removeItem(key);
    });
  }

  var store = storage();
  if (store) deleteOld(store);

  var panel = document.querySelector(".write-save");
  var fields = [].slice.call(document.querySelectorAll("textarea[data-write]"));
  if (!panel || !fields.length) return;

  var box = panel.querySelector("input");
  var status = panel.querySelector(".write-status");
  var key = prefix + panel.getAttribute("data-key");
  function say(what) { status.textContent = what ? panel.getAttribute("data-" + what) : ""; }

  function save() {
    if (!store || !box.checked) return;
    var values = {};
    fields.forEach(function (field) { if (field.value) values[field.getAttribute("data-write")] = field.value; });
    try {
      store.setItem(key, JSON.stringify({ saved: Date.now(), fields: values }));
      say("saved");
    } catch (e) { say("failed"); }
  }
  function forget() {
    if (store) store.removeItem(key);
  }

  var kept = store && entry(store, key);
  if (kept) {
    box.checked = true;
    fields.forEach(function (field) {
      var value = kept.fields[field.getAttribute("data-write")];
      if (typeof value === "string" && !field.value) field.value = value;
    });
  }
  if (!store) {
    box.disabled = true;
    say("failed");
  }

  box.addEventListener("change", function () {
    if (box.checked) save();
    else { forget(); say(""); }
  });
  panel.querySelector(".write-clear").addEventListener("click", function () {
    forget();
    box.checked = false;
    fields.forEach(function (field) { field.value = ""; });
    say("cleared");
  });
  fields.forEach(function (field) { field.addEventListener("input", save); });
  panel.hidden = false;
})();
