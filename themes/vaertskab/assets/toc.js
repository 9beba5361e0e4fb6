// Marks in the table of contents which part of the page is being read.
(function () {
  "use strict";
  var links = [].slice.call(document.querySelectorAll(".toc a[href^='#']"));
  var parts = links.map(function (link) {
    return document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
  });
  if (!links.length) return;
  var waiting = false;
  function mark() {
    waiting = false;
    var here = -1;
    parts.forEach(function (part, i) {
      if (part && part.getBoundingClientRect().top < window.innerHeight * 0.3) here = i;
    });
    links.forEach(function (link, i) {
      link.classList.toggle("is-here", i === here);
      if (i === here) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  }
  window.addEventListener("scroll", function () {
    if (!waiting) { waiting = true; window.requestAnimationFrame(mark); }
  }, { passive: true });
  mark();
})();
