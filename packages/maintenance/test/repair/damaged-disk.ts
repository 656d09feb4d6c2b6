import { type Finding, surveyStore } from "@sessionsmith/core";
import {
  damagedAtMs,
  type DamagedCase,
  type MemoryFs,
  memoryFs,
  tree,
  writeTree,
} from "@sessionsmith/testkit";
import { readCheckFacts } from "../../src/check/check-facts.ts";
import { checkStore } from "../../src/check/check-store.ts";
import { readTranscriptFacts } from "../../src/check/transcript-facts.ts";
import { repairDomains } from "../../src/repair/repair-domain.ts";
import { hostOver, repaired, repairNow, settingsOf, storeOf } from "./repair-disk.ts";

const stateDir = "/home/user/.openclaw";

/** A damaged store on a disk of its own, every file as old as the fixtures say. */
export function diskOf({ before, modes = {} }: DamagedCase): MemoryFs {
  const fs = memoryFs();
  const mtimeNs = BigInt(damagedAtMs) * 1_000_000n;
  const files = Object.entries(before).map(([path, content]) => {
    return [path, { content, mtimeNs, mode: Number.parseInt(modes[path] ?? "600", 8) }] as const;
  });
  writeTree(fs, stateDir, Object.fromEntries(files));
  return fs;
}

/** The agents that have a store. */
export function agentsOf({ before }: DamagedCase): readonly string[] {
  return [...new Set(Object.keys(before).map((path) => path.split("/")[1] ?? ""))];
}

/** Repairs a store as its case says. */
export function repair(fs: MemoryFs, damaged: DamagedCase, firstId = 1) {
  const { domains, rename, rebase } = damaged;
  const wanted = repairDomains.filter((domain) => domains?.includes(domain) ?? true);
  return repaired(fs, { domains: wanted, agents: agentsOf(damaged), firstId, rename, rebase, storeOf });
}

/** Every file that is not the product's own, by its path in the state directory. */
export function contents(fs: MemoryFs): Readonly<Record<string, string>> {
  const files = [...tree(fs, stateDir)].filter(
    ([path, { kind }]) => kind === "file" && !path.includes(".sessionsmith/"),
  );
  return Object.fromEntries(files.map(([path, { bytes }]) => [path, bytes?.toString("latin1") ?? ""]));
}

/** What a fixture says, in the form of {@link contents}. */
export function expected(files: DamagedCase["after"]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, bytes.toString("latin1")]));
}

/** Ids of the errors and warnings that a deep check finds. */
export function troubles(fs: MemoryFs, damaged: DamagedCase): readonly string[] {
  const found = findings(fs, damaged);
  return [...new Set(found.flatMap(({ id, severity }) => (severity === "info" ? [] : [id])))].toSorted();
}

/** What a deep check finds. */
export function findings(fs: MemoryFs, damaged: DamagedCase): readonly Finding[] {
  const host = hostOver(fs, 700);
  return agentsOf(damaged).flatMap((agentId) => {
    const survey = surveyStore(host, storeOf(agentId), { nowMs: repairNow });
    const transcripts = readTranscriptFacts(fs, survey, { deep: true });
    const facts = readCheckFacts(host, survey, { settings: settingsOf(agentsOf(damaged)), now: repairNow });
    return checkStore({ survey, transcripts, facts, deep: true, now: repairNow });
  });
}
