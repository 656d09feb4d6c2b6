// Run with a Node that OpenClaw 2026.5.28 accepts: opens the transcripts in argv[3...] with the OpenClaw that is installed in argv[2], as it
// does when a session is next used, and prints one OpenedTranscript for each as a line of JSON.
import { readFileSync } from "node:fs";
import { openPeerChunks } from "./peer-chunks.ts";

/** What the peer makes of a transcript. */
export interface OpenedTranscript {
  readonly path: string;
  /** Of the header that it reads. */
  readonly sessionId: string;
  /** Records that it reads, without the header. */
  readonly entries: number;
  /** True if it left every byte as it was. */
  readonly untouched: boolean;
}

interface Manager {
  readonly getSessionId: () => string;
  readonly getEntries: () => readonly unknown[];
  readonly buildSessionContext: () => unknown;
}

const [, , peerDir = "", ...paths] = process.argv;
const findExport = openPeerChunks(peerDir);
const repairFile = await findExport("repairSessionFileIfNeeded");
const sessionManager: unknown = await findExport("SessionManager");

for (const path of paths) {
  const before = readFileSync(path);
  // oxlint-disable-next-line no-await-in-loop -- one transcript after the other
  await repairFile({ sessionFile: path });
  const manager = open(path);
  manager.buildSessionContext();
  const untouched = readFileSync(path).equals(before);
  const opened: OpenedTranscript = {
    path,
    sessionId: manager.getSessionId(),
    entries: manager.getEntries().length,
    untouched,
  };
  process.stdout.write(`${JSON.stringify(opened)}\n`);
}
process.exit(0);

function open(path: string): Manager {
  if (!canOpen(sessionManager)) throw new Error("the session manager of the peer opens nothing");
  return sessionManager.open(path);
}

function canOpen(value: unknown): value is { readonly open: (path: string) => Manager } {
  return typeof value === "function" && "open" in value && typeof value.open === "function";
}
