import { fromState, type MemoryFs, writeTree } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { resolveSteps } from "../../src/engine/resolve-steps.ts";
import type { MoveFileStep } from "../../src/plan/step.ts";
import { archive, newFile, partOf, sessionsDir, smallStoreState, toTrash } from "./operation-scenarios.ts";

const begin = (fs: MemoryFs) => ({
  operationId: "id",
  startedAt: Date.UTC(2026, 10, 20),
  names: fs.readdir(sessionsDir) ?? [],
});
const stamped = (name: string, ms: string) => `${name}.deleted.2026-11-20T00-00-00.${ms}Z`;

function storeWith(files: Record<string, string>) {
  const fs = fromState(smallStoreState());
  writeTree(fs, sessionsDir, files);
  return fs;
}

function targetsOf(fs: ReturnType<typeof storeWith>, steps: readonly MoveFileStep[]): readonly unknown[] {
  return resolveSteps(partOf(fs, steps), begin(fs)).map((step) =>
    step.kind === "move-file" ? step.to : step,
  );
}

test("an archive gets the time of the operation, a retired file the number of its step", () => {
  const fs = storeWith({});
  expect(targetsOf(fs, [archive(fs, "s2.jsonl"), toTrash(fs, "notes.txt")])).toEqual([
    stamped("s2.jsonl", "000"),
    ".sessionsmith/operations/id/files/000001",
  ]);
});

test("an archive whose name is taken gets the next free millisecond", () => {
  const fs = storeWith({ [stamped("s2.jsonl", "000")]: "a", [stamped("s2.jsonl", "001")]: "b" });
  expect(targetsOf(fs, [archive(fs, "s2.jsonl")])).toEqual([stamped("s2.jsonl", "002")]);
});

test("two archives of one plan don't get one name", () => {
  const fs = storeWith({});
  const step = archive(fs, "s2.jsonl");
  expect(targetsOf(fs, [step, step])).toEqual([stamped("s2.jsonl", "000"), stamped("s2.jsonl", "001")]);
});

test("an archive whose name would be too long goes to the trash", () => {
  const longest = "x".repeat(255 - stamped("", "000").length);
  const fs = storeWith({ [longest]: "fits", [`${longest}y`]: "does not" });
  expect(targetsOf(fs, [archive(fs, longest), archive(fs, `${longest}y`)])).toEqual([
    stamped(longest, "000"),
    ".sessionsmith/operations/id/files/000001",
  ]);
});

test("what has a folder goes into the directory of the operation there", () => {
  const fs = storeWith({});
  const to = { as: "folder", folder: "/elsewhere", name: "a/b.json" } as const;
  const content = { source: "inline", text: "" } as const;
  const output = { kind: "write-output", phase: "create", path: "o.tar", content, force: false } as const;
  const steps = [
    { ...archive(fs, "s2.jsonl"), to },
    { ...output, folder: "/elsewhere" },
  ] as const;
  const [moved, written] = resolveSteps(partOf(fs, steps), begin(fs));
  expect(moved).toMatchObject({ to: "../../../../elsewhere/id/a/b.json", makesDirs: true });
  expect(written).toMatchObject({ path: "/elsewhere/id/o.tar" });
});

test("a file that comes back gets its very name, and other steps stay as they are", () => {
  const fs = storeWith({});
  const back: MoveFileStep = { ...archive(fs, "s2.jsonl"), to: { as: "name", name: "old.jsonl" } };
  const part = partOf(fs, [back, newFile]);
  expect(resolveSteps(part, begin(fs))).toEqual([{ ...back, to: "old.jsonl" }, newFile]);
});
