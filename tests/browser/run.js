// Builds the editions under test into a temporary folder, and runs the suite against them.
// `npm test -- suite/finder.test.js` runs one file; with VAERT_EDITIONS set, editions that are there are used.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildEditions } from "./harness/editions.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const chosen = process.argv.slice(2);
const suite = readdirSync(path.join(here, "suite")).filter((file) => file.endsWith(".test.js"));
const tests = chosen.length ? chosen : suite.map((file) => path.join("suite", file));

const scratch = mkdtempSync(path.join(tmpdir(), "vaert-browser-"));
let status = 1;
try {
  const built = process.env.VAERT_EDITIONS ?? buildEditions(scratch);
  const arguments_ = ["--test", "--test-reporter=spec", "--test-concurrency=2", ...tests];
  status = spawnSync(process.execPath, arguments_, {
    cwd: here,
    env: { ...process.env, VAERT_EDITIONS: path.resolve(built) },
    stdio: "inherit",
  }).status ?? 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(status);
