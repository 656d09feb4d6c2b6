import { execFileSync } from "node:child_process";
import { symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { readSettingsFile } from "../../src/layout/settings-file.ts";
import { isStoreError } from "../../src/store-error.ts";
import { failingFs, writeTree } from "./test-host.ts";

let dir: TempDir;
let path: string;
beforeEach(() => {
  dir = makeTempDir();
  path = join(dir.path, "openclaw.json");
});
afterEach(() => dir.dispose());

function failure(fs = nodeReadFs): { code: string; message: string; details: unknown } {
  try {
    readSettingsFile(fs, path);
  } catch (error) {
    if (isStoreError(error)) return { code: error.code, message: error.message, details: error.details };
    throw error;
  }
  return expect.unreachable("the file was read");
}

describe("readSettingsFile", () => {
  test.each([
    ["JSON", '{"a":1}'],
    ["JSON5", "// settings\n{ a: +1, }"],
    ["a byte order mark", '\ufeff{"a":1}'],
  ])("reads %s", (_, text) => {
    writeTree(dir.path, { "openclaw.json": text });
    expect(readSettingsFile(nodeReadFs, path)).toEqual({ a: 1 });
  });

  test("follows a link", () => {
    writeTree(dir.path, { "dotfiles/claw.json": "{}" });
    symlinkSync("dotfiles/claw.json", path);
    expect(readSettingsFile(nodeReadFs, path)).toEqual({});
  });

  test("gives a key `__proto__` no power", () => {
    for (const text of ['{"__proto__":{"session":1}}', "{__proto__:{session:1},}"]) {
      writeTree(dir.path, { "openclaw.json": text });
      const settings = readSettingsFile(nodeReadFs, path);
      expect(Object.getPrototypeOf(settings)).toBe(Object.prototype);
      expect(settings["session"]).toBeUndefined();
    }
  });

  test.each([
    ["a missing value", '{\n  "secret": }\n', { line: 2, column: 13 }],
    ["a torn end", '{ "secret": "abc', { line: 1, column: 17 }],
    ["a second root", "{}\n{}", { line: 2, column: 1 }],
    ["no text", "", { line: 1, column: 1 }],
    ["an open line end in a text", '{"secret": "ab\ncd"}', { line: 2, column: 1 }],
  ])("tells the place of %s and quotes nothing", (_, text, place) => {
    writeTree(dir.path, { "openclaw.json": text });
    const { code, message, details } = failure();
    expect(code).toBe("E_CONFIG");
    expect(details).toEqual({ path, ...place });
    expect(message).toBe(
      `The settings file ${path} is not valid JSON5 at line ${place.line}, column ${place.column}. Nothing was changed.`,
    );
  });

  test.each([
    ["[]", "does not hold an object"],
    ["null", "does not hold an object"],
    ['"text"', "does not hold an object"],
    [Buffer.from([0x7b, 0xff, 0x7d]), "is not valid UTF-8"],
  ])("refuses %j", (content, problem) => {
    writeTree(dir.path, { "openclaw.json": content });
    expect(failure().message).toContain(`${path} ${problem}.`);
  });

  test("a file that is not there is no empty file", () => {
    expect(failure()).toMatchObject({ code: "E_CONFIG", message: expect.stringContaining("is not there") });
    symlinkSync("gone", path);
    expect(failure().message).toContain("is not there");
  });

  test("refuses what is no regular file, without waiting on it", () => {
    execFileSync("mkfifo", [path]);
    expect(failure().message).toContain("is a fifo, not a file");
  });

  test("refuses a file of more than 16 MiB", () => {
    writeTree(dir.path, { "openclaw.json": "{}" });
    truncateSync(path, 16 * 1024 * 1024 + 1);
    expect(failure().message).toContain("is larger than 16777216 bytes");
  });

  test("names the errno of a refused read", () => {
    writeTree(dir.path, { "openclaw.json": "{}" });
    expect(failure(failingFs(path, "EACCES"))).toMatchObject({
      code: "E_CONFIG",
      details: { path, errno: "EACCES" },
    });
  });
});
