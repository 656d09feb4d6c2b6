import { homedir } from "node:os";
import { expect, test, vi } from "vitest";
import { nodeHost } from "../../src/disk/node-host.ts";

test("is the machine that the process runs on", () => {
  vi.useFakeTimers({ now: 1_795_166_064_205 });
  const host = nodeHost();
  expect(host.clock.now()).toBe(1_795_166_064_205);
  vi.useRealTimers();
  expect(host.ids.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(host).toMatchObject({ env: process.env, homeDir: homedir(), cwd: process.cwd() });
});

test("a working directory that is gone only matters to those who ask for it", () => {
  const cwd = vi.spyOn(process, "cwd").mockImplementation(() => {
    throw Object.assign(new Error("gone"), { code: "ENOENT" });
  });
  const host = nodeHost();
  expect(() => host.cwd).toThrow("gone");
  cwd.mockRestore();
});
