import { surveyStore } from "@sessionsmith/core";
import { applyPlan, planUndoOf } from "@sessionsmith/core/engine";
import {
  damagedAtMs,
  type DamagedCase,
  fromState,
  listDamagedCases,
  type MemoryFs,
  memoryFs,
  readDamagedCase,
  tree,
  writeTree,
} from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { readCheckFacts } from "../../src/check/check-facts.ts";
import { checkStore } from "../../src/check/check-store.ts";
import { readTranscriptFacts } from "../../src/check/transcript-facts.ts";
import { repairDomains } from "../../src/repair/repair-domain.ts";
import { hostOver, repaired, repairNow, settingsOf, storeOf } from "./repair-disk.ts";

const stateDir = "/home/user/.openclaw";

/** A damaged store on a disk of its own, every file as old as the fixtures say. */
function diskOf({ before }: DamagedCase): MemoryFs {
  const fs = memoryFs();
  const mtimeNs = BigInt(damagedAtMs) * 1_000_000n;
  const files = Object.entries(before).map(([path, content]) => [path, { content, mtimeNs }] as const);
  writeTree(fs, stateDir, Object.fromEntries(files));
  return fs;
}

function agentsOf({ before }: DamagedCase): readonly string[] {
  return [...new Set(Object.keys(before).map((path) => path.split("/")[1] ?? ""))];
}

/** Repairs a store as its case says. */
function repair(fs: MemoryFs, damaged: DamagedCase, firstId = 1) {
  const { domains } = damaged;
  const wanted = repairDomains.filter((domain) => domains?.includes(domain) ?? true);
  return repaired(fs, { domains: wanted, agents: agentsOf(damaged), firstId });
}

/** Every file that is not the product's own, by its path in the state directory. */
function contents(fs: MemoryFs): Readonly<Record<string, string>> {
  const files = [...tree(fs, stateDir)].filter(
    ([path, { kind }]) => kind === "file" && !path.includes(".sessionsmith/"),
  );
  return Object.fromEntries(files.map(([path, { bytes }]) => [path, bytes?.toString("latin1") ?? ""]));
}

function expected(files: DamagedCase["after"]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, bytes.toString("latin1")]));
}

/** Ids of the errors and warnings that a deep check finds. */
function troubles(fs: MemoryFs, damaged: DamagedCase): readonly string[] {
  const host = hostOver(fs, 700);
  const found = agentsOf(damaged).flatMap((agentId) => {
    const survey = surveyStore(host, storeOf(agentId), { nowMs: repairNow });
    const transcripts = readTranscriptFacts(fs, survey, { deep: true });
    const facts = readCheckFacts(host, survey, { settings: settingsOf(agentsOf(damaged)), now: repairNow });
    return checkStore({ survey, transcripts, facts, deep: true, now: repairNow });
  });
  return [...new Set(found.flatMap(({ id, severity }) => (severity === "info" ? [] : [id])))].toSorted();
}

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
    const { plan, conflicts } = planUndoOf(host, storeOf(agentId).sessionsDir, outcome.operationId ?? "");
    expect(conflicts).toEqual([]);
    await applyPlan(host, plan);
    expect(contents(fs)).toEqual(expected(damaged.before));
  });
});
