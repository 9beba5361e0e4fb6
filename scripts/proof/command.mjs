// A command line to the checks that it asks for, and their faults to a report and an exit code.

import { parseArgs } from "node:util";
import { existsSync, readdirSync, readFileSync } from "node:fs";
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
  const handbooks = positionals.length ? positionals : [path.join(REPOSITORY, "content"), ...danishExamples()];
  for (const handbook of handbooks) {
    if (!existsSync(path.join(handbook, "handbook.yaml"))) throw new Error(`no handbook.yaml in \`${handbook}\``);
  }
  const asked = CHECKS.filter((check) => values[check]);
  const faults = handbooks.flatMap((handbook) => faultsOf(handbook, asked.length ? asked : CHECKS));
  for (const fault of faults) console.error(fault);
  if (faults.length === 0) console.log(`prose: nothing to mend (${(asked.length ? asked : CHECKS).join(", ")})`);
  return faults.length ? 1 : 0;
}

/** What `checks` find in a handbook. */
function faultsOf(handbook, checks) {
  const editions = checks.includes("lix") || checks.includes("spelling") ? editionsOf(handbook) : [];
  const sources = sourcesOf(handbook);
  if (checks.includes("lix")) console.log(path.relative("", handbook) || ".");
  return [
    ...(checks.includes("lix") ? checkLix(editions, (line) => console.log(line)) : []),
    ...(checks.includes("spelling") ? checkSpelling(editions, sources) : []),
    ...(checks.includes("typography") ? checkTypography(sources) : []),
  ];
}

/** The editions in examples/ that are in Danish: those that do not name another language. */
function danishExamples() {
  const examples = path.join(REPOSITORY, "examples");
  const isDanish = (folder) => !/^language: (?!da\b)/m.test(readFileSync(path.join(folder, "handbook.yaml"), "utf8"));
  return readdirSync(examples).sort().map((name) => path.join(examples, name)).filter(isDanish);
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
