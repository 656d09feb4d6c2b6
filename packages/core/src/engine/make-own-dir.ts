import { dirname } from "node:path";
import { kindInWords } from "../disk/kind-in-words.ts";
import type { FileKind } from "../disk/read-fs.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { errnoOf } from "../errno.ts";
import { StoreError } from "../store-error.ts";

/**
 * Makes a directory of ours with mode 0700, for the owner of the sessions directory, and puts its name on stable storage.
 * Does nothing if it is there.
 * @throws StoreError E_REFUSED if something else has its name, a link too: what is retired would leave the store through it; or if it can't be given to that owner: files of a third user would lock the agent out of its own store
 */
export function makeOwnDir(
  fs: WriteFs,
  path: string,
  owner: { readonly uid: number; readonly gid: number },
): void {
  const present = fs.lstat(path);
  if (present?.kind === "directory") return;
  if (present !== undefined) throw noDirectory(path, present.kind);
  fs.makeDir(path, 0o700);
  const made = fs.lstat(path);
  if (made !== undefined && made.uid !== owner.uid) {
    try {
      fs.setOwner(path, owner.uid, owner.gid);
    } catch (error) {
      fs.removeDir(path);
      if (errnoOf(error) !== "EPERM") throw error;
      throw wrongUser(path, owner.uid);
    }
  }
  fs.syncDir(dirname(path));
}

function noDirectory(path: string, kind: FileKind): StoreError {
  return new StoreError(
    "E_REFUSED",
    `${path} is ${kindInWords(kind)}, not a directory. Nothing was changed.`,
    {
      hint: "Put a directory in its place. If operations lie behind it, move them there first.",
      details: { path, kind },
    },
  );
}

function wrongUser(path: string, uid: number): StoreError {
  return new StoreError(
    "E_REFUSED",
    `${path} can't be given to user ${uid}, who owns the sessions directory (EPERM). Nothing was changed.`,
    {
      hint: "Run the command as that user.",
      details: { path, errno: "EPERM", uid },
    },
  );
}
