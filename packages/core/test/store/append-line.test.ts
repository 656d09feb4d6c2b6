import { failAt, memoryFs, shortWriteAt } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { appendTranscriptLine, readFirstUserMessage, readTranscriptPreview } from "../../src/store.ts";
import { isStoreError } from "../../src/store-error.ts";
import { indexOf, indexPath, memoryStore, sessionsDir, textAt } from "./memory-store.ts";

const address = { storePath: indexPath, sessionId: "s1" };
const header =
  '{"type":"session","version":3,"id":"s1","timestamp":"2026-11-20T12:00:00.000Z","cwd":"/bot"}\n';
const line = { type: "message", id: "1", message: { role: "user", content: "Grüße" } };
const lineText = `${JSON.stringify(line)}\n`;
const index = (row: object = {}) => indexOf({ "agent:main:main": { sessionId: "s1", ...row } });
const old = `${header}{"type":"custom"}\n`;

describe("a line for a transcript", () => {
  test("makes the file, with a header first, mode 0600, and both synced", async () => {
    const { fs, host, text } = memoryStore({ "sessions.json": index() });
    await appendTranscriptLine(address, line, { host, cwd: "/bot" });
    expect(text("s1.jsonl")).toBe(header + lineText);
    expect(fs.lstat(`${sessionsDir}/s1.jsonl`)?.mode).toBe(0o600);
    const calls = fs.calls.filter(
      ({ path, mutation }) => mutation !== undefined && !path.includes(".sessionsmith"),
    );
    expect(calls.map(({ name, path }) => `${name} ${path.slice(sessionsDir.length)}`)).toEqual([
      "create /s1.jsonl",
      "fsync ",
      "write /s1.jsonl",
      "write /s1.jsonl",
      "fsync /s1.jsonl",
    ]);
  });

  test("is one system call where the file is there", async () => {
    const { fs, host, text } = memoryStore({ "sessions.json": index(), "s1.jsonl": old });
    await appendTranscriptLine(address, line, { host, fsync: "never" });
    expect(text("s1.jsonl")).toBe(old + lineText);
    expect(fs.calls.flatMap(({ name, mutation }) => (mutation === undefined ? [] : [name]))).toEqual([
      "write",
    ]);
  });

  test("goes where the row says", async () => {
    const { host, names } = memoryStore({ "sessions.json": index({ sessionFile: "s1-topic-7.jsonl" }) });
    await appendTranscriptLine(address, line, { host });
    expect(names()).toEqual(["s1-topic-7.jsonl", "sessions.json"]);
  });

  test("goes to the file that is there, also if the row names it under a former directory", async () => {
    const sessionFile = "/former/place/s1-topic-7.jsonl";
    const { host, text } = memoryStore({ "sessions.json": index({ sessionFile }), "s1-topic-7.jsonl": old });
    await appendTranscriptLine(address, line, { host });
    expect(text("s1-topic-7.jsonl")).toBe(old + lineText);
  });

  test.each([
    ["outside", indexOf({ a: { sessionId: "s1", sessionFile: "/home/user/other.jsonl" } })],
    ["the index", indexOf({ a: { sessionId: "s1", sessionFile: "sessions.json" } })],
    ["two files", indexOf({ a: { sessionId: "s1" }, b: { sessionId: "s1", sessionFile: "b.jsonl" } })],
  ])("is refused if the row names %s", async (_name, text) => {
    const { fs, host, put } = memoryStore({ "sessions.json": text });
    put({ "../../../../other.jsonl": "x" });
    await expect(appendTranscriptLine(address, line, { host })).rejects.toMatchObject({ code: "E_REFUSED" });
    expect(fs.mutations()).toBe(0);
  });

  test.each(["../x", "", "a\0b"])("is refused for the session id %j", async (sessionId) => {
    const { host } = memoryStore({ "sessions.json": "{}" });
    await expect(
      appendTranscriptLine({ storePath: indexPath, sessionId }, line, { host }),
    ).rejects.toMatchObject({
      code: "E_USAGE",
    });
  });

  test("is refused if the transcript is a link or has a further name", async () => {
    const { host, put } = memoryStore({
      "sessions.json": index(),
      "s1.jsonl": { symlink: "x.jsonl" },
      "x.jsonl": "",
    });
    await expect(appendTranscriptLine(address, line, { host })).rejects.toMatchObject({ code: "E_IO" });
    put({ "s1.jsonl": { hardLink: "x.jsonl" } });
    await expect(appendTranscriptLine(address, line, { host })).rejects.toMatchObject({ code: "E_REFUSED" });
  });

  test("must be JSON", async () => {
    const { host } = memoryStore({ "sessions.json": index() });
    const call = { host };
    await expect(appendTranscriptLine(address, { n: Number.NaN }, call)).rejects.toThrow("line.n is NaN");
  });
});

describe("lines that come together", () => {
  test("share one sync, and keep their order", async () => {
    const { fs, host, text } = memoryStore({ "sessions.json": index(), "s1.jsonl": old });
    await Promise.all([1, 2, 3].map((n) => appendTranscriptLine(address, { n }, { host, fsync: "batch" })));
    expect(text("s1.jsonl")).toBe(`${old}{"n":1}\n{"n":2}\n{"n":3}\n`);
    expect(fs.calls.filter(({ name }) => name === "fsync").length).toBe(1);
    await appendTranscriptLine(address, { n: 4 }, { host, fsync: "batch" });
    expect(text("s1.jsonl")).toMatch(/\{"n":4\}\n$/);
  });
});

describe("the torn end of a transcript", () => {
  const torn = `${sessionsDir}/.sessionsmith/torn/s1.jsonl`;

  test.each([
    ["half a record", old, '{"type":"mes', old],
    ["NUL bytes", old, "\0\0\0", old],
    ["half a record and NUL bytes", old, '{"typ\0\0', old],
    ["a record, and then NUL bytes", `${old}{"a":1}`, "\0\0", `${old}{"a":1}\n`],
    ["half a header", "", '{"type":"sess', header],
    ["half a header after a blank line", "\n", '{"type":"sess', `\n${header}`],
    ["nothing but NUL bytes", "", "\0\0\0\0", header],
  ])("is moved aside: %s", async (_name, before, tail, expected) => {
    const { fs, host, text } = memoryStore({ "sessions.json": index(), "s1.jsonl": before + tail });
    await appendTranscriptLine(address, line, { host, cwd: "/bot" });
    expect(text("s1.jsonl")).toBe(expected + lineText);
    const [kept = ""] = fs.readdir(torn) ?? [];
    expect(kept).toMatch(new RegExp(`^${Buffer.byteLength(before)}-[0-9a-f-]{36}$`));
    expect([textAt(fs, `${torn}/${kept}`), fs.lstat(`${torn}/${kept}`)?.mode]).toEqual([tail, 0o600]);
  });

  test.each([
    ["a whole record", '{"a":1}', '{"a":1}\n'],
    ["a whole record with a blank", '{"a":1} ', '{"a":1} \n'],
    ["a line that is no record, but whole", "oops\n", "oops\n"],
    ["a blank line", "\n", "\n"],
  ])("stays: %s", async (_name, tail, expected) => {
    const { fs, host, text } = memoryStore({ "sessions.json": index(), "s1.jsonl": old + tail });
    await appendTranscriptLine(address, line, { host });
    expect(text("s1.jsonl")).toBe(old + expected + lineText);
    expect(fs.readdir(torn)).toBeUndefined();
  });

  test("an empty file gets a header", async () => {
    const { host, text } = memoryStore({ "sessions.json": index(), "s1.jsonl": "" });
    await appendTranscriptLine(address, line, { host, cwd: "/bot" });
    expect(text("s1.jsonl")).toBe(header + lineText);
  });
});

/** Numbers of the calls of an append to a transcript of this text. */
async function callsOf(transcript: string | undefined): Promise<readonly number[]> {
  const files = transcript === undefined ? {} : { "s1.jsonl": transcript };
  const { fs, host } = memoryStore({ "sessions.json": index(), ...files });
  await appendTranscriptLine(address, line, { host });
  return fs.calls.map(({ number }) => number);
}

/** What came of an append on a disk that failed. */
interface Outcome {
  readonly error: unknown;
  readonly found: string | undefined;
  readonly mode: "once" | "from-then-on";
  readonly transcript: string | undefined;
}

function wrongWith({ error, found, mode, transcript }: Outcome): readonly string[] {
  const whole = `${transcript === undefined ? header : old}${lineText}`;
  if (error === undefined) return found === whole ? [] : ["no error, and no line"];
  if (!isStoreError(error)) return ["no StoreError"];
  if (!error.message.includes("Nothing was changed"))
    return mode === "from-then-on" ? [] : ["not taken back"];
  return [undefined, "", transcript, old].includes(found) ? [] : ["changed, and not said"];
}

describe("a disk that fails", () => {
  test.each([
    ["an old transcript", old],
    ["a torn transcript", `${old}{"ty`],
    ["no transcript", undefined],
  ])("leaves all that was, and no line, at every call: %s", async (_name, transcript) => {
    for (const n of await callsOf(transcript)) {
      for (const errno of ["ENOSPC", "EIO"]) {
        for (const mode of ["once", "from-then-on"] as const) {
          const files = transcript === undefined ? {} : { "s1.jsonl": transcript };
          const fs = memoryFs({ fault: failAt(n, errno, mode) });
          const { host } = memoryStore({ "sessions.json": index(), ...files }, {}, fs);
          // oxlint-disable-next-line no-await-in-loop -- one failure after the other
          const error = await appendTranscriptLine(address, line, { host, cwd: "/bot" }).catch(
            (reason: unknown) => reason,
          );
          const found = textAt(fs.otherProcess(), `${sessionsDir}/s1.jsonl`);
          expect({ n, errno, wrong: wrongWith({ error, found, mode, transcript }) }).toMatchObject({
            wrong: [],
          });
        }
      }
    }
  });

  test("a short write is finished", async () => {
    for (const n of await callsOf(old)) {
      const fs = memoryFs({ fault: shortWriteAt(n, "from-then-on") });
      const { host, text } = memoryStore({ "sessions.json": index(), "s1.jsonl": old }, {}, fs);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await appendTranscriptLine(address, line, { host });
      expect(text("s1.jsonl")).toBe(old + lineText);
    }
  });
});

const lock = (pid: number) => ({
  "s1.jsonl.lock": JSON.stringify({ pid, createdAt: "2026-11-20T11:59:00.000Z", maxHoldMs: 300_000 }),
});

describe("OpenClaw's lock of a transcript", () => {
  const processes = {
    pid: 1,
    state: (pid: number) => (pid === 77 ? "alive" : "dead"),
    startTicks: () => undefined,
    bootId: "boot",
    hostName: "host",
  } as const;

  test("is waited for, and the error names the holder", async () => {
    const { host, clock, names } = memoryStore({ "sessions.json": index(), ...lock(77) }, { processes });
    const begun = clock.nowMs;
    const refused = appendTranscriptLine(address, line, { host });
    await expect(refused).rejects.toMatchObject({ code: "E_LOCKED", details: { pid: 77 } });
    await expect(appendTranscriptLine(address, line, { host })).rejects.toThrow(
      "process 77 since 2026-11-20T11:59:00.000Z",
    );
    expect(clock.nowMs - begun).toBe(20_000);
    expect(names()).not.toContain("s1.jsonl");
  });

  test("lets a line through as soon as it is gone", async () => {
    const store = memoryStore({ "sessions.json": index(), ...lock(77) }, { processes });
    const sleep = async () => store.fs.otherProcess().unlink(`${sessionsDir}/s1.jsonl.lock`);
    await appendTranscriptLine(address, line, { host: { ...store.host, sleep } });
    expect(store.text("s1.jsonl")).toContain(lineText);
  });

  test("of a dead holder holds nobody up, and is left alone", async () => {
    const { host, names } = memoryStore({ "sessions.json": index(), ...lock(78) }, { processes });
    await appendTranscriptLine(address, line, { host });
    expect(names()).toEqual(["s1.jsonl", "s1.jsonl.lock", "sessions.json"]);
  });
});

test("what was appended can be read again", async () => {
  const { host } = memoryStore({ "sessions.json": index() });
  await appendTranscriptLine(address, line, { host });
  await appendTranscriptLine(
    address,
    { type: "message", message: { role: "assistant", content: "Ja" } },
    { host },
  );
  const shown = { limit: 5, maxChars: 3 };
  await expect(readTranscriptPreview(address, shown, { host })).resolves.toEqual([
    { role: "user", text: "Grü" },
    { role: "assistant", text: "Ja" },
  ]);
  await expect(readFirstUserMessage(address, { maxChars: 9 }, { host })).resolves.toEqual({
    role: "user",
    text: "Grüße",
  });
  for (const query of [
    { limit: 0, maxChars: 1 },
    { limit: 1, maxChars: -1 },
    { limit: 1.5, maxChars: 1 },
  ]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(readTranscriptPreview(address, query, { host })).rejects.toMatchObject({ code: "E_USAGE" });
  }
});

const numbered = (last: { readonly n?: unknown } | undefined) => ({
  type: "n",
  n: Number(last?.n ?? 0) + 1,
});
const numbers = (text: string | undefined) =>
  (text ?? "")
    .trim()
    .split("\n")
    .map((each) => Number(JSON.parse(each).n ?? 0));

describe("a line that is made of the one before", () => {
  test.each(["always", "batch", "never"] as const)("gets the last record, with fsync %s", async (fsync) => {
    const { host, text } = memoryStore({ "sessions.json": index() });
    const add = () => appendTranscriptLine(address, numbered, { host, fsync });
    await add();
    await Promise.all([add(), add(), add()]);
    await add();
    expect(numbers(text("s1.jsonl"))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("does not get the torn one", async () => {
    const torn = `${header}{"type":"n","n":7}\n{"type":"n","n":8`;
    const { host, text } = memoryStore({ "sessions.json": index(), "s1.jsonl": torn });
    await appendTranscriptLine(address, numbered, { host });
    expect(numbers(text("s1.jsonl"))).toEqual([0, 7, 8]);
    expect(text("s1.jsonl")).toBe(`${header}{"type":"n","n":7}\n{"type":"n","n":8}\n`);
  });

  test("that fails is left out, and the others of its batch are written", async () => {
    const { host, text, names } = memoryStore({ "sessions.json": index() });
    const own = new Error("own");
    const failing = () => {
      throw own;
    };
    await expect(appendTranscriptLine(address, failing, { host })).rejects.toBe(own);
    expect(names()).toEqual(["sessions.json"]);
    const answers = await Promise.allSettled([
      appendTranscriptLine(address, numbered, { host, fsync: "batch" }),
      appendTranscriptLine(address, failing, { host, fsync: "batch" }),
      appendTranscriptLine(address, numbered, { host, fsync: "batch" }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(numbers(text("s1.jsonl"))).toEqual([0, 1, 2]);
  });
});

describe("a line that needs a row", () => {
  test("is refused where no row has the session id, and no transcript is made", async () => {
    const { host, names } = memoryStore({ "sessions.json": index() });
    const add = (sessionId: string) =>
      appendTranscriptLine({ ...address, sessionId }, line, { host, needsRow: true });
    await expect(add("s2")).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    expect(names()).toEqual(["sessions.json"]);
    await add("s1");
    expect(names()).toEqual(["s1.jsonl", "sessions.json"]);
  });
});

const envelope = (n: number) => ({
  type: "custom",
  id: "a",
  customType: "sessionsmith.encrypted",
  data: { n },
});

describe("an encrypted transcript", () => {
  const encrypted = `${header}${JSON.stringify(envelope(0))}\n${JSON.stringify(envelope(1))}\n`;

  test.each([
    ["whole", encrypted],
    ["without a line end", encrypted.trimEnd()],
    ["torn", `${encrypted}{"type":"cus`],
  ])("that is %s takes no plain line, and every encrypted one stays", async (_, content) => {
    const { host, text } = memoryStore({ "sessions.json": index(), "s1.jsonl": content });
    await expect(appendTranscriptLine(address, line, { host })).rejects.toMatchObject({ code: "E_REFUSED" });
    expect(text("s1.jsonl")).toContain(encrypted.trimEnd());
    await appendTranscriptLine(address, envelope(2), { host });
    expect(text("s1.jsonl")).toBe(`${encrypted}${JSON.stringify(envelope(2))}\n`);
  });
});
