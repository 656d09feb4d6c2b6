import { fromState, type MemoryFs, tree } from "@sessionsmith/testkit";
import { applyPlan, planRollback, recoverStore } from "@sessionsmith/core/engine";
import { describe, expect, test } from "vitest";
import { crashStates } from "../../core/test/engine/crash-matrix.ts";
import { verifyMigration } from "../src/verify-migration.ts";
import { diskWith, hostOver, migrated, storeOf, workspace } from "./legacy-disk.ts";

const messages = [{ role: "user", content: "hello", timestamp: "2026-02-10T10:00:00" }];
const good = JSON.stringify({ session_id: "a", messages, updated_at: "2026-02-10T10:00:00" });
const files = { ".sessions/a.json": good, ".sessions/session_map.json": '{"agent:main:main":"a"}' };
const damaged = { ...files, ".sessions/b.json": good.slice(0, -40) };

function filesIn(fs: MemoryFs, dir = workspace): ReadonlyMap<string, string | undefined> {
  const found = [...tree(fs, dir)].filter(([, { kind }]) => kind === "file");
  return new Map(found.map(([path, { bytes }]) => [path, bytes?.toString()]));
}

describe("--move", () => {
  test("moves the originals to the operation's directory, where they can still be verified", async () => {
    const fs = diskWith(files);
    const { outcome } = await migrated(fs, { move: true });
    const kept = `${workspace}/.sessions/backup_old_format/${outcome.operationId}`;
    expect([...filesIn(fs).keys()]).toEqual([
      `.sessions/backup_old_format/${outcome.operationId}/.sessions/a.json`,
      `.sessions/backup_old_format/${outcome.operationId}/.sessions/session_map.json`,
    ]);
    expect(filesIn(fs, kept)).toEqual(new Map(Object.entries(files)));
    const verified = verifyMigration(hostOver(fs), { workspace: kept, storeOf });
    expect(verified.map(({ verdict }) => verdict)).toEqual(["same"]);
  });

  test("a file of which something is nowhere else stays, and the map with it", async () => {
    const fs = diskWith(damaged);
    await migrated(fs, { move: true });
    const left = [...filesIn(fs).keys()].filter((path) => !path.includes("backup_old_format"));
    expect(left).toEqual([".sessions/b.json", ".sessions/session_map.json"]);
  });

  test("what was migrated earlier is moved by a later run", async () => {
    const fs = diskWith(files);
    await migrated(fs);
    await migrated(fs, { move: true, firstId: 40 });
    expect([...filesIn(fs).keys()].filter((path) => !path.includes("backup_old_format"))).toEqual([]);
  });

  test("a rollback moves them back", async () => {
    const fs = diskWith(files);
    const { outcome } = await migrated(fs, { move: true });
    const host = hostOver(fs, 60);
    const { plan, conflicts } = planRollback(host, {
      realDir: storeOf("main").sessionsDir,
      operationId: outcome.operationId ?? "",
    });
    expect(conflicts).toEqual([]);
    await applyPlan(host, plan);
    expect(filesIn(fs)).toEqual(new Map(Object.entries(files)));
  });

  test(
    "killed at any moment, every original is there, and a second run finishes",
    { timeout: 30_000 },
    async () => {
      const states = await crashStates(diskWith(files).state(), (fs) => migrated(fs, { move: true }));
      for (const state of states) {
        const fs = fromState(state);
        expect([...filesIn(fs).values()]).toEqual(expect.arrayContaining(Object.values(files)));
        // oxlint-disable-next-line no-await-in-loop -- one crash after the other
        await recovered(fs);
        // oxlint-disable-next-line no-await-in-loop -- one crash after the other
        await migrated(fs, { move: true, firstId: 50 });
        expect([...filesIn(fs).keys()].filter((path) => !path.includes("backup_old_format"))).toEqual([]);
        expect(new Set(filesIn(fs).values())).toEqual(new Set(Object.values(files)));
      }
    },
  );
});

/** Finishes or takes back what was interrupted, as every writing command does at its start; it knows no recipes. */
async function recovered(fs: MemoryFs): Promise<void> {
  const dir = storeOf("main").sessionsDir;
  if (fs.lstat(dir) !== undefined) await recoverStore(hostOver(fs, 30), dir, { lockTimeoutMs: 1000 });
}
