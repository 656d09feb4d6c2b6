import { crashAt, type Fault, fromState, type MemoryFs, memoryHost, tree } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { applyPlan, recoverStore } from "../../src/engine.ts";
import { openOperationIds } from "../../src/engine/open-operations.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { WriteFileStep, WriteOutputStep } from "../../src/plan/step.ts";
import {
  lockTimeoutMs,
  newFile,
  planOf,
  removeRows,
  sessionsDir,
  smallStoreState,
} from "./operation-scenarios.ts";

/** More new files than are synced in one batch, and than come between two of them. */
const names = Array.from({ length: 200 }, (_, n) => `new-${n}.jsonl`);
const output: WriteOutputStep = {
  kind: "write-output",
  phase: "create",
  path: "/state/copy",
  force: false,
  content: { source: "inline", text: "copy\n" },
};

function planFor(fs: MemoryFs): Plan {
  const files = names.map((name): WriteFileStep => ({ ...newFile, name }));
  return planOf(fs, [output, ...files, removeRows(fs, "agent:main:direct:2")]);
}

/** What a reader of the store, and of the directory of the output, sees. */
function visible(fs: MemoryFs): readonly string[] {
  return [...tree(fs, "/state")]
    .filter(([path]) => !path.includes(".sessionsmith"))
    .map(([path, { bytes }]) => `${path} ${bytes?.toString() ?? ""}`);
}

async function applied(fault?: Fault): Promise<{ readonly fs: MemoryFs; readonly error: unknown }> {
  const fs = fromState(smallStoreState(), fault === undefined ? {} : { fault });
  const error: unknown = await applyPlan(memoryHost(fs), planFor(fs)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { fs, error };
}

test("every new file is on stable storage before the journal knows of it, and that before a reader does", async () => {
  const { fs, error } = await applied();
  expect(error).toBeUndefined();
  expect(fs.readdir(sessionsDir)).toEqual(expect.arrayContaining(names));
  const at = (name: string, end: string) =>
    fs.calls.findIndex((call) => call.name === name && call.path.endsWith(end));
  const journaled = fs.calls.findIndex(
    ({ name, path }, n) =>
      n > at("fsync", "/staged-200") && name === "write" && path.endsWith("journal.jsonl"),
  );
  // The first batch is synced before the last file is made.
  expect(at("fsync", "/staged-1")).toBeLessThan(at("create", "/staged-200"));
  // The copy under its temporary name.
  expect(at("fsync", ".tmp")).toBeGreaterThan(-1);
  expect(at("fsync", ".tmp")).toBeLessThan(journaled);
  expect(journaled).toBeLessThan(at("link", "/staged-1"));
});

test.each(["/staged-3", "/staged-90", "/staged-201", ".tmp"])(
  "a sync of %s that fails takes everything back",
  async (part) => {
    const before = visible(fromState(smallStoreState()));
    const { fs, error } = await applied(({ name, path }) =>
      name === "fsync" && `${path}/`.includes(`${part}/`) ? { errno: "EIO" } : undefined,
    );
    expect(error).toMatchObject({ code: "E_IO" });
    expect(visible(fs)).toEqual(before);
    expect(openOperationIds(fs, sessionsDir)).toEqual([]);
  },
);

test("a crash while batches are synced leaves nothing that a recovery does not take away", async () => {
  const before = visible(fromState(smallStoreState()));
  const { fs: calm } = await applied();
  const link = calm.calls.find(({ name, path }) => name === "link" && path.includes("/staged-"));
  for (let n = 20; n < (link?.mutation ?? 0); n += 37) {
    // oxlint-disable-next-line no-await-in-loop -- one crash after the other
    const { fs } = await applied(crashAt(n));
    const [state] = fs.durableStates();
    if (state === undefined) throw new Error("a disk has a state");
    const survivor = fromState(state);
    // oxlint-disable-next-line no-await-in-loop -- one crash after the other
    await recoverStore(memoryHost(survivor, 500), sessionsDir, { lockTimeoutMs });
    expect(visible(survivor)).toEqual(before);
  }
});

test("of very many new files the journal learns while further ones are made", async () => {
  const fs = fromState(smallStoreState());
  const many = Array.from({ length: 4100 }, (_, n): WriteFileStep => ({
    ...newFile,
    name: `many-${n}.jsonl`,
  }));
  await applyPlan(memoryHost(fs), planOf(fs, many));
  const at = (name: string, end: string, from = 0) =>
    fs.calls.findIndex((call, n) => n > from && call.name === name && call.path.endsWith(end));
  const synced = at("fsync", "/staged-4095");
  expect(synced).toBeGreaterThan(at("create", "/staged-4095"));
  const journaled = at("write", "journal.jsonl", synced);
  expect(journaled).toBeGreaterThan(synced);
  expect(journaled).toBeLessThan(at("create", "/staged-4096"));
});
