import { applyPlan, planUndoOf } from "@sessionsmith/core/engine";
import { fromState, listDamagedCases, readDamagedCase } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { agentsOf, contents, diskOf, expected, findings, repair, troubles } from "./damaged-disk.ts";
import { hostOver, storeOf } from "./repair-disk.ts";

describe.each(listDamagedCases())("%s", (name) => {
  const damaged = readDamagedCase(name);

  test("what is wrong is found; the repair makes what is written down, and nothing is wrong any more", async () => {
    const fs = diskOf(damaged);
    expect(troubles(fs, damaged)).toEqual(damaged.findings);
    await repair(fs, damaged);
    expect(contents(fs)).toEqual(expected(damaged.after));
    expect(troubles(fs, damaged)).toEqual(damaged.left ?? []);
  });

  test("a second repair has nothing to do, and an undo restores every byte", async () => {
    const fs = diskOf(damaged);
    const { outcome } = await repair(fs, damaged);
    const again = fromState(fs.state());
    expect((await repair(again, damaged, 300)).outcome.operationId).toBeUndefined();
    const [agentId = ""] = agentsOf(damaged);
    const host = hostOver(fs, 600);
    const { plan, conflicts } = planUndoOf(host, {
      realDir: storeOf(agentId).sessionsDir,
      operationId: outcome.operationId ?? "",
    });
    expect(conflicts).toEqual([]);
    await applyPlan(host, plan);
    // The empty index of a store that had to be made stays.
    const left = Object.entries(contents(fs)).filter(
      ([path, text]) => path in damaged.before || text !== "{}",
    );
    expect(Object.fromEntries(left)).toEqual(expected(damaged.before));
  });

  test("neither a finding, nor a plan, nor what is told of it holds conversation text", async () => {
    const fs = diskOf(damaged);
    const told: unknown[] = [findings(fs, damaged)];
    const { plan, stores } = await repair(fs, damaged);
    told.push(plan, ...stores.flatMap(({ mends, unmended }) => [mends, unmended]));
    expect(JSON.stringify(told)).not.toContain("made-up");
  });
});
