import { expect, test } from "vitest";
import { openSessionStore } from "../../src/store.ts";
import { indexOf, indexPath, memoryStore } from "./memory-store.ts";

const index = indexOf({ "agent:main:main": { sessionId: "s1" } });
const header = '{"type":"session","version":3,"id":"s1"}\n';

test("the records of a transcript come from either end, without the header and what is no record", async () => {
  const lines = '{"n":1}\n\n[]\n{"n":2}\r\nbroken\n{"n":3}\n{"n":4';
  const { host } = memoryStore({ "sessions.json": index, "s1.jsonl": header + lines });
  const store = await openSessionStore(indexPath, { host });
  const read = await store.read("s1", (transcript) => ({
    newest: [...transcript.newestFirst()].map(({ record }) => record["n"]),
    oldest: [...transcript.oldestFirst()],
  }));
  expect(read?.newest).toEqual([3, 2, 1]);
  expect(read?.oldest.map(({ record }) => record["n"])).toEqual([1, 2, 3]);
  expect(read?.oldest.map(({ at }) => at - header.length)).toEqual([0, 12, 28]);
});

test("there is nothing to read where there is no transcript", async () => {
  const { host } = memoryStore({ "sessions.json": index });
  const store = await openSessionStore(indexPath, { host });
  expect(await store.read("s1", () => "called")).toBeUndefined();
});
