import { fromState, type MemoryFs, type MemoryFsState, writeTree, memoryHost } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { applyPlan, planUndoOf } from "../../src/engine.ts";
import { dirsAbove } from "../../src/layout/dirs-above.ts";
import { promptBlobPath } from "../../src/layout/prompt-blob-path.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { crashCounter } from "./crash-count.ts";
import { crashStates } from "./crash-matrix.ts";
import {
  applied,
  applyScenario,
  archive,
  indexPath,
  newFile,
  operationId,
  planOf,
  recover,
  removeRows,
  sessionsDir,
  smallStoreState,
  toTrash,
  undoPlan,
} from "./operation-scenarios.ts";
import { diskTree, isEqualTree, ourPaths } from "./store-promises.ts";

const hash = "ab".padEnd(64, "0");
const blob = promptBlobPath(hash);
const key = "agent:main:direct:2";

/** The small store with one prompt below it. */
function start(): MemoryFsState {
  const fs = fromState(smallStoreState());
  writeTree(fs, sessionsDir, { [blob]: "a prompt\n" });
  return fs.state();
}

const planFor = (fs: MemoryFs): Plan =>
  planOf(fs, [removeRows(fs, key), archive(fs, "s2.jsonl"), toTrash(fs, blob)]);

describe("a prompt below the sessions directory", () => {
  const run = crashCounter("prompt blobs");

  test("survives a crash anywhere", async () => {
    const scenario = await applyScenario("a prompt goes to the trash", start(), planFor);
    expect(await run(scenario)).toBeGreaterThan(20);
  });

  test("survives a crash anywhere in the undo", async () => {
    const done = await applied(start(), planFor);
    const scenario = await applyScenario("a prompt comes back", done, (fs) => undoPlan(fs, 0));
    expect(await run(scenario)).toBeGreaterThan(20);
  });

  test("comes back to where it was", async () => {
    const done = await applied(start(), planFor);
    expect(fromState(done).lstat(`${sessionsDir}/${blob}`)).toBeUndefined();
    const back = await applied(done, (fs) => undoPlan(fs, 0), 10);
    expect(
      isEqualTree(diskTree(fromState(back)), diskTree(fromState(start())), ourPaths([sessionsDir])),
    ).toBe(true);
  });

  test("stays if a row needs it again when an interrupted operation is finished", async () => {
    const whole = fromState(start()).lstat(indexPath)?.size ?? 0;
    const states = await crashStates(start(), (fs) => applyPlan(memoryHost(fs), planFor(fs)));
    const switched = states
      .map((state) => fromState(state))
      .filter((fs) => {
        const isShorter = (fs.lstat(indexPath)?.size ?? whole) < whole;
        return isShorter && fs.lstat(`${sessionsDir}/${blob}`) !== undefined;
      });
    expect(switched.length).toBeGreaterThan(3);
    const promptRef = { version: 1, algorithm: "sha256", hash, bytes: 9 };
    const rows = { "agent:main:new": { sessionId: "n", skillsSnapshot: { promptRef, skills: [] } } };
    for (const fs of switched) {
      fs.unlink(indexPath);
      writeTree(fs, sessionsDir, { "sessions.json": JSON.stringify(rows) });
      // oxlint-disable-next-line no-await-in-loop -- one state after the other
      await recover(fs);
      expect(fs.lstat(`${sessionsDir}/${blob}`)).toBeDefined();
    }
  });
});

const makePrompt = (fs: MemoryFs): Plan =>
  planOf(fs, [
    ...dirsAbove(blob).map((name) => ({ kind: "make-dir", phase: "create", name, mode: 0o700 }) as const),
    { ...newFile, name: blob },
    removeRows(fs, key),
    archive(fs, "s2.jsonl"),
  ]);

describe("directories that an operation made", () => {
  const run = crashCounter("made directories");
  test("go with its undo and come back with the undo of that, whatever crashes", async () => {
    const made = await applied(smallStoreState(), makePrompt);
    const undone = await applied(made, (fs) => undoPlan(fs, 0), 10);
    const [first] = dirsAbove(blob);
    expect(fromState(undone).lstat(`${sessionsDir}/${first}`)).toBeUndefined();
    const again = fromState(await applied(undone, (fs) => undoPlan(fs, 1), 20));
    const ours = ourPaths([sessionsDir]);
    expect(isEqualTree(diskTree(again), diskTree(fromState(made)), ours)).toBe(true);
    expect(await run(await applyScenario("undo", made, (fs) => undoPlan(fs, 0)), 4)).toBeGreaterThan(20);
    expect(await run(await applyScenario("redo", undone, (fs) => undoPlan(fs, 1)), 4)).toBeGreaterThan(20);
  });

  test("stay if something else is in them by then", async () => {
    const fs = fromState(await applied(smallStoreState(), makePrompt));
    writeTree(fs, sessionsDir, { "skills-prompts/sha256/mine.txt": "mine\n" });
    await applyPlan(memoryHost(fs, 10), undoPlan(fs, 0));
    expect(fs.readdir(`${sessionsDir}/skills-prompts/sha256`)).toEqual(["mine.txt"]);
  });
});

describe("a directory on the way that is none any more", () => {
  test.each(["skills-prompts", "skills-prompts/sha256", "skills-prompts/sha256/ab"])(
    "%s is a link now: the plan is stale",
    async (name) => {
      const fs = fromState(start());
      const plan = planFor(fs);
      fs.rename(`${sessionsDir}/${name}`, "/elsewhere/moved");
      writeTree(fs, sessionsDir, { [name]: { symlink: "/elsewhere/moved" } });
      const before = diskTree(fs);
      await expect(applyPlan(memoryHost(fs), plan)).rejects.toMatchObject({ code: "E_STALE_PLAN" });
      expect(isEqualTree(diskTree(fs), before, ourPaths([sessionsDir]))).toBe(true);
    },
  );

  test("an undo tells it as a conflict", async () => {
    const fs = fromState(await applied(start(), planFor));
    fs.removeDir(`${sessionsDir}/skills-prompts/sha256/ab`);
    writeTree(fs, sessionsDir, { "skills-prompts/sha256/ab": "a file\n" });
    const moves = undoPlan(fs, 0).parts.flatMap(({ steps }) =>
      steps.filter((step) => step.kind === "move-file"),
    );
    expect(moves.map(({ to }) => to)).toEqual([{ as: "name", name: "s2.jsonl" }]);
  });

  const dirs = ["skills-prompts", "skills-prompts/sha256", "skills-prompts/sha256/ab"];
  const inThePlace = [
    ["a file", "mine\n"],
    ["a link to what was there", { symlink: "/elsewhere/moved" }],
  ] as const;
  const cases = inThePlace.flatMap(([what, spec]) => dirs.map((name) => ({ what, spec, name })));

  test.each(cases)(
    "$what is in the place of $name: what was made there is a conflict",
    async ({ name, spec }) => {
      const fs = fromState(await applied(smallStoreState(), makePrompt));
      fs.rename(`${sessionsDir}/${name}`, "/elsewhere/moved");
      writeTree(fs, sessionsDir, { [name]: spec });
      const kind = fs.lstat(`${sessionsDir}/${name}`)?.kind;
      const order = { realDir: sessionsDir, operationId: operationId(fs, 0) };
      const { plan, conflicts } = planUndoOf(memoryHost(fs, 100), order);
      expect(conflicts).toEqual([{ kind: "file", path: blob, why: "gone" }]);
      await applyPlan(memoryHost(fs, 100), plan);
      expect(fs.lstat(`${sessionsDir}/s2.jsonl`)).toBeDefined();
      expect(fs.lstat(`${sessionsDir}/${name}`)?.kind).toBe(kind);
      expect(fs.lstat(`/elsewhere/moved${blob.slice(name.length)}`)).toBeDefined();
    },
  );
});
