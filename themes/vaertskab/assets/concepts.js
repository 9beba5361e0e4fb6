// The first mention of a concept opens its definition beside the word. Without this script, and with a modifier key,
// the link goes to the concept's own page. Enter and Space open, Escape and the button close, focus goes back to the word.
(function () {
  "use strict";
  var open = null; // { link, box }

  function place(link, box) {
    var word = link.getClientRects()[0] || link.getBoundingClientRect();
    var left = Math.max(16, Math.min(word.left, document.documentElement.clientWidth - box.offsetWidth - 16));
    var below = word.bottom + 8;
    var top = below + box.offsetHeight > window.innerHeight - 8 ? word.top - box.offsetHeight - 8 : below;
    box.style.left = left + "px";
    box.style.top = Math.max(8, top) + "px";
  }

  function close(giveFocusBack) {
    if (!open) return;
    var was = open;
    open = null;
    if (was.box.hidePopover && was.box.matches(":popover-open")) was.box.hidePopover();
    was.box.hidden = true;
    was.link.setAttribute("aria-expanded", "false");
    if (giveFocusBack) was.link.focus();
  }

  function show(link, box) {
    close(false);
    open = { link: link, box: box };
    box.hidden = false;
    if (box.showPopover) {
      box.setAttribute("popover", "manual");
      box.showPopover();
    }
    link.setAttribute("aria-expanded", "true");
    place(link, box);
    box.focus({ preventScroll: true });
  }

  function toggle(event, link, box) {
    event.preventDefault();
    if (open && open.link === link) close(true);
    else show(link, box);
  }

  [].forEach.call(document.querySelectorAll("a.concept[data-definition]"), function (link) {
    var box = document.getElementById(link.getAttribute("data-definition"));
    if (!box) return;
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
      toggle(event, link, box);
    });
    link.addEventListener("keydown", function (event) {
      if (event.key === " ") toggle(event, link, box);
    });
  });

  document.addEventListener("click", function (event) {
    if (!open) return;
    if (event.target.closest(".definition-close")) close(true);
    else if (!open.box.contains(event.target) && !open.link.contains(event.target)) close(false);
  });
  document.addEventListener("keydown", function (event) {
    if (open && event.key === "Escape") close(true);
  });
  document.addEventListener("focusin", function (event) {
    if (open && !open.box.contains(event.target) && event.target !== open.link) close(false);
  });
  window.addEventListener("resize", function () { if (open) place(open.link, open.box); });
  window.addEventListener("scroll", function () { if (open) place(open.link, open.box); }, { passive: true });
})();
