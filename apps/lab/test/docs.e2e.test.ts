import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fixturesDir, materializeCase } from "@sessionsmith/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { type DocCommand, docCommands, docFiles, matchesOutput } from "./doc-commands.ts";
import { repoRoot } from "./repo-root.ts";

const guidesDir = join(repoRoot, "docs/guides");
const pages = [
  "README.md",
  "skills/sessionsmith/SKILL.md",
  ...readdirSync(guidesDir).map((name) => `docs/guides/${name}`),
];

/** Commands of a page that a test can't or need not run. */
const notRun = /^(git clone|cd|npm test|npx|openclaw|export|cp) ?/;

/** A recorded store as if it had been recorded just now. */
function freshStore() {
  const copy = materializeCase("openclaw-2026.5.28-one-agent", Date.now());
  onTestFinished(() => copy.dispose());
  return copy;
}

const tempOf = (pid: number) => `sessions.json.${pid}.`;
const tempOfFixture = tempOf(4711);
const endedPid = spawnSync(process.execPath, ["--version"]).pid;

describe.each(pages)("%s", (page) => {
  const text = readFileSync(join(repoRoot, page), "utf8");
  const commands = docCommands(text);

  test("every command prints what the page says", { timeout: 30_000 }, () => {
    const { stateDir, now } = freshStore();
    const home = dirname(stateDir);
    cpSync(join(fixturesDir, "legacy/openclaw-python-ws1/before"), join(home, "workspace"), {
      recursive: true,
    });
    copyDamaged("transcript-several", join(home, "damaged"));
    copyDamaged("index-backups", join(home, "broken"));
    copyDamaged("mixed-python-times-keys", join(home, "mixed"));
    for (const file of docFiles(text)) writeFileSync(join(home, file.path), file.text);
    const wrong = commands.flatMap((command) => {
      if (notRun.test(command.line)) return [];
      const { stdout, stderr } = run(command, { home, now });
      const printed = placeless(command.line === "npm start" ? stdout : `${stdout}${stderr}`);
      return matchesOutput(printed, command.output) ? [] : [{ line: command.line, printed }];
    });
    expect(wrong).toEqual([]);
  });
});

/**
 * Copies a damaged store, with the modes that OpenClaw gives its files: a checkout has others. Temporary files of the index get the
 * number of a process that has just ended: one of theirs could run by now, and be at work on the file.
 */
function copyDamaged(name: string, to: string): void {
  cpSync(join(fixturesDir, "damaged", name, "before"), to, { recursive: true });
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    chmodSync(path, entry.isDirectory() ? 0o700 : 0o600);
    if (entry.name.includes(tempOfFixture)) renameSync(path, path.replace(tempOfFixture, tempOf(endedPid)));
  }
}

/** Commands run with a recorded store in the home directory, as if it had been recorded just now. */
function run({ line }: DocCommand, { home, now }: { readonly home: string; readonly now: number }) {
  const [program, ...args] = line.split(" ").map((word) => word.replaceAll(/^'|'$/g, "").replace("~", home));
  const env = { PATH: process.env["PATH"], HOME: home, SESSIONSMITH_KEY: "a".repeat(64) };
  const bin = join(repoRoot, "apps/cli/dist/bin.js");
  const script =
    program === "npm" ? [join(repoRoot, "scripts/demo.mjs")] : [bin, ...args, ...judgedBy(args, now)];
  expect(["sessionsmith", "npm"]).toContain(program);
  return spawnSync(process.execPath, script, { cwd: home, env, encoding: "utf8" });
}

function judgedBy(args: readonly string[], now: number): readonly string[] {
  const isPreview = args[0] === "list" || (args[0] === "cleanup" && !args.includes("--enforce"));
  const isOfThisMoment = ["--expired", "--status", "--user"].some((flag) => args.includes(flag));
  return isPreview && !isOfThisMoment && !args.includes("--now") && !args.includes("--help")
    ? ["--now", String(now)]
    : [];
}

/** Takes out of a text what differs from run to run: where the copy lies, and the ids of operations. */
function placeless(text: string): string {
  return text
    .replaceAll(tempOf(endedPid), tempOfFixture)
    .replaceAll(/\/\S*\/(\.openclaw|workspace|damaged|broken|mixed)/g, "/home/user/$1")
    .replaceAll(/\d{8}T\d{9}Z-[0-9a-f]{8}/g, "20261120T101500123Z-1a2b3c4d");
}
