// Edition folders to a web site on this machine, under a path, with the strict policy that the handbook promises to
// hold. An unknown address gets the edition's 404.html, as web hosts do.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** Where the edition stands on its host; the fixture's `site_url` names the same. */
export const MOUNT = "/a/b/";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "base-uri 'none'; form-action 'self'";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".pdf": "application/pdf",
};

/**
 * Serves folders, by the path under which each stands: `{ "/a/b/": "/tmp/edition" }`.
 *
 * Gives `{ origin, escaped, close }`; `escaped` lists every request that was for none of the folders.
 */
export async function serve(folders) {
  const escaped = [];
  const server = createServer(async (request, response) => {
    const address = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const mount = Object.keys(folders).find((prefix) => address.startsWith(prefix));
    if (!mount) escaped.push(address);
    const { status, file, bytes } = await answer(mount && folders[mount], mount && address.slice(mount.length));
    response.writeHead(status, {
      "Content-Type": TYPES[path.extname(file)] ?? "application/octet-stream",
      "Content-Security-Policy": POLICY,
      "Cache-Control": "no-store",
    });
    response.end(bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    escaped,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

async function answer(folder, address) {
  if (!folder) return { status: 404, file: "none.txt", bytes: "outside the edition" };
  const file = path.join(folder, address === "" || address.endsWith("/") ? `${address}index.html` : address);
  const inside = file.startsWith(folder + path.sep);
  try {
    if (inside) return { status: 200, file, bytes: await readFile(file) };
  } catch {
    // No such file: the 404 page answers.
  }
  const notFound = path.join(folder, "404.html");
  return { status: 404, file: notFound, bytes: await readFile(notFound) };
}
