import { describe, expect, test } from "vitest";
import { applyChange, type ChangeOptions } from "../../src/change/apply-change.ts";
import { scanForChange } from "../../src/change/scan-for-change.ts";
import type { RowTurn } from "../../src/change/sessions-change.ts";
import { diskWith, now, rowsOf, scopeOn, sessionsDir, transcript } from "./changed-store.ts";

const rows = {
  "agent:main:a": { sessionId: "s1", updatedAt: now - 1000 },
  "agent:main:busy": { sessionId: "s2", updatedAt: now - 1000, status: "running" },
};
const files = { "s1.jsonl": transcript("s1"), "s2.jsonl": transcript("s2") };
const gone: RowTurn = { action: "delete", reason: "asked-for", transcriptsTo: "archive-deleted", ends: true };
const held = { guard: () => Promise.reject(new Error("a gateway is running")) };

/** Takes a row out of the store of a gateway, which may write its own rows back when the index is switched. */
async function take(
  key: string,
  { isBesideGateway = true, writesBack = false, options = {} }: TakeOptions = {},
) {
  const fs = diskWith({ rows, files });
  const index = `${sessionsDir}/sessions.json`;
  const scope = scopeOn(fs);
  const renaming: typeof scope.host.fs = Object.assign(Object.create(scope.host.fs), {
    rename: (from: string, to: string): void => {
      scope.host.fs.rename(from, to);
      if (!writesBack || to !== index) return;
      const other = fs.otherProcess();
      other.createFile(`${index}.new`, 0o600, (file) => file.write(Buffer.from(JSON.stringify(rows))));
      other.rename(`${index}.new`, index);
    },
  });
  const host = { ...scope.host, fs: renaming };
  const settle = () => ({
    snapshot: scanForChange({ ...scope, host }, now),
    change: { command: "test", policy: {}, now, turns: new Map([[key, gone]]) },
    ...(isBesideGateway ? { besideGateway: true as const } : {}),
    about: undefined,
  });
  const applied = await applyChange({ host }, settle, { ...held, whileRunning: true, ...options });
  return { applied, keys: Object.keys(rowsOf(fs)) };
}

interface TakeOptions {
  readonly isBesideGateway?: boolean;
  readonly writesBack?: boolean;
  readonly options?: ChangeOptions;
}

describe("an order beside a running gateway", () => {
  test("is carried out if it may be, and the guard is not asked", async () => {
    const { applied, keys } = await take("agent:main:a");
    expect(keys).toEqual(["agent:main:busy"]);
    expect(applied.warnings).toEqual([]);
  });

  test("is held back by the guard if it may not be, or nobody said so", async () => {
    await expect(take("agent:main:a", { isBesideGateway: false })).rejects.toThrow("a gateway is running");
    const options = { whileRunning: false };
    await expect(take("agent:main:a", { options })).rejects.toThrow("a gateway is running");
  });

  test("is refused for a session that is running", async () => {
    await expect(take("agent:main:busy")).rejects.toThrow(
      expect.objectContaining({
        code: "E_LOCKED",
        details: expect.objectContaining({ key: "agent:main:busy" }),
      }),
    );
  });

  test("says which session the gateway has written back", async () => {
    const { applied, keys } = await take("agent:main:a", { writesBack: true });
    expect(keys).toEqual(["agent:main:a", "agent:main:busy"]);
    expect(applied.warnings).toContainEqual("The gateway has written agent:main:a back as it was.");
  });
});
