import { fromState, type MemoryFs, memoryHost, tree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { applyPlan, planUndoOf } from "../../src/engine.ts";
import { planOf, replaceFile, sessionsDir, smallStoreState } from "./operation-scenarios.ts";

const file = "s3.jsonl";
const path = `${sessionsDir}/${file}`;

/** A disk on which a file was written three times, and the operations that did it, in their order. */
async function written(): Promise<{ readonly fs: MemoryFs; readonly ids: readonly string[] }> {
  const fs = fromState(smallStoreState());
  const ids: string[] = [];
  for (const [n, text] of ["first\n", "second one\n", "third\n"].entries()) {
    const plan = planOf(fs, [{ ...replaceFile(fs, file), content: { source: "inline", text } }]);
    // oxlint-disable-next-line no-await-in-loop -- one operation after the other
    ids.push((await applyPlan(memoryHost(fs, 1 + n), plan)).operationId ?? "");
  }
  return { fs, ids };
}

/** Takes an operation back, and returns the id of the operation that does it. */
async function undo(fs: MemoryFs, id: string | undefined, firstId: number): Promise<string> {
  const host = memoryHost(fs, firstId);
  const { plan, conflicts } = planUndoOf(host, { realDir: sessionsDir, operationId: id ?? "" });
  expect(conflicts).toEqual([]);
  return (await applyPlan(host, plan)).operationId ?? "";
}

const textOf = (fs: MemoryFs) => tree(fs, sessionsDir).get(file)?.bytes?.toString("utf8");

describe("operations on one file are taken back one after the other", () => {
  test("and each undo too", async () => {
    const { fs, ids } = await written();
    const before = fs.lstat(path);
    const third = await undo(fs, ids[2], 100);
    expect(textOf(fs)).toBe("second one\n");
    const second = await undo(fs, ids[1], 200);
    expect(textOf(fs)).toBe("first\n");
    const first = await undo(fs, ids[0], 300);
    expect(textOf(fs)).toBe("three\n");
    await undo(fs, first, 400);
    expect(textOf(fs)).toBe("first\n");
    await undo(fs, second, 500);
    expect(textOf(fs)).toBe("second one\n");
    await undo(fs, third, 600);
    expect(textOf(fs)).toBe("third\n");
    expect(fs.lstat(path)).toMatchObject({
      mode: before?.mode,
      size: before?.size,
      mtimeNs: before?.mtimeNs,
    });
  });

  test("an operation can be taken back twice, if its undo was", async () => {
    const { fs, ids } = await written();
    const back = await undo(fs, ids[2], 100);
    await undo(fs, back, 200);
    await undo(fs, ids[2], 300);
    expect(textOf(fs)).toBe("second one\n");
  });

  test("a file with other bytes of the same length is a conflict, and nothing of it is planned", async () => {
    const { fs, ids } = await written();
    await undo(fs, ids[2], 100);
    const other = fs.otherProcess();
    other.createFile(`${path}.tmp`, 0o600, (made) => made.write(Buffer.from("second two\n")));
    other.rename(`${path}.tmp`, path);
    const { plan, conflicts } = planUndoOf(memoryHost(fs, 200), {
      realDir: sessionsDir,
      operationId: ids[1] ?? "",
    });
    expect(conflicts).toEqual([{ kind: "file", path: file, why: "changed-since" }]);
    expect(plan.parts.flatMap(({ steps }) => [...steps])).toEqual([]);
  });

  test("not in another order: what a later one wrote is a conflict", async () => {
    const { fs, ids } = await written();
    expect(
      planUndoOf(memoryHost(fs, 100), { realDir: sessionsDir, operationId: ids[0] ?? "" }).conflicts,
    ).toEqual([{ kind: "file", path: file, why: "changed-since" }]);
  });
});
