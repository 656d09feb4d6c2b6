import { fromState, tree } from "@sessionsmith/testkit";
import { applyPlan, planUndoOf } from "@sessionsmith/core/engine";
import { describe, expect, test } from "vitest";
import { verifyMigration } from "../src/verify-migration.ts";
import {
  expectedAfter,
  expectedReport,
  filesBefore,
  legacyCases,
  pathOf,
  reportOf,
  stateAfter,
} from "./legacy-case.ts";
import { diskWith, hostOver, migrated, planned, stateDir, storeOf, workspace } from "./legacy-disk.ts";

describe.each(legacyCases)("%s", (name) => {
  const path = pathOf(name);
  const disk = () => diskWith(filesBefore(name), path);

  test("makes the store that is written down, and reports what is written down", async () => {
    const fs = disk();
    const migration = await migrated(fs, { path });
    expect(reportOf(migration)).toEqual(expectedReport(name));
    expect(stateAfter(fs)).toEqual(expectedAfter(name));
  });

  test("leaves every original as it is", async () => {
    const fs = disk();
    const before = originalsIn(fs, path);
    await migrated(fs, { path });
    const after = originalsIn(fs, path);
    expect([...before].map(([file]) => [file, after.get(file)])).toEqual([...before]);
  });

  test("a second run finds nothing to do", async () => {
    const fs = disk();
    await migrated(fs, { path });
    const changes = fs.mutations();
    const again = await migrated(fs, { path, firstId: 50 });
    expect(again.outcome.operationId).toBeUndefined();
    expect(again.sessions.map(({ outcome }) => outcome)).not.toContain("migrate");
    expect(fs.mutations()).toBe(changes);
  });

  test("verified, every session that was brought in is the same", async () => {
    const fs = disk();
    const { sessions } = await migrated(fs, { path });
    const expected = sessions.map(
      ({ legacyId, outcome }) => `${legacyId} ${outcome === "migrate" ? "same" : outcome}`,
    );
    const verified = verifyMigration(hostOver(fs, 70), { workspace: path });
    const verdicts = verified.map(({ session, verdict }) => `${session.legacyId} ${verdict}`);
    expect(verdicts.toSorted()).toEqual(expected.toSorted());
  });

  test("an undo restores every byte", async () => {
    const fs = disk();
    const { agentId } = planned(hostOver(fs), { path }).plan.parts[0]?.store ?? { agentId: "main" };
    await migrated(fs, { path });
    const undone = fromState(fs.state());
    const dir = storeOf(agentId).sessionsDir;
    const host = hostOver(undone, 90);
    const [operation = ""] = undone.readdir(`${dir}/.sessionsmith/operations`) ?? [];
    const { plan, conflicts } = planUndoOf(host, { realDir: dir, operationId: operation });
    expect(conflicts).toEqual([]);
    await applyPlan(host, plan);
    expect(contents(undone)).toEqual(contents(disk()));
  });
});

/** Every file with its mode and time, without what belongs to operations, and without the empty indexes of stores that were made. */
function contents(fs: Parameters<typeof tree>[0]) {
  const all = [workspace, stateDir].flatMap((dir) => (fs.lstat(dir) === undefined ? [] : [...tree(fs, dir)]));
  const files = all.filter(
    ([path, { kind }]) => kind === "file" && !/\.sessionsmith\/|backup_old_format\//.test(path),
  );
  return files
    .filter(([, { bytes }]) => bytes?.toString() !== "{}")
    .map(([path, { bytes, mode, mtimeNs }]) => [path, bytes?.toString("latin1"), mode, mtimeNs]);
}

/** The files of a legacy store without the indexes of the stores that lie in it, which a migration adds to. */
function originalsIn(fs: Parameters<typeof tree>[0], path: string): ReadonlyMap<string, unknown> {
  return new Map(
    [...tree(fs, path)].filter(
      ([file, { kind }]) => kind === "file" && !/agents\/.*sessions\.json$/.test(file),
    ),
  );
}
