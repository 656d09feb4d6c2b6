import { type MemoryFs, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { bundleName, type BundleSource, trajectoryBundle } from "../../src/trajectory/trajectory-bundle.ts";
import { diskWith, scopeOn, sessionsDir, stateDir } from "../change/changed-store.ts";

const id = "6ae2b580-e5fe-4370-a3ed-34892452c49f";
const header = { type: "session", version: 3, id, timestamp: "2026-11-20T08:00:00.000Z", cwd: "/w/space" };
const record = (own: string, parentId: string | null, second: number, more: object) => ({
  id: own,
  parentId,
  timestamp: `2026-11-20T08:00:0${second}.000Z`,
  ...more,
});
const said = (role: string, content: unknown) => ({ type: "message", message: { role, content } });

const records = [
  record(
    "a",
    null,
    1,
    said("user", [
      { type: "text", text: "my key is sk-abcdefghijklmnopqrst" },
      { type: "image", mimeType: "image/png", data: "aGVsbG8=" },
    ]),
  ),
  record("x", "a", 2, said("assistant", "another branch")),
  record(
    "b",
    "a",
    3,
    said("assistant", [
      { type: "text", text: "see /w/space/file" },
      { type: "toolCall", id: "c", name: "read", arguments: { path: `${stateDir}/x`, apiKey: "k" } },
    ]),
  ),
  record("c", "b", 4, said("toolResult", [])),
  record("d", "c", 5, { type: "model_change", provider: "openai", modelId: "gpt-5" }),
  record("e", "d", 6, { type: "strange" }),
];

const event = (type: string, seq: number, data: object) => ({
  traceSchema: "openclaw-trajectory",
  schemaVersion: 1,
  traceId: "trace",
  source: "runtime",
  type,
  ts: "2026-11-20T08:00:03.000Z",
  seq,
  sessionId: id,
  data,
});

function lines(...values: readonly unknown[]): string {
  return values.map((value) => `${typeof value === "string" ? value : JSON.stringify(value)}\n`).join("");
}

function bundleOf(
  transcript: string,
  more: Readonly<Record<string, string>> = {},
  change: Partial<BundleSource> = {},
) {
  const fs: MemoryFs = diskWith({ rows: {}, files: { [`${id}.jsonl`]: transcript, ...more } });
  writeTree(fs, "/elsewhere", { [`${id}.jsonl`]: lines(event("prompt.submitted", 1, { prompt: "there" })) });
  const bundle = trajectoryBundle(scopeOn(fs).host.fs, {
    transcript: `${sessionsDir}/${id}.jsonl`,
    sessionId: id,
    sessionKey: "agent:main:main",
    workspaceDir: "/w/space",
    now: Date.UTC(2026, 10, 21),
    dirs: [
      [stateDir, "$OPENCLAW_STATE_DIR"],
      ["/w/space", "$WORKSPACE_DIR"],
      ["/home/user", "~"],
    ],
    trajectoryDir: undefined,
    ...change,
  });
  const text = (name: string): string =>
    bundle.files.find((one) => one.name === name)?.bytes.toString("utf8") ?? "";
  const json = (name: string) => JSON.parse(text(name));
  const events = text("events.jsonl")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { bundle, text, json, events };
}

describe("trajectoryBundle", () => {
  test("tells the active branch, one event for each record and each tool call, numbered in order", () => {
    const { events, json, bundle } = bundleOf(lines(header, ...records));
    expect(events.map(({ type, seq, sourceSeq, entryId }) => [type, seq, sourceSeq, entryId])).toEqual([
      ["user.message", 1, 1, "a"],
      ["assistant.message", 2, 2, "b"],
      ["tool.call", 3, 3, "b"],
      ["tool.result", 4, 4, "c"],
      ["session.model_change", 5, 5, "d"],
    ]);
    expect(events[2].data).toEqual({
      toolCallId: "c",
      name: "read",
      arguments: { path: "$OPENCLAW_STATE_DIR/x" },
      assistantEntryId: "b",
      blockIndex: 1,
    });
    expect(json("session-branch.json").entries.map((one: { id: string }) => one.id)).toEqual([
      "a",
      "b",
      "c",
      "d",
      "e",
    ]);
    expect(bundle.files.map(({ name }) => name)).toEqual([
      "events.jsonl",
      "session-branch.json",
      "manifest.json",
    ]);
    expect(json("manifest.json")).toMatchObject({
      traceSchema: "openclaw-trajectory",
      schemaVersion: 1,
      traceId: id,
      leafId: "e",
      eventCount: 5,
      workspaceDir: "$WORKSPACE_DIR",
      sourceFiles: { session: `$OPENCLAW_STATE_DIR/agents/main/sessions/${id}.jsonl` },
      contents: [
        { path: "events.jsonl", bytes: bundle.files[0]?.bytes.length },
        { path: "session-branch.json", bytes: bundle.files[1]?.bytes.length },
      ],
    });
  });

  test("no file holds a credential, the data of an image, or a directory of this machine", () => {
    const { bundle } = bundleOf(lines(header, ...records));
    for (const { bytes } of bundle.files) {
      expect(bytes.toString("utf8")).not.toMatch(/sk-abc|aGVsbG8|apiKey|\/home\/user|\/w\/space/);
    }
    expect(bundle.files[0]?.bytes.toString()).toContain(
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    );
  });

  test("with a runtime file it also tells prompts, tools and results", () => {
    const runtime = lines(
      event("context.compiled", 1, { systemPrompt: `in ${stateDir}`, tools: [{ name: "read" }] }),
      event("prompt.submitted", 2, { prompt: "one" }),
      event("prompt.submitted", 3, { prompt: "two" }),
      event("trace.metadata", 4, { harness: { id: "h" }, prompting: { skillsPrompt: "sp" } }),
      event("session.ended", 5, { status: "done" }),
      "not json",
      { ...event("x", 6, {}), sessionId: "another" },
    );
    const { json, text, events } = bundleOf(lines(header, ...records), {
      [`${id}.trajectory.jsonl`]: runtime,
    });
    expect(events.map(({ source }) => source)).toEqual([
      "transcript",
      ...Array.from({ length: 5 }, () => "runtime"),
      ...Array.from({ length: 4 }, () => "transcript"),
    ]);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n + 1));
    expect(text("system-prompt.txt")).toBe("in $OPENCLAW_STATE_DIR");
    expect(json("tools.json")).toEqual([{ name: "read" }]);
    expect(json("prompts.json")).toMatchObject({
      submittedPrompts: ["one", "two"],
      latestSubmittedPrompt: "two",
      skillsPrompt: "sp",
    });
    expect(json("metadata.json")).toMatchObject({ harness: { id: "h" }, traceId: "trace" });
    expect(json("artifacts.json")).toMatchObject({ finalStatus: "done" });
    const { warnings, supplementalFiles } = json("manifest.json");
    expect(supplementalFiles).toEqual(["metadata.json", "artifacts.json", "prompts.json"]);
    expect(warnings.map(({ code, rows }: { code: string; rows: unknown }) => [code, rows])).toEqual([
      ["invalid-runtime-json", [6]],
      ["invalid-runtime-event", [7]],
    ]);
  });

  test.each([
    ["lines that are no JSON", lines(header, "{", records[0]), "invalid-session-json"],
    [
      "a record without an id",
      lines(header, { type: "message", timestamp: 1 }, records[0]),
      "invalid-session-row",
    ],
    ["a parent that is not there", lines(header, records[2]), "incomplete-session-branch"],
    [
      "parents in a circle",
      lines(header, { ...records[0], parentId: "c" }, records[2], records[3]),
      "cyclic-session-branch",
    ],
  ])("%s: told as %s", (_, transcript, code) => {
    const { json } = bundleOf(transcript);
    expect(json("manifest.json").warnings.map((one: { code: string }) => one.code)).toEqual([code]);
  });

  test("a transcript of version 1 is one branch", () => {
    const old = { ...header, version: undefined };
    const { events } = bundleOf(
      lines(
        old,
        { ...said("user", "a"), timestamp: 1_790_000_000_000 },
        { ...said("assistant", "b"), timestamp: 1_790_000_001_000 },
      ),
    );
    expect(events.map(({ type, entryId, parentEntryId }) => [type, entryId, parentEntryId])).toEqual([
      ["user.message", "legacy-0", null],
      ["assistant.message", "legacy-1", "legacy-0"],
    ]);
  });

  test.each([
    [
      "to the session's file in another directory",
      { sessionId: id, runtimeFile: `/elsewhere/${id}.jsonl` },
      1,
    ],
    ["to a file of another name", { sessionId: id, runtimeFile: "/elsewhere/secret" }, 0],
    ["of another session", { sessionId: "x", runtimeFile: `/elsewhere/${id}.jsonl` }, 0],
    ["to nowhere", { sessionId: id, runtimeFile: `/none/${id}.jsonl` }, 0],
  ])("a pointer %s", (_, pointer, found) => {
    const more = { [`${id}.trajectory-path.json`]: JSON.stringify(pointer) };
    expect(bundleOf(lines(header, ...records), more).bundle.runtimeEventCount).toBe(found);
  });

  test("OPENCLAW_TRAJECTORY_DIR is looked into last", () => {
    const { bundle } = bundleOf(lines(header, ...records), {}, { trajectoryDir: "/elsewhere" });
    expect(bundle.runtimeEventCount).toBe(1);
  });

  test("a name is made of the id and the time", () => {
    expect(bundleName(id, Date.UTC(2026, 10, 20, 8, 1, 2, 3))).toBe(
      "openclaw-trajectory-6ae2b580-2026-11-20T08-01-02",
    );
    expect(bundleName("../../x", 0)).toBe("openclaw-trajectory-______x-1970-01-01T00-00-00");
  });
});
