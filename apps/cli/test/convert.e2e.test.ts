import { cpSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasSqlite, makeTempDir, type MaterializedCase, materializeCase } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { runBin } from "./run-bin.ts";

let store: MaterializedCase;
beforeEach(() => {
  store = materializeCase("openclaw-2026.5.28-one-agent");
});
afterEach(() => store.dispose());

const run = (...argv: readonly string[]) => runBin(argv, { now: store.now });

describe.skipIf(!hasSqlite())("the built command and a database", () => {
  test("one of two that make the same database at once makes it; the other is refused", async () => {
    const dbPath = join(store.stateDir, "my.db");
    const ended = await Promise.all([1, 2].map(() => run("convert", store.indexPath(), dbPath)));
    const statuses = ended.map(({ status }) => status);
    expect(statuses.filter((status) => status === 0)).toHaveLength(1);
    expect([1, 11, 15]).toContain(statuses.find((status) => status !== 0));
    expect((await run("check", "--store", dbPath)).status).toBe(0);
  });

  test("without better-sqlite3 is exit 16, and nothing is made", async () => {
    const dbPath = join(store.stateDir, "my.db");
    await run("convert", store.indexPath(), dbPath);
    const temp = makeTempDir();
    onTestFinished(() => temp.dispose());
    for (const name of ["dist", "package.json"])
      cpSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), join(temp.path, name), {
        recursive: true,
      });
    const words = [
      ["check", "--store", dbPath],
      ["convert", store.indexPath(), "new.db"],
      ["convert", store.indexPath(), "new.db", "--dry-run"],
      ["convert", dbPath, "files"],
    ];
    for (const argv of words) {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(temp.path, "dist/bin.js"), ...argv],
        { cwd: store.stateDir, encoding: "utf8", env: { HOME: temp.path } },
      );
      expect({ argv, status, stdout }).toEqual({ argv, status: 16, stdout: "" });
      expect(stderr).toContain("better-sqlite3");
    }
  });
});
