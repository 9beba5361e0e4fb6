// Handbooks to finished editions: builds content/, the examples and the fixture for both audiences into one folder, and
// names them.
// `VAERT_EDITIONS` (set by run.js) is that folder; `VAERT_BIN` is the program, else the debug build.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of all the sources. */
export const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));
const FIXTURE = fileURLToPath(new URL("../fixture/", import.meta.url));

/** Items in the fixture's long section: more than a navigation shows at once. */
export const LONG_SECTION = 70;

/** The handbook of the repository. */
export const CONTENT = path.join(REPOSITORY, "content");

/** Editions of it. */
const EXAMPLES = ["bibliotek", "hotel", "museum"];

/** Folder of the edition `name`. Throws where the editions have not been built. */
export function edition(name) {
  const folder = process.env.VAERT_EDITIONS;
  if (!folder) throw new Error("VAERT_EDITIONS is not set: run `npm test`, which builds the editions");
  return path.join(folder, name);
}

/** The editions under test by what they are. */
export const editions = {
  participant: () => edition("vaertskab"),
  facilitator: () => edition("vaertskab-facilitator"),
  fixture: () => edition("proevehuset"),
  fixtureFacilitator: () => edition("proevehuset-facilitator"),
  ...Object.fromEntries(EXAMPLES.map((name) => [name, () => edition(name)])),
};

/** Builds every edition into `folder`. Throws, with the program's own report, where one does not build. */
export function buildEditions(folder) {
  const fixture = path.join(folder, "source");
  cpSync(FIXTURE, fixture, { recursive: true });
  writeLongSection(path.join(fixture, "notater"));
  const examples = EXAMPLES.map((name) => path.join(REPOSITORY, "examples", name));
  execFileSync(
    program(),
    ["build", CONTENT, fixture, ...examples, "--out", path.join(folder, "editions"), "--audience", "all"],
    { stdio: "inherit" },
  );
  return path.join(folder, "editions");
}

/** The program under test. */
export function program() {
  const target = process.env.CARGO_TARGET_DIR ?? path.join(REPOSITORY, "target");
  return process.env.VAERT_BIN ?? path.join(target, "debug", "vaert");
}

function writeLongSection(folder) {
  mkdirSync(folder, { recursive: true });
  for (let number = 1; number <= LONG_SECTION; number += 1) {
    const name = String(number).padStart(2, "0");
    writeFileSync(path.join(folder, `${name}-notat-${name}.md`), `# Notat ${number}\n\nEn linje om dag ${number}.\n`);
  }
}
