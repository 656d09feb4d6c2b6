import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { nodeHost } from "../../src/disk/node-host.ts";
import { applyPlan, fileLocks, nodeEngineHost, purgeOperations } from "../../src/engine.ts";
import { fileIdentity } from "../../src/plan/file-identity.ts";
import { sealPlan } from "../../src/plan/plan-digest.ts";
import { readIndex } from "../../src/session-index/read-index.ts";

test("purging works where nothing more can be written", async () => {
  const temp = makeTempDir();
  try {
    const realDir = join(temp.path, "sessions");
    const indexPath = join(realDir, "sessions.json");
    mkdirSync(realDir);
    writeFileSync(indexPath, "{}");
    writeFileSync(join(realDir, "old.jsonl"), "x");
    const host = nodeEngineHost(nodeHost());
    const read = readIndex(host.fs, indexPath);
    const moved = host.fs.lstat(join(realDir, "old.jsonl"));
    if (read.state !== "readable" || moved === undefined) throw new Error("no store");
    const index = { sha256: read.fingerprint.sha256, ...fileIdentity(read.fingerprint) };
    const store = { agentId: "main", indexPath, realDir, index };
    const expected = { expect: fileIdentity(moved), reason: "x", to: { as: "trash" } } as const;
    const step = { kind: "move-file", phase: "retire", from: "old.jsonl", ...expected } as const;
    const part = { store, rows: [], files: [], steps: [step], blockedBy: [] };
    const draft = {
      schemaVersion: 1,
      command: "test",
      createdAt: 0,
      now: 0,
      policy: {},
      parts: [part],
    } as const;
    await applyPlan(host, sealPlan(draft));

    const full = {
      ...host.fs,
      createFile: () => {
        throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
      },
    };
    const { locks: _locks, ...rest } = host;
    const onFullDisk = { ...rest, fs: full, locks: fileLocks({ ...rest, fs: full }) };
    const purged = await purgeOperations(onFullDisk, realDir, { olderThanMs: 0, lockTimeoutMs: 100 });
    expect(purged).toMatchObject([{ files: 1, reclaimedBytes: 1 }]);
    expect(readdirSync(join(realDir, ".sessionsmith/operations"))).toEqual([]);
    expect(readdirSync(join(realDir, ".sessionsmith")).toSorted()).toEqual(["open", "operations"]);
    expect(readdirSync(join(realDir, ".sessionsmith/open"))).toEqual([]);
  } finally {
    temp.dispose();
  }
});
