import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { isAgentId, normalizeAgentId } from "../../src/keys/agent-id.ts";

describe("normalizeAgentId", () => {
  test.each([
    ["main", "main"],
    ["Work", "work"],
    [" ops-2 ", "ops-2"],
    ["My Agent!", "my-agent"],
    ["--a--b--", "a--b"],
    ["../../etc", "etc"],
    ["", "main"],
    ["日本", "main"],
    ["_x", "_x"],
    [`${"a".repeat(63)}bc`, `${"a".repeat(63)}b`],
  ])("%j becomes %j", (text, id) => {
    expect(normalizeAgentId(text)).toBe(id);
  });

  test("is stable, short, lower case and free of separators for any text", () => {
    assert(
      property(string({ unit: "binary", maxLength: 200 }), (text) => {
        const id = normalizeAgentId(text);
        expect(id).toMatch(/^[a-z0-9_-]{1,64}$/);
        expect(normalizeAgentId(id)).toBe(normalizeAgentId(id.toUpperCase()));
      }),
    );
  });

  test("takes linear time on a run of dashes", () => {
    const dashes = `${"-".repeat(2_000_000)}x${"-".repeat(2_000_000)}`;
    expect(normalizeAgentId(dashes)).toBe("x");
  }, 2000);
});

describe("isAgentId", () => {
  test.each(["main", "A", "a_b-c", "0", "a".repeat(64)])("accepts %s", (id) => {
    expect(isAgentId(id)).toBe(true);
  });

  test.each(["", " main", "-a", "_a", "a.b", "a:b", "a/b", "a\n", "a".repeat(65)])("refuses %j", (id) => {
    expect(isAgentId(id)).toBe(false);
  });
});
