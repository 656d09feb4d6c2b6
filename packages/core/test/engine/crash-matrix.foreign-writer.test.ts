import { fromState, type MemoryFs } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/plan/plan.ts";
import { crashCounter } from "./crash-count.ts";
import type { Scenario } from "./crash-matrix.ts";
import {
  applyScenario,
  cleanupPlan,
  indexPath,
  newFile,
  planOf,
  removeRows,
  replaceFile,
  sessionsDir,
  smallStoreState,
  toTrash,
} from "./operation-scenarios.ts";
import { checkBytesKept, checkTidy, diskTree } from "./store-promises.ts";

const rows = {
  first: { sessionId: "s1", updatedAt: 1_790_000_000_000 },
  second: { sessionId: "s2", updatedAt: 1_780_000_000_000, busy: true },
  third: { sessionId: "s3", updatedAt: 1_770_000_000_000, busy: true },
};

/** What somebody else makes of the index between the crash and the recovery, and the sessions that its rows name. */
const indexes: readonly (readonly [name: string, index: object, sessionIds: readonly string[]])[] = [
  ["all rows again", { a: rows.first, b: rows.second, c: rows.third }, ["s1", "s2", "s3"]],
  ["one row again", { a: rows.first, b: rows.second }, ["s1", "s2"]],
  ["other rows only", { a: rows.first, z: { sessionId: "z" } }, ["s1"]],
  ["no rows", {}, []],
];

const plans: readonly (readonly [name: string, planFor: (fs: MemoryFs) => Plan])[] = [
  ["a cleanup", cleanupPlan],
  [
    "a repair",
    (fs) =>
      planOf(fs, [
        newFile,
        replaceFile(fs, "s3.jsonl"),
        removeRows(fs, "agent:main:direct:2"),
        toTrash(fs, "s2.jsonl"),
      ]),
  ],
];

/** Whoever writes the index does not know of our operation; what its rows need and find must stay in its place. */
async function scenario(
  planFor: (fs: MemoryFs) => Plan,
  index: object,
  sessionIds: readonly string[],
): Promise<Scenario> {
  const text = Buffer.from(JSON.stringify(index));
  const before = new Map(diskTree(fromState(smallStoreState())));
  // These bytes are replaced by somebody else, who does not keep them.
  before.delete(indexPath);
  return {
    ...(await applyScenario("with a foreign writer", smallStoreState(), planFor)),
    meanwhile: (fs) => {
      const temp = `${sessionsDir}/foreign`;
      fs.createFile(temp, 0o600, (file) => file.write(text));
      fs.rename(temp, indexPath);
    },
    checkCrashed: () => undefined,
    check: (recovered, crashed) => {
      const found = diskTree(recovered);
      checkBytesKept(before, found, [sessionsDir]);
      checkTidy(found);
      const written = found.get(indexPath);
      if (written?.kind !== "file" || !text.equals(written.bytes))
        throw new Error("the foreign index is not the one that was written");
      const there = diskTree(fromState(crashed));
      for (const path of sessionIds.map((id) => `${sessionsDir}/${id}.jsonl`)) {
        if (there.has(path) && !found.has(path)) throw new Error(`${path} left a row that needs it`);
      }
    },
  };
}

describe("a crash, then another program writes the index", () => {
  const run = crashCounter("foreign writer");
  const cases = plans.flatMap(([plan, planFor]) =>
    indexes.map(([name, index, ids]) => [plan, name, () => scenario(planFor, index, ids)] as const),
  );
  test.each(cases)("%s, %s", async (_plan, _index, make) => {
    expect(await run(await make())).toBeGreaterThan(20);
  });
});
