import { assert, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { classifyKeyShape, splitKey } from "../../src/keys/split-key.ts";
import { anyKey } from "./key-arbitrary.ts";

describe("classifyKeyShape", () => {
  test.each([
    ["", "missing"],
    [" : :", "missing"],
    ["agent:main:main", "agent"],
    ["AGENT:Main:x", "agent"],
    ["agent::main::x", "agent"],
    ["agent:", "malformed_agent"],
    ["agent:main", "malformed_agent"],
    ["agent:main:", "malformed_agent"],
    ["agent: :x", "malformed_agent"],
    ["agent", "legacy_or_alias"],
    ["main", "legacy_or_alias"],
    ["global", "legacy_or_alias"],
    ["telegram:group:5", "legacy_or_alias"],
    ["agents:main:x", "legacy_or_alias"],
  ] as const)("%j is %s", (key, shape) => {
    expect(classifyKeyShape(key)).toBe(shape);
  });
});

describe("splitKey", () => {
  test("drops empty segments and outer white space, and keeps inner white space", () => {
    expect(splitKey("  Agent: Main :web::a b: : C\n")).toEqual({
      shape: "agent",
      agentId: "main",
      rest: ["web", "a b", " ", " c"],
    });
  });

  test("keeps what follows the word agent when the id or the rest is missing", () => {
    expect(splitKey("agent:main")).toEqual({ shape: "malformed_agent", rest: ["main"] });
    expect(splitKey("agent: :x")).toEqual({ shape: "malformed_agent", rest: [" ", "x"] });
    expect(splitKey("agent:")).toEqual({ shape: "malformed_agent", rest: [] });
  });

  test("cuts a canonical key as it cuts one that is not", () => {
    assert(
      property(anyKey, (key) => {
        expect(splitKey(` ${key}`)).toEqual(splitKey(key));
      }),
      { numRuns: 2000 },
    );
  });
});
