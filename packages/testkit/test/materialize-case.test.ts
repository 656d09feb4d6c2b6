import { existsSync, statSync } from "node:fs";
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
