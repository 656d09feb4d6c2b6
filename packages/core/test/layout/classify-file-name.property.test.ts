import { assert, constantFrom, array, date, property, string, stringMatching } from "fast-check";
import { describe, expect, test } from "vitest";
import { archiveName, formatArchiveStamp, parseArchiveStamp } from "../../src/layout/archive-stamp.ts";
import { classifyFileName } from "../../src/layout/classify-file-name.ts";
import type { FileClass } from "../../src/layout/file-name.ts";

const pieces = constantFrom(
  "sessions.json",
  ".jsonl",
  ".lock",
  ".trajectory",
  "-path.json",
  ".deleted.",
  ".reset.",
  ".bak.",
  ".bak-1-2",
  "-topic-",
  "%",
  "2026-11-20T08-09-55.426Z",
  "2026-11-20T08-09-55-426Z",
  "_",
  ".checkpoint.",
  "11111111-2222-4333-8444-555555555555",
  ".tmp",
  "a",
);
const name = array(pieces, { maxLength: 8 }).map((parts) => parts.join(""));
const time = date({
  min: new Date("0000-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});

/** Tells whether the parts of a class make up the name again. */
function makesUp(found: FileClass, text: string): boolean {
  switch (found.kind) {
    case "transcript": {
      const stem = `${found.forkStamp === undefined ? "" : `${found.forkStamp}_`}${found.sessionId}`;
      return found.topic === undefined ? text === `${stem}.jsonl` : text.startsWith(`${stem}-topic-`);
    }
    case "archive":
      return text.startsWith(`${found.original}.${found.reason}.`) && found.original.endsWith(".jsonl");
    case "checkpoint":
      return text.endsWith(`.checkpoint.${found.checkpointId}.jsonl`) && text.includes(found.sessionId);
    case "trajectory":
      return text === `${found.base}.trajectory.jsonl`;
    case "trajectory-pointer":
      return text === `${found.base}.trajectory-path.json`;
    case "transcript-lock":
      return text === `${found.transcript}.lock`;
    case "codex-binding":
      return text === `${found.transcript}.codex-app-server.json`;
    case "repair-backup":
      return text.startsWith(`${found.transcript}.bak-`) && text.endsWith(`-${found.madeAtMs}`);
    case "index-temp":
    case "index-backup":
      return found.index === "sessions.json" && text.startsWith("sessions.json.");
    case "foreign":
      return true;
    case "prompt-blob":
    default:
      return false;
  }
}

describe("classifyFileName", () => {
  test("finds only what is in the name", () => {
    assert(
      property(name, (text) => makesUp(classifyFileName(text), text)),
      { numRuns: 5000 },
    );
  });

  test("never throws, and never finds an empty session id", () => {
    assert(
      property(string({ unit: "binary" }), (text) => {
        const found = classifyFileName(`${text}.jsonl`);
        expect("sessionId" in found ? found.sessionId : "foreign").not.toBe("");
      }),
    );
  });

  test("reads what archiveName writes", () => {
    assert(
      property(
        stringMatching(/^[a-z0-9][a-z0-9-]{0,60}$/),
        constantFrom("deleted", "reset", "bak"),
        time,
        (id, reason, at) => {
          const original = `${id}.jsonl`;
          const archived = archiveName(original, reason, at.getTime()) ?? "";
          expect(classifyFileName(archived)).toEqual({
            kind: "archive",
            reason,
            original,
            retiredAtMs: at.getTime(),
          });
        },
      ),
    );
  });

  test("stamps are read back as they were written", () => {
    assert(property(time, (at) => parseArchiveStamp(formatArchiveStamp(at.getTime())) === at.getTime()));
  });

  test.each([
    ["fork stamps", "2026-01-01T00-00-00Z", "_"],
    ["repair backups", "a.jsonl", ".bak-1-1"],
    ["topics", "a", "-topic-"],
    ["archives", "a.jsonl", ".deleted.2026-01-01T00-00-00Z"],
    ["checkpoints", "a", ".checkpoint.11111111-2222-4333-8444-55555555555"],
    ["index temps", "sessions.json", ".1"],
  ])("a megabyte of %s is no name of ours (quadratic work would not end here)", (_, start, piece) => {
    const text = `${start}${piece.repeat(1_000_000 / piece.length)}\n.jsonl`;
    expect(classifyFileName(`${text}.txt`)).toEqual({ kind: "foreign" });
    expect(classifyFileName(text)).toBeDefined();
  });
});
