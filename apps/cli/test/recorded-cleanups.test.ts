import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import {
  listStoreCases,
  type MaterializedCase,
  materializeCase,
  readCaseText,
  readRecordedCleanup,
  readStoreCase,
  type RecordedCleanup,
} from "@sessionsmith/testkit";
import { runCli } from "./fake-io.ts";
import { bareHost } from "./store-dirs.ts";

/** Runs a command as it was recorded, with the rules of OpenClaw 2026.5.28, on a fresh copy of the store. */
async function runRecorded<T>(
  name: string,
  run: string,
  judge: (stdout: string, copy: MaterializedCase) => T,
): Promise<T> {
  const recorded = readStoreCase(name);
  const args = recorded.runs[run]?.args ?? [];
  const copy = materializeCase(name);
  try {
    const place = { path: copy.stateDir, dispose: copy.dispose };
    const host = { ...bareHost(place), clock: { now: () => copy.now } };
    const argv = args.map((word) => word.replace(recorded.stateDir, copy.stateDir));
    const ours = ["--preset", "openclaw-2026.5", "--state-dir", copy.stateDir];
    const guards = args.includes("--dry-run") ? [] : ["--allow-mass", "--allow-orphans"];
    const { status, stdout, stderr } = await runCli([...argv, ...ours, ...guards], { host });
    if (status !== 0) throw new Error(`${run} ended with ${status}: ${stderr}`);
    return judge(stdout, copy);
  } finally {
    copy.dispose();
  }
}

/** What our command printed: OpenClaw's keys, and ours. */
interface OurCleanup extends RecordedCleanup {
  readonly evicted: number;
}

function readJson(stdout: string): OurCleanup {
  const cleanup: OurCleanup = JSON.parse(stdout);
  return cleanup;
}

/** The numbers that say what becomes of the rows. */
function counts({ missing, dmScopeRetired, pruned, capped }: RecordedCleanup): object {
  return { missing, dmScopeRetired, pruned, capped };
}

/** Action and session id of each row of the table, in its order. */
function tableOf(text: string): readonly string[] {
  return [...text.matchAll(/^([a-z-]+) .* id:(\S+)/gm)].map(([, action, id]) => `${action} ${id}`);
}

/** Transcripts that a run left in archives beside the index. */
function archivedOf(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => file.match(/^(.+\.jsonl)\.deleted\./)?.[1] ?? []).toSorted();
}

describe.each(listStoreCases())("%s", (name) => {
  test.each(["dry", "dry-missing", "dry-dm"])("%s: the numbers are those of OpenClaw", async (run) => {
    const theirs = readRecordedCleanup(name, run);
    const ours = await runRecorded(name, run, readJson);
    expect({ ...counts(ours), beforeCount: ours.beforeCount, afterCount: ours.afterCount }).toEqual({
      ...counts(theirs),
      beforeCount: theirs.beforeCount,
      afterCount: theirs.afterCount,
    });
    expect(ours.evicted).toBe(theirs.diskBudget?.removedEntries ?? 0);
  });

  test("dry-all-agents: the same for every store", async () => {
    const theirs = readRecordedCleanup(name, "dry-all-agents");
    const { stores: ours = [] } = await runRecorded(name, "dry-all-agents", readJson);
    expect(ours.map((store) => [store.agentId, counts(store)])).toEqual(
      (theirs.stores ?? [theirs]).map((store) => [store.agentId, counts(store)]),
    );
  });

  test.each(["dry-text", "dry-both-text"])("%s: the table has the same actions", async (run) => {
    const theirs = readCaseText(name, run);
    const [ours, entries] = await runRecorded(name, run, (stdout) => [
      tableOf(stdout),
      /^Entries: .*$/m.exec(stdout)?.[0],
    ]);
    expect([...(ours ?? [])].toSorted()).toEqual([...tableOf(theirs)].toSorted());
    expect(entries).toBe(/^Entries: .*$/m.exec(theirs)?.[0]);
  });

  test.each(["enforce", "enforce-both"])(
    "%s: the same rows are left, the same transcripts archived",
    async (run) => {
      const { after } = readStoreCase(name).runs[run] ?? {};
      const theirs = readRecordedCleanup(name, run);
      await runRecorded(name, run, (stdout, copy) => {
        const ours = readJson(stdout);
        expect({ ...counts(ours), appliedCount: ours.appliedCount }).toEqual({
          ...counts(theirs),
          appliedCount: theirs.appliedCount,
        });
        const index: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(copy.indexPath(), "utf8"));
        expect(Object.keys(index).toSorted()).toEqual([...(after?.keys ?? [])].toSorted());
        const files = readdirSync(dirname(copy.indexPath()));
        expect(archivedOf(files)).toEqual(expect.arrayContaining([...archivedOf(after?.files ?? [])]));
      });
    },
  );
});
