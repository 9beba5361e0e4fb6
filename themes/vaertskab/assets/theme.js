// Light, dark or as the device: sets the choice before anything is drawn, then makes the button work.
// The choice is kept per edition, because all pages opened from a disk share one localStorage.
(function () {
  "use strict";
  var root = document.documentElement;
  var key = "vaert/" + root.getAttribute("data-edition") + "/theme";
  var order = ["auto", "light", "dark"];

  function read() {
    try { return localStorage.getItem(key); } catch (e) { return null; }
  }
  function keep(choice) {
    try {
      if (choice === "auto") localStorage.removeItem(key);
      else localStorage.setItem(key, choice);
    } catch (e) { /* no storage: the choice holds for this page */ }
  }
  function apply(choice) {
    if (choice === "auto") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", choice);
  }

  var choice = read();
  if (order.indexOf(choice) < 0) choice = "auto";
  apply(choice);

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".theme-toggle");
    if (!button) return;
    var icon = button.querySelector(".icon");
    function show() {
      var label = button.getAttribute("data-name") + ": " + button.getAttribute("data-" + choice);
      button.setAttribute("aria-label", label);
      button.title = label;
      icon.className = "icon icon-" + choice;
    }
    button.addEventListener("click", function () {
      choice = order[(order.indexOf(choice) + 1) % order.length];
      apply(choice);
      keep(choice);
      show();
    });
    show();
    button.hidden = false;
  });
})();
