import { expect, test } from "vitest";
import { hasFormOfUuidOf, uuidOf } from "../../src/model/uuid-of.ts";

test("the same value makes the same UUID, any other another one", () => {
  expect(uuidOf(["L1", ".sessions/a.json", "a"])).toBe(uuidOf(["L1", ".sessions/a.json", "a"]));
  const ids = [["a", "b"], ["ab"], ["a", "b", null], "a", null].map(uuidOf);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every(hasFormOfUuidOf)).toBe(true);
});

test("ids of earlier migrations are found again", () => {
  expect(uuidOf(["L5", ".sessions/telegram-555.jsonl", "telegram:555"])).toBe(
    "6f5d6b24-1c15-5b9b-9482-935c451b68bc",
  );
});

test.each([
  "session-1",
  "6f5d6b24-1c15-4b9b-9482-935c451b68bc",
  "6f5d6b24-1c15-5b9b-c482-935c451b68bc",
  "6F5D6B24-1C15-5B9B-9482-935C451B68BC",
  "6f5d6b24-1c15-5b9b-9482-935c451b68bc0",
])("%s is none that is made of a value", (text) => {
  expect(hasFormOfUuidOf(text)).toBe(false);
});
