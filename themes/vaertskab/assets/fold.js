// Folding lists (menu, section, table of contents) stand open where there is room. Newer browsers show them by CSS alone
// (::details-content); here the `open` attribute is set too, so that every browser and screen reader agrees.
(function () {
  "use strict";
  [[".main-fold, .side .fold", "(min-width: 60rem)"], [".toc .fold", "(min-width: 78rem)"]].forEach(function (rule) {
    var folds = document.querySelectorAll(rule[0]);
    var wide = window.matchMedia(rule[1]);
    function set() {
      [].forEach.call(folds, function (fold) { fold.open = wide.matches; });
    }
    set();
    if (wide.addEventListener) wide.addEventListener("change", set);
  });
})();
