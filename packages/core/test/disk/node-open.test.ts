import { closeSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { errnoOf } from "../../src/errno.ts";
import { openForReading, systemOpenFlags } from "../../src/disk/node-open.ts";

let dir: TempDir;
beforeEach(() => {
  dir = makeTempDir();
});
afterEach(() => dir.dispose());

function errnoOfOpening(path: string, flags = systemOpenFlags): string | undefined {
  try {
    closeSync(openForReading(path, flags));
    return undefined;
  } catch (error) {
    return errnoOf(error);
  }
}

describe.each([
  ["with the flags of this system", systemOpenFlags],
  ["where there are no such flags", { noFollow: 0, nonBlock: 0 }],
])("%s", (_, flags) => {
  test("opens a file, and refuses a link to it", () => {
    writeFileSync(join(dir.path, "a"), "x");
    symlinkSync("a", join(dir.path, "link"));
    expect(errnoOfOpening(join(dir.path, "a"), flags)).toBeUndefined();
    expect(errnoOfOpening(join(dir.path, "link"), flags)).toBe("ELOOP");
  });

  test("a missing file is ENOENT", () => {
    expect(errnoOfOpening(join(dir.path, "none"), flags)).toBe("ENOENT");
  });
});
