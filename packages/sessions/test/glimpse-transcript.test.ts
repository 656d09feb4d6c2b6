import { join } from "node:path";
import { type FileFact, openStorePlace, type ReadFs, scanIndex } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { glimpseTranscript } from "../src/glimpse-transcript.ts";
import { type SessionFiles, storeOnDisk } from "./stores-on-disk.ts";

const both = { firstUserMessage: true, lastMessage: true };

function glimpse(row: object, files: SessionFiles, changeFs: (fs: ReadFs) => Partial<ReadFs> = () => ({})) {
  const { host, targets } = storeOnDisk({ key: row }, files);
  const [target] = targets;
  const scan = scanIndex(Buffer.from(JSON.stringify({ key: row })));
  if (!scan.readable || scan.document.rows[0] === undefined || target === undefined)
    throw new Error("no row");
  const fs = { ...host.fs, ...changeFs(host.fs) };
  const place = openStorePlace(host.fs, target);
  return { ...glimpseTranscript(fs, { place, row: scan.document.rows[0] }, both), dir: place.realDir };
}

function message(role: string, text: string): string {
  return `${JSON.stringify({ type: "message", message: { role, content: [{ type: "text", text }] } })}\n`;
}

const header = '{"type":"session","version":3,"id":"s1"}\n';
const chat =
  header + message("assistant", "hello") + message("user", "question") + message("assistant", "answer");

function fail(code: string): never {
  throw Object.assign(new Error("the system said no"), { code });
}

describe("glimpseTranscript", () => {
  test("finds the first message of the user and the last of all", () => {
    expect(glimpse({ sessionId: "s1" }, { "s1.jsonl": chat })).toMatchObject({
      firstUserMessage: "question",
      lastMessage: { role: "assistant", text: "answer" },
      trouble: undefined,
    });
  });

  test.each([
    ["the file that the row names", { sessionId: "s1", sessionFile: "topic.jsonl" }, "topic"],
    [
      "the same name here, if the row names another place",
      { sessionFile: "/elsewhere/topic.jsonl" },
      "topic",
    ],
    [
      "the file of the session id, if the named one is gone",
      { sessionId: "s1", sessionFile: "gone.jsonl" },
      "question",
    ],
  ])("reads %s", (_, row, expected) => {
    const files = { "s1.jsonl": chat, "topic.jsonl": header + message("user", "topic") };
    expect(glimpse(row, files).firstUserMessage).toBe(expected);
  });

  test.each([
    ["no transcript", { sessionId: "s1" }, {}],
    ["no name at all", {}, { "s1.jsonl": chat }],
    ["a transcript without messages", { sessionId: "s1" }, { "s1.jsonl": header }],
    ["the index in the place of a transcript", { sessionFile: "sessions.json" }, {}],
  ])("%s shows nothing", (_, row, files) => {
    const shown = { firstUserMessage: undefined, lastMessage: undefined, trouble: undefined };
    expect(glimpse(row, files)).toMatchObject(shown);
  });

  test("cuts the last message at 240 characters", () => {
    const text = "😀".repeat(300);
    expect(glimpse({ sessionId: "s1" }, { "s1.jsonl": message("user", text) }).lastMessage?.text).toBe(
      "😀".repeat(240),
    );
  });

  test.each([
    ["that shows nothing", "x".repeat(1_000_000)],
    ["whose messages are at its ends", `${chat}${"x".repeat(100_000)}\n${chat}`],
  ])("reads at most the first and the last 4 KiB of a transcript %s", (_, text) => {
    let bytes = 0;
    const places: number[] = [];
    glimpse({ sessionId: "s1" }, { "s1.jsonl": text }, (fs) => ({
      withFile: (path, use) =>
        fs.withFile(path, (file) => {
          return use({
            fact: file.fact,
            read: (into, position) => {
              const count = file.read(into, position);
              bytes += count;
              places.push(position, position + count);
              return count;
            },
          });
        }),
    }));
    expect(bytes).toBeGreaterThan(4000);
    expect(bytes).toBeLessThanOrEqual(2 * 4096);
    expect(places.filter((at) => at > 4096 && at < Buffer.byteLength(text) - 4096)).toEqual([]);
  });

  test.each([
    [
      "a link",
      (fact: FileFact | undefined) => fact && { ...fact, kind: "symlink" as const },
      "file-symlink",
      undefined,
    ],
    [
      "a FIFO",
      (fact: FileFact | undefined) => fact && { ...fact, kind: "fifo" as const },
      "file-special",
      undefined,
    ],
    ["a refusal", () => fail("EACCES"), "file-unreadable", { errno: "EACCES" }],
  ])("%s is a finding, and is not opened", (_, change, id, details) => {
    const { trouble, dir } = glimpse({ sessionId: "s1" }, { "s1.jsonl": chat }, (fs) => ({
      lstat: (path) => change(fs.lstat(path)),
      withFile: () => expect.fail("opened"),
    }));
    expect(trouble).toMatchObject({ id, place: { path: join(dir, "s1.jsonl"), key: "key" } });
    expect(trouble?.details).toStrictEqual(details);
  });

  test("a mistake in the program is thrown", () => {
    expect(() =>
      glimpse({ sessionId: "s1" }, { "s1.jsonl": chat }, () => ({ lstat: () => expect.fail("broken") })),
    ).toThrow("broken");
  });
});
