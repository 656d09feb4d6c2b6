import { type MemoryFs, type MemoryFsState, type TreeSpec, unlessSweeping } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/plan/plan.ts";
import { crashCounter } from "./crash-count.ts";
import {
  applied,
  applyScenario,
  archive,
  planOf,
  recordEnds,
  removeRows,
  smallStoreState,
  toTrash,
  undoPlan,
} from "./operation-scenarios.ts";

const rowCount = 12;
const ids = Array.from({ length: rowCount }, (_, n) => `session-${n}`);
const key = (id: string) => `agent:main:direct:${id}`;

/** A store of 12 rows and 24 files: transcripts, sidecars of every third, and files that nobody knows. */
function largeStore(): MemoryFsState {
  const index = Object.fromEntries(
    ids.map((id, n) => [key(id), { sessionId: id, updatedAt: 1_790_000_000_000 - n * 86_400_000 }]),
  );
  const files = ids.map((id): [string, string] => [`${id}.jsonl`, `{"id":"${id}"}\n`.repeat(3)]);
  const sidecars = ids
    .filter((_, n) => n % 3 === 0)
    .map((id): [string, string] => [`${id}.trajectory.jsonl`, `trajectory of ${id}\n`]);
  const strays = Array.from({ length: 7 }, (_, n): [string, string] => [`stray-${n}.jsonl`, `stray ${n}\n`]);
  const spec: TreeSpec = {
    "sessions.json": JSON.stringify(index, null, 2),
    ...Object.fromEntries([...files, ...sidecars, ...strays]),
  };
  return smallStoreState(spec);
}

const gone = ids.slice(5);

const cleanup = (fs: MemoryFs): Plan =>
  planOf(fs, [
    recordEnds(...gone.map(key)),
    removeRows(fs, ...gone.map(key)),
    ...gone.map((id) => archive(fs, `${id}.jsonl`)),
    toTrash(fs, "session-6.trajectory.jsonl"),
    toTrash(fs, "session-9.trajectory.jsonl"),
    ...[0, 1, 2, 3, 4, 5].map((n) => toTrash(fs, `stray-${n}.jsonl`)),
  ]);

describe("on a store of 12 rows and 24 files, a crash in", () => {
  const run = crashCounter("large store");

  test("a cleanup of 7 rows and 15 files", async () => {
    expect(
      await run(await applyScenario("large cleanup", largeStore(), cleanup), 8 * unlessSweeping(4)),
    ).toBeGreaterThan(20);
  });

  test("its undo", async () => {
    const start = await applied(largeStore(), cleanup);
    expect(
      await run(await applyScenario("large undo", start, (fs) => undoPlan(fs, 0)), 16 * unlessSweeping(4)),
    ).toBeGreaterThan(20);
  });
});
