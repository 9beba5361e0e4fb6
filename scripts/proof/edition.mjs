// A handbook to what its readers read: builds it for each audience into a temporary folder, and reads the pages' text.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { pieces } from "./text.mjs";

export const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

const AUDIENCES = ["participant", "facilitator"];

/**
 * The editions of `handbook`: `{audience, pages: [{path, pieces}]}`, see text.mjs. A figure counts as a page.
 * Throws, with the program's own report, where the handbook does not build.
 */
export function editionsOf(handbook) {
  const scratch = mkdtempSync(path.join(tmpdir(), "vaert-prose-"));
  try {
    return AUDIENCES.map((audience) => {
      const out = path.join(scratch, audience);
      build(["build", handbook, "--audience", audience, "--out", out]);
      const [name] = readdirSync(out);
      return { audience, pages: pagesIn(path.join(out, name)) };
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function build(words) {
  const [program, ...before] = process.env.VAERT_BIN
    ? [process.env.VAERT_BIN]
    : ["cargo", "run", "--quiet", "--locked", "--manifest-path", path.join(REPOSITORY, "Cargo.toml"), "--"];
  const { error, status, stderr } = spawnSync(program, [...before, ...words], { encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`the handbook does not build\n${stderr}`);
}

function pagesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => /\.(html|svg)$/.test(file) && !file.startsWith("assets"))
    .sort()
    .map((file) => ({ path: file, pieces: pieces(readFileSync(path.join(folder, file), "utf8")) }));
}
