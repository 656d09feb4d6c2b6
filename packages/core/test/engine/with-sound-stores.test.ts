import { fromState, memoryHost } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { listOperations } from "../../src/engine.ts";
import { withSoundStores } from "../../src/engine/with-sound-stores.ts";
import { interruptedLate, cleanupPlan, sessionsDir, smallStoreState } from "./operation-scenarios.ts";

const free = { assertHeld: () => undefined, confirmHeld: () => undefined, release: () => undefined };

test("an operation that was begun and left behind before the lock was ours is recovered before the work", async () => {
  const left = await interruptedLate(smallStoreState(), cleanupPlan);
  let fs = fromState(smallStoreState());
  let taken = 0;
  const acquire = () => {
    taken += 1;
    if (taken === 1) fs = fromState(left);
    return Promise.resolve(free);
  };
  const host = {
    ...memoryHost(fs),
    locks: { acquire },
    get fs() {
      return fs;
    },
  };
  const recovered: string[] = [];
  const states = await withSoundStores(
    host,
    { dirs: [sessionsDir], timeoutMs: 0, onRecovered: ({ outcome }) => recovered.push(outcome) },
    () => listOperations(fs, sessionsDir).map(({ state }) => state),
  );
  expect({ recovered, states, taken }).toEqual({ recovered: ["finished"], states: ["done"], taken: 3 });
});
