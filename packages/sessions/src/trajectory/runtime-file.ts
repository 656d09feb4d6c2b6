import { basename, dirname, isAbsolute, join } from "node:path";
import { isJsonObject, type ReadFs, readWholeFile } from "@sessionsmith/core";

/** Bytes that a pointer may have. */
const pointerLimitBytes = 64 * 1024;

/**
 * Finds the file in which the runtime wrote down what it did for a session: where the pointer beside the transcript leads, else
 * `<transcript>.trajectory.jsonl`, else in `OPENCLAW_TRAJECTORY_DIR`. A pointer is only followed to a file of the session's name, and
 * no link is followed.
 */
export function findRuntimeFile(
  fs: ReadFs,
  source: {
    readonly transcript: string;
    readonly sessionId: string;
    readonly trajectoryDir: string | undefined;
  },
): string | undefined {
  const { transcript, sessionId, trajectoryDir } = source;
  const base = transcript.slice(0, -".jsonl".length);
  const own = `${base}.trajectory.jsonl`;
  const named = `${sessionId.replaceAll(/[^A-Za-z0-9_-]/g, "_")}.jsonl`;
  const pointed = readPointer(fs, `${base}.trajectory-path.json`, sessionId);
  const isSafe =
    pointed !== undefined && isAbsolute(pointed) && (pointed === own || basename(pointed) === named);
  const candidates = [
    ...(isSafe ? [pointed] : []),
    own,
    ...(trajectoryDir === undefined ? [] : [join(trajectoryDir, named)]),
  ];
  return candidates.find((path) => isPlainFile(fs, path));
}

function isPlainFile(fs: ReadFs, path: string): boolean {
  return fs.stat(dirname(path))?.kind === "directory" && fs.lstat(path)?.kind === "file";
}

function readPointer(fs: ReadFs, path: string, sessionId: string): string | undefined {
  if (!isPlainFile(fs, path)) return undefined;
  const read = readWholeFile(fs, path, pointerLimitBytes);
  if (read.state !== "read") return undefined;
  try {
    const value: unknown = JSON.parse(read.bytes.toString("utf8"));
    const isOurs = isJsonObject(value) && value["sessionId"] === sessionId;
    return isOurs && typeof value["runtimeFile"] === "string" ? value["runtimeFile"] : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
