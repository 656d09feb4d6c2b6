import { expect, test } from "vitest";
import { uuidOf } from "../../src/model/uuid-of.ts";

test("the same value makes the same UUID, any other another one", () => {
  expect(uuidOf(["L1", ".sessions/a.json", "a"])).toBe(uuidOf(["L1", ".sessions/a.json", "a"]));
  const ids = [["a", "b"], ["ab"], ["a", "b", null], "a", null].map(uuidOf);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("ids of earlier migrations are found again", () => {
  expect(uuidOf(["L5", ".sessions/telegram-555.jsonl", "telegram:555"])).toBe(
    "6f5d6b24-1c15-5b9b-9482-935c451b68bc",
  );
});
