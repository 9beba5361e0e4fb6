// What the browser has kept for a page, and a browser that keeps nothing.

/** Everything in localStorage, as an object. */
export function stored(page) {
  return page.evaluate(() => ({ ...localStorage }));
}

/** Makes every access to localStorage throw, as browsers do where storage is forbidden. */
export function forbidStorage(page) {
  return page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("storage is forbidden", "SecurityError");
      },
    });
  });
}
