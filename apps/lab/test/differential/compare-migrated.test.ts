import { expect, test } from "vitest";
import { compareMigrated, type CountedRow } from "../../src/differential/migrated-row.ts";

const now = 1_795_291_200_000;
const row: CountedRow = {
  key: "agent:main:main",
  agentId: "main",
  sessionId: "s1",
  ageMs: 1000,
  action: "keep",
  messages: 2,
  isManaged: false,
};

test("equal rows do not differ", () => {
  expect(compareMigrated([row], [row], now)).toEqual([]);
});

test.each([
  ["only one program lists it", { key: "agent:main:other" }, [undefined, undefined]],
  ["another age", { ageMs: 2000 }, [undefined]],
  ["the age of a time that is not in ms", { ageMs: now - 1000 }, ["odd-time"]],
  ["another id", { sessionId: "s2" }, [undefined]],
  ["removed with its messages", { action: "prune-missing" }, [undefined, undefined]],
])("%s", (_, change, causes) => {
  expect(compareMigrated([row], [{ ...row, ...change }], now).map(({ cause }) => cause)).toEqual(causes);
});

test("a session that both would remove must have no messages", () => {
  expect(causesOfRemoval({})).toEqual([undefined]);
  expect(causesOfRemoval({ messages: 0 })).toEqual([]);
});

function causesOfRemoval(content: Partial<CountedRow>) {
  const removed = { ...row, action: "prune-missing", ...content };
  return compareMigrated([removed], [removed], now).map(({ cause }) => cause);
}
