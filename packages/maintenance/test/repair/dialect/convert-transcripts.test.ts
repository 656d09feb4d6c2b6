import { expect, test } from "vitest";
import { mendedStore } from "../mended-store.ts";
import { diskWith, planned, repaired, storeOf, textOf } from "../repair-disk.ts";
import { indexOf, transcript } from "../transcripts.ts";

const at = Date.UTC(2026, 9, 20, 10);
const python = { session_id: "s1", updated_at: at, session_file: "s1.jsonl" };
const asked = '{"role":"user","content":"hello","timestamp":"2026-10-20T09:59:00"}\n';
const answered = '{"role":"assistant","content":"hi","timestamp":"2026-10-20T09:59:05","mood":7}\n';
const dialect = { domains: ["dialect"] } as const;

/** What a disk's transcript holds, record by record. */
function records(text: string): readonly Record<string, unknown>[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

async function converted(content: string, more: Readonly<Record<string, string>> = {}) {
  const fs = diskWith({ main: { "sessions.json": indexOf({ k: python }), "s1.jsonl": content, ...more } });
  const { stores } = await repaired(fs, dialect);
  const [store] = stores;
  return { fs, text: textOf(fs, "s1.jsonl"), mends: store?.mends ?? [], unmended: store?.unmended ?? [] };
}

test("bare messages become a linked transcript; a field that has no place is kept behind its message", async () => {
  const { text, mends } = await converted(asked + answered);
  const [header, provenance, question, answer, kept] = records(text);
  expect(header).toEqual({ type: "session", version: 3, id: "s1", timestamp: "2026-10-20T09:59:00.000Z" });
  expect(provenance).toMatchObject({ customType: "sessionsmith.migrated", parentId: null });
  expect(question).toMatchObject({
    type: "message",
    parentId: provenance?.["id"],
    timestamp: "2026-10-20T09:59:00.000Z",
    message: { role: "user", content: "hello" },
  });
  expect(answer).toMatchObject({ parentId: question?.["id"], message: { role: "assistant" } });
  expect(kept).toMatchObject({ data: { message: answer?.["id"], fields: { mood: 7 } } });
  expect(mends.map(({ what, key, count, reasons }) => [what, key, count, reasons])).toEqual([
    ["row-converted", "k", undefined, ["entry-snake-case"]],
    ["transcript-converted", "k", 2, ["messages-bare", "transcript-header-missing"]],
  ]);
});

test("it is undone to the byte, a second repair finds nothing, and it is all one run of everything", async () => {
  const files = { "sessions.json": indexOf({ k: python }), "s1.jsonl": `${asked}${answered}{"role":"us` };
  const { after, mends } = await mendedStore(files, {});
  expect([...after.keys()].filter((path) => path.endsWith(".damaged.1"))).toHaveLength(1);
  expect(mends.filter(({ domain }) => domain === "transcripts")).toEqual([]);
});

test("a fraction of a millisecond in a row's time is cut off", async () => {
  const row = { ...python, sessionStartedAt: at + 0.5 };
  const content = '{"type":"session","version":3,"id":"s1","cwd":"/w"}\n{"role":"user","content":"hello"}\n';
  const fs = diskWith({ main: { "sessions.json": indexOf({ k: row }), "s1.jsonl": content } });
  await repaired(fs, dialect);
  const stamps = records(textOf(fs, "s1.jsonl")).map(({ timestamp }) => timestamp);
  expect(new Set(stamps)).toEqual(new Set([new Date(at).toISOString()]));
});

test("a header that is there keeps its fields, and its time is that of messages without one", async () => {
  const header = `{"type":"session","id":"s1","timestamp":"2026-10-20T09:00:00Z","cwd":"/w","parentSession":"p"}\n`;
  const [first, , message] = records((await converted(`${header}{"role":"user","content":"hello"}\n`)).text);
  expect(first).toEqual({
    type: "session",
    version: 3,
    id: "s1",
    timestamp: "2026-10-20T09:00:00.000Z",
    cwd: "/w",
    parentSession: "p",
  });
  expect(message).toMatchObject({ timestamp: "2026-10-20T09:00:00.000Z" });
});

test("messages that stand on one line, and bytes between them, lose nothing", async () => {
  const { text, fs } = await converted(`${asked.trimEnd()}\0\0${answered}`);
  expect(records(text).filter(({ type }) => type === "message")).toHaveLength(2);
  expect(textOf(fs, "s1.jsonl.damaged.1")).toBe("\0\0\n");
});

test("the same transcript becomes the same bytes, wherever and whenever it is converted", async () => {
  const [one, two] = [await converted(asked + answered), await converted(asked + answered)];
  expect(one.text).toBe(two.text);
});

test.each<[string, string, Readonly<Record<string, string>>, readonly (readonly string[])[]]>([
  ["that goes on with records of OpenClaw", asked + transcript("s1"), {}, [["holds-other-records"]]],
  ["of OpenClaw", transcript("s1"), {}, []],
  ["of a newer version", `{"type":"session","version":4,"id":"s1"}\n${asked}`, {}, []],
  ["without a message", '{"what":"ever"}\n', {}, []],
  ["that is empty", "", {}, []],
])("a transcript %s stays as it is", async (_name, content, more, reasons) => {
  const { text, unmended } = await converted(content, more);
  expect(text).toBe(content);
  expect(unmended.map((one) => one.reasons)).toEqual(reasons);
});

test("one that has a further name stays", () => {
  const fs = diskWith({ main: { "sessions.json": indexOf({ k: python }), "s1.jsonl": asked } });
  const { sessionsDir } = storeOf("main");
  fs.link(`${sessionsDir}/s1.jsonl`, `${sessionsDir}/s1.jsonl.bak`);
  const [store] = planned(fs, dialect).stores;
  expect(store?.unmended).toEqual([
    { domain: "dialect", what: "transcript-bare", file: "s1.jsonl", reasons: ["has-further-names"] },
  ]);
  expect(store?.steps).toEqual([]);
});

test("one whose row was overwritten is converted too; a list of anything else is nobody's business", async () => {
  const others = { "s2.jsonl": asked + answered, "list.jsonl": '{"content":"a word"}\n' };
  const { fs } = await converted(asked, others);
  expect(records(textOf(fs, "s2.jsonl"))[0]).toMatchObject({ type: "session", version: 3, id: "s2" });
  expect(textOf(fs, "list.jsonl")).toBe(others["list.jsonl"]);
});
