import { applyPlan, nodeEngineHost, nodeWriteFs } from "@sessionsmith/core/engine";
import type { WriteFs } from "@sessionsmith/core";
import { readFileSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { parsePlan } from "@sessionsmith/core";
import type { UsedStore } from "./used-store.ts";

/**
 * Leaves a cleanup of the store half done, as a crash does: before the switch of the index, or after it.
 * @returns the id of the operation
 */
export async function interruptCleanup(store: UsedStore, when: "before" | "after"): Promise<string> {
  const file = join(store.state().path, "work/interrupted.json");
  await store.run(["cleanup", "--plan-out", file]);
  const plan = parsePlan(readFileSync(file, "utf8"));
  unlinkSync(file);
  const engine = { ...nodeEngineHost(store.host()), fs: diskThatDies(when) };
  await applyPlan(engine, plan).catch((error: unknown) => {
    if (!(error instanceof Error) || error.message !== "crash") throw error;
  });
  const { operations } = await store.json("operations", "--quiet");
  return operations[0].id;
}

/** From the crash on nothing is written any more. */
function diskThatDies(when: "before" | "after"): WriteFs {
  let dead = false;
  const guard = (dies: boolean): void => {
    dead ||= dies;
    if (dead) throw new Error("crash");
  };
  return {
    ...nodeWriteFs,
    rename: (from, to) => {
      guard(when === "before" && to.endsWith("sessions.json"));
      nodeWriteFs.rename(from, to);
    },
    link: (from, to) => {
      guard(when === "after" && to.includes(".deleted."));
      nodeWriteFs.link(from, to);
    },
    appendFile: (path, use) => {
      guard(false);
      return nodeWriteFs.appendFile(path, use);
    },
  };
}
