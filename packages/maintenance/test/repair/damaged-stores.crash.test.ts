import { recoverStore } from "@sessionsmith/core/engine";
import { readDamagedCase } from "@sessionsmith/testkit";
import { afterAll, expect, test } from "vitest";
import { runCrashMatrix } from "../../../core/test/engine/crash-matrix.ts";
import { checkIndexIsWhole, checkPromises, storePromises } from "../../../core/test/engine/store-promises.ts";
import { diskOf, repair } from "./damaged-disk.ts";
import { hostOver, storeOf } from "./repair-disk.ts";

let points = 0;
afterAll(() => {
  process.stdout.write(`crashes in repairs: ${points}\n`);
});

test.each([
  "transcript-torn-tail",
  "transcript-compacted",
  "transcript-several",
  "transcript-everything",
  "transcript-python",
  "transcript-and-index-cut",
  "transcript-and-index-gone",
])("a crash anywhere in the repair of %s leaves it as it was or as it is to be", async (name) => {
  const damaged = readDamagedCase(name);
  const before = diskOf(damaged);
  const after = diskOf(damaged);
  await repair(after, damaged);
  const { indexPath, sessionsDir } = storeOf("main");
  const promises = storePromises([sessionsDir], before, [after]);
  const count = await runCrashMatrix(
    {
      name,
      start: before.state(),
      run: (fs) => repair(fs, damaged),
      recover: (fs) => recoverStore(hostOver(fs, 500), sessionsDir, { lockTimeoutMs: 0 }),
      // Where there was no index, there is none until the switch.
      checkCrashed: (crashed) => {
        if (before.lstat(indexPath) !== undefined) checkIndexIsWhole(promises, crashed);
      },
      check: (recovered) => checkPromises(promises, recovered),
    },
    12,
  );
  expect(count.points).toBeGreaterThan(50);
  points += count.points;
});
