import { describe, expect, test } from "vitest";
import { diskWith, planned, repaired, storeOf, textOf, undone, visible } from "../repair-disk.ts";
import { indexOf, trajectory, transcript } from "../transcripts.ts";

const at = Date.UTC(2026, 9, 20, 10);
const rows = {
  "agent:main:main": { sessionId: "s1", updatedAt: at, label: "first" },
  "agent:main:telegram:direct:7": { sessionId: "s2", updatedAt: at + 1, label: "second" },
  "agent:main:cron:nightly": { sessionId: "s3", updatedAt: at + 2, label: "third" },
};
const index = indexOf(rows);
const files = { "s1.jsonl": transcript("s1"), "s2.jsonl": transcript("s2"), "s3.jsonl": transcript("s3") };
const cut = index.slice(0, index.indexOf('"agent:main:telegram'));

async function mended(store: Readonly<Record<string, string | Uint8Array>>) {
  const fs = diskWith({ main: store });
  const before = visible(fs);
  const repair = await repaired(fs, { domains: ["index"] });
  const text = textOf(fs);
  const again = planned(fs, { domains: ["index"], firstId: 500 });
  expect(again.plan.parts.flatMap(({ steps }) => [...steps])).toEqual([]);
  const after = visible(fs);
  if (repair.outcome.operationId !== undefined) await undone(fs);
  expect(visible(fs)).toEqual(before);
  return { text, mends: repair.stores[0]?.mends ?? [], after };
}

const whatOf = (mends: readonly { readonly what: string; readonly key?: string }[]) =>
  mends.map(({ what, key }) => (key === undefined ? what : `${what} ${key}`));

test("a sound store is left alone", async () => {
  const { text, mends } = await mended({ "sessions.json": index, ...files });
  expect(text).toBe(index);
  expect(mends).toEqual([]);
});

test("rows of a cut index are whole bytes; the others come from their transcripts", async () => {
  const { text, mends } = await mended({ "sessions.json": cut, ...files });
  expect(text.startsWith(index.slice(0, cut.lastIndexOf("}") + 1))).toBe(true);
  expect(Object.keys(JSON.parse(text))).toEqual([
    "agent:main:main",
    "agent:main:recovered:s2",
    "agent:main:recovered:s3",
  ]);
  expect(JSON.parse(text)["agent:main:recovered:s2"]).toEqual({
    sessionId: "s2",
    updatedAt: Date.parse("2026-10-20T10:00:05.000Z"),
    sessionStartedAt: at,
    modelProvider: "openai",
    model: "gpt-5",
  });
  expect(mends[1]?.reasons).toEqual(["rebuilt-from:transcript", "key-unknown", "time-from:last-record"]);
});

test("a backup gives back rows byte for byte, an operation's index too; the freshest copy counts", async () => {
  const older = indexOf({ ...rows, "agent:main:telegram:direct:7": { sessionId: "s2", updatedAt: at - 9 } });
  const { text, mends } = await mended({
    "sessions.json": cut,
    "sessions.json.bak.1790000000000": older,
    "sessions.json.bak": index.slice(0, -20),
    ...files,
  });
  expect(JSON.parse(text)).toEqual(rows);
  expect(text).toBe(index);
  expect(mends.slice(1).map(({ reasons }) => reasons)).toEqual([
    ["row-from:sessions.json.bak"],
    ["row-from:sessions.json.bak.1790000000000"],
  ]);
});

test("a row that was removed on purpose stays away: its transcript is gone", async () => {
  const { "s3.jsonl": _gone, ...left } = files;
  const { text } = await mended({ "sessions.json": cut, "sessions.json.bak.1": index, ...left });
  expect(Object.keys(JSON.parse(text))).toEqual(["agent:main:main", "agent:main:telegram:direct:7"]);
});

test("a session that goes on under another key does not come back under its old one", async () => {
  const old = indexOf({ "agent:main:telegram:dm:7": { sessionId: "s1", updatedAt: at } });
  const { text } = await mended({
    "sessions.json": cut,
    "sessions.json.bak.1": old,
    "s1.jsonl": transcript("s1"),
  });
  expect(Object.keys(JSON.parse(text))).toEqual(["agent:main:main"]);
});

test("a missing index is made of trajectories and transcripts; what is no session gets no row", async () => {
  const { text, after } = await mended({
    ...files,
    "s2.trajectory.jsonl": trajectory("agent:main:telegram:direct:7", "s2"),
    "s3.trajectory.jsonl": trajectory("agent:other:main", "s3"),
    "notes.jsonl": '{"note":1}\n',
    "2026-10-20T10-00-00-000Z_s4.jsonl": transcript("s4", { at: "2026-10-20T11:00:00.000Z" }),
    "s5-topic-9.jsonl": `${JSON.stringify({ role: "user", content: "no header" })}\n`,
  });
  const made = JSON.parse(text);
  expect(Object.keys(made)).toEqual([
    "agent:main:recovered:s4",
    "agent:main:recovered:s1",
    "agent:main:telegram:direct:7",
    "agent:main:recovered:s3",
    "agent:main:recovered:s5",
  ]);
  expect(made["agent:main:recovered:s4"]).toMatchObject({ sessionFile: "2026-10-20T10-00-00-000Z_s4.jsonl" });
  expect(made["agent:main:recovered:s5"]).toMatchObject({ sessionId: "s5", sessionFile: "s5-topic-9.jsonl" });
  expect(after.get("main/sessions/sessions.json")?.startsWith("384 ")).toBe(true);
});

test("of several transcripts of one key the freshest has it; the older one is explained by that", async () => {
  const { text } = await mended({
    "old.jsonl": transcript("old", { at: "2026-10-01T10:00:00.000Z" }),
    "old.trajectory.jsonl": trajectory("agent:main:main", "old"),
    "new.jsonl": transcript("new"),
    "new.trajectory.jsonl": trajectory("agent:main:main", "new"),
  });
  expect(Object.entries(JSON.parse(text)).map(([key, row]) => [key, row])).toMatchObject([
    ["agent:main:main", { sessionId: "new" }],
  ]);
});

test("a row cut in half keeps its key and whole fields, and gets its time from the transcript", async () => {
  const at2 = index.indexOf('"updatedAt"', index.indexOf('"agent:main:telegram'));
  const { text, mends } = await mended({ "sessions.json": index.slice(0, at2 + 4), ...files });
  expect(JSON.parse(text)["agent:main:telegram:direct:7"]).toEqual({
    sessionId: "s2",
    updatedAt: Date.parse("2026-10-20T10:00:05.000Z"),
  });
  expect(whatOf(mends)).toContain("row-restored agent:main:telegram:direct:7");
});

const twice = (first: object, second: object) =>
  `{\n  "agent:main:main": ${JSON.stringify(first)},\n  "agent:main:x": {"sessionId": "s3", "updatedAt": 1e12},\n  "agent:main:main": ${JSON.stringify(second)}\n}\n`;

describe("keys that stand there twice", () => {
  test("equal ones are one", async () => {
    const row = { sessionId: "s1", updatedAt: at };
    const { text } = await mended({ "sessions.json": twice(row, row), ...files });
    expect(text).toBe(
      `{\n  "agent:main:x": {"sessionId": "s3", "updatedAt": 1e12},\n  "agent:main:main": {"sessionId":"s1","updatedAt":${at}}\n}\n`,
    );
  });

  test("the freshest keeps the key, another session goes on under a key of its own", async () => {
    const { text, mends } = await mended({
      "sessions.json": twice(
        { sessionId: "s1", updatedAt: at + 9, x: 1 },
        { sessionId: "s2", updatedAt: at, y: 2 },
      ),
      ...files,
    });
    expect(JSON.parse(text)).toEqual({
      "agent:main:main": { sessionId: "s1", updatedAt: at + 9, x: 1 },
      "agent:main:x": { sessionId: "s3", updatedAt: 1e12 },
      "agent:main:recovered:s2": { sessionId: "s2", updatedAt: at, y: 2 },
    });
    expect(text).toContain(`{"sessionId":"s2","updatedAt":${at},"y":2}`);
    expect(whatOf(mends)).toEqual([
      "duplicate-settled agent:main:main",
      "row-kept-beside agent:main:recovered:s2",
    ]);
  });
});

test("an index that was emptied explains too little: its rows come back", async () => {
  const old = BigInt(Date.UTC(2026, 9, 1)) * 1_000_000n;
  const many = Object.fromEntries(
    Array.from({ length: 25 }, (_, n) => [`t${n}.jsonl`, { content: transcript(`t${n}`), mtimeNs: old }]),
  );
  const fs = diskWith({ main: { "sessions.json": "{}", ...many } });
  const repair = await repaired(fs, { domains: ["index"] });
  expect(Object.keys(JSON.parse(textOf(fs)))).toHaveLength(25);
  expect(repair.stores[0]?.base.state).toBe("readable");
  const { plan } = planned(fs, { domains: ["index"], firstId: 500 });
  expect(plan.parts[0]?.steps).toEqual([]);
});

test("a few transcripts that no row names are no damage", async () => {
  const { mends } = await mended({ "sessions.json": "{}", ...files });
  expect(mends).toEqual([]);
});

test.each(["{", "", "\0\0\0", "[]", index.slice(0, -1), `\ufeff${index}`, `${index}trailing`])(
  "nothing is touched unless the index is selected: %#",
  (text) => {
    const fs = diskWith({ main: { "sessions.json": text, ...files } });
    expect(() => planned(fs, { domains: ["keys"] })).toThrow(/the index can't be used/);
  },
);

test("a store that is not there, or has no transcripts, is none", () => {
  expect(() => planned(diskWith({ main: {} }), {})).toThrow(storeOf("main").indexPath);
});
