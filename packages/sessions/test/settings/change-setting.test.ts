import { recoverStore } from "@sessionsmith/core/engine";
import { fromState, type MemoryFs, tree, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { runCrashMatrix } from "../../../core/test/engine/crash-matrix.ts";
import { changeSetting } from "../../src/settings/change-setting.ts";
import {
  diskWith,
  hostOver,
  scopeOn,
  sessionsDir,
  stateDir,
  undone,
  visible,
} from "../change/changed-store.ts";

const file = `${stateDir}/sessionsmith.json5`;
const before = "// ours\n{ lease: { defaultTtl: 60 } }\n";
const after = "// ours\n{ lease: { defaultTtl: 90 } }\n";

function disk(text: string | undefined, rows: object | undefined = {}): MemoryFs {
  const fs = diskWith(
    rows === undefined ? {} : { rows: { "agent:main:main": { sessionId: "s", updatedAt: 1 } } },
  );
  if (text !== undefined) writeTree(fs, stateDir, { "sessionsmith.json5": text });
  return fs;
}

function settingsIn(fs: MemoryFs): string | undefined {
  return tree(fs, stateDir).get("sessionsmith.json5")?.bytes?.toString("utf8");
}

const write = (fs: MemoryFs, value: number | string = 90) =>
  changeSetting(scopeOn(fs), { file, path: "lease.defaultTtl", value });

describe("changeSetting", () => {
  test("changes the value alone, and undo brings the file back", async () => {
    const fs = disk(before);
    const { answer } = await write(fs);
    expect(settingsIn(fs)).toBe(after);
    await undone(fs, answer.operationId ?? undefined);
    expect(settingsIn(fs)).toBe(before);
  });

  test("makes the file if there is none, and undo takes it away; no store is needed either", async () => {
    for (const rows of [{}, undefined]) {
      const fs = disk(undefined, rows);
      // oxlint-disable-next-line no-await-in-loop -- one store after the other
      const { answer } = await write(fs);
      expect(settingsIn(fs)).toBe("{\n  lease: { defaultTtl: 90 },\n}\n");
      // oxlint-disable-next-line no-await-in-loop -- one store after the other
      await undone(fs, answer.operationId ?? undefined);
      expect(settingsIn(fs)).toBeUndefined();
    }
  });

  test("the same value is no change", async () => {
    const fs = disk(before);
    const { answer } = await write(fs, 60);
    expect(answer.operationId).toBeNull();
  });

  test("mends a value that the file can't be read with", async () => {
    const fs = disk("{ lease: { defaultTtl: 'soon' } }");
    await write(fs, "none");
    expect(settingsIn(fs)).toBe('{ lease: { defaultTtl: "none" } }');
  });

  test.each([
    ["junk{", /not valid JSON5 at line 1, column 1/],
    ["{\n  lease: {", /not valid JSON5 at line 2, column 11/],
    ["[]", /does not hold an object/],
    ["null", /does not hold an object/],
  ])("%j is refused with the place, and stays", async (text, problem) => {
    const fs = disk(text);
    await expect(write(fs)).rejects.toMatchObject({
      code: "E_CONFIG",
      message: expect.stringMatching(problem),
    });
    expect(settingsIn(fs)).toBe(text);
  });

  test("stopped at any moment, the file is as before or as after, and the store is untouched", async () => {
    const start = disk(before).state();
    const kept = visible(fromState(start));
    const { points } = await runCrashMatrix(
      {
        name: "config",
        start,
        run: async (fs) => {
          await write(fs);
        },
        recover: (fs) => recoverStore(hostOver(fs, 900), sessionsDir, { lockTimeoutMs: 1000 }),
        checkCrashed: (fs) => expect([before, after]).toContain(settingsIn(fs)),
        check: (fs) => {
          expect([before, after]).toContain(settingsIn(fs));
          expect(visible(fs)).toEqual(kept);
        },
      },
      40,
    );
    expect(points).toBeGreaterThan(20);
  });
});
