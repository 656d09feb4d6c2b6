import { fromState, memoryHost } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { applyPlan, listTrash } from "../../src/engine.ts";
import { identityOf, planOf, removeRows, sessionsDir, smallStoreState } from "./operation-scenarios.ts";

test("what went to the trash, with its name and reason, and the index before; archives are not in it", async () => {
  const fs = fromState(smallStoreState());
  const move = (from: string, to: { as: "trash" } | { as: "archive"; reason: "deleted" }) =>
    ({
      kind: "move-file",
      phase: "retire",
      from,
      to,
      expect: identityOf(fs, from),
      reason: `why ${from}`,
    }) as const;
  const steps = [
    removeRows(fs, "agent:main:direct:2"),
    move("s2.jsonl", { as: "archive", reason: "deleted" }),
    move("s2.trajectory.jsonl", { as: "trash" }),
  ];
  const size = fs.lstat(`${sessionsDir}/sessions.json`)?.size;
  const { operationId = "" } = await applyPlan(memoryHost(fs), planOf(fs, steps));
  const folder = `${sessionsDir}/.sessionsmith/operations/${operationId}`;
  const trashedAt: unknown = expect.any(Number);
  expect(listTrash(fs, sessionsDir)).toEqual([
    {
      operationId,
      name: "s2.trajectory.jsonl",
      path: `${folder}/files/000002`,
      size: Buffer.byteLength("two's trajectory\n"),
      trashedAt,
      reason: "why s2.trajectory.jsonl",
    },
    {
      operationId,
      name: "sessions.json",
      path: `${folder}/index.before`,
      size,
      trashedAt,
      reason: "index before the operation",
    },
  ]);
});

test("a store on which nothing was ever done has no trash", () => {
  expect(listTrash(fromState(smallStoreState()), sessionsDir)).toEqual([]);
});
