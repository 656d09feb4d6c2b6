import { expect, test } from "vitest";
import type { IndexRow } from "../../src/session-index/index-document.ts";
import type { StorePlace } from "../../src/snapshot/store-place.ts";
import { transcriptCandidates } from "../../src/snapshot/transcript-candidates.ts";

const place: StorePlace = {
  sessionsDir: "/state/sessions",
  realDir: "/real/sessions",
  indexName: "sessions.json",
  whatIs: (directory) => (directory === "/link" ? "sessions-directory" : "elsewhere"),
};

function row(sessionId?: string, sessionFile?: string): IndexRow {
  const range = { start: 0, end: 0 };
  return {
    key: "k",
    keyRange: range,
    valueRange: range,
    understood: true,
    shadowed: false,
    sessionId,
    updatedAt: 1,
    sessionFile,
    mayNameMore: false,
  };
}

test.each<[name: string, row: IndexRow, inside: string[], outsidePath?: string | undefined, unsafe?: string]>(
  [
    ["nothing", row(), []],
    ["a session id", row("a"), ["a.jsonl"]],
    ["an id that is no file name", row("a/b"), []],
    ["a name and an id", row("a", "b.jsonl"), ["b.jsonl", "a.jsonl"]],
    ["a name that is the id's", row("a", "a.jsonl"), ["a.jsonl"]],
    ["the named directory", row("a", "/state/sessions/b.jsonl"), ["b.jsonl", "a.jsonl"]],
    ["the real directory", row("a", "/real/sessions/./b.jsonl"), ["b.jsonl", "a.jsonl"]],
    ["the directory through a link", row("a", "/link/b.jsonl"), ["b.jsonl", "a.jsonl"]],
    ["the index through a link", row("a", "/link/sessions.json"), ["a.jsonl"], undefined, "index"],
    ["another directory", row("a", "/old/b.jsonl"), ["b.jsonl (relocated)", "a.jsonl"], "/old/b.jsonl"],
    ["another directory, the id's name", row("a", "/old/a.jsonl"), ["a.jsonl (relocated)"], "/old/a.jsonl"],
    ["a way out", row("a", "x/../../out/b.jsonl"), ["b.jsonl (relocated)", "a.jsonl"], "/state/out/b.jsonl"],
    ["an empty path", row("a", ""), ["a.jsonl"]],
    ["the index", row("a", "sessions.json"), ["a.jsonl"], undefined, "index"],
    ["the index elsewhere", row("a", "/old/sessions.json"), ["a.jsonl"], "/old/sessions.json"],
    ["a lock", row("a", "b.jsonl.lock"), ["a.jsonl"], undefined, "lock"],
    ["NUL", row("a", "b\0.jsonl"), ["a.jsonl"], undefined, "nul-byte"],
    [
      "a path of Windows",
      row("a", "C:\\old\\b.jsonl"),
      ["b.jsonl (relocated)", "a.jsonl"],
      undefined,
      "backslash",
    ],
  ],
)("%s", (_, from, inside, outsidePath, unsafe) => {
  const candidates = transcriptCandidates(from, place);
  expect(candidates.inside.map(({ name, relocated }) => (relocated ? `${name} (relocated)` : name))).toEqual(
    inside,
  );
  expect(candidates).toMatchObject({ outsidePath, unsafe });
});
