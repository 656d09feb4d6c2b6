import { memoryFs, memoryHost } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import type { EngineHost } from "../../src/engine/engine-host.ts";
import { withLocks } from "../../src/engine/with-locks.ts";

function noting(refuse?: string): { readonly host: EngineHost; readonly log: string[] } {
  const log: string[] = [];
  const acquire = (dir: string) => {
    if (dir === refuse) return Promise.reject(new Error(`${dir} is held`));
    log.push(`take ${dir}`);
    const release = () => {
      log.push(`release ${dir}`);
    };
    return Promise.resolve({ assertHeld: () => undefined, confirmHeld: () => undefined, release });
  };
  return { host: { ...memoryHost(memoryFs()), locks: { acquire } }, log };
}

test("takes each lock once, in the order of the paths, and gives them back in reverse", async () => {
  const { host, log } = noting();
  const count = await withLocks(host, { dirs: ["/b", "/a", "/b"], timeoutMs: 1 }, (locks) => {
    log.push("work");
    return locks.length;
  });
  expect(count).toBe(2);
  expect(log).toEqual(["take /a", "take /b", "work", "release /b", "release /a"]);
});

test("gives back what it has if a later lock is held, or the work fails", async () => {
  const held = noting("/b");
  await expect(withLocks(held.host, { dirs: ["/b", "/a"], timeoutMs: 1 }, () => 1)).rejects.toThrow("held");
  expect(held.log).toEqual(["take /a", "release /a"]);

  const { host, log } = noting();
  const broken = new Error("broken");
  await expect(withLocks(host, { dirs: ["/a"], timeoutMs: 1 }, () => Promise.reject(broken))).rejects.toThrow(
    "broken",
  );
  expect(log).toEqual(["take /a", "release /a"]);
});
