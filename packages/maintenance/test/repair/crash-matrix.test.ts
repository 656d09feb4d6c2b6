import { fromState, type MemoryFs, readDamagedCase } from "@sessionsmith/testkit";
import { afterAll, describe, expect, test } from "vitest";
import { crashStates } from "../../../core/test/engine/crash-matrix.ts";
import { faultsAt } from "../../../core/test/engine/error-injection.ts";
import { repairDomains } from "../../src/repair/repair-domain.ts";
import { agentsOf, contents, diskOf, repair } from "./damaged-disk.ts";
import { planned, storeOf } from "./repair-disk.ts";

/** One for each kind of repair, those with several stores and those that begin without an index. */
const cases = [
  "index-backups",
  "index-empty-file",
  "index-missing",
  "index-key-twice-different",
  "keys-agent-renamed",
  "keys-wrong-store",
  "paths-container",
  "slim-prompts",
  "mixed-cut-wrong-store",
  "mixed-mark-twice-locked",
  "mixed-missing-torn",
  "mixed-python-times-keys",
] as const;

let count = 0;
afterAll(() => {
  process.stdout.write(`repairs interrupted: ${count}\n`);
});

describe.each(cases)("%s", (name) => {
  const damaged = readDamagedCase(name);
  const start = diskOf(damaged).state();
  const run = (fs: MemoryFs, firstId: number) => repair(fs, damaged, firstId);
  const before = indexesOf(fromState(start));
  const filesBefore = stateAfter(fromState(start));
  const sessions = idsIn(stateAfter(fromState(start)));

  /**
   * Whatever was interrupted: another repair ends as an undisturbed one, and a third finds nothing. A file that could not be moved away after the
   * switch stays: no row needs it, and the operation says so.
   */
  async function finishAndCompare(fs: MemoryFs, done: ReadonlyMap<string, string>): Promise<void> {
    count += 1;
    await run(fs, 500);
    const left = [...stateAfter(fs)].filter(
      ([path, text]) => done.has(path) || filesBefore.get(path) !== text,
    );
    expect(parsed(new Map(left))).toEqual(parsed(done));
    const again = planned(fs, {
      ...damaged,
      domains: repairDomains,
      agents: agentsOf(damaged),
      storeOf,
      firstId: 900,
    });
    expect(again.plan.parts.flatMap(({ steps }) => [...steps])).toEqual([]);
  }

  async function undisturbed(): Promise<ReadonlyMap<string, string>> {
    const fs = fromState(start);
    await run(fs, 1);
    return stateAfter(fs);
  }

  test("killed at any moment, no transcript is gone, no index is half, and the next repair finishes", async () => {
    const done = await undisturbed();
    const states = await crashStates(start, (fs) => run(fs, 1));
    expect(states.length).toBeGreaterThan(20);
    for (const [n, state] of states.entries()) {
      for (const [path, text] of indexesOf(fromState(state)))
        expect([before.get(path), done.get(path), "{}"]).toContain(text);
      expect(idsIn(stateAfter(fromState(state)))).toEqual(sessions);
      if (n % 37 !== 0) continue;
      // oxlint-disable-next-line no-await-in-loop -- one crash after the other
      await finishAndCompare(fromState(state), done);
    }
  });

  test("whatever a call answers, nothing is spoilt and the next repair finishes", async () => {
    const done = await undisturbed();
    const calm = fromState(start);
    await run(calm, 1);
    expect(calm.calls.length).toBeGreaterThan(20);
    for (let call = 1; call <= calm.calls.length; call += 211) {
      for (const { fault } of faultsAt(call)) {
        const fs = fromState(start, { fault });
        // oxlint-disable-next-line no-await-in-loop -- one fault after the other
        await run(fs, 1).catch(() => undefined);
        // oxlint-disable-next-line no-await-in-loop -- one fault after the other
        await finishAndCompare(fromState(fs.state()), done);
      }
    }
  });
});

/** With the rows of indexes in whatever order: a row that could not be looked at comes later than the others. */
function parsed(files: ReadonlyMap<string, string>): ReadonlyMap<string, unknown> {
  return new Map(
    [...files].map(([path, text]) => [path, path.endsWith("/sessions.json") ? JSON.parse(text) : text]),
  );
}

/** Every index, by path. */
function indexesOf(fs: MemoryFs): ReadonlyMap<string, string> {
  return new Map([...stateAfter(fs)].filter(([path]) => path.endsWith("/sessions.json")));
}

/** Every file that is not the product's own, by path. */
function stateAfter(fs: MemoryFs): ReadonlyMap<string, string> {
  return new Map(Object.entries(contents(fs)));
}

/** The names of the transcripts that are there, wherever they are. */
function idsIn(files: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set(
    [...files.keys()].flatMap((path) =>
      path.endsWith(".jsonl") ? [path.slice(path.lastIndexOf("/") + 1)] : [],
    ),
  );
}
