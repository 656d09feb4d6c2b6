import { describe, expect, test } from "vitest";
import { StoreError } from "@sessionsmith/core";
import { failureOf, renderFailure } from "../src/failure.ts";
import { UsageError } from "../src/usage-error.ts";

const text = { json: false, verbose: false, usage: "sessionsmith list [options]" };
const json = { ...text, json: true };

describe("failureOf", () => {
  test("an error to act on keeps its code, hint and details", async () => {
    const thrown = new StoreError("E_CORRUPT_INDEX", "can't read it", {
      hint: "look",
      details: { path: "/x" },
    });
    expect(await failureOf(thrown)).toEqual({
      code: "E_CORRUPT_INDEX",
      message: "can't read it",
      hint: "look",
      details: { path: "/x" },
      exitCode: 12,
      stack: undefined,
    });
  });

  test("a refused system call is E_IO with its errno", async () => {
    const thrown = Object.assign(new Error("EACCES: permission denied, open '/x'"), { code: "EACCES" });
    expect(await failureOf(thrown)).toMatchObject({
      code: "E_IO",
      exitCode: 1,
      details: { errno: "EACCES" },
    });
  });

  test.each([
    [new TypeError("x is undefined")],
    [Object.assign(new Error("y"), { code: "ERR_INVALID_ARG_TYPE" })],
    ["thrown text"],
  ])("anything else is a fault of ours: %s", async (thrown) => {
    expect(await failureOf(thrown)).toMatchObject({
      code: "E_BUG",
      exitCode: 1,
      hint: expect.stringContaining("bug"),
    });
  });
});

describe("renderFailure", () => {
  test("only a usage error shows the usage line", async () => {
    expect(renderFailure(await failureOf(new UsageError("no", "yes?")), text)).toBe(
      "sessionsmith: no\nyes?\nUsage: sessionsmith list [options]\n",
    );
    expect(renderFailure(await failureOf(new StoreError("E_IO", "no")), text)).toBe("sessionsmith: no\n");
  });

  test("control characters of a path don't reach the terminal", async () => {
    const failure = await failureOf(
      new StoreError("E_IO", "can't read /a\u001b[2J:\n  b", { hint: "\u009b" }),
    );
    expect(renderFailure(failure, text)).toBe("sessionsmith: can't read /a\\x1b[2J:\n  b\n\\x9b\n");
  });

  test("as JSON it has all keys, with null for no hint", async () => {
    const failure = await failureOf(new StoreError("E_NOT_FOUND", "no", { details: { key: "k" } }));
    expect(JSON.parse(renderFailure(failure, json))).toEqual({
      error: { code: "E_NOT_FOUND", message: "no", hint: null, details: { key: "k" }, exitCode: 10 },
    });
  });

  test("the stack of a fault goes into the details under --verbose", async () => {
    const failure = await failureOf(new Error("x"));
    expect(JSON.parse(renderFailure(failure, json)).error.details).toEqual({});
    const { error } = JSON.parse(renderFailure(failure, { ...json, verbose: true }));
    expect(error.details.stack).toContain("failure.test.ts");
  });
});
