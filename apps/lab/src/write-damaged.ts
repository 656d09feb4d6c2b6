// `node write-damaged.js` writes `before` of every case of fixtures/damaged/ that is described here, lets the built command repair a copy,
// and writes what it left as `after`. What has changed is then looked through by hand.
import { cpSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { damagedAtMs, fixturesDir, makeTempDir } from "@sessionsmith/testkit";
import type { DamagedStore } from "./damaged/damaged-store.ts";
import { transcriptCases } from "./damaged/transcript-cases.ts";
import { runCli } from "./run-cli.ts";

interface CheckDocument {
  readonly stores: readonly {
    readonly findings: readonly { readonly id: string; readonly severity: string }[];
  }[];
}

const row = { sessionId: "11111111-1111-4111-8111-111111111111", updatedAt: Date.UTC(2026, 10, 19, 10) };

// oxlint-disable-next-line no-await-in-loop -- one case after the other
for (const [name, store] of Object.entries(transcriptCases)) await writeCase(name, store);

async function writeCase(name: string, store: DamagedStore): Promise<void> {
  const dir = join(fixturesDir, "damaged", name);
  rmSync(dir, { recursive: true, force: true });
  const before = join(dir, "before");
  const sessions = join(before, "agents", "main", "sessions");
  const rows = store.rows ?? { "agent:main:main": row };
  const index = typeof rows === "string" ? rows : JSON.stringify(rows, null, 2);
  const files = { ...(index === "" ? {} : { "sessions.json": index }), ...store.files };
  for (const [file, content] of Object.entries(files)) write(join(sessions, file), content);
  const temp = makeTempDir();
  try {
    const stateDir = join(temp.path, "state");
    cpSync(before, stateDir, { recursive: true });
    setTimes(stateDir);
    const findings = await troublesOf(stateDir);
    const { status, stderr } = await runCli(["repair", "--apply", "--quiet"], stateDir);
    if (status !== 0) throw new Error(`the repair of ${name} ended with ${status}: ${stderr}`);
    const left = await troublesOf(stateDir);
    const about = { what: store.what, findings, ...(left.length === 0 ? {} : { left }) };
    write(join(dir, "case.json"), `${JSON.stringify(about, null, 2)}\n`);
    rmSync(join(stateDir, "agents", "main", "sessions", ".sessionsmith"), { recursive: true });
    cpSync(stateDir, join(dir, "after"), { recursive: true });
  } finally {
    temp.dispose();
  }
}

/** Ids of the errors and warnings that a deep check finds. */
async function troublesOf(stateDir: string): Promise<readonly string[]> {
  const { stdout } = await runCli(["check", "--deep", "--json", "--quiet"], stateDir);
  const { stores }: CheckDocument = JSON.parse(stdout);
  const found = stores.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== "info");
  return [...new Set(found.map(({ id }) => id))].toSorted();
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, content, { mode: 0o600 });
}

function setTimes(dir: string): void {
  const seconds = damagedAtMs / 1000;
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), seconds, seconds);
}
