import { dirname } from "node:path";
import { makeTempDir } from "@sessionsmith/testkit";
import { cliBin } from "./cli-bin.ts";
import { generatedNow, generateStore, ordinaryRows } from "./generate-store.ts";
import { medianTimes, nodeProcess, renderTimes } from "./measure.ts";

const rounds = 7;
/** Transcripts of the deep check, and messages in each. Lines of real transcripts have 2.4 KB on average. */
const deepStore = { entries: 200, messages: 500, messageBytes: 2000 };

/**
 * Times `check` of a generated store against a bare Node that reads the index and looks at every file, and `check --deep` of one
 * with long transcripts against a bare Node that parses every line, in the same run.
 */
export async function benchCheck(entries: number): Promise<string> {
  const temp = makeTempDir();
  try {
    const index = generateStore(`${temp.path}/wide`, { entries, ...ordinaryRows });
    const deepIndex = generateStore(`${temp.path}/deep`, { ...ordinaryRows, ...deepStore });
    const [look, parse] = ["bare node + read + stat", "bare node + parse every line"];
    const times = await medianTimes(rounds, {
      [look]: nodeProcess("-e", lookAtAll(index)),
      check: nodeProcess(cliBin, ...checkArgs(index)),
    });
    const deepTimes = await medianTimes(rounds, {
      [parse]: nodeProcess("-e", parseAll(deepIndex)),
      "check --deep": nodeProcess(cliBin, ...checkArgs(deepIndex), "--deep"),
    });
    return [
      `${entries} rows, ${entries} transcripts, median of ${rounds} interleaved rounds`,
      ...renderTimes(times, look),
      `${deepStore.entries} transcripts of ${deepStore.messages} messages of 2 KB`,
      ...renderTimes(deepTimes, parse),
    ].join("\n");
  } finally {
    temp.dispose();
  }
}

function checkArgs(index: string): readonly string[] {
  return ["check", "--json", "--store", index, "--now", String(generatedNow)];
}

function lookAtAll(index: string): string {
  const dir = JSON.stringify(dirname(index));
  return `const fs = require("node:fs"); fs.readFileSync(${JSON.stringify(index)}); for (const name of fs.readdirSync(${dir})) fs.lstatSync(${dir} + "/" + name);`;
}

function parseAll(index: string): string {
  const dir = JSON.stringify(dirname(index));
  return [
    `const fs = require("node:fs");`,
    `for (const name of fs.readdirSync(${dir})) {`,
    `  const bytes = fs.readFileSync(${dir} + "/" + name);`,
    `  if (!name.endsWith(".jsonl")) continue;`,
    `  for (let at = 0, end; (end = bytes.indexOf(10, at)) >= 0; at = end + 1) JSON.parse(bytes.toString("utf8", at, end));`,
    `}`,
  ].join("\n");
}
