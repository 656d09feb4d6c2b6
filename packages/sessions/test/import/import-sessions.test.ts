import { writeTree } from "@sessionsmith/testkit";
import type { MemoryFs } from "@sessionsmith/testkit";
import { array, assert, asyncProperty, constantFrom } from "fast-check";
import { describe, expect, test } from "vitest";
import { importSessions } from "../../src/import/import-sessions.ts";
import { openExport } from "../../src/import/open-export.ts";
import { diskWith, rowsOf, scopeOn, stateDir, transcript, undone, visible } from "../change/changed-store.ts";
import { exported } from "../export/export-store.ts";

const file = `${stateDir}/export`;

/** Brings an export into the store of the agent `main`, which may hold something already. */
async function imported(text: string, fs: MemoryFs = diskWith({})) {
  writeTree(fs, stateDir, { export: text });
  const scope = scopeOn(fs);
  const read = openExport(scope.host.fs, file);
  if (read === undefined) throw new Error("no export");
  const { answer } = await importSessions(scope, { file, sessions: read.sessions });
  return { fs, answer, troubles: read.troubles };
}

/** The files of a store but for the index, and its rows by key. */
function contentOf(fs: MemoryFs) {
  const { "sessions.json": _index, ...files } = visible(fs);
  return { files, rows: rowsOf(fs) };
}

const odd = [
  '{"type":"session","version":3,"id":"s1","cwd":"/"}\n',
  '{ "type": "message", "n": 1.0, "big": 9007199254740993 }\r\n',
  "\n",
  "{broken\n",
  '{"$base64":"x"}\n',
  "\u2028é\t\n",
  '{"type":"message","id":"1"}',
].join("");

const rows = {
  "agent:main:main": {
    sessionId: "s1",
    updatedAt: 1_790_000_000_000,
    sessionFile: "/elsewhere/s1.jsonl",
    label: "L",
    x: [1, null],
  },
  "agent:main:telegram:group:1:topic:9": { sessionId: "t1", updatedAt: 5, sessionFile: "t1-topic-9.jsonl" },
  "agent:main:cron:a": { sessionId: "c1", updatedAt: 1_790_000_000_002 },
  "agent:main:cron:a:run:1": { sessionId: "c1", updatedAt: 1_790_000_000_001 },
  "agent:main:explicit:e": { sessionId: "e", updatedAt: 6 },
};
const files = { "s1.jsonl": odd, "t1-topic-9.jsonl": transcript("t1"), "c1.jsonl": transcript("c1") };
const store = () => diskWith({ rows, files });

describe.each(["json", "jsonl"] as const)("an export as %s", (format) => {
  test("comes back whole: every byte of the transcripts, ids, times and fields", async () => {
    const { fs, answer, troubles } = await imported(exported(store(), format));
    expect({ troubles, added: answer.added }).toEqual({ troubles: [], added: 5 });
    const { "agent:main:main": main, ...others } = rows;
    const { sessionFile: _absolute, ...kept } = main;
    expect(contentOf(fs)).toEqual({ files, rows: { ...others, "agent:main:main": kept } });
  });

  test("a byte order mark in front changes nothing", async () => {
    const { fs, answer, troubles } = await imported(`\ufeff${exported(store(), format)}`);
    expect({ troubles, added: answer.added }).toEqual({ troubles: [], added: 5 });
    expect(contentOf(fs).files).toEqual(files);
  });

  test("what is there already is passed over, also if the conversation went on", async () => {
    const text = exported(store(), format);
    const fs = diskWith({
      rows,
      files: {
        ...files,
        "c1.jsonl": `${files["c1.jsonl"]}{"more":1}
`,
      },
    });
    const before = visible(fs);
    const { answer } = await imported(text, fs);
    expect(answer).toMatchObject({ added: 0, alreadyThere: 5, operationId: null });
    expect(visible(fs)).toEqual(before);
  });

  test("what is taken gets a new id and a key made of it, and nothing in the store changes", async () => {
    const fs = diskWith({
      rows: { "agent:main:main": { sessionId: "s1", updatedAt: 9, label: "L" } },
      files: { "s1.jsonl": transcript("s1") },
    });
    const { answer } = await imported(exported(store(), format, { session: "agent:main:main" }), fs);
    const [one] = answer.sessions;
    const id = one?.sessionId ?? "";
    expect(one).toMatchObject({
      fromKey: "agent:main:main",
      key: `agent:main:explicit:${id}`,
      changes: ["new-id", "new-key", "label-dropped"],
    });
    const now = visible(fs);
    expect(now["s1.jsonl"]).toBe(transcript("s1"));
    expect(now[`${id}.jsonl`]).toBe(odd.replace('"id":"s1"', `"id":"${id}"`));
    expect(rowsOf(fs)["agent:main:main"]).toEqual({ sessionId: "s1", updatedAt: 9, label: "L" });
    await undone(fs, answer.operationId ?? undefined);
    expect(Object.keys(visible(fs)).toSorted()).toEqual(["s1.jsonl", "sessions.json"]);
  });

  test("rows that share a session get keys of their own if both keys are taken", async () => {
    const shared = {
      "agent:main:cron:a": rows["agent:main:cron:a"],
      "agent:main:cron:a:run:1": rows["agent:main:cron:a:run:1"],
    };
    const from = diskWith({ rows: shared, files: { "c1.jsonl": files["c1.jsonl"] } });
    const fs = diskWith({
      rows: {
        "agent:main:cron:a": { sessionId: "x1", updatedAt: 1 },
        "agent:main:cron:a:run:1": { sessionId: "x2", updatedAt: 1 },
      },
    });
    const { answer } = await imported(exported(from, format), fs);
    expect(answer.sessions.map(({ sessionId }) => sessionId)).toEqual(["c1", "c1"]);
    expect(new Set(answer.sessions.map(({ key }) => key)).size).toBe(2);
    expect(Object.keys(rowsOf(fs))).toHaveLength(4);
  });

  test("without its secrets it is not brought in", async () => {
    await expect(imported(exported(store(), format, { redact: true }))).rejects.toMatchObject({
      code: "E_REFUSED",
    });
  });

  test("any bytes of a transcript come back", async () => {
    const text = array(
      constantFrom(
        "{",
        "}",
        '"',
        "\n",
        "\r\n",
        "\\",
        "a",
        " ",
        "[1]",
        '{"a":1}',
        '{"type":"session","id":"s"}\n',
        "\u0000",
        "\ud800",
        "💥",
      ),
      { maxLength: 12 },
    );
    await assert(
      asyncProperty(text, async (pieces) => {
        // A lone surrogate has no bytes of its own on a disk.
        const bytes = Buffer.from(pieces.join(""), "utf8").toString("utf8");
        const from = diskWith({
          rows: { "agent:main:main": { sessionId: "s", updatedAt: 1 } },
          files: { "s.jsonl": bytes },
        });
        const { fs } = await imported(exported(from, format));
        expect(visible(fs)["s.jsonl"]).toBe(bytes);
      }),
      { numRuns: 60 },
    );
  });
});

/** An export of these sessions, one after the other. */
function exportOf(
  ...sessions: { readonly agentId: string; readonly key: string; readonly said: readonly string[] }[]
): string {
  return JSON.stringify({
    format: "sessionsmith-export",
    version: 1,
    sessions: sessions.map(({ agentId, key, said }) => ({
      key,
      agentId,
      entry: { sessionId: "same", updatedAt: 1 },
      transcript: {
        name: "same.jsonl",
        lines: [{ type: "session", version: 3, id: "same" }, ...said.map((content) => ({ content }))],
      },
    })),
  });
}

describe("sessions of one export that have the same id", () => {
  const key = "agent:main:explicit:s";
  const older = { agentId: "main", key, said: ["day one"] };
  const newer = { agentId: "main", key, said: ["day one", "day two"] };

  test.each([key, "agent:work:explicit:other"])(
    "of two agents: each keeps its conversation, also under %s",
    async (otherKey) => {
      const other = { agentId: "work", key: otherKey.replace("main", "work"), said: ["to work"] };
      const { fs, answer } = await imported(exportOf(older, other));
      const [first, second] = answer.sessions;
      expect([first?.changes, second?.changes[0], answer.added]).toEqual([[], "new-id", 2]);
      const now = visible(fs);
      expect(now["same.jsonl"]).toContain("day one");
      expect(now[`${second?.sessionId}.jsonl`]).toContain("to work");
      expect(now[`${second?.sessionId}.jsonl`]).toContain(`"id":"${second?.sessionId}"`);
      expect(rowsOf(fs)[second?.key ?? ""]).toMatchObject({ sessionId: second?.sessionId });
    },
  );

  test("of two agents, with the same conversation: they don't share a transcript", async () => {
    const { fs } = await imported(
      exportOf(older, { ...older, agentId: "work", key: "agent:work:explicit:s" }),
    );
    expect(Object.keys(contentOf(fs).files)).toHaveLength(2);
  });

  test("an older state and then a newer one: both are brought in, and nothing is shared", async () => {
    const { fs, answer } = await imported(exportOf(older, newer));
    const [, second] = answer.sessions;
    expect(second).toMatchObject({ outcome: "add", changes: ["new-id", "new-key"] });
    expect(visible(fs)["same.jsonl"]).not.toContain("day two");
    expect(visible(fs)[`${second?.sessionId}.jsonl`]).toContain("day two");
  });

  test.each([
    ["a newer state and then an older one", older],
    ["the same one twice", newer],
  ])("%s: the second is there already", async (_name, second) => {
    const { fs, answer } = await imported(exportOf(newer, second));
    expect(answer).toMatchObject({ added: 1, alreadyThere: 1 });
    expect(Object.keys(rowsOf(fs))).toEqual([key]);
    expect(Object.keys(contentOf(fs).files)).toEqual(["same.jsonl"]);
    expect(visible(fs)["same.jsonl"]).toContain("day two");
  });

  const work = { agentId: "work", key: "agent:work:explicit:s", said: ["to work"] };
  const twin = { ...older, key: "agent:main:explicit:t" };
  const theirs = { [key]: { sessionId: "same", updatedAt: 9 } };
  const bothTaken = {
    [key]: { sessionId: "x1", updatedAt: 9 },
    [twin.key]: { sessionId: "x2", updatedAt: 9 },
  };

  test.each<[string, string, Readonly<Record<string, object>>]>([
    ["of two agents", exportOf(older, work), {}],
    ["of two agents, with the same conversation", exportOf(older, { ...work, said: older.said }), {}],
    ["an older state and then a newer one", exportOf(older, newer), {}],
    ["whose id the store has for another", exportOf(newer, older, work), theirs],
    ["of rows that share one, whose keys are taken", exportOf(older, twin), bothTaken],
    [
      "of rows that share one, whose id and keys are taken",
      exportOf(older, twin),
      { ...theirs, ...bothTaken },
    ],
  ])("%s: brought in again, they are there", async (_name, text, rowsBefore) => {
    const fs = diskWith({ rows: rowsBefore });
    const first = await imported(text, fs);
    expect(first.answer.added).toBeGreaterThan(0);
    const before = visible(fs);
    fs.unlink(file);
    const again = await imported(text, fs);
    expect(again.answer).toMatchObject({ added: 0, operationId: null });
    expect(visible(fs)).toEqual(before);
  });

  test("a repeated session whose id the store has for another is brought in once", async () => {
    const fs = diskWith({
      rows: { [key]: { sessionId: "same", updatedAt: 9 } },
      files: { "same.jsonl": "{}\n" },
    });
    const { answer } = await imported(exportOf(newer, older), fs);
    const [first, second] = answer.sessions;
    expect([first?.outcome, second?.outcome]).toEqual(["add", "there"]);
    expect([second?.key, second?.sessionId]).toEqual([first?.key, first?.sessionId]);
  });
});

describe("a damaged export", () => {
  const text = exported(store(), "jsonl");

  test("cut anywhere: every session that came in is whole, the rest is named", async () => {
    for (let end = text.indexOf("\n") + 1; end < text.length; end += 61) {
      // oxlint-disable-next-line no-await-in-loop -- one cut after the other
      const { fs, troubles } = await imported(text.slice(0, end));
      expect(troubles.length).toBeGreaterThan(0);
      for (const [name, content] of Object.entries(contentOf(fs).files))
        expect({ name, content }).toEqual({ name, content: new Map(Object.entries(files)).get(name) });
    }
  });

  test("a line that is no part of it, and lines that are missing, spoil only their session", async () => {
    const lines = text.split("\n");
    const at = lines.findIndex((line) => line.includes("agent:main:main"));
    const spoiled = [...lines.slice(0, at + 1), "nonsense", ...lines.slice(at + 2)].join("\n");
    const { answer, troubles } = await imported(spoiled);
    expect(answer.added).toBe(4);
    expect(troubles).toEqual([{ line: at + 1, problem: "the line can't be understood" }]);
  });

  test("one document that was cut is refused as a whole", async () => {
    const whole = exported(store(), "json");
    await expect(imported(whole.slice(0, -5))).rejects.toMatchObject({ code: "E_CONFIG" });
    await expect(imported(whole.replace('"version": 1', '"version": 2'))).rejects.toMatchObject({
      code: "E_CONFIG",
    });
  });

  test.each([
    ["../../../etc/s.jsonl", "s.jsonl"],
    ["s-topic-../../../etc/x.jsonl", "s.jsonl"],
    ["s-topic-a\\b.jsonl", "s.jsonl"],
    [`s-topic-${"x".repeat(300)}.jsonl`, "s.jsonl"],
    ["sessions.json", "s.jsonl"],
    ["s.trajectory.jsonl", "s.jsonl"],
    ["s-topic-9.jsonl", "s-topic-9.jsonl"],
  ])("a transcript that calls itself %j is written as %j", async (name, expected) => {
    const record = { key: "agent:main:explicit:s", agentId: "main", entry: { sessionId: "s", updatedAt: 1 } };
    const values = [
      { format: "sessionsmith-export", version: 1 },
      { session: { ...record, transcript: { name } } },
      { line: { type: "session", version: 3, id: "s" } },
      { end: { lines: 1, complete: true, unterminated: false } },
      { done: { sessions: 1 } },
    ];
    const { fs } = await imported(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
    expect(Object.keys(contentOf(fs).files)).toEqual([expected]);
  });

  test.each(["../../x", "a/b", "", "x".repeat(300), "A B"])(
    "the id %j is none: it gets a new one",
    async (sessionId) => {
      const entry = { sessionId, updatedAt: 1 };
      const document = {
        format: "sessionsmith-export",
        version: 1,
        sessions: [
          {
            key: `agent:main:${"k".repeat(2000)}`,
            agentId: "main",
            entry,
            transcript: { name: `${sessionId}.jsonl`, lines: [""] },
          },
        ],
      };
      const { fs, answer } = await imported(JSON.stringify(document));
      const [one] = answer.sessions;
      expect(one?.changes).toEqual(["new-id", "new-key"]);
      expect(Object.keys(contentOf(fs).files)).toEqual([`${one?.sessionId}.jsonl`]);
    },
  );

  test("a record that is nested deeply comes back, from either form", async () => {
    const deep = `${'{"a":'.repeat(230)}1${"}".repeat(230)}\n`;
    const from = diskWith({
      rows: { "agent:main:main": { sessionId: "s", updatedAt: 1 } },
      files: { "s.jsonl": deep },
    });
    for (const format of ["json", "jsonl"] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one form after the other
      const { fs, troubles } = await imported(exported(from, format));
      expect(troubles).toEqual([]);
      expect(contentOf(fs).files).toEqual({ "s.jsonl": deep });
    }
  });

  test("something else is no export", () => {
    for (const other of ["", "{}", transcript("s"), '{"a":1}\n{"b":2}']) {
      const fs = diskWith({});
      writeTree(fs, stateDir, { export: other });
      expect(openExport(fs, file)).toBeUndefined();
    }
  });

  test("a directory, and a file that can't be read, are told as such", () => {
    const fs = diskWith({});
    expect(() => openExport(fs, stateDir)).toThrow(expect.objectContaining({ code: "E_USAGE" }));
    const denied = Object.assign(new Error("EACCES"), { code: "EACCES" });
    const failing: typeof fs = Object.assign(Object.create(fs), {
      withFile: () => {
        throw denied;
      },
    });
    expect(() => openExport(failing, file)).toThrow(
      expect.objectContaining({ code: "E_IO", details: { path: file, errno: "EACCES" } }),
    );
  });
});
