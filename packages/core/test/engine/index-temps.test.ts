import { memoryFs, writeTree, memoryHost } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import type { ProcessTable } from "../../src/disk/process-table.ts";
import { commitIndex } from "../../src/engine.ts";
import { indexTemps } from "../../src/engine/index-temps.ts";

const nowMs = Date.UTC(2026, 10, 20);
const limitMs = 5 * 60_000;
const uuid = "11111111-2222-4333-8444-555555555555";
const dead = 7;
const unknown = 9;

const noEdits = () => [];

/** What is known of the processes of these tests. */
function stateOf(pid: number): ReturnType<ProcessTable["state"]> {
  if (pid === dead) return "dead";
  return pid === unknown ? "unknown" : "alive";
}

const cases: readonly (readonly [what: string, name: string, ageMs: number, state: string | undefined])[] = [
  ["of a dead process, old", `sessions.json.${dead}.${uuid}.tmp`, limitMs + 1, "abandoned"],
  ["of a dead process, not old enough", `sessions.json.${dead}.${uuid}.tmp`, limitMs, "unexplained"],
  ["of a dead process, from the future", `sessions.json.${dead}.${uuid}.tmp`, -limitMs, "unexplained"],
  ["of a live process, old", `sessions.json.8.${uuid}.tmp`, limitMs + 1, "unexplained"],
  ["of a live process", `sessions.json.8.${uuid}.tmp`, 0, "in-use"],
  [
    "of a process that nothing is known of, old",
    `sessions.json.${unknown}.${uuid}.tmp`,
    limitMs + 1,
    "unexplained",
  ],
  ["without a process, old", `sessions.json.${uuid}.tmp`, limitMs + 1, "unexplained"],
  ["of another index", `other.json.${dead}.${uuid}.tmp`, limitMs + 1, undefined],
  ["of another shape", `sessions.json.${dead}.tmp`, limitMs + 1, undefined],
  ["with more behind it", `sessions.json.${dead}.${uuid}.tmp.jsonl`, limitMs + 1, undefined],
];

test.each(cases)("a temporary file %s", async (_what, name, ageMs, state) => {
  const fs = memoryFs();
  const mtimeNs = BigInt(nowMs - ageMs) * 1_000_000n;
  writeTree(fs, "/s", { "sessions.json": "{}", [name]: { content: "{", mtimeNs } });
  const memory = memoryHost(fs);
  const host = {
    ...memory,
    clock: { now: () => nowMs },
    processes: { ...memory.processes, state: stateOf },
  };
  const listing = { realDir: "/s", names: ["sessions.json", name] };
  expect(indexTemps(host, "/s/sessions.json", listing).map((temp) => temp.state)).toEqual(
    state === undefined ? [] : [state],
  );
  if (state === "in-use") return;
  await commitIndex(host, { realDir: "/s", indexPath: "/s/sessions.json", edit: noEdits, lockTimeoutMs: 0 });
  expect(fs.lstat(`/s/${name}`) === undefined).toBe(state === "abandoned");
});

test("a directory of that name stays", async () => {
  const fs = memoryFs();
  const name = `sessions.json.${dead}.${uuid}.tmp`;
  writeTree(fs, "/s", { "sessions.json": "{}", [name]: { directory: true } });
  const memory = memoryHost(fs);
  const host = { ...memory, clock: { now: () => nowMs * 2 } };
  const listing = { realDir: "/s", names: [name, "sessions.json"] };
  expect(indexTemps(host, "/s/sessions.json", listing)).toEqual([{ name, state: "unexplained" }]);
});
