import { performance } from "node:perf_hooks";
import { unlessSweeping } from "@sessionsmith/testkit";
import { afterAll, describe, expect, test } from "vitest";
import { killEverywhere } from "../src/kill-everywhere.ts";
import { runCli } from "../src/run-cli.ts";
import {
  type Files,
  indexesOf,
  readFiles,
  type RecordedStore,
  recordedStore,
  troublesOf,
} from "./recorded-store.ts";

const cleanup = ["cleanup", "--enforce", "--json", "--all-agents", "--allow-mass", "--allow-orphans"];
const recover = ["recover", "--json"];
const small = "openclaw-2026.5.28-no-config";
const timeout = 120_000;
/** The small store has all its kills in every run; the others have theirs in the sweep. */
const everyNth = unlessSweeping(8);

const total = { kills: 0, startedAt: performance.now() };

afterAll(() => {
  const seconds = ((performance.now() - total.startedAt) / 1000).toFixed(1);
  process.stdout.write(`${total.kills} kills in ${seconds} s\n`);
});

describe("the built command, killed at every call that changes the disk, is put right by the next start", () => {
  /** The kill after which the index of the small store is the new one for the first time. */
  let firstSwitched = Number.POSITIVE_INFINITY;

  test.for([small, "openclaw-2026.5.28-capped", "openclaw-2026.5.28-one-agent"])(
    "cleanup of %s",
    { timeout },
    async (name) => {
      const { before, after } = await indexesAround(name);
      const kills = await killEverywhere<RecordedStore>(
        {
          prepare: () => Promise.resolve(recordedStore(name)),
          kill: async (store, killAt) => {
            const { killed } = await runCli(cleanup, store.stateDir, killAt);
            const isSwitched = equal(indexesOf(readFiles(store.stateDir)), after);
            if (name === small && isSwitched) firstSwitched = Math.min(firstSwitched, killAt);
            return killed;
          },
          // The same command again has done its work in the end; a mere recovery may take it back.
          recover: (store, killAt) =>
            killAt % 2 === 0
              ? expectRight(store, { killAt, command: cleanup, allowed: [after] })
              : expectRight(store, { killAt, command: recover, allowed: [before, after] }),
        },
        name === small ? 1 : everyNth,
      );
      expect(kills).toBeGreaterThan(5);
      total.kills += kills;
    },
  );

  test("undo", { timeout }, async () => {
    const { before, after } = await indexesAround(small);
    const kills = await killEverywhere<RecordedStore & { readonly operation: string }>(
      {
        prepare: async () => {
          const store = recordedStore(small);
          return { ...store, operation: operationOf(await runCli(cleanup, store.stateDir)) };
        },
        kill: async ({ stateDir, operation }, killAt) =>
          (await runCli(["undo", operation, "--json"], stateDir, killAt)).killed,
        recover: (store, killAt) =>
          expectRight(store, { killAt, command: recover, allowed: [before, after] }),
      },
      everyNth,
    );
    expect(kills).toBeGreaterThan(5);
    total.kills += kills;
  });

  test.for([
    { where: "before the switch", offset: -1 },
    { where: "after the switch", offset: 0 },
  ])("recover of a cleanup that was killed $where", { timeout }, async ({ offset }) => {
    const { before, after } = await indexesAround(small);
    const allowed = offset < 0 ? [before] : [after];
    const kills = await killEverywhere<RecordedStore>(
      {
        prepare: async () => {
          const store = recordedStore(small);
          const { killed } = await runCli(cleanup, store.stateDir, firstSwitched + offset);
          expect(killed).toBe(true);
          return store;
        },
        kill: async ({ stateDir }, killAt) => (await runCli(recover, stateDir, killAt)).killed,
        recover: (store, killAt) => expectRight(store, { killAt, command: recover, allowed }),
      },
      everyNth,
    );
    expect(kills).toBeGreaterThan(3);
    total.kills += kills;
  });

  test("these were not few kills", () => {
    expect(total.kills).toBeGreaterThanOrEqual(300 / everyNth);
  });
});

interface Expectation {
  readonly killAt: number;
  readonly command: readonly string[];
  readonly allowed: readonly Files[];
}

/** Starts the command once more and looks at what is there then. */
async function expectRight(store: RecordedStore, { killAt, command, allowed }: Expectation): Promise<void> {
  const { status, stderr } = await runCli(command, store.stateDir);
  const troubles = troublesOf(store, allowed);
  expect({ killAt, command, status, stderr, troubles }).toMatchObject({ status: 0, troubles: [] });
  store.dispose();
}

/** The indexes of a recorded store, and what an undisturbed cleanup makes of them. */
async function indexesAround(name: string): Promise<{ readonly before: Files; readonly after: Files }> {
  const store = recordedStore(name);
  const { status } = await runCli(cleanup, store.stateDir);
  expect(status).toBe(0);
  const around = { before: indexesOf(store.first), after: indexesOf(readFiles(store.stateDir)) };
  store.dispose();
  expect(equal(around.before, around.after)).toBe(false);
  return around;
}

function equal(a: Files, b: Files): boolean {
  return a.size === b.size && [...a].every(([path, bytes]) => b.get(path) === bytes);
}

function operationOf({ stdout }: { readonly stdout: string }): string {
  const { stores }: { stores: readonly { operationId: string }[] } = JSON.parse(stdout);
  const [only] = stores;
  if (only === undefined) throw new Error("no store was cleaned");
  return only.operationId;
}
