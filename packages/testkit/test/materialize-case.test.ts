import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { listStoreCases, materializeCase, readStoreCase } from "../src/index.ts";

test.each(listStoreCases())("%s is copied with its times and modes", (name) => {
  const { files, now } = readStoreCase(name);
  const store = materializeCase(name);
  onTestFinished(store.dispose);

  expect(store.now).toBe(now);
  for (const [path, file] of Object.entries(files)) {
    const stats = statSync(join(store.stateDir, path));
    expect({ mtimeMs: Math.round(stats.mtimeMs), mode: (stats.mode & 0o777).toString(8) }).toEqual({
      mtimeMs: file.mtimeMs,
      mode: file.mode,
    });
  }
  expect(existsSync(store.indexPath())).toBe(true);
});

test("dispose leaves nothing behind", () => {
  const store = materializeCase("openclaw-2026.5.28-one-agent");
  store.dispose();
  expect(existsSync(store.stateDir)).toBe(false);
});

const times = (path: string) =>
  Object.values<{ updatedAt: number }>(JSON.parse(readFileSync(path, "utf8"))).map((row) => row.updatedAt);

test("all times can be moved to another moment", () => {
  const { now } = readStoreCase("openclaw-2026.5.28-one-agent");
  const [recorded, moved] = [
    materializeCase("openclaw-2026.5.28-one-agent"),
    materializeCase("openclaw-2026.5.28-one-agent", now + 1000),
  ];
  onTestFinished(() => {
    recorded.dispose();
    moved.dispose();
  });
  expect(moved.now).toBe(now + 1000);
  expect(statSync(moved.indexPath()).mtimeMs - statSync(recorded.indexPath()).mtimeMs).toBeCloseTo(1000, 0);
  expect(times(moved.indexPath())).toEqual(times(recorded.indexPath()).map((ms) => ms + 1000));
});
