import { createHash } from "node:crypto";
import type { WriteFs } from "../disk/write-fs.ts";
import { fileIdentity } from "../plan/file-identity.ts";
import type { FileIdentity } from "../plan/step.ts";
import { cleanUpAfter } from "./clean-up-after.ts";
import { writeFully } from "./write-fully.ts";

/** How a new file is made. */
export interface StageOptions {
  /** Absolute path, not yet taken. */
  readonly path: string;
  /** Hands over the new bytes, chunk by chunk; a chunk is only valid during the call. */
  readonly content: (take: (chunk: Uint8Array) => void) => void;
  /** Permission bits. */
  readonly mode: number;
  /** Given to the new file if it differs from what the system chose. */
  readonly owner: { readonly uid: number; readonly gid: number };
  /** The time of writing if undefined. */
  readonly mtimeNs?: bigint | undefined;
  /** The caller brings it to stable storage, together with others. */
  readonly syncsLater?: boolean;
}

/** What was written; the identity stays when the file gets its final name. */
export interface StagedContent extends FileIdentity {
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * Writes a new file completely and brings it to stable storage, unless that is left to the caller. On any error the file is gone again.
 * @throws Node's error, and whatever `content` throws
 */
export function stageFile(fs: WriteFs, options: StageOptions): StagedContent {
  let created = false;
  try {
    const written = fs.createFile(options.path, 0o600, (file) => {
      created = true;
      const hash = createHash("sha256");
      let size = 0;
      options.content((chunk) => {
        writeFully(file, chunk);
        hash.update(chunk);
        size += chunk.byteLength;
      });
      const { uid, gid } = options.owner;
      if (file.fact.uid !== uid || file.fact.gid !== gid) file.setOwner(uid, gid);
      if (options.mode !== 0o600) file.setMode(options.mode);
      if (options.mtimeNs !== undefined) file.setMtime(options.mtimeNs);
      if (options.syncsLater !== true) file.sync();
      return { size, sha256: hash.digest("hex") };
    });
    const { dev, ino, mtimeNs } = identityOf(fs, options.path);
    return { dev, ino, size: written.size, mtimeNs, sha256: written.sha256 };
  } catch (error) {
    if (created) throw cleanUpAfter(error, () => fs.unlink(options.path));
    throw error;
  }
}

function identityOf(fs: WriteFs, path: string): FileIdentity {
  const fact = fs.lstat(path);
  if (fact === undefined) throw new Error(`${path} went away while it was written`);
  return fileIdentity(fact);
}
