import {
  fromState,
  type MemoryFs,
  type MemoryFsState,
  tree,
  unlessSweeping,
  writeTree,
} from "@sessionsmith/testkit";
import { afterAll, describe, expect, test } from "vitest";
import { crashStates } from "../../core/test/engine/crash-matrix.ts";
import { faultsAt } from "../../core/test/engine/error-injection.ts";
import type { BackupKind } from "../src/plan/backup-steps.ts";
import { diskWith, migrated, stateDir, workspace } from "./legacy-disk.ts";

const at = (second: number) => `2026-02-10T10:00:${String(second).padStart(2, "0")}`;
const legacy = (id: string, ...texts: readonly string[]) =>
  JSON.stringify({
    session_id: id,
    messages: texts.map((content, n) => ({
      role: n % 2 === 0 ? "user" : "assistant",
      content,
      timestamp: at(n),
    })),
    metadata: {},
    updated_at: at(30),
  });
const present = `{\n  "agent:main:main": {"sessionId":"s1","updatedAt":1790000000000, "x": 1e2}\n}`;

/** Sessions of two agents; one of them has a store already, the other has none. */
function start(): MemoryFsState {
  const fs = diskWith({
    ".sessions/session_map.json": JSON.stringify({ "agent:main:main": "a", "agent:work:telegram:dm:7": "b" }),
    ".sessions/a.json": legacy("a", "one", "two", "three"),
    ".sessions/b.json": legacy("b", "four"),
    ".sessions/c:d.jsonl": `${JSON.stringify({ role: "user", content: "five", timestamp: at(5) })}\n{"role"`,
  });
  writeTree(fs, `${stateDir}/agents/main/sessions`, { "sessions.json": present, "s1.jsonl": "one\n" });
  return fs.state();
}

/** Files with their texts; undefined for one that can't be read. */
type Texts = ReadonlyMap<string, string | undefined>;

/** Everything that is not an operation's own. */
function visible(fs: MemoryFs, dir: string): Texts {
  const entries = fs.lstat(dir) === undefined ? [] : [...tree(fs, dir)];
  return new Map(
    entries
      .filter(([path, { kind }]) => kind === "file" && !/\.sessionsmith\/|backup_old_format\//.test(path))
      .map(([path, { bytes }]) => [path, bytes?.toString("latin1")]),
  );
}

/** The same, whatever the order of rows: what a first run could not read, and left, a second one adds behind the others. */
function inAnyOrder(texts: Texts): Texts {
  return new Map(
    [...texts].map(([path, text]) => [path, path.endsWith("sessions.json") ? sortedLines(text) : text]),
  );
}

function sortedLines(text = ""): string {
  return text.replaceAll(/,$/gm, "").split("\n").toSorted().join("\n");
}

const beginning = start();
const originals = visible(fromState(beginning), workspace);

let count = 0;
afterAll(() => {
  process.stdout.write(`migrations interrupted: ${count}\n`);
});

describe.each<BackupKind>(["archive", "files", "none"])("backup: %s", (backup) => {
  const run = (fs: MemoryFs, firstId: number) => migrated(fs, { backup, firstId });

  /** Whatever was interrupted: the originals are whole, and another run ends as an undisturbed one. */
  async function finishAndCompare(fs: MemoryFs, done: Texts, as = (texts: Texts) => texts): Promise<void> {
    count += 1;
    expect(visible(fs, workspace)).toEqual(originals);
    await run(fs, 500);
    expect(as(visible(fs, stateDir))).toEqual(as(done));
    expect(visible(fs, workspace)).toEqual(originals);
    const again = await run(fs, 900);
    expect(again.outcome.operationId).toBeUndefined();
  }

  async function undisturbed(): Promise<Texts> {
    const fs = fromState(beginning);
    await run(fs, 1);
    return visible(fs, stateDir);
  }

  test("killed at any moment, a second run finishes with the same bytes", async () => {
    const done = await undisturbed();
    const states = await crashStates(beginning, (fs) => run(fs, 1));
    expect(states.length).toBeGreaterThan(100);
    const step = unlessSweeping(backup === "archive" ? 4 : 24);
    for (const [n, state] of states.entries()) {
      // The first ones are those in which a store is made.
      if (n > 40 && n % step !== 0) continue;
      // oxlint-disable-next-line no-await-in-loop -- one crash after the other
      await finishAndCompare(fromState(state), done);
    }
  });

  test("whatever a call answers, nothing is spoilt and a second run finishes", async () => {
    const done = await undisturbed();
    const calm = fromState(beginning);
    await run(calm, 1);
    expect(calm.calls.length).toBeGreaterThan(100);
    const step = unlessSweeping(9) * (backup === "archive" ? 5 : 15);
    for (let call = 1; call <= calm.calls.length; call += step) {
      for (const { fault } of faultsAt(call)) {
        const fs = fromState(beginning, { fault });
        // oxlint-disable-next-line no-await-in-loop -- one fault after the other
        const isEnded = await run(fs, 1).then(
          () => true,
          () => false,
        );
        // oxlint-disable-next-line no-await-in-loop -- one fault after the other
        await finishAndCompare(fromState(fs.state()), done, isEnded ? inAnyOrder : undefined);
      }
    }
  });
});
