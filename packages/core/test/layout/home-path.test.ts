import { describe, expect, test } from "vitest";
import { absolutePath, flagPath, homeDirOf, readEnv } from "../../src/layout/home-path.ts";
import { testHost } from "./test-host.ts";

describe("homeDirOf", () => {
  test.each([
    [{}, "/os/home"],
    [{ HOME: "/home/u" }, "/home/u"],
    [{ USERPROFILE: "/users/u" }, "/users/u"],
    [{ HOME: "/home/u", USERPROFILE: "/users/u" }, "/home/u"],
    [{ HOME: "undefined", USERPROFILE: "null" }, "/os/home"],
    [{ HOME: "  " }, "/os/home"],
    [{ OPENCLAW_HOME: "/claw", HOME: "/home/u" }, "/claw"],
    [{ OPENCLAW_HOME: "~", HOME: "/home/u" }, "/home/u"],
    [{ OPENCLAW_HOME: "~/claw", HOME: "/home/u" }, "/home/u/claw"],
    [{ OPENCLAW_HOME: "~/claw" }, "/os/home/claw"],
    [{ OPENCLAW_HOME: "null", HOME: "/home/u" }, "/home/u"],
    [{ OPENCLAW_HOME: "claw" }, "/cwd/claw"],
  ])("%j -> %s", (env, home) => {
    expect(homeDirOf(testHost("/os/home", { env, cwd: "/cwd" }))).toBe(home);
  });
});

describe("absolutePath", () => {
  const host = testHost("/os/home", { cwd: "/cwd" });

  test.each([
    ["/a/../b", "/b"],
    ["a/b", "/cwd/a/b"],
    ["../a", "/a"],
    ["~", "/os/home"],
    ["~/a/", "/os/home/a"],
    ["~other/a", "/cwd/~other/a"],
    ["a/~/b", "/cwd/a/~/b"],
  ])("%s -> %s", (path, absolute) => {
    expect(absolutePath(host, path)).toBe(absolute);
  });

  test("asks neither for the home nor for the current directory where the path tells enough", () => {
    const gone = Object.defineProperties(testHost("/os/home"), {
      homeDir: { get: () => expect.unreachable("home") },
      cwd: { get: () => expect.unreachable("cwd") },
    });
    expect(absolutePath(gone, "/a")).toBe("/a");
  });
});

describe("flagPath", () => {
  test("takes no blank path for the current directory", () => {
    const host = testHost("/os/home");
    expect(flagPath(host, "--store", "~/s.json")).toBe("/os/home/s.json");
    for (const blank of ["", "  "]) {
      expect(() => flagPath(host, "--store", blank)).toThrow(
        expect.objectContaining({ code: "E_USAGE", message: "--store needs a path." }),
      );
    }
  });
});

describe("readEnv", () => {
  test.each([
    [" x ", "x"],
    ["", undefined],
    ["undefined", undefined],
    ["null", undefined],
    [undefined, undefined],
  ])("%j -> %j", (value, expected) => {
    expect(readEnv(testHost("/os/home", { env: { NAME: value } }), "NAME")).toBe(expected);
  });
});
