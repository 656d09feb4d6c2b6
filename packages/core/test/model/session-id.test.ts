import { describe, expect, test } from "vitest";
import { classifySessionId } from "../../src/model/session-id.ts";

describe("classifySessionId", () => {
  test.each([
    ["181dcc19-771d-41e2-af3a-543f5420474e", "file-name"],
    ["telegram-333", "file-name"],
    ["Happy.Dog_42", "file-name"],
    ["a".repeat(128), "file-name"],
    ["a".repeat(129), "not-a-file-name"],
    ["telegram:555", "not-a-file-name"],
    ["user@host", "not-a-file-name"],
    ["s-1.checkpoint.181dcc19-771d-41e2-af3a-543f5420474e", "not-a-file-name"],
    ["s-1.checkpoint.later", "file-name"],
    ["a".repeat(255), "not-a-file-name"],
    ["a".repeat(256), "unsafe"],
    ["", "unsafe"],
    ["-a", "unsafe"],
    ["..", "unsafe"],
    ["../../x", "unsafe"],
    ["a/b", "unsafe"],
    ["a b", "unsafe"],
    ["abc\n", "unsafe"],
    ["é", "unsafe"],
  ])("%j is %s", (id, expected) => {
    expect(classifySessionId(id)).toBe(expected);
  });
});
