import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { resolveConfigPath } from "../../src/layout/config-path.ts";
import { resolveStateDir } from "../../src/layout/state-dir.ts";
import { failingFs, testHost, writeTree } from "./test-host.ts";

let dir: TempDir;
beforeEach(() => {
  dir = makeTempDir();
});
afterEach(() => dir.dispose());

describe("resolveConfigPath", () => {
  test.each([
    ["no file", [".openclaw/"], undefined],
    ["today's name", [".openclaw/openclaw.json", ".openclaw/clawdbot.json"], ".openclaw/openclaw.json"],
    ["the older name", [".openclaw/clawdbot.json"], ".openclaw/clawdbot.json"],
    ["the other default directory", [".openclaw/", ".clawdbot/clawdbot.json"], ".clawdbot/clawdbot.json"],
  ])("%s", (_, files, expected) => {
    for (const name of files) writeTree(dir.path, { [name]: "{}" });
    const host = testHost(dir.path);
    const found = resolveConfigPath(host, resolveStateDir(host));
    expect(found).toBe(expected === undefined ? undefined : join(dir.path, expected));
  });

  test("a named state directory is not followed by the home directory", () => {
    writeTree(dir.path, { ".openclaw/openclaw.json": "{}", "copy/": "" });
    const host = testHost(dir.path);
    expect(resolveConfigPath(host, resolveStateDir(host, "copy"))).toBeUndefined();
    writeTree(dir.path, { "copy/openclaw.json": "{}" });
    expect(resolveConfigPath(host, resolveStateDir(host, "copy"))).toBe(join(dir.path, "copy/openclaw.json"));
  });

  test("the flag, then the environment, whether the file is there or not", () => {
    const host = testHost(dir.path, { env: { OPENCLAW_CONFIG_PATH: "~/env.json5" } });
    const stateDir = resolveStateDir(host);
    expect(resolveConfigPath(host, stateDir, "flag.json")).toBe(join(dir.path, "flag.json"));
    expect(resolveConfigPath(host, stateDir)).toBe(join(dir.path, "env.json5"));
  });

  test("a link to nothing counts as a file, so that reading it fails", () => {
    writeTree(dir.path, { ".openclaw/": "" });
    const path = join(dir.path, ".openclaw/openclaw.json");
    symlinkSync("gone", path);
    const host = testHost(dir.path);
    expect(resolveConfigPath(host, resolveStateDir(host))).toBe(path);
  });

  test("a place that can't be looked at is an error", () => {
    const path = join(dir.path, ".openclaw/openclaw.json");
    const host = testHost(dir.path, { fs: failingFs(path, "EIO") });
    expect(() => resolveConfigPath(host, resolveStateDir(host))).toThrow(
      expect.objectContaining({ code: "E_CONFIG", details: { path, errno: "EIO" } }),
    );
  });

  test("a blank flag is not the current directory", () => {
    expect(() => resolveConfigPath(testHost(dir.path), { path: dir.path, named: true }, "")).toThrow(
      expect.objectContaining({ code: "E_USAGE" }),
    );
  });
});
