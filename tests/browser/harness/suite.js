// What the test files share: one browser and one site for each file, opened before its tests and closed after.

import { after, before } from "node:test";
import { launch, openContext } from "./browser.js";
import { MOUNT, serve } from "./server.js";

/**
 * A browser for the tests of a file, with `folders` served by mount (`{ "/a/b/": folder }`).
 *
 * Gives a function `open(base, options)`, as `openContext`, and `site`, filled in before the first test:
 * `site.base` is the address of the edition under `/a/b/`.
 */
export function withBrowser(folders = {}) {
  const site = {};
  let browser;
  let server;
  const contexts = [];
  before(async () => {
    browser = await launch();
    server = await serve(folders);
    Object.assign(site, { base: server.origin + MOUNT, origin: server.origin, escaped: server.escaped });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  const open = async (base, options) => {
    for (const context of contexts.splice(0)) await context.close();
    const opened = await openContext(browser, base, options);
    contexts.push(opened.context);
    return opened;
  };
  return { open, site };
}
