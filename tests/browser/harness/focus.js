// A page to its focusable elements, and the Tab key to the elements it reaches.

/** Marks every element that Tab should reach with `data-tab`, in document order; gives a description of each. */
export async function markFocusable(page) {
  await page.evaluate(defineFocusLook);
  return page.evaluate(() => {
    const can = "a[href], button, input, select, textarea, summary, [tabindex]";
    const stops = [...document.querySelectorAll(can)].filter((element) => {
      if (element.tabIndex < 0 || element.disabled) return false;
      if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return false;
      // Tab stops once in a group of radio buttons: at the chosen one.
      return element.type !== "radio" || element.checked;
    });
    return stops.map((element, at) => {
      element.dataset.tab = String(at);
      element.dataset.look = window.focusLook(element).join(" ");
      return `${at} ${element.tagName.toLowerCase()} ${(element.getAttribute("aria-label") ?? element.textContent).trim()}`;
    });
  });
}

/**
 * The element that has focus, after `markFocusable`.
 *
 * Gives `{ at, marked, shown, positive }`: its number (NaN outside all), whether focus is drawn with an outline or a
 * shadow that it has not without, whether it is inside the window and not covered, and whether it jumps the order.
 */
export function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const look = window.focusLook(element);
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const x = Math.min(box.right, innerWidth) / 2 + Math.max(box.left, 0) / 2;
    const y = Math.min(box.bottom, innerHeight) / 2 + Math.max(box.top, 0) / 2;
    const top = document.elementFromPoint(x, y);
    return {
      at: Number.parseInt(element.dataset.tab, 10),
      marked: look.length > 0 && look.join(" ") !== element.dataset.look,
      shown: top !== null && (element.contains(top) || top.contains(element)),
      positive: element.tabIndex > 0,
    };
  });
}

/** A description of what has focus: for messages and for asking whether it came back. */
export function focusName(page) {
  return page.evaluate(() => {
    const { tagName, id, className } = document.activeElement;
    return `${tagName.toLowerCase()}#${id}.${className}`;
  });
}

/** `focusLook(element)`: the outlines and shadows that are drawn for it, by itself or its pseudo-elements. */
function defineFocusLook() {
  window.focusLook = (element) => [null, "::before", "::after"].flatMap((part) => {
    const style = getComputedStyle(element, part);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const outline = outlined ? [`${part} ${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`] : [];
    return style.boxShadow === "none" ? outline : [...outline, `${part} ${style.boxShadow}`];
  });
}
