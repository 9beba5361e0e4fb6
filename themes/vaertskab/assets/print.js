// The button that prints the page: shown only where it works.
(function () {
  "use strict";
  var button = document.querySelector(".print-page");
  if (!button || !window.print) return;
  button.hidden = false;
  button.addEventListener("click", function () { window.print(); });
})();
