import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { resolveStateDir } from "../../src/layout/state-dir.ts";
import { failingFs, testHost, writeTree } from "./test-host.ts";

let dir: TempDir;
beforeEach(() => {
  dir = makeTempDir();
});
afterEach(() => dir.dispose());

describe("resolveStateDir", () => {
  test.each([
    ["none there", [], ".openclaw"],
    ["today's", [".openclaw/"], ".openclaw"],
    ["the older one", [".clawdbot/"], ".clawdbot"],
    ["both", [".clawdbot/", ".openclaw/"], ".openclaw"],
  ])("%s", (_, directories, expected) => {
    for (const name of directories) writeTree(dir.path, { [name]: "" });
    expect(resolveStateDir(testHost(dir.path))).toEqual({ path: join(dir.path, expected), named: false });
  });

  test("a link to nothing is not there", () => {
    writeTree(dir.path, { ".clawdbot/": "" });
    symlinkSync(join(dir.path, "gone"), join(dir.path, ".openclaw"));
    expect(resolveStateDir(testHost(dir.path)).path).toBe(join(dir.path, ".clawdbot"));
  });

  test.each([
    ["the flag first", "/flag", "/env", "/flag"],
    ["then the environment", undefined, "/env", "/env"],
    ["with ~ in the flag", "~/state", undefined, "HOME/state"],
    ["with ~ in the environment", undefined, "~/state", "HOME/state"],
    ["relative", "state", undefined, "HOME/state"],
  ])("named: %s", (_, flag, fromEnv, expected) => {
    const host = testHost(dir.path, { env: { OPENCLAW_STATE_DIR: fromEnv } });
    expect(resolveStateDir(host, flag)).toEqual({ path: expected.replace("HOME", dir.path), named: true });
  });

  test("an environment variable of `undefined` is none", () => {
    const host = testHost(dir.path, { env: { OPENCLAW_STATE_DIR: "undefined" } });
    expect(resolveStateDir(host).named).toBe(false);
  });

  test("a home that can't be looked at is no empty home", () => {
    const path = join(dir.path, ".openclaw");
    const host = testHost(dir.path, { fs: failingFs(path, "EACCES") });
    expect(() => resolveStateDir(host)).toThrow(
      expect.objectContaining({ code: "E_IO", details: { path, errno: "EACCES" } }),
    );
  });

  test("a blank flag is not the current directory", () => {
    expect(() => resolveStateDir(testHost(dir.path), "")).toThrow(
      expect.objectContaining({ code: "E_USAGE" }),
    );
  });
});
