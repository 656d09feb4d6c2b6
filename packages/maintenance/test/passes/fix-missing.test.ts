import { describe, expect, test } from "vitest";
import { fixMissing } from "../../src/passes/fix-missing.ts";
import { aPolicy } from "../policy-builder.ts";
import { openCleanupView } from "../../src/cleanup-view.ts";
import { noFacts } from "../../src/store-facts.ts";
import { aSnapshot, hourMs, now, rowAged } from "../snapshot-builder.ts";
import { verdictsOf } from "./verdicts-of.ts";
import type { ReadSketch } from "./verdicts-of.ts";

const key = "agent:main:direct:ann";
const presets = ["safe", "openclaw-2026.5"] as const;
const openclaw = { preset: "openclaw-2026.5" } as const;

/** How the row is changed, if it is. */
function changeOf(sketch: ReadSketch): object | undefined {
  const snapshot = aSnapshot(sketch);
  const view = openCleanupView({ snapshot, facts: noFacts, policy: aPolicy(), now, rows: snapshot.rows });
  return fixMissing(view).find((verdict) => verdict.key === key)?.change;
}

describe.each(presets)("under %s", (preset) => {
  const verdict = (sketch: ReadSketch) => verdictsOf(fixMissing, sketch, { preset })[key];
  const one = (more: ReadSketch): string | undefined => verdict({ rows: { [key]: rowAged(1) }, ...more });

  test("a missing transcript", () => {
    expect(one({})).toBe("prune-missing: transcript-missing");
  });

  test.each([
    ["none", "prune-missing: transcript-without-message"],
    ["some", "keep: has-transcript"],
    ["too-large", "keep: has-transcript"],
    ["unparsable", "keep: has-transcript"],
  ] as const)("a transcript that holds %s", (presence, expected) => {
    expect(one({ files: { "s1.jsonl": {} }, messages: { "s1.jsonl": presence } })).toBe(expected);
  });

  test("a probe that failed says nothing", () => {
    expect(one({ files: { "s1.jsonl": {} } })).toBe("keep: has-transcript");
    const transcripts = { [key]: { state: "unknown", path: "/x", errno: "EACCES" } } as const;
    expect(one({ transcripts })).toBe("keep: transcript-unknown");
  });

  test("P8: a transcript that is a link is not looked into", () => {
    const files = { "s1.jsonl": { kind: "symlink" }, "s2.jsonl": {} } as const;
    expect(one({ files, messages: { "s1.jsonl": "none" } })).toBe("keep: transcript-unknown");
  });

  test("a transcript outside the sessions directory is there", () => {
    const transcripts = { [key]: { state: "outside", path: "/elsewhere/s1.jsonl" } } as const;
    expect(one({ transcripts })).toBe("keep: transcript-outside");
  });

  test.each([
    ["locked", { locked: [key] }, "in-use:locked"],
    ["running", { rows: { [key]: rowAged(0.5, { status: "running" }) } }, "in-use:running"],
    [
      "leased",
      { rows: { [key]: rowAged(1, { pluginExtensions: { sessionsmith: { lease: { expiresAt: 1 } } } }) } },
      "protected:managed",
    ],
    [
      "a manager's",
      { rows: { [key]: rowAged(1, { pluginExtensions: { sessionsmith: { manager: {} } } }) } },
      "protected:managed",
    ],
  ])("a row that is %s stays", (_, sketch, hold) => {
    expect(one(sketch)).toBe(`keep: transcript-missing, ${hold}`);
  });

  test("a row that names no transcript stays if it is an agent's, as in OpenClaw", () => {
    const row = { updatedAt: now - 9 * hourMs };
    expect(verdict({ rows: { [key]: row } })).toBe("keep: names-no-transcript");
    expect(verdictsOf(fixMissing, { rows: { "+15550100": row } }, { preset })).toEqual({
      "+15550100": "prune-missing: names-no-transcript",
    });
  });

  test("the same if it has no session id, but names a file that is gone or empty", () => {
    const row = { updatedAt: now - 9 * hourMs, sessionFile: "x.jsonl" };
    expect(verdict({ rows: { [key]: row } })).toBe("keep: names-no-transcript");
    const transcripts = { [key]: { state: "present", name: "x.jsonl", relocated: false } } as const;
    const sketch = { rows: { [key]: row }, files: { "x.jsonl": {} }, transcripts };
    expect(verdict({ ...sketch, messages: { "x.jsonl": "none" } })).toBe("keep: has-transcript");
    expect(verdictsOf(fixMissing, { rows: { "+15550100": row } }, { preset })).toEqual({
      "+15550100": "prune-missing: transcript-missing",
    });
  });

  test("only rows of the kinds that were asked for", () => {
    const rows = { [key]: rowAged(1), "agent:main:cron:job": rowAged(1) };
    expect(Object.keys(verdictsOf(fixMissing, { rows }, { preset, kinds: ["cron"] }))).toEqual([
      "agent:main:cron:job",
    ]);
  });
});

describe("only under safe", () => {
  test.each([
    [key, { updatedAt: now - hourMs + 1 }, "younger-than-minimum-age"],
    [key, { updatedAt: now + hourMs }, "younger-than-minimum-age"],
    [key, {}, "protected:unknown-age"],
    ["agent:main:main", { updatedAt: 1e12 }, "protected:main"],
    ["agent:main:whatsapp:group:g", { updatedAt: 1e12 }, "protected:group"],
    ["agent:main:direct:active", { updatedAt: 1e12 }, "protected:active-key"],
  ])("%s %j stays: %s", (name, row, hold) => {
    const sketch = { rows: { [name]: { sessionId: "s1", ...row } } };
    const activeKeys = ["agent:main:direct:active"];
    expect(verdictsOf(fixMissing, sketch, { activeKeys })[name]).toBe(`keep: transcript-missing, ${hold}`);
    expect(verdictsOf(fixMissing, sketch, { ...openclaw, activeKeys })[name]).toBe(
      "prune-missing: transcript-missing",
    );
  });
});

describe("a stale sessionFile", () => {
  const present = { state: "present", name: "s1.jsonl", relocated: false } as const;
  const files = { "s1.jsonl": {}, "s1-topic-4.jsonl": {} };
  const sketch = (sessionFile: string, transcript: object = present): ReadSketch => ({
    rows: { [key]: rowAged(1, { sessionFile }) },
    files,
    transcripts: { [key]: { ...present, ...transcript } },
  });

  test("is taken away if the transcript is where it is looked for without one", () => {
    expect(changeOf(sketch("gone.jsonl"))).toEqual({ cleared: ["sessionFile"] });
    expect(changeOf(sketch("/state/agents/main/sessions/gone.jsonl"))).toEqual({ cleared: ["sessionFile"] });
    expect(verdictsOf(fixMissing, sketch("gone.jsonl"))[key]).toBe("keep: session-file-mended");
  });

  test.each([
    ["names it", sketch("s1.jsonl")],
    ["names it by its path", sketch("/state/agents/main/sessions/s1.jsonl")],
    ["names another one that is there", sketch("s1-topic-4.jsonl", { name: "s1-topic-4.jsonl" })],
    ["names a directory elsewhere", sketch("/old/sessions/gone.jsonl")],
    ["names its directory of before a move", sketch("/old/sessions/s1.jsonl", { relocated: true })],
  ])("but not if it %s", (_, healthy) => {
    expect(changeOf(healthy)).toBeUndefined();
  });

  test("of a row in use stays", () => {
    expect(verdictsOf(fixMissing, { ...sketch("gone.jsonl"), locked: [key] })[key]).toBe(
      "keep: session-file-stale, in-use:locked",
    );
  });
});
