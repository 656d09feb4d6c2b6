import { basename, dirname, join } from "node:path";
import {
  type JsonObject,
  type JsonValue,
  readWholeFile,
  type ReadableFile,
  type ReadFs,
  StoreError,
} from "@sessionsmith/core";
import { cleanForSupport, cleanObject, cleanText, type NamedDirs } from "./clean-for-support.ts";
import { findRuntimeFile } from "./runtime-file.ts";
import { RowWarnings } from "./row-warnings.ts";
import { runtimeCaptures } from "./runtime-captures.ts";
import { runtimeEvents } from "./runtime-events.ts";
import { readSessionBranch } from "./session-branch.ts";
import { inOrder, traceMarks, type TrajectoryEvent } from "./trajectory-event.ts";
import { transcriptEvents } from "./transcript-events.ts";

/** What a bundle is made from. */
export interface BundleSource {
  /** Absolute path of the transcript. */
  readonly transcript: string;
  readonly sessionId: string;
  readonly sessionKey: string;
  /** Absolute. */
  readonly workspaceDir: string;
  /** Epoch ms. */
  readonly now: number;
  /** What stands for the directories of this machine. */
  readonly dirs: NamedDirs;
  /** `OPENCLAW_TRAJECTORY_DIR`, absolute. */
  readonly trajectoryDir: string | undefined;
}

/** A file of a bundle. */
export interface BundleFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** A bundle, ready to be written; the manifest comes last. */
export interface TrajectoryBundle {
  readonly eventCount: number;
  readonly runtimeEventCount: number;
  readonly transcriptEventCount: number;
  readonly files: readonly BundleFile[];
}

/** Bytes of a transcript or a runtime file, and events of a bundle, at most (OpenClaw 2026.5.28). */
const limits = { fileBytes: 50 * 2 ** 20, events: 250_000 } as const;

/**
 * Makes the bundle of a session (OpenClaw 2026.5.28 trajectory format): its events, the active branch of its transcript and, if the
 * runtime left a file, what that tells of prompts, tools and results. Secrets that can be told are gone; what was said stays.
 * @throws StoreError E_REFUSED if a file or the number of events is beyond the limits; E_NOT_FOUND if the transcript is gone
 */
export function trajectoryBundle(fs: ReadFs, source: BundleSource): TrajectoryBundle {
  const { sessionId, sessionKey, workspaceDir, now, dirs } = source;
  const warnings = new RowWarnings();
  const branch = readSessionBranch(wholeFile(fs, source.transcript), warnings);
  const runtimePath = findRuntimeFile(fs, source);
  const runtime =
    runtimePath === undefined ? [] : runtimeEvents(wholeFile(fs, runtimePath), sessionId, warnings);
  const frame = { traceId: traceIdOf(runtime) ?? sessionId, sessionId, sessionKey, workspaceDir };
  const transcript = transcriptEvents(branch.entries, frame);
  if (runtime.length + transcript.length > limits.events)
    throw new StoreError(
      "E_REFUSED",
      `The session has more than ${limits.events} events. Nothing was written.`,
    );
  const events = inOrder([...runtime, ...transcript]).map((event) => cleanObject(event, dirs));
  const generatedAt = new Date(now).toISOString();
  const { traceId } = frame;
  const head = { ...traceMarks, generatedAt, traceId, sessionId, sessionKey };
  const captures = runtimeCaptures(runtime, head);
  const supplements = [
    ["metadata.json", captures.metadata],
    ["artifacts.json", captures.artifacts],
    ["prompts.json", captures.prompts],
  ] as const;
  const files = [
    jsonLines("events.jsonl", events),
    json("session-branch.json", cleanObject({ ...branch }, dirs)),
    ...supplements.flatMap(([name, value]) =>
      value === undefined ? [] : [json(name, cleanObject(value, dirs))],
    ),
    ...(captures.systemPrompt === undefined
      ? []
      : [text("system-prompt.txt", cleanText(captures.systemPrompt, dirs))]),
    ...(captures.tools === undefined ? [] : [json("tools.json", cleanForSupport(captures.tools, dirs))]),
  ];
  const supplemental = supplements.flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const listed = warnings.list();
  const manifest = {
    ...head,
    workspaceDir,
    leafId: branch.leafId,
    eventCount: events.length,
    runtimeEventCount: runtime.length,
    transcriptEventCount: transcript.length,
    sourceFiles: {
      session: source.transcript,
      ...(runtimePath === undefined ? {} : { runtime: runtimePath }),
    },
    ...(listed.length === 0 ? {} : { warnings: listed }),
    ...(supplemental.length === 0 ? {} : { supplementalFiles: supplemental }),
    contents: files.map(({ name, mediaType, bytes }) => ({ path: name, mediaType, bytes: bytes.length })),
  };
  return {
    eventCount: events.length,
    runtimeEventCount: runtime.length,
    transcriptEventCount: transcript.length,
    files: [...files, json("manifest.json", cleanObject(manifest, dirs))],
  };
}

function wholeFile(fs: ReadFs, path: string): ReadableFile {
  const read = readWholeFile(fs, path, limits.fileBytes);
  if (read.state === "read") {
    const { bytes, fact } = read;
    return { fact, read: (into, position) => bytes.subarray(position).copy(into) };
  }
  if (read.state === "absent")
    throw new StoreError("E_NOT_FOUND", `There is no ${path}. Nothing was written.`, { details: { path } });
  const why = read.state === "too-large" ? `is larger than ${limits.fileBytes} bytes` : "is no regular file";
  throw new StoreError("E_REFUSED", `${basename(path)} in ${dirname(path)} ${why}. Nothing was written.`, {
    details: { path },
  });
}

function traceIdOf(events: readonly TrajectoryEvent[]): string | undefined {
  const id = events[0]?.fields["traceId"];
  return typeof id === "string" ? id : undefined;
}

function json(name: string, value: JsonValue): BundleFile {
  return {
    name,
    mediaType: "application/json",
    bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`, "utf8"),
  };
}

function jsonLines(name: string, values: readonly JsonObject[]): BundleFile {
  const lines = values.map((value) => `${JSON.stringify(value)}\n`);
  return { name, mediaType: "application/x-ndjson", bytes: Buffer.from(lines.join(""), "utf8") };
}

function text(name: string, value: string): BundleFile {
  return { name, mediaType: "text/plain; charset=utf-8", bytes: Buffer.from(value, "utf8") };
}

/** The name that a bundle has unless it is given one: `openclaw-trajectory-<first 8 of the id>-<time>`. */
export function bundleName(sessionId: string, now: number): string {
  const id = sessionId.replaceAll(/[^A-Za-z0-9_-]/g, "_").slice(0, 8);
  return `openclaw-trajectory-${id}-${new Date(now).toISOString().slice(0, 19).replaceAll(":", "-")}`;
}

/** Where the bundles of a workspace lie. */
export function bundlesDir(workspaceDir: string): string {
  return join(workspaceDir, ".openclaw", "trajectory-exports");
}
