// `vaert serve` over a copy of the handbook that a test may write in.

import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CONTENT, program } from "./editions.js";

/**
 * Serves a copy of `handbook` with the further `flags`, once it answers.
 *
 * `base` is its address, with a `/` at the end; `read(file)` and `save(file, text)` are an author's: a save goes beside
 * the file and takes its place, as editors do. `close()` ends the server and removes the copy.
 */
export async function serveCopy({ handbook = CONTENT, flags = [], change = () => {} } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "vaert-live-"));
  cpSync(handbook, folder, { recursive: true });
  const at = (file) => path.join(folder, file);
  const read = (file) => readFileSync(at(file), "utf8");
  const save = (file, text) => {
    writeFileSync(`${at(file)}.new`, text);
    renameSync(`${at(file)}.new`, at(file));
  };
  change({ folder, read, save });
  const child = spawn(program(), ["serve", folder, "--port", "0", ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  const base = await new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (data) => {
      said += data;
      const address = said.match(/http:\/\/\S+\//);
      if (address) resolve(address[0]);
    });
    child.on("exit", (code) => reject(new Error(`vaert serve ended with ${code}: ${said}`)));
  });
  const close = () => {
    child.removeAllListeners("exit");
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { base, folder, read, save, close };
}
