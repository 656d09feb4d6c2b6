import { surveyStore } from "@sessionsmith/core";
import { fromState, type MemoryFs } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { readCheckFacts } from "../../src/check/check-facts.ts";
import { checkStore } from "../../src/check/check-store.ts";
import { readTranscriptFacts } from "../../src/check/transcript-facts.ts";
import { damagedCases, damagedDisk, expectedAfter, readDamagedCase, stateAfter } from "./damaged-case.ts";
import { hostOver, planned, type RepairTry, repaired, storeOf, undone, visible } from "./repair-disk.ts";

describe.each(damagedCases)("%s", (name) => {
  const { now, agents = ["main"], domains, rename, rebase, remains = [] } = readDamagedCase(name);
  const request: RepairTry = {
    agents,
    now,
    storeOf,
    ...(domains === undefined ? {} : { domains }),
    ...(rename === undefined ? {} : { rename }),
    ...(rebase === undefined ? {} : { rebase }),
  };

  test("becomes the store that is written down, in which no damage is left", async () => {
    const fs = damagedDisk(name);
    await repaired(fs, request);
    expect(stateAfter(fs)).toEqual(expectedAfter(name));
    const left = (rename === undefined ? agents : [rename.to]).flatMap((agent) =>
      troublesOf(fs, agent, { agents, now }),
    );
    expect([...new Set(left)].toSorted()).toEqual([...remains].toSorted());
  });

  test("needs no second repair; an undo restores every byte", async () => {
    const fs = damagedDisk(name);
    const before = visible(fs);
    await repaired(fs, request);
    const again = planned(fs, { ...request, rename: undefined, firstId: 500 });
    expect(again.plan.parts.flatMap(({ steps }) => steps)).toEqual([]);
    const back = fromState(fs.state());
    await undone(back, rename?.from ?? agents[0]);
    const made = [...visible(back)].filter(([path, text]) => !before.has(path) && !text.endsWith(" {}"));
    expect(made).toEqual([]);
    expect([...before].filter(([path, text]) => visible(back).get(path) !== text)).toEqual([]);
  });
});

/** Ids of the errors and warnings of a deep check. */
function troublesOf(
  fs: MemoryFs,
  agent: string,
  { agents, now }: { readonly agents: readonly string[]; readonly now: number },
): readonly string[] {
  const host = hostOver(fs, 700);
  const survey = surveyStore(host, storeOf(agent), { nowMs: now });
  const settings = {
    agents: agents.map((id) => ({ id, model: undefined, contextTokens: undefined })),
    mainKey: "main",
    scope: "per-sender",
  } as const;
  const facts = readCheckFacts(host, survey, { settings, now });
  const transcripts = readTranscriptFacts(host.fs, survey, { deep: true });
  return checkStore({ survey, transcripts, facts, deep: true, now })
    .filter(({ severity }) => severity !== "info")
    .map(({ id }) => id);
}
