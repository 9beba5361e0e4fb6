// Starts the browser, and opens pages of an edition with a watch on everything that must not happen.

import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const CANDIDATES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// Without these Chromium looks up hosts of its maker at every start.
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Window sizes under test, in CSS pixels. */
export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 360, height: 740 };

/** Starts the browser: `$CHROMIUM`, else the first that is installed. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? CANDIDATES.find(existsSync);
  if (!executablePath) throw new Error("no Chromium found: install it, or name it in CHROMIUM");
  return chromium.launch({ executablePath, args: FLAGS });
}

/** The address of an edition's folder on disk, with a `/` at the end. */
export function fileBase(folder) {
  return `${pathToFileURL(folder).href}/`;
}

/**
 * A page in a context of its own that records faults.
 *
 * `base` is the address of the edition; `options` are those of a browser context. Gives `{ page, context, faults }`:
 * `faults` lists console errors and warnings, uncaught errors, failed requests, requests outside `base`, and breaches
 * of the Content-Security-Policy.
 */
export async function openContext(browser, base, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  return { page, context, faults: await watch(page, base) };
}

async function watch(page, base) {
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // What is still on its way when the test leaves a page is cut off: no fault of the page.
    if (why !== "net::ERR_ABORTED") faults.push(`failed: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`status ${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !url.startsWith("data:")) faults.push(`outside the edition: ${url}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return faults;
}

/**
 * Lets a redirect page be looked at, over http: the refresh is taken out on the way to the browser, all else stays.
 */
export async function stayOnRedirects(page) {
  await page.route("**/*.html", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/<meta http-equiv="refresh"[^>]*>/, "");
    await route.fulfill({ response, body });
  });
}
