// The exercise finder: hides what does not fit. What is chosen stands in the address after #, so that the back button,
// bookmarks and links hold, from a disk too. Without this script the whole list is shown and no form.
(function () {
  "use strict";
  var form = document.getElementById("finder");
  if (!form) return;
  var rows = [].slice.call(document.querySelectorAll("#finder-list > li"));
  var count = document.getElementById("finder-count");
  var empty = document.getElementById("finder-empty");
  var names = ["principle", "minutes", "when"];

  function chosen() {
    return { principle: form.elements.principle.value, minutes: form.elements.minutes.value, when: form.elements.when.value };
  }
  function filter() {
    var want = chosen();
    var found = 0;
    rows.forEach(function (row) {
      var fits = (!want.principle || row.getAttribute("data-principles").split(" ").indexOf(want.principle) >= 0) &&
        (!want.minutes || Number(row.getAttribute("data-minutes")) <= Number(want.minutes)) &&
        (!want.when || row.getAttribute("data-when") === want.when);
      row.hidden = !fits;
      if (fits) found += 1;
    });
    empty.hidden = found > 0;
    count.textContent = form.getAttribute(found === 1 ? "data-one" : "data-other").replace("{n}", found);
  }
  function fromAddress() {
    var given = new URLSearchParams(location.hash.slice(1));
    // A value that the form does not have (an old bookmark) means "all".
    ["principle", "minutes"].forEach(function (name) {
      form.elements[name].value = given.get(name) || "";
      if (form.elements[name].selectedIndex < 0) form.elements[name].selectedIndex = 0;
    });
    var choices = [].slice.call(form.elements.when);
    choices[0].checked = true;
    choices.forEach(function (choice) { if (choice.value === given.get("when")) choice.checked = true; });
    filter();
  }
  function toAddress() {
    var want = chosen();
    var parts = names.filter(function (name) { return want[name]; })
      .map(function (name) { return name + "=" + encodeURIComponent(want[name]); });
    var hash = parts.length ? "#" + parts.join("&") : "";
    if (hash === location.hash) return;
    try { history.pushState(null, "", hash || location.pathname + location.search); } catch (e) { location.hash = hash; }
  }

  form.addEventListener("change", function () { filter(); toAddress(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () {
    window.setTimeout(function () { filter(); toAddress(); }, 0);
  });
  window.addEventListener("popstate", fromAddress);
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
  form.hidden = false;
})();
