import { join } from "node:path";
import type { ReadableFile } from "../disk/read-fs.ts";
import { readRange } from "../disk/read-bytes.ts";
import type { EngineHost } from "./engine-host.ts";
import { makeOwnDir } from "./make-own-dir.ts";
import { ownDirName } from "./operation-paths.ts";
import { stageFile } from "./stage-file.ts";

const chunkBytes = 1 << 20;

/** The end of a transcript that an interrupted write left, and where it comes from. */
export interface TornTail {
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  /** Name of the transcript in it. */
  readonly name: string;
  /** Byte offset at which the torn part starts; it goes to the end of the file. */
  readonly offset: number;
}

/**
 * Copies the torn end of an open transcript to `.sessionsmith/torn/<transcript>/<offset>-<uuid>` and brings it to stable storage,
 * so that it may be cut off. Nothing that was ever written is destroyed (docs/invariants.md I1).
 * @returns the absolute path of the copy
 * @throws Node's error; StoreError E_REFUSED if the copy can't be given to the owner of the transcript
 */
export function setAside(
  { fs, ids }: Pick<EngineHost, "fs" | "ids">,
  file: ReadableFile,
  { realDir, name, offset }: TornTail,
): string {
  const torn = join(realDir, ownDirName, "torn");
  const dir = join(torn, name);
  for (const path of [join(realDir, ownDirName), torn, dir]) makeOwnDir(fs, path, file.fact);
  const path = join(dir, `${offset}-${ids.uuid()}`);
  stageFile(fs, {
    path,
    content: (take) => {
      for (let at = offset; at < file.fact.size;) {
        const chunk = readRange(file, at, Math.min(at + chunkBytes, file.fact.size));
        if (chunk.length === 0) break;
        take(chunk);
        at += chunk.length;
      }
    },
    mode: 0o600,
    owner: file.fact,
  });
  fs.syncDir(dir);
  return path;
}
