import { describe, expect, test } from "vitest";
import { viewOf } from "@sessionsmith/core";
import { jsonLine, writeJson } from "../../src/render/json.ts";

function written(value: unknown): readonly string[] {
  const chunks: string[] = [];
  writeJson(value, (text) => chunks.push(text));
  return chunks;
}

describe("writeJson", () => {
  test.each<[string, unknown]>([
    ["scalars", [null, true, 1.5, "text", -0]],
    ["empty containers", { list: [], object: {}, nested: [[], {}] }],
    ["nesting", { a: { b: [{ c: 1 }, { d: '"quoted"\n' }] } }],
    ["a key called __proto__", JSON.parse('{"__proto__": {"x": 1}}')],
    ["a scalar root", "only text"],
    [
      "lists that are made when they are read",
      { one: viewOf([1, 2], (n) => ({ n })), none: viewOf([], String) },
    ],
  ])("%s: the same text as JSON.stringify with two spaces", (_, value) => {
    expect(written(value).join("")).toBe(`${JSON.stringify(value, null, 2)}\n`);
  });

  test("leaves out members that are undefined", () => {
    expect(written({ a: undefined, b: 1, c: undefined }).join("")).toBe('{\n  "b": 1\n}\n');
  });

  test("a long list comes in chunks that together are one document", () => {
    const value = {
      sessions: Array.from({ length: 5000 }, (_, index) => ({ key: `agent:main:${index}`, index })),
    };
    const chunks = written(value);
    expect(chunks.length).toBeGreaterThan(3);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(70_000);
    expect(JSON.parse(chunks.join(""))).toEqual(value);
  });

  test("control characters beyond ASCII are escaped and read back the same", () => {
    const value = { key: "\u009b2J\u007f\u202e\u2028é" };
    const text = written(value).join("");
    expect(text).toBe('{\n  "key": "\\u009b2J\\u007f\\u202e\\u2028é"\n}\n');
    expect(JSON.parse(text)).toEqual(value);
  });
});

test.each([[{ a: [1n] }], [[undefined]], [() => 1]])("what JSON can't carry is a fault: %s", (value) => {
  expect(() => writeJson(value, () => {})).toThrow("JSON can't carry a");
});

test("jsonLine is one line", () => {
  expect(jsonLine({ error: { message: "a\nb\u009b" } })).toBe('{"error":{"message":"a\\nb\\u009b"}}\n');
});
