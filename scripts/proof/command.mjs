// A command line to the checks that it asks for, and their faults to a report and an exit code.

import { parseArgs } from "node:util";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { editionsOf, REPOSITORY } from "./edition.mjs";
import { checkLix } from "./lix.mjs";
import { sourcesOf } from "./source.mjs";
import { checkSpelling } from "./spelling.mjs";
import { checkTypography } from "./typography.mjs";

const CHECKS = ["lix", "spelling", "typography"];

/** Runs the command, and returns its exit code. */
function run() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...Object.fromEntries(CHECKS.map((check) => [check, { type: "boolean" }])),
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(usage());
    return 0;
  }
  if (positionals.length > 1) throw new Error("one handbook at a time");
  const handbook = positionals[0] ?? path.join(REPOSITORY, "content");
  if (!existsSync(path.join(handbook, "handbook.yaml"))) throw new Error(`no handbook.yaml in \`${handbook}\``);

  const asked = CHECKS.filter((check) => values[check]);
  const isAsked = (check) => asked.length === 0 || asked.includes(check);
  const editions = isAsked("lix") || isAsked("spelling") ? editionsOf(handbook) : [];
  const sources = sourcesOf(handbook);
  const faults = [
    ...(isAsked("lix") ? checkLix(editions, (line) => console.log(line)) : []),
    ...(isAsked("spelling") ? checkSpelling(editions, sources) : []),
    ...(isAsked("typography") ? checkTypography(sources) : []),
  ];
  for (const fault of faults) console.error(fault);
  if (faults.length === 0) console.log(`prose: nothing to mend (${(asked.length ? asked : CHECKS).join(", ")})`);
  return faults.length ? 1 : 0;
}

/** The head of `scripts/prose`, which is where its use is told. */
function usage() {
  const [, ...lines] = readFileSync(path.join(REPOSITORY, "scripts/prose"), "utf8").split("\n");
  return lines.slice(0, lines.findIndex((line) => !line.startsWith("#"))).map((line) => line.slice(2)).join("\n");
}

try {
  process.exitCode = run();
} catch (error) {
  console.error(`scripts/prose: ${error.message}`);
  process.exitCode = 2;
}
