import type { JsonObject } from "../json-value.ts";
import { parseRecord, type RecordProblem } from "./parse-record.ts";

/** The newest version of the transcript format that is understood (OpenClaw 2026.5.28 writes it). */
export const newestTranscriptVersion = 3;

/** The first line of a transcript: `{"type":"session","version","id","timestamp","cwd","parentSession"?}`. */
export interface TranscriptHeader {
  /** 1, 2 or 3. Version 1 had no field for it. */
  readonly version: number;
  /** The session id. */
  readonly id: string;
  /** ISO 8601, as written. */
  readonly timestamp: string | undefined;
  /** The working directory of the agent. */
  readonly cwd: string | undefined;
  /** Path or name of the transcript that this one was forked from, or that it continues. */
  readonly parentSession: string | undefined;
}

/** What the first line of a transcript is. */
export type HeaderParse =
  | { readonly state: "header"; readonly header: TranscriptHeader }
  /** A header of a version that this product does not know: to be left alone. */
  | { readonly state: "newer"; readonly version: number }
  /** A record of another type stands where the header should. */
  | { readonly state: "missing" }
  | { readonly state: "damaged"; readonly problem: RecordProblem | "bad-id" | "bad-version" };

/** Reads a header from the first line of a transcript, given without its line end. */
export function parseHeader(line: Uint8Array): HeaderParse {
  const parsed = parseRecord(line);
  if (!parsed.ok) return { state: "damaged", problem: parsed.problem };
  const { record } = parsed;
  if (record["type"] !== "session") return { state: "missing" };
  return headerOf(record);
}

const knownVersion = /^\{"type":"session","version":[1-3],/;
/** A parent, another version, or an escape that could spell the name of one. */
const mayNameParent = /\\|"parentSession"|"version".*"version"/s;

/**
 * Tells by its letters that the first line of a transcript names no parent, whatever else is to be said of it: nearly every header
 * does not, and need not be parsed for that. False only means that it has to be.
 */
export function namesNoParent(line: Buffer): boolean {
  const text = line.toString("latin1");
  return knownVersion.test(text) && !mayNameParent.test(text);
}

/** Reads a header from a record of type `session`. */
export function headerOf(record: JsonObject): Exclude<HeaderParse, { readonly state: "missing" }> {
  const version = record["version"] ?? 1;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    return { state: "damaged", problem: "bad-version" };
  }
  if (version > newestTranscriptVersion) return { state: "newer", version };
  const id = record["id"];
  if (typeof id !== "string" || id === "") return { state: "damaged", problem: "bad-id" };
  return {
    state: "header",
    header: {
      version,
      id,
      timestamp: stringOf(record["timestamp"]),
      cwd: stringOf(record["cwd"]),
      parentSession: stringOf(record["parentSession"]),
    },
  };
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
