import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { transcriptText } from "./transcript-shape.ts";
import type { TranscriptShape } from "./transcript-shape.ts";

/** A state directory as plain data, small enough to be kept as a fixture. Paths are relative to it. */
export interface StateSketch {
  /** Epoch ms that it is judged by. */
  readonly now: number;
  /** What `openclaw.json` holds. In its texts, and in those of the rows, `{state}` stands for the absolute path of the directory. */
  readonly settings: object;
  /** Rows of each index in their order, so that a key may come twice. */
  readonly indexes: Readonly<Record<string, readonly SketchedRow[]>>;
  readonly files: Readonly<Record<string, SketchedFile>>;
}

/** A session key, and what the index holds for it. */
export type SketchedRow = readonly [key: string, row: unknown];

/** A file beside an index. */
export interface SketchedFile {
  /** A transcript of this shape, the lock of a process that lives, or a text that is no transcript. */
  readonly shape: TranscriptShape | "live-lock" | "text";
  /** Time since it was last written. */
  readonly ageMs: number;
}

/** Writes the state directory that a sketch means; the directory must be empty. */
export function writeStateSketch(sketch: StateSketch, stateDir: string): void {
  const write = (path: string, text: string, ageMs: number): void => {
    const file = join(stateDir, path);
    const seconds = (sketch.now - ageMs) / 1000;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, text, { mode: 0o600 });
    utimesSync(file, seconds, seconds);
  };
  const placed = (text: string): string => text.replaceAll("{state}", stateDir);
  write("openclaw.json", placed(JSON.stringify(sketch.settings, null, 2)), 0);
  for (const [path, rows] of Object.entries(sketch.indexes)) write(path, placed(indexText(rows)), 0);
  for (const [path, { shape, ageMs }] of Object.entries(sketch.files))
    write(path, fileText(path, shape, sketch.now - ageMs), ageMs);
}

/** As OpenClaw 2026.5.28 writes an index: indented by two, without a final newline. */
function indexText(rows: readonly SketchedRow[]): string {
  if (rows.length === 0) return "{}";
  const members = rows.map(([key, row]) => {
    const value = JSON.stringify(row, null, 2).replaceAll("\n", "\n  ");
    return `  ${JSON.stringify(key)}: ${value}`;
  });
  return `{\n${members.join(",\n")}\n}`;
}

function fileText(path: string, shape: SketchedFile["shape"], writtenAtMs: number): string {
  if (shape === "text") return "made-up text\n";
  if (shape === "live-lock") {
    const createdAt = new Date(writtenAtMs).toISOString();
    return JSON.stringify({ pid: process.pid, createdAt, maxHoldMs: 300_000 }, null, 2);
  }
  const id = basename(path).replace(/\.jsonl.*$/, "");
  return transcriptText(shape, id, writtenAtMs);
}
