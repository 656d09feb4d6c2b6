import {
  type Fault,
  fromState,
  type MemoryFs,
  type MemoryFsState,
  tree,
  writeTree,
  memoryHost,
} from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import type { WriteFs } from "../../src/disk/write-fs.ts";
import { applyPlan, listOperations } from "../../src/engine.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { RequiredFile, WriteIndexStep } from "../../src/plan/step.ts";
import { removeRowsEdits } from "../../src/session-index/remove-rows-edits.ts";
import { crashStates } from "./crash-matrix.ts";
import {
  archive,
  editIndex,
  identityOf,
  indexPath,
  partOf,
  planOf,
  planOfParts,
  recover,
  removeRows,
  sessionsDir,
  smallStoreState,
} from "./operation-scenarios.ts";

const gone = `${sessionsDir}/gone.jsonl`;

function requiring(step: WriteIndexStep, ...requires: readonly RequiredFile[]): WriteIndexStep {
  return { ...step, requires };
}

/** Takes a row whose transcript is missing, and one whose transcript was looked into. */
function plan(fs: MemoryFs): Plan {
  const step = removeRows(fs, "agent:main:direct:2", "agent:main:direct:3");
  const read = { path: `${sessionsDir}/s3.jsonl`, is: identityOf(fs, "s3.jsonl") };
  return planOf(fs, [requiring(step, { path: gone, is: null }, read), archive(fs, "s2.jsonl")]);
}

function appear(fs: WriteFs): void {
  fs.createFile(gone, 0o600, (file) => file.write(Buffer.from("back\n")));
}

const index = (fs: MemoryFs, path = indexPath): string =>
  tree(fs, "/state").get(path.slice("/state/".length))?.bytes?.toString() ?? "";

test("if all is as it must be, the plan is carried out", async () => {
  const fs = fromState(smallStoreState());
  await applyPlan(memoryHost(fs), plan(fs));
  expect(index(fs)).not.toContain("direct:2");
});

describe("E_STALE_PLAN, and the index stays", () => {
  const changes: readonly (readonly [string, (fs: WriteFs) => void, string])[] = [
    ["a missing transcript appeared", appear, gone],
    [
      "a transcript was written to",
      (fs) => fs.appendFile(`${sessionsDir}/s3.jsonl`, (file) => file.write(Buffer.from("hi\n"))),
      `${sessionsDir}/s3.jsonl`,
    ],
    ["a transcript is gone", (fs) => fs.unlink(`${sessionsDir}/s3.jsonl`), `${sessionsDir}/s3.jsonl`],
  ];

  test.each(changes)("before it began: %s", async (_, change, path) => {
    const fs = fromState(smallStoreState());
    const made = plan(fs);
    const before = index(fs);
    change(fs);
    await expect(applyPlan(memoryHost(fs), made)).rejects.toMatchObject({
      code: "E_STALE_PLAN",
      details: { path },
    });
    expect(index(fs)).toBe(before);
    expect(fs.readdir(sessionsDir)).not.toContain(".sessionsmith");
  });

  test.each(changes)("while the new index lay ready: %s", async (_, change, path) => {
    let isChanged = false;
    const fs: MemoryFs = fromState(smallStoreState(), {
      onCall: ({ name, path: called }) => {
        if (isChanged || name !== "create" || !called.includes("staged-")) return;
        isChanged = true;
        change(fs.otherProcess());
      },
    });
    const made = plan(fs);
    const before = index(fs);
    await expect(applyPlan(memoryHost(fs), made)).rejects.toMatchObject({
      code: "E_STALE_PLAN",
      details: { path },
    });
    expect(isChanged).toBe(true);
    expect(index(fs)).toBe(before);
    expect(listOperations(fs, sessionsDir)).toMatchObject([{ state: "rolled-back" }]);
  });
});

test("planned for again, a row whose transcript appeared stays", async () => {
  const fs = fromState(smallStoreState());
  const made = plan(fs);
  appear(fs);
  const replan = (): Plan => planOf(fs, [removeRows(fs, "agent:main:direct:3")]);
  await applyPlan(memoryHost(fs), made, { replan });
  expect(index(fs)).toContain("direct:2");
  expect(index(fs)).not.toContain("direct:3");
});

describe("a crash after the switch of another store", () => {
  const otherDir = "/state/agents/other/sessions";
  const otherIndex = `${otherDir}/sessions.json`;

  function start(): MemoryFsState {
    const fs = fromState(smallStoreState());
    writeTree(fs, otherDir, { "sessions.json": `{"a":{"sessionId":"o1"},"b":{"sessionId":"o2"}}` });
    return fs.state();
  }

  const twoStores = (fs: MemoryFs): Plan => {
    const cut = editIndex(fs, (document) => removeRowsEdits(document, new Set(["a"])), otherDir);
    const own = requiring(removeRows(fs, "agent:main:direct:2"), { path: gone, is: null });
    return planOfParts([partOf(fs, [cut], otherDir), partOf(fs, [own, archive(fs, "s2.jsonl")])]);
  };

  test("a transcript that appeared meanwhile keeps its row, with a warning", async () => {
    const states = await crashStates(start(), (fs) => applyPlan(memoryHost(fs), twoStores(fs)));
    const between = states.find((state) => {
      const fs = fromState(state);
      return !index(fs, otherIndex).includes("o1") && index(fs).includes("direct:2");
    });
    if (between === undefined) throw new Error("no crash between the two switches");
    const fs = fromState(between);
    const before = index(fs);
    appear(fs);
    const [recovered] = await recover(fs);
    expect(recovered).toMatchObject({
      outcome: "finished",
      warnings: expect.arrayContaining([`${indexPath} stays: ${gone} is not what it was`]),
    });
    expect(index(fs)).toBe(before);
    expect(fs.readdir(sessionsDir)).toContain("s2.jsonl");
  });
});

const unseen: Fault = ({ name, path }) =>
  name === "lstat" && path === gone ? { errno: "EACCES" } : undefined;

test("what can't be looked at fails, and nothing is begun", async () => {
  const fs = fromState(smallStoreState(), { fault: unseen });
  await expect(applyPlan(memoryHost(fs), plan(fs))).rejects.toMatchObject({ code: "E_IO" });
  expect(fs.readdir(sessionsDir)).not.toContain(".sessionsmith");
});
