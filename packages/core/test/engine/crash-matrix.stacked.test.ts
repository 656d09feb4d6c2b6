import {
  fromState,
  type MemoryFs,
  type MemoryFsState,
  memoryHost,
  unlessSweeping,
} from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { applyPlan } from "../../src/engine.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { crashCounter } from "./crash-count.ts";
import { crashStates } from "./crash-matrix.ts";
import {
  applied,
  newFile,
  planOf,
  recordEnds,
  recover,
  removeRows,
  replaceFile,
  sessionsDir,
  smallStoreState,
  toTrash,
} from "./operation-scenarios.ts";
import { checkPromises, storePromises } from "./store-promises.ts";

/** The operation that is interrupted first. Everything goes to the trash: archives are named by the clock. */
const first = (fs: MemoryFs): Plan =>
  planOf(fs, [
    recordEnds("agent:main:direct:2"),
    newFile,
    removeRows(fs, "agent:main:direct:2"),
    toTrash(fs, "s2.jsonl"),
  ]);

/** The operation that begins on top of what the first crash left. */
const second = (fs: MemoryFs): Plan =>
  planOf(fs, [
    removeRows(fs, "agent:main:direct:3"),
    replaceFile(fs, "s1.jsonl"),
    toTrash(fs, "orphan.jsonl"),
  ]);

async function applySecond(fs: MemoryFs): Promise<void> {
  await applyPlan(memoryHost(fs, 2000), second(fs), { replan: () => second(fs) });
}

/** What the disk may be in the end: neither operation, one of them, or both. */
async function outcomes(start: MemoryFsState): Promise<readonly MemoryFs[]> {
  const one = await applied(start, first, 1000);
  const two = await applied(start, second, 2000);
  const both = await applied(one, second, 2000);
  return [one, two, both].map((state) => fromState(state));
}

describe("a crash in an operation on top of an interrupted one", () => {
  const run = crashCounter("stacked operations");

  // All of them would be some hundred thousand crashes.
  const step = 3 * unlessSweeping(4);

  test("states that the first crash left", async () => {
    const start = smallStoreState();
    const promises = storePromises([sessionsDir], fromState(start), await outcomes(start));
    const interrupted = await crashStates(start, (fs) => applyPlan(memoryHost(fs, 1000), first(fs)));
    expect(interrupted.length).toBeGreaterThan(90);
    for (const [n, state] of interrupted.entries()) {
      if (n % step !== 0) continue;
      const scenario = {
        name: `on top of: ${state.story}`,
        start: state,
        run: applySecond,
        recover: (fs: MemoryFs) => recover(fs),
        check: (recovered: MemoryFs) => checkPromises(promises, recovered),
      };
      // oxlint-disable-next-line no-await-in-loop -- one matrix after the other
      expect(await run(scenario, 16)).toBeGreaterThan(20);
    }
  });
});
