import { fromState, type MemoryFs, type MemoryFsState, writeTree, memoryHost } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { applyPlan } from "../../src/engine.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { appendMembersEdit } from "../../src/session-index/append-members-edit.ts";
import { removeRowsEdits } from "../../src/session-index/remove-rows-edits.ts";
import { crashCounter } from "./crash-count.ts";
import type { Scenario } from "./crash-matrix.ts";
import {
  archive,
  editIndex,
  newFile,
  partOf,
  planOfParts,
  recover,
  sessionsDir,
  smallStoreState,
} from "./operation-scenarios.ts";
import { checkIndexIsWhole, checkPromises, storePromises } from "./store-promises.ts";

const otherDir = "/state/agents/other/sessions";
const transcript = "two\n";

/** The plan that moves a session from one agent to another: new content everywhere, the target's index, then the source's. */
function movePlan(fs: MemoryFs): Plan {
  const row = `"agent:other:direct:2":{"sessionId":"s2","updatedAt":1}`;
  const target = partOf(
    fs,
    [
      { ...newFile, name: "s2.jsonl", content: { source: "inline", text: transcript } },
      editIndex(fs, (document) => appendMembersEdit(document, [row]), otherDir),
    ],
    otherDir,
  );
  const removed = new Set(["agent:main:direct:2"]);
  const source = partOf(fs, [
    editIndex(fs, (document) => removeRowsEdits(document, removed)),
    archive(fs, "s2.jsonl"),
  ]);
  return planOfParts([target, source]);
}

function twoStores(): MemoryFsState {
  const fs = fromState(smallStoreState());
  writeTree(fs, otherDir, { "sessions.json": `{"agent:other:main":{"sessionId":"o1"}}`, "o1.jsonl": "o\n" });
  return fs.state();
}

const applyMove = (fs: MemoryFs) => applyPlan(memoryHost(fs, 1000), movePlan(fs));

async function scenario(recoverFrom: readonly string[]): Promise<Scenario> {
  const start = twoStores();
  const after = fromState(start);
  await applyMove(after);
  const promises = storePromises([sessionsDir, otherDir], fromState(start), [after]);
  return {
    name: "a move between stores",
    start,
    run: applyMove,
    recover: async (fs) => {
      for (const dir of recoverFrom) {
        // oxlint-disable-next-line no-await-in-loop -- one start after the other
        await recover(fs, dir);
      }
    },
    checkCrashed: (crashed) => {
      checkIndexIsWhole(promises, crashed);
      const places = [sessionsDir, otherDir].filter((dir) => hasSession(crashed, dir));
      if (places.length === 0) throw new Error("the session is in neither store");
    },
    check: (recovered) => checkPromises(promises, recovered),
  };
}

function hasSession(fs: MemoryFs, dir: string): boolean {
  const read = (name: string) =>
    fs.withFile(`${dir}/${name}`, (file) => {
      const buffer = Buffer.alloc(file.fact.size);
      return buffer.toString("utf8", 0, file.read(buffer, 0));
    });
  return read("sessions.json")?.includes(`"s2"`) === true && read("s2.jsonl") === transcript;
}

describe("a crash in a move between two stores, recovered from", () => {
  const run = crashCounter("two stores");

  test.each([
    ["the source", [sessionsDir]],
    ["the target", [otherDir]],
    ["both", [sessionsDir, otherDir]],
  ])("%s", async (_name, recoverFrom) => {
    expect(await run(await scenario(recoverFrom))).toBeGreaterThan(20);
  });
});
