import { type Finding, finding, mendUtf8, parseRecord, type ReadFs, readWholeFile } from "@sessionsmith/core";

/** `session_map.json` of openclaw-python: session key -> session id. */
export interface SessionMap {
  /** The keys of each session id, in file order. */
  readonly keysOf: ReadonlyMap<string, readonly string[]>;
  readonly findings: readonly Finding[];
}

const limitBytes = 64 * 2 ** 20;

/** Reads the map; undefined if there is none. One that can't be read is empty and has a finding. */
export function readSessionMap(fs: ReadFs, path: string): SessionMap | undefined {
  const file = readWholeFile(fs, path, limitBytes);
  if (file.state === "absent") return undefined;
  const bytes = file.state === "read" ? mendUtf8(file.bytes).bytes : Buffer.alloc(0);
  const parsed = parseRecord(bytes[0] === 0xef ? bytes.subarray(3) : bytes);
  if (!parsed.ok) {
    const problem = file.state === "read" ? `the file is ${parsed.problem}` : "the file can't be read";
    return { keysOf: new Map(), findings: [finding("legacy-unreadable", { path }, { problem })] };
  }
  const keysOf = new Map<string, string[]>();
  const findings: Finding[] = [];
  for (const [key, id] of Object.entries(parsed.record)) {
    if (typeof id === "string") keysOf.set(id, [...(keysOf.get(id) ?? []), key]);
    else if (id !== null)
      findings.push(
        finding("legacy-message-unread", { path, key }, { problem: "the value is no session id" }),
      );
  }
  return { keysOf, findings };
}
